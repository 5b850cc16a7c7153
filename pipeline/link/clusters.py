"""Groups from scored pairs: average linkage over sparse pairs, in an order that depends on the rows alone."""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNKNOWN = -0.5
"""What a pair without a score counts: no block brought the two together, or the score was far below zero."""


def groups(n: int, left: Ints, right: Ints, score: Floats) -> Ints:
    """A group number for each of `n` rows, from pairs `left[i], right[i]` with `score[i]` (above 0: same).

    Two groups join while the mean score over all pairs between them is above zero, the best first; ties go to the
    rows that come first. Rows must come in a stable order: then the groups do not depend on the order of the pairs.
    Each pair may occur once.
    """
    if not len(left):
        return np.arange(n, dtype=np.int64)
    ones = np.ones(int((score > 0).sum()))
    graph = coo_array((ones, (left[score > 0], right[score > 0])), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    inside = component[left] == component[right]
    left, right, score = left[inside], right[inside], score[inside]
    label = np.arange(n, dtype=np.int64)
    order = np.argsort(component[left], kind="stable")
    bounds = np.flatnonzero(np.diff(component[left][order], prepend=-1, append=-2))
    for start, end in pairwise(bounds.tolist()):
        part = order[start:end]
        if len(part) == 1:
            a, b = sorted((int(left[part[0]]), int(right[part[0]])))
            label[b] = a
            continue
        for member, leader in _agglomerate(
            left[part].tolist(), right[part].tolist(), score[part].tolist()
        ).items():
            label[member] = leader
    return label


def _agglomerate(left: list[int], right: list[int], score: list[float]) -> dict[int, int]:
    """Leader (smallest row) of each row of one component."""
    rows = sorted({*left, *right})
    size = dict.fromkeys(rows, 1)
    leader = {row: row for row in rows}
    members = {row: [row] for row in rows}
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for a, b, s in zip(left, right, score, strict=True):
        sums[a][b] = sums[b][a] = (s, 1)

    def mean(a: int, b: int) -> float:
        total, known = sums[a][b]
        pairs = size[a] * size[b]
        return (total + UNKNOWN * (pairs - known)) / pairs

    queue = [(-mean(a, b), a, b, 1, 1) for a in rows for b in sums[a] if a < b and mean(a, b) > 0]
    heapq.heapify(queue)
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        if size.get(a) != size_a or size.get(b) != size_b:
            continue
        size[a] += size.pop(b)
        members[a] += members.pop(b)
        for other, (total, known) in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                have = sums[a].get(other, (0.0, 0))
                sums[a][other] = sums[other][a] = (have[0] + total, have[1] + known)
        for other in sums[a]:
            value = mean(a, other)
            if value > 0:
                first, second = (a, other) if a < other else (other, a)
                heapq.heappush(queue, (-value, first, second, size[first], size[second]))
    for first, rows_of in members.items():
        for row in rows_of:
            leader[row] = first
    return leader


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

"""Groups from scored pairs: the best first, while groups fit as a whole."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

Known = dict[bytes, Ints]
"""Groups of the rows of a component, by its content."""
UNKNOWN = -0.25
"""What a pair that was not compared counts, where two groups might join."""


def groups(
    digests: npt.NDArray[np.uint64],
    left: Ints,
    right: Ints,
    score: Floats,
    known: Known | None = None,
    found: Known | None = None,
) -> Ints:
    """A group number (its first row) for each row, from scored pairs: above zero means the same.

    Rows must come in a stable order, left before right, each pair once: then the groups do not depend on the order of
    the pairs. `digests` tell the content of each row; `known` holds groups of earlier runs by what is in a component
    (rows that a chain of pairs above zero connects), `found` gets those of this run.
    """
    n = len(digests)
    leader = np.arange(n, dtype=np.int64)
    if not (score > 0).any():
        return leader
    above = score > 0
    graph = coo_array((score[above], (left[above], right[above])), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    inside = component[left] == component[right]
    order = np.lexsort((right[inside], left[inside], component[left[inside]]))
    left, right, score = left[inside][order], right[inside][order], score[inside][order]
    bounds = np.flatnonzero(np.diff(component[left], prepend=-1, append=-2))
    for start, end in pairwise(bounds.tolist()):
        a, b, s = left[start:end], right[start:end], score[start:end]
        rows = np.unique(np.concatenate([a, b]))
        if len(rows) == 2:
            leader[rows[1]] = rows[0]
            continue
        a, b = np.searchsorted(rows, a), np.searchsorted(rows, b)
        parts = (digests[rows], a, b, s.astype(np.float32))
        digest = hashlib.blake2b(b"".join(part.tobytes() for part in parts), digest_size=16).digest()
        inner = (known or {}).get(digest)
        if inner is None:
            inner = _join(len(rows), a, b, s)
        if found is not None:
            found[digest] = inner
        leader[rows] = rows[inner]
    return leader


def _join(n: int, left: Ints, right: Ints, score: Floats) -> Ints:
    """Leaders of `n` rows. The pairs above zero are taken from the best down (ties: the first rows).

    Each joins the groups of its two rows if the scores of all pairs between them sum up to more than zero, so that a
    chain breaks where its ends do not fit. A pair that was not compared counts UNKNOWN, but no more of these than of
    pairs that were. The sums are kept with the number of pairs, as imaginary part.
    """
    sums: list[dict[int, complex]] = [{} for _ in range(n)]
    for a, b, s in zip(left.tolist(), right.tolist(), (score + 1j).tolist(), strict=True):
        sums[a][b] = sums[b][a] = s
    leader = np.arange(n, dtype=np.int64)
    of, members = list(range(n)), [[row] for row in range(n)]
    best = np.lexsort((right, left, -score))
    best = best[score[best] > 0]
    for a, b in zip(left[best].tolist(), right[best].tolist(), strict=True):
        large, small = of[a], of[b]
        if large == small:
            continue
        known = sums[large][small]
        unknown = min(len(members[large]) * len(members[small]) - known.imag, known.imag)
        if known.real + UNKNOWN * unknown <= 0:
            continue
        if len(sums[large]) < len(sums[small]):
            large, small = small, large
        for row in members[small]:
            of[row] = large
        members[large] += members[small]
        del sums[large][small], sums[small][large]
        for other, s in sums[small].items():
            sums[large][other] = sums[other][large] = sums[large].get(other, 0.0) + s
            del sums[other][small]
        sums[small], members[small] = {}, []
    for rows in members:
        leader[rows] = min(rows, default=0)
    return leader


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

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
UNKNOWN = -0.5
"""What a pair without a score counts: no block brought the two together, or the score was well below zero."""
CHUNK = 5_000
"""Pairs between two looks at which of the rest are in one group already."""
SAMPLE = 5
"""Rows of each group that are compared before two groups join."""


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

    Each joins the groups of its two rows if the mean score of the pairs between them is above zero, so that a chain
    breaks where its ends do not fit. Of large groups a sample is compared.
    """
    key = left * n + right
    leader = np.arange(n, dtype=np.int64)
    members: dict[int, list[int]] = {}
    refused: dict[tuple[int, int], tuple[int, int]] = {}
    best = np.lexsort((right, left, -score))
    best = best[score[best] > 0]
    for start in range(0, len(best), CHUNK):
        chunk = best[start : start + CHUNK]
        apart = chunk[leader[left[chunk]] != leader[right[chunk]]]
        for a, b in zip(left[apart].tolist(), right[apart].tolist(), strict=True):
            first, second = sorted((int(leader[a]), int(leader[b])))
            if first == second:
                continue
            one, two = members.get(first, [first]), members.get(second, [second])
            sizes = (len(one), len(two))
            if refused.get((first, second)) == sizes:
                continue
            if sizes == (1, 1) or _sum(key, score, n, _sample(one), _sample(two)) > 0:
                members[first] = sorted(one + members.pop(second, two))
                leader[members[first]] = first
            else:
                refused[first, second] = sizes
    return leader


def _sample(rows: list[int]) -> list[int]:
    """At most SAMPLE rows, evenly spread."""
    if len(rows) <= SAMPLE:
        return rows
    return [rows[i * (len(rows) - 1) // (SAMPLE - 1)] for i in range(SAMPLE)]


def _sum(key: Ints, value: Floats, n: int, one: list[int], two: list[int]) -> float:
    """Sum of the scores of the pairs between two groups."""
    a, b = np.array(one)[:, None], np.array(two)[None, :]
    wanted = (np.minimum(a, b) * n + np.maximum(a, b)).ravel()
    at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    return float(np.where(key[at] == wanted, value[at], UNKNOWN).sum())


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

"""Groups from scored pairs: the best first, while groups fit as a whole."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNKNOWN = -0.6
"""What a pair without a score counts: no block brought the two together, or the score was well below zero."""
SAMPLE = 6
"""Rows of each group that are compared before two groups join."""


def groups(n: int, left: Ints, right: Ints, score: Floats) -> Ints:
    """A group number (its first row) for each of `n` rows, from scored pairs: above zero means the same.

    The pairs above zero are taken from the best down (ties: the first rows); each joins the groups of its two rows if
    the mean score of the pairs between them is above zero, so that a chain breaks where its ends do not fit. Of
    large groups a sample is compared. Rows must come in a stable order, left before right, each pair once: then the
    groups do not depend on the order of the pairs.
    """
    order = np.lexsort((right, left))
    key, value = left[order] * n + right[order], score[order]
    leader = np.arange(n, dtype=np.int64)
    members: dict[int, list[int]] = {}
    refused: dict[tuple[int, int], tuple[int, int]] = {}
    best = np.lexsort((right, left, -score))
    best = best[score[best] > 0]
    for a, b in zip(left[best].tolist(), right[best].tolist(), strict=True):
        first, second = sorted((int(leader[a]), int(leader[b])))
        if first == second:
            continue
        one, two = members.get(first, [first]), members.get(second, [second])
        sizes = (len(one), len(two))
        if refused.get((first, second)) == sizes:
            continue
        if sizes == (1, 1) or _mean(key, value, n, _sample(one), _sample(two)) > 0:
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


def _mean(key: Ints, value: Floats, n: int, one: list[int], two: list[int]) -> float:
    """Mean score of the pairs between two groups."""
    wanted = np.array([min(a, b) * n + max(a, b) for a in one for b in two])
    at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    return float(np.where(key[at] == wanted, value[at], UNKNOWN).mean())


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

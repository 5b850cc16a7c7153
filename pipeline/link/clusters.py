"""Groups from scored pairs: in rounds, each group joins the one that fits it best, while they fit as a whole.

This is average linkage in parallel rounds over the pairs that were compared (affinity clustering, Bateni et al. 2017).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNKNOWN = -0.25
"""What a pair that was not compared counts, where two groups might join; no more of these than of pairs that were."""

BEST_COUNTS = 0.2
"""How much the best pair between two groups counts beside the mean: a late mention may say little that all reports say."""


def groups(n: int, left: Ints, right: Ints, score: Floats) -> Ints:
    """A group number (its first row) for each of `n` rows, from scored pairs: above zero means the same.

    Rows must come in a stable order, left before right, each pair once: then the groups do not depend on the order of
    the pairs.
    """
    leader = np.arange(n, dtype=np.int64)
    size = np.ones(n, dtype=np.int64)
    above = score > 0
    graph = coo_array((score[above], (left[above], right[above])), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    inside = component[left] == component[right]
    one, two, best = left[inside], right[inside], score[inside]
    total, count = best, np.ones(len(best))
    while True:
        one, two, best, total, count = _merged(n, one, two, best, total, count)
        unknown = np.minimum(size[one] * size[two] - count, count)
        fit = (total + UNKNOWN * unknown) / (count + unknown)
        whole = (1 - BEST_COUNTS) * fit + BEST_COUNTS * best
        into = _joins(n, one, two, np.where(whole > 1e-6, best, 0.0))
        if np.array_equal(into, np.arange(n)):
            return _first_rows(leader)
        leader = into[leader]
        size = np.bincount(leader, minlength=n)
        one, two = into[one], into[two]


def _merged(
    n: int, one: Ints, two: Ints, best: Floats, total: Floats, count: Floats
) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    """Best score, sum and number of pairs for each two groups, from those of their parts; pairs within a group are dropped."""
    apart = one != two
    key = (np.minimum(one, two) * n + np.maximum(one, two))[apart]
    order = np.argsort(key, kind="stable")
    key, best, total, count = key[order], best[apart][order], total[apart][order], count[apart][order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    if not len(starts):
        return key, key, best, total, count
    key = key[starts]
    best = np.maximum.reduceat(best, starts)
    return key // n, key % n, best, np.add.reduceat(total, starts), np.add.reduceat(count, starts)


def _joins(n: int, one: Ints, two: Ints, fit: Floats) -> Ints:
    """The group that each group becomes part of in this round; itself where none fits.

    Where two fit each other best, the second joins the first, and so do all that fit the first best; of two of these
    that do not fit each other, the worse waits.
    """
    into = np.arange(n, dtype=np.int64)
    fits = fit > 0
    own, other = np.concatenate([one[fits], two[fits]]), np.concatenate([two[fits], one[fits]])
    strength = np.concatenate([fit[fits], fit[fits]])
    order = np.lexsort((other, -strength, own))
    own, other, strength = own[order], other[order], strength[order]
    first = np.diff(own, prepend=-1) > 0
    best, by = into.copy(), np.zeros(n)
    best[own[first]], by[own[first]] = other[first], strength[first]
    mutual = (best[best] == into) & (best > into)
    joins = mutual[best] & (best != into)
    rivals = joins[one] & joins[two] & (best[one] == best[two]) & ~fits
    a, b = one[rivals], two[rivals]
    a_waits = (best[best[b]] == b) | ((best[best[a]] != a) & (by[a] < by[b]))
    joins[np.where(a_waits, a, b)] = False
    return np.where(joins, best, into)


def _first_rows(leader: Ints) -> Ints:
    """Each group named by its first row."""
    first = np.full(len(leader), len(leader), dtype=np.int64)
    np.minimum.at(first, leader, np.arange(len(leader)))
    return first[leader]


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

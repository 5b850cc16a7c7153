"""Groups from scored pairs: those that fit each other best are joined, again and again, until none fit (average linkage).

Two groups fit where the mean score of the pairs between them, the best one counted more, is above zero. So only rows that
pairs above zero connect, by whatever way, ever come together; and where a few rows change, only what is connected with them is looked at
again. Neither the order in which rows came nor what was joined in the last run shows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipeline.link.candidates import Small
from pipeline.link.rows import Flags, Floats, Ints

UNKNOWN = -0.25
"""What a pair that was not compared counts; no more of these than of pairs that were."""
BEST_COUNTS = 0.25
"""How much the best pair counts beside the mean: a late mention may say little that all reports say."""
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of rows, each once and in order, the smaller row on the left: all of those rows that pairs above zero connect."""

    left: Small
    right: Small
    score: Scores


def no_near() -> Near:
    """Nothing yet."""
    none = np.zeros(0, dtype=np.int32)
    return Near(none, none, np.zeros(0, dtype=np.float32))


class Compared(Protocol):
    """What rows were compared with, looked up where it is asked for."""

    def near(self, rows: Ints) -> tuple[Ints, Ints, Scores]:
        """All pairs of some rows: the place of each in `rows`, the other row, the score."""
        ...


def groups(compared: Compared, before: Ints, again: Ints) -> Ints:
    """The group of each row, named by its first row, from those `before`.

    The scores of pairs are multiples of a power of two, so that sums do not depend on their order. `again`: the rows that are new,
    or lost or won a pair; all that pairs above zero connect with them is grouped anew.
    """
    looked_at = np.zeros(len(before), dtype=np.bool_)
    rows, found = np.unique(again), [no_near()]
    while len(rows):
        looked_at[rows] = True
        own, other, score = compared.near(rows)
        once = rows[own] < other
        found.append(Near(rows[own][once].astype(np.int32), other[once].astype(np.int32), score[once]))
        rows = np.unique(other[(score > 0) & ~looked_at[other]])
    near = Near(*(np.concatenate([getattr(some, name) for some in found]) for name in Near.__slots__))
    inside = looked_at[near.left] & looked_at[near.right]
    group = before.copy()
    group[looked_at] = np.flatnonzero(looked_at)
    _join(Near(near.left[inside], near.right[inside], near.score[inside]), group)
    return group


def groups_of_all(near: Iterable[Near], n: int) -> Ints:
    """As `groups` where all `n` rows are new; of rows that pairs above zero connect all pairs come together."""
    group = np.arange(n)
    for some in near:
        _join(some, group)
    return group


def _join(near: Near, group: Ints) -> None:
    """Put some rows, which stand alone, in groups: in rounds, in each of which any two groups are joined that fit each other better than either fits any other."""
    if not len(near.left):
        return
    rows, places = np.unique(np.concatenate([near.left, near.right]), return_inverse=True)
    left, right = np.split(places, 2)
    part = connected([(left[near.score > 0], right[near.score > 0])], len(rows))
    links = _Links.of(left, right, near.score.astype(np.float64)).taken(part[left] == part[right])
    name, size = np.arange(len(rows)), np.ones(len(rows), dtype=np.int64)
    spot = _spots(part)
    while True:
        fit = links.fit(size)
        open_ = np.flatnonzero(fit > 0)
        if not len(open_):
            break
        one, two = _chosen(links.left[open_], links.right[open_], fit[open_], spot)
        size[one] += size[two]
        into = np.arange(len(rows))
        into[two] = one
        name = into[name]
        active = np.zeros(len(rows), dtype=np.bool_)
        active[part[links.left[open_]]] = True
        links = links.taken(active[part[links.left]]).renamed(into)
    group[rows] = rows[name]


def _spots(part: Ints) -> Ints:
    """The place of each row among those of its part."""
    order = np.argsort(part, kind="stable")
    starts = np.searchsorted(part[order], np.arange(len(part)))
    spot = np.empty(len(part), dtype=np.int64)
    spot[order] = np.arange(len(part)) - starts[part[order]]
    return spot


def _chosen(left: Ints, right: Ints, fit: Floats, spot: Ints) -> tuple[Ints, Ints]:
    """The groups that are joined with each other: of links that fit alike those of neighbours (`spot`: the place of each in its part) come first.

    Neighbours by the bits in which their places differ, so that many that fit alike are joined two by two at once.
    """
    order = np.lexsort((spot[left], spot[left] ^ spot[right], -fit))
    left, right = left[order], right[order]
    turn = np.arange(len(order))
    best = np.full((2, len(spot)), len(order))
    best[0, left[::-1]] = turn[::-1]
    best[1, right[::-1]] = turn[::-1]
    first = best.min(axis=0)
    chosen = (first[left] == turn) & (first[right] == turn)
    return left[chosen], right[chosen]


@dataclass(frozen=True, slots=True)
class _Links:
    """Groups of which pairs of rows were compared, the smaller name on the left, and what all these pairs say."""

    left: Ints
    right: Ints
    total: Floats
    best: Floats
    count: Ints

    @classmethod
    def of(cls, left: Ints, right: Ints, score: Floats) -> "_Links":
        """Of single rows."""
        return cls(left, right, score, score, np.ones(len(left), dtype=np.int64))

    def taken(self, where: Flags) -> "_Links":
        """Some of them."""
        return _Links(*(getattr(self, name)[where] for name in _Links.__slots__))

    def renamed(self, into: Ints) -> "_Links":
        """The same after some groups went into others."""
        sides = into[self.left], into[self.right]
        left, right = np.minimum(*sides), np.maximum(*sides)
        key = np.where(left != right, left * len(into) + right, -1)
        order = np.argsort(key, kind="stable")
        order = order[np.searchsorted(key[order], 0) :]
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        if not len(starts):
            return self.taken(np.zeros(len(key), dtype=np.bool_))
        total, count = (np.add.reduceat(told[order], starts) for told in (self.total, self.count))
        best = np.maximum.reduceat(self.best[order], starts)
        return _Links(left[order][starts], right[order][starts], total, best, count)

    def fit(self, size: Ints) -> Floats:
        """How well the groups fit, of which `size` has the number of rows: the mean score, the best one counted more; below zero where no pair is above it.

        No more pairs count that were not compared than that were, and they never count for.
        """
        mean = self.total / self.count
        unknown = np.minimum(size[self.left] * size[self.right] - self.count, self.count) * (mean > UNKNOWN)
        mean = (self.total + UNKNOWN * unknown) / (self.count + unknown)
        return np.where(self.best > 0, (1 - BEST_COUNTS) * mean + BEST_COUNTS * self.best, -1.0)


def connected(edges: Iterable[tuple[npt.NDArray[Any], npt.NDArray[Any]]], n: int) -> Ints:
    """The part of each of `n` rows that edges connect."""
    sides = list(edges)
    left, right = (
        np.concatenate([np.zeros(0, dtype=np.int32), *(edge[at] for edge in sides)]) for at in (0, 1)
    )
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

"""Groups from scored pairs: the two that fit each other best are joined, again and again, until none fit (average linkage).

Two groups fit where the mean score of the pairs between them, the best one counted more, is above zero. So only rows that
pairs above zero connect, by whatever way, ever come together; and where a few rows change, only what is connected with them is looked at
again. Neither the order in which rows came nor what was joined in the last run shows.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pipeline.link.candidates import Small
from pipeline.link.rows import Ints

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
    order = np.lexsort((near.right, near.left))
    group = before.copy()
    group[looked_at] = np.flatnonzero(looked_at)
    _join(Near(near.left[order], near.right[order], near.score[order]), group)
    return group


def groups_of_all(near: Iterable[Near], n: int) -> Ints:
    """As `groups` where all `n` rows are new; of rows that pairs above zero connect all pairs come together."""
    group = np.arange(n)
    for some in near:
        _join(some, group)
    return group


def _join(near: Near, group: Ints) -> None:
    """Put some rows, which stand alone, in groups."""
    if not len(near.left):
        return
    rows, places = np.unique(np.concatenate([near.left, near.right]), return_inverse=True)
    left, right = np.split(places, 2)
    part = connected([(left[near.score > 0], right[near.score > 0])], len(rows))
    inside = np.flatnonzero(part[left] == part[right])
    inside = inside[np.argsort(part[left[inside]], kind="stable")]
    starts = np.flatnonzero(np.diff(part[left[inside]], prepend=-1))
    sides = near.left[inside], near.right[inside], near.score[inside].astype(np.float64)
    ends = np.append(starts[1:], len(inside))
    alone = ends - starts == 1
    group[sides[1][starts[alone]]] = sides[0][starts[alone]]
    for start, end in zip(starts[~alone].tolist(), ends[~alone].tolist(), strict=True):
        for row, first in _grouped(*(side[start:end].tolist() for side in sides)):
            group[row] = first


def connected(edges: Iterable[tuple[npt.NDArray[Any], npt.NDArray[Any]]], n: int) -> Ints:
    """The part of each of `n` rows that edges connect."""
    sides = list(edges)
    left, right = (
        np.concatenate([np.zeros(0, dtype=np.int32), *(edge[at] for edge in sides)]) for at in (0, 1)
    )
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


class _Link:
    """The pairs between two groups."""

    __slots__ = ("best", "count", "total")

    def __init__(self, score: float) -> None:
        self.total, self.count, self.best = score, 1, score

    def add(self, other: "_Link") -> None:
        """Take in the pairs of another group, which one of the two took in."""
        self.total += other.total
        self.count += other.count
        self.best = max(self.best, other.best)

    def fit(self, n_pairs: int) -> float:
        """The mean score, the best one counted more, where there are `n_pairs` pairs of rows.

        No more of them count that were not compared than that were, and they never count for.
        """
        mean = self.total / self.count
        unknown = min(n_pairs - self.count, self.count) if mean > UNKNOWN else 0
        mean = (self.total + UNKNOWN * unknown) / (self.count + unknown)
        return (1 - BEST_COUNTS) * mean + BEST_COUNTS * self.best


class _Groups:
    """Groups that begin as single rows, and the links between them."""

    def __init__(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        self.links: dict[int, dict[int, _Link]] = {}
        for one, two, score in pairs:
            link = _Link(score)
            self.links.setdefault(one, {})[two] = self.links.setdefault(two, {})[one] = link
        self.first = {row: row for row in self.links}
        self.size = dict.fromkeys(self.links, 1)
        self.into: dict[int, int] = {}

    def fit(self, one: int, two: int) -> float:
        """How well two groups fit; not at all where one of them went into another, or no pair is above zero."""
        link = self.links.get(one, {}).get(two)
        if link is None or link.best <= 0:
            return 0.0
        return link.fit(self.size[one] * self.size[two])

    def turn(self, one: int, two: int) -> tuple[float, int, int, int, int]:
        """When two groups have their turn: the better they fit the sooner, of those alike that with the earliest rows first."""
        firsts = self.first[one], self.first[two]
        return -self.fit(one, two), min(firsts), max(firsts), one, two

    def join(self, one: int, two: int) -> tuple[int, list[int]]:
        """Join two groups: the name of both then, and the other groups of which they know more."""
        one, two = (one, two) if len(self.links[one]) >= len(self.links[two]) else (two, one)
        del self.links[one][two]
        self.into[two] = one
        self.size[one] += self.size[two]
        self.first[one] = min(self.first[one], self.first[two])
        taken = self.links.pop(two)
        del taken[one]
        for other, link in taken.items():
            del self.links[other][two]
            known = self.links[one].setdefault(other, link)
            if known is link:
                self.links[other][one] = link
            else:
                known.add(link)
        return one, list(taken)

    def rows(self) -> Iterator[tuple[int, int]]:
        """Each row with the first one of its group."""
        for row in self.first:
            end = row
            while end in self.into:
                end = self.into[end]
            yield row, self.first[end]


def _grouped(left: list[int], right: list[int], scores: list[float]) -> Iterator[tuple[int, int]]:
    """The rows of some pairs, each with the first row of its group.

    What two groups that were once looked at say of each other changes where one of them grows: it falls then, by pairs that
    were not compared, so that it is told anew when its turn comes.
    """
    known = _Groups(zip(left, right, scores, strict=True))
    turns = [known.turn(one, two) for one, two, score in zip(left, right, scores, strict=True) if score > 0]
    heapq.heapify(turns)
    while turns:
        fit, *_, one, two = heapq.heappop(turns)
        now = known.fit(one, two)
        changed = [(one, two)]
        if now > 0 and now == -fit:
            one, others = known.join(one, two)
            changed = [(one, other) for other in others]
        for turn in (known.turn(*pair) for pair in changed):
            if turn[0] < 0:
                heapq.heappush(turns, turn)
    return known.rows()


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

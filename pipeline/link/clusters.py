"""Groups from scored pairs, in two passes over the rows in order.

First each row joins the group of earlier rows that fits it best, or begins one. Then each row, now that it knows the later
ones too, chooses again among these groups. A choice depends on the rows that a row was compared with alone. So where a few
rows change, only those are looked at again whose choice may depend on them, and those that depend on rows which then
chose otherwise.
"""

import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pipeline.link.candidates import Small
from pipeline.link.rows import Flags, Floats, Ints

UNKNOWN = -0.25
"""What a pair that was not compared counts beside what the mean must be above; no more of these than of pairs that were."""
BEST_COUNTS = 0.25
"""How much the best pair counts beside the mean: a late mention may say little that all reports say."""
Scores = npt.NDArray[np.float32]
ALONE = -1
CLOSE_TO_ZERO = 2.0**-20
ROWS = 2_000
"""Rows that choose again at a time: bounds memory."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that rows are in, each named by the row that began it."""

    joined: Ints
    """The group that each row joined first."""
    chosen: Ints
    """The one that it chose then; ALONE where none fits."""

    def first_rows(self) -> Ints:
        """The final group of each row, named by its first row."""
        n = len(self.chosen)
        first = np.full(2 * n, n)
        names = np.where(self.chosen == ALONE, n + np.arange(n), self.chosen)
        np.minimum.at(first, names, np.arange(n))
        return first[names]


@dataclass(frozen=True, slots=True)
class Near:
    """All pairs of some rows, rows in order: each row, the other one and the score."""

    row: Small
    other: Small
    score: Scores


def no_near() -> Near:
    """Nothing yet."""
    none = np.zeros(0, dtype=np.int32)
    return Near(none, none, np.zeros(0, dtype=np.float32))


class Compared(Protocol):
    """What rows were compared with, looked up where it is asked for."""

    n_earlier: Ints
    """By row the number of earlier rows that it was compared with."""
    n_all: Ints
    """The same of all rows."""

    def near(self, rows: Ints) -> tuple[Ints, Ints, Scores]:
        """All pairs of some rows: the place of each in `rows`, the other row, the score."""
        ...


def _later(compared: Compared, rows: Ints) -> Ints:
    """The rows after some that these were compared with."""
    own, other, _ = compared.near(rows)
    return np.unique(other[other > rows[own]])


class _Members:
    """The members of each group in order, kept up while rows move."""

    def __init__(self, group: Ints) -> None:
        self.order = np.argsort(group, kind="stable")
        self.sorted = group[self.order]
        self.moved: dict[int, list[int]] = {}

    def members(self, group: int) -> list[int]:
        """The rows of a group."""
        if group not in self.moved:
            start, end = np.searchsorted(self.sorted, [group, group + 1])
            self.moved[group] = self.order[start:end].tolist()
        return self.moved[group]

    def before(self, row: int, group: int) -> int:
        """How many rows a group has before a row."""
        return bisect.bisect_left(self.members(group), row)

    def move(self, row: int, old: int, new: int) -> None:
        """Take a row out of one group and put it into another."""
        self.members(old).remove(row)
        bisect.insort(self.members(new), row)


def groups(
    compared: Compared,
    before: Groups,
    again: Flags,
    shrunk: Iterable[int] = (),
    least: float = CLOSE_TO_ZERO,
) -> Groups:
    """The groups of rows.

    The scores of pairs are multiples of a power of two, so that sums do not depend on their order. `before`: the groups
    so far, any name for a group whose first row is gone, its own number for a new row. `again`: the rows that are new,
    or lost or won a pair; the others may keep their group. `shrunk`: groups that lost a row. `least`: what the mean over a
    row's pairs with a group is above; its best pair is above zero.
    """
    joined = _joined(compared, before.joined, again, shrunk, least)
    open_ = again if again.all() else _open(compared, before, again, shrunk, joined)
    chosen, rows = before.chosen.copy(), np.flatnonzero(open_)
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        chosen[some] = _chosen(compared, joined, some, least)
    return Groups(joined, chosen)


def groups_of_all(near: Iterable[Near], n: int, least: float = CLOSE_TO_ZERO) -> Groups:
    """As `groups` where all `n` rows are new; `near` has the pairs of some rows at a time, all rows in order, and is gone through twice."""
    joined, size = np.arange(n), np.ones(n, dtype=np.int64)
    for some in near:
        _join(some, joined, size, least)
    chosen = np.full(n, ALONE, dtype=np.int64)
    for some in near:
        starts = np.flatnonzero(np.diff(some.row, prepend=-1))  # rows are in order
        rows = some.row[starts]
        own = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(some.row)))
        chosen[rows] = _best_of_each(
            joined, size, rows.astype(np.int64), (own, some.other, some.score), least
        )
    return Groups(joined, chosen)


def _join(some: Near, joined: Ints, size: Ints, least: float) -> None:
    """Let some rows, of which none has joined a group, join one of those that earlier rows are in; `size` tells how many rows each group has."""
    before = some.other < some.row
    row, other, score = some.row[before], some.other[before], some.score[before]
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    ends = np.append(starts[1:], len(row))
    hopeful = np.maximum.reduceat(score, starts) > 0 if len(starts) else starts > 0
    for start, end in zip(starts[hopeful].tolist(), ends[hopeful].tolist(), strict=True):
        own = int(row[start])
        groups = joined[other[start:end]].tolist()
        joined[own] = new = _best(groups, score[start:end].tolist(), own, size.item, least)
        size[own] -= 1
        size[new] += 1


def _open(compared: Compared, before: Groups, again: Flags, shrunk: Iterable[int], joined: Ints) -> Flags:
    """The rows that choose once more, of which only those `again` are looked at by themselves, now that rows `joined` other groups."""
    moved = np.flatnonzero(joined != before.joined)
    known = _Members(joined)
    resized = {*shrunk, *before.joined[moved].tolist(), *joined[moved].tolist()}
    open_ = again.copy()
    open_[moved] = open_[compared.near(moved)[1]] = True
    most = 2 * int(compared.n_all.max(initial=0)) + 1
    for group in resized:
        members = np.array(known.members(group), dtype=np.int64)
        if len(members) <= most:
            near = np.unique(compared.near(members)[1])
            open_[near[2 * compared.n_all[near] + 1 >= len(members)]] = True
    return open_


def _joined(compared: Compared, before: Ints, again: Flags, shrunk: Iterable[int], least: float) -> Ints:
    """The group that each row joins, from those `before`."""
    group, todo = before.copy(), bytearray(again.tobytes())
    flags = np.frombuffer(todo, dtype=np.bool_)
    all_rows = bool(again.all())
    known = _Members(group)
    for changed in shrunk:
        flags[_depend_on_size(known.members(changed), -1, compared)] = True
    row = todo.find(1)
    while row >= 0:
        old, new = int(group[row]), row
        _, other, scores = compared.near(np.array([row]))
        earlier = other < row
        if (scores[earlier] > 0).any():
            near = group[other[earlier]].tolist()
            before_row = partial(known.before, row)
            new = _best(near, scores[earlier].tolist(), row, before_row, least)
        if new != old:
            known.move(row, old, new)
            group[row] = new
            if not all_rows:
                flags[other[~earlier]] = True
                for changed in (old, new):
                    flags[_depend_on_size(known.members(changed), row, compared)] = True
        row = todo.find(1, row + 1)
    return group


def _best(near: list[int], scores: list[float], row: int, size: Callable[[int], int], least: float) -> int:
    """The group that a row joins, of those of the earlier rows `near` it; its own where none fits. `size` tells how many earlier rows a group has.

    A group fits where the mean score, the best counted more, is above `least` and the best above zero; of several the one with the best pair is taken, then the earliest.
    """
    scores_of: dict[int, list[float]] = {
        group: [] for group, score in zip(near, scores, strict=True) if score > 0
    }
    for group, score in zip(near, scores, strict=True):
        if group in scores_of:
            scores_of[group].append(score)
    best, strength = row, 0.0
    for group, found in scores_of.items():
        strongest = max(found)
        if strongest < strength or (strongest == strength and group > best):
            continue
        unknown = min(size(group) - len(found), len(found))
        mean = (sum(found) + (least + UNKNOWN) * unknown) / (len(found) + unknown)
        if (1 - BEST_COUNTS) * mean + BEST_COUNTS * strongest > least:
            best, strength = group, strongest
    return best


def _depend_on_size(members: list[int], row: int, compared: Compared) -> Ints:
    """The rows after `row` to whose choice it may matter how many rows the group has before them."""
    n_earlier = compared.n_earlier
    own = np.array(members[: 2 * int(n_earlier.max(initial=0)) + 2], dtype=np.int64)
    near = _later(compared, own)
    near = near[near > row]
    return near[np.searchsorted(own, near) <= 2 * n_earlier[near] + 1]


def _chosen(compared: Compared, joined: Ints, rows: Ints, least: float) -> Ints:
    """The group that each of some rows chooses among those that the rows it was compared with joined, as in `_best`."""
    size = np.bincount(joined, minlength=len(joined))
    return _best_of_each(joined, size, rows, compared.near(rows), least)


def _best_of_each(
    joined: Ints, size: Ints, rows: Ints, pairs: tuple[Ints, Ints | Small, Floats | Scores], least: float
) -> Ints:
    """The same from all pairs of the rows: the place of each in `rows`, the other row and the score; `size` has the number of rows of each group."""
    own, other, score = pairs
    n, group = len(joined), joined[other]
    key = own * n + group
    order = np.argsort(key, kind="stable")
    key, score = key[order], score[order].astype(np.float64)
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    chosen = np.full(len(rows), ALONE, dtype=np.int64)
    if not len(starts):
        return chosen
    own, group = key[starts] // n, key[starts] % n
    total, best = np.add.reduceat(score, starts), np.maximum.reduceat(score, starts)
    count = np.diff(starts, append=len(key))
    others = size[group] - (joined[rows[own]] == group)
    unknown = np.minimum(others - count, count)
    mean = (total + (least + UNKNOWN) * unknown) / (count + unknown)
    fits = ((1 - BEST_COUNTS) * mean + BEST_COUNTS * best > least) & (best > 0)
    own, group, best = own[fits], group[fits], best[fits]
    order = np.lexsort((-group, best, own))  # the last of each row is its choice
    chosen[own[order]] = group[order]
    return chosen


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

"""The keys and pairs of rows from run to run: looked up where they are asked for, never read whole.

A row changes its number where one comes before it. So what is kept names rows by lasting numbers (`slots`). Most of it is written once
and mapped (`Base`); what came, changed and went stands beside it (`Since`). Once that has grown to a share of it, all is written anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from pipeline.link.candidates import Entries, Keys, Masks, Pairs, Small, no_entries, no_pairs
from pipeline.link.clusters import Scores
from pipeline.link.rows import Ints

SHARE = 8
"""All is written anew where what changed since is more than one of so many."""


@dataclass(frozen=True, slots=True)
class Base:
    """The entries and pairs of rows, whose slots are their numbers when it was written."""

    entries: Entries
    pairs: Pairs
    by_right: Small
    """The places of the pairs in order of their later row."""
    left_ends: Ints
    """Where the pairs of each earlier row begin, and where the last end."""
    right_ends: Ints
    """The same among `by_right`."""

    @property
    def size(self) -> int:
        """How many rows there were."""
        return len(self.left_ends) - 1


@dataclass(frozen=True, slots=True)
class Since:
    """What came, changed and went since; rows by their slots, of a pair the smaller one first."""

    entries: Entries
    pairs: Pairs
    over: Ints
    """The places in the base of pairs that went, or stand among these now."""


class Changed(NamedTuple):
    """What a change of keys did to pairs of rows."""

    since: Since
    came: Pairs
    """By rows, in order, with their scores."""
    went: tuple[Ints, Ints]
    """Both rows of each."""


Compare = Callable[[Ints, Ints], tuple[Scores, Masks]]
"""Scores of pairs of rows, and what speaks for them."""


def no_base() -> Base:
    """Nothing yet."""
    none = np.zeros(1, dtype=np.int64)
    return Base(no_entries(), no_pairs(), np.zeros(0, dtype=np.int32), none, none)


def no_since() -> Since:
    """Nothing yet."""
    return Since(no_entries(), no_pairs(), np.zeros(0, dtype=np.int64))


def based_on(entries: Entries, pairs: Pairs, n: int) -> Base:
    """What is to be written anew of `n` rows."""
    by_right = np.argsort(pairs.right, kind="stable").astype(np.int32)
    return Base(entries, pairs, by_right, ends(pairs.left, n), ends(pairs.right[by_right], n))


def ends(rows: Small, n: int) -> Ints:
    """Where each of `n` rows begins among rows in order, and where the last ends."""
    return np.searchsorted(rows, np.arange(n + 1)).astype(np.int64)


def _expanded(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """The numbers of ranges one after another, and of which range each is."""
    own = np.repeat(np.arange(len(sizes)), sizes)
    return own, np.arange(len(own)) + (starts - (np.cumsum(sizes) - sizes))[own]


class Lookup:
    """The entries and pairs of the rows that there are."""

    def __init__(self, base: Base, since: Since, slots: Ints, n_earlier: Ints, n_all: Ints) -> None:
        """`slots` has that of each row; `n_earlier` and `n_all` tell how many rows, and how many earlier ones, each was compared with."""
        self.base, self.since, self.slots = base, since, slots
        self.n_earlier, self.n_all = n_earlier, n_all
        named = (slots, since.pairs.left, since.pairs.right, since.entries.rows)
        n_slots = max(base.size, *(1 + int(some.max(initial=-1)) for some in named))
        self.row_at = np.full(n_slots, -1, dtype=np.int64)
        self.row_at[slots] = np.arange(len(slots))
        self._later = np.argsort(since.pairs.right, kind="stable")
        self._rights = since.pairs.right[self._later]

    def near(self, rows: Ints) -> tuple[Ints, Ints, Scores]:
        """All pairs of some rows: the place of each in `rows`, the other row, the score."""
        slots = self.slots[rows]
        old = np.flatnonzero(slots < self.base.size)
        sides = []
        for row_ends, places, others in (
            (self.base.left_ends, None, self.base.pairs.right),
            (self.base.right_ends, self.base.by_right, self.base.pairs.left),
        ):
            begins = row_ends[slots[old]]
            own, at = _expanded(begins, row_ends[slots[old] + 1] - begins)
            at = at if places is None else places[at].astype(np.int64)
            stays = _places(at, self.since.over) < 0
            sides.append((old[own[stays]], others[at[stays]], self.base.pairs.score[at[stays]]))
        some = self.since.pairs
        for keys, order, others in ((some.left, None, some.right), (self._rights, self._later, some.left)):
            begins, stops = (np.searchsorted(keys, slots, side=side) for side in ("left", "right"))
            own, at = _expanded(begins, stops - begins)
            at = at if order is None else order[at]
            sides.append((own, others[at], some.score[at]))
        own, slot, score = (np.concatenate(part) for part in zip(*sides, strict=True))
        other = self.row_at[slot]
        there = other >= 0
        return own[there], other[there], score[there]

    def entries(self, keys: Keys) -> Entries:
        """The entries under some keys, of rows that there are, by their numbers; in no order."""
        keys = np.unique(keys)
        found = []
        for some in (self.base.entries, self.since.entries):
            begins, stops = (np.searchsorted(some.keys, keys, side=side) for side in ("left", "right"))
            _, at = _expanded(begins, stops - begins)
            found.append((some.keys[at], some.rows[at]))
        own, slots = (np.concatenate(part) for part in zip(*found, strict=True))
        return Entries(own, slots).renumbered(self.row_at)

    def keys_of(self, rows: Ints) -> Keys:
        """The keys of some rows: entries stand by their keys, so that all are looked through."""
        if not len(rows):
            return self.base.entries.keys[:0]
        wanted = np.zeros(len(self.row_at), dtype=np.bool_)
        wanted[self.slots[rows]] = True
        return np.concatenate(
            [some.keys[wanted[some.rows]] for some in (self.base.entries, self.since.entries)]
        )

    def whole(self, days: Ints) -> Base:
        """All that there is, to be written anew: with the rows' numbers as their slots."""
        stays = np.ones(len(self.base.pairs), dtype=np.bool_)
        stays[self.since.over] = False
        beside = self.since.pairs.renumbered(self.row_at)
        left, right = np.minimum(beside.left, beside.right), np.maximum(beside.left, beside.right)
        pairs = self.base.pairs.taken(stays).renumbered(self.row_at)
        pairs = pairs.joined(replace(beside, left=left, right=right))
        both = [part.renumbered(self.row_at) for part in (self.base.entries, self.since.entries)]
        keys, rows = (np.concatenate([getattr(part, name) for part in both]) for name in ("keys", "rows"))
        return based_on(Entries.of(keys, rows, days), pairs, len(self.slots))

    def changed(self, left: Ints, right: Ints, by: Ints, compare: Compare) -> Changed:
        """What stands beside the base after the number of keys of some pairs of rows, in order, changed `by` so many; those that come are compared."""
        sides = self.slots[left], self.slots[right]
        one, two = np.minimum(*sides), np.maximum(*sides)
        beside = self._alive()
        known = beside.left.astype(np.int64) * len(self.row_at) + beside.right
        code = one * len(self.row_at) + two
        place, at = _places(code, known), self._in_base(one, two)
        count, score = by.copy(), np.zeros(len(by), dtype=np.float32)
        why = np.zeros(len(by), dtype=np.uint16)
        for pairs, places in ((self.base.pairs, at), (beside, place)):
            there = places >= 0
            count[there] += pairs.count[places[there]]
            score[there], why[there] = pairs.score[places[there]], pairs.why[places[there]]
        came, went = (place < 0) & (at < 0), count <= 0
        score[came], why[came] = compare(left[came], right[came])
        rest = np.ones(len(beside), dtype=np.bool_)
        rest[place[place >= 0]] = False
        told = count.astype(np.int16), score, why
        now = Pairs(one.astype(np.int32), two.astype(np.int32), *told).taken(~went)
        over = np.union1d(self.since.over, at[at >= 0])
        since = replace(self.since, pairs=beside.taken(rest).joined(now), over=over)
        fresh = Pairs(left.astype(np.int32), right.astype(np.int32), *told).taken(came)
        return Changed(since, fresh, (left[went], right[went]))

    def _alive(self) -> Pairs:
        """The pairs beside the base whose rows are still there."""
        some = self.since.pairs
        return some.taken((self.row_at[some.left] >= 0) & (self.row_at[some.right] >= 0))

    def _in_base(self, one: Ints, two: Ints) -> Ints:
        """The places of pairs in the base; -1 where it has none."""
        found = np.full(len(one), -1, dtype=np.int64)
        old = np.flatnonzero(two < self.base.size)
        begins = self.base.left_ends[one[old]]
        own, at = _expanded(begins, self.base.left_ends[one[old] + 1] - begins)
        same = self.base.pairs.right[at] == two[old[own]]
        found[old[own[same]]] = at[same]
        found[_places(found, self.since.over) >= 0] = -1
        return found


def _places(values: Ints, some: Ints) -> Ints:
    """Where values stand among some that are in order, each once; -1 where they do not."""
    if not len(some):
        return np.full(len(values), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(some, values), len(some) - 1)
    return np.where(some[place] == values, place, -1)


def outgrown(base: Base, since: Since) -> bool:
    """Whether so much changed that all is to be written anew."""
    return (
        len(since.pairs) + len(since.over) + len(since.entries.keys)
        > (len(base.pairs) + len(base.entries.keys)) // SHARE
    )

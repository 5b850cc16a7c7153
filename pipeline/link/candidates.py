"""Which rows are compared at all.

Sorted neighbourhood (Hernández and Stolfo 1995): rows that share a key (a type with a country, say) are put in order of
their days, and each is compared with the next few. So the number of pairs grows with the rows, whatever their keys; and
a row more changes the pairs of its neighbours only. Keys of a story count articles instead of rows: what one article tells is
compared with all that the next few articles under the key tell.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.link.rows import Flags, Ints, end_to_end

REACH = 5
"""Neighbours on each side that a row is compared with for each of its keys."""
STORY = np.uint64(1 << 63)
"""Keys from here on are keys of a story."""
ARTICLES = 4
"""Articles on each side whose rows a row is compared with for each key of its story."""
MOST_TOLD = 16
"""Rows of an article under a key of its story that are compared: bounds the pairs."""
AT_ONCE = 500_000
"""Neighbours that are put in order at a time: bounds memory."""
ROWS_A_PART = 16_384
"""Rows for which the keys are parted once more while they are put in order: bounds memory."""
MOST_PARTS = 400
"""Files that are open meanwhile."""

BLOCK = 1_000_000
"""Entries that are looked at at a time."""

Small = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint64]
Masks = npt.NDArray[np.uint16]


def _no_rows() -> Small:
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Entries:
    """The keys of rows, one entry for each key of a row, in order of the key, the row's day and the row."""

    keys: Keys
    rows: Small

    @classmethod
    def of(cls, keys: Keys, rows: Ints | Small, days: Ints) -> "Entries":
        """Entries in their order; `days` has an entry for each row. Under the key of a story rows stand as they are numbered, by article."""
        rows = rows.astype(np.int32, copy=False)
        order = np.lexsort((rows, np.where(keys < STORY, days.astype(np.int32)[rows], np.int32(0)), keys))
        return cls(keys[order], rows[order])

    def taken(self, where: Flags) -> "Entries":
        """Some of the entries."""
        return Entries(self.keys[where], self.rows[where])

    def renumbered(self, row_of: Ints) -> "Entries":
        """The entries with other numbers for their rows; those of rows without a number (-1) are left out."""
        rows = row_of[self.rows].astype(np.int32)
        return Entries(self.keys, rows).taken(rows >= 0)

    def joined(self, other: "Entries") -> "Entries":
        """These entries and those of other keys."""
        keys, rows = np.concatenate([self.keys, other.keys]), np.concatenate([self.rows, other.rows])
        order = np.argsort(keys, kind="stable")
        return Entries(keys[order], rows[order])

    def neighbours(self, n: int, article: Ints) -> tuple[Ints, Ints]:
        """The pairs of rows that are near each other under a key, and under how many: as `left * n + right`, in order.

        `article` has the number of each row's article.
        """
        found = [left.astype(np.int64) * n + right for left, right in self.near(article)]
        pairs, count = np.unique(end_to_end(found), return_counts=True)
        return pairs, count.astype(np.int16)

    def in_order(self, n: int, article: Ints) -> Iterator[tuple[Ints, Ints]]:
        """The same, some at a time."""
        return in_order([self], n, article)

    def near(self, article: Ints) -> Iterator[tuple[Small, Small]]:
        """The rows that are near each other, the smaller ones and the larger ones, as often as they are."""
        plain = int(np.searchsorted(self.keys, STORY))
        for begin in range(0, plain, BLOCK):
            some = slice(begin, min(begin + BLOCK + REACH, plain))
            keys, rows = self.keys[some], self.rows[some]
            for step in range(1, REACH + 1):
                n = max(0, min(BLOCK, len(keys) - step))
                same = keys[step : step + n] == keys[:n]
                one, two = rows[:n][same], rows[step : step + n][same]
                yield np.minimum(one, two), np.maximum(one, two)
        yield from Entries(self.keys[plain:], self.rows[plain:])._of_stories(article)

    def _of_stories(self, article: Ints) -> Iterator[tuple[Small, Small]]:
        """Those under the keys of stories: rows of one article and of articles that are next to each other."""
        rows = self.rows
        begins = np.append(True, (np.diff(self.keys) > 0) | (np.diff(article[rows]) != 0))[: len(rows)]
        told = np.cumsum(begins)
        within = np.arange(len(rows)) - np.flatnonzero(begins)[told - 1]
        keys, rows, told = (part[within < MOST_TOLD] for part in (self.keys, rows, told))
        at = np.arange(len(rows))
        for step in range(1, len(rows)):
            at = at[: np.searchsorted(at, len(rows) - step)]
            at = at[(keys[at + step] == keys[at]) & (told[at + step] - told[at] <= ARTICLES)]
            if not len(at):
                break  # what is not near a row at one step is not at the next
            one, two = rows[at], rows[at + step]
            yield np.minimum(one, two), np.maximum(one, two)


ENTRY = np.dtype([("key", np.uint64), ("row", np.int32)])


def sorted_entries(found: Iterable[tuple[Keys, Small]], days: Ints, n: int) -> Iterator[Entries]:
    """The entries of `n` rows in their order, a range of keys at a time; `found` are keys and their rows as they come."""
    bits = (n // ROWS_A_PART).bit_length()

    def parted() -> Iterator[tuple[npt.NDArray[np.uint16], npt.NDArray[Any]]]:
        for keys, rows in found:
            both = np.empty(len(keys), dtype=ENTRY)
            both["key"], both["row"] = keys, rows
            part = keys >> np.uint64(64 - bits) if bits else np.zeros(len(keys))
            yield part.astype(np.uint16), both

    for some in in_parts(parted(), 1 << bits, ENTRY):
        yield Entries.of(some["key"], some["row"], days)


def in_order(entries: Iterable[Entries], n: int, article: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The neighbours of `n` rows among entries of several ranges of keys, in order, some at a time; the entries are gone through twice."""
    n_left = np.zeros(n, dtype=np.int64)
    for left, _ in (pair for some in entries for pair in some.near(article)):
        n_left += np.bincount(left, minlength=n)
    at_once = max(AT_ONCE, int(n_left.sum()) // MOST_PARTS)
    part = (np.cumsum(n_left) // at_once).astype(np.uint16)
    near = (
        (part[left], left.astype(np.int64) * n + right)
        for some in entries
        for left, right in some.near(article)
    )
    for some in in_parts(near, 1 + int(part[-1]) if n else 0, np.dtype(np.int64)):
        pairs, count = np.unique(some, return_counts=True)
        yield pairs, count.astype(np.int16)


def in_parts(
    values: Iterable[tuple[npt.NDArray[np.uint16], npt.NDArray[Any]]], n_parts: int, kind: "np.dtype[Any]"
) -> Iterator[npt.NDArray[Any]]:
    """Values of a `kind` by the part that each belongs to, one part after another; where there are several, they are put down on disk meanwhile."""
    if n_parts == 1:
        yield np.concatenate([np.zeros(0, dtype=kind), *(own for _, own in values)])
        return
    with ExitStack() as files:
        parts = [files.enter_context(TemporaryFile()) for _ in range(n_parts)]
        for part, own in values:
            # by an index, records take thirty times as long
            by_part = own.take(np.argsort(part, kind="stable"))
            ends = np.cumsum(np.bincount(part, minlength=n_parts)).tolist()
            for file, begin, end in zip(parts, [0, *ends], ends, strict=False):
                file.write(by_part[begin:end].data)
        for file in parts:
            file.seek(0)
            yield np.frombuffer(file.read(), dtype=kind)
            file.close()


def no_entries() -> Entries:
    """Nothing yet."""
    return Entries(np.zeros(0, dtype=np.uint64), _no_rows())


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows in order, left before right, each once."""

    left: Small
    right: Small
    count: npt.NDArray[np.int16]
    """Under how many keys the two are neighbours."""
    score: npt.NDArray[np.float32]
    """Above zero: the two are the same; nan where they were not compared yet."""
    why: Masks
    """What speaks for the two being the same, as bits."""

    @classmethod
    def of(cls, pairs: Ints, n: int, count: Ints) -> "Pairs":
        """Pairs (`left * n + right`, in order) that were not compared yet."""
        left, right = np.empty(len(pairs), dtype=np.int32), np.empty(len(pairs), dtype=np.int32)
        np.divmod(pairs, max(1, n), out=(left, right), casting="unsafe")
        none = np.full(len(pairs), np.nan, dtype=np.float32), np.zeros(len(pairs), dtype=np.uint16)
        return cls(left, right, count.astype(np.int16), *none)

    def __len__(self) -> int:
        """The number of pairs."""
        return len(self.left)

    def renumbered(self, row_of: Ints) -> "Pairs":
        """The pairs with other numbers for their rows, in the same order; those with a row without a number (-1) are left out."""
        left, right = row_of[self.left].astype(np.int32), row_of[self.right].astype(np.int32)
        return replace(self, left=left, right=right).taken((left >= 0) & (right >= 0))

    def taken(self, where: Flags) -> "Pairs":
        """Some of the pairs."""
        if where.all():
            return self
        some = np.flatnonzero(where)
        return Pairs(*(getattr(self, field.name).take(some) for field in fields(self)))

    def joined(self, other: "Pairs") -> "Pairs":
        """These pairs and others, in order; those of both that are one pair are taken from the other."""
        (one, ours), (two, theirs) = self._in_order(), other._in_order()
        place = np.searchsorted(ours, theirs)
        again = place < len(ours)
        again[again] = ours[place[again]] == theirs[again]
        stay = np.ones(len(ours), dtype=np.bool_)
        stay[place[again]] = False
        some = one.taken(stay)
        before = place - np.append(0, np.cumsum(again))[:-1]  # without those that are taken from the other
        columns = ((getattr(some, field.name), getattr(two, field.name)) for field in fields(self))
        return Pairs(*(np.insert(mine, before, added) for mine, added in columns))

    def _in_order(self) -> "tuple[Pairs, Ints]":
        """These pairs in order, each once, and a number for each in that order."""
        keys = (self.left.astype(np.int64) << 32) | self.right
        if (keys[1:] > keys[:-1]).all():
            return self, keys
        keys, first = np.unique(keys, return_index=True)
        return Pairs(*(getattr(self, field.name).take(first) for field in fields(self))), keys

    def without(self, left: Ints, right: Ints, n: int) -> "Pairs":
        """These pairs without some others of `n` rows."""
        return self.taken(~np.isin(self.left.astype(np.int64) * n + self.right, left * n + right))


def no_pairs() -> Pairs:
    """Nothing yet."""
    return Pairs(
        _no_rows(), _no_rows(), np.zeros(0, np.int16), np.zeros(0, np.float32), np.zeros(0, np.uint16)
    )


def difference(before: tuple[Ints, Ints], after: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Pairs whose number of keys changed, in order, and by how many."""
    if not len(before[0]):
        return after
    if len(after[0]):  # nearly all are as they were: those need no sorting
        at = np.minimum(np.searchsorted(before[0], after[0]), len(before[0]) - 1)
        same = (before[0][at] == after[0]) & (before[1][at] == after[1])
        stays = np.ones(len(before[0]), dtype=np.bool_)
        stays[at[same]] = False
        before, after = (before[0][stays], before[1][stays]), (after[0][~same], after[1][~same])
    pairs = np.concatenate([before[0], after[0]])
    by = np.concatenate([-before[1], after[1]])
    pairs, place = np.unique(pairs, return_inverse=True)
    change = np.bincount(place, weights=by, minlength=len(pairs)).astype(np.int64)
    return pairs[change != 0], change[change != 0]

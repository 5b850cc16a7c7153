"""Rows into groups, and a record for each group; only what changed since the last run is looked at.

A group depends on its rows and on those that they are compared with; a row more or less changes the pairs of a few rows,
the groups that these choose, and the records of groups that won or lost a row. All else is kept in a file. The result
is that of a run without the file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.link import memory
from pipeline.link.candidates import (
    STORY,
    Entries,
    Keys,
    Masks,
    Pairs,
    Small,
    difference,
    in_order,
    no_entries,
    no_pairs,
    sorted_entries,
)
from pipeline.link.clusters import ALONE, CLOSE_TO_ZERO, Groups, groups, groups_of_all, rows_of_groups
from pipeline.link.freed import give_back
from pipeline.link.memory import Digests
from pipeline.link.rows import Flags, Floats, Ints, end_to_end
from pipeline.link.stored import Stored, near_rows, that_tell

CHUNK = 25_000
"""Pairs that are scored at a time: bounds memory."""
ROWS_AT_ONCE = 2_048
"""Rows whose words are held as text at a time."""
OF_STORY = "~"
"""Begins the key of a story: rows under it are compared by article."""
STEP = 2.0**-16
"""Scores are multiples of this: so their sums are exact, in whatever order they come."""

Record = dict[str, object]
NOTHING = pa.schema([])
"""Of groups whose records are empty."""


class Rows(Protocol):
    """Some rows, read so that they can be compared."""

    def keys(self, row: int) -> Iterable[str]:
        """The keys of a row: rows that share one may be compared."""
        ...

    def gather(self, rows: Ints) -> None:
        """Read the words of some rows that are compared, as numbers."""
        ...

    def hold(self, rows: Ints) -> None:
        """Have the cells of some rows at hand, from which records are made."""
        ...

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        ...

    def settle(self) -> None:
        """Put words together, once those of all rows are read."""
        ...

    def compared(self) -> None:
        """Let go of all words that no later comparison asks for."""
        ...


Read = TypeVar("Read", bound=Rows)


@dataclass(frozen=True, slots=True)
class Linkage(Generic[Read]):
    """How rows of one kind are read, compared and described."""

    read: Callable[[Ints], Read]
    """Rows by their numbers, in order."""
    score: Callable[[Read, Ints, Ints], tuple[Floats, Masks]]
    """Scores of pairs of the rows read, and what speaks for them as bits."""
    describe: Callable[[Read, Ints], Record]
    """The record of a group of the rows read."""
    told: pa.Schema = NOTHING
    """What a record holds."""
    telling: Callable[[Pairs], Flags] = lambda pairs: np.zeros(len(pairs), dtype=np.bool_)
    """Which pairs are handed on though they decide on no group."""
    least: float = CLOSE_TO_ZERO
    """What the mean over the pairs of a row and its group is above."""


class Records(Mapping[int, Record]):
    """Records by the first row of their group, column by column; a group of which nothing is told has none."""

    def __init__(self, leaders: Ints, rows: pa.Table) -> None:
        """`leaders` are the first rows of the groups, in order, `rows` the record of each."""
        self.leaders, self.rows = leaders, rows

    def __len__(self) -> int:
        """The number of records."""
        return len(self.leaders)

    def __iter__(self) -> Iterator[int]:
        """The first rows."""
        return iter(self.leaders.tolist())

    def __getitem__(self, leader: int) -> Record:
        """A record."""
        found: Record = self.rows.slice(self._place(leader), 1).to_pylist()[0]
        return found

    def cell(self, leader: int, column: str) -> object:
        """A cell of a record."""
        return self.rows[column][self._place(leader)].as_py()

    def _place(self, leader: int) -> int:
        at = int(np.searchsorted(self.leaders, leader))
        if at == len(self.leaders) or self.leaders[at] != leader:
            raise KeyError(leader)
        return at

    @classmethod
    def joined(cls, some: "list[Records]") -> "Records":
        """Records of several kinds of groups, in order."""
        leaders = np.concatenate([each.leaders for each in some])
        order = np.argsort(leaders, kind="stable")
        rows = pa.concat_tables([each.rows for each in some]).combine_chunks()
        return cls(leaders[order], rows if (np.diff(order) == 1).all() else rows.take(pa.array(order)))


@dataclass(frozen=True, slots=True)
class Linked:
    """Groups of rows."""

    group: Ints
    """The group of each row: its first row."""
    records: Records
    """By the first row of the group, in order."""
    pairs: Pairs
    """Of the rows that were compared all that are the same or tell something, and perhaps others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run leaves to the next; rows are numbers in their stable order."""

    digests: Digests
    article: Ints
    """The number of each row's article."""
    entries: Entries
    pairs: Pairs
    groups: Groups
    leaders: Ints
    """The first rows of the groups that have a record."""
    records: pa.Table


def _nothing(told: pa.Schema) -> Kept:
    none = np.zeros(0, dtype=np.int64)
    empty = Groups(none, none), none, told.empty_table()
    return Kept(none.astype(np.uint64), none, no_entries(), no_pairs(), *empty)


class _Reader(Generic[Read]):
    """Reads rows, and keeps those read last."""

    def __init__(self, read: Callable[[Ints], Read]) -> None:
        self.read = read
        self.numbers = np.zeros(0, dtype=np.int64)
        self.rows: Read | None = None

    def at(self, numbers: Ints) -> tuple[Read, Ints]:
        """Rows that hold some rows (by their numbers, in order), and where."""
        if self.rows is None or not np.isin(numbers, self.numbers).all():
            self.numbers, self.rows = numbers, self.read(numbers)
        return self.rows, np.searchsorted(self.numbers, numbers)


def link_rows(
    path: Path | None, digests: Digests, days: Ints, article: Ints, linkage: Linkage[Any]
) -> Linked:
    """The groups of rows, their records, and the pairs that were compared.

    `digests` tell all that decides on a row's links, `days` are those by which neighbours are found, `article` the number of
    each row's article; rows are in an order that their content alone decides, those of one article together. `path` is the file of what is kept; without one, all rows are new.
    """
    kept = memory.load(path, Kept) or _nothing(linkage.told)
    if len(np.unique(digests)) < len(digests):
        kept = _nothing(linkage.told)  # rows that cannot be told apart cannot be found again
    if np.array_equal(kept.digests, digests):
        return Linked(kept.groups.first_rows(), Records(kept.leaders, kept.records), kept.pairs)
    n, row_of = len(digests), memory.rows_now(kept.digests, digests)
    reader = _Reader(linkage.read)
    if not len(kept.digests):
        return _from_nothing(path, digests, days, article, linkage, reader)
    new = np.setdiff1d(np.arange(n), row_of)
    entries, changes = _entries(kept, row_of, n, keys_of(*reader.at(new), new), (days, article))
    pairs, affected = _pairs(kept.pairs, row_of, n, changes)
    pairs = _scored(pairs, reader, linkage.score)
    found = _groups(kept.groups, row_of, pairs, (np.concatenate([new, affected]), n), linkage.least)
    group = found.first_rows()
    records = _records(kept, row_of, group, reader, linkage)
    memory.save(path, Kept(digests, article, entries, pairs, found, records.leaders, records.rows))
    return Linked(group, records, pairs)


def _from_nothing(
    path: Path | None,
    digests: Digests,
    days: Ints,
    article: Ints,
    linkage: Linkage[Any],
    reader: _Reader[Any],
) -> Linked:
    """As `link_rows` where nothing is kept: pairs are put down on disk, some at a time."""
    give_back()
    n = len(digests)
    none, new = _nothing(linkage.told), np.arange(n)
    rows, _ = reader.at(new)
    with closing(Stored(no_entries())) as entries, closing(Stored(no_pairs())) as stored:
        for part in sorted_entries(_keys_of(rows, new, new), days, n):
            entries.add(part)
        rows.settle()
        give_back()
        for near, count in in_order(entries, n, article):
            some = Pairs.of(near, n, count)
            stored.add(some.scored(np.arange(len(some)), partial(_exact, linkage.score, rows), CHUNK))
        rows.compared()
        give_back()
        pairs = that_tell(stored, linkage.telling)
        with closing(near_rows(stored, n)) as decisive:
            found = groups_of_all(decisive, n, linkage.least)
        group = found.first_rows()
        records = _records(none, new[:0], group, reader, linkage)
        kept = Kept(digests, article, no_entries(), no_pairs(), found, records.leaders, records.rows)
        on_disk = {"entries": entries.columns(), "pairs": stored.columns()}
        whole = {f"{what}.{name}": found for what, some in on_disk.items() for name, found in some.items()}
        memory.save(path, kept, whole)
    give_back()
    return Linked(group, records, pairs)


def keys_of(rows: Rows, places: Ints, numbers: Ints) -> tuple[Keys, Small]:
    """The keys of rows as numbers, and the row of each."""
    found = [(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)), *_keys_of(rows, places, numbers)]
    keys, owners = (end_to_end([some[at] for some in found]) for at in (0, 1))
    return keys, owners


def _keys_of(rows: Rows, places: Ints, numbers: Ints) -> Iterator[tuple[Keys, Small]]:
    """The same, of some rows at a time."""
    for start in range(0, len(places), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        found = [set(rows.keys(place)) for place in places[some].tolist()]
        owners = np.repeat(numbers[some].astype(np.int32), [len(own) for own in found])
        yield numbered(chain.from_iterable(found)), owners
        rows.gather(places[some])  # while their words are at hand as text: nearly all of them are compared
        rows.forget()


def numbered(keys: Iterable[str]) -> Keys:
    """Keys as numbers of 64 bits, so that no two of millions are the same; those of stories are the high ones."""
    told = np.array(list(keys), dtype=object)
    of_story = np.fromiter(map(str.startswith, told, repeat(OF_STORY)), dtype=np.bool_, count=len(told))
    number = pd.util.hash_array(told, categorize=False)
    return np.where(of_story, number | STORY, number & ~STORY)


def _entries(
    last: Kept, row_of: Ints, n: int, keys: tuple[Keys, Small], told: tuple[Ints, Ints]
) -> tuple[Entries, tuple[Ints, Ints]]:
    """The entries of all `n` rows, and the pairs that are neighbours under more or fewer keys than before; `told` are their days and articles."""
    kept, (days, article) = last.entries, told
    new = Entries.of(*keys, days)
    touched = kept.having(np.concatenate([new.keys, kept.keys[row_of[kept.rows] < 0]]))
    before = kept.taken(touched)
    stay = before.renumbered(row_of)
    after = Entries.of(
        np.concatenate([stay.keys, new.keys]),
        np.concatenate([stay.rows, new.rows]),
        days,
    )
    was, count = before.neighbours(len(row_of), last.article)
    left, right = (row_of[part] for part in divmod(was, max(1, len(row_of))))
    stays = (left >= 0) & (right >= 0)
    changes = difference(((left * n + right)[stays], count[stays]), after.neighbours(n, article))
    return kept.taken(~touched).renumbered(row_of).joined(after), changes


def _pairs(kept: Pairs, row_of: Ints, n: int, changes: tuple[Ints, Ints]) -> tuple[Pairs, Ints]:
    """The pairs of all `n` rows, and the rows that lost or won a pair."""
    left, right = row_of[kept.left], row_of[kept.right]
    lost = np.concatenate([left[(left >= 0) & (right < 0)], right[(left < 0) & (right >= 0)]])
    pairs, affected = kept.renumbered(row_of).changed(n, *changes)
    return pairs, np.concatenate([affected, lost])


def _scored(
    pairs: Pairs, reader: _Reader[Any], score: Callable[[Any, Ints, Ints], tuple[Floats, Masks]]
) -> Pairs:
    """The pairs with the scores of those not yet compared."""
    unknown = np.flatnonzero(np.isnan(pairs.score)).astype(np.int32)
    if not len(unknown):
        return pairs
    compared = np.zeros(1 + int(pairs.right.max()), dtype=np.bool_)
    compared[pairs.left[unknown]] = compared[pairs.right[unknown]] = True
    numbers = np.flatnonzero(compared)
    rows, places = reader.at(numbers)
    for start in range(0, len(places), ROWS_AT_ONCE):
        rows.gather(places[start : start + ROWS_AT_ONCE])
        rows.forget()

    def found(left: Ints, right: Ints) -> tuple[Floats, Masks]:
        sides = (places[np.searchsorted(numbers, side)] for side in (left, right))
        return _exact(score, rows, *sides)

    return pairs.scored(unknown, found, CHUNK)


def _exact(
    score: Callable[[Any, Ints, Ints], tuple[Floats, Masks]], rows: Rows, left: Ints, right: Ints
) -> tuple[Floats, Masks]:
    """Scores of pairs of rows as multiples of `STEP`, and what speaks for them."""
    scores, why = score(rows, left, right)
    return np.rint(scores / STEP) * STEP, why


def _groups(kept: Groups, row_of: Ints, pairs: Pairs, looked_at: tuple[Ints, int], least: float) -> Groups:
    """The groups of all rows, from those of the last run; `looked_at` are the rows to look at again, and how many there are."""
    again, n = looked_at
    stay = row_of >= 0
    joined, chosen = np.arange(n), np.full(n, ALONE, dtype=np.int64)
    first = row_of[kept.joined]
    name = np.where(first >= 0, first, -2 - kept.joined)
    joined[row_of[stay]] = name[stay]
    chosen[row_of[stay]] = np.append(row_of, ALONE)[kept.chosen][stay]
    flags = np.zeros(n, dtype=np.bool_)
    flags[again] = True
    return groups(pairs, Groups(joined, chosen), flags, np.unique(name[~stay]).tolist(), least)


def _records(kept: Kept, row_of: Ints, group: Ints, reader: _Reader[Any], linkage: Linkage[Any]) -> Records:
    """The record of each group; those of groups of the same rows as before are kept."""
    n = len(group)
    before = kept.groups.first_rows()
    first, stay = row_of[before], row_of >= 0
    same = stay & (first >= 0)
    same[same] = group[row_of[same]] == first[same]
    n_rows = np.bincount(group, minlength=n)
    n_same = np.bincount(first[same], minlength=n)
    n_before = np.zeros(n, dtype=np.int64)
    old, size = np.unique(before, return_counts=True)
    n_before[row_of[old][row_of[old] >= 0]] = size[row_of[old] >= 0]
    whole = (n_rows > 0) & (n_rows == n_same) & (n_rows == n_before)
    now = row_of[kept.leaders]
    stays = now >= 0
    stays[stays] = whole[now[stays]]
    found = [Records(now[stays], kept.records if stays.all() else kept.records.filter(pa.array(stays)))]
    numbers = np.flatnonzero(~whole[group])
    if len(numbers):
        rows, places = reader.at(numbers)
        for some in _at_once(rows_of_groups(group[numbers])):
            rows.hold(np.concatenate([places[members] for _, members in some]))
            told = ((leader, linkage.describe(rows, places[members])) for leader, members in some)
            found.append(_columns(told, linkage.told))
    return Records.joined(found)


def _columns(records: Iterable[tuple[int, Record]], told: pa.Schema) -> Records:
    """Records and the first rows of their groups as columns, without those that are empty."""
    some = [(leader, record) for leader, record in records if record]
    columns = [pa.array([record[field.name] for _, record in some], field.type) for field in told]
    leaders = np.array([leader for leader, _ in some], dtype=np.int64)
    return Records(leaders, pa.table(columns, schema=told))


def _at_once(groups: Iterable[tuple[int, Ints]]) -> Iterator[list[tuple[int, Ints]]]:
    """Groups of `ROWS_AT_ONCE` rows or somewhat more at a time."""
    some: list[tuple[int, Ints]] = []
    n_rows = 0
    for leader, rows in groups:
        some.append((leader, rows))
        n_rows += len(rows)
        if n_rows >= ROWS_AT_ONCE:
            yield some
            some, n_rows = [], 0
    if some:
        yield some

"""Rows into groups, and a record for each group; only what changed since the last run is looked at.

A group depends on its rows and on those that they are compared with; a row more or less changes the pairs of a few rows,
the groups that these choose, and the records of groups that won or lost a row. All else is kept in a file. The result
is that of a run without the file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

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
from pipeline.link.clusters import (
    ALONE,
    CLOSE_TO_ZERO,
    Compared,
    Groups,
    Scores,
    groups,
    groups_of_all,
    rows_of_groups,
)
from pipeline.link.freed import give_back
from pipeline.link.kept import Base, Compare, Lookup, Since, no_base, no_since, outgrown
from pipeline.link.memory import Digests
from pipeline.link.rows import Flags, Floats, Ints, end_to_end
from pipeline.link.stored import Stored, by_right, near_rows, that_tell
from pipeline.store.mapped import let_go
from pipeline.store.record import file_state

CHUNK = 50_000
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
class _Rows:
    """Of each row, in their stable order, what the next run asks for."""

    digests: Digests
    days: Ints
    article: Ints
    """The number of its article."""
    slots: Ints
    n_earlier: Ints
    """How many earlier rows it was compared with."""
    n_all: Ints
    """How many rows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run leaves to the next beside the base of keys and pairs; rows are numbers in their stable order."""

    rows: _Rows
    since: Since
    groups: Groups
    leaders: Ints
    """The first rows of the groups that have a record."""
    records: pa.Table
    pairs: Pairs
    """Those that are the same or tell something."""
    base: Ints
    """Size and time of change of the file of the base."""


def _nothing(told: pa.Schema) -> Kept:
    none = np.zeros(0, dtype=np.int64)
    rows = _Rows(none.astype(np.uint64), none, none, none, none, none)
    return Kept(rows, no_since(), Groups(none, none), none, told.empty_table(), no_pairs(), none)


def _load(path: Path | None, told: pa.Schema) -> tuple[Kept, Base]:
    """What is kept; nothing where it is not whole."""
    kept = memory.load(path, Kept)
    if path is not None and kept is not None:
        known: list[int] = kept.base.tolist()
        base = memory.load(_base(path), Base, known) if file_state(_base(path)) == known else None
        if base is not None:
            return kept, base
    return _nothing(told), no_base()


def _base(path: Path) -> Path:
    """Where most of what is kept lies, which is written once in many runs."""
    return path.with_name(f"{path.stem}.base{path.suffix}")


def _state(path: Path | None) -> Ints:
    """What the file of the base is known by."""
    return np.array([] if path is None else file_state(_base(path)), dtype=np.int64)


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
    kept, base = _load(path, linkage.told)
    if not memory.each_once(kept.rows.digests, digests):
        kept, path = _nothing(linkage.told), None  # rows that cannot be told apart cannot be found again
    if np.array_equal(kept.rows.digests, digests):
        return Linked(kept.groups.first_rows(), Records(kept.leaders, kept.records), kept.pairs)
    row_of = memory.rows_now(kept.rows.digests, digests)
    reader = _Reader(linkage.read)
    if not len(kept.rows.digests):
        return _from_nothing(path, digests, days, article, linkage, reader)
    new = memory.not_among(row_of, len(digests))
    now = _Now(row_of, days, article, _slots(kept.rows, base, row_of, new))
    compare = partial(_compared, reader, linkage.score)
    found = _updated(kept, base, now, keys_of(*reader.at(new), new), compare)
    looked_at = np.concatenate([new, found.affected]), len(digests)
    chosen = _groups(kept.groups, row_of, found.lookup, looked_at, linkage.least)
    group = chosen.first_rows()
    records = _records(kept, row_of, group, reader, linkage)
    came = found.came.taken((found.came.score > 0) | linkage.telling(found.came))
    pairs = kept.pairs.renumbered(row_of).without(*found.went, len(digests)).joined(came)
    since, slots = found.lookup.since, now.slots
    if path is not None and outgrown(base, since):
        memory.save(_base(path), found.lookup.whole(days))
        since, slots = no_since(), np.arange(len(digests))
    rows = _Rows(digests, days, article, slots, found.lookup.n_earlier, found.lookup.n_all)
    memory.save(path, Kept(rows, since, chosen, records.leaders, records.rows, pairs, _state(path)))
    return Linked(group, records, pairs)


@dataclass(frozen=True, slots=True)
class _Now:
    """The rows of this run."""

    row_of: Ints
    """For each row of the last run its number; -1 where it is gone."""
    days: Ints
    article: Ints
    slots: Ints


class _Updated(NamedTuple):
    """Keys and pairs of the rows of this run."""

    lookup: Lookup
    came: Pairs
    went: tuple[Ints, Ints]
    affected: Ints
    """The rows that lost or won a pair."""


def _slots(kept: _Rows, base: Base, row_of: Ints, new: Ints) -> Ints:
    """The slots of all rows; those that are new have slots that none had."""
    slots = np.empty(np.count_nonzero(row_of >= 0) + len(new), dtype=np.int64)
    slots[row_of[row_of >= 0]] = kept.slots[row_of >= 0]
    slots[new] = max(base.size, 1 + int(kept.slots.max(initial=-1))) + np.arange(len(new))
    return slots


def _updated(kept: Kept, base: Base, now: _Now, keys: tuple[Keys, Small], compare: Compare) -> _Updated:
    """Keys and pairs after rows went and came; `keys` are those of the rows that came, by their numbers."""
    row_of, n, rows = now.row_of, len(now.slots), kept.rows
    then = Lookup(base, kept.since, rows.slots, rows.n_earlier, rows.n_all)
    touched = then.entries(np.concatenate([keys[0], then.keys_of(np.flatnonzero(row_of < 0))]))
    before = Entries.of(touched.keys, touched.rows, rows.days)
    stay = before.renumbered(row_of)
    owners = np.concatenate([stay.rows, keys[1]])
    after = Entries.of(np.concatenate([stay.keys, keys[0]]), owners, now.days)
    was, count = before.neighbours(len(row_of), rows.article)
    left, right = (row_of[side] for side in divmod(was, max(1, len(row_of))))
    same = (left >= 0) & (right >= 0)
    pairs, by = difference(((left * n + right)[same], count[same]), after.neighbours(n, now.article))
    lookup = Lookup(base, kept.since, now.slots, *_counts(rows, row_of, n))
    found = lookup.changed(*divmod(pairs, max(1, n)), by, compare)
    came = found.came.left.astype(np.int64), found.came.right.astype(np.int64)
    lost = left[(left >= 0) & (right < 0)], right[(left < 0) & (right >= 0)]
    for sides, more in ((came, 1), (found.went, -1), (lost, -1)):
        np.add.at(lookup.n_all, np.concatenate(sides), more)
        np.add.at(lookup.n_earlier, sides[1], more)
    entries = kept.since.entries.taken(lookup.row_at[kept.since.entries.rows] >= 0)
    entries = entries.joined(Entries(keys[0], now.slots[keys[1]].astype(np.int32)))
    since = replace(found.since, entries=entries)
    affected = np.unique(np.concatenate([*came, *found.went, *lost]))
    whole = Lookup(base, since, now.slots, lookup.n_earlier, lookup.n_all)
    return _Updated(whole, found.came, found.went, affected)


def _counts(kept: _Rows, row_of: Ints, n: int) -> tuple[Ints, Ints]:
    """How many earlier rows, and rows at all, each of `n` rows was compared with in the last run."""
    found = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for now, before in zip(found, (kept.n_earlier, kept.n_all), strict=True):
        now[row_of[row_of >= 0]] = before[row_of >= 0]
    return found


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
            score, why = _exact(linkage.score, rows, some.left, some.right)
            stored.add(replace(some, score=score, why=why))
            let_go()
        rows.compared()
        give_back()
        pairs = that_tell(stored, linkage.telling)
        with closing(near_rows(stored, n)) as decisive:
            found = groups_of_all(decisive, n, linkage.least)
        group = found.first_rows()
        records = _records(none, new[:0], group, reader, linkage)
        if path is not None:
            n_earlier, n_all = _write_base(path, entries, stored, n)
            told = _Rows(digests, days, article, np.arange(n), n_earlier, n_all)
            kept = Kept(told, no_since(), found, records.leaders, records.rows, pairs, _state(path))
            memory.save(path, kept)
    give_back()
    return Linked(group, records, pairs)


def _write_base(path: Path, entries: Stored[Entries], pairs: Stored[Pairs], n: int) -> tuple[Ints, Ints]:
    """Write the base of `n` rows; returns how many earlier rows each was compared with, and how many at all."""
    n_left, n_right = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for some in pairs:
        n_left += np.bincount(some.left, minlength=n)
        n_right += np.bincount(some.right, minlength=n)
    with closing(by_right(pairs, n_right)) as later:
        ends = (np.append(0, np.cumsum(each)) for each in (n_left, n_right))
        columns = {"entries": entries.columns(), "pairs": pairs.columns()}
        whole = {f"{what}.{name}": found for what, some in columns.items() for name, found in some.items()}
        whole["by_right"] = later.columns()["places"]
        memory.save(_base(path), Base(no_entries(), no_pairs(), no_pairs().left, *ends), whole)
    return n_right, n_left + n_right


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
        let_go()


def numbered(keys: Iterable[str]) -> Keys:
    """Keys as numbers of 64 bits, so that no two of millions are the same; those of stories are the high ones."""
    told = np.array(list(keys), dtype=object)
    of_story = np.fromiter(map(str.startswith, told, repeat(OF_STORY)), dtype=np.bool_, count=len(told))
    number = pd.util.hash_array(told, categorize=False)
    return np.where(of_story, number | STORY, number & ~STORY)


def _compared(
    reader: _Reader[Any],
    score: Callable[[Any, Ints, Ints], tuple[Floats, Masks]],
    left: Ints,
    right: Ints,
) -> tuple[Scores, Masks]:
    """Scores of pairs of rows that were not compared yet, and what speaks for them."""
    if not len(left):
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.uint16)
    numbers = np.unique(np.concatenate([left, right]))
    rows, places = reader.at(numbers)
    for start in range(0, len(places), ROWS_AT_ONCE):
        rows.gather(places[start : start + ROWS_AT_ONCE])
        rows.forget()
    return _exact(score, rows, *(places[np.searchsorted(numbers, side)] for side in (left, right)))


def _exact(
    score: Callable[[Any, Ints, Ints], tuple[Floats, Masks]],
    rows: Rows,
    left: Ints | Small,
    right: Ints | Small,
) -> tuple[Scores, Masks]:
    """Scores of pairs of rows as multiples of `STEP`, and what speaks for them; some pairs at a time."""
    scores, why = np.zeros(len(left), dtype=np.float32), np.zeros(len(left), dtype=np.uint16)
    for start in range(0, len(left), CHUNK):
        some = slice(start, start + CHUNK)
        found, why[some] = score(rows, left[some].astype(np.int64), right[some].astype(np.int64))
        scores[some] = np.rint(found / STEP) * STEP
    return scores, why


def _groups(
    kept: Groups, row_of: Ints, compared: Compared, looked_at: tuple[Ints, int], least: float
) -> Groups:
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
    return groups(compared, Groups(joined, chosen), flags, np.unique(name[~stay]).tolist(), least)


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
    size = np.bincount(before, minlength=len(before))
    n_before[row_of[row_of >= 0]] = size[row_of >= 0]
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
            let_go()
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

"""The cache of extracted articles: what was read once is not read again.

A shard is one Arrow file with a line an article: its path and content hash, and a list of rows for each row type.
It lies under `<data>/cache/extract/<extractor>/<day of publication>/` and never changes; its name is a hash of what it holds.
Lines whose article has changed or gone are passed over, and dropped when the day is tidied.
"""

import contextlib
import hashlib
import json
import os
import shutil
import time
import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache, cached_property
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.extract.rows import ROW_TYPES, Extract
from pipeline.listing import RECENT
from pipeline.store import atomic, sealed
from pipeline.store.record import file_state

UNDATED = "undated"
_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}
_MAX_LOOSE = 8
"""Shards of a day that may stay below half their size before the day is tidied."""
_ARTICLES_AT_ONCE = 1_000

_KEYS = ("path", "sha256", "failure")

Key = tuple[str, str]
"""An article as it was read: path below the seeds folder, SHA-256 of its bytes."""


@cache
def row_schema(table: str) -> pa.Schema:
    """The Arrow schema of a row type, from its dataclass."""
    row = ROW_TYPES[table]
    hints = typing.get_type_hints(row)
    return pa.schema([(f.name, _ARROW[_plain(hints[f.name])]) for f in fields(row)])


def _plain(hint: object) -> type:
    """`X` of `X | None`."""
    if isinstance(hint, types.UnionType):
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    return typing.cast(type, hint)


@cache
def shard_schema() -> pa.Schema:
    """Columns of a shard: the article, why extraction failed on it (null: it did not), its rows."""
    lists = [(table, pa.list_(pa.struct(list(row_schema(table))))) for table in ROW_TYPES]
    return pa.schema([("path", pa.string()), ("sha256", pa.string()), ("failure", pa.string()), *lists])


def line(key: Key, extracted: Extract | str) -> pa.RecordBatch:
    """One article's line of a shard; a text in place of its rows says why extraction failed."""
    path, sha256 = key
    failure = extracted if isinstance(extracted, str) else None
    columns: list[pa.Array] = [pa.array([path]), pa.array([sha256]), pa.array([failure], pa.string())]
    for table in ROW_TYPES:
        rows = getattr(extracted, table) if failure is None else []
        schema = row_schema(table)
        get = [attrgetter(name) for name in schema.names]
        arrays = [pa.array([g(row) for row in rows], f.type) for g, f in zip(get, schema, strict=True)]
        values = pa.StructArray.from_arrays(arrays, fields=list(schema))
        columns.append(pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), values))
    return pa.RecordBatch.from_arrays(columns, schema=shard_schema())


@cache
def folder_name(day: date | None) -> str:
    """The folder of a day's shards."""
    return day.isoformat() if day else UNDATED


def month_of(day: str) -> str:
    """The month of a day's folder."""
    return day if day == UNDATED else day[:7]


def write(folder: Path, day: date | None, lines: Iterable[pa.RecordBatch]) -> Path:
    """Write a shard of a day and return its file; an empty one is written too."""
    table = pa.Table.from_batches(list(lines), schema=shard_schema()).combine_chunks()
    name = hashlib.sha256()
    for path, sha256 in zip(table["path"].to_pylist(), table["sha256"].to_pylist(), strict=True):
        name.update(f"{path}\0{sha256}\n".encode())
    target = folder / folder_name(day) / f"{name.hexdigest()[:20]}.arrow"
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with (
        sealed.writing(target, name=_name(target)) as file,
        pa.ipc.new_file(pa.PythonFile(file, "w"), shard_schema(), options=options) as writer,
    ):
        writer.write_table(table)
    return target


def read(shard: Path, columns: Iterable[str] | None = None) -> pa.Table:
    """Columns of a shard (all without `columns`). One that is not what was written is thrown away: DamagedError."""
    try:
        return _columns(sealed.read(shard, name=_name(shard)), columns)
    except sealed.DamagedError as error:
        sealed.forget(shard, error, "the next run reads its articles again")
        raise


def _columns(data: pa.Buffer, columns: Iterable[str] | None) -> pa.Table:
    names = shard_schema().names
    return sealed.arrow(data, [names.index(c) for c in columns] if columns is not None else None)


def _name(shard: Path) -> str:
    """What a shard's content belongs to: an extractor, a day, its articles."""
    return "/".join(shard.parts[-3:])


_LINES = pa.schema(
    [
        ("day", pa.string()),
        ("shard", pa.string()),
        ("size", pa.int64()),
        ("changed", pa.int64()),
        ("line", pa.int32()),
        ("path", pa.string()),
        ("sha256", pa.string()),
        ("failure", pa.string()),
    ]
)
_DAYS = "days"


@dataclass(frozen=True)
class Index:
    """Which shard holds which of the articles that are wanted; what nobody asks for is not told."""

    folder: Path
    held: pa.Table
    """The lines of all shards, by day and shard."""
    asked: pa.Array
    """Of each wanted article its day, path and hash, in one."""
    place: pa.Array
    """At which line it stands; null where no shard holds it."""
    unsettled: tuple[str, ...] = field(compare=False)
    """Days whose folder changed only just now, or in which something half-written stands."""

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """Wanted articles that no shard holds."""
        return tuple(np.flatnonzero(pc.is_null(self.place).to_numpy(zero_copy_only=False)).tolist())

    @cached_property
    def _found(self) -> pa.Table:
        return self.held.take(self.place.drop_null())

    @cached_property
    def failures(self) -> dict[int, str]:
        """Why extraction failed, by the number of the wanted article."""
        why = self._found["failure"]
        if why.null_count == len(why):
            return {}
        failed = np.flatnonzero(pc.is_valid(why).to_numpy())
        number = np.flatnonzero(pc.is_valid(self.place).to_numpy(zero_copy_only=False))
        told = why.take(pa.array(failed)).to_pylist()
        return dict(zip(number[failed].tolist(), told, strict=True))

    @cached_property
    def _order(self) -> pa.Array:
        return pc.sort_indices(self.asked.filter(pc.is_valid(self.place)))

    @cached_property
    def lines(self) -> pa.Table:
        """A row an article, by day, path and hash: in which shard it stands, and at which line."""
        return self._found.take(self._order).combine_chunks()

    @cached_property
    def keys(self) -> pa.Array:
        """The same three of each, in one."""
        return self.asked.filter(pc.is_valid(self.place)).take(self._order)

    @cached_property
    def stale(self) -> frozenset[str]:
        """Days with lines that hold no article of today."""
        left = np.ones(self.held.num_rows, dtype=np.bool_)
        left[self.place.drop_null().to_numpy()] = False
        return frozenset(self.held["day"].filter(pa.array(left)).unique().to_pylist())

    @cached_property
    def loose(self) -> frozenset[str]:
        """Days with many shards."""
        return frozenset(_crowded(self.held))


def index(
    folder: Path, wanted: pa.Table, listed: Path | None = None, *, came: Iterable[date | None] | None = None
) -> Index:
    """Look through the shards for the articles that are `wanted` (path, sha256, published_on), each under its day of publication.

    A shard that is damaged is named in a warning and deleted: its articles are extracted again. `listed` is a file that keeps
    what each shard holds: days whose folder is as it was are not looked into, a shard whose size and time of change are as they were is not opened.
    `came`: the only days of which shards may have come since this process looked last; without it, all are looked at.
    """
    known = _known(listed, folder.name) if listed else _Known(_LINES.empty_table(), {})
    lines, days = _lines(_folders(folder, came), folder, known)
    if lines.equals(known.lines):
        lines = known.lines
    elif listed:
        told = json.dumps([folder.name, days])
        sealed.write(listed, sealed.arrow_bytes(lines.replace_schema_metadata({_DAYS: told})), sync=False)
        _lists[listed] = file_state(listed), folder.name, _Known(lines, days)
    last = _indexes.get(listed) if listed else None
    asked_for = wanted.select(["path", "sha256", "published_on"])
    if last is not None and last[2].folder == folder and last[0] is lines and last[1].equals(asked_for):
        return last[2]
    found = _matched(
        folder, asked_for, lines, tuple(day for day, (_, changed) in days.items() if changed is None)
    )
    if listed:
        _indexes[listed] = lines, asked_for, found
    return found


def _matched(folder: Path, wanted: pa.Table, lines: pa.Table, unsettled: tuple[str, ...]) -> Index:
    """The lines of the articles that are wanted."""
    day = pc.fill_null(wanted["published_on"].cast(pa.string()), UNDATED)
    asked, held = _keys(day, wanted), _keys(lines["day"], lines)
    return Index(folder, lines, asked, pc.index_in(asked, value_set=held), unsettled)


def _keys(day: pa.ChunkedArray, rows: pa.Table) -> pa.Array:
    """Articles under their days, each as one text."""
    joined = pc.binary_join_element_wise(day, rows["path"], rows["sha256"], "\0")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _crowded(lines: pa.Table) -> list[str]:
    """Days with more than a few shards."""
    counted = lines.group_by("day", use_threads=False).aggregate([("shard", "count_distinct")])
    days: list[str] = counted.filter(pc.greater(counted["shard_count_distinct"], _MAX_LOOSE))[
        "day"
    ].to_pylist()
    return days


_Days = dict[str, typing.Any]
"""By day how many lines it has and when something last came or went in its folder."""


class _Known(NamedTuple):
    """What was kept."""

    lines: pa.Table
    """The lines of all shards, by day and shard."""
    days: _Days
    """By day how many lines it has, and when something last came or went in its folder, where that had settled."""


_indexes: dict[Path, tuple[pa.Table, pa.Table, Index]] = {}
"""What was found last, among which lines and for which articles."""
_lists: dict[Path, tuple[list[int], str, _Known]] = {}
"""What each list held, of which extractor, and its size and time of change: a run asks for it several times."""


def _known(listed: Path, extractor: str) -> _Known:
    """What was kept of each shard."""
    state = file_state(listed)
    if listed not in _lists or _lists[listed][:2] != (state, extractor):
        kept = sealed.kept(listed, lambda data: _read_known(sealed.held(data), extractor))
        _lists[listed] = state, extractor, kept or _Known(_LINES.empty_table(), {})
    return _lists[listed][2]


def _read_known(table: pa.Table, extractor: str) -> _Known | None:
    """What a file holds; None where it is of another extractor."""
    of, days = json.loads(table.schema.metadata[_DAYS.encode()])
    return _Known(table.replace_schema_metadata(None).cast(_LINES), days) if of == extractor else None


def _lines(there: list[tuple[str, int]], folder: Path, known: _Known) -> tuple[pa.Table, _Days]:
    """The lines of all shards, by day and shard, and what is to be kept of the days; only days whose folder is another are looked into."""
    ends = accumulate(n for n, _ in known.days.values())
    begins = {day: end - n for (day, (n, _)), end in zip(known.days.items(), ends, strict=True)}
    pieces, days = list[tuple[int, int] | pa.Table](), _Days()
    for day, changed in there:
        n, before = known.days.get(day, (0, None))
        start = begins.get(day, 0)
        if before == changed:
            pieces.append((start, start + n))
            days[day] = [n, changed]
            continue
        looked, shards_there, half_written = _of_day(folder, day)
        own = _lines_of_day(folder / day, shards_there, known.lines.slice(start, n))
        pieces.append(own)
        settled = not half_written and time.time_ns() - looked > RECENT
        days[day] = [own.num_rows, looked if settled else None]
    return _joined(known.lines, pieces), days


def _joined(lines: pa.Table, pieces: "list[tuple[int, int] | pa.Table]") -> pa.Table:
    """Ranges of lines and others, one after another."""
    found: list[tuple[int, int] | pa.Table] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, tuple) and isinstance(last, tuple) and last[1] == piece[0]:
            found[-1] = (last[0], piece[1])
        else:
            found.append(piece)
    if found == [(0, lines.num_rows)]:
        return lines
    tables = [lines.slice(one[0], one[1] - one[0]) if isinstance(one, tuple) else one for one in found]
    return pa.concat_tables([_LINES.empty_table(), *tables]).combine_chunks()


def _lines_of_day(folder: Path, there: "list[_Shard]", kept: pa.Table) -> pa.Table:
    """The lines of the shards in a day's folder; those of shards that are as they were are `kept`."""
    found = [_LINES.empty_table()]
    for name, state in there:
        same = kept.filter(pc.equal(kept["shard"], name))
        if not same.num_rows or [same["size"][0].as_py(), same["changed"][0].as_py()] != state:
            shard = folder / name
            table = sealed.kept(shard, lambda data: _columns(data, _KEYS), name=_name(shard))
            if table is None:
                continue
            told = [pa.repeat(pa.scalar(value), table.num_rows) for value in (folder.name, name, *state)]
            line = pa.array(range(table.num_rows), pa.int32())
            same = pa.table([*told, line, *table.columns], schema=_LINES)
        found.append(same)
    return pa.concat_tables(found)


_Shard = tuple[str, list[int]]
"""A shard: its name, its size and time of change."""
_days: dict[str, tuple[int, list[_Shard], bool]] = {}
"""When something last came or went in the folder of a day, its shards, and whether half-written files stand there: a run asks several times."""


def look_anew() -> None:
    """Look into the folders of days again: a run begins, and somebody may have written into a shard."""
    _days.clear()
    _indexes.clear()
    _walked.clear()


def _of_day(folder: Path, day: str) -> tuple[int, list[_Shard], bool]:
    """The shards of a day; a folder in which none came or went since this process looked into it is not looked into again."""
    place = f"{folder}{os.sep}{day}"
    changed = Path(place).stat().st_mtime_ns
    known = _days.get(place)
    if known is None or known[0] != changed:
        with os.scandir(place) as entries:
            there = sorted(entries, key=lambda entry: entry.name)
        shards: list[_Shard] = []
        for entry in there:
            if entry.name.endswith(".arrow") and not entry.name.startswith("."):
                state = entry.stat(follow_symlinks=False)
                shards.append((entry.name, [state.st_size, state.st_mtime_ns]))
        known = changed, shards, any(atomic.is_part(entry.name) for entry in there)
        _days.pop(place, None)
        if time.time_ns() - changed > RECENT:  # else one that comes now may leave the time as it is
            _days[place] = known
    return known


_walked: dict[Path, dict[str, int]] = {}
"""The folders of the days, and when something last came or went in each, as this process saw them last."""


def _folders(folder: Path, came: Iterable[date | None] | None = None) -> list[tuple[str, int]]:
    """The folders of the days, in order, and when something last came or went in each; with `came` only those of some days are looked at anew."""
    if came is None or folder not in _walked:
        _walked[folder] = _walk(folder)
    else:
        for day in map(folder_name, came):
            with contextlib.suppress(FileNotFoundError):
                _walked[folder][day] = (folder / day).stat().st_mtime_ns
    return sorted(_walked[folder].items())


def _walk(folder: Path) -> dict[str, int]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry.stat().st_mtime_ns for entry in entries if entry.is_dir()}
    except FileNotFoundError:
        return {}


def days(found: Index) -> dict[str, list[tuple[Path, int]]]:
    """The days in order (undated last): where the lines of each day's articles stand, in order of the articles' paths."""
    return places_of(found.folder, found.lines)


def places_of(folder: Path, lines: pa.Table) -> dict[str, list[tuple[Path, int]]]:
    """The same of some lines."""
    by_day: dict[str, list[tuple[Path, int]]] = {}
    shards = dict[tuple[str, str], Path]()
    for day, name, line in zip(
        *(lines[column].to_pylist() for column in ("day", "shard", "line")), strict=True
    ):
        shard = shards.setdefault((day, name), folder / day / name)
        by_day.setdefault(day, []).append((shard, line))
    return by_day


def lines_at(places: list[tuple[Path, int]], columns: list[str]) -> pa.Table:
    """The lines at some places, in that order."""
    first: dict[Path, int] = {}
    tables, n_lines = [], 0
    for shard, _ in places:
        if shard not in first:
            first[shard] = n_lines
            tables.append(read(shard, columns))
            n_lines += tables[-1].num_rows
    return pa.concat_tables(tables).take([first[shard] + n for shard, n in places])


def rows(lines: pa.Table, table: str) -> pa.Table:
    """The rows of one type in lines of a shard, article after article."""
    flat = pc.list_flatten(lines[table].combine_chunks())
    return pa.Table.from_batches([pa.RecordBatch.from_struct_array(flat)], schema=row_schema(table))


def batches(found: Index, tables: Iterable[str]) -> Iterator[dict[str, pa.Table]]:
    """The rows of some types, day after day, a bounded number of articles at a time, in order of their paths."""
    return rows_of(days(found), tables)


def rows_of(
    days: Mapping[str, list[tuple[Path, int]]], tables: Iterable[str]
) -> Iterator[dict[str, pa.Table]]:
    """The same of some days."""
    chosen = list(tables)
    for places in days.values():
        for start in range(0, len(places), _ARTICLES_AT_ONCE):
            lines = lines_at(places[start : start + _ARTICLES_AT_ONCE], chosen)
            yield {table: rows(lines, table) for table in chosen}


def tidy(found: Index, shard_documents: int) -> bool:
    """Drop the lines that no longer count and join the days that grew in many small steps; True where any changed.

    Killed in between, it leaves an article twice: the index takes one of them.
    """
    for day in found.unsettled:
        if _of_day(found.folder, day)[2]:
            atomic.sweep(found.folder / day)
    untidy = sorted(found.stale | found.loose)
    live = days(found) if untidy else {}
    changed = False
    for day in untidy:
        places = live.get(day, [])
        sizes = Counter(shard for shard, _ in places)
        loose = sum(n <= shard_documents // 2 for n in sizes.values())
        if day in found.stale or loose > _MAX_LOOSE:
            changed = True
            _rewrite(found.folder / day, places, shard_documents)
    return changed


def _rewrite(folder: Path, places: list[tuple[Path, int]], shard_documents: int) -> None:
    day = None if folder.name == UNDATED else date.fromisoformat(folder.name)
    kept = set()
    for start in range(0, len(places), shard_documents):
        lines = lines_at(places[start : start + shard_documents], shard_schema().names)
        kept.add(write(folder.parent, day, lines.to_batches()))
    for shard in set(folder.glob("*.arrow")) - kept:
        atomic.remove(shard)
    if not places:
        shutil.rmtree(folder, ignore_errors=True)


def forget_month(folder: Path, month: str) -> int:
    """Delete the shards of a month (`2026-03`, or `undated`), so that its articles are read again; returns how many days."""
    days = [day for day in folder.glob("*") if day.is_dir() and (day.name == month or day.name[:-3] == month)]
    for day in days:
        shutil.rmtree(day)
    return len(days)


def forget_others(folder: Path) -> None:
    """Delete what other versions of the extractor left beside `folder`."""
    for other in folder.parent.glob("*"):
        if other != folder and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)

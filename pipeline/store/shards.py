"""The cache of extracted articles: what was read once is not read again.

A shard is one Arrow file with a line an article: its path and content hash, and a list of rows for each row type.
It lies under `<data>/cache/extract/<extractor>/<day of publication>/` and never changes; its name is a hash of what it holds.
Lines whose article has changed or gone are passed over, and dropped when the day is tidied.
"""

import hashlib
import json
import os
import shutil
import time
import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class Index:
    """Which shard holds which article, and by position in it."""

    folder: Path
    of: dict[Key, tuple[Path, int]]
    failures: dict[Key, str]
    stale: Counter[str]
    """Lines a day that hold no article of today."""


def index(folder: Path, wanted: Mapping[Key, date | None], listed: Path | None = None) -> Index:
    """Look through the shards for the articles that are wanted, each under its day of publication.

    A shard that is damaged is named in a warning and deleted: its articles are extracted again. `listed` is a file that keeps
    what each shard holds: one whose size and time of change are as they were is not opened.
    """
    known = _known(listed) if listed else _Known({}, {})
    there = [*_files(folder, known)]
    last = _indexes.get(listed) if listed else None
    if last is not None and last[2].folder == folder and last[0] == there and last[1] == wanted:
        return last[2]
    now: dict[str, _Listed] = {}
    found = Index(folder, {}, {}, Counter())
    for day, name, state in there:
        shard, of_shard = folder / day / name, known.shards.get(f"{folder.name}/{day}/{name}")
        if of_shard is None or of_shard[0] != state:
            table = sealed.kept(shard, lambda data: _columns(data, _KEYS), name=_name(shard))
            if table is None:
                continue
            of_shard = (state, [*zip(*(table[c].to_pylist() for c in _KEYS), strict=True)])
        now[f"{folder.name}/{day}/{name}"] = of_shard
        for n, (path, sha256, failure) in enumerate(of_shard[1]):
            key = (path, sha256)
            if key in found.of or key not in wanted or folder_name(wanted[key]) != day:
                found.stale[day] += 1
                continue
            found.of[key] = (shard, n)
            if failure is not None:
                found.failures[key] = failure
    if listed and (now.keys() != known.shards.keys() or any(now[k][0] != known.shards[k][0] for k in now)):
        times = {day: time for day in _folders(folder) if (time := _settled(folder, day)) is not None}
        sealed.write_json(listed, [now, {folder.name: times}], sync=False)
        _lists[listed] = file_state(listed), _Known(now, {folder.name: times})
    if listed:
        _indexes[listed] = there, wanted, found
    return found


class _Known(NamedTuple):
    """What was kept."""

    shards: "dict[str, _Listed]"
    """By extractor, day and name what each shard holds."""
    times: dict[str, dict[str, int]]
    """By extractor and day when something came or went in the day's folder, of those that had settled."""

    def of_days(self, extractor: str) -> "dict[str, tuple[int, list[_Shard], bool]]":
        """The shards of the days whose folder may be as it was."""
        found: dict[str, tuple[int, list[_Shard], bool]] = {
            day: (changed, [], False) for day, changed in self.times.get(extractor, {}).items()
        }
        for place, (state, *_) in self.shards.items():
            of_extractor, day, name = place.split("/")
            if of_extractor == extractor and day in found:
                found[day][1].append((day, name, state))
        return found


def _known(listed: Path) -> _Known:
    """What was kept of each shard; a run asks for it several times."""
    state = file_state(listed)
    if listed not in _lists or _lists[listed][0] != state:
        kept = sealed.kept(listed, lambda data: _Known(*json.loads(data.to_pybytes())))
        _lists[listed] = state, kept or _Known({}, {})
    return _lists[listed][1]


_Listed = tuple[list[int], list[tuple[str, str, str | None]]] | list[typing.Any]
"""Size and time of change of a shard, and of each line the article and why it failed."""
_Shard = tuple[str, str, list[int]]
"""A shard: its day, its name, its size and time of change."""
_days: dict[str, tuple[int, list[_Shard], bool]] = {}
"""When something last came or went in the folder of a day, its shards, and whether half-written files stand there: a run asks several times."""
_lists: dict[Path, tuple[list[int], _Known]] = {}
_indexes: dict[Path, tuple[list[_Shard], Mapping[Key, date | None], Index]] = {}
"""What was found last, among which shards and for which articles."""


def _files(folder: Path, known: _Known) -> Iterator[_Shard]:
    """Every shard in order; the folders of days that are as they were are not looked into. A shard that somebody wrote into is noticed when it is read."""
    before = known.of_days(folder.name)
    for day in _folders(folder):
        yield from _of_day(folder, day, before.get(day))[1]


def look_anew() -> None:
    """Look into every day's folder again: a run begins, and somebody may have written into a shard."""
    _days.clear()
    _indexes.clear()


def _settled(folder: Path, day: str) -> int | None:
    """When something last came or went in the folder of a day; None where that was only just now, or something half-written stands there."""
    changed, _, half_written = _of_day(folder, day)
    return None if half_written or time.time_ns() - changed <= RECENT else changed


def _of_day(
    folder: Path, day: str, before: tuple[int, list[_Shard], bool] | None = None
) -> tuple[int, list[_Shard], bool]:
    """The shards of a day; a folder in which none came or went since this process looked into it, or since what was kept `before`, is not looked into again."""
    place = f"{folder}{os.sep}{day}"
    changed = Path(place).stat().st_mtime_ns
    known = _days.get(place, before)
    if known is before and before is not None and before[0] == changed:
        _days[place] = before
    if known is None or known[0] != changed:
        with os.scandir(place) as entries:
            there = sorted(entries, key=lambda entry: entry.name)
        shards: list[_Shard] = []
        for entry in there:
            if entry.name.endswith(".arrow") and not entry.name.startswith("."):
                state = entry.stat(follow_symlinks=False)
                shards.append((day, entry.name, [state.st_size, state.st_mtime_ns]))
        known = changed, shards, any(atomic.is_part(entry.name) for entry in there)
        _days.pop(place, None)
        if time.time_ns() - changed > RECENT:  # else one that comes now may leave the time as it is
            _days[place] = known
    return known


def _folders(folder: Path) -> list[str]:
    """The folders of the days, in order."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except FileNotFoundError:
        return []


def days(found: Index) -> dict[str, list[tuple[Path, int]]]:
    """The days in order (undated last): where the lines of each day's articles stand, in order of the articles' paths."""
    return {day: [found.of[key] for key in keys] for day, keys in keys_of_days(found).items()}


def keys_of_days(found: Index) -> dict[str, list[Key]]:
    """The articles of each day, days and articles in order."""
    by_day: dict[str, list[Key]] = {}
    of_shard: dict[Path, list[Key]] = {}
    for key, (shard, _) in found.of.items():
        of_shard.setdefault(shard, []).append(key)
    for shard, keys in of_shard.items():
        by_day.setdefault(shard.parent.name, []).extend(keys)
    return {day: sorted(by_day[day]) for day in sorted(by_day)}


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
    untidy = []
    for day in _folders(found.folder):
        _, shards, half_written = _of_day(found.folder, day)
        if half_written:
            atomic.sweep(found.folder / day)
        if found.stale.get(day) or len(shards) > _MAX_LOOSE:
            untidy.append(day)
    live = days(found) if untidy else {}
    changed = False
    for day in untidy:
        places = live.get(day, [])
        sizes = Counter(shard for shard, _ in places)
        loose = sum(n <= shard_documents // 2 for n in sizes.values())
        if found.stale.get(day) or loose > _MAX_LOOSE:
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

"""The rows that linking reads, a file a month under `<data>/cache/gathered/`: only months whose articles changed are read from the shards again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store import atomic, sealed, shards
from pipeline.store.record import file_state

LINKED = ("documents", "entities", "figures", "events", "event_actors")
STATES = "states.json"
_states: dict[Path, dict[str, list[int]]] = {}
"""What was noted of the files of each folder."""
_read: dict[Path, set[str]] = {}
"""The files of each that this process read or wrote."""


@dataclass(frozen=True)
class Month:
    """A month's articles."""

    name: str
    mark: str
    """Tells which articles, and what read them."""
    folder: Path
    lines: pa.Table
    """Where they stand in the shards below that folder."""

    @cached_property
    def days(self) -> dict[str, list[tuple[Path, int]]]:
        """Where the lines of each day's articles stand."""
        return shards.places_of(self.folder, self.lines)

    def rows(self, tables: tuple[str, ...]) -> dict[str, pa.Table]:
        """All rows of some types, from the shards."""
        parts: dict[str, list[pa.Table]] = {t: [shards.row_schema(t).empty_table()] for t in tables}
        for batch in shards.rows_of(self.days, tables):
            for table in tables:
                parts[table].append(batch[table])
        return {table: pa.concat_tables(parts[table]).combine_chunks() for table in tables}


def months(found: shards.Index) -> list[Month]:
    """The months that have articles, in order, undated last."""
    runs = pc.run_end_encode(pc.utf8_slice_codeunits(found.lines["day"].combine_chunks(), 0, len("2026-03")))
    names, ends = runs.values.to_pylist(), runs.run_ends.to_pylist()
    months = []
    for name, start, end in zip(names, [0, *ends], ends, strict=False):
        mark = hashlib.blake2b(found.folder.name.encode(), digest_size=16)
        mark.update(_text(found.keys, start, end))
        months.append(Month(name, mark.hexdigest(), found.folder, found.lines.slice(start, end - start)))
    return months


def _text(keys: pa.Array, start: int, end: int) -> memoryview:
    """The text of some keys, one after another."""
    _, ends, text = keys.buffers()
    place = np.frombuffer(ends, np.int32)[keys.offset :]
    return memoryview(text)[place[start] : place[end]]


@dataclass(frozen=True)
class Gathered(Mapping[str, pa.Table]):
    """The rows of a month by table, read when they are asked for."""

    folder: Path
    month: Month

    @cached_property
    def _rows(self) -> dict[str, pa.Table]:
        """Those that are kept; where none are of these articles, they are gathered."""
        schemas = {table: shards.row_schema(table) for table in LINKED}
        rows = kept(self.folder, self.month.name, self.month.mark, schemas)
        return _made(self.folder, self.month) if rows is None else rows

    def __iter__(self) -> Iterator[str]:
        """The tables."""
        return iter(LINKED)

    def __len__(self) -> int:
        """The number of tables."""
        return len(LINKED)

    def __getitem__(self, table: str) -> pa.Table:
        """The rows of a table."""
        return self._rows[table]


def gather(data: Path, wanted: list[Month]) -> dict[str, Gathered]:
    """The rows that linking reads, by month and table."""
    folder = folder_of(data, "gathered", [month.name for month in wanted])
    return {month.name: Gathered(folder, month) for month in wanted}


def joined(rows: Mapping[str, Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """The rows of all months, by table."""
    return {
        table: pa.concat_tables(
            [shards.row_schema(table).empty_table(), *(of[table] for of in rows.values())]
        )
        for table in LINKED
    }


def folder_of(data: Path, name: str, files: Iterable[str]) -> Path:
    """A folder of the cache that has a file for each of some names; all others are removed."""
    folder = data / "cache" / name
    folder.mkdir(parents=True, exist_ok=True)
    there = {_path(folder, file) for file in files} | {folder / STATES}
    for path in set(folder.iterdir()) - there:
        atomic.remove(path)
    return folder


def kept(folder: Path, name: str, mark: str, schemas: Mapping[str, pa.Schema]) -> dict[str, pa.Table] | None:
    """The rows of some tables as they were kept; None where they were made from something else, or are damaged."""
    path = _path(folder, name)
    whole = sealed.kept(path, sealed.arrow, known=_known(folder).get(path.name))
    cells = pa.schema([(table, pa.list_(pa.struct(schema))) for table, schema in schemas.items()])
    if whole is None or whole.schema != cells or (whole.schema.metadata or {}).get(b"mark") != mark.encode():
        return None
    _read.setdefault(folder, set()).add(path.name)
    return {table: pa.Table.from_struct_array(whole[table].chunk(0).flatten()) for table in schemas}


def note(folder: Path) -> None:
    """Note size and time of change of all files that this process read or wrote whole, so that the next run need not verify each."""
    now = {name: file_state(folder / name) for name in sorted(_read.pop(folder, ()))}
    if now != _known(folder):
        sealed.write_json(folder / STATES, now)
    _states.pop(folder, None)


def _known(folder: Path) -> dict[str, list[int]]:
    """What was noted of the files of a folder."""
    if folder not in _states:
        _states[folder] = sealed.kept_json(folder / STATES) or {}
    return _states[folder]


def keep(folder: Path, name: str, mark: str, rows: Mapping[str, pa.Table]) -> None:
    """Keep the rows of some tables; `mark` tells what they were made from.

    They are one row with a column a table: to open a file costs more than to read it.
    """
    cells = {table: some.replace_schema_metadata(None).to_struct_array() for table, some in rows.items()}
    lists = {table: _as_cell(some.combine_chunks()) for table, some in cells.items()}
    sealed.write(_path(folder, name), sealed.arrow_bytes(pa.table(lists, metadata={"mark": mark})))
    _read.setdefault(folder, set()).add(_path(folder, name).name)


def _as_cell(rows: pa.StructArray) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)


def _made(folder: Path, month: Month) -> dict[str, pa.Table]:
    found = month.rows(LINKED)
    keep(folder, month.name, month.mark, found)
    return found


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"

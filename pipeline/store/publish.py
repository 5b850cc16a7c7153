"""Tables to the files that users open: monthly Parquet and CSV. Each file is replaced whole, and only where it changed.

No file is written into: in the folder of a version it may be a link to that of the version before.
"""

import codecs
import hashlib
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from pipeline.store import atomic
from pipeline.store.atomic import blocks
from pipeline.store.parts import Part, Parts, cut
from pipeline.store.record import Places, Record

_FORMULA = "(?s)^[=+\\-@\t\r\n\0＝＋－＠]."
"""What a spreadsheet would run; one sign alone (the comparator `=`) is no formula."""
_CSV_ROWS = 100_000
_NO_HEADER = pa.csv.WriteOptions(include_header=False)


def publish(name: str, rows: pa.Table | Parts, folder: Path, *, csv: str = "whole") -> list[Path]:
    """Write a table's Parquet and CSV files below the folder of a version; returns those that were written or removed.

    `csv`: one file (`whole`), one a month (`months`), or none (`off`).

    Tables with a column `published_on` get a file a month, the others one. Files that hold the same bytes
    already are left untouched (their rows are not even read), files of months that are gone are removed.
    """
    parquet = folder / "parquet" / name
    parquet.mkdir(parents=True, exist_ok=True)
    record = Record(folder, name)
    changed: list[Path] = []
    kept: set[str] = set()
    parts = rows if isinstance(rows, Parts) else cut(rows)
    for month, of_month in parts.by_month():
        path = parquet / f"{month}.parquet"
        if record.put(path, _digest(of_month), partial(_write_parquet, of_month)):
            changed.append(path)
        kept.add(path.name)
    for path in sorted(path for path in parquet.iterdir() if path.name not in kept):
        atomic.clear(path)
        changed.append(path)
    changed += _put_csv(name, parts, folder / "csv", csv, record)
    record.save()
    return changed


def _put_csv(name: str, parts: Parts, folder: Path, kind: str, record: Record) -> list[Path]:
    """The CSV files of a table; those of another kind go."""
    changed: list[Path] = []
    whole, by_month = folder / f"{name}.csv", folder / name
    if kind == "whole":
        places: Places = {}
        if record.put(
            whole, _digest(parts.all), partial(_write_csv, parts, whole, record.places(whole), places)
        ):
            changed.append(whole)
        record.note_places(whole, places)
    elif whole.exists():
        atomic.clear(whole)
        changed.append(whole)
    kept: set[Path] = set()
    for month, some in parts.by_month() if kind == "months" else ():
        path = by_month / f"{month}.csv"
        by_month.mkdir(parents=True, exist_ok=True)
        of_month = Parts(parts.schema, tuple(some))
        if record.put(path, _digest(some), partial(_write_csv, of_month, path, {}, {})):
            changed.append(path)
        kept.add(path)
    for path in sorted(set(by_month.glob("*")) - kept):
        atomic.clear(path)
        changed.append(path)
    if by_month.is_dir() and not kept:
        by_month.rmdir()
    return changed


def _digest(parts: Sequence[Part]) -> str:
    return " ".join(part.digest for part in parts)


def _write_parquet(parts: Sequence[Part], path: Path) -> None:
    rows = pa.concat_tables(part.read() for part in parts).combine_chunks()  # chunks would show in the bytes
    pq.write_table(rows, path, compression="zstd")


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as Excel opens it: UTF-8 with a byte order mark, and a `'` before text that would run as a formula."""
    whole = Part("", "", table.num_rows, lambda: table)
    _write_csv(Parts(table.schema, (whole,)), path, {}, {}, path)


class _Hashed(io.BufferedWriter):
    """A file that is written from its beginning on, and the hash of what was written: it need not be read again to know it."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path, "w"))
        self.sha256 = hashlib.sha256()

    def write(self, block: Any) -> int:
        """Write a block."""
        self.sha256.update(block)
        return super().write(block)


def _write_csv(table: Parts, old: Path, known: Places, places: Places, path: Path) -> str:
    """Write the parts of a table; returns the file's hash. Those that stand in the file `old`, at the places `known`, are copied; `places` is filled."""
    with _Hashed(path) as file, old.open("rb") if known else io.BytesIO() as before:
        file.write(codecs.BOM_UTF8)
        pa.csv.CSVWriter(file, table.schema).close()
        begins = end = 0  # of the parts passed over, which stand one after another in the old file
        for part in table.all:
            place = known.get(part.digest)
            if place is None or place[0] != end:
                _copy(before, begins, end - begins, file)
                begins = end = place[0] if place else 0
            start = file.tell() + end - begins
            if place is not None:
                end += place[1]
            else:
                with pa.csv.CSVWriter(file, table.schema, write_options=_NO_HEADER) as writer:
                    for batch in part.read().to_batches(max_chunksize=_CSV_ROWS):
                        writer.write_batch(_harmless(batch))
            places[part.digest] = (start, file.tell() + end - begins - start)
        _copy(before, begins, end - begins, file)
    return file.sha256.hexdigest()


def _copy(source: BinaryIO, start: int, size: int, target: BinaryIO) -> None:
    source.seek(start)
    for block in blocks(source, size):
        target.write(block)
        size -= len(block)
    if size:
        raise EOFError("the file is shorter than it was")


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type):
            risky = pc.fill_null(pc.match_substring_regex(column, _FORMULA), False)
            if pc.any(risky).as_py():
                column = pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

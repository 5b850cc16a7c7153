"""Tables to the files that users open: monthly Parquet and CSV. Each file is replaced whole, and only where it changed.

No file is written into: in the folder of a version it may be a link to that of the version before.
"""

import codecs
import hashlib
import io
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from pipeline.store import atomic
from pipeline.store.record import Places, Record

UNDATED = "undated"
WHOLE = "all"
_FORMULA = "(?s)^[=+\\-@\t\r\n\0＝＋－＠]."
"""What a spreadsheet would run; one sign alone (the comparator `=`) is no formula."""
BLOCK = 64
_CSV_ROWS = 100_000
_NO_HEADER = pa.csv.WriteOptions(include_header=False)


def publish(name: str, table: pa.Table, folder: Path) -> list[Path]:
    """Write a table's Parquet and CSV files below the folder of a version; returns those that were written or removed.

    Tables with a column `published_on` get a file a month, the others one. Files that hold the same bytes
    already are left untouched, files of months that are gone are removed.
    """
    parquet = folder / "parquet" / name
    parquet.mkdir(parents=True, exist_ok=True)
    record = Record(folder, name)
    changed: list[Path] = []
    kept: set[Path] = set()
    runs: list[tuple[str, pa.Table]] = []
    for month, rows in months(table):
        path = parquet / f"{month}.parquet"
        of_month = [(digest(run), run) for run in blocks(rows)]
        if record.put(path, " ".join(name for name, _ in of_month), partial(_write_parquet, rows)):
            changed.append(path)
        kept.add(path)
        runs += of_month
    for path in sorted(set(parquet.iterdir()) - kept):
        atomic.clear(path)
        changed.append(path)
    path = folder / "csv" / f"{name}.csv"
    places: Places = {}
    write = partial(_write_csv, table.schema, runs, path, record.places(path), places)
    if record.put(path, " ".join(name for name, _ in runs), write):
        changed.append(path)
    record.note_places(path, places)
    record.save()
    return changed


class _Hash(io.RawIOBase):
    """A file that only remembers the hash of what is written to it."""

    def __init__(self) -> None:
        """Nothing written yet."""
        self.sum = hashlib.blake2b(digest_size=20)

    def writable(self) -> bool:
        """It takes data."""
        return True

    def write(self, data: object) -> int:
        """Take data."""
        view = memoryview(data)  # type: ignore[arg-type]
        self.sum.update(view)
        return view.nbytes


def digest(rows: pa.Table) -> str:
    """A fingerprint of some rows, whatever stands before and after them and in which chunks."""
    sink = _Hash()
    rows = rows.combine_chunks().take(
        pa.array(range(rows.num_rows), pa.int64())
    )  # a slice shows its neighbours' bits
    with pa.ipc.new_stream(pa.PythonFile(sink, "w"), rows.schema) as writer:
        writer.write_table(rows)
    return sink.sum.hexdigest()


def months(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each month in order, and those without a date; an empty table has one part."""
    if "published_on" not in table.column_names:
        yield WHOLE, table
        return
    day = table["published_on"].combine_chunks()
    month = pc.add(pc.multiply(pc.year(day), 100), pc.month(day))
    runs = pc.run_end_encode(month)
    ends, found = runs.run_ends.to_pylist(), runs.values.to_pylist()
    names = [UNDATED if m is None else f"{m // 100:04}-{m % 100:02}" for m in found]
    if len(set(names)) < len(names):  # not in order of publication
        yield from months(table.sort_by("published_on"))
        return
    starts = [0, *ends]
    for start, end, name in zip(starts, ends, names, strict=False):
        yield name, table.slice(start, end - start)
    if not names:
        yield UNDATED, table


def blocks(rows: pa.Table) -> Iterator[pa.Table]:
    """The rows of a month; those of a table without months, which stand in order of their key, in runs of about `BLOCK`.

    A hash of the keys decides where a run ends, so that a row more or less changes one run, wherever it stands.
    """
    if "published_on" in rows.column_names or not rows.num_rows:
        yield rows
        return
    keys = rows.column(0).to_numpy(zero_copy_only=False)
    ends = np.flatnonzero(pd.util.hash_array(keys) % np.uint64(BLOCK) == 0) + 1
    for start, end in pairwise(sorted({0, *ends.tolist(), rows.num_rows})):
        yield rows.slice(start, end - start)


def _write_parquet(rows: pa.Table, path: Path) -> None:
    pq.write_table(rows.combine_chunks(), path, compression="zstd")  # chunks would show in the bytes


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as Excel opens it: UTF-8 with a byte order mark, and a `'` before text that would run as a formula."""
    _write_csv(table.schema, [("", table)], path, {}, {}, path)


def _write_csv(
    schema: pa.Schema, parts: list[tuple[str, pa.Table]], old: Path, known: Places, places: Places, path: Path
) -> None:
    """Write the parts of a table. Those that stand in the file `old`, at the places `known`, are copied; `places` is filled."""
    with path.open("wb") as file, old.open("rb") if known else io.BytesIO() as before:
        file.write(codecs.BOM_UTF8)
        pa.csv.CSVWriter(file, schema).close()
        for name, rows in parts:
            start = file.tell()
            if name in known:
                _copy(before, *known[name], file)
            else:
                with pa.csv.CSVWriter(file, schema, write_options=_NO_HEADER) as writer:
                    for batch in rows.to_batches(max_chunksize=_CSV_ROWS):
                        writer.write_batch(_harmless(batch))
            places[name] = (start, file.tell() - start)


def _copy(source: BinaryIO, start: int, size: int, target: BinaryIO) -> None:
    source.seek(start)
    while size:
        block = source.read(min(size, 1 << 20))
        if not block:
            raise EOFError("the file is shorter than it was")
        target.write(block)
        size -= len(block)


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type):
            risky = pc.fill_null(pc.match_substring_regex(column, _FORMULA), False)
            if pc.any(risky).as_py():
                column = pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

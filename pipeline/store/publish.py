"""Tables to the files that users open: monthly Parquet and CSV. Each file is replaced whole, and only where it changed."""

import codecs
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from pipeline.store import atomic

UNDATED = "undated"
WHOLE = "all"
_FORMULA = "(?s)^[=+\\-@\t\r\0]."
"""What a spreadsheet would run; one sign alone (the comparator `=`) is no formula."""
_CSV_ROWS = 100_000


def publish(name: str, table: pa.Table, data: Path) -> list[Path]:
    """Write a table's Parquet and CSV files below `data`; returns those that were written or removed.

    Tables with a column `published_on` get a file a month, the others one. Files that hold the same bytes
    already are left untouched, files of months that are gone are removed.
    """
    folder = data / "parquet" / name
    folder.mkdir(parents=True, exist_ok=True)
    atomic.sweep(folder)
    changed: list[Path] = []
    kept: set[Path] = set()
    for month, rows in _months(table):
        path = folder / f"{month}.parquet"
        kept.add(path)
        if atomic.put(path, partial(pq.write_table, rows, compression="zstd")):
            changed.append(path)
    for path in sorted(set(folder.glob("*.parquet")) - kept):
        atomic.remove(path)
        changed.append(path)
    path = data / "csv" / f"{name}.csv"
    return [*changed, path] if atomic.put(path, partial(write_csv, table)) else changed


def _months(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each month in order, and those without a date; an empty table has one part."""
    if "published_on" not in table.column_names:
        yield WHOLE, table
        return
    month = pc.fill_null(pc.strftime(table["published_on"].cast(pa.timestamp("s")), "%Y-%m"), UNDATED)
    names = sorted(pc.unique(month).to_pylist())
    for name in names or [UNDATED]:
        yield name, table.filter(pc.equal(month, name)).combine_chunks()


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as Excel opens it: UTF-8 with a byte order mark, and a `'` before text that would run as a formula."""
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)
        with pa.csv.CSVWriter(file, table.schema) as writer:
            for batch in table.to_batches(max_chunksize=_CSV_ROWS):
                writer.write_batch(_harmless(batch))


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type):
            risky = pc.fill_null(pc.match_substring_regex(column, _FORMULA), False)
            if pc.any(risky).as_py():
                column = pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

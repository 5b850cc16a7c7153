"""Reads a version's tables for the pages: a month of a table as plain rows, or some columns of all of it, by group."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from schemas.arrow import arrow_schema

Row = dict[str, Any]


def months(data: Path) -> list[str]:
    """The months (`2026-01`, `undated`) that documents are published for, newest first, undated last."""
    found = sorted((path.stem for path in (data / "parquet" / "documents").glob("*.parquet")), reverse=True)
    return sorted(found, key=lambda month: month == "undated")


def month_rows(data: Path, table: str, month: str) -> list[Row]:
    """A month of a table as dicts; [] where nothing is published for it."""
    path = data / "parquet" / table / f"{month}.parquet"
    return pq.ParquetFile(path).read(use_threads=False).to_pylist() if path.exists() else []


def part(data: Path, table: str, month: str, columns: Sequence[str]) -> pa.Table:
    """Those of some columns that a table has, the rows of a month; none where nothing is published for it."""
    known = arrow_schema(table)
    schema = pa.schema([known.field(column) for column in columns if column in known.names])
    path = data / "parquet" / table / f"{month}.parquet"
    if not path.exists():
        return schema.empty_table()
    return (
        pq.ParquetFile(path).read(columns=schema.names, use_threads=False).select(schema.names).cast(schema)
    )


def by_document(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by their `doc_id`, in order of the text."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["doc_id"]].append(row)
    for group in found.values():
        group.sort(key=lambda row: (row.get("start") or 0, row.get("end") or 0))
    return found


def whole(data: Path, table: str, columns: Sequence[str]) -> pa.Table:
    """Those of some columns that a table has, all of its rows; one that is not published has no rows."""
    known = arrow_schema(table)
    schema = pa.schema([known.field(column) for column in columns if column in known.names])
    folder = data / "parquet" / table
    if not any(folder.glob("*.parquet")):
        return schema.empty_table()
    return ds.dataset(folder, format="parquet").to_table(columns=schema.names, use_threads=False).cast(schema)


def frame(data: Path, table: str, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of a whole table (strings and days as Python objects); no rows where it is not published."""
    rows: pd.DataFrame = whole(data, table, columns).to_pandas(date_as_object=True)
    return rows


def records(rows: pd.DataFrame) -> list[Row]:
    """Rows of a frame as dicts, with None for every missing value."""
    plain = rows.astype(object).where(rows.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def count(data: Path, table: str, month: str = "*") -> int:
    """How many rows of a table (or of a month of it) are published, read from the files' footers."""
    return sum(
        pq.read_metadata(path).num_rows for path in (data / "parquet" / table).glob(f"{month}.parquet")
    )

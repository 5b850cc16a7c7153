"""Reads the published tables for the pages: a month of a table as plain rows, or some columns of all of it."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

Row = dict[str, Any]


def months(data: Path) -> list[str]:
    """The months (`2026-01`, `undated`) that documents are published for, newest first."""
    return sorted((path.stem for path in (data / "parquet" / "documents").glob("*.parquet")), reverse=True)


def month_rows(data: Path, table: str, month: str) -> list[Row]:
    """A month of a table as dicts; [] where nothing is published for it."""
    path = data / "parquet" / table / f"{month}.parquet"
    return pq.ParquetFile(path).read().to_pylist() if path.exists() else []


def actors_of(data: Path, month: str) -> set[str]:
    """The actors that a month's mentions and parties name."""
    found: set[str] = set()
    for table in ("mentions", "event_actors"):
        path = data / "parquet" / table / f"{month}.parquet"
        if path.exists():
            column = pq.ParquetFile(path).read(columns=["actor_id"])["actor_id"]
            found.update(column.unique().drop_null().to_pylist())
    return found


def by_document(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by their `doc_id`, in order of the text."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["doc_id"]].append(row)
    for group in found.values():
        group.sort(key=lambda row: (row.get("start") or 0, row.get("end") or 0))
    return found


def frame(data: Path, table: str, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of a whole table (strings and days as Python objects); no rows where it is not published."""
    folder = data / "parquet" / table
    if not any(folder.glob("*.parquet")):
        return pd.DataFrame({column: [] for column in columns}, dtype=object)
    read: pa.Table = ds.dataset(folder, format="parquet").to_table(columns=list(columns))
    rows: pd.DataFrame = read.to_pandas(date_as_object=True)
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

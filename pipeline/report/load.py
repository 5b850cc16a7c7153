"""Reads a version's tables for the pages: a month of a table as plain rows, or some columns of all of it, by group."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
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
    return pq.ParquetFile(path).read().to_pylist() if path.exists() else []


def distinct(data: Path, table: str, month: str, column: str) -> set[str]:
    """The distinct values of one column of a table's month."""
    path = data / "parquet" / table / f"{month}.parquet"
    if not path.exists():
        return set()
    values = pq.ParquetFile(path).read(columns=[column])[column]
    return set(values.unique().drop_null().to_pylist())


def actors_of(data: Path, month: str) -> set[str]:
    """The actors that a month's mentions and parties name."""
    return distinct(data, "mentions", month, "actor_id") | distinct(data, "event_actors", month, "actor_id")


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
    return ds.dataset(folder, format="parquet").to_table(columns=schema.names).cast(schema)


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


class Groups:
    """Rows of a table by the values of one column; rows without a value belong to no group.

    Sorted once, so that a group is a slice of the columns and nothing is converted before it is asked for.
    """

    def __init__(self, rows: pa.Table, key: str, order: Sequence[tuple[str, str]]) -> None:
        """`order`: columns and `ascending` or `descending`, within a group."""
        present = rows.filter(pc.is_valid(rows[key]))
        self._rows = present.sort_by([(key, "ascending"), *order]).combine_chunks()
        keys = self._rows[key].to_pylist()
        self._slices: dict[str, tuple[int, int]] = {}
        start = 0
        for i in range(1, len(keys) + 1):
            if i == len(keys) or keys[i] != keys[start]:
                self._slices[keys[start]] = (start, i - start)
                start = i
        self._lists: dict[str, list[Any]] = {}
        hashed = pd.util.hash_pandas_object(self._rows.to_pandas().astype(str), index=False).to_numpy()
        self._hashes = {k: int(hashed[a : a + n].sum()) for k, (a, n) in self._slices.items()}

    def of(self, key: str, limit: int | None = None) -> list[Row]:
        """The rows of a group, the first `limit` of them."""
        start, n = self._slices.get(key, (0, 0))
        names, some = self._rows.column_names, n if limit is None else min(n, limit)
        columns = (column.chunk(0).slice(start, some).to_pylist() for column in self._rows.columns if some)
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]

    def column(self, key: str, column: str, limit: int | None = None) -> list[Any]:
        """The values of one column in a group, of its first `limit` rows. A column is converted once for all groups."""
        if column not in self._lists:
            self._lists[column] = self._rows[column].to_pylist()
        start, n = self._slices.get(key, (0, 0))
        return self._lists[column][start : start + (n if limit is None else min(n, limit))]

    def values(self, key: str, column: str) -> set[str]:
        """The distinct values of one column in a group."""
        return {value for value in self.column(key, column) if value is not None}

    def size(self, key: str) -> int:
        """How many rows a group has."""
        return self._slices.get(key, (0, 0))[1]

    def digest(self, key: str) -> int:
        """A number that changes when the group's rows do."""
        return self._hashes.get(key, 0)

    @property
    def keys(self) -> set[str]:
        """The groups."""
        return set(self._slices)

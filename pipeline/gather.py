"""The rows that linking reads, a file a month and table under `<data>/cache/gathered/`: only months whose articles changed are read from the shards again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.store import atomic, sealed, shards

LINKED = ("documents", "entities", "figures", "events", "event_actors")
Days = dict[str, list[tuple[Path, int]]]
"""Where the lines of each day's articles stand."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's articles."""

    name: str
    mark: str
    """Tells which articles, and what read them."""
    days: Days

    def rows(self, tables: tuple[str, ...]) -> dict[str, pa.Table]:
        """All rows of some types, from the shards."""
        parts: dict[str, list[pa.Table]] = {t: [shards.row_schema(t).empty_table()] for t in tables}
        for batch in shards.rows_of(self.days, tables):
            for table in tables:
                parts[table].append(batch[table])
        return {table: pa.concat_tables(parts[table]).combine_chunks() for table in tables}


def months(found: shards.Index) -> list[Month]:
    """The months that have articles, in order, undated last."""
    days: dict[str, Days] = {}
    marks: dict[str, hashlib.blake2b] = {}
    for day, keys in shards.keys_of_days(found).items():
        month = shards.month_of(day)
        days.setdefault(month, {})[day] = [found.of[key] for key in keys]
        if month not in marks:
            marks[month] = hashlib.blake2b(found.folder.name.encode(), digest_size=16)
        marks[month].update(repr(keys).encode())
    return [Month(month, marks[month].hexdigest(), of_month) for month, of_month in days.items()]


def gather(data: Path, wanted: list[Month]) -> dict[str, dict[str, pa.Table]]:
    """The rows that linking reads, by month and table; the files of the months are brought up to date."""
    folder = data / "cache" / "gathered"
    folder.mkdir(parents=True, exist_ok=True)
    found = {month.name: _kept(folder, month) or _made(folder, month) for month in wanted}
    there = {_path(folder, month.name, table) for month in wanted for table in LINKED}
    for path in set(folder.iterdir()) - there:
        atomic.remove(path)
    return found


def joined(rows: Mapping[str, Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    """The rows of all months, by table."""
    return {
        table: pa.concat_tables(
            [shards.row_schema(table).empty_table(), *(of[table] for of in rows.values())]
        )
        for table in LINKED
    }


def _kept(folder: Path, month: Month) -> dict[str, pa.Table] | None:
    """A month as it was kept; None where it was made from other articles, or is damaged."""
    found = {}
    for table in LINKED:
        rows = sealed.kept(_path(folder, month.name, table), sealed.arrow)
        mark = rows.schema.metadata and rows.schema.metadata.get(b"mark") if rows is not None else None
        if mark != month.mark.encode():
            return None
        rows = rows.replace_schema_metadata(None)
        if rows.schema != shards.row_schema(table):
            return None
        found[table] = rows
    return found


def _made(folder: Path, month: Month) -> dict[str, pa.Table]:
    found = month.rows(LINKED)
    for table, rows in found.items():
        marked = rows.replace_schema_metadata({"mark": month.mark})
        sealed.write(_path(folder, month.name, table), sealed.arrow_bytes(marked))
    return found


def _path(folder: Path, month: str, table: str) -> Path:
    return folder / f"{table}.{month}.arrow"

"""The rows that linking reads, made ready a month at a time under `<data>/cache/prepared/`: months of the same articles, with the same actors in them, stay.

Made ready: in their stable order, with the keys and names of their actors, what only their own article decides, and a digest.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.gather import folder_of, keep, kept
from pipeline.store import shards
from schemas.arrow import from_pandas

if TYPE_CHECKING:
    from pipeline.link.register import Actors

ENTITIES, LINKED = "entities", ("documents", "events", "event_actors", "figures")
_KEPT = (ENTITIES, "linked")
"""The files of a month: actors are known before whom the others name."""
_BESIDE: dict[str, list[tuple[str, pa.DataType]]] = {
    "entities": [("digest", pa.uint64()), ("known_by", pa.uint64()), ("post", pa.uint64())],
    "documents": [("read", pa.uint64()), ("voiced", pa.uint64())],
    "events": [
        *((name, pa.int64()) for name in ("room_before", "room_after", "n_of_kind", "nth_of_kind")),
        ("answered", pa.int64()),
        ("digest", pa.uint64()),
        ("number", pa.uint64()),
    ],
    "figures": [("digest", pa.uint64()), ("number", pa.uint64())],
    "event_actors": [],
}
"""Columns beside those that an article yields; `number` stands for the row's key."""


@dataclass(frozen=True)
class ByMonth:
    """A table whose rows stand month after month."""

    table: str
    of: Mapping[str, pa.Table]

    @cached_property
    def whole(self) -> pa.Table:
        """The rows of all months."""
        return pa.concat_tables([schema(self.table).empty_table(), *self.of.values()])

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return {}

    def column(self, name: str) -> Any:
        """The numbers of a column."""
        if name not in self._columns:
            self._columns[name] = self.whole[name].to_numpy()
        return self._columns[name]

    @cached_property
    def _starts(self) -> dict[str, int]:
        ends = accumulate((rows.num_rows for rows in self.of.values()), initial=0)
        return dict(zip(self.of, ends, strict=False))

    def slice(self, values: Any, month: str) -> Any:
        """Those of some values, one a row, that belong to a month."""
        start, n = self._starts[month], self.of[month].num_rows
        return values[start : start + n] if isinstance(values, np.ndarray) else values.slice(start, n)


class WhoIsWho:
    """Whom the entities of each month's articles mean."""

    def __init__(self, entities: ByMonth, actors: "Actors") -> None:
        """`actors` are those of all entities."""
        from pipeline.link.memory import numbers

        self.entities, self.actors = entities, actors
        told = (numbers(actors.table[name].to_pylist()) for name in ("actor_id", "name"))
        self.numbers = np.column_stack([each[actors.of] for each in told])

    def mark(self, month: str) -> str:
        """A fingerprint of the actors that a month's entities mean, and of their names."""
        told = self.entities.slice(self.numbers, month)
        return hashlib.blake2b(np.ascontiguousarray(told).tobytes(), digest_size=16).hexdigest()

    def of_month(self, month: str) -> pd.DataFrame:
        """By entity of a month the key and the name of its actor."""
        some = self.actors.table.take(pa.array(self.entities.slice(self.actors.of, month)))
        ids = self.entities.of[month]["entity_id"].to_pylist()
        told = {name: some[name].to_pylist() for name in ("actor_id", "name")}
        return pd.DataFrame({"entity_id": ids, **told})


class Store:
    """What is prepared of each month."""

    def __init__(self, data: Path, rows: Mapping[str, Mapping[str, pa.Table]]) -> None:
        """`rows` are those of each month as they were gathered."""
        self.rows = rows
        self.folder = folder_of(data, "prepared", [f"{kind}.{month}" for month in rows for kind in _KEPT])

    def entities(self, month: str, mark: str) -> pa.Table:
        """The actors of a month's articles; `mark` tells all that they are made from."""
        found = kept(self.folder, f"{ENTITIES}.{month}", mark, {ENTITIES: schema(ENTITIES)})
        if found is None:
            from pipeline.link.register import prepared_entities

            frame = prepared_entities(self.rows[month][ENTITIES].to_pandas())
            found = {ENTITIES: from_pandas(frame, schema(ENTITIES))}
            keep(self.folder, f"{ENTITIES}.{month}", mark, found)
        return found[ENTITIES]

    def all_linked(
        self, marks: Mapping[str, str], actors: Callable[[str], pd.DataFrame]
    ) -> dict[str, ByMonth]:
        """The other rows of all months; `actors`: see `linked`."""
        found = {month: self.linked(month, mark, actors) for month, mark in marks.items()}
        return {table: ByMonth(table, {month: of[table] for month, of in found.items()}) for table in LINKED}

    def linked(self, month: str, mark: str, actors: Callable[[str], pd.DataFrame]) -> dict[str, pa.Table]:
        """The other rows of a month, by table; `actors` has for a month the key of each entity and the key and name of its actor."""
        found = kept(self.folder, f"linked.{month}", mark, {table: schema(table) for table in LINKED})
        if found is None:
            found = prepared(self.rows[month], actors(month))
            keep(self.folder, f"linked.{month}", mark, found)
        return found


def prepared(rows: Mapping[str, pa.Table], actors: pd.DataFrame) -> dict[str, pa.Table]:
    """The rows of some articles made ready, by table; `actors`: entity_id, actor_id, name."""
    from pipeline.link.counts import prepared_figures
    from pipeline.link.memory import numbers
    from pipeline.link.parties import party_names
    from pipeline.link.report_digests import prepared_events
    from pipeline.link.sources import prepared_documents

    actor_of = dict(zip(actors["entity_id"], actors["actor_id"], strict=True))
    parties = with_keys(rows["event_actors"], "actor_id", "actor_id", actor_of).to_pandas()
    names_of, named = party_names(parties, actors), rows["events"]
    for role in ("actor", "recipient"):
        named = with_keys(named, f"{role}_names", "event_id", names_of.get(role, {}))
    figures = with_keys(rows["figures"], "source_id", "source_id", actor_of).to_pandas()
    made = {
        "documents": prepared_documents(rows["documents"].to_pandas()),
        "events": prepared_events(named.to_pandas(), parties),
        "event_actors": parties,
        "figures": prepared_figures(figures),
    }
    for table, key in (("events", "event_id"), ("figures", "figure_id")):
        made[table] = made[table].assign(number=numbers(made[table][key]))
    return {table: from_pandas(frame, schema(table)) for table, frame in made.items()}


@cache
def schema(table: str) -> pa.Schema:
    """The columns of a prepared table."""
    return pa.schema([*shards.row_schema(table), *_BESIDE[table]])


def with_keys(rows: pa.Table, column: str, by: str, keys: Mapping[str, str]) -> pa.Table:
    """Fill a column with the keys that belong to the values of column `by`; null where there is none."""
    filled = pa.array(
        [keys.get(value) if value is not None else None for value in rows[by].to_pylist()], pa.string()
    )
    return rows.set_column(rows.column_names.index(column), column, filled)

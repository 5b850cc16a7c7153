"""Actors kept from run to run: after each change they are those of a run from nothing."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from pipeline.extract.rows import Entity
from pipeline.link.actors import link_actors
from pipeline.link.register import SCHEMA, Actors, actors_of, prepared_entities
from pipeline.store.shards import row_schema
from schemas.arrow import from_pandas

COLUMNS = [*row_schema("entities").names]


def article(pick: Random, doc_id: str) -> list[dict[str, Any]]:
    """Actors of an article whose names, posts and countries meet those of others in every way."""
    on = None if pick.random() < 0.1 else date(2025, 1, 1) + timedelta(days=pick.randrange(60))
    rows = []
    for n in range(pick.randrange(1, 5)):
        kind = pick.choice(["person", "person", "person", "government", "group", "company"])
        country = pick.choice([None, None, "PER", "BOL"])
        name = pick.choice(["Ana Quispe", "Luis Quispe", "Quispe", "A. Soto", "Soto", "Ana J. Soto"])
        if kind != "person":
            name = pick.choice(["Ministry of Rain", "Rain Ministry", "Peru", "Rain of Labor"])
        told = Entity(
            doc_id=doc_id,
            published_on=on,
            entity_id=f"{doc_id}#actor{n}",
            name=name,
            actor_type=kind,
            country=country,
            sector=pick.choice([None, "GOV", "MIL"]),
            role=pick.choice([None, "president", "senator"]),
            aliases=pick.choice([name, f"{name} | {name.upper()}"]),
            n_mentions=pick.randrange(1, 4),
            identity=pick.choice([None, "country:PER", "body:Rain Ministry"])
            if kind == "government"
            else None,
            country_basis=country and pick.choice(["told", "guessed"]),
        )
        rows.append({column: getattr(told, column) for column in COLUMNS})
    return rows


def found(rows: list[dict[str, Any]], path: Path) -> tuple[Actors, pd.DataFrame]:
    """The actors by what is kept, and the entities."""
    frame = from_pandas(pd.DataFrame(rows, columns=COLUMNS), row_schema("entities")).to_pandas()
    beside = [(name, pa.uint64()) for name in ("digest", "known_by", "post")]
    prepared = from_pandas(prepared_entities(frame), pa.schema([*row_schema("entities"), *beside]))
    return actors_of(prepared, path), frame


@pytest.mark.parametrize("seed", range(6))
def test_actors_are_those_of_a_run_from_nothing(seed: int, tmp_path: Path) -> None:
    pick, there = Random(seed), dict[str, list[dict[str, Any]]]()
    for _ in range(25):
        for _ in range(pick.choice([1, 1, 3])):
            key = f"d{pick.randrange(14):02}"
            if there.pop(key, None) is None or pick.random() < 0.5:
                there[key] = article(pick, key)
        arrived = [row for key in pick.sample(sorted(there), len(there)) for row in there[key]]
        actors, frame = found(arrived, tmp_path / "actors.arrays")
        table, keys = link_actors(frame)
        assert actors.table.equals(from_pandas(table.sort_values("actor_id"), SCHEMA))
        ids = actors.table["actor_id"].to_pylist()
        assert [ids[row] for row in actors.of.tolist()] == [keys[key] for key in frame["entity_id"]]

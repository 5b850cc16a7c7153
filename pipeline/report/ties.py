"""What is kept of a month beside the groups of its rows: what is tied to what, and what the front page counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.report.load import Row, count, part
from pipeline.report.words import DEEDS
from schemas.columns import SEPARATOR

SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("key", pa.string()),
        ("other", pa.string()),
        ("doc_id", pa.string()),
        ("n", pa.int64()),
        ("digest", pa.uint64()),
    ]
)
"""Of groups, ties and counts alike."""
WITH, SOURCE, COUNT, NAMED = "with", "source", "count", "named"
"""Ties of a month: an actor and the name of one that it acted with, a tally and who gave a figure of it, an incident and a tally
that its reports give; and the actors that the month names."""
TOLD, PLACED, ACTED = "told", "placed", "acted"
"""Counts of a month: of the reports of a day, by type and status; of a place, by its coordinates; of the deeds of an actor to a recipient."""
ROWS = "rows"
"""How many rows a month has of each table that is listed by month."""
LISTED_BY_MONTH = ("documents", "events", "quotes", "figures")


def kept_of(data: Path, month: str) -> Iterator[pa.Table]:
    """The ties and counts of a month."""
    parties = part(data, "event_actors", month, ["event_id", "actor_id", "role"])
    yield from _ties(data, month, parties)
    yield from _counts(data, month, parties)
    yield _lines(
        ROWS,
        [(table, "") for table in LISTED_BY_MONTH],
        [count(data, table, month) for table in LISTED_BY_MONTH],
    )


def _ties(data: Path, month: str, parties: pa.Table) -> Iterator[pa.Table]:
    """What is tied to what in a month."""
    events = part(data, "events", month, ["event_id", "incident_id", "actor_names", "recipient_names"])
    figures = part(data, "figures", month, ["event_id", "tally_id", "source_id"])
    told = _by_key(events)
    partners = {"actor": "recipient_names", "recipient": "actor_names"}
    yield _tie(
        WITH,
        (
            (row["actor_id"], name)
            for row in parties.to_pylist()
            if row["role"] in partners and row["event_id"] in told
            for name in (told[row["event_id"]][partners[row["role"]]] or "").split(SEPARATOR)
        ),
    )
    given = figures.to_pylist()
    yield _tie(SOURCE, ((row["tally_id"], row["source_id"]) for row in given))
    counts = ((told.get(row["event_id"], {}).get("incident_id"), row["tally_id"]) for row in given)
    yield _tie(COUNT, counts)
    mentions = part(data, "mentions", month, ["actor_id"])
    named = {*mentions["actor_id"].unique().to_pylist(), *parties["actor_id"].unique().to_pylist()}
    yield _tie(NAMED, ((key, key) for key in named))


def _counts(data: Path, month: str, parties: pa.Table) -> Iterator[pa.Table]:
    """What is counted of a month's events."""
    events = part(
        data,
        "events",
        month,
        ["published_on", "event_type", "status", "event_id", "place", "latitude", "longitude"],
    )
    rows = events.to_pylist()
    yield _counted(
        TOLD, Counter((str(r["published_on"] or ""), f"{r['event_type']} {r['status']}") for r in rows)
    )
    yield _counted(
        PLACED,
        Counter(
            (r["place"] or "", "" if None in at else f"{at[0]!r} {at[1]!r}")
            for r in rows
            for at in [(r["latitude"], r["longitude"])]
        ),
    )
    sides: dict[str, dict[str, set[str]]] = {}
    for row in parties.to_pylist():
        if row["actor_id"]:
            sides.setdefault(row["event_id"], {}).setdefault(row["role"], set()).add(row["actor_id"])
    deeds = [sides.get(row["event_id"], {}) for row in rows if row["status"] in DEEDS]
    acted = Counter(
        pair for deed in deeds for pair in product(deed.get("actor", ()), deed.get("recipient", ()))
    )
    yield _counted(ACTED, acted)


def _counted(kind: str, found: Counter[tuple[str, str]]) -> pa.Table:
    """How often each pair was counted."""
    pairs = sorted(found)
    return _lines(kind, pairs, [found[pair] for pair in pairs])


def _by_key(rows: pa.Table) -> dict[Any, Row]:
    return {row[rows.column_names[0]]: row for row in rows.to_pylist()}


def _tie(tie: str, pairs: Iterable[tuple[str | None, str | None]]) -> pa.Table:
    """Ties of a kind, each once, those without an end left out."""
    found = sorted({(key, other) for key, other in pairs if key and other})
    return _lines(tie, found, [0] * len(found))


def _lines(kind: str, pairs: Sequence[tuple[str, str]], numbers: Sequence[int]) -> pa.Table:
    """Lines of a kind, each with a key, another end and a number; of no article, and of no rows whose digest could be another."""
    size = len(pairs)
    columns = [
        pa.array([kind] * size, pa.string()),
        pa.array([key for key, _ in pairs], pa.string()),
        pa.array([other for _, other in pairs], pa.string()),
        pa.nulls(size, pa.string()),
        pa.array(numbers, pa.int64()),
        pa.array([0] * size, pa.uint64()),
    ]
    return pa.table(columns, schema=SCHEMA)

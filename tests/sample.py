"""A row or two of every table that hold together, for tests of what is done with tables."""

import datetime as dt
from typing import Any

import pyarrow as pa

from schemas import TABLES
from schemas.arrow import arrow_schema

DAY = dt.date(2026, 3, 2)
TEXT = "The army of Norland shelled Port Essa, killing at least 12 people, the mayor said on Sunday."


def _at(words: str, **other: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    place = {"doc_id": "a", "published_on": DAY, "sentence_id": "a#sentence0"}
    return {**place, "start": start, "end": start + len(words), "text": words, **other}


def _actor(key: str, name: str, kind: str, **other: Any) -> dict[str, Any]:
    seen = {"n_documents": 1, "n_mentions": 1, "first_seen_on": DAY, "last_seen_on": DAY}
    return {"actor_id": key, "name": name, "actor_type": kind, "aliases": name, **seen, **other}


ROWS: dict[str, list[dict[str, Any]]] = {
    "documents": [
        {
            "doc_id": "a",
            "published_on": DAY,
            "path": "a.txt",
            "sha256": "0" * 64,
            "encoding": "utf-8",
            "language": "en",
            "text": TEXT,
            "body_start": 0,
            "body_end": len(TEXT),
            "n_words": 17,
            "n_sentences": 1,
            "format": "text",
            "date_basis": "header",
        }
    ],
    "sentences": [_at(TEXT, kind="body", position=0, paragraph=0)],
    "mentions": [
        _at(
            "army of Norland",
            mention_id="a#mention4",
            mention_kind="name",
            entity_type="military",
            actor_id="army",
        ),
        _at("mayor", mention_id="a#mention71", mention_kind="title", entity_type="person", actor_id="mayor"),
    ],
    "dates": [
        _at(
            "Sunday",
            date_id="a#date85",
            date_from=dt.date(2026, 3, 1),
            date_to=dt.date(2026, 3, 1),
            date_precision="day",
            basis="weekday",
        )
    ],
    "quotes": [
        _at(
            TEXT[:65],
            quote_id="a#quote0",
            quote_kind="indirect",
            spans="0-65",
            content=TEXT[:65],
            cue="said",
            cue_start=77,
            cue_end=81,
            speaker="the mayor",
            speaker_start=67,
            speaker_end=76,
            speaker_id="mayor",
            sentence=TEXT,
        )
    ],
    "figures": [
        _at(
            "at least 12 people",
            figure_id="a#figure46",
            value=12.0,
            comparator=">=",
            value_kind="toll",
            unit="count",
            counted="people killed",
            measure="killed",
            source_id="mayor",
            event_id="a#event20",
            tally_id="tally",
            sentence=TEXT,
        )
    ],
    "events": [
        _at(
            "shelled",
            event_id="a#event20",
            event_type="ASSAULT",
            event_mode="heavy-weapons",
            quad_class=4,
            intensity=-9.5,
            contexts="military | human_security",
            status="reported",
            attributed_to="the mayor",
            date_from=dt.date(2026, 3, 1),
            date_to=dt.date(2026, 3, 1),
            date_precision="day",
            date_basis="own",
            place="Port Essa",
            fatalities_low=12,
            actor_names="army of Norland",
            method="learned",
            confidence=0.8,
            incident_id="incident",
            sentence=TEXT,
        )
    ],
    "event_actors": [
        _at(
            "army of Norland",
            event_actor_id="a#event20#actor0",
            event_id="a#event20",
            role="actor",
            actor_id="army",
            basis="named",
        ),
        {
            "event_actor_id": "a#event20#recipient0",
            "event_id": "a#event20",
            "doc_id": "a",
            "role": "recipient",
            "basis": "understood",
        },
    ],
    "actors": [
        _actor("army", "army of Norland", "military", sector="MIL"),
        _actor("mayor", "the mayor", "person", role="mayor"),
    ],
    "incidents": [
        {
            "incident_id": "incident",
            "event_type": "ASSAULT",
            "status": "actual",
            "date_from": dt.date(2026, 3, 1),
            "date_to": dt.date(2026, 3, 1),
            "place": "Port Essa",
            "actor_names": "army of Norland",
            "n_reports": 1,
            "n_documents": 1,
            "n_sources": 1,
            "first_reported_on": DAY,
            "last_reported_on": DAY,
            "corroboration": "single",
            "summary": TEXT,
        },
        {
            "incident_id": "denial",
            "event_type": "ASSAULT",
            "status": "denied",
            "n_reports": 2,
            "n_documents": 1,
            "n_sources": 1,
            "corroboration": "disputed",
            "disputed_over": "whether",
            "claim_event_id": "a#event20",
            "counter_event_id": "a#event20",
            "incident_basis": "same article",
            "confidence": 0.8,
            "summary": TEXT,
        },
    ],
    "incident_links": [
        {
            "link_id": "denial>denial-of>incident",
            "from": "denial",
            "relation": "denial of",
            "to": "incident",
            "from_event_id": "a#event20",
            "to_event_id": "a#event20",
            "confidence": 0.9,
        }
    ],
    "tallies": [
        {
            "tally_id": "tally",
            "measure": "killed",
            "counted": "people killed",
            "unit": "count",
            "value_low": 12.0,
            "value_high": 12.0,
            "latest_value": 12.0,
            "latest_on": DAY,
            "n_figures": 1,
            "n_documents": 1,
            "agreement": "single",
        }
    ],
    "rejected_documents": [],
}


def table(name: str, rows: list[dict[str, Any]] | None = None) -> pa.Table:
    """A table from rows; columns that a row does not name are none."""
    schema = arrow_schema(name)
    given = ROWS[name] if rows is None else rows
    assert all(set(row) <= set(schema.names) for row in given)
    return pa.Table.from_pylist(
        [{column: row.get(column) for column in schema.names} for row in given], schema=schema
    )


def tables(**changed: pa.Table) -> dict[str, pa.Table]:
    """Every table, some of them changed."""
    return {name: changed.get(name, table(name)) for name in TABLES}


def broken(name: str, **values: Any) -> pa.Table:
    """A table whose first row has other values."""
    first, *rest = ROWS[name]
    return table(name, [{**first, **values}, *rest])

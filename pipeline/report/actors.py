"""The pages of actors: what each did, what was done to it, what it said."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.report.load import Row, frame, records
from pipeline.report.names import page_name
from pipeline.report.views import Cell, Line, Link, View, badge

NEWEST = 200
"""Rows a table shows on an actor's page: the newest; all of them are in the tables."""

_EVENT = [
    "event_id",
    "doc_id",
    "published_on",
    "event_type",
    "event_mode",
    "status",
    "place",
    "actor_names",
    "recipient_names",
    "sentence",
]
_QUOTE = ["quote_id", "speaker_id", "doc_id", "published_on", "quote_kind", "cue", "content"]
_ACTOR = [
    "actor_id",
    "name",
    "actor_type",
    "country",
    "sector",
    "role",
    "aliases",
    "n_documents",
    "n_mentions",
    "first_seen_on",
    "last_seen_on",
]


@dataclass(frozen=True)
class ActorRows:
    """All that the pages of actors show, newest first, with one group a page."""

    actors: pd.DataFrame
    did: dict[str, pd.DataFrame]
    undergone: dict[str, pd.DataFrame]
    said: dict[str, pd.DataFrame]


def load_actors(data: Path) -> ActorRows:
    """Read what the pages of actors show; only actors that did, underwent or said something have a page."""
    events = frame(data, "events", _EVENT)
    parties = (
        frame(data, "event_actors", ["event_id", "actor_id", "role"])
        .dropna(subset=["actor_id"])
        .drop_duplicates()
    )
    quotes = frame(data, "quotes", _QUOTE).dropna(subset=["speaker_id"])
    joined = parties.merge(events, on="event_id")
    newest = ["published_on", "doc_id"]

    def groups(rows: pd.DataFrame, key: str) -> dict[str, pd.DataFrame]:
        ordered = rows.assign(published_on=rows["published_on"].astype(str)).sort_values(
            newest, ascending=False, kind="stable"
        )
        return {str(name): group for name, group in ordered.groupby(key, sort=False)}

    did = groups(joined[joined["role"] == "actor"], "actor_id")
    undergone = groups(joined[joined["role"] == "recipient"], "actor_id")
    said = groups(quotes, "speaker_id")
    actors = frame(data, "actors", _ACTOR)
    active = actors["actor_id"].isin(did.keys() | undergone.keys() | said.keys())
    return ActorRows(actors[active].sort_values("actor_id"), did, undergone, said)


def _plain(value: Any) -> str | None:
    return None if value is None or value != value or value == "None" else str(value)


def _article(row: Row) -> Link:
    return Link(_plain(row["published_on"]) or "undated", f"../articles/{page_name(row['doc_id'])}")


def _events(rows: pd.DataFrame | None, other: str) -> View:
    columns = ["article", "type", "status", other, "where", "sentence"]
    if rows is None:
        return View(columns, [])
    lines = [
        Line(
            [
                _article(r),
                f"{r['event_type']} {_plain(r['event_mode']) or ''}".strip(),
                badge(r["status"]),
                _plain(r[f"{other}_names"]),
                _plain(r["place"]),
                r["sentence"],
            ]
        )
        for r in records(rows.head(NEWEST))
    ]
    return View(columns, lines, total=len(rows))


def _quotes(rows: pd.DataFrame | None) -> View:
    columns = ["article", "kind", "cue", "words"]
    if rows is None:
        return View(columns, [])
    lines = [
        Line([_article(r), r["quote_kind"], _plain(r["cue"]), r["content"]])
        for r in records(rows.head(NEWEST))
    ]
    return View(columns, lines, total=len(rows))


def actor_pages(rows: ActorRows) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each actor, and what the actor template shows of it."""
    for actor in records(rows.actors):
        key = str(actor["actor_id"])
        facts: list[Cell] = [
            actor["actor_type"],
            _plain(actor["role"]),
            _plain(actor["country"]),
            _plain(actor["sector"]),
        ]
        facts.append(f"{actor['n_mentions']:,} mentions in {actor['n_documents']:,} articles")
        facts.append(f"also: {actor['aliases'].replace(' | ', ', ')}" if _plain(actor["aliases"]) else None)
        yield (
            key,
            {
                "root": "../",
                "tables": True,
                "name": actor["name"],
                "facts": [fact for fact in facts if fact],
                "views": {
                    "What it did": _events(rows.did.get(key), "recipient"),
                    "What was done to it": _events(rows.undergone.get(key), "actor"),
                    "What it said": _quotes(rows.said.get(key)),
                },
            },
        )

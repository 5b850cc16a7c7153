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
]


class Rows:
    """Rows of one kind, newest first, that can be asked for by actor."""

    def __init__(self, rows: pd.DataFrame, key: str) -> None:
        """Order the rows; `key` names the column with the actor."""
        dated = rows.assign(published_on=rows["published_on"].astype(str))
        self._rows = dated.sort_values(["published_on", "doc_id"], ascending=False, kind="stable")
        self._rows = self._rows.reset_index(drop=True)
        self._places = self._rows.groupby(key, sort=False).indices
        hashed = pd.util.hash_pandas_object(self._rows.astype(str), index=False)
        self._hashes = hashed.groupby(self._rows[key], sort=False).sum()

    def of(self, actor_id: str) -> pd.DataFrame:
        """An actor's rows."""
        return self._rows.iloc[self._places.get(actor_id, [])]

    def digest(self, actor_id: str) -> int:
        """A number that changes when the actor's rows do."""
        return int(self._hashes.get(actor_id, 0))

    @property
    def actors(self) -> set[str]:
        """The actors that have rows."""
        return {str(key) for key in self._places}


@dataclass(frozen=True)
class ActorRows:
    """All that the pages of actors show."""

    actors: pd.DataFrame
    did: Rows
    undergone: Rows
    said: Rows

    def digests(self) -> dict[str, str]:
        """actor_id -> a text that changes when what its page shows does."""
        hashed = pd.util.hash_pandas_object(self.actors.astype(str), index=False)
        parts = (self.did, self.undergone, self.said)
        return {
            key: " ".join(map(str, (own, *(rows.digest(key) for rows in parts))))
            for key, own in zip(self.actors["actor_id"], hashed, strict=True)
        }


def load_actors(data: Path) -> ActorRows:
    """Read what the pages of actors show; only actors that did, underwent or said something have a page."""
    events = frame(data, "events", _EVENT)
    parties = frame(data, "event_actors", ["event_id", "actor_id", "role"])
    joined = parties.dropna(subset=["actor_id"]).drop_duplicates().merge(events, on="event_id")
    quotes = frame(data, "quotes", _QUOTE).dropna(subset=["speaker_id"])
    did, undergone = (Rows(joined[joined["role"] == role], "actor_id") for role in ("actor", "recipient"))
    said = Rows(quotes, "speaker_id")
    actors = frame(data, "actors", _ACTOR)
    active = actors["actor_id"].isin(did.actors | undergone.actors | said.actors)
    return ActorRows(actors[active].sort_values("actor_id"), did, undergone, said)


def _article(row: Row) -> Link:
    day = row["published_on"]
    return Link("undated" if day in (None, "None") else day, f"../articles/{page_name(row['doc_id'])}")


def _events(rows: pd.DataFrame, other: str) -> View:
    lines = [
        Line(
            [
                _article(row),
                f"{row['event_type']} {row['event_mode'] or ''}".strip(),
                badge(row["status"]),
                row[f"{other}_names"],
                row["place"],
                row["sentence"],
            ]
        )
        for row in records(rows.head(NEWEST))
    ]
    return View(["article", "type", "status", other, "where", "sentence"], lines, total=len(rows))


def _quotes(rows: pd.DataFrame) -> View:
    lines = [
        Line([_article(row), row["quote_kind"], row["cue"], row["content"]])
        for row in records(rows.head(NEWEST))
    ]
    return View(["article", "kind", "cue", "words"], lines, total=len(rows))


def actor_pages(rows: ActorRows, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some actors, and what the actor template shows of it."""
    for actor in records(rows.actors[rows.actors["actor_id"].isin(keys)]):
        key = actor["actor_id"]
        facts: list[Cell] = [actor["actor_type"], actor["role"], actor["country"], actor["sector"]]
        facts.append(f"{actor['n_mentions']:,} mentions in {actor['n_documents']:,} articles")
        facts.append(f"also: {actor['aliases'].replace(' | ', ', ')}" if actor["aliases"] else None)
        yield (
            key,
            {
                "root": "../",
                "tables": True,
                "name": actor["name"],
                "facts": [fact for fact in facts if fact],
                "views": {
                    "What it did": _events(rows.did.of(key), "recipient"),
                    "What was done to it": _events(rows.undergone.of(key), "actor"),
                    "What it said": _quotes(rows.said.of(key)),
                },
            },
        )

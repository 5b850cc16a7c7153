"""What the search page looks through: for each month a script with its articles and quotes, one with the incidents and one with the actors last told of then.

The index itself is made in the browser by MiniSearch, so that a page that opens from the disk needs no server.
"""

import json
from collections.abc import Iterable, Mapping

from pipeline.report import names
from pipeline.report.lists import Context
from pipeline.report.load import Row
from pipeline.report.words import source_of, told

_WORDS = 600
"""Characters of a body that are searched beside its title."""

Found = list[str]
"""Kind, title, further words, day, address."""


def articles(documents: Iterable[Row], context: Context) -> list[Found]:
    """A month's articles: title, source and how they begin."""
    return [
        [
            "article",
            context.documents[d["doc_id"]]["title"],
            " ".join(filter(None, [source_of(d), d["text"][d["body_start"] : d["body_start"] + _WORDS]])),
            str(d["published_on"] or ""),
            names.article(d["doc_id"], ""),
        ]
        for d in documents
    ]


def quotes(rows: Iterable[Row], context: Context) -> list[Found]:
    """A month's quotes: who said what."""
    return [
        [
            "quote",
            context.actors.get(row["speaker_id"] or "") or row["speaker"] or "not named",
            row["content"],
            str(row["published_on"] or ""),
            names.place(row["doc_id"], row["quote_id"], ""),
        ]
        for row in rows
    ]


def incidents(rows: Iterable[Row], context: Context) -> list[Found]:
    """A month's incidents: what happened, and the sentence that tells most."""
    return [
        [
            "incident",
            f"{row['event_type']}: {told(row)}",
            row["summary"],
            str(row["last_reported_on"] or ""),
            context.incidents.href(row["incident_id"], "") or "",
        ]
        for row in rows
    ]


def actors(rows: Iterable[Row], known: Mapping[str, str]) -> list[Found]:
    """Actors that have a page: names and office."""
    return [
        [
            "actor",
            row["name"],
            " ".join(filter(None, [row["aliases"], row["role"], row["country"]])),
            str(row["last_seen_on"] or ""),
            names.actor(row["actor_id"], ""),
        ]
        for row in rows
        if row["actor_id"] in known
    ]


def script(name: str, found: list[Found]) -> bytes:
    """A script that hands its rows to the search page."""
    rows = json.dumps(found, separators=(",", ":"))
    line = f"(window.newstables ||= {{}})[{json.dumps(name)}] = {rows};\n"
    return line.encode("ascii")

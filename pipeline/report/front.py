"""The front page: what is covered, when, who, where, how much, and how sure. Aggregates only, so that it stays small."""

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.report.article import title_of
from pipeline.report.drawn import drawn
from pipeline.report.load import Row, count, frame, month_rows, months, records
from pipeline.report.names import page_name
from pipeline.report.views import Line, Link, View, badge, between, number, plain, plain_view

_COUNTED = "documents events incidents quotes figures tallies actors rejected_documents".split()  # noqa: SIM905
_TALLY = (  # noqa: SIM905
    "tally_id measure counted unit value_low value_high latest_value latest_on n_figures n_documents agreement"
).split()
_ACTOR = "actor_id name actor_type country role n_documents n_mentions".split()  # noqa: SIM905
_LISTED = 100


def articles_view(documents: list[Row], prefix: str = "") -> View:
    """A table of articles, newest first."""
    lines = [
        Line(
            [
                str(d["published_on"] or "undated"),
                Link(title_of(d), f"{prefix}articles/{page_name(d['doc_id'])}"),
                d["credit"],
                number(d["n_words"]),
                d["duplicate_of"],
            ]
        )
        for d in sorted(documents, key=lambda d: (str(d["published_on"] or ""), d["doc_id"]), reverse=True)
    ]
    return View(
        ["published", "article", "credit", "words", "copy of"], lines, frozenset({"words"}), len(lines)
    )


def _newest_documents(data: Path) -> list[Row]:
    found: list[Row] = []
    for month in [m for m in months(data) if m != "undated"] + ["undated"]:
        found += month_rows(data, "documents", month)
        if len(found) >= _LISTED:
            break
    return sorted(found, key=lambda d: (str(d["published_on"] or ""), d["doc_id"]), reverse=True)[:_LISTED]


def _incidents(data: Path) -> View:
    columns = [
        "incident_id",
        "event_type",
        "date_from",
        "date_to",
        "place",
        "actor_names",
        "recipient_names",
        "n_documents",
        "n_sources",
        "corroboration",
        "summary",
        "last_reported_on",
    ]
    rows = frame(data, "incidents", columns)
    rows = rows.assign(day=rows["last_reported_on"].astype(str)).sort_values(
        ["day", "n_sources", "incident_id"], ascending=[False, False, True]
    )
    lines = [
        Line(
            [
                plain(r["last_reported_on"]),
                r["event_type"],
                plain(r["actor_names"]),
                plain(r["recipient_names"]),
                between(plain(r["date_from"]), plain(r["date_to"])),
                plain(r["place"]),
                number(r["n_sources"]),
                badge(r["corroboration"]),
                r["summary"],
            ]
        )
        for r in records(rows.head(_LISTED))
    ]
    return View(
        ["reported", "type", "actor", "recipient", "when", "where", "sources", "corroboration", "summary"],
        lines,
        frozenset({"sources"}),
        len(rows),
    )


def _tallies(tallies: pd.DataFrame) -> View:
    rows = tallies.sort_values(["n_documents", "n_figures", "tally_id"], ascending=[False, False, True])
    lines = [
        Line(
            [
                plain(r["counted"]),
                plain(r["measure"]),
                plain(r["unit"]),
                between(r["value_low"], r["value_high"]),
                number(r["latest_value"]),
                plain(r["latest_on"]),
                number(r["n_documents"]),
                badge(r["agreement"]),
            ]
        )
        for r in records(rows.head(_LISTED))
    ]
    return View(
        ["counted", "measure", "unit", "values", "latest", "on", "articles", "agreement"],
        lines,
        frozenset({"values", "latest", "articles"}),
        len(rows),
    )


def _actors(data: Path, with_page: set[str]) -> View:
    actors = frame(data, "actors", _ACTOR)
    parties = (
        frame(data, "event_actors", ["event_id", "actor_id", "role"])
        .dropna(subset=["actor_id"])
        .drop_duplicates()
    )
    by_role = (
        parties.groupby(["actor_id", "role"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["actor", "recipient"], fill_value=0)
    )
    said = frame(data, "quotes", ["speaker_id"])["speaker_id"].value_counts()
    key = actors["actor_id"]
    # Mapped, not joined: pandas cannot join text columns that are empty.
    rows = actors.assign(
        actor=key.map(by_role["actor"]), recipient=key.map(by_role["recipient"]), said=key.map(said)
    ).fillna({"actor": 0, "recipient": 0, "said": 0})
    rows["active"] = rows["actor"] + rows["recipient"] + rows["said"]
    rows = rows.sort_values(["active", "n_mentions", "actor_id"], ascending=[False, False, True])
    lines = [
        Line(
            [
                Link(r["name"], f"actors/{page_name(r['actor_id'])}")
                if r["actor_id"] in with_page
                else r["name"],
                r["actor_type"],
                plain(r["country"]),
                plain(r["role"]),
                number(r["actor"]),
                number(r["recipient"]),
                number(r["said"]),
                number(r["n_documents"]),
            ]
        )
        for r in records(rows.head(_LISTED))
    ]
    return View(
        ["actor", "type", "country", "role", "did", "underwent", "said", "articles"],
        lines,
        frozenset({"did", "underwent", "said", "articles"}),
        len(rows),
    )


def front_page(data: Path, with_page: set[str]) -> dict[str, Any]:
    """What the front template shows; `with_page`: keys of the actors that have a page."""
    events = frame(data, "events", ["published_on", "event_type", "place", "latitude", "longitude"])
    tallies = frame(data, "tallies", _TALLY)
    newest = _newest_documents(data)
    figures = drawn(data, events, tallies, {row["doc_id"]: title_of(row) for row in newest})
    days = frame(data, "documents", ["published_on"])["published_on"].dropna().astype(str)
    rejected = frame(data, "rejected_documents", ["path", "reason", "detail"])
    return {
        "root": "",
        "charts": bool(figures),
        "tables": True,
        "counts": {table: count(data, table) for table in _COUNTED},
        "first": days.min() if len(days) else None,
        "last": days.max() if len(days) else None,
        "figures": figures,
        "incidents": _incidents(data),
        "tallies_view": _tallies(tallies),
        "actors": _actors(data, with_page),
        "months": [
            {"name": m, "href": f"months/{m}.html", "n": count(data, "documents", m)} for m in months(data)
        ],
        "articles": articles_view(newest),
        "rejected": plain_view(records(rejected.head(_LISTED)), ["path", "reason", "detail"]),
    }

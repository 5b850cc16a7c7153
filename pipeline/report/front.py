"""The front page: what is covered, what is new, where sources differ, who acts upon whom, where, what was said.

Aggregates and the newest rows only, so that it stays the same size however many articles there are; every number leads to its rows.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.report import differ, names
from pipeline.report.actors import ActorRows, actor_cell
from pipeline.report.drawn import drawn
from pipeline.report.lists import (
    ACTOR_COLUMNS,
    INCIDENT_COLUMNS,
    LISTED,
    TALLY_COLUMNS,
    Context,
    actor_cells,
    incident_cells,
    tally_cells,
    view_of,
)
from pipeline.report.load import Row, count, frame, months, records, whole
from pipeline.report.views import Cell, Line, Link, View, plain_view, several
from pipeline.report.words import DEEDS, NO_SOURCE, day_of, plain_words, source_of

_SHOWN = 12
_DIFFERENCES = 4
_NEWEST = 2_000
"""Quotes among which those of the front page are chosen."""
_WEEK = pd.Timedelta(days=6)
_EVENTS = ["event_id", "published_on", "event_type", "status", "place", "latitude", "longitude"]
_QUOTES = ["quote_id", "doc_id", "published_on", "speaker", "speaker_id", "quote_kind", "content"]


def front_page(data: Path, context: Context, actors: ActorRows, fresh: list[str] | None) -> dict[str, Any]:
    """What the front template shows; `fresh`: articles that came with the last run, None where that is not known."""
    events = frame(data, "events", _EVENTS)
    documents = list(context.documents.values())
    days = sorted(str(d["published_on"]) for d in documents if d["published_on"])
    last = pd.Timestamp(days[-1]) if days else None
    figures = drawn(data, events, context.actors)
    rejected = frame(data, "rejected_documents", ["path", "reason", "detail"])
    return {
        "root": "",
        "charts": bool(figures),
        "tables": True,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "covered": _covered(documents, events),
        "counts": [(name, count(data, name), _list(name)) for name in LISTED],
        "fresh": _fresh(context, fresh),
        "week": _week(events, documents, last),
        "differences": _differences(context),
        "figures": figures,
        "legend": _legend(events),
        "quotes": _quotes(data, context),
        "incidents": _incidents(context),
        "tallies_view": _tallies(context),
        "actors": _actors(actors, context),
        "months": [(m, f"documents/{m}.html", count(data, "documents", m)) for m in months(data)],
        "articles": _articles(documents),
        "rejected": plain_view(records(rejected), ["path", "reason", "detail"]),
    }


def _list(table: str) -> str:
    """Where all rows of a table are listed."""
    return f"{table}/index.html"


def _covered(documents: list[Row], events: pd.DataFrame) -> list[Link]:
    """What the folder covers, in a few words each that lead to the rows."""
    sources = {source_of(d) for d in documents} - {None}
    unnamed = sum(source_of(d) is None for d in documents)
    copies = sum(bool(d["duplicate_of"]) for d in documents)
    undated = sum(d["published_on"] is None for d in documents)
    without = f" ({several(unnamed, 'article')} without)" if unnamed else ""
    articles = _list("documents")
    found = [Link(several(len(sources), "named source") + without, articles)]
    found.append(Link(several(events["place"].dropna().nunique(), "place"), _list("events")))
    if copies:
        found.append(Link(several(copies, "copy", "copies"), articles))
    if undated:
        found.append(Link(f"{several(undated, 'article')} without a date", "documents/undated.html"))
    return found


def _fresh(context: Context, fresh: list[str] | None) -> dict[str, Any] | None:
    """Articles that came with the last run, the newest first."""
    if fresh is None:
        return None
    new = [context.documents[key] for key in fresh]
    new.sort(key=lambda d: (str(d["published_on"] or ""), d["doc_id"]), reverse=True)
    return {
        "total": len(new),
        "links": [Link(d["title"], names.article(d["doc_id"], "")) for d in new[:_SHOWN]],
    }


def _week(events: pd.DataFrame, documents: list[Row], last: pd.Timestamp | None) -> dict[str, Any] | None:
    """The last seven days of the material against the seven before, by type of event; deeds only."""
    if last is None:
        return None
    dated = events.dropna(subset=["published_on"])
    dated = dated[dated["status"].isin(list(DEEDS))]
    day = pd.to_datetime(dated["published_on"].astype(str))
    this = dated[day >= last - _WEEK]["event_type"].value_counts()
    before = dated[(day < last - _WEEK) & (day >= last - 2 * _WEEK - pd.Timedelta(days=1))][
        "event_type"
    ].value_counts()
    rows: list[list[Cell]] = []
    for kind in sorted(this.index.union(before.index), key=lambda k: (-int(this.get(k, 0)), str(k))):
        n, earlier = int(this.get(kind, 0)), int(before.get(kind, 0))
        rows.append(
            [
                Link(str(kind), f"{_list('events')}#type={kind}"),
                plain_words("event_type").get(str(kind), ""),
                n,
                n - earlier,
            ]
        )
    start = (last - _WEEK).date()
    articles = sum(bool(d["published_on"]) and str(d["published_on"]) >= str(start) for d in documents)
    view = View(
        ["type", "that is", "reports", "change"],
        [Line(r) for r in rows],
        frozenset({"reports", "change"}),
        len(rows),
    )
    return {"start": str(start), "articles": articles, "view": view}


def _differences(context: Context) -> list[tuple[str, str, list[differ.Difference], int, str]]:
    """Disputes, conflicts and growing counts: heading, words on none, the newest of them, how many, where all are listed."""
    found = []
    disputes, n = differ.disputed(context.incidents, _DIFFERENCES)
    page = f"{_list('incidents')}#verdict=disputed"
    found.append(("Disputed incidents", "No incident is disputed.", disputes, n, page))
    for agreement, heading, none in (
        ("conflict", "Counts that contradict each other", "No counts contradict each other."),
        ("growing", "Counts that grew", "No count grew."),
    ):
        rows, n = differ.counts(context.tallies, agreement, _DIFFERENCES)
        found.append((heading, none, rows, n, f"{_list('tallies')}#verdict={agreement}"))
    return found


def _legend(events: pd.DataFrame) -> list[tuple[str, str]]:
    """The types of event that there are, in plain words."""
    present = set(events["event_type"].dropna())
    return [(kind, words) for kind, words in plain_words("event_type").items() if kind in present]


def _quotes(data: Path, context: Context) -> View:
    """The newest quotes whose speaker is known, those in the speaker's own words first to be chosen."""
    rows = whole(data, "quotes", _QUOTES)
    total = rows.num_rows
    rows = rows.sort_by([("published_on", "descending"), ("quote_id", "ascending")])
    newest = rows.slice(0, _NEWEST).to_pylist()
    spoken = [row for row in newest if row["speaker_id"]]
    spoken.sort(key=lambda row: row["quote_kind"] == "indirect")
    chosen = sorted(spoken[:_SHOWN], key=lambda row: (str(row["published_on"] or ""), row["quote_id"]))
    lines = [
        Line(
            [
                day_of(row),
                actor_cell(row["speaker_id"], row["speaker"], context.actors, ""),
                Link(row["content"], names.place(row["doc_id"], row["quote_id"], "")),
            ]
        )
        for row in reversed(chosen)
    ]
    return View(["published", "who", "said"], lines, frozenset(), total, _list("quotes"))


def _incidents(context: Context) -> View:
    rows = sorted(
        context.incidents.rows.values(),
        key=lambda row: (
            row["n_sources"],
            row["n_documents"],
            str(row["last_reported_on"] or ""),
            row["incident_id"],
        ),
        reverse=True,
    )
    cells = [incident_cells(row, context.incidents, "") for row in rows[:_SHOWN]]
    return view_of(INCIDENT_COLUMNS, cells, len(rows), _list("incidents"))


def _tallies(context: Context) -> View:
    rows = sorted(
        context.tallies.rows.values(),
        key=lambda row: (-row["n_documents"], -row["n_figures"], row["tally_id"]),
    )
    return view_of(
        TALLY_COLUMNS,
        [tally_cells(row, context.tallies, "") for row in rows[:_SHOWN]],
        len(rows),
        _list("tallies"),
    )


def _actors(actors: ActorRows, context: Context) -> View:
    def activity(row: Row) -> tuple[int, int, str]:
        key = row["actor_id"]
        active = actors.did.size(key) + actors.undergone.size(key) + actors.said.size(key)
        return -active, -row["n_mentions"], key

    rows = sorted(actors.actors.values(), key=activity)
    cells = [actor_cells(row, context.actors, "") for row in rows[:_SHOWN]]
    return view_of(ACTOR_COLUMNS, cells, len(rows), _list("actors"))


def _articles(documents: list[Row]) -> View:
    rows = sorted(documents, key=lambda d: (str(d["published_on"] or ""), d["doc_id"]), reverse=True)
    lines = [
        Line([day_of(d), Link(d["title"], names.article(d["doc_id"], "")), source_of(d) or NO_SOURCE])
        for d in rows[:_SHOWN]
    ]
    return View(["published", "article", "source"], lines, frozenset(), len(rows), _list("documents"))

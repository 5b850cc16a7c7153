"""The front page: what is covered, what is new, where sources differ, who acts upon whom, where, what was said.

Aggregates and the newest rows only, so that it stays the same size however many articles there are; every number leads to its rows.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report import differ, names
from pipeline.report.actors import ActorRows, actor_cell
from pipeline.report.drawn import drawn, told
from pipeline.report.groups import Known
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
from pipeline.report.load import Row, frame, months, part, records
from pipeline.report.rows import Rows
from pipeline.report.ties import PLACED
from pipeline.report.views import Cell, Line, Link, View, plain_view, several
from pipeline.report.words import NO_SOURCE, day_of, plain_words, source_of

_SHOWN = 12
_DIFFERENCES = 4
_NEWEST = 2_000
"""Quotes among which those of the front page are chosen."""
_WEEK = pd.Timedelta(days=6)
_QUOTES = ["quote_id", "doc_id", "published_on", "speaker", "speaker_id", "quote_kind", "content"]


def front_page(data: Path, context: Context, actors: ActorRows, fresh: list[str] | None) -> dict[str, Any]:
    """What the front template shows; `fresh`: articles that came with the last run, None where that is not known."""
    known, articles = actors.known, context.documents
    reports, days = told(known), articles.table["published_on"]
    first, newest = pc.min(days).as_py(), pc.max(days).as_py()
    last = pd.Timestamp(newest) if newest else None
    figures = drawn(known, reports, context.actors)
    rejected = frame(data, "rejected_documents", ["path", "reason", "detail"])
    return {
        "root": "",
        "charts": bool(figures),
        "tables": True,
        "first": str(first) if first else None,
        "last": str(newest) if newest else None,
        "covered": _covered(articles, known),
        "counts": [(name, n, _list(name)) for name, n in _sizes(context, actors).items()],
        "fresh": _fresh(context, fresh),
        "week": _week(reports, articles, last),
        "differences": _differences(context),
        "figures": figures,
        "legend": _legend(reports),
        "quotes": _quotes(data, context, known.count("quotes")),
        "incidents": _incidents(context),
        "tallies_view": _tallies(context),
        "actors": _actors(actors, context),
        "months": [(m, f"documents/{m}.html", known.count("documents", m)) for m in months(data)],
        "articles": _articles(articles),
        "rejected": plain_view(records(rejected), ["path", "reason", "detail"]),
    }


def _list(table: str) -> str:
    """Where all rows of a table are listed."""
    return f"{table}/index.html"


def _covered(documents: Rows, known: Known) -> list[Link]:
    """What the folder covers, in a few words each that lead to the rows."""
    named = documents.table.group_by(["outlet", "credit"], use_threads=False).aggregate([([], "count_all")])
    by_source = [(source_of(row), row["count_all"]) for row in named.to_pylist()]
    sources = {source for source, _ in by_source} - {None}
    unnamed = sum(n for source, n in by_source if source is None)
    copies = len(documents) - documents.table["duplicate_of"].null_count
    undated = documents.table["published_on"].null_count
    places = set(known.of(PLACED)["key"].unique().to_pylist()) - {""}
    without = f" ({several(unnamed, 'article')} without)" if unnamed else ""
    articles = _list("documents")
    found = [Link(several(len(sources), "named source") + without, articles)]
    found.append(Link(several(len(places), "place"), _list("events")))
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


def _week(reports: pd.DataFrame, documents: Rows, last: pd.Timestamp | None) -> dict[str, Any] | None:
    """The last seven days of the material against the seven before, by type of event; deeds only."""
    if last is None:
        return None
    dated = reports[reports["deed"] & reports["day"].notna()]
    day = pd.to_datetime(dated["day"])
    earliest = last - 2 * _WEEK - pd.Timedelta(days=1)
    this, before = (
        dated[within].groupby("event_type")["n"].sum()
        for within in (day >= last - _WEEK, (day < last - _WEEK) & (day >= earliest))
    )
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
    days = documents.table["published_on"]
    articles = pc.sum(pc.greater_equal(days, pa.scalar(start, pa.date32()))).as_py() or 0
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


def _legend(reports: pd.DataFrame) -> list[tuple[str, str]]:
    """The types of event that there are, in plain words."""
    present = set(reports["event_type"])
    return [(kind, words) for kind, words in plain_words("event_type").items() if kind in present]


def _sizes(context: Context, actors: ActorRows) -> dict[str, int]:
    """How many rows each table has that has lists, in the order of the navigation."""
    across = {"incidents": context.incidents.rows, "tallies": context.tallies.rows, "actors": actors.actors}
    return {name: len(across[name]) if name in across else actors.known.count(name) for name in LISTED}


def _quotes(data: Path, context: Context, total: int) -> View:
    """The newest quotes whose speaker is known, those in the speaker's own words first to be chosen; of `total`."""
    found = [part(data, "quotes", "none", _QUOTES)]
    for month in months(data):  # the newest first, undated ones last
        if sum(some.num_rows for some in found) < _NEWEST:
            found.append(part(data, "quotes", month, _QUOTES))
    rows = pa.concat_tables(found).sort_by([("published_on", "descending"), ("quote_id", "ascending")])
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


def _first(rows: Rows, *order: tuple[str, str]) -> list[Row]:
    """The first rows by some columns, `ascending` or `descending`, those without a value last; the last column tells all apart."""
    keys = rows.table.select([name for name, _ in order])
    places = pc.select_k_unstable(keys, k=min(_SHOWN, len(rows)), sort_keys=[*order])
    return rows.of(rows.table[rows.key].take(places).to_pylist())


def _incidents(context: Context) -> View:
    rows = context.incidents.rows
    names = ("n_sources", "n_documents", "last_reported_on", "incident_id")
    found = _first(rows, *((name, "descending") for name in names))
    cells = [incident_cells(row, context.incidents, "") for row in found]
    return view_of(INCIDENT_COLUMNS, cells, len(rows), _list("incidents"))


def _tallies(context: Context) -> View:
    rows = context.tallies.rows
    order = (("n_documents", "descending"), ("n_figures", "descending"), ("tally_id", "ascending"))
    cells = [tally_cells(row, context.tallies, "") for row in _first(rows, *order)]
    return view_of(TALLY_COLUMNS, cells, len(rows), _list("tallies"))


def _actors(actors: ActorRows, context: Context) -> View:
    rows = actors.actors
    keys, n = rows.table[rows.key], rows.table["n_mentions"]
    active = sum(groups.sizes(keys) for groups in (actors.did, actors.undergone, actors.said))
    told = pa.table({"key": keys, "n": n, "active": pa.array(active, pa.int64())})
    order = [("active", "descending"), ("n", "descending"), ("key", "ascending")]
    first = pc.select_k_unstable(told, k=min(_SHOWN, len(rows)), sort_keys=order)
    cells = [actor_cells(row, context.actors, "") for row in rows.of(keys.take(first).to_pylist())]
    return view_of(ACTOR_COLUMNS, cells, len(rows), _list("actors"))


def _articles(documents: Rows) -> View:
    found = _first(documents, ("published_on", "descending"), ("doc_id", "descending"))
    lines = [
        Line([day_of(d), Link(d["title"], names.article(d["doc_id"], "")), source_of(d) or NO_SOURCE])
        for d in found
    ]
    return View(["published", "article", "source"], lines, frozenset(), len(documents), _list("documents"))

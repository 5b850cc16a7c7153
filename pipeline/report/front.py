"""The front page: what is covered, when, who, where, how much, and how sure. Aggregates only, so that it stays small."""

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.report import charts
from pipeline.report.article import title_of
from pipeline.report.load import Row, count, frame, month_rows, months, records
from pipeline.report.names import page_name
from pipeline.report.views import Cell, Line, Link, View, badge, between, number

_COUNTED = (
    "documents",
    "events",
    "incidents",
    "quotes",
    "figures",
    "tallies",
    "actors",
    "rejected_documents",
)
_LISTED = 100
_GRID = 12
_TALLIES = 6
_POINTS = 60
_PLACES = 300
_MAX_DAYS = 92


def _text(value: Any) -> str | None:
    return None if value is None or value != value else str(value)


def _view(rows: list[Row], columns: list[str]) -> View:
    numeric = frozenset(c for c in columns if rows and isinstance(rows[0][c], int | float))
    cells: list[list[Cell]] = [
        [number(row[c]) if c in numeric else _text(row[c]) for c in columns] for row in rows
    ]
    return View(columns, [Line(c) for c in cells], numeric, len(rows))


def _over_time(events: pd.DataFrame) -> tuple[list[Row], str]:
    """Reports by month and type, or by day where they span three months at most."""
    dated = events.dropna(subset=["published_on"])
    if dated.empty:
        return [], "yearmonth"
    days = dated["published_on"].astype(str)
    short = (pd.Timestamp(days.max()) - pd.Timestamp(days.min())).days <= _MAX_DAYS
    day = days if short else days.str[:7] + "-01"
    grouped = dated.assign(day=day).groupby(["day", "event_type"], as_index=False).size()
    rows = records(grouped.rename(columns={"size": "events"}))
    return rows, "yearmonthdate" if short else "yearmonth"


def _dyads(data: Path, names: pd.Series) -> list[Row]:
    """The busiest actors against the busiest recipients."""
    parties = frame(data, "event_actors", ["event_id", "actor_id", "role"]).dropna(subset=["actor_id"])
    parties["name"] = parties["actor_id"].map(names)
    sides = [
        parties[parties["role"] == role][["event_id", "name"]].drop_duplicates()
        for role in ("actor", "recipient")
    ]
    top = [
        set(
            side["name"]
            .value_counts()
            .sort_index()
            .sort_values(ascending=False, kind="stable")
            .head(_GRID)
            .index
        )
        for side in sides
    ]
    pairs = sides[0].merge(sides[1], on="event_id", suffixes=("_actor", "_recipient"))
    pairs = pairs[pairs["name_actor"].isin(top[0]) & pairs["name_recipient"].isin(top[1])]
    grouped = pairs.groupby(["name_actor", "name_recipient"], as_index=False).size()
    return records(grouped.set_axis(["actor", "recipient", "events"], axis=1))


def _places(events: pd.DataFrame) -> list[Row]:
    located = events.dropna(subset=["latitude", "longitude"])
    grouped = (
        located.groupby(["place", "latitude", "longitude"], as_index=False)
        .size()
        .rename(columns={"size": "events"})
    )
    return records(grouped.sort_values(["events", "place"], ascending=[False, True]).head(_PLACES))


def _growth(data: Path, tallies: pd.DataFrame, titles: dict[str, str]) -> list[Row]:
    """The values of the tallies that most articles give, each with the first article of a day that gives it."""
    shared = tallies[tallies["n_documents"] > 1]
    chosen = shared.sort_values(
        ["n_documents", "n_figures", "tally_id"], ascending=[False, False, True]
    ).head(_TALLIES)
    label = {t["tally_id"]: f"{t['counted'] or t['measure']} ({t['agreement']})" for t in records(chosen)}
    figures = frame(data, "figures", ["tally_id", "published_on", "doc_id", "value", "text"])
    figures = figures[figures["tally_id"].isin(list(label))].dropna(subset=["published_on"])
    figures = figures.sort_values(["tally_id", "published_on", "doc_id"])
    points = figures.drop_duplicates(["tally_id", "published_on", "value"]).groupby("tally_id").tail(_POINTS)
    return [
        {
            "tally": label[f["tally_id"]],
            "tally_id": f["tally_id"],
            "day": str(f["published_on"]),
            "value": f["value"],
            "source": titles.get(f["doc_id"], f["doc_id"]),
        }
        for f in records(points)
    ]


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
                _text(r["last_reported_on"]),
                r["event_type"],
                _text(r["actor_names"]),
                _text(r["recipient_names"]),
                between(_text(r["date_from"]), _text(r["date_to"])),
                _text(r["place"]),
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
                _text(r["counted"]),
                _text(r["measure"]),
                _text(r["unit"]),
                between(r["value_low"], r["value_high"]),
                number(r["latest_value"]),
                _text(r["latest_on"]),
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


def _actors(data: Path, actors: pd.DataFrame, with_page: set[str]) -> View:
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
    rows = (
        actors.join(by_role, on="actor_id")
        .assign(said=actors["actor_id"].map(said))
        .fillna({"actor": 0, "recipient": 0, "said": 0})
    )
    rows["active"] = rows["actor"] + rows["recipient"] + rows["said"]
    rows = rows.sort_values(["active", "n_mentions", "actor_id"], ascending=[False, False, True])
    lines = [
        Line(
            [
                Link(r["name"], f"actors/{page_name(r['actor_id'])}")
                if r["actor_id"] in with_page
                else r["name"],
                r["actor_type"],
                _text(r["country"]),
                _text(r["role"]),
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
    actors = frame(
        data, "actors", ["actor_id", "name", "actor_type", "country", "role", "n_documents", "n_mentions"]
    )
    tallies = frame(
        data,
        "tallies",
        [
            "tally_id",
            "measure",
            "counted",
            "unit",
            "value_low",
            "value_high",
            "latest_value",
            "latest_on",
            "n_figures",
            "n_documents",
            "agreement",
        ],
    )
    newest = _newest_documents(data)
    titles = {row["doc_id"]: title_of(row) for row in newest}
    over_time, unit = _over_time(events)
    drawn = [
        ("time", "Events over time", charts.events_over_time(over_time, unit), over_time),
        (
            "dyads",
            "Who acted upon whom",
            charts.dyads(rows := _dyads(data, actors.set_index("actor_id")["name"])),
            rows,
        ),
        ("places", "Where", charts.places(rows := _places(events)), rows),
        ("tallies", "Counts as they grew", charts.tallies(rows := _growth(data, tallies, titles)), rows),
    ]
    figures = [
        {
            "id": f"chart-{key}",
            "title": title,
            "spec": spec,
            "view": _view(rows, [column for column in rows[0] if column != "tally_id"]),
        }
        for key, title, spec, rows in drawn
        if rows
    ]
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
        "actors": _actors(data, actors, with_page),
        "months": [
            {"name": m, "href": f"months/{m}.html", "n": count(data, "documents", m)} for m in months(data)
        ],
        "articles": articles_view(newest),
        "rejected": _view(records(rejected.head(_LISTED)), ["path", "reason", "detail"]),
    }

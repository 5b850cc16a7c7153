"""What the front page draws: rows counted and grouped, each with its chart and as a table."""

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.report import charts
from pipeline.report.load import Row, frame, records
from pipeline.report.views import plain_view

_GRID = 12
"""Actors and recipients shown: the busiest."""
_TALLIES = 6
_POINTS = 60
"""Values drawn of a tally: the newest."""
_PLACES = 300
_MAX_DAYS = 92
"""Reports are counted by day where they span no more than this, else by month."""


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


def drawn(
    data: Path, events: pd.DataFrame, tallies: pd.DataFrame, titles: dict[str, str]
) -> list[dict[str, Any]]:
    """The charts that have anything to show, in order: id, title, Vega-Lite specification, the same as a table.

    `titles`: doc_id -> title of the articles that tallies name as sources.
    """
    names = frame(data, "actors", ["actor_id", "name"]).set_index("actor_id")["name"]
    over_time, unit = _over_time(events)
    pairs, places, growth = _dyads(data, names), _places(events), _growth(data, tallies, titles)
    shown = [
        ("time", "Events over time", charts.events_over_time(over_time, unit), over_time),
        ("dyads", "Who acted upon whom", charts.dyads(pairs), pairs),
        ("places", "Where", charts.places(places), places),
        ("tallies", "Counts as they grew", charts.tallies(growth), growth),
    ]
    return [
        {
            "id": f"chart-{key}",
            "title": title,
            "spec": spec,
            "view": plain_view(rows, [column for column in rows[0] if column != "tally_id"]),
        }
        for key, title, spec, rows in shown
        if rows
    ]

"""What the front page draws: rows counted and grouped, each with its chart and as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.report import charts, names
from pipeline.report.load import Row, frame, records
from pipeline.report.views import plain_view
from pipeline.report.words import DEEDS, plain_words

_GRID = 12
"""Actors and recipients shown: the busiest."""
_PLACES = 300
_MAX_DAYS = 92
"""Reports are counted by day where they span no more than this, else by month."""
_STRAY = 0.01
"""Share of the reports, at either end, that may lie so far off that drawing them would squeeze the others."""


def over_time(events: pd.DataFrame) -> tuple[list[Row], str, int]:
    """Reports by month and type, or by day where they span three months at most; and how many lie too far off to be drawn."""
    dated = events.dropna(subset=["published_on"])
    if dated.empty:
        return [], "yearmonth", 0
    days = pd.to_datetime(dated["published_on"].astype(str))
    kept = dated[_inside(days)]
    strays = len(dated) - len(kept)
    told = kept["published_on"].astype(str)
    short = (pd.Timestamp(told.max()) - pd.Timestamp(told.min())).days <= _MAX_DAYS
    day = told if short else told.str[:7] + "-01"
    grouped = kept.assign(day=day, deed=kept["status"].isin(list(DEEDS)))
    grouped = grouped.groupby(["day", "event_type", "deed"], as_index=False).size()
    rows = records(grouped.rename(columns={"size": "events"}))
    return rows, "yearmonthdate" if short else "yearmonth", strays


def by_day(rows: Sequence[Row], unit: str) -> list[Row]:
    """The rows of the chart over time as a reader can take them in: a line a day or month, deeds and the rest, the commonest type."""
    length = len("2026-03-02") if unit.endswith("date") else len("2026-03")
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = found.setdefault(row["day"][:length], {"deeds": 0, "plans_and_denials": 0, "types": Counter()})
        line["deeds" if row["deed"] else "plans_and_denials"] += row["events"]
        line["types"][row["event_type"]] += row["events"]
    return [
        {
            "published": day,
            "deeds": line["deeds"],
            "plans_and_denials": line["plans_and_denials"],
            "mostly": min(line["types"].items(), key=lambda item: (-item[1], item[0]))[0],
            "href": names.filtered(f"events/{day[:7]}.html", published=day),
        }
        for day, line in sorted(found.items())
    ]


def _inside(days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
    """Days that are no strays: outliers only where they would more than double the axis."""
    ordered = days.sort_values().reset_index(drop=True)
    cut = int(len(ordered) * _STRAY)
    low, high = ordered.iloc[cut], ordered.iloc[len(ordered) - 1 - cut]
    margin = (high - low) + pd.Timedelta(days=_MAX_DAYS)
    return days.between(low - margin, high + margin)


def dyads(
    data: Path, events: pd.DataFrame, known: Mapping[str, str]
) -> tuple[list[Row], list[str], list[str]]:
    """Deeds between the busiest actors and the busiest recipients, and both sides, busiest first."""
    parties = frame(data, "event_actors", ["event_id", "actor_id", "role"]).dropna(subset=["actor_id"])
    deeds = events.loc[events["status"].isin(list(DEEDS)), "event_id"]
    parties = parties[
        parties["event_id"].isin(deeds) & parties["actor_id"].isin(list(known))
    ].drop_duplicates()
    sides = [parties[parties["role"] == role][["event_id", "actor_id"]] for role in ("actor", "recipient")]
    pairs = sides[0].merge(sides[1], on="event_id", suffixes=("_actor", "_recipient"))
    grouped = pairs.groupby(["actor_id_actor", "actor_id_recipient"], as_index=False).size()
    top = [_busiest(grouped, f"actor_id_{role}") for role in ("actor", "recipient")]
    grouped = grouped[grouped["actor_id_actor"].isin(top[0]) & grouped["actor_id_recipient"].isin(top[1])]
    rows = [
        {
            "actor": known[row["actor_id_actor"]],
            "recipient": known[row["actor_id_recipient"]],
            "events": row["size"],
            "href": names.filtered(
                names.actor(row["actor_id_actor"], ""), to_whom=known[row["actor_id_recipient"]]
            ),
        }
        for row in records(grouped)
    ]
    rows.sort(key=lambda row: (-row["events"], row["actor"], row["recipient"]))
    return rows, [known[key] for key in top[0]], [known[key] for key in top[1]]


def _busiest(grouped: pd.DataFrame, side: str) -> list[str]:
    total = grouped.groupby(side)["size"].sum().reset_index()
    return total.sort_values(["size", side], ascending=[False, True])[side].head(_GRID).tolist()


def places(events: pd.DataFrame) -> list[Row]:
    """Reports by place, the places that have coordinates, busiest first; each leads to all of them, by month where there are several."""
    located = events.dropna(subset=["latitude", "longitude"])
    if located.empty:
        return []
    month = located["published_on"].astype(str).str[:7]
    month = month.where(month.str.match(r"\d{4}-\d\d$"), "undated")
    grouped = located.assign(month=month).groupby(["place", "latitude", "longitude"], as_index=False)
    counted = grouped.size().rename(columns={"size": "events"})
    months = grouped["month"].agg(["nunique", "first"])
    counted["page"] = months["first"].where(months["nunique"] == 1, "index")
    rows = records(counted.sort_values(["events", "place"], ascending=[False, True]).head(_PLACES))
    for row in rows:
        row["href"] = names.filtered(f"events/{row.pop('page')}.html", where=row["place"])
    return rows


def drawn(data: Path, events: pd.DataFrame, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """The charts that have anything to show, in order: id, title, a note, Vega-Lite specification, the same as a table.

    `known`: actor_id -> name of the actors that have a page.
    """
    timed, unit, strays = over_time(events)
    pairs, actors, recipients = dyads(data, events, known)
    placed = places(events)
    unplaced = int(events["latitude"].isna().sum())
    far = (
        f"{strays:,} reports lie so far off in time that they are not drawn; the lists hold them."
        if strays
        else ""
    )
    without = f"{unplaced:,} of {len(events):,} reports name no place that is known." if unplaced else ""
    shown = [
        (
            "dyads",
            "Who acted upon whom",
            "Deeds only; the busiest first.",
            charts.dyads(pairs, actors, recipients),
            pairs,
        ),
        (
            "time",
            "What was reported, when",
            far,
            charts.events_over_time(timed, unit, plain_words("event_type")),
            by_day(timed, unit),
        ),
        ("places", "Where", without, charts.places(placed), placed),
    ]
    return [
        {
            "id": f"chart-{key}",
            "title": title,
            "note": note,
            "spec": spec,
            "view": plain_view(
                rows, [c for c in rows[0] if c != "href"], "events" if "events" in rows[0] else "deeds"
            ),
        }
        for key, title, note, spec, rows in shown
        if rows
    ]

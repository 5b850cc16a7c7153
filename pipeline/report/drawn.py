"""What the front page draws: rows counted and grouped, each with its chart and as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report import charts, names
from pipeline.report.groups import Known
from pipeline.report.load import Row, records
from pipeline.report.ties import ACTED, PLACED, TOLD
from pipeline.report.views import plain_view
from pipeline.report.words import DEEDS, plain_words

_GRID = 12
"""Actors and recipients shown: the busiest."""
_PLACES = 300
_MAX_DAYS = 92
"""Reports are counted by day where they span no more than this, else by month."""
_STRAY = 0.01
"""Share of the reports, at either end, that may lie so far off that drawing them would squeeze the others."""


def told(known: Known) -> pd.DataFrame:
    """How many reports there are (`n`) by day of publication (none for undated ones), type and status."""
    found = known.of(TOLD).select(["key", "other", "n"]).to_pandas()
    grouped = found.groupby(["key", "other"], as_index=False)["n"].sum()
    kinds = {
        other: other.split(" ", 1) for other in grouped["other"].unique()
    }  # a few dozen, however many days
    day = grouped["key"].where(grouped["key"] != "")
    return pd.DataFrame(
        {
            "day": day,
            "event_type": grouped["other"].map({other: kind for other, (kind, _) in kinds.items()}),
            "deed": grouped["other"].map({other: status in DEEDS for other, (_, status) in kinds.items()}),
            "n": grouped["n"],
        }
    )


def over_time(reports: pd.DataFrame) -> tuple[list[Row], str, int]:
    """Reports by month and type, or by day where they span three months at most; and how many lie too far off to be drawn."""
    dated = reports.dropna(subset=["day"])
    if dated.empty:
        return [], "yearmonth", 0
    kept = dated[_inside(pd.to_datetime(dated["day"]), dated["n"])]
    strays = int(dated["n"].sum() - kept["n"].sum())
    short = (pd.Timestamp(kept["day"].max()) - pd.Timestamp(kept["day"].min())).days <= _MAX_DAYS
    day = kept["day"] if short else kept["day"].str[:7] + "-01"
    grouped = kept.assign(day=day, events=kept["n"]).groupby(["day", "event_type", "deed"], as_index=False)
    rows = records(grouped[["events"]].sum())
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


def _inside(days: "pd.Series[pd.Timestamp]", n: "pd.Series[int]") -> "pd.Series[bool]":
    """Days that are no strays: outliers only where they would more than double the axis. `n`: reports of each."""
    order = days.argsort()
    passed = n.iloc[order].cumsum().to_numpy()
    cut = int(passed[-1] * _STRAY)
    low, high = (
        days.iloc[order.iloc[int(passed.searchsorted(place, side="right"))]]
        for place in (cut, passed[-1] - 1 - cut)
    )
    margin = (high - low) + pd.Timedelta(days=_MAX_DAYS)
    return days.between(low - margin, high + margin)


def dyads(found: Known, known: Mapping[str, str]) -> tuple[list[Row], list[str], list[str]]:
    """Deeds between the busiest actors and the busiest recipients, and both sides, busiest first."""
    acted = found.of(ACTED).select(["key", "other", "n"])
    shown = pa.array(list(known), pa.string())
    acted = acted.filter(pc.and_(pc.is_in(acted["key"], shown), pc.is_in(acted["other"], shown)))
    names_of = {"key": "actor_id_actor", "other": "actor_id_recipient", "n": "size"}
    pairs = acted.to_pandas().rename(columns=names_of)
    grouped = pairs.groupby(["actor_id_actor", "actor_id_recipient"], as_index=False)["size"].sum()
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


def places(known: Known) -> list[Row]:
    """Reports by place, the places that have coordinates, busiest first; each leads to all of them, by month where there are several."""
    placed = known.of(PLACED)
    placed = placed.filter(pc.and_(pc.not_equal(placed["other"], ""), pc.not_equal(placed["key"], "")))
    if not placed.num_rows:
        return []
    located = placed.select(["key", "other", "n", "month"]).to_pandas()
    months = located.groupby(["key", "other"], as_index=False)["month"].agg(["nunique", "first"])
    counted = located.groupby(["key", "other"], as_index=False)["n"].sum()
    at = counted["other"].str.split(" ", n=1, expand=True).astype(float)
    counted = pd.DataFrame(
        {"place": counted["key"], "latitude": at[0], "longitude": at[1], "events": counted["n"]}
    ).assign(page=months["first"].where(months["nunique"] == 1, "index").to_numpy())
    counted = counted.sort_values(["place", "latitude", "longitude"])
    rows = records(
        counted.sort_values(["events", "place"], ascending=[False, True], kind="stable").head(_PLACES)
    )
    for row in rows:
        row["href"] = names.filtered(f"events/{row.pop('page')}.html", where=row["place"])
    return rows


def drawn(found: Known, reports: pd.DataFrame, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """The charts that have anything to show, in order: id, title, a note, Vega-Lite specification, the same as a table.

    `reports`: as counted by `told`; `known`: actor_id -> name of the actors that have a page.
    """
    timed, unit, strays = over_time(reports)
    pairs, actors, recipients = dyads(found, known)
    placed = places(found)
    at = found.of(PLACED)
    total = int(reports["n"].sum())
    unplaced = pc.sum(at.filter(pc.equal(at["other"], ""))["n"]).as_py() or 0
    far = (
        f"{strays:,} reports lie so far off in time that they are not drawn; the lists hold them."
        if strays
        else ""
    )
    without = f"{unplaced:,} of {total:,} reports name no place that is known." if unplaced else ""
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

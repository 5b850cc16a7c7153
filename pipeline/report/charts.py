"""Vega-Lite specifications of the pages. Pure functions: a table of plain rows in, a specification out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Rows = list[dict[str, Any]]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_TICKS = 6
_LABELS = {"labelLimit": 160, "title": None}
_FOR_SLANTED = {"left": 5, "top": 5, "right": 28, "bottom": 5}
"""Pixels around a chart with slanted names, which reach further to the right than Vega reckons."""


def _spec(description: str, values: Rows, **parts: Any) -> Spec:
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "background": "transparent",
        **parts,
    }


def _tooltip(*fields: str) -> list[dict[str, str]]:
    return [{"field": field, "type": "nominal"} for field in fields]


_ALL = {
    "params": [
        {
            "name": "all",
            "value": False,
            "bind": {"input": "checkbox", "name": "with plans, threats, denials "},
        }
    ],
}
"""Deeds only, unless the reader asks for all."""


def _as_csv(rows: Rows, columns: Mapping[str, str]) -> dict[str, Any]:
    """Plain values as one text, a third of their length as objects; `columns` names them and how they are read."""
    lines = [",".join(columns), *(",".join(str(row[column]) for column in columns) for row in rows)]
    return {"values": "\n".join(lines), "format": {"type": "csv", "parse": dict(columns)}}


def events_over_time(rows: Rows, unit: str, meanings: Mapping[str, str]) -> Spec:
    """Stacked bars: `day` (ISO date), `event_type`, `deed`, `events`; `unit` is the Vega-Lite time unit yearmonth or yearmonthdate.

    Addresses and meanings are made in the browser, so that the page stays small however many days there are.
    """
    published = "%Y-%m-%d" if unit.endswith("date") else "%Y-%m"
    href = f"'events/' + utcFormat(datum.day, '%Y-%m') + '.html#published=' + utcFormat(datum.day, '{published}') + '&type=' + datum.event_type"
    packed = [row | {"deed": int(row["deed"])} for row in rows]
    columns = {"day": "date", "event_type": "string", "deed": "number", "events": "number"}
    return _spec(
        "Reports of events over time, by type of event",
        [],
        **_ALL,
        transform=[
            {"filter": "datum.deed || all"},
            {"calculate": href, "as": "href"},  # one a bar, so that it groups the rows as the bar does
            {"calculate": f"({json.dumps(dict(meanings))})[datum.event_type]", "as": "meaning"},
        ],
        height=240,
        mark={"type": "bar", "cursor": "pointer"},
        encoding={
            "x": {
                "field": "day",
                "type": "temporal",
                "timeUnit": f"utc{unit}",
                "title": None,
                "axis": {"tickCount": max(1, min(_TICKS, len({row["day"] for row in rows})))},
            },
            "y": {"field": "events", "type": "quantitative", "aggregate": "sum", "title": "reports"},
            "color": {
                "field": "event_type",
                "type": "nominal",
                "title": None,
                "scale": {"scheme": "tableau20"},
                "legend": {"orient": "bottom", "columns": 4},
            },
            "href": {"field": "href"},
            "tooltip": [
                {"field": "event_type", "type": "nominal", "title": "type"},
                {"field": "meaning", "type": "nominal", "title": "that is"},
                {"field": "day", "type": "temporal", "timeUnit": f"utc{unit}", "title": "published"},
                {"field": "events", "aggregate": "sum", "title": "reports"},
            ],
        },
    ) | {"data": _as_csv(packed, columns)}


def dyads(rows: Rows, actors: Sequence[str], recipients: Sequence[str]) -> Spec:
    """A grid of who acted upon whom: `actor`, `recipient`, `events`, `href`; both sides in the order given."""
    return _spec(
        "How many deeds lead from each actor to each recipient, the busiest first",
        rows,
        padding=_FOR_SLANTED,
        height={"step": 24},
        mark={"type": "rect", "cursor": "pointer"},
        encoding={
            "y": {"field": "actor", "type": "nominal", "axis": _LABELS, "sort": list(actors)},
            "x": {
                "field": "recipient",
                "type": "nominal",
                "axis": {**_LABELS, "labelAngle": -45, "orient": "top"},
                "sort": list(recipients),
            },
            "color": {
                "field": "events",
                "type": "quantitative",
                "title": "deeds",
                "scale": {"scheme": "blues", "domainMin": 0},
                "legend": {"orient": "bottom", "tickMinStep": 1},
            },
            "href": {"field": "href"},
            "tooltip": [*_tooltip("actor", "recipient"), {"field": "events", "title": "deeds"}],
        },
    )


def places(rows: Rows) -> Spec:
    """A world map of circles: `place`, `latitude`, `longitude` (degrees), `events`, `href`. The page supplies the coastlines."""
    most = max((row["events"] for row in rows), default=1)
    steps = sorted({1, round(most / 2) or 1, most})
    circles = {
        "data": {"values": rows},
        "mark": {"type": "circle", "opacity": 0.75, "cursor": "pointer"},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "size": {
                "field": "events",
                "type": "quantitative",
                "title": "reports",
                "scale": {"domain": [0, most], "range": [20, 700]},
                "legend": {"orient": "bottom", "values": steps, "format": "d"},
            },
            "href": {"field": "href"},
            "tooltip": [*_tooltip("place"), {"field": "events", "title": "reports"}],
        },
    }
    land = {
        "data": {"name": "world", "format": {"type": "topojson", "feature": "countries"}},
        "mark": {"type": "geoshape", "fill": "#8884", "stroke": "#888", "strokeWidth": 0.4},
    }
    return {
        "$schema": SCHEMA,
        "description": "Where the reported events took place",
        "width": "container",
        "height": 300,
        "background": "transparent",
        "projection": {"type": "equalEarth"},
        "layer": [land, circles],
    }


def tally(rows: Rows, unit: str) -> Spec:
    """A count as it grew: `day` (ISO date), `value`, `high` (bounds), `words`, `source`, `sentence`, `href`; one unit, one axis."""
    days = sorted({row["day"] for row in rows})
    ticks = {"values": days} if len(days) <= _TICKS else {"tickCount": _TICKS}
    x = {
        "field": "day",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "title": None,
        "axis": {**ticks, "format": "%-d %b %Y", "labelOverlap": True, "labelFlush": True},
    }
    colour = {
        "field": "source",
        "type": "nominal",
        "title": "by whose count",
        "legend": {"orient": "bottom", "columns": 2, "labelLimit": 260},
    }
    tooltip = [{"field": f, "type": "nominal"} for f in ("words", "source", "sentence")]
    whole = all(float(row["value"]).is_integer() for row in rows)
    axis = {"tickMinStep": 1, "format": ",d"} if whole else {}
    scale = {"zero": False, "nice": True}
    value = {"field": "value", "type": "quantitative", "title": unit, "scale": scale, "axis": axis}
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "color": "#8888", "strokeWidth": 2},
        "encoding": {"x": x, "y": value},
    }
    bounds = {
        "transform": [{"filter": "datum.high != datum.value"}],
        "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.5},
        "encoding": {"x": x, "y": value, "y2": {"field": "high"}, "color": colour},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 90, "cursor": "pointer"},
        "encoding": {"x": x, "y": value, "color": colour, "href": {"field": "href"}, "tooltip": tooltip},
    }
    return _spec(
        "The count as it was given from report to report; each dot leads to its sentence",
        rows,
        height=280,
        layer=[line, bounds, dots],
    )


def actor_over_time(rows: Rows) -> Spec:
    """Bars by month: `month` (YYYY-MM), `side` (did, underwent), `events`, `href`."""
    upright = {"labelAngle": 0} if len({row["month"] for row in rows}) <= _TICKS else {}
    return _spec(
        "Deeds that it did and underwent, by month",
        rows,
        height=120,
        mark={"type": "bar", "tooltip": True, "cursor": "pointer"},
        encoding={
            "x": {
                "field": "month",
                "type": "ordinal",
                "title": None,
                "axis": {"labelOverlap": True, **upright},
            },
            "href": {"field": "href"},
            "xOffset": {"field": "side"},
            "y": {"field": "events", "type": "quantitative", "title": "deeds", "axis": {"tickMinStep": 1}},
            "color": {"field": "side", "type": "nominal", "title": None, "legend": {"orient": "bottom"}},
        },
    )

"""Vega-Lite specifications of the front page. Pure functions: a table of plain rows in, a specification out."""

from typing import Any

Rows = list[dict[str, Any]]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_TICKS = 8
_LABELS = {"labelLimit": 220, "title": None}


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


def events_over_time(rows: Rows, unit: str) -> Spec:
    """Stacked bars: `day` (ISO date), `event_type`, `events`; `unit` is a Vega-Lite time unit such as yearmonth."""
    return _spec(
        "Reports of events over time, by type of event",
        rows,
        height=260,
        mark={"type": "bar", "tooltip": True},
        encoding={
            "x": {
                "field": "day",
                "type": "temporal",
                "timeUnit": f"utc{unit}",
                "title": None,
                "axis": {"tickCount": min(_TICKS, len({row["day"] for row in rows}))},
            },
            "y": {"field": "events", "type": "quantitative", "aggregate": "sum", "title": "reports"},
            "color": {
                "field": "event_type",
                "type": "nominal",
                "title": None,
                "scale": {"scheme": "tableau20"},
                "legend": {"orient": "bottom", "columns": 6},
            },
        },
    )


def dyads(rows: Rows) -> Spec:
    """A grid of who acted upon whom: `actor`, `recipient`, `events`."""
    return _spec(
        "How many reported events lead from each actor to each recipient",
        rows,
        height={"step": 24},
        mark={"type": "rect", "tooltip": True},
        encoding={
            "y": {"field": "actor", "type": "nominal", "axis": _LABELS, "sort": "-color"},
            "x": {
                "field": "recipient",
                "type": "nominal",
                "axis": {**_LABELS, "labelAngle": -40},
                "sort": "-color",
            },
            "color": {
                "field": "events",
                "type": "quantitative",
                "title": "reports",
                "scale": {"scheme": "blues"},
            },
        },
    )


def places(rows: Rows) -> Spec:
    """A world map of circles: `place`, `latitude`, `longitude` (degrees), `events`. The page supplies the coastlines."""
    circles = {
        "data": {"values": rows},
        "mark": {"type": "circle", "tooltip": True, "opacity": 0.75},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "size": {
                "field": "events",
                "type": "quantitative",
                "title": "reports",
                "scale": {"range": [30, 900]},
            },
            "tooltip": [
                {"field": "place", "type": "nominal"},
                {"field": "events", "type": "quantitative", "title": "reports"},
            ],
        },
    }
    land = {
        "data": {"name": "world", "format": {"type": "topojson", "feature": "countries"}},
        "mark": {"type": "geoshape", "fill": "#8886", "stroke": "#888", "strokeWidth": 0.4},
    }
    return {
        "$schema": SCHEMA,
        "description": "Where the reported events took place",
        "width": "container",
        "height": 320,
        "background": "transparent",
        "projection": {"type": "equalEarth"},
        "layer": [land, circles],
    }


def tallies(rows: Rows) -> Spec:
    """Lines of running counts: `tally_id`, `tally` (its label), `day` (ISO date), `value`, `source`."""
    return _spec(
        "Figures that count the same thing, as they grew from report to report",
        rows,
        height=280,
        mark={"type": "line", "point": {"filled": True, "size": 60}, "tooltip": True},
        encoding={
            "x": {"field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate", "title": None},
            "y": {"field": "value", "type": "quantitative", "title": "value", "scale": {"type": "symlog"}},
            "color": {
                "field": "tally",
                "type": "nominal",
                "title": None,
                "legend": {"orient": "bottom", "columns": 2, "labelLimit": 320},
            },
            "detail": {"field": "tally_id"},
            "tooltip": [
                {"field": "tally", "type": "nominal"},
                {"field": "day", "type": "temporal"},
                {"field": "value", "type": "quantitative"},
                {"field": "source", "type": "nominal"},
            ],
        },
    )

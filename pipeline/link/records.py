"""The record of an incident: what its reports say, taken together."""

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.link.reports import Reports
from pipeline.link.rows import NO_DAY, Floats, Ints, parts
from pipeline.link.sources import Voices, count_sources
from pipeline.link.standing import DENIAL
from pipeline.link.verdicts import toll_sides, who_sides
from schemas.arrow import arrow_schema

Record = dict[str, object]
_TOLD = (
    *("event_type", "status", "date_from", "date_to", "place", "place_country", "latitude", "longitude"),
    *("actor_names", "actor_countries", "recipient_names", "recipient_countries"),
    *("fatalities_low", "fatalities_high", "n_reports", "n_documents", "n_sources"),
    *("first_reported_on", "last_reported_on", "summary"),
)
TOLD = pa.schema(
    [
        *map(arrow_schema("incidents").field, _TOLD),
        *((name, pa.list_(pa.string())) for name in ("who", "toll")),
        ("told_best", pa.string()),
    ]
)
"""What the record of an incident holds: columns of the table, the two reports that differ in who or how many, the report that tells most."""


def incident(source_of: Voices, reports: Reports, rows: Ints) -> Record:
    """The row of an incident, without its key and what ties it to others. `rows` are in their stable order."""
    return single(reports, int(rows[0])) if len(rows) == 1 else together(source_of, reports, rows)


def together(source_of: Voices, reports: Reports, rows: Ints) -> Record:
    """What several reports tell."""
    c = reports.cells
    docs = sorted({c["doc_id"][row] for row in rows})
    published = [row for row in rows if reports.published[row] != NO_DAY]
    days = _days(reports, "published_on")
    sharpest, place = _sharpest(reports, rows), _place(reports, rows)
    low, high = reports.fatalities[rows], reports.fatalities_high[rows]
    quoted = {c["doc_id"][row]: c["attributed_to"][row] for row in rows}
    best = most_informative(reports, rows)
    return {
        "event_type": c["event_type"][rows[0]],
        "status": "denied"
        if (reports.standing[rows] == DENIAL).all()
        else status({c["status"][row] for row in rows}, bool(reports.threatened[rows].any())),
        "date_from": None if sharpest is None else _days(reports, "date_from")[sharpest],
        "date_to": None if sharpest is None else _days(reports, "date_to")[sharpest],
        "place": c["place"][place] or None if place is not None else None,
        "place_country": c["place_country"][place] or None if place is not None else None,
        "latitude": _known(reports.latitude, place),
        "longitude": _known(reports.longitude, place),
        "actor_names": _all([c["actor_names"][row] for row in rows]),
        "actor_countries": _all([c["actor_countries"][row] for row in rows]),
        "recipient_names": _all([c["recipient_names"][row] for row in rows]),
        "recipient_countries": _all([c["recipient_countries"][row] for row in rows]),
        "fatalities_low": None if np.isnan(low).all() else int(np.nanmin(low)),
        "fatalities_high": _upper(low, high),
        "n_reports": len(rows),
        "n_documents": len(docs),
        "n_sources": count_sources(docs, source_of, quoted),
        "first_reported_on": days[published[0]] if published else None,
        "last_reported_on": days[published[-1]] if published else None,
        "who": _events(reports, who_sides(reports, rows)),
        "toll": _events(reports, toll_sides(reports, rows)),
        "told_best": c["event_id"][best],
        "summary": c["sentence"][best],
    }


def single(reports: Reports, row: int) -> Record:
    """What one report tells, as `together` would say it: most incidents have but one."""
    c = reports.cells
    dated = reports.first[row] != NO_DAY and reports.last[row] != NO_DAY
    placed = row if c["place"][row] or c["place_country"][row] else None
    low, high = reports.fatalities[row], reports.fatalities_high[row]
    on = _days(reports, "published_on")[row] if reports.published[row] != NO_DAY else None
    denied = reports.standing[row] == DENIAL
    return {
        "event_type": c["event_type"][row],
        "status": "denied" if denied else status({c["status"][row]}, bool(reports.threatened[row])),
        "date_from": _days(reports, "date_from")[row] if dated else None,
        "date_to": _days(reports, "date_to")[row] if dated else None,
        "place": c["place"][row] or None,
        "place_country": c["place_country"][row] or None,
        "latitude": _known(reports.latitude, placed),
        "longitude": _known(reports.longitude, placed),
        "actor_names": _all([c["actor_names"][row]]),
        "actor_countries": _all([c["actor_countries"][row]]),
        "recipient_names": _all([c["recipient_names"][row]]),
        "recipient_countries": _all([c["recipient_countries"][row]]),
        "fatalities_low": None if np.isnan(low) else int(low),
        "fatalities_high": None if np.isnan(low) or np.isnan(high) else int(high),
        "n_reports": 1,
        "n_documents": 1,
        "n_sources": 1,
        "first_reported_on": on,
        "last_reported_on": on,
        "who": None,
        "toll": None,
        "told_best": c["event_id"][row],
        "summary": c["sentence"][row],
    }


def _days(reports: Reports, name: str) -> Any:
    """A column of days, one cell after another."""
    if name not in reports.days:
        reports.days[name] = reports.frame[name].to_numpy(dtype=object)
    return reports.days[name]


def status(told: set[str], threatened: bool) -> str:
    """The status of an incident from those of its reports: the surest counts."""
    if told & {"actual", "historical"}:
        return "actual"
    for of_report, of_incident in (("reported", "reported"), ("negated", "denied"), ("future", "planned")):
        if of_report in told:
            return of_incident
    return "threatened" if threatened else "supposed"


def _events(reports: Reports, sides: tuple[int, int] | None) -> tuple[str, str] | None:
    """The keys of two reports."""
    ids = reports.cells["event_id"]
    return None if sides is None else (ids[sides[0]], ids[sides[1]])


def _upper(low: Floats, high: Floats) -> int | None:
    """The greatest number of deaths; none where a report that tells deaths sets no upper bound."""
    known = ~np.isnan(low)
    return None if not known.any() or np.isnan(high[known]).any() else int(high[known].max())


def _known(values: Floats, row: int | None) -> float | None:
    return None if row is None or np.isnan(values[row]) else float(values[row])


def _sharpest(reports: Reports, rows: Ints) -> int | None:
    """The report with the sharpest date, of those that tell it of the event itself; of these the most frequent date, the earliest report's in a tie."""
    dated = [int(row) for row in rows if reports.first[row] != NO_DAY and reports.last[row] != NO_DAY]
    if not dated:
        return None
    dated = [row for row in dated if reports.firm[row]] or dated
    spans = {row: (int(reports.first[row]), int(reports.last[row])) for row in dated}
    shortest = min(b - a for a, b in spans.values())
    best, _ = Counter(s for s in spans.values() if s[1] - s[0] == shortest).most_common(1)[0]
    return next(row for row in dated if spans[row] == best)


def _place(reports: Reports, rows: Ints) -> int | None:
    """The first report of the most frequent place, the earliest report's in a tie; towns count before countries."""
    c = reports.cells
    named = [int(row) for row in rows if c["place"][row]]
    towns = [row for row in named if not reports.wide[row]] or named
    if not towns:
        return next((int(row) for row in rows if c["place_country"][row]), None)
    best, _ = Counter(c["place"][row] for row in towns).most_common(1)[0]
    return next(row for row in towns if c["place"][row] == best)


def _all(cells: list[str]) -> str | None:
    """All parts of listed cells, the most frequent first."""
    if len(cells) == 1 and " | " not in cells[0]:
        return cells[0] or None
    counts = Counter(name for cell in cells for name in parts(cell))
    return " | ".join(name for name, _ in counts.most_common()) or None


def most_informative(reports: Reports, rows: Ints) -> int:
    """The report that tells most: a fact with day, place, parties and toll, neither clipped nor endless."""
    c = reports.cells

    def told(row: int) -> float:
        known = sum(bool(c[name][row]) for name in ("place", "actor_names", "recipient_names"))
        known += int(reports.first[row] != NO_DAY) + int(not np.isnan(reports.fatalities[row]))
        length = len(c["sentence"][row])
        return (
            3.0 * (c["status"][row] == "actual")
            + known
            - max(0, 60 - length) / 30
            - max(0, length - 250) / 100
        )

    return max((int(row) for row in rows), key=lambda row: (told(row), -row))

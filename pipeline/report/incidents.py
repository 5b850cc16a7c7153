"""The pages of incidents that more than one report tells: all reports side by side, and what belongs to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report import names
from pipeline.report.load import Groups, Row, frame, records, whole
from pipeline.report.views import Cell, Line, Link, Links, View, between, listed, plain, told_apart
from pipeline.report.words import NO_SOURCE, day_of, deed, meant, source_of, told, unit_words

_EVENT = [
    "event_id",
    "doc_id",
    "published_on",
    "start",
    "event_type",
    "event_mode",
    "status",
    "attributed_to",
    "date_from",
    "date_to",
    "place",
    "fatalities_low",
    "fatalities_high",
    "injured_low",
    "injured_high",
    "actor_names",
    "recipient_names",
    "incident_id",
    "confidence",
    "sentence",
]
INCIDENT = [
    "incident_id",
    "event_type",
    "status",
    "date_from",
    "date_to",
    "place",
    "actor_names",
    "recipient_names",
    "n_reports",
    "n_documents",
    "n_sources",
    "first_reported_on",
    "last_reported_on",
    "corroboration",
    "disputed_over",
    "claim_event_id",
    "counter_event_id",
    "incident_basis",
    "confidence",
    "fatalities_low",
    "fatalities_high",
    "summary",
]
_LINK = ["from", "to", "relation"]
_FIGURE = ["figure_id", "event_id", "tally_id"]
_TALLY = ["tally_id", "counted", "measure", "unit", "value_low", "value_high", "agreement", "n_figures"]
_INVERSE = {
    "plan of": "planned in",
    "denial of": "denied in",
    "response to": "answered by",
    "part of": "has part",
}
"""How a relation reads from its other end."""


@dataclass(frozen=True)
class Incidents:
    """What the pages of incidents show."""

    rows: dict[str, Row]
    """Every incident by its key."""
    reports: Groups
    documents: Mapping[str, Row]
    """doc_id -> title, outlet, credit and what it is a copy of."""
    related: Mapping[str, list[tuple[str, str]]]
    """incident_id -> (relation, other incident)."""
    tallies: Mapping[str, list[Row]]
    """incident_id -> the counts that its reports give."""
    sides: Mapping[str, list[Row]]
    """incident_id -> of a dispute the report that claims and the one that counters it."""
    paged: frozenset[str]
    """Incidents that have a page: those that several reports tell, or that another incident belongs to."""

    def href(self, key: str | None, root: str) -> str | None:
        """Where an incident is shown: its page, or the only report's place in its article."""
        if key is None or key not in self.rows:
            return None
        if key in self.paged:
            return names.incident(key, root)
        doc_id, event_id = (self.reports.column(key, name, 1) for name in ("doc_id", "event_id"))
        return names.place(doc_id[0], event_id[0], root) if event_id else None

    def digests(self) -> dict[str, str]:
        """incident_id -> a text that changes when what its page shows does."""
        return {
            key: repr(
                (
                    self.rows[key],
                    self.sides.get(key),
                    self.reports.digest(key),
                    [(r, told(self.rows[o])) for r, o in self.related.get(key, ()) if o in self.rows],
                    self.tallies.get(key),
                    [self.documents.get(doc_id) for doc_id in self.reports.column(key, "doc_id")],
                )
            )
            for key in sorted(self.paged)
        }


def load_incidents(data: Path, documents: Mapping[str, Row]) -> Incidents:
    """Read what the pages of incidents show."""
    rows = {row["incident_id"]: row for row in records(frame(data, "incidents", INCIDENT))}
    events = whole(data, "events", _EVENT)
    reports = Groups(
        events,
        "incident_id",
        [("published_on", "ascending"), ("doc_id", "ascending"), ("start", "ascending")],
    )
    related = _related(data)
    paged = frozenset(
        key
        for key, row in rows.items()
        if row["n_reports"] > 1 or any(other in rows for _, other in related.get(key, ()))
    )
    return Incidents(rows, reports, documents, related, _tallies(data), _sides(rows, events), paged)


def _sides(rows: Mapping[str, Row], events: pa.Table) -> dict[str, list[Row]]:
    """Both reports of every dispute; the one that counters may belong to an incident of its own."""
    keys = {key: [row["claim_event_id"], row["counter_event_id"]] for key, row in rows.items()}
    wanted = {event for pair in keys.values() for event in pair if event}
    if not wanted:
        return {}
    chosen = events.filter(pc.is_in(events["event_id"], pa.array(sorted(wanted)))).to_pylist()
    by_key = {row["event_id"]: row for row in chosen}
    return {key: [by_key[e] for e in pair if e in by_key] for key, pair in keys.items() if all(pair)}


def _related(data: Path) -> dict[str, list[tuple[str, str]]]:
    """Both ends of every link between incidents."""
    found: dict[str, list[tuple[str, str]]] = {}
    links = records(frame(data, "incident_links", _LINK))
    for link in links:
        source, goal, relation = (link[column] for column in _LINK)
        found.setdefault(source, []).append((relation, goal))
        found.setdefault(goal, []).append((_INVERSE.get(relation, relation), source))
    return found


def _tallies(data: Path) -> dict[str, list[Row]]:
    figures = frame(data, "figures", _FIGURE).dropna(subset=["event_id", "tally_id"])
    events = frame(data, "events", ["event_id", "incident_id"]).dropna(subset=["incident_id"])
    if figures.empty or events.empty:
        return {}
    joined = figures.merge(events, on="event_id")[["incident_id", "tally_id"]].drop_duplicates()
    tallies = frame(data, "tallies", _TALLY)
    merged = joined.merge(tallies, on="tally_id").sort_values(["incident_id", "tally_id"])
    found: dict[str, list[Row]] = {}
    for row in records(merged):
        found.setdefault(row["incident_id"], []).append(row)
    return found


def incident_pages(incidents: Incidents, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some incidents, and what the template shows of it."""
    for key in sorted(keys):
        row = incidents.rows[key]
        reports = incidents.reports.of(key)
        told_there = {report["event_id"] for report in reports}
        reports += [side for side in incidents.sides.get(key, ()) if side["event_id"] not in told_there]
        yield (
            key,
            {
                "root": "../",
                "tables": True,
                "incident": row,
                "heading": told(row),
                "type": meant("event_type", row["event_type"]),
                "status": meant("status", row.get("status")),
                "corroboration": meant("corroboration", row["corroboration"]),
                "when": between(row["date_from"], row["date_to"]),
                "reports": _reports(incidents, reports),
                "copies": _copies(incidents, reports),
                "related": [
                    (relation, Link(told(incidents.rows[other]), incidents.href(other, "../") or ""))
                    for relation, other in sorted(incidents.related.get(key, ()))
                    if other in incidents.rows
                ],
                "counts": _counts(incidents.tallies.get(key, [])),
            },
        )


def _reports(incidents: Incidents, reports: list[Row]) -> View:
    columns = [
        "published",
        "source",
        "words",
        "status",
        "what",
        "who",
        "to whom",
        "when",
        "where",
        "dead",
        "injured",
    ]
    lines = [Line(_report(incidents.documents.get(r["doc_id"], {}), r)) for r in reports]
    return View(columns, told_apart(lines, range(3, 11)), total=len(lines))


def _report(document: Row, report: Row) -> list[Cell]:
    return [
        day_of(report),
        Link(source_of(document) or NO_SOURCE, names.article(report["doc_id"])),
        Link(report["sentence"], names.place(report["doc_id"], report["event_id"])),
        meant("status", report["status"]),
        deed(report),
        listed(report["actor_names"]),
        listed(report["recipient_names"]),
        between(report["date_from"], report["date_to"]),
        plain(report["place"]),
        between(report["fatalities_low"], report["fatalities_high"]),
        between(report["injured_low"], report["injured_high"]),
    ]


def _copies(incidents: Incidents, reports: list[Row]) -> list[Links]:
    """Articles among the reports' that are copies, each with what it is a copy of."""
    found = []
    for doc_id in dict.fromkeys(report["doc_id"] for report in reports):
        document = incidents.documents.get(doc_id, {})
        original = document.get("duplicate_of")
        if original:
            title = incidents.documents.get(original, {}).get("title") or original
            found.append(
                Links(
                    (
                        Link(document.get("title") or doc_id, names.article(doc_id)),
                        Link(title, names.article(original)),
                    )
                )
            )
    return found


def _counts(tallies: list[Row]) -> list[tuple[Link, Cell]]:
    return [
        (
            Link(
                f"{row['counted'] or row['measure'] or 'figure'}: "
                f"{between(row['value_low'], row['value_high'])}{unit_words(row['unit'])}",
                names.tally(row["tally_id"]),
            ),
            meant("agreement", row["agreement"]),
        )
        for row in tallies
        if row["n_figures"] > 1
    ]

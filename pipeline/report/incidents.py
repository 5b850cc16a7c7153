"""The pages of incidents that more than one report tells: all reports side by side, and what belongs to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from pipeline.report import names
from pipeline.report.groups import COUNT, Groups, Kind, Known
from pipeline.report.load import Row, part, whole
from pipeline.report.views import Cell, Line, Link, Links, View, between, listed, plain, told_apart
from pipeline.report.words import NO_SOURCE, day_of, deed, meant, source_of, told, unit_words
from pipeline.store.parts import UNDATED

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
_TALLY = ["tally_id", "counted", "measure", "unit", "value_low", "value_high", "agreement", "n_figures"]
_IN_ORDER = (("published_on", "ascending"), ("doc_id", "ascending"), ("start", "ascending"))
KINDS = {"reports": Kind("events", "incident_id", "event_id", tuple(_EVENT), _IN_ORDER, titled=True)}
"""How the rows of an incident's page are grouped."""
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
    paged: frozenset[str]
    """Incidents that have a page: those that several reports tell, or that another incident belongs to."""
    known: Known

    def href(self, key: str | None, root: str) -> str | None:
        """Where an incident is shown: its page, or the only report's place in its article."""
        if key is None or key not in self.rows:
            return None
        if key in self.paged:
            return names.incident(key, root)
        first = self.reports.first(key)
        return names.place(*first, root) if first else None

    def shown(self, key: str) -> tuple[bool, bool]:
        """Of what it depends where an incident is shown, beside its key: whether it has a page, whether it has reports."""
        return key in self.paged, self.reports.size(key) > 0

    def sides(self, key: str) -> list[Row]:
        """Of a dispute the report that claims and the one that counters it, which may belong to an incident of its own."""
        found: list[Row] = []
        for event_id, month in self._disputing(key):
            events = part(self.known.data, "events", month, _EVENT)
            found += events.filter(pc.equal(events["event_id"], event_id)).to_pylist()
        return found

    def _disputing(self, key: str) -> list[tuple[str, str]]:
        """Both reports of a dispute, each with the month that it stands in."""
        row = self.rows[key]
        pair = (row["claim_event_id"], row["counter_event_id"])
        articles = [self.documents.get(event.rpartition("#")[0], {}) for event in pair if all(pair)]
        return [
            (event, str(article["published_on"])[:7] if article["published_on"] else UNDATED)
            for event, article in zip(pair, articles, strict=False)
            if article
        ]

    def digests(self) -> dict[str, str]:
        """incident_id -> a text that changes when what its page shows does."""
        return {
            key: repr(
                (
                    self.rows[key],
                    [self.known.marks.get(month) for _, month in self._disputing(key)],
                    self.reports.digest(key),
                    [(r, told(self.rows[o])) for r, o in self.related.get(key, ()) if o in self.rows],
                    self.tallies.get(key),
                )
            )
            for key in sorted(self.paged)
        }


def load_incidents(data: Path, documents: Mapping[str, Row], known: Known) -> Incidents:
    """Read what the pages of incidents show."""
    rows = {row["incident_id"]: row for row in whole(data, "incidents", INCIDENT).to_pylist()}
    related = _related(data)
    paged = frozenset(
        key
        for key, row in rows.items()
        if row["n_reports"] > 1 or any(other in rows for _, other in related.get(key, ()))
    )
    return Incidents(rows, known.groups("reports"), documents, related, _tallies(data, known), paged, known)


def _related(data: Path) -> dict[str, list[tuple[str, str]]]:
    """Both ends of every link between incidents."""
    found: dict[str, list[tuple[str, str]]] = {}
    links = whole(data, "incident_links", _LINK).to_pylist()
    for link in links:
        source, goal, relation = (link[column] for column in _LINK)
        found.setdefault(source, []).append((relation, goal))
        found.setdefault(goal, []).append((_INVERSE.get(relation, relation), source))
    return found


def _tallies(data: Path, known: Known) -> dict[str, list[Row]]:
    """The counts that the reports of each incident give."""
    rows = {row["tally_id"]: row for row in whole(data, "tallies", _TALLY).to_pylist()}
    found: dict[str, list[Row]] = {}
    for incident, tally in known.pairs(COUNT):
        if tally in rows:
            found.setdefault(incident, []).append(rows[tally])
    return found


def incident_pages(incidents: Incidents, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some incidents, and what the template shows of it."""
    incidents.reports.fetch(keys)
    for key in sorted(keys):
        row = incidents.rows[key]
        reports = incidents.reports.of(key)
        told_there = {report["event_id"] for report in reports}
        reports += [side for side in incidents.sides(key) if side["event_id"] not in told_there]
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

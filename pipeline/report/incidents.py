"""The pages of incidents that more than one report tells: all reports side by side, and what belongs to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from pipeline.report import names
from pipeline.report.groups import Groups, Kind, Known
from pipeline.report.load import Row
from pipeline.report.rows import Across, Rows
from pipeline.report.ties import COUNT
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
LINK = ["link_id", "from", "to", "relation"]
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

    across: Across
    """Every incident by its key, and which of them changed."""
    reports: Groups
    documents: Mapping[str, Row]
    """doc_id -> title, outlet, credit and what it is a copy of."""
    links: Across
    related: Mapping[str, list[tuple[str, str]]]
    """incident_id -> (relation, other incident)."""
    tallies: Across
    paged: frozenset[str]
    """Incidents that have a page: those that several reports tell, or that another incident belongs to."""
    known: Known

    @property
    def rows(self) -> Rows:
        """Every incident by its key."""
        return self.across.rows

    def counts(self, keys: set[str]) -> dict[str, list[Row]]:
        """The counts that the reports of some incidents give."""
        found: dict[str, list[Row]] = {}
        pairs = [pair for pair in self.known.pairs(COUNT, keys) if pair[1] in self.tallies.rows]
        for (incident, _), tally in zip(pairs, self.tallies.rows.of(key for _, key in pairs), strict=True):
            found.setdefault(incident, []).append(tally)
        return found

    def href(self, key: str | None, root: str) -> str | None:
        """Where an incident is shown: its page, or the only report's place in its article."""
        if key is None or key not in self.rows:
            return None
        if key in self.paged:
            return names.incident(key, root)
        first = self.reports.first(key)
        return names.place(*first, root) if first else None

    def sides(self, key: str) -> list[Row]:
        """Of a dispute the report that claims and the one that counters it, which may belong to an incident of its own."""
        found: list[Row] = []
        for event_id, month in self._disputing(key):
            events = self.known.events_of(month, tuple(_EVENT))
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

    def changed(self) -> set[str]:
        """The incidents whose pages may show something else than before."""
        own = self.across.changed | self.known.changed.get("reports", frozenset())
        beside = {goal for key in own for _, goal in self.related.get(key, ())}
        tied = set[str]()
        for rows in (self.links.rows, self.links.before):
            some = rows.of(key for key in self.links.changed if key in rows) if rows is not None else []
            tied.update(link[end] for link in some for end in ("from", "to"))
        counted = self.known.changed.get(COUNT, frozenset()) | self.known.tied(COUNT, {*self.tallies.changed})
        return {*own} | beside | tied | counted | set(self._told_there())

    def _told_there(self) -> Iterator[str]:
        """Disputes a side of which stands in a month that changed."""
        table = self.rows.table
        disputes = table.filter(pc.equal(table["corroboration"], "disputed"))
        columns = (
            disputes[name].to_pylist() for name in ("incident_id", "claim_event_id", "counter_event_id")
        )
        for key, *pair in zip(*columns, strict=True):
            if all(pair) and any(event.rpartition("#")[0] in self.known.looked_at for event in pair):
                yield key


def load_incidents(
    across: Across, links: Across, tallies: Across, documents: Mapping[str, Row], known: Known
) -> Incidents:
    """Read what the pages of incidents show."""
    rows, related = across.rows, _related(links.rows)
    several = rows.table.filter(pc.greater(rows.table["n_reports"], 1))["incident_id"].to_pylist()
    belong = (key for key, others in related.items() if any(other in rows for _, other in others))
    paged = frozenset({*several, *(key for key in belong if key in rows)})
    return Incidents(across, known.groups("reports"), documents, links, related, tallies, paged, known)


def _related(links: Rows) -> dict[str, list[tuple[str, str]]]:
    """Both ends of every link between incidents."""
    found: dict[str, list[tuple[str, str]]] = {}
    for source, goal, relation in zip(*map(links.column, ("from", "to", "relation")), strict=True):
        found.setdefault(source, []).append((relation, goal))
        found.setdefault(goal, []).append((_INVERSE.get(relation, relation), source))
    return found


def incident_pages(incidents: Incidents, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some incidents, and what the template shows of it."""
    incidents.reports.fetch(keys)
    counted = incidents.counts(keys)
    for key in sorted(keys):
        row = incidents.rows[key]
        reports = incidents.reports.of(key)
        told_there = {report["event_id"] for report in reports}
        reports += [side for side in incidents.sides(key) if side["event_id"] not in told_there]
        yield (
            key,
            {
                "root": names.DEEP,
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
                    (relation, Link(told(incidents.rows[other]), incidents.href(other, names.DEEP) or ""))
                    for relation, other in sorted(incidents.related.get(key, ()))
                    if other in incidents.rows
                ],
                "counts": _counts(counted.get(key, [])),
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
        Link(source_of(document) or NO_SOURCE, names.article(report["doc_id"], names.DEEP)),
        Link(report["sentence"], names.place(report["doc_id"], report["event_id"], names.DEEP)),
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
                        Link(document.get("title") or doc_id, names.article(doc_id, names.DEEP)),
                        Link(title, names.article(original, names.DEEP)),
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
                names.tally(row["tally_id"], names.DEEP),
            ),
            meant("agreement", row["agreement"]),
        )
        for row in tallies
        if row["n_figures"] > 1
    ]

"""Incidents: reports of one real event, and what the sources make of it."""

from collections import Counter, defaultdict
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.link.linking import Linkage, link_rows
from pipeline.link.reports import Reports, report_days, report_digests
from pipeline.link.rows import NO_DAY, Ints, parts, stable_order, texts
from pipeline.link.same_event import score_reports
from pipeline.link.sources import Voices, count_sources, sources

INCIDENT_COLUMNS = [
    "incident_id",
    "event_type",
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
    "summary",
]
BLAMED = frozenset({"ASSAULT", "COERCE"})
"""Types where it is a dispute who did it."""
AFFIRMED = frozenset({"actual", "reported", "historical"})


def link_incidents(
    events: pd.DataFrame, event_actors: pd.DataFrame, documents: pd.DataFrame, *, cache: Path | None = None
) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row for each real event, and the incident of each event.

    `events` and `event_actors` have the columns of `pipeline.extract.rows`, with actor keys that hold across
    articles; `documents` needs `doc_id, credit, duplicate_of, text`. `cache` is a folder for what is kept for the next run. The
    order of the rows does not matter. An incident has the key of its earliest report (publication, article, place in
    the text): where groups merge, the key of the earlier one stays; where one splits, the part with that report
    keeps it.
    """
    if not len(events):
        return pd.DataFrame(columns=INCIDENT_COLUMNS), {}
    frame, source_of = stable_order(events, "event_id"), sources(documents)
    linkage = Linkage(
        partial(_read, frame, event_actors, documents), score_reports, partial(_incident, source_of)
    )
    digests = report_digests(frame, event_actors, documents, source_of)
    path = cache / "incidents.pickle" if cache else None
    group, found = link_rows(path, digests, report_days(frame), linkage)
    event_ids = texts(frame["event_id"])
    keys = {leader: event_ids[leader].replace("#event", "#incident") for leader in found}
    records = [{"incident_id": keys[leader], **record} for leader, record in found.items()]
    incident_of = {event: keys[leader] for event, leader in zip(event_ids, group.tolist(), strict=True)}
    return pd.DataFrame(records, columns=INCIDENT_COLUMNS), incident_of


def _read(frame: pd.DataFrame, event_actors: pd.DataFrame, documents: pd.DataFrame, rows: Ints) -> Reports:
    """Some of the events; only their own parties and articles are looked at."""
    some = frame.iloc[rows]
    return Reports.read(
        some,
        event_actors[event_actors["event_id"].isin(some["event_id"])],
        documents[documents["doc_id"].isin(some["doc_id"])],
    )


def _incident(source_of: Voices, reports: Reports, rows: Ints) -> dict[str, object]:
    """The row of an incident, without its key. `rows` are in their stable order."""
    c = reports.cells
    docs = sorted({c["doc_id"][row] for row in rows})
    published = [row for row in rows if reports.published[row] != NO_DAY]
    days = reports.frame["published_on"]
    n_sources = count_sources(docs, source_of)
    sharpest = _sharpest(reports, rows)
    return {
        "event_type": c["event_type"][rows[0]],
        "date_from": None if sharpest is None else reports.frame["date_from"].iat[sharpest],
        "date_to": None if sharpest is None else reports.frame["date_to"].iat[sharpest],
        "place": _most([c["place"][row] for row in rows]),
        "actor_names": _all_names([c["actor_names"][row] for row in rows]),
        "recipient_names": _all_names([c["recipient_names"][row] for row in rows]),
        "n_reports": len(rows),
        "n_documents": len(docs),
        "n_sources": n_sources,
        "first_reported_on": days.iat[published[0]] if published else None,
        "last_reported_on": days.iat[published[-1]] if published else None,
        "corroboration": _corroboration(reports, rows, n_sources),
        "summary": c["sentence"][_most_informative(reports, rows)],
    }


def _sharpest(reports: Reports, rows: Ints) -> int | None:
    """The report with the sharpest date; of these the most frequent date, the earliest report's in a tie."""
    dated = [int(row) for row in rows if reports.first[row] != NO_DAY and reports.last[row] != NO_DAY]
    if not dated:
        return None
    spans = {row: (int(reports.first[row]), int(reports.last[row])) for row in dated}
    shortest = min(b - a for a, b in spans.values())
    best, _ = Counter(s for s in spans.values() if s[1] - s[0] == shortest).most_common(1)[0]
    return next(row for row in dated if spans[row] == best)


def _most(values: list[str]) -> str | None:
    """The most frequent value, the earliest report's in a tie."""
    known = Counter(value for value in values if value)
    return known.most_common(1)[0][0] if known else None


def _all_names(cells: list[str]) -> str | None:
    """All names, the most frequent first."""
    counts = Counter(name for cell in cells for name in parts(cell))
    return " | ".join(name for name, _ in counts.most_common()) or None


def _corroboration(reports: Reports, rows: Ints, n_sources: int) -> str:
    """Disputed where a report denies what another affirms, or articles blame different countries."""
    c = reports.cells
    status = {c["status"][row] for row in rows}
    if "negated" in status and status & AFFIRMED:
        return "disputed"
    blame: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for row in rows:
        if c["actor_countries"][row]:
            blame[frozenset(parts(c["actor_countries"][row]))].add(c["doc_id"][row])
    if c["event_type"][rows[0]] in BLAMED and any(
        not one & two and len(blame[one] | blame[two]) > 1 for one, two in combinations(blame, 2)
    ):
        return "disputed"
    return "corroborated" if n_sources > 1 else "single"


def _most_informative(reports: Reports, rows: Ints) -> int:
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

"""Incidents: reports of one real event, what the sources make of it, and how incidents belong together."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.link.bases import joined_why
from pipeline.link.linking import Linkage, Record, link_rows
from pipeline.link.records import incident
from pipeline.link.relations import LINK_COLUMNS, relations
from pipeline.link.reports import Reports, report_days, report_digests
from pipeline.link.rows import Ints, stable_order, texts
from pipeline.link.same_event import score_reports
from pipeline.link.sources import sources

INCIDENT_COLUMNS = [
    "incident_id",
    "event_type",
    "status",
    "date_from",
    "date_to",
    "place",
    "place_country",
    "latitude",
    "longitude",
    "actor_names",
    "actor_countries",
    "recipient_names",
    "recipient_countries",
    "fatalities_low",
    "fatalities_high",
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
    "summary",
]


class Incidents(NamedTuple):
    """Incidents and what ties them."""

    incidents: pd.DataFrame
    incident_links: pd.DataFrame
    incident_of: dict[str, str]
    """The incident of each event."""


def link_incidents(
    events: pd.DataFrame, event_actors: pd.DataFrame, documents: pd.DataFrame, *, cache: Path | None = None
) -> Incidents:
    """One row for each real event, one for each tie between two, and the incident of each event.

    `events` and `event_actors` have the columns of `pipeline.extract.rows`, with actor keys that hold across
    articles; `documents` needs `doc_id, credit, duplicate_of, text`. `cache` is a folder for what is kept for the next run. The
    order of the rows does not matter. An incident has the key of its earliest report (publication, article, place in
    the text): where groups merge, the key of the earlier one stays; where one splits, the part with that report
    keeps it.
    """
    if not len(events):
        return Incidents(pd.DataFrame(columns=INCIDENT_COLUMNS), pd.DataFrame(columns=LINK_COLUMNS), {})
    frame, source_of = stable_order(events, "event_id"), sources(documents)
    linkage = Linkage(
        partial(_read, frame, event_actors, documents), score_reports, partial(incident, source_of)
    )
    digests = report_digests(frame, event_actors, documents, source_of)
    path = cache / "incidents.npz" if cache else None
    linked = link_rows(path, digests, report_days(frame), linkage)
    event_ids = texts(frame["event_id"])
    keys = {leader: event_ids[leader].replace("#event", "#incident") for leader in linked.records}
    why = joined_why(linked.pairs, linked.group, np.unique(texts(frame["doc_id"]), return_inverse=True)[1])
    ties = relations(frame, linked, keys)
    denials = ties[ties["relation"] == "denial of"].drop_duplicates("to").set_index("to")
    denied = {key: (str(row["to_event_id"]), str(row["from_event_id"])) for key, row in denials.iterrows()}
    records = [
        {"incident_id": keys[leader], **_judged(record, denied.get(keys[leader])), **why.get(leader, {})}
        for leader, record in linked.records.items()
    ]
    incident_of = {
        event: keys[leader] for event, leader in zip(event_ids, linked.group.tolist(), strict=True)
    }
    return Incidents(pd.DataFrame(records, columns=INCIDENT_COLUMNS), ties, incident_of)


def _judged(record: Record, denied: tuple[str, str] | None) -> Record:
    """A record with what the sources make of the incident; `denied` are a report of it and of its denial."""
    disputes = {"whether": denied, "who": record["who"], "toll": record["toll"]}
    over = [name for name, sides in disputes.items() if sides]
    told = "corroborated" if int(str(record["n_sources"])) > 1 else "single"
    sides = disputes[over[0]] if over else None
    claim, counter = sides if isinstance(sides, tuple) else (None, None)
    return record | {
        "corroboration": "disputed" if over else told,
        "disputed_over": " | ".join(over) or None,
        "claim_event_id": claim,
        "counter_event_id": counter,
    }


def _read(frame: pd.DataFrame, event_actors: pd.DataFrame, documents: pd.DataFrame, rows: Ints) -> Reports:
    """Some of the events; only their own parties and articles are looked at."""
    some = frame.iloc[rows]
    return Reports.read(
        some,
        event_actors[event_actors["event_id"].isin(some["event_id"])],
        documents[documents["doc_id"].isin(some["doc_id"])],
    )

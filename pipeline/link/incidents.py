"""Incidents: reports of one real event, what the sources make of it, and how incidents belong together."""

from collections.abc import Callable, Container
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.link.accounts import Accounts, Lone, Tellings, account_days, account_digests
from pipeline.link.bases import joined_why
from pipeline.link.candidates import Masks, Pairs, no_pairs
from pipeline.link.columns import Column, places, taken
from pipeline.link.kinds import drawer
from pipeline.link.leads import OF_REPORTS, Leads
from pipeline.link.linking import Linkage, Linked, Record, Records, link_rows
from pipeline.link.memory import Digests
from pipeline.link.pairs import numbered
from pipeline.link.records import TOLD, incident
from pipeline.link.relations import LINK_COLUMNS, incident_key, relations
from pipeline.link.report_digests import prepared_events, report_digests
from pipeline.link.reports import Reports, report_days
from pipeline.link.rows import Flags, Floats, Ints, Lists, texts
from pipeline.link.same_event import ABOUT, about_one_thing, score_reports
from pipeline.link.sources import Voices, article_digests, prepared_documents
from pipeline.link.weights import learned
from schemas.arrow import arrow_schema

Read = TypeVar("Read")

TOGETHER = -0.5
"""What the mean over an account's pairs with an incident is above. Its best pair is surer than a threshold of nine in ten; the
others must not speak plainly against it."""
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


class Found(NamedTuple):
    """The same of prepared events."""

    incidents: pa.Table
    incident_links: pd.DataFrame
    group: Ints
    """The incident of each event, by its first report's row."""


def link_incidents(
    events: pd.DataFrame,
    event_actors: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    cache: Path | None = None,
    leads: Leads | None = None,
) -> Incidents:
    """One row for each real event, one for each tie between two, and the incident of each event.

    `events` and `event_actors` have the columns of `pipeline.extract.rows`, with actor keys that hold across
    articles; `documents` needs `doc_id, credit, duplicate_of, text`. `cache` is a folder for what is kept for the next run,
    `leads` what is read of the articles, which tallies ask for as well. The order of the rows does not matter. An incident has the key of its earliest report (publication, article, place in
    the text): where groups merge, the key of the earlier one stays; where one splits, the part with that report
    keeps it.
    """
    if not len(events):
        return Incidents(pd.DataFrame(columns=INCIDENT_COLUMNS), pd.DataFrame(columns=LINK_COLUMNS), {})
    frame, articles = prepared_events(events, event_actors), prepared_documents(documents)
    found = incidents_of(frame, event_actors, articles, cache=cache, leads=leads)
    ids = texts(frame["event_id"])
    incident_of = {
        event: incident_key(ids[row]) for event, row in zip(ids, found.group.tolist(), strict=True)
    }
    incidents = found.incidents.to_pandas(date_as_object=True)
    return Incidents(incidents, found.incident_links, incident_of)


def incidents_of(
    frame: pd.DataFrame,
    event_actors: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    cache: Path | None = None,
    leads: Leads | None = None,
) -> Found:
    """As `link_incidents`, of events and articles that are prepared."""
    if not len(frame):
        none = pd.DataFrame(columns=LINK_COLUMNS)
        return Found(_schema().empty_table(), none, np.zeros(0, dtype=np.int64))
    digests = report_digests(frame, article_digests(frame["doc_id"], documents))
    leads = leads or Leads.read(documents)
    read = partial(_read, frame, event_actors, leads)
    linked = _linked(frame, digests, Voices(documents), read, cache)
    leads.read_anew(OF_REPORTS)
    why = joined_why(linked.pairs, linked.group, _article(frame))
    ties = relations(frame, linked, People(event_actors))
    return Found(_table(Column(frame["event_id"]), linked, why, ties), ties, linked.group)


class People(Container[str]):
    """The events that have a person as a party, looked up once they are asked for."""

    def __init__(self, event_actors: pd.DataFrame) -> None:
        """`event_actors` needs `event_id` and `actor_id`."""
        self.parties = event_actors

    @cached_property
    def events(self) -> frozenset[str]:
        """Their keys."""
        of_person = self.parties["actor_id"].str.startswith("person:", na=False)
        return frozenset(self.parties["event_id"][of_person])

    def __contains__(self, event_id: object) -> bool:
        """Whether an event has a person as a party."""
        return event_id in self.events


def _article(frame: pd.DataFrame) -> Ints:
    """A number for the article of each row; rows of one article stand together."""
    return np.cumsum(~Column(frame["doc_id"]).like_the_last(), dtype=np.int64)


def _schema() -> pa.Schema:
    return pa.schema([arrow_schema("incidents").field(name) for name in INCIDENT_COLUMNS])


def _table(ids: Column, linked: Linked, why: dict[int, dict[str, object]], ties: pd.DataFrame) -> pa.Table:
    """The incidents: their records, what the sources make of them, and why their reports were joined."""
    leaders, rows = linked.records.leaders, linked.records.rows
    keys = [incident_key(key) for key in ids.some(leaders)]
    joined = [why.get(leader, {}) for leader in leaders.tolist()]
    cells: dict[str, Any] = {name: rows[name] for name in rows.column_names if name in INCIDENT_COLUMNS}
    cells |= {"incident_id": keys, **_judged(rows, _denied(keys, ties))}
    cells |= {name: [told.get(name) for told in joined] for name in ("incident_basis", "confidence")}
    columns = [
        cells[field.name]
        if isinstance(cells[field.name], pa.ChunkedArray)
        else pa.array(cells[field.name], field.type)
        for field in _schema()
    ]
    return pa.table(columns, schema=_schema())


def _denied(keys: list[str], ties: pd.DataFrame) -> list[tuple[str, str] | None]:
    """For each incident a report of it and of its denial."""
    denials = ties[ties["relation"] == "denial of"].drop_duplicates("to")
    columns = (denials[name] for name in ("to", "to_event_id", "from_event_id"))
    sides = {key: (str(claim), str(counter)) for key, claim, counter in zip(*columns, strict=True)}
    return [sides.get(key) for key in keys]


def _judged(rows: pa.Table, denied: list[tuple[str, str] | None]) -> dict[str, Any]:
    """What the sources make of incidents, from their records; `denied` are a report of each and of its denial."""
    whether = pa.array(denied, pa.list_(pa.string()))
    disputes = {"whether": whether, "who": rows["who"], "toll": rows["toll"]}
    over = [np.where(pc.is_valid(sides), f"{name} | ", "") for name, sides in disputes.items()]
    words = [told.removesuffix(" | ") or None for told in map("".join, zip(*over, strict=True))]
    several = pc.greater(rows["n_sources"], 1)
    sides = pc.coalesce(*(sides for sides in disputes.values()))
    return {
        "corroboration": pc.if_else(
            pa.array([told is not None for told in words], pa.bool_()),
            "disputed",
            pc.if_else(several, "corroborated", "single"),
        ),
        "disputed_over": words,
        "claim_event_id": pc.list_element(sides, 0),
        "counter_event_id": pc.list_element(sides, 1),
    }


def _linked(
    frame: pd.DataFrame,
    digests: Digests,
    source_of: Voices,
    read: Callable[[Ints], Reports],
    cache: Path | None,
) -> Linked:
    """The reports of each drawer linked by themselves: words and pairs of one are held at a time, and a change touches its own."""
    group, pairs, records = np.arange(len(frame)), no_pairs(), list[Records]()
    numbers, kinds = numbered(Column(frame["event_type"]))
    drawers = [drawer(told) for told in kinds]
    days = frame[["doc_id", "date_from", "date_to", "published_on"]]
    for name in sorted(set(drawers)):
        rows = np.flatnonzero(np.array([own == name for own in drawers], dtype=np.bool_)[numbers])
        own = partial(_some_of, read, rows)
        found = _of_drawer(days.iloc[rows], digests[rows], source_of, own, cache and cache / name.lower())
        group[rows] = rows[found.group]
        pairs = pairs.joined(found.pairs.renumbered(rows))
        records.append(Records(rows[found.records.leaders], found.records.rows))
    return Linked(group, Records.joined(records), pairs)


def _some_of(read: Callable[[Ints], Reports], rows: Ints, some: Ints) -> Reports:
    """Some of the `rows`, by their places among these."""
    return read(rows[some])


def _of_drawer(
    frame: pd.DataFrame,
    digests: Digests,
    source_of: Voices,
    read: Callable[[Ints], Reports],
    cache: Path | None,
) -> Linked:
    """The reports of each article joined to accounts, these across articles to incidents, and what one article alone tells once more, less surely.

    As groups and pairs of reports.
    """
    read = _ReadOnce(read)
    article = _article(frame)
    told = _within(cache and cache / "accounts.arrays", digests, report_days(frame), article, read)
    leads = told.group == np.arange(len(digests))
    first, account = np.flatnonzero(leads), (np.cumsum(leads) - 1)[told.group]
    members = Lists.of_groups(account, len(first))
    whole = account_digests(digests, account, len(first))
    days, of = account_days(frame, account, len(first)), article[first]
    accounts, describe = _ReadOnce(partial(_accounts, read, members)), partial(_incident, source_of)
    telling = partial(_telling, of)
    across = Linkage(accounts, _account_scores, partial(_told_elsewhere, describe), TOLD, telling, TOGETHER)
    found = link_rows(cache and cache / "incidents.arrays", whole, days, of, across)
    lone = np.bincount(found.group, weights=of != of[found.group], minlength=len(of))[found.group] == 0
    alone = partial(_told_alone, describe)
    again = Linkage(lambda some: Lone(accounts(some), lone[some]), _lone_scores, alone, TOLD, telling)
    rest = link_rows(cache and cache / "lone.arrays", whole ^ lone.astype(np.uint64), days, of, again)
    group = first[np.where(lone, rest.group, found.group)]
    records = Records.joined(
        [Records(first[some.records.leaders], some.records.rows) for some in (found, rest)]
    )
    pairs = told.pairs
    for some, less in ((found, 0.0), (rest, learned("within").alone)):
        pairs = pairs.joined(_of_reports(some.pairs, first, of, less))
    return Linked(group[account], records, pairs)


def _of_reports(pairs: Pairs, first: Ints, of: Ints, less: float) -> Pairs:
    """Pairs of accounts as pairs of their first reports; what can be one event counts so much less.

    Of two articles (`of`: that of each account) only what is one event or is about one thing: most pairs are neither.
    """
    pairs = pairs.taken((pairs.score > 0) | _telling(of, pairs))
    left, right = (first[side].astype(np.int32) for side in (pairs.left, pairs.right))
    score = np.where(pairs.score > ABOUT / 2, pairs.score - np.float32(less), pairs.score)
    return replace(pairs, left=left, right=right, score=score)


def _telling(of: Ints, pairs: Pairs) -> Flags:
    """Which pairs of accounts are about one thing though never one event, or of one article (`of`: that of each account)."""
    return np.asarray(about_one_thing(pairs.score) | (of[pairs.left] == of[pairs.right]))


def accounts_of(
    frame: pd.DataFrame, event_actors: pd.DataFrame, documents: pd.DataFrame
) -> tuple[Accounts, Ints]:
    """All accounts that articles give, and their days; `frame` holds the reports in their stable order."""
    digests, article = np.arange(len(frame), dtype=np.uint64), _article(frame)
    reports = Reports.read(frame, event_actors, documents)
    told = _within(None, digests, report_days(frame), article, lambda _: reports)
    account = np.unique(told.group, return_inverse=True)[1]
    members = Lists.of_groups(account, int(account.max(initial=-1)) + 1)
    return Accounts.of(reports, members), account_days(frame, account, len(members))


class _ReadOnce(Generic[Read]):
    """Reads reports or accounts; those read last are not read again."""

    def __init__(self, read: Callable[[Ints], Read]) -> None:
        self.read = read
        self.last: tuple[Ints, Read] | None = None

    def __call__(self, rows: Ints) -> Read:
        if self.last is None or not np.array_equal(self.last[0], rows):
            self.last = rows, self.read(rows)
        return self.last[1]


def _within(
    path: Path | None, digests: Digests, days: Ints, article: Ints, read: Callable[[Ints], Reports]
) -> Linked:
    """The reports of each article joined to accounts."""
    linkage = Linkage(lambda rows: Tellings(read(rows)), _scores, lambda some, rows: {}, telling=_all)
    return link_rows(path, digests, days, article, linkage)


def _all(pairs: Pairs) -> Flags:
    """All pairs of one article: what they agree in tells of incidents that hold both."""
    return np.ones(len(pairs), dtype=np.bool_)


def _scores(rows: Tellings, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """Scores of pairs of reports of one article."""
    return score_reports(rows.told, left, right)


def _account_scores(rows: Accounts, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """Scores of pairs of accounts. Two of one article, whose threshold is lower, count as much less as the mean of a group may be."""
    score, why = score_reports(rows.told, left, right)
    there = rows.told.same("doc_id", left, right) & (score > ABOUT / 2)
    return np.where(there, score + TOGETHER, score), why


def _accounts(read: Callable[[Ints], Reports], members: Lists, numbers: Ints) -> Accounts:
    """Some accounts, by their numbers."""
    own, sizes = members.of(numbers), members.sizes()[numbers]
    rows = np.sort(own)
    return Accounts.of(read(rows), Lists(np.searchsorted(rows, own), np.append(0, np.cumsum(sizes))))


def _lone_scores(rows: Lone, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """Scores of pairs of accounts that one article alone tells."""
    score, why = score_reports(rows.told, left, right)
    return np.where(score > ABOUT / 2, score + learned("within").alone, score), why


def _told_elsewhere(describe: Callable[[Accounts, Ints], Record], accounts: Accounts, some: Ints) -> Record:
    """The record of what several articles tell, else nothing."""
    several = len({accounts.told.doc[at] for at in some}) > 1
    return describe(accounts, some) if several else {}


def _told_alone(describe: Callable[[Accounts, Ints], Record], rows: Lone, some: Ints) -> Record:
    """The record of what one article tells, else nothing."""
    return describe(rows.accounts, some) if rows.lone[some[0]] else {}


def _incident(source_of: Voices, accounts: Accounts, some: Ints) -> Record:
    """The record of an incident from the reports of its accounts."""
    return incident(source_of, accounts.reports, np.sort(accounts.members.of(some)))


def _read(frame: pd.DataFrame, event_actors: pd.DataFrame, leads: Leads, rows: Ints) -> Reports:
    """Some of the events, by their places in order; only their own parties are looked at."""
    if len(rows) == len(frame):
        return Reports.read(frame, event_actors, leads)
    own = places(event_actors["event_id"], taken(Column(frame["event_id"]).cells, rows)) >= 0
    return Reports.read(frame, event_actors[own], leads, rows)

"""Incidents: reports of one real event, what the sources make of it, and how incidents belong together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from pipeline.link.accounts import Accounts, Lone, Tellings, account_days, account_digests
from pipeline.link.bases import joined_why
from pipeline.link.candidates import Masks, Pairs, no_pairs
from pipeline.link.clauses import with_neighbours
from pipeline.link.columns import Column
from pipeline.link.kinds import drawer
from pipeline.link.leads import Leads
from pipeline.link.linking import Linkage, Linked, Record, Records, link_rows
from pipeline.link.memory import Digests
from pipeline.link.pairs import codes, equal, numbered
from pipeline.link.records import incident
from pipeline.link.relations import LINK_COLUMNS, relations
from pipeline.link.report_digests import report_digests
from pipeline.link.reports import Reports, report_days
from pipeline.link.rows import Flags, Floats, Ints, Lists, stable_order, table_of, texts
from pipeline.link.same_event import ABOUT, about_one_thing, score_reports
from pipeline.link.sources import Voices, sources
from pipeline.link.weights import learned

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
    frame, source_of = with_neighbours(stable_order(events, "event_id")), sources(documents)
    digests = report_digests(frame, event_actors, documents, source_of)
    read = partial(_read, frame, event_actors, leads or Leads.read(documents))
    linked = _linked(frame, digests, source_of, read, cache)
    event_ids = texts(frame["event_id"])
    keys = {leader: event_ids[leader].replace("#event", "#incident") for leader in linked.records}
    why = joined_why(linked.pairs, linked.group, np.unique(texts(frame["doc_id"]), return_inverse=True)[1])
    persons = event_actors["event_id"][event_actors["actor_id"].str.startswith("person:", na=False)]
    ties = relations(frame, linked, keys, frozenset(persons))
    denials = ties[ties["relation"] == "denial of"].drop_duplicates("to").set_index("to")
    denied = {key: (str(row["to_event_id"]), str(row["from_event_id"])) for key, row in denials.iterrows()}
    records = (
        {"incident_id": keys[leader], **_judged(record, denied.get(keys[leader])), **why.get(leader, {})}
        for leader, record in linked.records.items()
    )
    incident_of = {
        event: keys[leader] for event, leader in zip(event_ids, linked.group.tolist(), strict=True)
    }
    return Incidents(table_of(records, INCIDENT_COLUMNS), ties, incident_of)


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


def _linked(
    frame: pd.DataFrame,
    digests: Digests,
    source_of: Voices,
    read: Callable[[Ints], Reports],
    cache: Path | None,
) -> Linked:
    """The reports of each drawer linked by themselves: words and pairs of one are held at a time, and a change touches its own."""
    group, pairs = np.arange(len(frame)), no_pairs()
    names: Sequence[str] = ()
    records: dict[int, tuple[object, ...]] = {}
    numbers, kinds = numbered(Column(frame["event_type"]))
    of = np.array([drawer(told) for told in kinds])[numbers]
    for name in np.unique(of).tolist():
        rows = np.flatnonzero(of == name)
        own = partial(_some_of, read, rows)
        found = _of_drawer(frame.iloc[rows], digests[rows], source_of, own, cache and cache / name.lower())
        group[rows] = rows[found.group]
        pairs = pairs.joined(found.pairs.renumbered(rows))
        records |= {int(rows[leader]): told for leader, told in found.records.values_of.items()}
        names = names or found.records.names
    return Linked(group, Records(names, dict(sorted(records.items()))), pairs)


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
    article = codes(texts(frame["doc_id"]))
    told = _within(cache and cache / "accounts.npz", digests, report_days(frame), article, read)
    first, account = np.unique(told.group, return_inverse=True)
    members = Lists.of_groups(account, len(first))
    whole = account_digests(digests, account, len(first))
    days, of = account_days(frame, account, len(first)), article[first]
    accounts, describe = _ReadOnce(partial(_accounts, read, members)), partial(_incident, source_of)
    telling = partial(_telling, of)
    across = Linkage(accounts, _account_scores, partial(_told_elsewhere, describe), telling, TOGETHER)
    found = link_rows(cache and cache / "incidents.npz", whole, days, of, across)
    lone = np.bincount(found.group, weights=of != of[found.group], minlength=len(of))[found.group] == 0
    alone = partial(_told_alone, describe)
    again = Linkage(lambda some: Lone(accounts(some), lone[some]), _lone_scores, alone, telling)
    rest = link_rows(cache and cache / "lone.npz", whole ^ lone.astype(np.uint64), days, of, again)
    group = first[np.where(lone, rest.group, found.group)]
    records = {
        int(first[leader]): told
        for some in (found, rest)
        for leader, told in some.records.values_of.items()
        if told
    }
    whole_records = Records(found.records.names or rest.records.names, dict(sorted(records.items())))
    pairs = told.pairs
    for some, less in ((found, 0.0), (rest, learned("within").alone)):
        pairs = pairs.joined(_of_reports(some.pairs, first, of, less))
    return Linked(group[account], whole_records, pairs)


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
    digests, article = np.arange(len(frame), dtype=np.uint64), codes(texts(frame["doc_id"]))
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
    linkage = Linkage(lambda rows: Tellings(read(rows)), _scores, lambda some, rows: {}, _all)
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
    there = equal(rows.told.codes["doc_id"], left, right) & (score > ABOUT / 2)
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
    """Some of the events; only their own parties are looked at."""
    if len(rows) == len(frame):
        return Reports.read(frame, event_actors, leads)
    some = frame.iloc[rows]
    return Reports.read(some, event_actors[event_actors["event_id"].isin(some["event_id"])], leads)

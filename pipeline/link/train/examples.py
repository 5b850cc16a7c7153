"""Pairs of reports whose marks tell whether they are of one event."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.link.accounts import Tellings
from pipeline.link.article_features import CROSSED as CROSSED_THERE
from pipeline.link.candidates import Entries
from pipeline.link.clauses import with_neighbours
from pipeline.link.count_features import count_features, one_population, unlike
from pipeline.link.counts import Counts, prepared_figures, with_incidents
from pipeline.link.evidence import alike, enough, evidence
from pipeline.link.features import CROSSED, Feature, across_features, within_features
from pipeline.link.incidents import accounts_of
from pipeline.link.linking import Rows, keys_of
from pipeline.link.never import forbidden
from pipeline.link.pairs import codes, equal
from pipeline.link.reports import Reports, report_days
from pipeline.link.rows import Flags, Ints, Lists, ordinals, stable_order, texts
from pipeline.link.train.fit import Examples
from pipeline.link.train.stories import Mark, Story, read_text
from pipeline.link.train.tables import linked, named
from pipeline.link.weights import quantized, with_products

Tables = dict[str, pd.DataFrame]

STRANGERS = 0.06
"""Articles of two stories that begin more alike may tell one event."""
NEAR_TOLL = 100
"""Characters between a deed and its toll."""
LEAST_OVERLAP = 1
"""Characters that a mark and a row share at least."""


def marked_articles(path: Path, groups: Path | None = None) -> list[Story]:
    """Marked articles (JSON lines with `text`, `events` and `coreferent_events`), each as a story of its own.

    Of events that a reader may leave out, only those are known that are told to be one with another, unless the readers of these
    articles went through them too (`_all_told`). `groups` (JSON lines with `story`, `name` and `reports`: article, start, end) tells
    which events of different articles are one; articles of one story there are one story here.
    """
    across = [json.loads(line) for line in groups.read_text(encoding="utf-8").splitlines()] if groups else []
    return stories_of(map(json.loads, path.read_text(encoding="utf-8").splitlines()), across)


def stories_of(rows: Iterable[dict[str, Any]], across: Sequence[dict[str, Any]] = ()) -> list[Story]:
    """As `marked_articles`, from the lines that were read."""
    found: dict[str, Story] = {}
    rows = list(rows)
    whole = _all_told(rows)
    for row in rows:
        doc = row["doc_id"]
        one: dict[tuple[int, ...], str] = {
            tuple(span): f"{doc}/{n}" for n, group in enumerate(row["coreferent_events"]) for span in group
        }
        if not whole:
            tolls = _with_tolls(row["events"], row["text"], one)
            one |= {pair: n if "/" in n else f"{doc}/{n}" for pair, n in tolls.items()}
        told = [(group, *report[1:]) for group in across for report in group["reports"] if report[0] == doc]
        one |= {(start, end): f"{group['story']}/{group['name']}" for group, start, end in told}
        known = (tuple(event["trigger"]) for event in row["events"] if whole or event["core"])
        spans = [*dict.fromkeys([*known, *one])]
        marks = [Mark(doc, a, b, "incident", one.get((a, b), f"{doc}/{a}")) for a, b in spans]
        name = told[0][0]["story"] if told else doc
        story = found.setdefault(name, Story(name, [], [], {}, []))
        story.articles.append(read_text(doc, row["text"]))
        story.marks.extend(marks)
    return list(found.values())


def _all_told(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether readers of some articles said also of events that may be left out which are told twice: any that they did not name is then one by itself."""
    return any(
        not event["core"] and event["trigger"] in group
        for row in rows
        for group in row["coreferent_events"]
        for event in row["events"]
    )


def _with_tolls(
    events: list[dict[str, Any]], text: str, known: dict[tuple[int, ...], str]
) -> dict[tuple[int, ...], str]:
    """A deed and its toll in one sentence, of which one is optional, as one event: which of them is marked core is chance."""
    found: dict[tuple[int, ...], str] = {}
    assaults = sorted((tuple(e["trigger"]), bool(e["core"])) for e in events if e["event_type"] == "ASSAULT")
    for n, ((one, core), (two, also)) in enumerate(pairwise(assaults)):
        between = text[one[1] : two[0]]
        if core != also and len(between) < NEAR_TOLL and not re.search(r"[.!?]\s", between):
            number = known.get(one, known.get(two, found.get(one, f"toll {n}")))
            found |= {one: number, two: number}
    return found


def within_examples(stories: list[Story], rows: Tables) -> Examples:
    """The pairs of reports of one article that linking would compare."""
    frame, event_actors, documents = _in_order(rows)
    reports = Reports.read(frame, event_actors, documents)
    left, right = _neighbours(Tellings(reports), report_days(frame), codes(texts(frame["doc_id"])))
    name = _names(stories, frame)
    known = (name[left] >= 0) & (name[right] >= 0)
    return _examples(_of_one_article, reports, (left, right), name, _stories(stories, frame["doc_id"]), known)


def across_examples(stories: list[Story], rows: Tables) -> Examples:
    """The pairs of accounts of different articles that linking would compare; reports are joined within their articles before.

    Two real articles (stories of one article) may tell one event: only those that begin unlike each other are known not to.
    """
    frame, event_actors, documents = _in_order(rows)
    accounts, days = accounts_of(frame, event_actors, documents)
    told = accounts.told
    left, right = _neighbours(accounts, days, codes(told.cells["doc_id"]))
    story = _stories(stories, told.cells["doc_id"])
    name = _most_frequent(_names(stories, frame), accounts.members)
    invented = np.array([len(told_in.articles) > 1 for told_in in stories])
    known = (name[left] >= 0) & (name[right] >= 0)
    known &= (story[left] == story[right]) | invented[story[left]] | invented[story[right]]
    strangers = (story[left] != story[right]) & (alike(told, left, right) < STRANGERS)
    away = ~equal(told.codes["doc_id"], left, right)
    return _examples(_of_two_articles, told, (left, right), name, story, (known | strangers) & away)


def _of_one_article(reports: Reports, left: Ints, right: Ints) -> Iterable[Feature]:
    return with_products(within_features(reports, left, right), CROSSED_THERE)


def _of_two_articles(reports: Reports, left: Ints, right: Ints) -> Iterable[Feature]:
    return with_products(across_features(reports, left, right), CROSSED)


def _in_order(rows: Tables) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    events, event_actors, documents = named(rows)
    return with_neighbours(stable_order(events, "event_id")), event_actors, documents


def _neighbours(rows: Rows, days: Ints, article: Ints) -> tuple[Ints, Ints]:
    """The pairs that linking would compare."""
    n = len(days)
    keys, owners = keys_of(rows, np.arange(n), np.arange(n))
    left, right = divmod(Entries.of(keys, owners, days).neighbours(n, article)[0], n)
    return left, right


def _examples(
    told: Callable[[Reports, Ints, Ints], Iterable[Feature]],
    reports: Reports,
    pairs: tuple[Ints, Ints],
    name: Ints,
    story: Ints,
    use: Flags,
) -> Examples:
    """The examples among some pairs: what `use` says, of one standing, with evidence and nothing that forbids."""
    left, right = pairs
    use &= reports.standing[left] == reports.standing[right]
    use &= enough(reports, evidence(reports, left, right), left, right) & ~forbidden(reports, left, right)
    left, right = left[use], right[use]
    found = dict(told(reports, left, right))
    matrix = np.stack([quantized(values) for values in found.values()], axis=1)
    return Examples(tuple(found), matrix, (name[left] == name[right]) & (name[left] >= 0), story[left])


def _numbers(stories: list[Story], kind: str) -> dict[str, int]:
    """A number for the name of each mark."""
    names = (mark.name for story in stories for mark in story.marks if mark.kind == kind)
    return {name: n for n, name in enumerate(dict.fromkeys(names))}


def _most_frequent(name: Ints, members: Lists) -> Ints:
    """The name of each account: that of most of its reports that have one."""
    known = [name[rows][name[rows] >= 0] for rows in members]
    return np.array([np.bincount(told).argmax() if len(told) else -1 for told in known], dtype=np.int64)


def count_examples(stories: list[Story], rows: Tables) -> Examples:
    """The pairs of figures of all stories that linking would compare, after their events were linked."""
    tables = linked(rows)
    frame = with_incidents(prepared_figures(rows["figures"]), tables.events)
    counts = Counts.read(frame, tables.documents)
    left, right = _neighbours(counts, ordinals(frame["published_on"]), codes(texts(frame["doc_id"])))
    story = _stories(stories, frame["doc_id"])
    name = _names(stories, frame, "tally")
    use = ((name[left] >= 0) & (name[right] >= 0)) | (story[left] != story[right])
    same = (name[left] == name[right]) & (name[left] >= 0)
    use &= one_population(counts, left, right) & (~same | ~unlike(counts, left, right))
    left, right = left[use], right[use]
    found = dict(count_features(counts, left, right))
    matrix = np.stack([quantized(values) for values in found.values()], axis=1)
    same = (name[left] == name[right]) & (name[left] >= 0)
    return Examples(tuple(found), matrix, same, story[left])


def _stories(stories: list[Story], docs: Iterable[str]) -> Ints:
    """The number of each row's story."""
    story_of = {article.doc_id: at for at, story in enumerate(stories) for article in story.articles}
    return np.array([story_of[doc] for doc in docs], dtype=np.int64)


def _names(stories: list[Story], frame: pd.DataFrame, kind: str = "incident") -> Ints:
    """A number for the name of the mark that each report overlaps most; -1 where it overlaps none."""
    number = _numbers(stories, kind)
    marks: dict[str, list[Mark]] = {}
    for mark in (mark for story in stories for mark in story.marks if mark.kind == kind):
        marks.setdefault(mark.doc_id, []).append(mark)
    out = np.full(len(frame), -1, dtype=np.int64)
    columns = (frame[column].tolist() for column in ("doc_id", "start", "end"))
    for row, (doc_id, start, end) in enumerate(zip(*columns, strict=True)):
        shared = [(min(end, m.end) - max(start, m.start), m.name) for m in marks.get(doc_id, ())]
        most, name = max(shared, default=(0, ""))
        if most >= LEAST_OVERLAP:
            out[row] = number[name]
    return out

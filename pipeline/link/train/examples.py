"""Pairs of reports whose marks tell whether they are of one event."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.link.candidates import Entries
from pipeline.link.count_features import count_features, one_population, unlike
from pipeline.link.counts import Counts, with_incidents
from pipeline.link.evidence import alike, enough, evidence
from pipeline.link.features import features, forbidden
from pipeline.link.linking import keys_of
from pipeline.link.reports import Reports, report_days
from pipeline.link.rows import Flags, Floats, Ints, ordinals, stable_order
from pipeline.link.train.stories import Mark, Story, read_text
from pipeline.link.train.tables import linked, named
from pipeline.link.weights import quantized

STRANGERS = 0.06
"""Articles of two stories that begin more alike may tell one event."""
NEAR_TOLL = 100
"""Characters between a deed and its toll."""
LEAST_OVERLAP = 1
"""Characters that a mark and a row share at least."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs with their features, whether they are of one event, and the story of each."""

    names: tuple[str, ...]
    features: Floats
    same: Flags
    there: Flags
    """Whether both stand in one article."""
    story: Ints
    """The story of the left one; whole stories are left out to try the weights on."""

    def chosen(self, where: Flags) -> "Examples":
        """Some of the pairs."""
        return Examples(
            self.names, self.features[where], self.same[where], self.there[where], self.story[where]
        )


def marked_articles(path: Path) -> list[Story]:
    """Marked articles (JSON lines with `text`, `events` and `coreferent_events`), each as a story of its own."""
    stories = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = row["doc_id"]
        one: dict[tuple[int, ...], int] = {
            tuple(span): n for n, group in enumerate(row["coreferent_events"]) for span in group
        }
        spans = [*dict.fromkeys([*(tuple(event["trigger"]) for event in row["events"]), *one])]
        one |= _with_tolls(row["events"], row["text"], one)
        marks = [Mark(name, a, b, "incident", f"{name}/{one.get((a, b), (a, b))}") for a, b in spans]
        stories.append(Story(name, [read_text(name, row["text"])], marks, {}, []))
    return stories


def _with_tolls(
    events: list[dict[str, Any]], text: str, known: dict[tuple[int, ...], int]
) -> dict[tuple[int, ...], int]:
    """A deed and its toll in one sentence, of which one is optional, as one event: which of them is marked core is chance."""
    found: dict[tuple[int, ...], int] = {}
    assaults = sorted((tuple(e["trigger"]), bool(e["core"])) for e in events if e["event_type"] == "ASSAULT")
    for n, ((one, core), (two, also)) in enumerate(pairwise(assaults)):
        between = text[one[1] : two[0]]
        if core != also and len(between) < NEAR_TOLL and not re.search(r"[.!?]\s", between):
            number = known.get(one, known.get(two, found.get(one, -1 - n)))
            found |= {one: number, two: number}
    return found


def examples(stories: Iterable[Story], rows: dict[str, pd.DataFrame]) -> Examples:
    """The pairs of reports of all stories that linking would compare; `rows` are those extracted from the articles.

    Two real articles (stories of one article) may tell one event: only those that begin unlike each other are known not to.
    """
    stories = list(stories)
    events, event_actors, documents = named(rows)
    frame = stable_order(events, "event_id")
    reports = Reports.read(frame, event_actors, documents)
    n = len(frame)
    numbers = np.arange(n)
    keys, owners = keys_of(reports, numbers, numbers)
    pairs, _ = Entries.of(keys.astype(np.uint32), owners, report_days(frame)).neighbours(n)
    left, right = pairs // n, pairs % n
    story = _stories(stories, frame)
    name = _names(stories, frame)
    invented = np.array([len(told.articles) > 1 for told in stories])
    known = (name[left] >= 0) & (name[right] >= 0)
    known &= (story[left] == story[right]) | invented[story[left]] | invented[story[right]]
    strangers = (story[left] != story[right]) & (alike(reports, left, right) < STRANGERS)
    use = known | strangers
    use &= reports.standing[left] == reports.standing[right]
    there = reports.codes["doc_id"][left] == reports.codes["doc_id"][right]
    use &= there | (
        enough(reports, evidence(reports, left, right), left, right) & ~forbidden(reports, left, right)
    )
    left, right = left[use], right[use]
    found = dict(features(reports, left, right))
    matrix = np.stack([quantized(values) for values in found.values()], axis=1)
    same = (name[left] == name[right]) & (name[left] >= 0)
    return Examples(tuple(found), matrix, same, there[use], story[left])


def count_examples(stories: Iterable[Story], rows: dict[str, pd.DataFrame]) -> Examples:
    """The pairs of figures of all stories that linking would compare, after their events were linked."""
    stories = list(stories)
    tables = linked(rows)
    frame = with_incidents(rows["figures"], tables.events)
    counts = Counts.read(frame, tables.documents)
    numbers = np.arange(len(frame))
    keys, owners = keys_of(counts, numbers, numbers)
    entries = Entries.of(keys.astype(np.uint32), owners, ordinals(frame["published_on"]))
    left, right = divmod(entries.neighbours(len(frame))[0], len(frame))
    story = _stories(stories, frame)
    name = _names(stories, frame, "tally")
    use = ((name[left] >= 0) & (name[right] >= 0)) | (story[left] != story[right])
    use &= one_population(counts, left, right) & ~unlike(counts, left, right)
    left, right = left[use], right[use]
    found = dict(count_features(counts, left, right))
    matrix = np.stack([quantized(values) for values in found.values()], axis=1)
    same = (name[left] == name[right]) & (name[left] >= 0)
    there = counts.codes["doc_id"][left] == counts.codes["doc_id"][right]
    return Examples(tuple(found), matrix, same, there, story[left])


def _stories(stories: list[Story], frame: pd.DataFrame) -> Ints:
    """The number of each row's story."""
    story_of = {article.doc_id: at for at, story in enumerate(stories) for article in story.articles}
    return np.array([story_of[doc] for doc in frame["doc_id"]], dtype=np.int64)


def _names(stories: list[Story], frame: pd.DataFrame, kind: str = "incident") -> Ints:
    """A number for the name of the mark that each report overlaps most; -1 where it overlaps none."""
    number: dict[str, int] = {}
    marks: dict[str, list[Mark]] = {}
    for mark in (mark for story in stories for mark in story.marks if mark.kind == kind):
        marks.setdefault(mark.doc_id, []).append(mark)
        number.setdefault(mark.name, len(number))
    out = np.full(len(frame), -1, dtype=np.int64)
    columns = (frame[column].tolist() for column in ("doc_id", "start", "end"))
    for row, (doc_id, start, end) in enumerate(zip(*columns, strict=True)):
        shared = [(min(end, m.end) - max(start, m.start), m.name) for m in marks.get(doc_id, ())]
        most, name = max(shared, default=(0, ""))
        if most >= LEAST_OVERLAP:
            out[row] = number[name]
    return out

"""What the parts of two sentences that tell the events have in common, and how many such events the articles tell."""

from collections.abc import Iterator

import numpy as np

from pipeline.link.clauses import one_more
from pipeline.link.evidence import most_of_kind, one_story, same_parties
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Floats, Ints

Feature = tuple[str, Floats | Flags]
MOST = 4.0
FEW = 2
"""So many events of one kind are few for an article."""

FOR = (
    *("own words", "own words, same type", "own words alike", "own rare words", "own names"),
    *("own names, same type", "own other words", "own other words, one story", "own numbers"),
    *("a party in common", "a body in common", "a body in common, one story", "two bodies in common"),
    *("a body in common, same trigger", "only ones of their kind", "only ones of their kind, one story"),
    *("only ones of their kind, one story, same type", "few of their kind, one story"),
    "only ones of their kind, same parties",
)
AGAINST = ("own names differ", "no other own words", "own numbers differ", "one of them tells one more")
SIGNS = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
"""What can only speak for two reports being of one event (1), and what only against it (-1)."""


def clause_features(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of the pairs, by name."""
    same_type = reports.same("event_type", left, right)
    away = ~reports.same("doc_id", left, right)
    story = one_story(reports, left, right) & away
    yield from _own(reports, left, right, same_type, story)
    for name, values in (*_parties(reports, left, right, story), *_alone(reports, left, right, same_type)):
        yield name, values & away


def _own(reports: Reports, left: Ints, right: Ints, same_type: Flags, story: Flags) -> Iterator[Feature]:
    words = reports.words
    shared = words["own"].shared(left, right)
    part = shared / (np.minimum(words["own"].size(left), words["own"].size(right)) + 2.0)
    yield "own words", part
    yield "own words, same type", part * same_type
    yield "own words alike", words["own rare"].cosine(left, right, 1.0)
    yield "own rare words", words["own rare"].shared(left, right).clip(0, MOST) / 2
    named = words["own names"].shared(left, right)
    yield "own names", named.clip(0, 3)
    yield "own names, same type", named.clip(0, 3) * same_type
    yield "own names differ", words["own names"].filled(left, right) & (named == 0)
    others = words["own others"].shared(left, right)
    yield "own other words", others.clip(0, 3) / 2
    yield "own other words, one story", others.clip(0, 3) / 2 * story
    yield "no other own words", others == 0
    counted = words["own numbers"].shared(left, right)
    yield "own numbers", counted.clip(0, 2)
    yield "own numbers differ", words["own numbers"].filled(left, right) & (counted == 0)
    more = reports.told("one more", _more)
    yield "one of them tells one more", more[left] != more[right]


def _more(reports: Reports) -> Flags:
    """Whether reports tell their events as one more each."""
    told = zip(reports.own_parts(), reports.cells["text"], strict=True)
    return np.array([one_more(*each) for each in told], dtype=np.bool_)


def _parties(reports: Reports, left: Ints, right: Ints, story: Flags) -> Iterator[tuple[str, Flags]]:
    """Parties on whatever side: one report may tell as actor whom another tells as recipient."""
    words = reports.words
    bodies = words["bodies"].shared(left, right)
    yield "a party in common", words["parties"].shared(left, right) > 0
    yield "a body in common", bodies > 0
    yield "a body in common, one story", (bodies > 0) & story
    yield "two bodies in common", bodies > 1
    yield "a body in common, same trigger", (bodies > 0) & (words["trigger"].shared(left, right) > 0)


def _alone(reports: Reports, left: Ints, right: Ints, same_type: Flags) -> Iterator[tuple[str, Flags]]:
    """Whether two articles of one story tell but one event of a kind each: then it is mostly the same."""
    n = most_of_kind(reports, left, right)
    alone = n <= 1
    story = one_story(reports, left, right)
    yield "only ones of their kind", alone
    yield "only ones of their kind, one story", alone & story
    yield "only ones of their kind, one story, same type", alone & story & same_type
    yield "few of their kind, one story", (n <= FEW) & story
    yield "only ones of their kind, same parties", alone & same_parties(reports, left, right)

"""What the articles of two reports say beside the reports: the story they tell, and what each leaves unsaid that the other names."""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from pipeline.link.evidence import (
    FRESH,
    RELATED,
    SOON,
    alike,
    days_between,
    lag,
    one_movement,
    one_story,
    same_day,
    same_parties,
    same_place,
)
from pipeline.link.pairs import both, either
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Floats, Ints

Feature = tuple[str, Floats | Flags]
MOST_NAMES, MOST_NUMBERS = 4, 2
LONG = 400
"""Days after an event within which articles look back at it most."""

FOR = (
    *(
        "articles share names",
        "articles share names anywhere",
        "articles share numbers",
        "both are the news, alike",
        "one story, same type and trigger",
    ),
    *("one story, same mode", "one story, same day", "one story, told soon", "one story, same parties"),
    *("town named in the other article", "party named in the other article", "same place and parties"),
    *(
        "same place, told soon",
        "same place and mode",
        "same day, place and type",
        "three names in both sentences",
    ),
    *("a day in the month, same place", "a day in the month, same parties", "a day in the month, one story"),
    *("a day in the month, a name", "both of something that lasts, same place"),
    *(
        "both of one movement",
        "both of something that lasts, one story",
        "both of something that lasts, same parties",
    ),
    *("looks back, same place", "looks back, same parties", "both are the news, same type"),
    *(
        "rare word of the deed",
        "one story, rare word of the deed",
        "one story, another type, same word of the deed",
    ),
    *("rare words around", "deed named in the other sentence", "one person harmed"),
    *("one person harmed, same type", "one person acts, same type", "one person acts, same type and words"),
)
AGAINST = (
    *(
        "town missing from the other article",
        "party missing from the other article",
        "another day of one month",
    ),
    *("one on the sidelines", "the news is the next, the other was told before"),
    *("types seldom mixed up", "other stories", "other stories, none dated"),
    "one story, same type, other words of the deed",
)
SIGNS = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
"""What can only speak for two reports being of one event (1), and what only against it (-1)."""

HARM = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types of what is done to a person, mostly once."""

MIXED_UP = (
    *(
        {"COERCE", "ASSAULT"},
        {"COERCE", "SANCTION"},
        {"REJECT", "ACCUSE"},
        {"CONCEDE", "RETREAT"},
        {"COERCE", "PROTEST"},
    ),
    *(
        {"ASSAULT", "PROTEST"},
        {"AGREE", "SUPPORT"},
        {"AGREE", "COOPERATE"},
        {"CONSULT", "COOPERATE"},
        {"AID", "SUPPORT"},
    ),
    *(
        {"AGREE", "CONSULT"},
        {"AGREE", "AID"},
        {"SUPPORT", "COOPERATE"},
        {"REJECT", "COERCE"},
        {"REJECT", "SANCTION"},
    ),
    *({"AID", "COOPERATE"}, {"ASSAULT", "MOBILIZE"}, {"SUPPORT", "CONSULT"}),
)
"""Pairs of types that reports of one event are often told as."""


def context_features(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of the pairs, by name; all are 0 for two reports of one article."""
    away = ~reports.same("doc_id", left, right)
    for name, values in (
        *_stories(reports, left, right),
        *_named(reports, left, right),
        *_times(reports, left, right),
        *_types(reports, left, right),
    ):
        yield name, values * away


def _stories(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    docs = reports.doc[left], reports.doc[right]
    begin, story = alike(reports, left, right), one_story(reports, left, right)
    yield "articles share names", reports.of_article["names"].shared(*docs).clip(0, MOST_NAMES) / MOST_NAMES
    shared = reports.of_article["whole"].shared(*docs)
    yield "articles share names anywhere", shared.clip(0, 2 * MOST_NAMES) / (2 * MOST_NAMES)
    yield (
        "articles share numbers",
        reports.of_article["numbers"].shared(*docs).clip(0, MOST_NUMBERS) / MOST_NUMBERS,
    )
    lead = both(reports.in_lead, left, right)
    kind = reports.same("event_type", left, right)
    yield "both are the news", lead
    yield "both are the news, same type", lead & kind & story
    yield "both are the news, alike", lead * np.interp(begin, [0.05, 0.35], [0.0, 1.0])
    yield "other stories", ~story & (begin < RELATED)
    undated = ~either(reports.dated, left, right)
    yield "other stories, none dated", ~story & undated
    trigger = reports.words["trigger"].shared(left, right) > 0
    days = lag(reports, left, right)
    yield "one story, same type and trigger", story & kind & trigger
    yield "one story, same mode", story & reports.same("event_mode", left, right)
    yield "one story, same day", story & same_day(reports, left, right)
    yield "one story, told soon", story & (days >= -FRESH) & (days <= SOON)
    yield "one story, same parties", story & same_parties(reports, left, right)


def _named(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Whether the town and the named parties of one report stand anywhere in the other article."""
    anywhere = reports.of_article["capitals"]
    for what, name in (("town", "town"), ("party", "party_names")):
        bag = reports.words[name]
        met, missing = np.zeros(len(left), dtype=np.bool_), np.zeros(len(left), dtype=np.bool_)
        shared = bag.shared(left, right) > 0
        for one, two in ((left, right), (right, left)):
            told = bag.size(one) > 0
            found = bag.held(anywhere, one, reports.doc[two]) > 0
            met |= told & found & ~shared
            missing |= told & ~found
        yield f"{what} named in the other article", met & ~missing
        yield f"{what} missing from the other article", missing
    yield "three names in both sentences", reports.words["names"].shared(left, right) >= 3


def _times(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    days, here = lag(reports, left, right), same_place(reports, left, right)
    parties = same_parties(reports, left, right)
    soon, back = (days >= -FRESH) & (days <= SOON), (days > SOON) & (days <= LONG)
    kind = reports.same("event_type", left, right)
    yield "told soon", soon
    yield "looks back", back
    yield "looks back, same place", back & here
    yield "looks back, same parties", back & parties
    yield "same place, told soon", here & soon
    yield "same place and parties", here & parties
    yield "same place and mode", here & reports.same("event_mode", left, right)
    yield "same day, place and type", here & kind & same_day(reports, left, right)
    wide = reports.dated_widely
    within = both(reports.dated, left, right) & (wide[left] ^ wide[right])
    within &= days_between(reports, left, right) == 0
    yield "a day in the month, same place", within & here
    yield "a day in the month, same parties", within & parties
    yield "a day in the month, one story", within & one_story(reports, left, right)
    yield "a day in the month, a name", within & (reports.words["names"].shared(left, right) > 0)
    aside = reports.asked.flag("aside", reports.cells["sentence"], lambda told: "sideline" in told)
    yield "one on the sidelines", aside[left] != aside[right]
    plain = reports.asked.told("plainly the next", lambda: reports.series == 2)
    since = reports.published[left] - reports.published[right]
    since = np.where(plain[left], since, -since)
    news = np.where(plain[left], reports.in_lead[left], reports.in_lead[right])
    yield (
        "the news is the next, the other was told before",
        (plain[left] != plain[right]) & news & (since >= 2),
    )
    lasting = both(reports.serial, left, right)
    yield "both of something that lasts", lasting
    yield "both of something that lasts, same place", lasting & here
    yield "both of something that lasts, one story", lasting & one_story(reports, left, right)
    yield "both of something that lasts, same parties", lasting & parties
    yield "both of one movement", lasting & one_movement(reports, left, right)
    yield "both of something that lasts, told long after", lasting & (days > SOON)
    yield "both give their day", both(reports.dated_sharply, left, right)
    borrowed = reports.asked.told("borrowed day", lambda: reports.named_day & ~reports.firm)
    yield "one borrows its day", borrowed[left] ^ borrowed[right]


def _types(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    code = reports.codes["event_type"]
    mixed = reports.asked.told("types mixed up", lambda: _mixed_up(reports))[code[left], code[right]]
    yield from _words_of_the_deed(reports, left, right)
    yield "types often mixed up", mixed
    yield "types seldom mixed up", ~mixed & (code[left] != code[right])


def _mixed_up(reports: Reports) -> Flags:
    """Which types are often told as which, by their codes: a row and a column for each, the last for no type (-1)."""
    code = reports.codes["event_type"]
    codes, first = (found.tolist() for found in np.unique(code, return_index=True))
    kinds = {own: reports.cells["event_type"][at] for own, at in zip(codes, first, strict=True)}
    found = np.zeros((2 + max(codes, default=0),) * 2, dtype=np.bool_)
    for one, two in permutations(codes, 2):
        found[one, two] = {kinds[one], kinds[two]} in MIXED_UP
    return found


def _words_of_the_deed(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Whether two reports of one story name the deed by the same rare word ("extradition"), or by others ("inquiry", "trial")."""
    words, story = reports.words, one_story(reports, left, right)
    rare = words["rare trigger"].shared(left, right).clip(0, 1)
    kind = reports.same("event_type", left, right)
    named = words["trigger"].shared(left, right) > 0
    yield "rare word of the deed", rare
    yield "one story, rare word of the deed", story * rare
    yield "one story, same type, other words of the deed", story & kind & ~named
    yield "one story, another type, same word of the deed", story & ~kind & named
    yield "rare words around", words["rare around"].cosine(left, right, 1.0)
    victim = words["recipient_persons"].shared(left, right) > 0
    violent = both(reports.asked.flag("harm", reports.cells["event_type"], HARM.__contains__), left, right)
    yield "one person harmed", victim & violent
    yield "one person harmed, same type", victim & violent & kind
    alone = words["own_persons"].shared(left, right) > 0
    yield "one person acts, same type", alone & kind
    yield "one person acts, same type and words", alone & kind & named
    met = [
        words["trigger"].held(words["sentence"], one, two) > 0 for one, two in ((left, right), (right, left))
    ]
    yield "deed named in the other sentence", (met[0] | met[1]) & ~named

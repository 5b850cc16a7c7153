"""What two reports have in common and in what they differ, feature by feature; the weights of these are learned.

Every feature is an array over pairs of reports, 0 or 1 where nothing else is said. Where a report does not tell, its
features are 0: what is not said speaks for nothing.
"""

from collections.abc import Iterator

import numpy as np

from pipeline.link.article_features import SIGNS as ARTICLE_SIGNS
from pipeline.link.article_features import article_features
from pipeline.link.clause_features import SIGNS as CLAUSE_SIGNS
from pipeline.link.clause_features import clause_features
from pipeline.link.context_features import SIGNS as CONTEXT_SIGNS
from pipeline.link.context_features import context_features
from pipeline.link.evidence import (
    CAMPAIGN,
    alike,
    days_between,
    in_its_month,
    lag,
    other_people,
    same_day,
    same_parties,
    same_place,
    told_at_once,
)
from pipeline.link.never import nouns, of_words, other_voices
from pipeline.link.pairs import both, either
from pipeline.link.report_flags import SLACK
from pipeline.link.reports import Reports
from pipeline.link.retelling import SIGNS as RETELLING_SIGNS
from pipeline.link.retelling import retelling
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.signs import AGAINST, FOR
from pipeline.link.words import casualty_words, is_country, praising_words, stems

Feature = tuple[str, Floats | Flags]

NEARLY = 1.3
"""Amounts within this factor are nearly the same."""
CLOSE = 20
"""Characters between two words of one sentence that may tell one event ("the strike hit ...")."""
NEXT_AFTER = 2
"""The next of a series is told so many days after the one before."""
MOST_NAMES = 3
FEW = 1.0
"""Is added to the product of two lengths, so that few words are never very much alike."""


SIGNS = (
    dict.fromkeys(FOR, 1)
    | dict.fromkeys(AGAINST, -1)
    | CONTEXT_SIGNS
    | CLAUSE_SIGNS
    | ARTICLE_SIGNS
    | RETELLING_SIGNS
)
"""What can only speak for two reports being of one event (1), and what only against it (-1); of the others the data decide."""


CROSSED = (
    *("same day", "told at once", "told soon", "same place", "same parties", "same recipient, a body"),
    *("same trigger", "same mode", "another type", "articles begin alike", "articles share names"),
    *(
        "party missing from the other article",
        "both give their day",
        "violence both",
        "words of the sentences",
    ),
)
"""Features of two articles whose weight depends on each other: a place in common says more where the day is the same too."""


def across_features(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of pairs of different articles, by name."""
    yield from _single(reports, left, right)
    yield from context_features(reports, left, right)


def within_features(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of pairs of one article, by name."""
    yield from _single(reports, left, right)
    yield from _sentence(reports, left, right)
    yield from article_features(reports, left, right)
    yield from retelling(reports, left, right)


def _single(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    yield from _days(reports, left, right)
    yield from _parties(reports, left, right)
    yield from _places(reports, left, right)
    yield from _amounts(reports, left, right)
    yield from _wording(reports, left, right)
    yield from _deeds(reports, left, right)
    yield from _series(reports, left, right)
    yield from _day_names(reports, left, right)
    yield from clause_features(reports, left, right)


def _days(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    published = reports.published
    dated, gap = reports.dated, days_between(reports, left, right)
    two = both(dated, left, right)
    sharp = two & both(reports.dated_sharply, left, right)
    width = reports.width
    wide = two & (np.abs(width[left] - width[right]) > CAMPAIGN)
    yield "same day", same_day(reports, left, right)
    yield "next day", sharp & (gap == 1)
    yield "days apart", sharp & (gap > 1)
    yield "days far apart", two & (gap > SLACK) & (gap <= 10)
    yield "days very far apart", two & (gap > 10)
    yield "days overlap", two & ~sharp & ~wide & (gap <= 1)
    yield "a day of a campaign", wide
    known = both(reports.printed, left, right)
    one = known & (dated[left] != dated[right])
    days, news = lag(reports, left, right), either(reports.news, left, right)
    month = in_its_month(reports, left, right)
    yield "one dated by a month, told in it", month
    one &= ~month
    for days_after, low, high in (
        ("1", -2, 1),
        ("3", 2, 3),
        ("7", 4, 7),
        ("30", 8, 30),
        ("more", 31, np.inf),
    ):
        yield f"one dated, told after {days_after}", one & (days >= low) & (days <= high)
    yield "told before its day", one & (days < -2)
    yield "one dated, the other news", one & news & (days >= -2) & (days <= 2)
    yield "one dated, the other later news", one & news & (days > 2)
    none = known & ~either(dated, left, right)
    apart = np.abs(published[left] - published[right])
    for told, low, high in (("1", 0, 1), ("3", 2, 3), ("7", 4, 7), ("30", 8, 30), ("more", 31, np.inf)):
        yield f"none dated, told within {told}", none & (apart >= low) & (apart <= high)
    yield "none dated, both news at once", none & both(reports.news, left, right) & (apart <= 1)
    yield "none dated, both news later", none & both(reports.news, left, right) & (apart > 1)
    yield "told at once", told_at_once(reports, left, right)


def _parties(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    words = reports.words
    for role in ("actor", "recipient"):
        known, named = words[f"{role}_known"].filled(left, right), words[f"{role}_names"].filled(left, right)
        same = known & (words[role].shared(left, right) > 0)
        body = words[f"{role}_body"].shared(left, right) > 0
        name = named & (words[f"{role}_names"].shared(left, right) > 0)
        same_country = known & (words[f"{role}_countries"].shared(left, right) > 0)
        two_bodies = words[f"{role}_body"].filled(left, right)
        placed = known & words[f"{role}_countries"].filled(left, right)
        yield f"same {role}", same & ~body
        yield f"same {role}, a body", body
        yield f"{role}s share a name", name & ~same
        yield f"{role}s of one country", same_country & ~same & ~two_bodies & ~name
        yield f"{role}s two bodies of one country", same_country & ~same & two_bodies & ~name
        yield f"{role}s of other countries", placed & ~same_country & ~same & ~name
        yield f"{role}s are others", (known | named) & ~same & ~name & ~same_country & ~placed
        yield f"{role}s are other people", other_people(reports, f"{role}_persons", left, right) & ~body
        yield f"{role}s are other voices", other_voices(reports, role, left, right)
        yield f"no {role} in one", ~(known | named)
    yield "parties swapped", words["roles"].shared(left, right) < 0
    same_thing = words["things"].shared(left, right) > 0
    yield "things of one kind", same_thing
    yield "things of other kinds", words["things"].filled(left, right) & ~same_thing
    yield "one name of a thing", words["thing_names"].shared(left, right) > 0
    yield "same parties", same_parties(reports, left, right)


def _places(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    placed = both(reports.placed, left, right)
    wide = either(reports.asked.flag("a country", reports.cells["place"], is_country), left, right)
    here = same_place(reports, left, right)
    yield "same place", here
    yield "a place and its country", placed & wide
    yield "other places", placed & ~wide & ~here
    mentioned = placed ^ either(reports.placed, left, right)
    yield (
        "place named in the other sentence",
        mentioned & (reports.words["place_words"].shared(left, right) > 0),
    )


def _amounts(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    toll, hurt, amount = reports.fatalities, reports.injured, reports.amounts
    killed = both(reports.with_toll, left, right)
    yield "same toll", toll[left] == toll[right]
    yield "same toll, three or more", (toll[left] == toll[right]) & (toll[left] >= 3)
    yield "other tolls", killed & (toll[left] != toll[right])
    yield (
        "tolls far apart",
        killed & (np.fmax(toll[left], toll[right]) > 2 * np.fmin(toll[left], toll[right])),
    )
    yield "as many injured", hurt[left] == hurt[right]
    told = both(reports.with_amount, left, right) & ~killed
    near = np.fmax(amount[left], amount[right]) <= NEARLY * np.fmin(amount[left], amount[right])
    yield "same amount", told & (amount[left] == amount[right])
    yield "other amount", told & (amount[left] != amount[right]) & ~near


def _wording(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    words, there = reports.words, reports.same("doc_id", left, right)
    yield "words around", words["around"].cosine(left, right, FEW)
    shared = words["sentence"].shared(left, right)
    size = np.minimum(words["sentence"].size(left), words["sentence"].size(right))
    yield "words of the sentences", np.where(there, 0.0, shared / (size + 2.0))
    yield (
        "names in both sentences",
        words["names"].shared(left, right).clip(0, MOST_NAMES) * ~reports.same("sentence", left, right),
    )
    yield (
        "sentences name others",
        words["names"].filled(left, right) & (words["names"].shared(left, right) == 0),
    )
    yield "one quotation", (words["quoted"].shared(left, right) >= 2) & ~there
    begin = np.where(there, 0.0, alike(reports, left, right))
    yield "articles begin alike", np.interp(begin, [0.05, 0.35], [0.0, 1.0])
    yield "articles are strangers", ~there & (begin < 0.05)


def _deeds(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    words = reports.words
    same_type = reports.same("event_type", left, right)
    verbal = of_words(reports)
    violent = reports.asked.flag("violent", reports.cells["event_type"], "ASSAULT".__eq__)
    yield "another type", ~same_type
    yield "words both", both(verbal, left, right)
    yield "violence both", both(violent, left, right)
    plural = reports.same("last_stem", left, right) & ~reports.same("last_word", left, right)
    noun = both(nouns(reports), left, right)
    same_words = words["trigger"].shared(left, right) > 0
    yield "same trigger", same_words & ~(plural & noun)
    yield "same noun in another number", same_words & plural & noun
    same_mode = reports.same("event_mode", left, right)
    other = both(reports.given("event_mode"), left, right) & ~same_mode
    yield "same mode", same_mode
    yield "another mode of words", other & both(verbal, left, right)
    yield "another mode of violence", other & either(violent, left, right)
    yield "another mode of deeds", other & ~both(verbal, left, right) & ~either(violent, left, right)
    praise = reports.asked.flag(
        "praise", reports.cells["text"], lambda text: bool(stems(text) & praising_words())
    )
    yield "thanks and something else", praise[left] != praise[right]
    parties = same_parties(reports, left, right)
    yield "same parties and trigger", parties & same_words
    yield "same day and parties", parties & same_day(reports, left, right)
    yield "same place and trigger", same_place(reports, left, right) & same_words


def _series(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    one, two = reports.series[left], reports.series[right]
    days = reports.published[left] - reports.published[right]
    lag = np.where(one > two, days, -days)
    there = reports.same("doc_id", left, right)
    sharp = both(reports.sharp, left, right)
    one_day = sharp & (reports.first[left] == reports.first[right])
    apart = (one != two) & ~one_day & (there | (lag >= NEXT_AFTER))
    plain = np.maximum(one, two) == 2
    yield "the next of a series", apart & plain
    yield "perhaps the next of a series", apart & ~plain
    hedged = reports.asked.flag(
        "hedged", reports.cells["status"], lambda told: told in ("reported", "hypothetical")
    )
    yield "one hedged", hedged[left] != hedged[right]
    old = reports.asked.flag("historical", reports.cells["status"], "historical".__eq__)
    yield "one of long ago", old[left] != old[right]
    yield "statuses differ", ~reports.same("status", left, right)


def _day_names(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    days = reports.words["day_names"]
    two = days.filled(left, right) & ~reports.same("sentence", left, right)
    yield "sentences name one day", two & (days.shared(left, right) > 0)
    yield "sentences name other days", two & (days.shared(left, right) == 0)


def _sentence(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Of two reports of one article."""
    there = reports.same("doc_id", left, right)
    start = reports.offsets
    close = np.abs(start[left] - start[right]) < CLOSE
    toll_told = reports.asked.flag(
        "toll told", reports.cells["text"], lambda text: bool(stems(text) & casualty_words())
    )
    same_type = reports.same("event_type", left, right)
    in_one = reports.same("sentence", left, right)
    by_deed = (toll_told[left] != toll_told[right]) & same_type
    yield "one sentence", in_one
    yield "one sentence, a deed and its toll", in_one & by_deed
    yield "one sentence, close", in_one & close
    yield "one points back", there & either(reports.back, left, right)
    yield "one points back, same type", there & either(reports.back, left, right) & same_type
    later = np.where(reports.position[left] > reports.position[right], left, right)
    yield "the later one turns away", there & ~in_one & reports.turn[later]
    lead = either(reports.in_lead, left, right) & there & ~in_one
    yield "one is the news", lead
    yield "one is the news, same type", lead & same_type
    yield "one is the news, same mode", lead & reports.same("event_mode", left, right)
    same_words = reports.words["trigger"].shared(left, right) > 0
    same = {role: reports.words[f"{role}_known"].shared(left, right) > 0 for role in ("actor", "recipient")}
    verbal = of_words(reports)
    violent = reports.asked.flag("violent", reports.cells["event_type"], "ASSAULT".__eq__)
    victim = reports.words["recipient_persons"].shared(left, right) > 0
    yield "there, same trigger and type", there & same_words & same_type
    yield "there, words of others", there & both(verbal, left, right) & ~same_words
    yield "there, one person harmed", there & both(violent, left, right) & victim
    yield "there, same trigger and actor", there & same_words & same["actor"]
    yield "there, same trigger and recipient", there & same_words & same["recipient"]
    named_apart = np.zeros(len(left), dtype=np.bool_)
    for role in ("actor", "recipient"):
        bag = reports.words[f"{role}_names"]
        named_apart |= bag.filled(left, right) & (bag.shared(left, right) == 0)
    yield "there, parties named apart", there & named_apart
    yield "there, same type and words", there * reports.words["around"].cosine(left, right, FEW) * same_type
    away = np.abs(reports.position[left] - reports.position[right])
    yield "far apart in the article", there & (away > 800)
    yield "next to each other", there & ~in_one & (away < 250)
    yield "next to each other, same type", there & ~in_one & (away < 250) & same_type

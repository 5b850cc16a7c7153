"""How one article tells an event again: a noun that points back, the same deed by another word, a detail after the news."""

import re
from collections.abc import Callable, Iterator

import numpy as np

from pipeline.link.article_features import tolls
from pipeline.link.never import nouns
from pipeline.link.pairs import both, flags
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.telling import known_noun, noun_after
from pipeline.link.words import holds

Feature = tuple[str, Floats | Flags]
NEAREST, FARTHEST = 40.0, 2000.0
"""Characters between two triggers that are next to each other, and from which on they are as far apart as can be."""
FEW = 0.2
"""Is added to the product of two lengths, so that one large class of words in common is little."""

_NEW = re.compile(
    r"\b(?:an?|another|several|some|many|more|new|\w+ing|\d+)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE
)
"""Before a noun for something not told before: "a suicide attack"."""
_SAID = re.compile(
    r"^\W*(?:[\w'’.-]+\s){1,7}(?:says?|said|tells?|told|report(?:s|ed)?|confirm(?:s|ed)?|add(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Begins a sentence that tells a detail by somebody: "Officials say ..."."""
_BESIDE = re.compile(r",|\b(?:and|or|but)\b", re.IGNORECASE)
"""Between two deeds of one sentence."""
_BY = re.compile(r"\b(?:in|by|when|as|during|from|with|through)\b", re.IGNORECASE)
"""Between what befell somebody and the deed that did it: "died in a raid"."""
_APART = re.compile(
    r"\b(?:another|separate|separately|other|elsewhere|earlier|previous(?:ly)?|also|meanwhile|first|second|third|similar"
    r"|last (?:week|month|year)|days? (?:after|before|earlier|later))\b",
    re.IGNORECASE,
)
"""In the part of a sentence that tells another event than the one before."""
_OF_APART = (
    *(
        "another",
        "separate",
        "other",
        "elsewhere",
        "earlier",
        "previous",
        "also",
        "meanwhile",
        "first",
        "second",
    ),
    *("third", "similar", "last ", "day"),
)
"""The pattern needs one of these."""
_IN_IT = re.compile(
    r"^[^.;]{0,40}?\b(?:in|by|during|from|after)\s(?:the|this|that|these|those)\s", re.IGNORECASE
)
"""After what befell somebody in something known: "wounded in the attack"."""

FOR = (
    *("a noun for what is known", "deeds of one meaning", "deeds of one meaning, next"),
    *("those harmed of one meaning", "a detail follows", "a detail follows, same type"),
    *("befell them by it", "befell them in what is known", "times told alike", "countries told alike"),
)
AGAINST = (
    "times told differ",
    "countries told differ",
    "a deed beside a deed",
    "a new noun later",
    "told as apart",
    "far between",
)
SIGNS = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
"""What can only speak for two reports being of one event (1), and what only against it (-1)."""


def retelling(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of pairs of one article, by name."""
    earlier = reports.position[left] <= reports.position[right]
    first, then = np.where(earlier, left, right), np.where(earlier, right, left)
    in_one = reports.same("sentence", left, right)
    kind = reports.same("event_type", left, right)
    follows = np.abs(reports.nth_of_kind[left] - reports.nth_of_kind[right]) == 1
    away = np.abs(reports.position[left] - reports.position[right]).clip(NEAREST, FARTHEST)
    yield "far between", np.log(away / NEAREST) / np.log(FARTHEST / NEAREST)
    for name, values in (*_nouns(reports, first, then), *_said(reports, first, then, follows, kind)):
        yield name, values & ~in_one
    alike = reports.words["meant"].cosine(left, right, FEW)
    yield "deeds of one meaning", alike
    yield "deeds of one meaning, next", alike * follows
    yield "those harmed of one meaning", reports.words["recipient_meant"].cosine(left, right, FEW)
    for place, name in (("told lands", "countries"), ("own times", "times")):
        words = reports.words[place]
        shared = words.shared(left, right) > 0
        yield f"{name} told alike", shared & ~in_one
        yield f"{name} told differ", words.filled(left, right) & ~shared
        yield f"one tells its {name}", ((words.size(left) > 0) != (words.size(right) > 0)) & ~in_one
    beside, by = _between(reports, first, then, np.flatnonzero(in_one))
    yield "a deed beside a deed", beside
    yield "befell them by it", by
    yield "befell them by it, same type", by & kind


def new_noun(sentence: str, start: int, trigger: str) -> bool:
    """Whether a report names its event by a noun as something not told before."""
    return noun_after(_NEW, sentence, start, trigger)


def in_what_is_known(sentence: str, start: int, trigger: str) -> bool:
    """Whether what stands after a trigger is something known that did it."""
    return bool(_IN_IT.search(sentence[start + len(trigger) :]))


def _nouns(reports: Reports, first: Ints, then: Ints) -> Iterator[tuple[str, Flags]]:
    """Whether the later report is a noun, for what is known or what is new."""
    noun = nouns(reports)
    yield "a noun for what is known", _of_triggers(reports, known_noun)[then]
    yield "a new noun later", _of_triggers(reports, new_noun)[then]
    yield "a noun, then a verb", noun[first] & ~noun[then]
    inside = _of_triggers(reports, in_what_is_known)
    yield "befell them in what is known", inside[then] & tolls(reports)[then]


def _of_triggers(reports: Reports, test: Callable[[str, int, str], bool]) -> Flags:
    """A test of each sentence and its trigger, made once."""
    return reports.told(
        test.__name__, lambda told: np.array([test(*each) for each in told.triggers()], dtype=np.bool_)
    )


def _said(
    reports: Reports, first: Ints, then: Ints, follows: Flags, kind: Flags
) -> Iterator[tuple[str, Flags]]:
    """Whether the later report is a detail that somebody tells, or one that is told as another event."""
    said = reports.asked.flag("said", reports.cells["sentence"], lambda told: bool(_SAID.search(told)))
    detail = said[then] & ~said[first] & follows
    yield "a detail follows", detail
    yield "a detail follows, same type", detail & kind
    yield "both as said", both(said, first, then)
    apart = reports.told("apart", lambda told: flags(told.own_parts(), _told_apart))
    befell = tolls(reports)
    yield "told as apart", apart[then] & ~befell[then]
    yield "others befell it too", apart[then] & befell[then]
    yield "others befell it too, next", apart[then] & befell[then] & follows & kind


def _told_apart(part: str) -> bool:
    """Whether the part of a sentence tells another event than the one before."""
    return holds(part, _OF_APART) and bool(_APART.search(part))


def _between(reports: Reports, first: Ints, then: Ints, some: Ints) -> tuple[Flags, Flags]:
    """Of some pairs of one sentence whether a comma or "and" parts the two, and whether the later tells what did the earlier."""
    beside, by = np.zeros(len(first), dtype=np.bool_), np.zeros(len(first), dtype=np.bool_)
    for at in some.tolist():
        one, two = int(first[at]), int(then[at])
        start = reports.offsets[one] + len(reports.cells["text"][one])
        between = reports.cells["sentence"][one][start : reports.offsets[two]]
        beside[at] = bool(_BESIDE.search(between))
        by[at] = not beside[at] and bool(_BY.search(between))
    return beside, by

"""What two reports of one article have in common that only an article shows: a deed and its toll, what stands next to what."""

import re
from collections.abc import Iterator

import numpy as np

from pipeline.link.evidence import most_of_kind
from pipeline.link.pairs import both, either
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.words import casualty_words, stems

Feature = tuple[str, Floats | Flags]
FEW = 3
"""So many events of one kind are few for an article."""
NEAR = 60
"""Characters between two words of one clause."""
FOR = (
    *("one clause, a deed and its toll", "one clause, two tolls", "a toll and nothing of its kind between"),
    *("a toll without an actor follows", "points back to the last of its kind", "few of their kind there"),
    *(
        "next of their kind, same mode",
        "there, one day",
        "there, same parties told",
        "only two of their kind",
    ),
    *("only two of their kind, one points back", "there, same rare word", "next of their kind, same trigger"),
)
AGAINST = (
    *("there, other people harmed", "there, other people harmed, same trigger", "there, other days"),
    *("one sentence, deeds parted", "one sentence, one trigger twice", "a deed of another kind between"),
    *("there, another number harmed", "there, other towns", "there, actors are other people"),
)
SIGNS = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
"""What can only speak for two reports being of one event (1), and what only against it (-1)."""

CROSSED = (
    *("same mode", "same trigger", "another type", "violence both", "words both", "statuses differ"),
    *(
        "same parties",
        "same actor",
        "same recipient",
        "same parties and trigger",
        "there, parties named apart",
    ),
    *("there, one day", "there, one day, same type", "there, other days", "one is the news"),
    *("one points back", "one points back, same type", "points back to the last of its kind"),
    *("one sentence", "one clause, a deed and its toll", "next to each other", "next of their kind"),
    *("few of their kind there", "many of their kind there", "there, same rare word"),
    "there, same rare words around",
)
"""Features whose weight depends on each other: the same word says more where the parties are the same too."""

_PARTED = re.compile(
    r"[;:]|\b(?:separate|another|others?|also|before|since|earlier|later|then|over|while|when|who|but|months?|weeks?|days?)\b",
    re.IGNORECASE,
)
"""Between two triggers of a sentence that tell two events."""


def article_features(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of the pairs, by name; all are 0 for reports of two articles."""
    there = reports.same("doc_id", left, right)
    for name, values in (
        *_clauses(reports, left, right),
        *_order(reports, left, right),
        *_told(reports, left, right),
    ):
        yield name, values * there


def tolls(reports: Reports) -> Flags:
    """Whether a report tells of dead or injured."""
    return reports.asked.flag(
        "toll told", reports.cells["text"], lambda text: bool(stems(text) & casualty_words())
    )


def _clauses(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    toll, kinds = tolls(reports), reports.cells["event_type"]
    violent = both(reports.asked.flag("violent", kinds, "ASSAULT".__eq__), left, right)
    in_one = reports.same("sentence", left, right)
    parted = np.zeros(len(left), dtype=np.bool_)
    close = np.zeros(len(left), dtype=np.bool_)
    for at in np.flatnonzero(in_one).tolist():
        one, two = sorted((int(left[at]), int(right[at])), key=lambda row: reports.offsets[row])
        start = reports.offsets[one] + len(reports.cells["text"][one])
        between = reports.cells["sentence"][one][start : reports.offsets[two]]
        parted[at], close[at] = bool(_PARTED.search(between)), len(between) < NEAR
    whole = in_one & ~parted & violent
    yield "one clause, a deed and its toll", whole & (toll[left] != toll[right])
    yield "one clause, a deed and its toll, close", whole & (toll[left] != toll[right]) & close
    yield "one clause, two tolls", whole & both(toll, left, right)
    yield "one clause, two deeds of violence", whole & ~either(toll, left, right)
    yield "one sentence, deeds parted", in_one & parted
    yield "one sentence, one trigger twice", in_one & (reports.words["trigger"].shared(left, right) > 0)


def _order(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    """What stands next to what among the events of a kind that the article tells."""
    earlier = reports.position[left] <= reports.position[right]
    first, then = np.where(earlier, left, right), np.where(earlier, right, left)
    step = np.abs(reports.nth_of_kind[left] - reports.nth_of_kind[right])
    in_one = reports.same("sentence", left, right)
    kind, mode = (reports.same(name, left, right) for name in ("event_type", "event_mode"))
    n = most_of_kind(reports, left, right)
    few, two = (n <= FEW) & kind, n <= 2
    toll, silent = tolls(reports), reports.words["actor"].size(then) == 0
    named = reports.words["trigger"].shared(left, right) > 0
    yield "next of their kind", step == 1
    yield "next of their kind, other sentence", (step == 1) & ~in_one
    yield "next of their kind, same mode", (step == 1) & mode & ~in_one
    yield "next of their kind, same trigger", (step == 1) & named & ~in_one
    yield "a deed of another kind between", (step > 1) & ~in_one & ~kind
    yield "points back to the last of its kind", (step == 1) & reports.back[then] & ~in_one
    yield "a toll and nothing of its kind between", (step == 1) & toll[then] & ~in_one & kind
    yield "a toll without an actor follows", (step == 1) & toll[then] & silent & ~in_one & kind
    yield "a deed after its toll", (step == 1) & toll[first] & ~toll[then] & ~in_one & kind
    yield "few of their kind there", few & ~in_one
    yield "only two of their kind", two & kind & ~in_one
    yield "only two of their kind, one points back", two & either(reports.back, left, right) & ~in_one
    yield "many of their kind there", np.minimum(reports.n_of_kind[left], 12) / 12.0


def _told(reports: Reports, left: Ints, right: Ints) -> Iterator[Feature]:
    words, kind = reports.words, reports.same("event_type", left, right)
    named = words["trigger"].shared(left, right) > 0
    people = words["recipient_persons"]
    others = people.filled(left, right) & (people.shared(left, right) == 0) & ~reports.mutual[left]
    yield "there, other people harmed", others
    yield "there, other people harmed, same trigger", others & named
    who = words["own_persons"]
    yield "there, actors are other people", who.filled(left, right) & (who.shared(left, right) == 0)
    sharp = both(reports.sharp, left, right)
    gap = np.abs(reports.first[left] - reports.first[right])
    known = both(reports.named_day, left, right)
    yield "there, one day", sharp & (gap == 0)
    yield "there, one day, same type", sharp & (gap == 0) & kind
    yield "there, other days", sharp & (gap > 1)
    yield "there, other times", known & ~sharp & (gap > 31)
    amounts = reports.amounts
    told = both(reports.with_amount, left, right)
    yield "there, another number harmed", told & (amounts[left] != amounts[right])
    yield "there, as many harmed", told & (amounts[left] == amounts[right])
    town = words["town"]
    yield "there, other towns", town.filled(left, right) & (town.shared(left, right) == 0)
    same = [words[f"{role}_known"].shared(left, right) > 0 for role in ("actor", "recipient")]
    yield "there, same parties told", same[0] & same[1] & kind
    yield "there, same rare word", words["rare trigger"].shared(left, right).clip(0, 1) * kind
    yield "there, same rare words around", words["rare around"].cosine(left, right, 1.0)
    yield "there, same rare words around, same type", words["rare around"].cosine(left, right, 1.0) * kind

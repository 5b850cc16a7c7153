"""What can never be one event, whatever else two reports have in common."""

from collections.abc import Callable
from functools import partial

import numpy as np

from pipeline.link.evidence import SOON, lag, other_people
from pipeline.link.pairs import asked_of, both, kilometres
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Ints
from pipeline.link.words import stems

Question = Callable[[Reports, Ints, Ints], Flags]

FAR_KM = 60.0
"""Two towns farther from each other are two places."""
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types of words rather than deeds: reports differ more in the mode they give them."""
ATTACKS = stems("attack assault offensive war fight battle blast slam lob hit barrage broadside")
"""Words for violence that are said of speeches too."""
DONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "CONCEDE"})
"""Types of what is done to somebody, and by the same words to the next."""


def forbidden(reports: Reports, left: Ints, right: Ints) -> Flags:
    """What can never be one event: places far apart, an event told more than a week before its day, words of others."""
    days = lag(reports, left, right)
    return np.asarray(
        (days < -SOON)
        | _far(reports, left, right)
        | other_voices(reports, "actor", left, right)
        | _other_people(reports, left, right)
        | _one_of_many(reports, left, right)
        | _done_to_another(reports, left, right)
        | _words_of_another(reports, left, right)
        | _arrest_beside_attack(reports, left, right)
    )


def _arrest_beside_attack(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether one sentence tells an arrest and an attack: "drones attacked the port after guards arrested two"."""
    arrest = reports.asked.flag("arrest", reports.cells["event_mode"], "arrest".__eq__)
    attack = reports.asked.flag("violent", reports.cells["event_type"], "ASSAULT".__eq__)
    mixed = (arrest[left] & attack[right]) | (attack[left] & arrest[right])
    return np.asarray(mixed & reports.same("sentence", left, right))


def _words_of_another(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two attacks in words are by, or on, two other people: each named, told without a means, a toll or a town."""
    bare = reports.asked.told("bare attack", lambda: _bare_attacks(reports))
    return asked_of(both(bare, left, right), _by_or_on_others, reports, left, right)


def _by_or_on_others(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two reports name other people on one side.

    Of two articles, where one does not tell by whom, they are not known to be one: a campaign is full of them.
    """
    words = reports.words
    named, people = words["own_persons"].filled(left, right), words["recipient_persons"]
    others = other_people(reports, "own_persons", left, right)
    others |= named & other_people(reports, "recipient_persons", left, right)
    sides = words["own_persons"].size(left) + words["own_persons"].size(right)
    sides += people.size(left) + people.size(right)
    unknown = (sides > 0) & (words["actor_body"].shared(left, right) == 0)
    others |= unknown & ~reports.same("doc_id", left, right)
    return np.asarray(others)


def _bare_attacks(reports: Reports) -> Flags:
    """Whether a report tells an attack, perhaps of words, without a means, a toll or a town."""
    bare = (reports.codes["event_mode"] < 0) & ~reports.with_toll & np.isnan(reports.injured)
    bare &= ~reports.in_town
    bare &= reports.asked.flag("attack", reports.cells["text"], lambda text: bool(stems(text) & ATTACKS))
    return bare


def _one_of_many(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether one sentence tells a deed and several of its kind: "the strike" and "air strikes"."""
    same = reports.same("sentence", left, right) & reports.same("last_stem", left, right)
    return np.asarray(same & ~reports.same("last_word", left, right) & both(nouns(reports), left, right))


def _done_to_another(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether one article tells of two people, each by name, to whom one kind of thing was done in the same words: two pardons, two dismissals."""
    kinds = reports.asked.flag("done to a person", reports.cells["event_type"], DONE.__contains__)
    there = reports.same("doc_id", left, right) & both(kinds, left, right)
    return asked_of(there, _done_alike, reports, left, right)


def _done_alike(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether the same words tell what was done to two people."""
    people, done = reports.words["recipient_persons"], reports.words["trigger"]
    others = people.filled(left, right) & (people.shared(left, right) == 0)
    return np.asarray(others & (done.shared(left, right) > 0))


def nouns(reports: Reports) -> Flags:
    """Whether the trigger looks like a noun."""
    return reports.asked.flag("noun", reports.cells["text"], lambda text: not text.endswith(("ed", "ing")))


def _other_people(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two other people give support or a promise: an endorsement by one is not that by the other."""
    mutual = reports.asked.told("promise", lambda: reports.mutual & ~_consult(reports))
    known = both(mutual, left, right) & reports.words["own_persons"].filled(left, right)
    return asked_of(known, _by_others, reports, left, right)


def _by_others(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether none of the people of one report stands on a side of the other."""
    own, sides = reports.words["own_persons"], reports.words["actor_persons"]
    named = reports.words["actor_names"].shared(left, right) > 0
    return np.asarray(~named & (own.held(sides, left, right) == 0) & (own.held(sides, right, left) == 0))


def _consult(reports: Reports) -> Flags:
    return reports.asked.flag("consult", reports.cells["event_type"], "CONSULT".__eq__)


def _far(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two towns lie far apart."""
    narrow = both(reports.in_town, left, right)
    return asked_of(narrow & ~reports.same("place", left, right), _kilometres_apart, reports, left, right)


def _kilometres_apart(reports: Reports, left: Ints, right: Ints) -> Flags:
    return np.asarray(kilometres(reports.latitude, reports.longitude, left, right) > FAR_KM)


def of_words(reports: Reports) -> Flags:
    """Whether a report is of words rather than deeds."""
    return reports.asked.flag("verbal", reports.cells["event_type"], VERBAL.__contains__)


def other_voices(reports: Reports, role: str, left: Ints, right: Ints) -> Flags:
    """Whether two people, or two bodies that are of no one state, speak: what one says is not what the other says."""
    spoken = both(reports.asked.told("spoken", lambda: of_words(reports) & ~reports.mutual), left, right)
    return asked_of(spoken, partial(_spoken_by_others, role), reports, left, right)


def _spoken_by_others(role: str, reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two reports have other people, or other bodies, on one side."""
    words = reports.words
    bags = words[f"{role}_persons"], words[f"{role}_unions"]
    others = [bag.filled(left, right) & (bag.shared(left, right) == 0) for bag in bags]
    named = words[f"{role}_names"].shared(left, right) > 0  # a surname alone is of the same person
    return np.asarray((others[0] | others[1]) & ~named & (words[f"{role}_body"].shared(left, right) == 0))

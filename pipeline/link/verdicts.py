"""What the sources make of an incident: borne out, disputed, or told by one voice; and who speaks for each side."""

import re
from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np

from pipeline.lexicon import table
from pipeline.link.reports import Reports
from pipeline.link.rows import NO_DAY, Ints, parts
from pipeline.link.telling import retold
from pipeline.link.words import lands, party_words, proper, stems

BLAMED = frozenset({"ASSAULT", "COERCE"})
"""Types where it is a dispute who did it."""
APART = 1.5
"""Factor by which two numbers of deaths differ that no slip of a count explains."""
AT_ONCE = 1
"""Days between two numbers of deaths within which none is the other's update."""

MOST = 40
"""Reports of an incident that are held against each other: bounds the time."""

Sides = tuple[int, int]
"""A report of each side."""

_AGAINST = re.compile(
    r"\b(?:(?:contradict|disput|refut|rebut)(?:e|s|es|ed|ing)? (?:(?:an?|the|this|that|his|her|its|their) )?(?:[\w’'-]+ ){0,2}?"
    r"(?:accounts?|versions?|claims?|reports?|statements?|allegations?)"
    r"|(?:blam|accus)(?:e|es|ed|ing) (?:each other|one another)"
    r"|(?:each|either)(?: \w+){0,2} (?:of )?(?:h[eo]ld|accus|blam|sa(?:y|id)|insist|maintain)(?:s|es|ed)?(?: that)? the other"
    r"|(?:at odds|disagree[sd]?) (?:over|about|on) who"
    r"|(?:trad|exchang)(?:e|es|ed|ing) (?:blame|accusations)"
    r"|(?:conflicting|contradictory) (?:accounts|versions|reports)[\w ]{0,20} (?:who(?:se)?|responsib\w+|blame))\b",
    re.IGNORECASE,
)
"""Tells in so many words that others say otherwise; conflicting accounts of how it was done are no dispute over who did it."""
_DISOWNS = re.compile(
    r"\b(?:(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing))\b[^.;:]{0,60}?"
    r"\b(?:involvement|complicity|(?:part|role|hand) in|responsib(?:ility|le) for|behind|anything to do with)"
    r"|(?:has|have|had|having) nothing to do with)\b",
    re.IGNORECASE,
)
"""Before a deed: somebody says that he did not do it; nobody says so of what nobody lays at his door."""
_NEAR_DEED = 40
"""Characters from there to the deed."""
_TITLE = re.compile(r"\b([a-z]+) (?:of|for|with|at) (?:the )?(?:[^\W\d_a-z][\w'’-]*[ -])*$")
"""Before a body that is named in somebody's title: "the head of the Civic Committee"."""


def who_sides(reports: Reports, rows: Ints) -> Sides | None:
    """Two reports that blame others: actors of other countries in two articles, two sides that blame each other, or one that says so."""
    if len(rows) < 2 or reports.cells["event_type"][rows[0]] not in BLAMED:
        return None
    for against in (_contradicts, _disowns):
        if told := _told_otherwise(reports, rows[:MOST].tolist(), against):
            return told
    blaming = [int(row) for row in rows if reports.cells["actor_names"][row]][:MOST]
    for one, two in combinations(blaming, 2):
        if _other_countries(reports, one, two) or _each_other(reports, one, two):
            return one, two
    return None


def _contradicts(reports: Reports, row: int) -> bool:
    """Whether somebody contradicts others in the sentence of a report."""
    return _AGAINST.search(reports.cells["sentence"][row]) is not None


def _disowns(reports: Reports, row: int) -> bool:
    """Whether somebody says in the sentence of a report that the deed was not his."""
    start = int(reports.offsets[row])
    before = (found.end() for found in _DISOWNS.finditer(reports.cells["sentence"][row], 0, max(0, start)))
    return any(start - end <= _NEAR_DEED for end in before)


def _told_otherwise(
    reports: Reports, rows: list[int], against: Callable[[Reports, int], bool]
) -> Sides | None:
    """A report in whose sentence somebody speaks against others, before it one by another voice or by the article itself."""
    c = reports.cells
    for counter in rows:
        if against(reports, counter):
            voice = party_words(c["attributed_to"][counter])
            for claim in rows:
                if not _one_sentence(reports, claim, counter) and not voice & party_words(
                    c["attributed_to"][claim]
                ):
                    return claim, counter
    return None


def _one_sentence(reports: Reports, one: int, two: int) -> bool:
    """Whether two reports stand in one sentence: that is one voice."""
    return bool(reports.codes["sentence"][one] == reports.codes["sentence"][two])


def _other_countries(reports: Reports, one: int, two: int) -> bool:
    """Whether two articles name actors of different countries, each in telling the deed."""
    c = reports.cells
    first, second = (set(parts(c["actor_countries"][row])) for row in (one, two))
    other = bool(first and second and not first & second) and c["doc_id"][one] != c["doc_id"][two]
    return other and _blames(reports, one) and _blames(reports, two)


def _blames(reports: Reports, row: int) -> bool:
    """Whether a report tells who did it: not one that names the deed as known ("condemned the strike"), whose actor is easily
    another's, nor one by the actor itself."""
    c = reports.cells
    known = retold(c["sentence"][row], int(reports.offsets[row]), c["text"][row])
    himself = stems(c["attributed_to"][row]) & stems(c["actor_names"][row])
    return not known and not himself and _names_actor(reports, row)


def _names_actor(reports: Reports, row: int) -> bool:
    """Whether the sentence of a report names the actor, and not only in somebody's title: whom another sentence names may be another's."""
    c = reports.cells
    sentence, own = c["sentence"][row], party_words(c["actor_names"][row])
    if not own:
        return bool(set(parts(c["actor_countries"][row])) & lands(sentence))
    for word in re.finditer(r"[^\W\d_]+", sentence):
        if stems(word[0]) & own and not lands(word[0]):
            title = _TITLE.search(sentence, 0, word.start())
            return not (title and title[1] in _roles())
    return False


@cache
def _roles() -> frozenset[str]:
    """Words for what somebody is of a body: "head", "spokesman"."""
    return frozenset(row["role"] for row in table("roles"))


def _each_other(reports: Reports, one: int, two: int) -> bool:
    """Whether two voices blame others, and the source of one is whom the other blames; one sentence or one source is one voice."""
    c = reports.cells
    if reports.actors[one] & reports.actors[two] or _one_sentence(reports, one, two):
        return False
    if not _names_actor(reports, one) or not _names_actor(reports, two):
        return False
    first, second = (party_words(c["actor_names"][row]) for row in (one, two))
    if not first or not second or first & second:
        return False
    sources = [party_words(c["attributed_to"][row]) for row in (one, two)]
    if sources[0] & sources[1]:
        return False
    return bool(sources[0] & second or sources[1] & first)


def _tells_toll(reports: Reports, row: int) -> bool:
    """Whether a named source tells how many died; that one of a name was killed is no toll."""
    c, died = reports.cells, reports.fatalities[row]
    somebody = died == 1 and bool(proper(c["recipient_names"][row]))
    return bool(c["attributed_to"][row]) and not np.isnan(died) and not somebody


def toll_sides(reports: Reports, rows: Ints) -> Sides | None:
    """Two named sources, at one time, whose numbers of deaths exclude each other."""
    c = reports.cells
    told = [int(row) for row in rows if _tells_toll(reports, int(row))][:MOST]
    for one, two in combinations(told, 2):
        low, high = sorted((one, two), key=lambda row: (reports.fatalities[row], row))
        upper = reports.fatalities_high[low]
        days = abs(int(reports.published[one] - reports.published[two]))
        if (
            c["attributed_to"][one] != c["attributed_to"][two]
            and NO_DAY not in (reports.published[one], reports.published[two])
            and days <= AT_ONCE
            and not np.isnan(upper)
            and reports.fatalities[high] >= APART * max(1.0, float(upper))
        ):
            return one, two
    return None

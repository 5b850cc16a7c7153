"""How likely two reports are of one event: what they have in common and in what they differ, weighed as learned.

The weights stand in `weights.csv`, made by `python -m pipeline.link.train`; `docs/method/links.md` says from what.
"""

from typing import Any

import numpy as np

from pipeline.link.article_features import CROSSED as CROSSED_THERE
from pipeline.link.candidates import Masks
from pipeline.link.evidence import days_between, enough, evidence_of_reports, may_be_enough, with_story
from pipeline.link.features import CROSSED, across_features, within_features
from pipeline.link.instalments import of_one_series
from pipeline.link.movements import MOVEMENT, other_protests, same_movement
from pipeline.link.never import forbidden
from pipeline.link.pairs import both
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.weights import learned, weighed

LEAST, LEAST_THERE, MOST = -3.0, -1.5, 2.0
"""A pair counts no less and no more; one of one article no less than this below the lower of its two thresholds."""
STANDING = 12
"""Bits of what speaks for a pair from which on it is told what the two tell of (two bits each)."""
NO_EVIDENCE = -1.25
"""What a pair counts that has too little in common to be joined: as one that was not compared."""
ABOUT = -64.0
"""Is added to the score of two reports that may be about one thing and are never of one event: a plan and the deed. No group
holds both then, and how plainly the two belong together can still be read."""

IN_SERIES = 0.4
"""Share of content words that sentences have in common which say the same of two days: instalments of a series differ in what they list."""
ENOUGH = -1.5
"""Score from which on two incidents that are never one are about one thing; each is tied to the one that fits it best."""


def about_one_thing(score: Any) -> Flags:
    """Which scores are those of pairs that are never one event and are about one thing."""
    return np.asarray((score < ABOUT / 2) & (score > ABOUT + ENOUGH))


def score_reports(reports: Reports, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """The score of each pair of rows, and what speaks for it. Above zero the two are of one event."""
    there = reports.same("doc_id", left, right)
    barred = forbidden(reports, left, right)
    why, score = np.zeros(len(left), dtype=np.uint16), np.full(len(left), NO_EVIDENCE)
    possible = np.flatnonzero(~barred)  # nothing is asked of what can never be one event
    one, two = reports.asked.narrowed(left, right, possible)
    mask = evidence_of_reports(reports, one, two)
    why[possible] = mask
    hopeful = np.flatnonzero(may_be_enough(reports, mask, one, two))  # nor of what never has enough in common
    one, two = reports.asked.narrowed(one, two, hopeful)
    possible = possible[hopeful]
    why[possible] = with_story(reports, mask[hopeful], one, two)
    open_ = enough(reports, why[possible], one, two)
    for name, told, crossed, where in (
        ("within", within_features, CROSSED_THERE, there),
        ("across", across_features, CROSSED, ~there),
    ):
        some = np.flatnonzero(open_ & where[possible])
        if len(some):
            sides = reports.asked.narrowed(one, two, some)
            score[possible[some]] = weighed(told(reports, *sides), len(some), learned(name), crossed)
    moving = same_movement(reports, one, two)
    score[possible[moving]] = np.maximum(score[possible[moving]], MOVEMENT)
    other = possible[other_protests(reports, why[possible], one, two)]
    score[other] = np.minimum(score[other], NO_EVIDENCE)
    hopeful = np.flatnonzero((score > 0) & ~there)
    other = hopeful[_of_other_instalments(reports, left[hopeful], right[hopeful])]
    score[other] = NO_EVIDENCE
    apart = reports.standing[left] != reports.standing[right]
    lower = learned("within").alone
    least = np.where(there, LEAST_THERE - lower, LEAST)
    score = np.where(barred, least, score.clip(least, MOST))
    one, two = reports.standing[left], reports.standing[right]
    about = np.where(there, score + lower + LEAST_THERE, score).clip(LEAST, MOST)
    score = np.where(apart, ABOUT + np.where(score == NO_EVIDENCE, LEAST, about), score)
    return score, why | (one << STANDING | two << STANDING + 2).astype(np.uint16)


def _of_other_instalments(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two articles are instalments of one series, and the two reports do not tell the same day: the same words are said of each day there."""
    day = both(reports.dated_sharply, left, right) & (days_between(reports, left, right) == 0)
    said = reports.words["sentence"]
    least = IN_SERIES * np.minimum(said.size(left), said.size(right))
    found = np.flatnonzero(~day & (said.shared(left, right) >= least))
    out = np.zeros(len(left), dtype=np.bool_)
    out[found] = of_one_series(reports, left[found], right[found])
    return out

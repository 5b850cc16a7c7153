"""Why the reports of each incident were joined, and how surely, from the pairs that were compared."""

import numpy as np

from pipeline.link.candidates import Pairs, Small
from pipeline.link.clusters import Scores
from pipeline.link.evidence import BASES
from pipeline.link.rows import Floats, Ints
from pipeline.link.weights import confidence, learned

AT_ONCE = 500_000
"""Pairs that are looked at at a time: bounds memory."""


def joined_why(pairs: Pairs, group: Ints, article: Ints) -> dict[int, dict[str, object]]:
    """By group of several rows: `incident_basis` and `confidence`.

    An incident is as sure as the article that is joined to it least surely, by the best of its pairs; one of a single
    article as the report that is joined least surely.
    """
    least = np.where(article[pairs.left] == article[pairs.right], -learned("within").alone, 0.0)
    within = (pairs.score > least) & (group[pairs.left] == group[pairs.right])
    left, right, scores = pairs.left[within], pairs.right[within], pairs.score[within]
    across = article[left] != article[right]
    n_rows = np.bincount(group, minlength=len(group))
    bits = np.zeros(len(group), dtype=np.uint16)
    np.bitwise_or.at(bits, group[left], pairs.why[within])
    sure = np.full(len(group), np.inf)
    spans = np.zeros(len(group), dtype=np.bool_)
    spans[group[left[across]]] = True
    for chosen, of in ((across, article), (~across & ~spans[group[left]], None)):
        parts = [
            _best_of_each(group, of, side[some][chosen[some]], scores[some][chosen[some]])
            for some in (slice(at, at + AT_ONCE) for at in range(0, len(left), AT_ONCE))
            for side in (left, right)
        ]
        if parts:
            units, best = _best(*map(np.concatenate, zip(*parts, strict=True)))
            np.minimum.at(sure, units // len(group), best)
    leaders = np.flatnonzero(n_rows > 1)
    told = {bit: _named(bit) for bit in np.unique(bits[leaders]).tolist()}
    scores = np.where(np.isfinite(sure), sure, 0.0)[leaders].tolist()
    columns = (leaders.tolist(), bits[leaders].tolist(), scores, spans[leaders].tolist())
    return {
        leader: {"incident_basis": told[bit], "confidence": round(confidence(score, across=several), 3)}
        for leader, bit, score, several in zip(*columns, strict=True)
    }


def _named(bits: int) -> str:
    """The reasons that some bits stand for."""
    return " | ".join(name for bit, name in enumerate(BASES) if bits & (1 << bit)) or BASES[-1]


def _best_of_each(group: Ints, of: Ints | None, rows: Small, scores: Scores) -> tuple[Ints, Floats]:
    """The articles (`of` each row) or rows of groups that pairs join, as numbers that the group begins, and the best score of each."""
    unit = rows if of is None else of[rows]
    return _best(group[rows] * len(group) + unit, scores)


def _best(units: Ints, scores: Scores | Floats) -> tuple[Ints, Floats]:
    """Each unit once, and its best score."""
    each, place = np.unique(units, return_inverse=True)
    best = np.full(len(each), -np.inf)
    np.maximum.at(best, place, scores)
    return each, best

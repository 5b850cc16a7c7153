"""Why the reports of each incident were joined, and how surely, from the pairs that were compared."""

import numpy as np

from pipeline.link.candidates import Pairs
from pipeline.link.evidence import BASES
from pipeline.link.rows import Ints
from pipeline.link.weights import confidence, learned


def joined_why(pairs: Pairs, group: Ints, article: Ints) -> dict[int, dict[str, object]]:
    """By group of several rows: `incident_basis` and `confidence`.

    An incident is as sure as the article that is joined to it least surely, by the best of its pairs; one of a single
    article as the report that is joined least surely.
    """
    least = np.where(article[pairs.left] == article[pairs.right], -learned("within").alone, 0.0)
    within = (pairs.score > least) & (group[pairs.left] == group[pairs.right])
    left, right = pairs.left[within].astype(np.int64), pairs.right[within].astype(np.int64)
    scores, why = pairs.score[within].astype(np.float64), pairs.why[within]
    across = article[left] != article[right]
    n_rows = np.bincount(group, minlength=len(group))
    bits = np.zeros(len(group), dtype=np.uint16)
    np.bitwise_or.at(bits, group[left], why)
    sure = np.full(len(group), np.inf)
    spans = np.zeros(len(group), dtype=np.bool_)
    spans[group[left[across]]] = True
    for chosen, of in ((across, article), (~across & ~spans[group[left]], None)):
        one, two, score = left[chosen], right[chosen], scores[chosen]
        unit = [side if of is None else of[side] for side in (one, two)]
        wide = 1 + max((int(part.max(initial=0)) for part in unit), default=0)
        key = np.concatenate([group[side] * wide + part for side, part in zip((one, two), unit, strict=True)])
        units, place = np.unique(key, return_inverse=True)
        best = np.full(len(units), -np.inf)
        np.maximum.at(best, place, np.concatenate([score, score]))
        np.minimum.at(sure, units // wide, best)
    found: dict[int, dict[str, object]] = {}
    for leader in np.flatnonzero(n_rows > 1).tolist():
        told = [name for bit, name in enumerate(BASES) if bits[leader] & (1 << bit)]
        score = float(sure[leader]) if np.isfinite(sure[leader]) else 0.0
        found[leader] = {
            "incident_basis": " | ".join(told) or BASES[-1],
            "confidence": round(confidence(score, across=bool(spans[leader])), 3),
        }
    return found

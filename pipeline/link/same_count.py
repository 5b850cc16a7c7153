"""How likely two figures count the same thing: what they have in common and in what they differ, weighed as learned."""

import numpy as np

from pipeline.link.candidates import Masks
from pipeline.link.count_features import count_features, may_grow, one_population, unlike
from pipeline.link.counts import Counts
from pipeline.link.rows import Floats, Ints
from pipeline.link.weights import learned, weighed

LEAST, MOST = -1.0, 1.5
NO_EVIDENCE, IMPOSSIBLE = -0.5, -3.0
"""What a pair counts that has too little in common, and one that can never count one thing."""
NEVER = -64.0
"""What two figures of one sentence count: no group holds both, whatever others it holds."""


def score_counts(counts: Counts, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """The score of each pair of rows; what speaks for it is not kept."""
    fit = (counts.low[left] <= counts.high[right]) & (counts.low[right] <= counts.high[left])
    barred = unlike(counts, left, right)
    score = np.where((fit | may_grow(counts, left, right)) & ~barred, NO_EVIDENCE, IMPOSSIBLE)
    some = np.flatnonzero(~barred)  # of what can never count one thing nothing is asked
    one, two = counts.asked.narrowed(left, right, some)
    may = np.flatnonzero(one_population(counts, one, two))
    sides = counts.asked.narrowed(one, two, may)
    total = weighed(count_features(counts, *sides), len(may), learned("counts"))
    score[some[may]] = total.clip(LEAST, MOST)
    score = np.where(counts.same("sentence", left, right), NEVER, score)
    return score, np.zeros(len(left), dtype=np.uint16)

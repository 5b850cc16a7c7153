"""How likely two figures count the same thing: what they have in common and in what they differ, weighed as learned."""

import numpy as np

from pipeline.link.candidates import Masks
from pipeline.link.columns import hold
from pipeline.link.count_features import (
    CLOSE,
    FEW,
    TELLING,
    alike_but_for_the_voice,
    count_features,
    may_grow,
    one_population,
    unlike,
)
from pipeline.link.counts import Counts
from pipeline.link.instalments import of_one_series
from pipeline.link.pairs import both, either
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.weights import learned, weighed

LEAST, MOST = -1.0, 1.5
NO_EVIDENCE, IMPOSSIBLE = -0.5, -3.0
"""What a pair counts that has too little in common, and one that can never count one thing."""
NEVER = -64.0
"""What two figures of one sentence count: no group holds both, whatever others it holds."""


NO_CHANCE = 10 * TELLING
"""From this value on the same value is no chance even in two instalments of a series."""


def score_counts(counts: Counts, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """The score of each pair of rows; what speaks for it is not kept."""
    fit = (counts.low[left] <= counts.high[right]) & (counts.low[right] <= counts.high[left])
    barred = unlike(counts, left, right)
    contested = counts.told["contested"]
    open_ = fit | may_grow(counts, left, right) | either(contested, left, right)
    score = np.where(open_ & ~barred, NO_EVIDENCE, IMPOSSIBLE)
    some = np.flatnonzero(~barred)  # of what can never count one thing nothing is asked
    one, two = counts.asked.narrowed(left, right, some)
    may = np.flatnonzero(one_population(counts, one, two))
    sides = counts.asked.narrowed(one, two, may)
    total = weighed(count_features(counts, *sides), len(may), learned("counts"))
    score[some[may]] = total.clip(LEAST, MOST)
    hopeful = np.flatnonzero(score > 0)
    other = hopeful[_of_other_instalments(counts, left[hopeful], right[hopeful])]
    score[other] = IMPOSSIBLE
    there = np.flatnonzero(counts.same("sentence", left, right))
    score[there] = NEVER
    sides = counts.asked.narrowed(left, right, there)
    score[there[both(contested, *sides) & alike_but_for_the_voice(counts, *sides)]] = MOST
    return score, np.zeros(len(left), dtype=np.uint16)


def _of_other_instalments(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures are told in two instalments of a series, which count anew each time, and not in the same sentence, of one incident, as a toll that grew or in a value that is no chance."""
    there = counts.same("doc_id", left, right) | counts.same("incident", left, right)
    grown = may_grow(counts, left, right) & (counts.value[left] >= NO_CHANCE)
    value = (counts.value[left] == counts.value[right]) & (counts.value[left] >= NO_CHANCE)
    alike = counts.words["around"].cosine(left, right, FEW) >= CLOSE
    found = np.flatnonzero(alike & ~(there | grown | value))
    found = found[of_one_series(counts, left[found], right[found])]
    told, out = counts.cells["sentence"], np.zeros(len(left), dtype=np.bool_)
    hold([told], np.union1d(left[found], right[found]))
    out[found] = [told[one] != told[two] for one, two in zip(left[found], right[found], strict=True)]
    return out

"""How likely two figures count the same thing: a sum of what speaks for and against it, as in `same_event`."""

from functools import cache

import numpy as np

from pipeline.lexicon import table
from pipeline.link.counts import Counts
from pipeline.link.matrices import both, equal
from pipeline.link.reports import SLACK
from pipeline.link.rows import NO_DAY, Floats, Ints
from pipeline.link.words import stems

BASE = -0.8
IMPOSSIBLE = -3.0
SAME_MEASURE, ONE_MEASURE = 0.25, -0.1
SAME_COUNTED, NOTHING_SAID, ANYTHING, OTHER_COUNTED, OTHER_AMOUNT = 0.25, -0.1, -1.0, -0.15, -0.3
"""The same noun; none; people and another noun; another noun of the same measure; another noun for money or a size."""
SAME_INCIDENT, OTHER_INCIDENT, OTHER_DAY = 0.7, -0.3, -2.0
WORDING = 1.0
TOPIC, SAME_ARTICLE = 0.6, 0.2
NAME, MOST_NAMES = 0.12, 3
SAME_VALUE, DIGITS = 0.1, 0.2
"""The same value counts the more, the larger it is: so much for each power of ten, up to three."""
COMPATIBLE, GROWN, SHRUNK, FAR_OFF = 0.15, -0.05, -0.25, -0.8
FAR_FACTOR = 8.0
SAME_SENTENCE = -0.6
PART = -0.5
"""Two numbers that do not fit in one article count two things, or parts of one."""
ANYBODY = stems("people persons residents civilians men women children victims others individuals citizens")
"""Words that count anybody: "40 people" and "40 demonstrators" may be the same."""
LEAST, MOST = -0.3, 1.5


def score_counts(counts: Counts, rows: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs of the block `rows` (numbered within it, left before right) and their scores."""
    published = counts.published[rows]
    apart = np.abs(published[:, None] - published[None, :])
    total = (
        BASE
        + counted_term(counts, rows)
        + value_term(counts, rows)
        + incident_term(counts, rows)
        + WORDING * counts.words["around"].cosine(rows)
        + topic_term(counts, rows)
        + np.where(equal(counts.codes["unit"][rows]), 0.0, IMPOSSIBLE)
        + np.where(equal(counts.codes["sentence"][rows]), SAME_SENTENCE, 0.0)
        + np.select([apart <= 3, apart <= 14, apart <= 60], [0.1, 0.0, -0.05], -0.15)
    )
    left, right = np.nonzero(np.triu(total > LEAST, k=1))
    return left.astype(np.int64), right.astype(np.int64), total[left, right].clip(LEAST, MOST)


def counted_term(counts: Counts, rows: Ints) -> Floats:
    """What the measures and the things counted say."""
    measure, heads = counts.codes["measure"][rows], counts.codes["head"][rows]
    has, unknown = measure >= 0, heads < 0
    people = np.array([counts.cells["unit"][row] == "count" for row in rows])
    same_measure = equal(measure)
    fates = np.array([counts.cells["measure"][row] in fates_of_people() for row in rows])
    same_thing = equal(heads) & ~both(fates)
    measures = np.select(
        [same_measure, both(has) & both(people) & ~same_thing],
        [SAME_MEASURE, IMPOSSIBLE],
        np.where(both(~has), 0.0, ONE_MEASURE),
    )
    anybody = np.array([counts.heads[row] in ANYBODY for row in rows]) | unknown
    related = same_measure | (counts.words["counted"].shared(rows) > 0)
    things = np.select(
        [equal(heads), both(anybody), anybody[:, None] | anybody[None, :], related, ~both(people)],
        [
            SAME_COUNTED,
            0.0,
            np.select([same_measure, unknown[:, None] | unknown[None, :]], [0.0, NOTHING_SAID], ANYTHING),
            OTHER_COUNTED,
            OTHER_AMOUNT,
        ],
        IMPOSSIBLE,
    )
    return np.asarray(measures + things)


@cache
def fates_of_people() -> frozenset[str]:
    """Measures that only people undergo (killed, injured ...): two of them never count the same."""
    return frozenset(row["measure"] for row in table("measures") if row["counts"] == "person")


def incident_term(counts: Counts, rows: Ints) -> Floats:
    """What the incidents say that the figures belong to: the same, others, or others on other days."""
    incident = counts.codes["incident"][rows]
    known = both(incident >= 0)
    first, last = counts.first[rows], counts.last[rows]
    gap = np.maximum(first[:, None] - last[None, :], first[None, :] - last[:, None])
    other_day = both(first != NO_DAY) & (gap > SLACK)
    return np.select([~known, equal(incident), other_day], [0.0, SAME_INCIDENT, OTHER_DAY], OTHER_INCIDENT)


def topic_term(counts: Counts, rows: Ints) -> Floats:
    """What the articles' beginnings and the names in the sentences say."""
    same_article, same_sentence = (equal(counts.codes[name][rows]) for name in ("doc_id", "sentence"))
    topic = np.where(same_article, SAME_ARTICLE, TOPIC * counts.words["lead"].cosine(rows))
    shared = counts.words["names"].shared(rows).clip(0, MOST_NAMES)
    return np.asarray(topic + NAME * np.where(same_sentence, 0, shared))


def value_term(counts: Counts, rows: Ints) -> Floats:
    """What the values say: equal, compatible, grown from one day to a later one, or neither."""
    value, low, high, day = counts.value[rows], counts.low[rows], counts.high[rows], counts.published[rows]
    same = SAME_VALUE + DIGITS * np.log10(np.clip(np.abs(value), 1, 1000))
    compatible = (low[:, None] <= high[None, :]) & (low[None, :] <= high[:, None])
    larger, smaller = np.maximum(value[:, None], value[None, :]), np.minimum(value[:, None], value[None, :])
    later_higher = (day[:, None] < day[None, :]) & (value[:, None] < value[None, :])
    return np.select(
        [
            value[:, None] == value[None, :],
            compatible,
            larger > FAR_FACTOR * smaller,
            later_higher | later_higher.T,
        ],
        [np.broadcast_to(same[:, None], compatible.shape), COMPATIBLE, FAR_OFF, GROWN],
        SHRUNK,
    ) + np.where(equal(counts.codes["doc_id"][rows]) & ~compatible, PART, 0.0)

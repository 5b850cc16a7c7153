"""How likely two figures count the same thing: a sum of what speaks for and against it, as in `same_event`."""

import re
from functools import cache

import numpy as np

from pipeline.lexicon import table
from pipeline.link.candidates import Masks
from pipeline.link.counts import Counts
from pipeline.link.pairs import both, either, equal, flags
from pipeline.link.reports import SLACK
from pipeline.link.rows import NO_DAY, Floats, Ints
from pipeline.link.story import story_term
from pipeline.link.words import stems

BASE = -0.6
IMPOSSIBLE = -3.0
SAME_MEASURE, ONE_MEASURE = 0.25, -0.1
SAME_COUNTED, NOTHING_SAID, ANYTHING, OTHER_COUNTED, OTHER_AMOUNT = 0.25, -0.1, -1.0, -0.15, -0.3
"""The same noun; none; people of another kind in another number; another noun of the same measure; another noun for money or a size."""
OTHER_WORD = -0.1
"""Two words for people: "crew" and "sailors" may be the same."""
PEOPLE = frozenset(
    [
        "armed",
        "civilian",
        "criminal",
        "diplomat",
        "inspector",
        "leader",
        "migrant",
        "observer",
        "official",
        "people",
        "person",
        "police",
        "prisoner",
        "protester",
        "troops",
        "victims",
        "worker",
    ]
)
"""Word classes of nouns for people."""
SAME_INCIDENT, OTHER_INCIDENT, OTHER_DAY = 0.7, -0.3, -2.0
WORDING, FEW = 1.2, 1.0
SAME_VALUE, DIGITS = 0.1, 0.2
"""The same value counts the more, the larger it is: so much for each power of ten, up to three."""
COMPATIBLE, GROWN, SHRUNK, FAR_OFF, OTHER_SIZE = 0.15, -0.05, -0.25, -0.8, -1.0
"""Counts grow from day to day; a price or length that is not nearly the same is of another thing."""
FAR_FACTOR, LEAP, LEAPT, NEARLY = 8.0, 2.5, -0.2, 1.2
SAME_SENTENCE = -0.6
PART = -0.5
"""Two numbers that do not fit in one article count two things, or parts of one."""
ADDED = -0.8
"""What came on top ("three more bodies") is no total."""
_MORE = re.compile(r"\b(?:more(?! than)|another|others?|additional|further|extra)\b", re.IGNORECASE)
ANYBODY = stems(
    "people persons members residents civilians men women children victims others individuals citizens"
)
"""Words that count anybody: "40 people" and "40 demonstrators" may be the same."""
LEAST, MOST = -0.5, 1.5


def score_counts(counts: Counts, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """The score of each pair of rows; what speaks for it is not kept."""
    apart = np.abs(counts.published[left] - counts.published[right])
    total = (
        BASE
        + counted_term(counts, left, right)
        + value_term(counts, left, right)
        + incident_term(counts, left, right)
        + WORDING * counts.words["around"].cosine(left, right, FEW)
        + story_term(counts, left, right)
        + np.where(equal(counts.codes["unit"], left, right), 0.0, IMPOSSIBLE)
        + np.where(equal(counts.codes["sentence"], left, right), SAME_SENTENCE, 0.0)
        + np.select([apart <= 3, apart <= 14, apart <= 60], [0.1, 0.0, -0.05], -0.15)
    )
    return np.asarray(total.clip(LEAST, MOST)), np.zeros(len(left), dtype=np.uint16)


def counted_term(counts: Counts, left: Ints, right: Ints) -> Floats:
    """What the measures and the things counted say."""
    measure, heads = counts.codes["measure"], counts.codes["head"]
    count = both(flags(counts.cells["unit"], "count".__eq__), left, right)
    fates = both(flags(counts.cells["measure"], fates_of_people().__contains__), left, right)
    same_measure, same_head = equal(measure, left, right), equal(heads, left, right)
    measures = np.select(
        [same_measure, both(measure >= 0, left, right) & count & ~(same_head & ~fates)],
        [SAME_MEASURE, IMPOSSIBLE],
        np.where(both(measure < 0, left, right), 0.0, ONE_MEASURE),
    )
    unknown = heads < 0
    person = flags(counts.heads, people().__contains__)
    anybody = flags(counts.heads, ANYBODY.__contains__) | unknown
    people_only = both(person | anybody, left, right)
    same_value = counts.value[left] == counts.value[right]
    others = np.where(same_measure | same_value, OTHER_WORD, ANYTHING)
    one_said = np.where(either(unknown, left, right) & ~same_measure, NOTHING_SAID, 0.0)
    related = same_measure | (counts.words["counted"].shared(left, right) > 0)
    things = np.select(
        [
            same_head,
            both(anybody, left, right),
            people_only & either(anybody, left, right),
            people_only,
            related,
            ~count,
        ],
        [
            SAME_COUNTED,
            0.0,
            np.where(same_measure | same_value, one_said, ANYTHING),
            others,
            OTHER_COUNTED,
            OTHER_AMOUNT,
        ],
        IMPOSSIBLE,
    )
    return np.asarray(measures + things)


@cache
def people() -> frozenset[str]:
    """Stems of nouns for people."""
    return frozenset().union(
        *(stems(row["word"]) for row in table("event_word_classes") if row["word_class"] in PEOPLE)
    )


@cache
def fates_of_people() -> frozenset[str]:
    """Measures that only people undergo (killed, injured ...): two of them never count the same."""
    return frozenset(row["measure"] for row in table("measures") if row["counts"] == "person")


def incident_term(counts: Counts, left: Ints, right: Ints) -> Floats:
    """What the incidents say that the figures belong to: the same, others, or others on other days."""
    incident, first, last = counts.codes["incident"], counts.first, counts.last
    known = both(incident >= 0, left, right)
    gap = np.maximum(first[left] - last[right], first[right] - last[left])
    other_day = both(first != NO_DAY, left, right) & (gap > SLACK)
    return np.select(
        [~known, equal(incident, left, right), other_day], [0.0, SAME_INCIDENT, OTHER_DAY], OTHER_INCIDENT
    )


def value_term(counts: Counts, left: Ints, right: Ints) -> Floats:
    """What the values say: equal, compatible, grown from one day to a later one, or neither."""
    low, high = counts.low, counts.high
    one, two = counts.value[left], counts.value[right]
    day = np.sign(counts.published[right] - counts.published[left])
    same = SAME_VALUE + DIGITS * np.log10(np.clip(np.abs(one), 1, 1000))
    compatible = (low[left] <= high[right]) & (low[right] <= high[left])
    far_off = np.maximum(one, two) > FAR_FACTOR * np.minimum(one, two)
    doubled = np.where(np.maximum(one, two) > LEAP * np.minimum(one, two), LEAPT, 0.0)
    grown = day * np.sign(two - one) > 0
    size = ~both(flags(counts.cells["unit"], "count".__eq__), left, right)
    size &= np.maximum(one, two) > NEARLY * np.minimum(one, two)
    more = flags(counts.cells["text"], lambda text: bool(_MORE.search(text)))
    added = np.where(more[left] != more[right], ADDED, 0.0)
    part = added + np.where(equal(counts.codes["doc_id"], left, right) & ~compatible, PART, 0.0)
    said = [same, COMPATIBLE, FAR_OFF, OTHER_SIZE, GROWN + doubled]
    return np.asarray(
        part + np.select([one == two, compatible, far_off, size, grown], said, SHRUNK + doubled)
    )

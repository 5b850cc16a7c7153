"""What two figures have in common and in what they differ, feature by feature; the weights of these are learned."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from pipeline.lexicon import table
from pipeline.link.count_words import fates_of_people
from pipeline.link.counts import Counts
from pipeline.link.features import Feature
from pipeline.link.never import FAR_KM
from pipeline.link.pairs import asked_of, both, either, kilometres
from pipeline.link.report_flags import SLACK
from pipeline.link.rows import NO_DAY, Flags, Floats, Ints
from pipeline.link.telling import looks_back, turns
from pipeline.link.words import stems

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
ANYBODY = stems(
    "people persons members residents civilians men women children victims others individuals citizens dead lives life deaths fatalities"
    " bodies"
)
"""Words that count anybody: "40 people" and "40 demonstrators" may be the same."""
FAR_FACTOR, LEAP, NEARLY = 8.0, 2.5, 1.2
"""Counts this far apart are of other things; grow in leaps; measures that differ less are the same."""
RELATED, ALIKE = 0.08, 0.18
"""How alike articles begin that may tell one story, with a name in common and without."""
CLOSE, VERY_CLOSE = 0.35, 0.5
"""How alike the words around two figures are that count one thing; more is asked of small numbers and of what is told long after."""
UPDATED = 14
"""Days within which a toll of one story is updated that names no country or place."""
COMMON = frozenset({"time", "share", "duration", "age", "percent", "rate"})
"""Dimensions in which the same value is often chance: terms of years, shares."""
SHARES = frozenset({"share", "age", "percent", "rate"})
"""Of these the dimensions in which it is chance even of one subject, where it is a whole number."""
TELLING = 10
"""From this value on the same value is no chance."""
OWN = 20
"""From this value on a number is a story's own: who tells it again there counts the same, whatever he calls it."""
FEWEST = 4
"""From this value on the same number of the same things in one story is no chance."""
FEW = 1.0
MOST_NAMES = 3
LONG_AFTER = 60
_PERCENT = re.compile(r"%|\bper ?cent\b")
FEWEST_NAMES = 2
"""Names that two articles have in common which tell one number of three digits or more."""
SHARED_NAMES, SHARE_OF_NAMES = 3, 0.5
"""Names that two articles of one story have in common wherever they stand, and what part of the names of the one that has fewer: a campaign shares its people, in other company."""
YEAR = 365
"""Days between publications after which two counts are of two times, unless the text says otherwise."""

FOR = (
    *("same measure", "same thing counted", "same incident", "same value", "same large value", "values fit"),
    *("words around", "names in both sentences", "articles begin alike", "anybody counted", "same place"),
)
AGAINST = (
    *("one has no measure", "another kind of people", "another thing of the measure", "another size"),
    *("another incident", "incidents on other days", "values far apart", "values leap", "shrunk"),
    *("one sentence", "sentences name others", "articles are strangers", "told long after"),
    *("one article, other values", "other places"),
)
SIGNS = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
"""What can only speak for two figures counting one thing (1), and what only against it (-1)."""


def count_features(counts: Counts, left: Ints, right: Ints) -> Iterator[Feature]:
    """Every feature of the pairs, by name."""
    yield from _counted(counts, left, right)
    yield from _values(counts, left, right)
    yield from _where(counts, left, right)


def unlike(counts: Counts, left: Ints, right: Ints) -> Flags:
    """What can never be one count: other units, other fates of people, another number of another thing, other days.

    Nor do two figures of one sentence count one thing ("39 of the state's 54 delegates, a total of 54").
    """
    count = _are_counts(counts, left, right)
    fates = both(_fate(counts), left, right)
    other_measure = both(counts.given("measure"), left, right) & ~counts.same("measure", left, right) & count
    one, two = counts.value[left], counts.value[right]
    some_fate = either(_fate(counts), left, right)
    other_measure &= ~(counts.same("head", left, right) & ~fates)
    other_measure &= some_fate | (one != two) | (one < TELLING)
    person = _people_or_anybody(counts)
    related = counts.same("measure", left, right) | (counts.words["counted"].shared(left, right) > 0)
    other_thing = count & ~counts.same("head", left, right) & ~both(person, left, right) & ~related
    other_thing |= other_measure
    again = other_thing & ~fates & _told_again(counts, left, right)
    other_thing &= ~asked_of(again, _one_story, counts, left, right)
    return np.asarray(
        ~counts.same("unit", left, right)
        | counts.same("sentence", left, right)
        | other_thing
        | _other_days(counts, left, right)
        | _other_whole(counts, left, right)
        | _elsewhere(counts, left, right)
        | _anothers(counts, left, right)
        | _told_otherwise(counts, left, right)
        | _of_other_days(counts, left, right)
        | _of_another_year(counts, left, right)
    )


def _fate(counts: Counts) -> Flags:
    """Whether a figure tells what befell people."""
    return counts.asked.flag("fate", counts.measures, fates_of_people().__contains__)


def _told_otherwise(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether one number comes on top of others, names something, is of another event ("in a separate attack"), is thought of where the other was, or a whole of somebody's.

    What was suggested or may come is no count of what was done; a plan of a sum or of goods is one with its deed.
    """
    added, slogan, thought = (counts.told[name] for name in ("added", "slogan", "thought of"))
    turned = counts.asked.flag("turns", counts.cells["sentence"], turns)
    fates = both(_fate(counts), left, right)
    return np.asarray(
        (fates & either(turned, left, right) & ~counts.same("incident", left, right))
        | (added[left] != added[right])
        | either(slogan, left, right)
        | (fates & (thought[left] != thought[right]))
        | _one_whole(counts, left, right)
    )


def _one_whole(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether one figure is the whole of somebody whom the other's sentence does not name ("31 of Northmark's 60", "she had 60"), or one of two in an article."""
    whole, owners, said = counts.told["whole"], counts.words["owners"], counts.words["capitals"]
    found = (whole[left] != whole[right]) & counts.same("doc_id", left, right)
    for one, two in ((left, right), (right, left)):
        found |= (owners.size(one) > 0) & (owners.held(said, one, two) == 0)
    return np.asarray(found)


def _of_other_days(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether what befell people is told of two days, or of a day after the other figure was published."""
    day, published = counts.day_told, counts.published
    dated = counts.asked.told("day told", lambda: day != NO_DAY)
    printed = _printed(counts)
    found = both(dated, left, right) & (np.abs(day[left] - day[right]) > 1)
    for one, two in ((left, right), (right, left)):
        found |= dated[one] & printed[two] & (day[one] > published[two])
    return np.asarray(found & both(_fate(counts), left, right))


def _of_another_year(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether what befell people is told of a year ("in 2019 three people died there") in which the other figure, which names no such year, was not told."""
    year, told = counts.year, counts.year_told
    back = counts.asked.flag("looks back", counts.cells["sentence"], looks_back)
    found = np.zeros(len(left), dtype=np.bool_)
    for one, two in ((left, right), (right, left)):
        other = (year[one] != told[two]) & (year[one] != year[two])
        found |= (year[one] > 0) & (told[two] > 0) & other & ~back[two]
    other = (counts.value[left] != counts.value[right]) | (counts.value[left] < TELLING)
    return np.asarray(found & other & both(_fate(counts), left, right))


def _anothers(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether one article tells two figures of two subjects that it names: a province's delegates and those of a candidate."""
    there, subjects = counts.same("doc_id", left, right), counts.words["subjects"]
    return np.asarray(there & subjects.filled(left, right) & (subjects.shared(left, right) == 0))


def _elsewhere(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures are of events in towns far apart, and of no one incident."""
    narrow = both(counts.asked.told("in a town", lambda: ~counts.wide & counts.given("place")), left, right)
    far = kilometres(counts.latitude, counts.longitude, left, right) > FAR_KM
    return np.asarray(narrow & far & ~counts.same("incident", left, right))


def _other_whole(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures are of other wholes: they stand against other numbers ("230 to 197"), or are of other countries and no one incident."""
    other = both(counts.given("partner"), left, right) & ~counts.same("partner", left, right)
    lands = counts.words["lands"]
    abroad = lands.filled(left, right) & (lands.shared(left, right) == 0)
    abroad &= (counts.words["names"].shared(left, right) == 0) | (counts.value[left] != counts.value[right])
    abroad &= ~counts.same("incident", left, right)
    # one story may name a country here and another one there beside a number of its own
    number = _same_number(counts, OWN, left, right) & ~both(_fate(counts), left, right)
    number &= np.abs(_days_later(counts, left, right)) <= UPDATED
    again = abroad & number & _published(counts, left, right)
    return np.asarray(other | (abroad & ~asked_of(again, _one_story, counts, left, right)))


def one_population(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures of different articles may count one thing: of one incident, or of one population that both name.

    A number and a topic alone are no evidence: what is counted must be the same, in nearly the same words or in a number that is
    no chance; the dead and injured of one story, told within two months or in one number, need no more than the story. A count that
    does not say of what is told elsewhere only in the same number and of a subject of the same name, and both must be of one time.
    """
    there = counts.same("doc_id", left, right)
    incident = counts.same("incident", left, right)
    named = _named(counts, left, right)
    fate = _one_fate(counts, left, right)
    one, two = counts.value[left], counts.value[right]
    known = _published(counts, left, right)
    apart = np.abs(_days_later(counts, left, right))
    fates = both(_fate(counts), left, right) & ~incident & ~there & (one != two)
    away = asked_of(fates, _away, counts, left, right)
    fit = (counts.low[left] <= counts.high[right]) & (counts.low[right] <= counts.high[left])
    what = counts.same("head", left, right).copy()
    count = _are_counts(counts, left, right)
    telling = (one == two) & (one >= TELLING) & ~either(counts.vague, left, right)
    telling &= known & ((apart <= LONG_AFTER) | named)
    telling &= ~counts.asked.flag("common", counts.cells["dimension"], COMMON.__contains__)[left]
    person = counts.asked.told("people told", lambda: _people_or_anybody(counts) & counts.given("head"))
    one_subject = counts.words["subjects"].shared(left, right) > 0
    one_subject |= counts.words["subject lands"].shared(left, right) > 0
    what |= telling & ~both(counts.given("head"), left, right) & (~count | one_subject)
    what |= telling & both(person, left, right)
    share = counts.asked.flag("share", counts.cells["dimension"], SHARES.__contains__)[left]
    measured = (one == two) & (one >= TELLING) & ~count & one_subject
    measured &= ~share | (one % 1 > 0) | (known & (apart <= UPDATED) & both(_alone(counts), left, right))
    telling |= measured
    what |= measured
    found = there | incident
    time, what = _at_one_time(counts, left, right) & ~found & ~away, what & fit
    # how alike words and articles are takes long to find out: it is asked of those pairs alone of which it decides
    telling |= asked_of(time & what & ~(fate | telling), _close, counts, left, right)
    again = time & (fate | (what & telling) | _told_again(counts, left, right))
    return np.asarray(found | asked_of(again, _one_story, counts, left, right))


def _one_fate(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures tell one fate of people at one time: in one number, within weeks, or later where both name the same and it grew."""
    one, two = counts.value[left], counts.value[right]
    fate = counts.same("measure", left, right) & _fate(counts)[left] & _published(counts, left, right)
    fate &= np.maximum(one, two) <= FAR_FACTOR * np.minimum(one, two)
    named = _named(counts, left, right)
    lands = counts.words["lands"]
    alone = lands.size(left) + lands.size(right) == 0
    apart = np.abs(_days_later(counts, left, right))
    soon = apart <= np.where(named | alone | (lands.shared(left, right) > 0), LONG_AFTER, UPDATED)
    later = (apart <= LONG_AFTER) | (_grown(counts, left, right) & (apart <= YEAR))
    open_ = fate & later & ~(soon | (one == two) | named)
    named |= asked_of(open_, _names_in_common, counts, left, right)
    return np.asarray(fate & (soon | (one == two) | (later & named)))


def _told_again(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures are one number that a story may tell twice: a large one whatever it counts, a smaller one of the same things or, from `TELLING` on, of people.

    A campaign is full of numbers: none is its own that is told weeks later by a sentence that names nobody of the first, in an article of other names, nor that of another subject, nor somebody's
    whole. Nor are shares and terms of years, nor as many people as things. Where articles have their names in common, the same things in one number are one within a year.
    """
    things = counts.same("head", left, right) | (counts.words["counted"].shared(left, right) > 0)
    one = counts.value[left]
    alive, named = _people_or_anybody(counts), _named(counts, left, right)
    mixed = both(counts.given("head"), left, right) & (alive[left] != alive[right])
    number = (one >= OWN) | ((one >= TELLING) & (things | both(alive, left, right))) | things
    number &= _same_number(counts, FEWEST, left, right) & ~mixed
    owned = counts.told["somebody's whole"]
    number &= owned[left] == owned[right]
    for whose in (counts.words["subjects"], counts.words["subject lands"]):
        number &= ~whose.filled(left, right) | (whose.shared(left, right) > 0)
    plain = ~counts.asked.flag("common", counts.cells["dimension"], COMMON.__contains__)[left]
    number &= plain & _published(counts, left, right)
    apart, told = np.abs(_days_later(counts, left, right)), one >= TELLING
    head = counts.same("head", left, right)
    alike = head | both(alive, left, right)
    found = number & (named | told) & (apart <= np.where(named, LONG_AFTER, UPDATED))
    again = np.where(told, np.where(alike, YEAR, LONG_AFTER), np.where(head, UPDATED, -1))
    found |= asked_of(number & ~found & (apart <= again), _names_in_common, counts, left, right)
    exact = number & ~found & (apart <= YEAR) & _precise(one)
    return np.asarray(found | asked_of(exact, _some_names_in_common, counts, left, right))


def _precise(values: Floats) -> Flags:
    """Which values have three digits or more that are no zeros at the end: 412,000, 1,237, not 480."""
    size = 10.0 ** (np.floor(np.log10(np.clip(np.abs(values), 1.0, None))) - 1)
    return np.asarray((values >= 100) & (values / size % 1 != 0))


def _alone(counts: Counts) -> Flags:
    """Whether a share is the only one of its sentence: of those that stand beside others ("51% to 36%") many are alike by chance."""
    return counts.asked.flag("alone", counts.cells["sentence"], lambda told: len(_PERCENT.findall(told)) < 2)


def alike_but_for_the_voice(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures of one sentence may count one thing, where two voices tell them: of one unit, nothing or the same or people counted, and no two fates."""
    fates = both(_fate(counts), left, right) & ~counts.same("measure", left, right)
    what = counts.same("head", left, right) | ~both(counts.given("head"), left, right)
    what |= both(_people_or_anybody(counts), left, right)
    return np.asarray(counts.same("unit", left, right) & what & ~fates)


def _same_number(counts: Counts, least: float, left: Ints, right: Ints) -> Flags:
    """Whether two figures have one value, from `least` on, that is no round word."""
    one, two = counts.value[left], counts.value[right]
    return np.asarray((one == two) & (one >= least) & ~either(counts.vague, left, right))


def may_grow(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures tell of one fate of people, the later one of no fewer and not of many times as many."""
    one, two = counts.value[left], counts.value[right]
    near = np.maximum(one, two) <= FAR_FACTOR * np.minimum(one, two)
    return np.asarray(
        both(_fate(counts), left, right)
        & counts.same("measure", left, right)
        & _published(counts, left, right)
        & _grown(counts, left, right)
        & near
    )


def _grown(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether the later of two figures is no smaller."""
    more = counts.value[right] - counts.value[left]
    return np.asarray(np.sign(_days_later(counts, left, right)) * more >= 0)


def _named(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether the sentences of two figures share a name, or their events a place."""
    shared = counts.words["names"].shared(left, right) > 0
    return np.asarray(shared | counts.same("place", left, right))


def _names_in_common(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two articles name the same people, places and bodies anywhere: at least half of the names of the one that has fewer."""
    one, two = counts.doc[left], counts.doc[right]
    shared = counts.whole.shared(one, two)
    least = np.minimum(counts.whole.size(one), counts.whole.size(two))
    return np.asarray((shared >= SHARED_NAMES) & (shared >= SHARE_OF_NAMES * least))


def _some_names_in_common(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two articles have a few names in common, wherever they stand."""
    return np.asarray(counts.whole.shared(counts.doc[left], counts.doc[right]) >= FEWEST_NAMES)


def _away(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether one sentence tells a place that neither the other sentence nor the beginning of its article names, which tell others."""
    where, told = counts.words["where"], counts.words["names"]
    found = np.zeros(len(left), dtype=np.bool_)
    for one, two in ((left, right), (right, left)):
        there = (where.held(counts.lead_names, one, counts.doc[two]) > 0) | (where.held(told, one, two) > 0)
        elsewhere = (where.size(two) > 0) | (counts.words["where it begins"].size(two) > 0)
        found |= (where.size(one) > 0) & elsewhere & ~there
    return found


def _close(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether the words around two figures are so alike that they count one thing."""
    likeness = counts.words["around"].cosine(left, right, FEW)
    small = counts.value[left] < TELLING
    least = np.where(small & ~_named(counts, left, right), VERY_CLOSE, CLOSE)
    near = np.abs(_days_later(counts, left, right)) <= LONG_AFTER
    return np.asarray((likeness >= least) & (near | (likeness >= VERY_CLOSE)))


def _one_story(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether the articles of two figures begin so alike that they tell one story."""
    alike = counts.alike(left, right)
    begin = counts.lead_names.shared(counts.doc[left], counts.doc[right]) > 0
    found = ((_named(counts, left, right) | begin) & (alike >= RELATED)) | (alike >= ALIKE)
    return np.asarray(found | asked_of(~found, _names_in_common, counts, left, right))


def _are_counts(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether both figures count something."""
    return both(counts.asked.flag("a count", counts.cells["unit"], "count".__eq__), left, right)


def _published(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether it is known of both figures when they were told."""
    return both(_printed(counts), left, right)


def _printed(counts: Counts) -> Flags:
    """Whether it is known when a figure was published."""
    return counts.asked.told("published", lambda: counts.published != NO_DAY)


def _days_later(counts: Counts, left: Ints, right: Ints) -> Ints:
    """How many days after the left figure the right one was told, where both days are known."""
    return counts.published[right] - counts.published[left]


def _at_one_time(counts: Counts, left: Ints, right: Ints) -> Flags:
    """Whether two figures may be of one time: told within a year, or the later sentence looks back, or names the year of the earlier.

    Where it is not known when they were told, the sentences must not name others.
    """
    known = _published(counts, left, right)
    days = _days_later(counts, left, right)
    back = counts.asked.flag("looks back", counts.cells["sentence"], looks_back)
    names = counts.words["names"]
    one = np.where(known, np.abs(days) <= YEAR, (names.shared(left, right) > 0) | ~names.filled(left, right))
    later, earlier = np.where(days >= 0, right, left), np.where(days >= 0, left, right)
    years = counts.words["years"]
    one |= known & (back[later] | (years.held(counts.words["year told"], later, earlier) > 0))
    return np.asarray(one | (years.shared(left, right) > 0))


def _other_days(counts: Counts, left: Ints, right: Ints) -> Flags:
    first, last = counts.first, counts.last
    gap = np.maximum(first[left] - last[right], first[right] - last[left])
    dated = counts.asked.told("dated", lambda: first != NO_DAY)
    return np.asarray(both(dated, left, right) & (gap > SLACK))


def _people(counts: Counts) -> Flags:
    """Whether the noun that is counted is one for people, those of a country included."""
    return counts.asked.flag("people", counts.heads, lambda head: head in people() or head in peoples())


def _anybody(counts: Counts) -> Flags:
    named = counts.asked.flag("named anybody", counts.heads, ANYBODY.__contains__)
    return counts.asked.told("anybody", lambda: named | ~counts.given("head"))


def _people_or_anybody(counts: Counts) -> Flags:
    return counts.asked.told("people or anybody", lambda: _people(counts) | _anybody(counts))


def _counted(counts: Counts, left: Ints, right: Ints) -> Iterator[Feature]:
    same_measure, same_head = (counts.same(name, left, right) for name in ("measure", "head"))
    anybody, person = _anybody(counts), _people(counts)
    yield "same measure", same_measure
    yield "one has no measure", counts.given("measure")[left] != counts.given("measure")[right]
    yield "same thing counted", same_head
    yield "nothing said of one", ~both(counts.given("head"), left, right)
    yield (
        "anybody counted",
        ~same_head & both(_people_or_anybody(counts), left, right) & either(anybody, left, right),
    )
    own = counts.asked.told("people of a kind", lambda: person & ~anybody)
    yield "another kind of people", ~same_head & both(own, left, right)
    count = _are_counts(counts, left, right)
    yield (
        "another thing of the measure",
        count & same_measure & ~same_head & ~both(_people_or_anybody(counts), left, right),
    )
    yield "a measure, not a count", ~count


def _values(counts: Counts, left: Ints, right: Ints) -> Iterator[Feature]:
    low, high = counts.low, counts.high
    one, two = counts.value[left], counts.value[right]
    fit = (low[left] <= high[right]) & (low[right] <= high[left])
    day = np.sign(_days_later(counts, left, right))
    grown = day * np.sign(two - one) > 0
    larger, smaller = np.maximum(one, two), np.minimum(one, two)
    count = _are_counts(counts, left, right)
    yield "same value", one == two
    yield "same large value", np.where(one == two, np.log10(np.clip(np.abs(one), 1, 1000)), 0.0)
    yield "values fit", fit & (one != two)
    yield "values far apart", ~fit & (larger > FAR_FACTOR * smaller)
    yield "values leap", ~fit & (larger > LEAP * smaller)
    yield "another size", ~fit & ~count & (larger > NEARLY * smaller)
    yield "grown", ~fit & grown
    yield "shrunk", ~fit & (day * np.sign(two - one) < 0)
    yield "other values at once", ~fit & (day == 0)


def _where(counts: Counts, left: Ints, right: Ints) -> Iterator[Feature]:
    there = counts.same("doc_id", left, right)
    low, high = counts.low, counts.high
    fit = (low[left] <= high[right]) & (low[right] <= high[left])
    yield "same incident", counts.same("incident", left, right)
    yield (
        "another incident",
        both(counts.given("incident"), left, right) & ~counts.same("incident", left, right),
    )
    yield "one article", there
    yield "one article, other values", there & ~fit
    yield "one sentence", counts.same("sentence", left, right)
    yield "words around", counts.words["around"].cosine(left, right, FEW)
    shared = counts.words["names"].shared(left, right)
    in_one = counts.same("sentence", left, right)
    yield "names in both sentences", np.where(in_one, 0.0, shared.clip(0, MOST_NAMES))
    yield "sentences name others", counts.words["names"].filled(left, right) & (shared == 0)
    alike = np.where(there, 0.0, counts.alike(left, right))
    yield "articles begin alike", np.interp(alike, [0.05, 0.35], [0.0, 1.0])
    yield "articles are strangers", ~there & (alike < 0.05)
    apart = np.abs(_days_later(counts, left, right))
    known = _published(counts, left, right)
    yield "told within 3 days", known & (apart <= 3)
    yield "told long after", known & (apart > LONG_AFTER)
    yield "same place", counts.same("place", left, right)
    yield "other places", both(counts.given("place"), left, right) & ~counts.same("place", left, right)


@cache
def peoples() -> frozenset[str]:
    """Stems of names for the people of a country: six Russians are people, fourteen states are none."""
    return frozenset().union(
        *(stems(row["demonym"]) for row in table("demonyms") if " " not in row["demonym"])
    )


@cache
def people() -> frozenset[str]:
    """Stems of nouns for people; of a compound its last word: a bus driver is one, a bus is not."""
    words = (
        row["word"].rpartition("-")[2] for row in table("event_word_classes") if row["word_class"] in PEOPLE
    )
    return frozenset().union(*map(stems, words))

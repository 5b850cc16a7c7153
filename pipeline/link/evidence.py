"""What speaks for two reports being of one event, so plainly that a reader would say so.

Without any of it two reports of different articles are never joined, however alike their topics are. What is published
as an incident's `incident_basis` is read from here.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import numpy as np

from pipeline.link.candidates import Masks
from pipeline.link.pairs import both, either, kilometres
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.telling import looks_back, told_before

BASES = (
    "same day",
    "days overlap",
    "told at once",
    "same place",
    "same parties",
    "same name",
    "same toll",
    "same quotation",
    "same words",
    "same article",
    "told soon",
    "same story",
)
"""Names of the bits of a mask, the lowest first."""
TELLING = tuple(name for name in BASES if name not in ("same parties", "told soon", "same story"))
"""What tells one event from the next of the same parties in the same story."""
NEAR_KM = 15.0
"""Two places so near are one town and its suburb."""
FRESH = 1
"""Days after an event on which an article that gives no day still reports it as news."""
SOON = 7
"""Days within which two reports without days are of one time, where much else agrees."""
HALF_A_YEAR = 183
"""Days within which protests in one country that are told alike are taken for one movement."""
FAR_OFF = 1 << 20
"""Stands for an unknown number of days."""
RELATED, ALIKE = 0.08, 0.18
"""How alike articles begin that tell one story: with a name in common, and without."""
CAMPAIGN = 45
"""Days from which on a stretch of time is more than one event."""
AT_ONE_TIME = 3
"""Days between publications within which the parties and the story alone, with no day, place or name, may tell one event."""
LEAST_TOLL = 3
"""From this value on the same number of people is no chance."""
WORDS, LEAST_WORDS = 0.6, 5
"""Share of content words, and their number, from which on two sentences say the same."""
NAMES_OF = {
    "own_persons": "actor_names",
    "actor_persons": "actor_names",
    "recipient_persons": "recipient_names",
}
"""Sets of people, and the words of their names."""
QUOTED = 2
"""Shared runs of quoted words that make one quotation."""


Values = TypeVar("Values", Flags, Ints, Floats)
Question = Callable[[Reports, Ints, Ints], Values]


def once(question: "Question[Values]") -> "Question[Values]":
    """A question about pairs that is answered once for the pairs looked at last, however often it is asked."""

    @wraps(question)
    def answered(reports: Reports, left: Ints, right: Ints) -> Values:
        looked = reports.asked.of(left, right)
        found: Values = looked.once(question.__name__, lambda: question(reports, left, right))
        return found

    return answered


def span_gap(first: Ints, last: Ints, left: Ints, right: Ints) -> Ints:
    """Days between two stretches of time, 0 where they overlap; of no meaning where one is unknown."""
    return np.asarray(np.maximum(first[left] - last[right], first[right] - last[left]).clip(0))


@once
def days_between(reports: Reports, left: Ints, right: Ints) -> Ints:
    """Days between what two reports tell as the days of their events, 0 where these overlap; of no meaning where one tells none."""
    return span_gap(*reports.day_of, left, right)


@once
def most_of_kind(reports: Reports, left: Ints, right: Ints) -> Ints:
    """Of the two articles of each pair, how many events the one tells that tells more of its report's kind."""
    return np.asarray(np.maximum(reports.n_of_kind[left], reports.n_of_kind[right]))


@once
def same_day(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both tell a day, and the same; one of them tells it of the event itself."""
    first, last = reports.first, reports.last
    sharp = both(reports.sharp, left, right) & either(reports.firm, left, right)
    return np.asarray(sharp & (span_gap(first, last, left, right) == 0))


@once
def in_its_month(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether one report gives a month or the like, and the other, which gives no day, is published in it."""
    (first, last), published = reports.day_of, reports.published
    dated, wide = reports.dated, reports.dated_widely
    found = np.zeros(len(left), dtype=np.bool_)
    for one, two in ((left, right), (right, left)):
        found |= wide[one] & ~dated[two] & (first[one] <= published[two]) & (published[two] <= last[one])
    return found


@once
def lag(reports: Reports, left: Ints, right: Ints) -> Ints:
    """Days from the event of a report that gives its day to the publication of one that does not, or between the publications of two that do not; FAR_OFF where it is not known.

    Below zero where it was published before. What tells a month looks back on what is published in it.
    """
    (first, last), published = reports.day_of, reports.published
    dated, known = reports.dated, both(reports.printed, left, right)
    day = np.where(dated[left], published[right], published[left])
    begins, ends = (np.where(dated[left], side[left], side[right]) for side in (first, last))
    after = np.where(day > ends, day - ends, np.minimum(day - begins, 0))
    after = np.where(in_its_month(reports, left, right), SOON + 1, after)
    one, none = dated[left] != dated[right], ~either(dated, left, right)
    apart = np.where(one, after, np.abs(published[left] - published[right]))
    return np.where(known & (one | none), apart, FAR_OFF)


@once
def alike(reports: Reports, left: Ints, right: Ints) -> Floats:
    """How alike the articles of two reports begin."""
    return reports.of_article["lead"].cosine(reports.doc[left], reports.doc[right])


@once
def one_story(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two articles tell one story: they begin alike, or with the same names."""
    shared = reports.of_article["names"].shared(reports.doc[left], reports.doc[right])
    begin = alike(reports, left, right)
    return np.asarray((begin >= ALIKE) | ((shared >= 1) & (begin >= RELATED)))


def told_at_once(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether one or both give no day, and what they tell is news of the same days."""
    days = lag(reports, left, right)
    one = reports.dated[left] != reports.dated[right]
    wide = either(reports.dated_widely, left, right)
    return np.asarray(~wide & (days >= -FRESH) & (days <= np.where(one, FRESH + 1, FRESH)))


def told_soon(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether the days that two reports tell are next to each other, or one is told within a week of the other."""
    sharp = both(reports.dated_sharply, left, right)
    days = lag(reports, left, right)
    return np.asarray(
        (sharp & (days_between(reports, left, right) <= 1)) | ((days >= -FRESH) & (days <= SOON))
    )


@once
def same_place(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both name one town, or places close to each other; a whole country is no place."""
    narrow = both(reports.in_town, left, right)
    some = np.flatnonzero(narrow)
    narrow[some] = reports.same("place", left, right)[some] | _near(reports, left[some], right[some])
    return narrow


def _near(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two places are close to each other."""
    located = ~np.isnan(reports.latitude[left] + reports.latitude[right])
    return np.asarray(located & (kilometres(reports.latitude, reports.longitude, left, right) <= NEAR_KM))


def same_side(reports: Reports, role: str, left: Ints, right: Ints) -> Flags:
    """Whether an actor, a country or a word of a name is the same on one side."""
    words = reports.words
    same = words[f"{role}_known"].shared(left, right) > 0
    return np.asarray(same | (words[f"{role}_names"].shared(left, right) > 0))


def other_people(reports: Reports, persons: str, left: Ints, right: Ints) -> Flags:
    """Whether both reports name people on one side (`persons`: a set of these) and none of the same name; a surname alone is one too."""
    people, names = reports.words[persons], reports.words[NAMES_OF[persons]]
    found = people.filled(left, right) & (people.shared(left, right) == 0)
    return np.asarray(found & (names.shared(left, right) == 0))


def told(reports: Reports, role: str, rows: Ints) -> Flags:
    """Whether some reports tell one side."""
    words = reports.words
    return np.asarray(words[f"{role}_known"].size(rows) + words[f"{role}_names"].size(rows) > 0)


@once
def same_parties(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both sides are the same; where one report leaves a side open, the other side is the same by a name of its own."""
    words = reports.words
    sides = {role: same_side(reports, role, left, right) for role in ("actor", "recipient")}
    own = {
        role: (words[f"{role}_body"].shared(left, right) > 0)
        | (words[f"{role}_names"].shared(left, right) > 0)
        for role in sides
    }
    open_ = {role: ~(told(reports, role, left) & told(reports, role, right)) for role in sides}
    return np.asarray(
        (sides["actor"] & sides["recipient"])
        | (own["actor"] & open_["recipient"])
        | (own["recipient"] & open_["actor"])
    )


def evidence(reports: Reports, left: Ints, right: Ints) -> Masks:
    """What the reports of each pair agree in, as bits of `BASES`."""
    return with_story(reports, evidence_of_reports(reports, left, right), left, right)


def with_story(reports: Reports, mask: Masks, left: Ints, right: Ints) -> Masks:
    """The same with whether the articles tell one story, which takes long to find out."""
    story = one_story(reports, left, right) & (mask & THERE == 0)
    return np.asarray(mask | np.where(story, np.uint16(bit("same story")), np.uint16(0)))


def evidence_of_reports(reports: Reports, left: Ints, right: Ints) -> Masks:
    """What they agree in but for the story."""
    words = reports.words
    there = reports.same("doc_id", left, right)
    dated = both(reports.dated, left, right)
    day = same_day(reports, left, right)
    size = np.minimum(words["sentence"].size(left), words["sentence"].size(right))
    shared = words["sentence"].shared(left, right)
    toll = (reports.fatalities[left] == reports.fatalities[right]) & (reports.fatalities[left] >= LEAST_TOLL)
    hurt = (reports.injured[left] == reports.injured[right]) & (reports.injured[left] >= LEAST_TOLL)
    amount = (reports.amounts[left] == reports.amounts[right]) & (reports.amounts[left] >= LEAST_TOLL)
    agreed = [
        day,
        dated & ~day & (days_between(reports, left, right) == 0),
        told_at_once(reports, left, right),
        same_place(reports, left, right) | (words["place_words"].shared(left, right) > 0),
        same_parties(reports, left, right),
        (words["names"].shared(left, right) > 0) | (words["thing_names"].shared(left, right) > 0),
        toll | hurt | (amount & (words["recipient_names"].shared(left, right) > 0)),
        words["quoted"].shared(left, right) >= QUOTED,
        (shared >= WORDS * size) & (size >= LEAST_WORDS),
        told_soon(reports, left, right),
    ]
    mask = np.where(there, THERE, np.uint16(0)).astype(np.uint16)
    told = (name for name in BASES if name not in ("same article", "same story"))
    for name, flag in zip(told, agreed, strict=True):
        mask |= np.where(flag & ~there, np.uint16(bit(name)), np.uint16(0))
    return mask


def bit(name: str) -> int:
    """The bit of a basis."""
    return 1 << BASES.index(name)


THERE = np.uint16(bit("same article"))


def may_be_enough(reports: Reports, mask: Masks, left: Ints, right: Ints) -> Flags:
    """Whether two reports may have `enough` in common, whatever story their articles tell, which the mask need not hold: all others never have."""
    telling = mask & sum(map(bit, TELLING)) > 0
    later = _told_again(reports, left, right) | _known_later(reports, left, right)
    near = in_its_month(reports, left, right) | published_within(reports, AT_ONE_TIME, left, right)
    return np.asarray(
        telling | near | (later & _one_deed(reports, left, right)) | _protests(reports, left, right)
    )


def enough(reports: Reports, mask: Masks, left: Ints, right: Ints) -> Flags:
    """Whether two reports agree in enough that they may be of one event: what then decides is learned.

    Two articles of one story may tell one event whatever else is told. Others need time and place, parties, a name or a toll;
    a toll with one of these; the same words; the same time, type and a party; a month and the deed told in it; the same deed with the parties or two names; or, told within a week, two of place,
    parties and name. What lasts or recurs needs more than a story, and what nobody dates needs the same words. Where the parties and
    the story are all, both must be published within days.
    """

    def has(*names: str) -> Flags:
        return np.asarray(mask & sum(map(bit, names)) > 0)

    time, toll = has("same day", "days overlap", "told at once"), has("same toll")
    anchors = sum(has(name).astype(np.int8) for name in ("same place", "same parties", "same name"))
    deed = _one_deed(reports, left, right)
    full = reports.words["names"].shared(left, right) >= 2
    found = has("same article", "same story", "same quotation", "same words")
    found |= ((time | toll) & (anchors > 0)) | (time & toll) | (deed & (full | has("same parties")))
    found |= has("told soon") & (anchors > 1)
    a_party = same_side(reports, "actor", left, right) | same_side(reports, "recipient", left, right)
    found |= time & reports.same("event_type", left, right) & a_party
    same_words = has("same article", "same quotation", "same words")
    found &= (anchors > 0) | toll | same_words | ~either(lasting(reports), left, right)
    month = in_its_month(reports, left, right)
    found |= month & ((anchors > 0) | deed)
    told_again = _told_again(reports, left, right) & deed
    known = has("same story") & _known_later(reports, left, right) & deed
    found &= has(*TELLING) | month | told_again | known | published_within(reports, AT_ONE_TIME, left, right)
    movement = one_movement(reports, left, right)
    return np.asarray((found | movement) & (_timed(reports, left, right) | same_words))


def _one_deed(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two reports tell their deed by one word or in one mode."""
    named = reports.words["trigger"].shared(left, right) > 0
    return np.asarray(named | reports.same("event_mode", left, right))


def published_within(reports: Reports, days: int, left: Ints, right: Ints) -> Flags:
    """Whether two reports are known to be published within so many days of each other."""
    published = reports.published
    apart = np.abs(published[left] - published[right])
    return np.asarray(both(reports.printed, left, right) & (apart <= days))


def _told_again(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether the report published later says that it looks back ("a year after Norland closed its embassy")."""
    back = reports.asked.flag("looks back", reports.cells["sentence"], looks_back)
    published = reports.published
    later = np.where(published[left] > published[right], left, right)
    return np.asarray(
        back[later] & both(reports.printed, left, right) & (published[left] != published[right])
    )


def _known_later(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether the report published later tells an event of the same type as known ("his arrest in Hanoi", "had at first offered")."""
    known = reports.told(
        "told before", lambda told: np.array([told_before(*each) for each in told.triggers()], dtype=np.bool_)
    )
    published = reports.published
    later = np.where(published[left] > published[right], left, right)
    two_days = both(reports.printed, left, right) & (published[left] != published[right])
    return np.asarray(known[later] & two_days & reports.same("event_type", left, right))


def lasting(reports: Reports) -> Flags:
    """Whether a report tells a whole row of deeds, or one that has gone on for long ("since August")."""
    return reports.asked.told("lasting", lambda: _lasting(reports))


def _lasting(reports: Reports) -> Flags:
    first, last = reports.first, reports.last
    long = reports.named_day & (last - first > CAMPAIGN) & (last >= reports.published - FRESH)
    return np.asarray(reports.serial | long)


def _timed(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether it is known of two reports when they were written, or of when they tell."""
    known = reports.asked.told("timed", lambda: reports.printed | reports.dated)
    return both(known, left, right)


def _protests(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both reports tell of protests."""
    return both(reports.asked.flag("protest", reports.cells["event_type"], "PROTEST".__eq__), left, right)


@once
def one_movement(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both tell of protests in one country, and their articles of one story, or of one topic within half a year.

    Where a report names no country, its article does.
    """
    protest = _protests(reports, left, right)
    lands = reports.words["lands"]
    docs = reports.doc[left], reports.doc[right]
    here = lands.shared(left, right) > 0
    here |= ~lands.filled(left, right) & (reports.of_article["lands"].shared(*docs) > 0)
    near = published_within(reports, HALF_A_YEAR, left, right)
    related = alike(reports, left, right) >= RELATED
    return np.asarray(protest & here & (one_story(reports, left, right) | (near & related)))

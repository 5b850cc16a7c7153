"""What goes on for months and is told as one: a movement of protests.

Its reports share no day, seldom a place, and name nobody. What holds them together is a country, a topic, a time, and that each tells of the whole of it:
no day of its own, and "the protests", or since when or how long they have lasted. None tells whose protests it means unless the other
article is about the same people.
"""

import re

import numpy as np

from pipeline.link.candidates import Masks
from pipeline.link.evidence import FRESH, HALF_A_YEAR, RELATED, alike, bit, one_story, published_within
from pipeline.link.pairs import both
from pipeline.link.reports import NEARBY, Reports
from pipeline.link.rows import NO_DAY, Flags, Ints

MOVEMENT = 1.5
"""What two reports of one movement count at least: all that the stories in view have are right, so that hardly any learned score takes one of them elsewhere."""
OF_ONE_TIME = ("same day", "days overlap", "told at once", "same toll", "same quotation", "same words")
"""What tells that two series of protests are of one time, or told in one voice."""
OF_A_DAY = NEARBY | {"own", "counted"}
"""Bases of a day that a sentence tells beside its protests: they are those of that day."""
AROUND = 60
"""Characters around a protest that tell how long it lasts."""

_THE = re.compile(r"\b(?:the|these|those)\s(?:\w+\s)?$", re.IGNORECASE)
_LASTS = re.compile(
    r"\b(?:for (?:\w+ ){0,3}(?:days|weeks|months|years)|(?:days|weeks|months|years|week) of"
    r"|since (?:\w+ )?(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter|last)|beg[au]n|broke out|erupted|started|ongoing|months-long|movement)\b",
    re.IGNORECASE,
)


def same_movement(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether two reports of different articles tell of one movement of protests."""
    asked = reports.asked
    present = asked.told("present", lambda: _present(reports))
    found = _protests(reports, left, right) & both(present, left, right)
    whole_one, whole_two = _tell_the_whole(reports, left[found], right[found])
    found[found] = whole_one & whole_two
    if not found.any():
        return found
    one, two = asked.narrowed(left, right, np.flatnonzero(found))
    story = one_story(reports, one, two)
    same = published_within(reports, HALF_A_YEAR, one, two) & (story | (alike(reports, one, two) >= RELATED))
    same &= _one_country(reports, one, two, story)
    for first, second in ((one, two), (two, one)):
        same &= _of_its_people(reports, first, second) & _in_its_time(reports, first, second)
    found[found] = same
    return found


def _present(reports: Reports) -> Flags:
    """Whether a report tells no deed of old, nor one of a day."""
    asked, cells = reports.asked, reports.cells
    old = asked.flag("old", cells["status"], "historical".__eq__)
    of_a_day = asked.flag("of a day", cells["date_basis"], OF_A_DAY.__contains__)
    return np.asarray(~old & ~(reports.sharp & of_a_day))


def other_protests(reports: Reports, why: Masks, left: Ints, right: Ints) -> Flags:
    """Whether two series of protests of different articles share no day and no words, and neither tells the whole: "rallies" of two autumns."""
    found = _protests(reports, left, right) & (why & sum(map(bit, OF_ONE_TIME)) == 0)
    whole_one, whole_two = _tell_the_whole(reports, left[found], right[found])
    found[found] = ~(whole_one | whole_two)
    return np.asarray(found)


def _protests(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both reports, of different articles, tell of a series of protests."""
    protest = reports.asked.flag("protest", reports.cells["event_type"], "PROTEST".__eq__)
    away = ~reports.same("doc_id", left, right)
    marches = reports.asked.told("series of protests", lambda: protest & reports.serial)
    return np.asarray(both(marches, left, right) & away)


def _tell_the_whole(reports: Reports, left: Ints, right: Ints) -> tuple[Flags, Flags]:
    """Which of the reports of some pairs tell protests as one that lasts; "the protests" of a day that was told before are those of that day."""
    rows, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    sentence, dated = reports.cells["sentence"], reports.sharp
    told = np.array(
        [whole(sentence[row], int(reports.offsets[row]), dated=bool(dated[row])) for row in rows.tolist()],
        dtype=np.bool_,
    )
    return told[places[: len(left)]], told[places[len(left) :]]


def whole(sentence: str, start: int, *, dated: bool = False) -> bool:
    """Whether the protests at `start` of a sentence are told as one that lasts: "weeks of protests", "protests since May", or, where no day is known (`dated`), "the protests"."""
    if _LASTS.search(sentence[max(0, start - AROUND) : start + AROUND]):
        return True
    return not dated and bool(_THE.search(sentence[:start]))


def _one_country(reports: Reports, left: Ints, right: Ints, story: Flags) -> Flags:
    """Whether both tell of one country; where a report names none, its article does, or it tells the same story."""
    lands = reports.words["lands"]
    shared = reports.of_article["lands"].shared(reports.doc[left], reports.doc[right]) > 0
    return np.asarray((lands.shared(left, right) > 0) | (~lands.filled(left, right) & (shared | story)))


def _of_its_people(reports: Reports, one: Ints, two: Ints) -> Flags:
    """Whether the first names nobody as those who protest, or whom the second names or its article is about."""
    movers, topic = reports.words["movers"], reports.of_article["lead"]
    named = movers.size(one) == 0
    return np.asarray(named | (movers.shared(one, two) > 0) | (movers.held(topic, one, reports.doc[two]) > 0))


def _in_its_time(reports: Reports, one: Ints, two: Ints) -> Flags:
    """Whether the days that the first tells, if any, end within half a year before the second is published and begin no later."""
    (first, last), published = reports.day_of, reports.published[two]
    inside = (published - last[one] <= HALF_A_YEAR) & (first[one] <= published + FRESH)
    return np.asarray((first[one] == NO_DAY) | inside)

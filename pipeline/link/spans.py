"""Days that a sentence counts from its own news: "closed its border three weeks after it seized the ship"."""

import re

import numpy as np

from pipeline.link.clauses import ALONE
from pipeline.link.rows import NO_DAY, Flags, Ints
from pipeline.link.words import number_words

UNITS = {"day": (1.0, 0), "week": (7.0, 3), "month": (30.4, 20), "year": (365.2, 21)}
"""Days of a unit, and by how many of them a count of such is out."""
CLAUSE = 60
"""Characters between the count and the event that it counts from."""
_AFTER = re.compile(
    r"\b([a-z]+(?:-[a-z]+)?|\d{1,2}) (day|week|month|year)s? (?:after|since)\s(?=([^,;:.—–()]{0,60})$)",
    re.IGNORECASE,
)


def days_since(sentence: str, start: int, room_before: int) -> tuple[int, int] | None:
    """How many days at least and at most lie between the event at `start` and what its sentence tells as news.

    None where the sentence does not count them, or counts from another event: the one before, which ends `room_before` characters before.
    """
    begin = max(0, start - CLAUSE - len("seventy-seven months after "))
    if " after " not in (before := sentence[begin:start]) and " since " not in before:
        return None
    found = _AFTER.search(before)
    if not found or (room_before != ALONE and start - room_before > begin + found.start()):
        return None
    number = _number(found[1].lower())
    if number is None:
        return None
    days, out = UNITS[found[2].lower()]
    counted = round(number * days)
    return counted - out, counted + out


def _number(word: str) -> float | None:
    """The value of a word for a number; None where it is none."""
    if word in ("a", "an"):
        return 1.0
    return float(word) if word.isdigit() else number_words().get(word)


def counted_days(
    told: list[tuple[int, int] | None], published: Ints, days: tuple[Ints, Ints], own: Flags
) -> tuple[Ints, Ints, Flags]:
    """First and last days of events, and which are counted, from how many days lie between each and its news.

    The news is of the day that the sentence tells, give or take one, else of the day of publication or the two before it. An event's `own` day stays.
    """
    (first, last), found = (part.copy() for part in days), np.zeros(len(published), dtype=np.bool_)
    for row, span in enumerate(told):
        if span is None or published[row] == NO_DAY or own[row]:
            continue
        least, most = span
        sharp = first[row] != NO_DAY and first[row] == last[row] <= published[row]
        news = (first[row] - 1, last[row] + 1) if sharp else (published[row] - 2, published[row])
        first[row], last[row], found[row] = news[0] - most, news[1] - least, True
    return first, last, found

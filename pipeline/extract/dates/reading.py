"""What a date is read against, what it is read as, and what all readers share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.expressions import MONTHS
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.tense import Tense

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read against."""

    published_on: date | None
    day_first: bool
    tense: Tense = "past"
    """Whether the clause speaks of the past, the present or the future."""
    anchor: Period | None = None
    """The last date resolved before this one, for "the next day"."""

    certain: bool = False
    """Whether the date tells when a verb in the past was: then it is not ahead, however near that would be."""

    @property
    def ahead(self) -> bool:
        """Whether the clause looks ahead, from now or from the past that is told."""
        return self.tense in ("future", "then future")


@dataclass(frozen=True, slots=True)
class Reading:
    """A date read: its days (None where the article has no date to resolve it against) and how it was read."""

    period: Period | None
    basis: str


@dataclass(frozen=True, slots=True)
class Found:
    """A date in the text, by characters of the article."""

    start: int
    end: int
    kind: str
    reading: Reading
    match: Match


_NEAR_FUTURE = timedelta(days=31)
_LONG_PAST = timedelta(days=334)
"""What lies a month off one way and nearly a year the other is the nearer, whatever the tense."""


def group(match: Match, name: str) -> str:
    """A named group in lower case, "" where the pattern has none or it did not take part."""
    return (match.groupdict().get(name) or "").lower()


def month_number(match: Match) -> int:
    """The number of the month that a match names."""
    return int(MONTHS[group(match, "month").rstrip(".")])


def full_year(digits: str) -> int:
    """The year of two or four digits; 70 to 99 are of the last century."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def named_year(match: Match, context: Context) -> tuple[int | None, str]:
    """The year that a match names, as a number or as "last year", and the basis of that; None where it names none."""
    if match["year"]:
        return int(match["year"]), "explicit"
    whose = group(match, "whose")
    if not whose or context.published_on is None:
        return None, "year understood"
    return context.published_on.year + {"last": -1, "next": 1}.get(whose, 0), "relative"


def recent(make: Callable[[int], Period], context: Context, which: str = "") -> Reading:
    """A day or month without its year: the last that has begun, or the next one where the clause looks ahead."""
    published = context.published_on
    if published is None:
        return Reading(None, "year understood")
    around: list[Period] = []
    for number in range(published.year - 4, published.year + 5):  # 29 February comes every four years
        try:
            around.append(make(number))
        except ValueError:
            continue
    past = [p for p in around if (p.last < published if which in ("last", "past") else p.first <= published)]
    ahead = [p for p in around if (p.first > published if which == "next" else p.last >= published)]
    if not past or not ahead:
        raise ValueError("no such day")
    far_past = published - past[-1].first > _LONG_PAST and ahead[0].first - published < _NEAR_FUTURE
    if which in ("this", "current"):
        return Reading(make(published.year), "year understood")
    just_past = published - past[-1].last < _NEAR_FUTURE and ahead[0].first - published > _LONG_PAST
    nearer = published - past[-1].last > ahead[0].first - published
    looks_ahead = which in ("next", "coming", "this coming") or (
        which == ""
        and not just_past
        and (context.ahead or (far_past and not context.certain) or (context.tense == "present" and nearer))
    )
    return Reading(ahead[0] if looks_ahead else past[-1], "year understood")


def part_of(period: Period, part: str) -> Period:
    """The early, mid or late part, or the beginning, middle or end, where the words name one."""
    words = part.removeprefix("the ").removesuffix(" of")
    if words in ("early", "mid", "late"):
        return periods.part(period, words)
    edges = {"beginning": 0, "start": 0, "middle": 1, "end": 2, "close": 2}
    if words not in edges:
        return period
    if period.precision == "year" and words != "middle":
        return periods.month(period.first.year, 1 if edges[words] == 0 else 12)
    return periods.part(period, ("early", "mid", "late")[edges[words]])


def relative_unit(context: Context, which: str, unit: str) -> Period | None:
    """The calendar unit that "this", "last" or "next" (or nothing) points at."""
    if context.published_on is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    return periods.unit_period(periods.shift(context.published_on, unit, step), unit)

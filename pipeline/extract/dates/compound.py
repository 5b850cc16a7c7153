"""Dates that are told by another unit: the 24th of this month, the first Sunday of October, a week from Sunday, H1 2024.

Raises ValueError or OverflowError for days off the calendar; the caller drops those.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.expressions import ORDINALS, WEEKDAYS
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import (
    Context,
    Match,
    Reading,
    full_year,
    group,
    month_number,
    named_year,
    recent,
    relative_unit,
)
from pipeline.extract.dates.relative import NTH, count_of

_STEPS = {"last": "last", "next": "next"}
_SIXTHS = {"quarter": 3, "half": 6}


def numbers(match: Match, context: Context) -> Reading:
    """ "2024.11.05", "20240915": year, month and day in figures."""
    return Reading(periods.day(date(int(match["year"]), int(match["m"]), int(match["day"]))), "explicit")


def hyphened(match: Match, context: Context) -> Reading:
    """ "5-Jun-2024"."""
    when = date(full_year(match["year"]), month_number(match), int(match["day"]))
    return Reading(periods.day(when), "explicit")


def _day(words: str) -> int:
    return ORDINALS.index(words) + 1 if words in ORDINALS else int(re.sub(r"\D", "", words))


def _month(context: Context, rel: str) -> Period | None:
    """The month that "this", "last", "next" or "the" month is."""
    return relative_unit(context, _STEPS.get(rel, ""), "month")


def day_of_month(match: Match, context: Context) -> Reading:
    """ "The 24th of this month"."""
    month = _month(context, group(match, "rel"))
    if month is None:
        return Reading(None, "relative")
    return Reading(periods.day(month.first.replace(day=_day(group(match, "day")))), "relative")


def ordinal_day(match: Match, context: Context) -> Reading:
    """ "The first of July": as with a day in figures."""
    month, day = month_number(match), _day(group(match, "day"))
    year, basis = named_year(match, context)
    if year is not None:
        return Reading(periods.day(date(year, month, day)), basis)
    return recent(lambda year: periods.day(date(year, month, day)), context)


def bare_day(match: Match, context: Context) -> Reading | None:
    """ "By the 20th": of the month last spoken of, else of this one."""
    if context.published_on is None:
        return None
    near = context.anchor if context.anchor and context.anchor.precision in ("day", "month") else None
    first = (near.first if near else context.published_on).replace(day=1)
    return Reading(periods.day(first.replace(day=_day(group(match, "day")))), "relative")


def nth_weekday(match: Match, context: Context) -> Reading:
    """ "The first Sunday of October", "the last Friday of this month"."""
    weekday, nth = WEEKDAYS[group(match, "weekday")], {**NTH, "fifth": 5}.get(group(match, "nth"), -1)

    def of(year: int, month: int) -> Period:
        try:
            return periods.day(periods.nth_weekday(year, month, weekday, nth))
        except IndexError:
            raise ValueError("no such day") from None

    if match["alone"]:  # "the last Sunday of 2023"
        return Reading(of(int(match["alone"]), 1 if nth > 0 else 12), "explicit")
    if rel := group(match, "rel"):
        unit = group(match, "span")
        whole = relative_unit(context, _STEPS.get(rel, ""), unit)
        if whole is None:
            return Reading(None, "relative")
        return Reading(
            of(whole.first.year, whole.first.month if nth > 0 or unit == "month" else 12), "relative"
        )
    year, basis = named_year(match, context)
    if year is not None:
        return Reading(of(year, month_number(match)), basis)
    return recent(lambda year: of(year, month_number(match)), context)


def weekday_ago(match: Match, context: Context) -> Reading | None:
    """ "Two weeks ago on Monday", "Tuesday three weeks ago": the day of the week so many weeks back."""
    count = count_of(match)
    if count is None or context.published_on is None:
        return None if count is None else Reading(None, "relative")
    weeks = count * (2 if group(match, "unit") == "fortnight" else 1)
    there = periods.week(context.published_on - timedelta(weeks=int(weeks)))
    return Reading(periods.day(there.first + timedelta(days=WEEKDAYS[group(match, "weekday")])), "relative")


def weeks_from(match: Match, context: Context) -> Reading | None:
    """ "A week from Sunday", "three weeks from today"."""
    count = count_of(match)
    if count is None or context.published_on is None:
        return None if count is None else Reading(None, "relative")
    weeks = count * (2 if group(match, "unit") == "fortnight" else 1)
    if today := group(match, "today"):
        start = context.published_on + timedelta(days={"tomorrow": 1, "yesterday": -1}.get(today, 0))
    else:
        start = _next(context.published_on, group(match, "weekday"))
    return Reading(periods.day(start + timedelta(days=int(7 * weeks))), "relative")


def weekday_week(match: Match, context: Context) -> Reading | None:
    """ "Wednesday week", "Monday in two weeks"."""
    if context.published_on is None:
        return Reading(None, "relative")
    weekday = group(match, "weekday")
    if group(match, "unit2"):
        return Reading(periods.day(_next(context.published_on, weekday) + timedelta(weeks=1)), "relative")
    count = count_of(match)
    if count is None:
        return None
    weeks = int(count * (2 if group(match, "unit") == "fortnight" else 1))
    there = periods.week(context.published_on + timedelta(weeks=weeks))
    return Reading(periods.day(there.first + timedelta(days=WEEKDAYS[weekday])), "relative")


def _next(published: date, weekday: str) -> date:
    return published + timedelta(days=(WEEKDAYS[weekday] - published.weekday()) % 7 or 7)


def _part(year: int, unit: str, nth: int) -> Period | None:
    """A quarter or half of a year; None for a third half."""
    length = _SIXTHS[unit]
    return periods.months(year, length * (nth - 1) + 1, length, unit) if nth <= 12 // length else None


def bare_quarter(match: Match, context: Context) -> Reading:
    """ "The first quarter", "third-quarter profit": the last that has begun, the next in a clause that looks ahead."""
    nth = NTH[group(match, "nth")]
    sure = replace(context, certain=True)
    return recent(lambda year: periods.months(year, 3 * nth - 2, 3, "quarter"), sure)


def half_year(match: Match, context: Context) -> Reading | None:
    """ "H1 2024", "1Q25", "2024Q3"."""
    for n in ("", "2", "3"):
        if year := group(match, f"year{n}"):
            unit = "quarter" if group(match, f"kind{n}") == "q" else "half"
            period = _part(full_year(year.lstrip("’'")), unit, int(match[f"nth{n}"]))
            return None if period is None else Reading(period, "explicit")
    return None


def year_half(match: Match, context: Context) -> Reading | None:
    """ "First-half 2024", "the 2023 second half", "next year's first quarter"."""
    n = "" if group(match, "nth") else "2" if group(match, "nth2") else "3"
    unit = group(match, f"unit{n}")
    nth = NTH.get(group(match, f"nth{n}"), 4 if unit == "quarter" else 2)
    if n == "3":
        if context.published_on is None:
            return Reading(None, "relative")
        year, basis = (
            context.published_on.year + {"last": -1, "next": 1}.get(group(match, "whose"), 0),
            "relative",
        )
    else:
        year, basis = int(match[f"year{n}"]), "explicit"
    period = _part(year, unit, nth)
    return None if period is None else Reading(period, basis)


def months_to(match: Match, context: Context) -> Reading | None:
    """ "The three months to March": the months that end with it."""
    count = count_of(match)
    if count is None or not 1 <= count <= 36:
        return None
    year, basis = named_year(match, context)
    read = (
        Reading(periods.month(year, month_number(match)), basis)
        if year is not None
        else recent(lambda year: periods.month(year, month_number(match)), context)
    )
    if read.period is None:
        return read
    first = periods.shift(read.period.first, "month", 1 - int(count))
    return Reading(Period(first, read.period.last, "period"), read.basis)


_WITHIN = {"month": ("day", "weekend", "month"), "year": ("day", "weekend", "month", "year")}
"""How precise a date is that tells which month or year "the same year" is."""


def same_day(match: Match, context: Context) -> Reading | None:
    """ "The same day", "that night", "that week": of the day spoken of."""
    unit = group(match, "unit")
    if context.anchor is None or context.anchor.precision not in _WITHIN.get(unit, ("day", "weekend")):
        return None
    if unit == "weekend":
        return Reading(periods.weekend(context.anchor.first), "relative")
    if unit in ("week", "month", "year"):
        return Reading(periods.unit_period(context.anchor.first, unit), "relative")
    return Reading(context.anchor, "relative")


def in_units(match: Match, context: Context) -> Reading | None:
    """ "Will rule in two weeks", "within two weeks"; in any other tense it is a length of time."""
    count, unit = count_of(match), group(match, "unit")
    if count is None or not context.ahead or unit in ("second", "minute", "hour", "century", "centurie"):
        return None
    if context.published_on is None:
        return Reading(None, "relative")
    when = periods.shift(context.published_on, unit, count)
    if group(match, "how") == "within":
        return Reading(Period(context.published_on, when, "period"), "relative")
    return Reading(periods.unit_period(when, "year" if unit == "decade" else unit), "relative")


def mid_week(match: Match, context: Context) -> Reading:
    """ "Mid-week": its Wednesday."""
    if context.published_on is None:
        return Reading(None, "relative")
    return Reading(periods.day(periods.week(context.published_on).first + timedelta(days=2)), "relative")


def holiday_weekend(day: date) -> Period:
    """The weekend that a holiday makes long: with the Friday before or the Monday behind it; Easter's has both."""
    back, ahead = {0: (2, 0), 1: (3, 0), 2: (-3, 4), 3: (0, 3), 4: (0, 2), 5: (0, 1), 6: (1, 0)}[
        day.weekday()
    ]
    return Period(day - timedelta(days=back), day + timedelta(days=ahead), "weekend")


def widened(unit: str, how: str, period: Period) -> Period:
    """The week or weekend that a day names: "the week of June 23", "the week ending 7 July", "the weekend of 20 September"."""
    if unit == "weekend":
        return periods.weekend(period.first)
    if how == "ending":
        return Period(period.last - timedelta(days=6), period.last, "week")
    if how == "of":
        return periods.week(period.first)
    return Period(period.first, period.first + timedelta(days=6), "week")

"""Spans of whole days on the Gregorian calendar: a week, a month, a season, a decade. No text in here."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, northern hemisphere, meteorological."""

_DAYS = {
    "hour": 1 / 24,
    "minute": 1 / 1440,
    "second": 1 / 86400,
    "day": 1,
    "night": 1,
    "week": 7,
    "fortnight": 14,
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both inclusive, and how fine the words were: day, week, month, ... or `period`."""

    first: date
    last: date
    precision: str


def days(period: Period) -> int:
    """How many days a span holds."""
    return (period.last - period.first).days + 1


def day(when: date) -> Period:
    """A single day."""
    return Period(when, when, "day")


def week(when: date) -> Period:
    """The week of a day, Monday to Sunday (ISO 8601)."""
    first = when - timedelta(days=when.weekday())
    return Period(first, first + timedelta(days=6), "week")


def weekend(when: date) -> Period:
    """Saturday and Sunday of the week of a day."""
    saturday = week(when).first + timedelta(days=5)
    return Period(saturday, saturday + timedelta(days=1), "weekend")


def months(year: int, month: int, count: int, precision: str) -> Period:
    """`count` whole months from the first day of a month on."""
    first = date(year, month, 1)
    end = first + relativedelta(months=count - 1)
    return Period(first, end.replace(day=monthrange(end.year, end.month)[1]), precision)


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return months(year, number, 1, "month")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def years(number: int, count: int, precision: str) -> Period:
    """`count` calendar years; a decade or century starts with the year that names it (1990, 1900)."""
    return Period(date(number, 1, 1), date(number + count - 1, 12, 31), precision)


def season(number: int, name: str) -> Period:
    """A season; a winter is named by the year in which it starts."""
    return months(number, SEASON_STARTS[name], 3, "season")


def unit_period(when: date, unit: str) -> Period:
    """The calendar day, week, month, quarter, year, decade or century that a day lies in."""
    if unit in _DAYS:
        return week(when) if unit in ("week", "fortnight") else day(when)
    if unit == "month":
        return month(when.year, when.month)
    if unit == "quarter":
        return months(when.year, (when.month - 1) // 3 * 3 + 1, 3, "quarter")
    if unit == "year":
        return year(when.year)
    length = 10 if unit == "decade" else 100
    return years(when.year // length * length, length, unit)


def shift(when: date, unit: str, count: float) -> date:
    """A day moved by a number of units; raises OverflowError or ValueError off the calendar."""
    if unit == "weekend":
        unit = "week"
    if unit in _DAYS:
        days = count * _DAYS[unit]
        # Less than a day back from a day without a clock still reaches into the day before.
        return when + timedelta(days=int(days) if abs(days) >= 1 or not days else (1 if days > 0 else -1))
    return when + relativedelta(months=round(count * _MONTHS[unit]))


def part(whole: Period, which: str) -> Period:
    """The early, mid or late third of a period; of a month days 1 to 10, 11 to 20 and from 21 on."""
    n = ("early", "mid", "late").index(which)
    if whole.precision == "month":
        first, last = whole.first.replace(day=10 * n + 1), whole.first.replace(day=10 * n + 10)
        return Period(first, whole.last if n == 2 else last, "period")
    if whole.precision == "decade" and n != 1:  # the first four years, the last three
        years = (0, 3) if n == 0 else (7, 9)
        return Period(
            date(whole.first.year + years[0], 1, 1), date(whole.first.year + years[1], 12, 31), "period"
        )
    if whole.precision == "year":
        return months(whole.first.year, 4 * n + 1, 4, "period")
    length = (whole.last - whole.first).days + 1
    first = whole.first + timedelta(days=length * n // 3)
    last = whole.last if n == 2 else whole.first + timedelta(days=length // 3 * (n + 1) - 1)
    return Period(first, last, "period")


def days_of_month(whole: Period, unit: str, nth: int, count: float | None) -> Period | None:
    """The first or last `count` days or weeks of a month, or its nth week or weekend (-1 is the last); None beyond it."""
    first, last = whole.first, whole.last
    if unit == "weekend":
        saturday = nth_weekday(first.year, first.month, 5, nth)
        return Period(saturday, saturday + timedelta(days=1), "weekend")
    days = int((count or 1) * (7 if unit == "week" else 1))
    if days < 1 or (count is None and unit == "day") or (count and nth not in (1, -1)):
        return None
    if nth < 0:
        return Period(max(first, last - timedelta(days=days - 1)), last, "period")
    start = first + timedelta(days=days * (nth - 1))
    return Period(start, min(last, start + timedelta(days=days - 1)), "period") if start <= last else None


def nth_weekday(number: int, month_number: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month (0 is Monday); -1 is the last one."""
    days = [date(number, month_number, d) for d in range(1, monthrange(number, month_number)[1] + 1)]
    return [d for d in days if d.weekday() == weekday][nth - 1 if nth > 0 else nth]


def easter_day(number: int, offset: int) -> date:
    """A day counted from Easter Sunday of the Western church."""
    return easter(number) + timedelta(days=offset)

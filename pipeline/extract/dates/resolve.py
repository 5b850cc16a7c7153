"""What a wording means: from a match to its days. Dates that name their month or year stand here.

Raises ValueError or OverflowError for days off the calendar; the caller drops those.
"""

import re
from collections.abc import Callable
from datetime import date

from pipeline.extract.dates import compound, periods, relative
from pipeline.extract.dates.expressions import HOLIDAYS, ORDINALS, WEEKDAYS
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import (
    Context,
    Match,
    Reading,
    full_year,
    group,
    month_number,
    named_year,
    part_of,
    recent,
    relative_unit,
)


def _iso(match: Match, context: Context) -> Reading:
    return Reading(periods.day(date(int(match["year"]), int(match["m"]), int(match["day"]))), "explicit")


def _numeric(match: Match, context: Context) -> Reading | None:
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if len(year) == 2 and match["sep"] != "/":
        return None
    if max(a, b) > 12:
        day, month, basis = max(a, b), min(a, b), "explicit"
    elif context.day_first:
        day, month, basis = a, b, "explicit" if a == b else "day first"
    else:
        day, month, basis = b, a, "explicit" if a == b else "month first"
    return Reading(periods.day(date(full_year(year), month, day)), basis)


def _day_of_month(match: Match, context: Context) -> Reading | None:
    month, days = month_number(match), [int(match["day"])]
    between = match.string[max(0, match.start() - 10) : match.start()].rstrip().lower().endswith("between")
    if match["other"] and (between or match["join"].strip() not in ("and", "or", "/")):
        days = sorted([*days, int(match["other"])])

    def make(year: int) -> Period:
        return Period(
            date(year, month, days[0]), date(year, month, days[-1]), "day" if len(days) == 1 else "period"
        )

    year, basis = named_year(match, context)
    if year is not None:
        return Reading(make(year), basis)
    weekday = group(match, "weekday")
    if weekday and context.published_on:  # the weekday tells which year is meant, where it fits one nearby
        near = context.published_on.year
        for year in (near, near - 1, near + 1):
            if date(year, month, min(days[0], 28)) and _weekday_fits(year, month, days[0], WEEKDAYS[weekday]):
                return Reading(make(year), "year understood")
    return recent(make, context, group(match, "which"))


def _days_of_month(match: Match, context: Context) -> Reading | None:
    """ "3, 5 and 9 July": read as its last day; `find` makes a row of each."""
    month, days = month_number(match), [int(d) for d in re.findall(r"\d+", match["days"])]

    def make(year: int) -> Period:
        return periods.day(date(year, month, days[0]))

    year, basis = named_year(match, context)
    return Reading(make(year), basis) if year is not None else recent(make, context)


def _weekday_fits(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def _month(match: Match, context: Context) -> Reading:
    number, part = month_number(match), group(match, "part")
    year, basis = named_year(match, context)
    if year is not None:
        return Reading(part_of(periods.month(year, number), part), basis)
    read = recent(lambda year: periods.month(year, number), context, group(match, "which"))
    return Reading(part_of(read.period, part), read.basis) if read.period else read


def _season(match: Match, context: Context) -> Reading | None:
    name, part, which = group(match, "season"), group(match, "part"), group(match, "which")
    year, basis = named_year(match, context)
    if year is not None:
        return Reading(part_of(periods.season(year, name), part), basis)
    if not which:  # "in the autumn": read as a month without its year is
        read = recent(lambda year: periods.season(year, name), context)
        return Reading(part_of(read.period, part), read.basis) if read.period else read
    published = context.published_on
    if published is None:
        return Reading(None, "relative")
    around = [periods.season(published.year + n, name) for n in (-2, -1, 0, 1)]
    if which in ("last", "past", "previous", "this past"):
        chosen = [p for p in around if p.last < published][-1]
    elif which in ("next", "coming", "this coming", "following"):
        chosen = next(p for p in around if p.first > published)
    else:
        begun = [p for p in around if p.first <= published][-1]
        chosen = begun if begun.last >= published else periods.season(published.year, name)
    return Reading(part_of(chosen, part), "relative")


_TENS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def _decade(match: Match, context: Context) -> Reading:
    digits = match["decade"].lower()
    tens = _TENS.get(digits) or int(re.sub(r"\D", "", digits))
    first = tens if tens > 99 else 1900 + tens
    return Reading(
        part_of(periods.years(first, 10, "decade"), group(match, "part") or group(match, "part2")),
        "explicit",
    )


def _century(match: Match, context: Context) -> Reading:
    nth = group(match, "nth")
    number = ORDINALS.index(nth) + 1 if nth in ORDINALS else int(re.sub(r"\D", "", nth))
    whole = Period(date(max(1, 100 * (number - 1) + 1), 1, 1), date(100 * number, 12, 31), "century")
    return Reading(part_of(whole, group(match, "part") or group(match, "part2")), "explicit")


def _years(match: Match, context: Context) -> Reading | None:
    first, until = int(match["year"]), match["until"]
    last = int(match["year"][: 4 - len(until)] + until)
    if not first < last <= first + 400 or first < 1000:
        return None
    return Reading(Period(date(first, 1, 1), date(last, 12, 31), "period"), "explicit")


def _year(match: Match, context: Context) -> Reading:
    return Reading(part_of(periods.year(int(match["year"])), group(match, "part")), "explicit")


def _short_year(match: Match, context: Context) -> Reading:
    """ "In ’02"."""
    return Reading(periods.year(full_year(match["year"])), "explicit")


def _year_part(match: Match, context: Context) -> Reading | None:
    unit, nth = group(match, "unit"), group(match, "nth")
    count = 4 if unit == "quarter" else 2
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(nth, count)
    if number > count:
        return None
    whole = (
        periods.year(int(match["year"]))
        if match["year"]
        else relative_unit(context, group(match, "which"), "year")
    )
    if whole is None:
        return Reading(None, "relative")
    length = 12 // count
    return Reading(
        periods.months(whole.first.year, length * (number - 1) + 1, length, unit),
        "explicit" if match["year"] else "relative",
    )


def _holiday(match: Match, context: Context) -> Reading:
    row = HOLIDAYS[group(match, "holiday").replace("'", "’")]

    def make(year: int) -> Period:
        day = of(year)
        if not match["weekend"]:
            return day
        if row["easter"] in ("-2", "-1", "0", "1"):
            return Period(periods.easter_day(year, -2), periods.easter_day(year, 1), "weekend")
        return compound.holiday_weekend(day.first)

    def of(year: int) -> Period:
        if row["easter"]:
            return periods.day(periods.easter_day(year, int(row["easter"])))
        if row["nth"]:
            return periods.day(
                periods.nth_weekday(year, int(row["month"]), int(row["weekday"]), int(row["nth"]))
            )
        return periods.day(date(year, int(row["month"]), int(row["day"])))

    year, basis = named_year(match, context)
    if year is not None:
        return Reading(make(year), basis)
    return Reading(recent(make, context, group(match, "which")).period, "holiday")


def _whole_month(match: Match, context: Context) -> Reading:
    """The month that "of December", "of March 2011" or "of this month" names."""
    if rel := group(match, "rel"):
        step = rel if rel in ("last", "next") else ""
        return Reading(relative_unit(context, step, "month"), "relative")
    number = month_number(match)
    year, basis = named_year(match, context)
    if year is not None:
        return Reading(periods.month(year, number), basis)
    return recent(lambda y: periods.month(y, number), context)


def _units_of_month(match: Match, context: Context) -> Reading | None:
    """ "The first two weeks of December", "the last weekend of May"."""
    month = _whole_month(match, context)
    if month.period is None:
        return month
    count, which = relative.count_of(match) if match["count"] else None, group(match, "which")
    nth, basis = relative.NTH.get(which, -1), month.basis
    period = periods.days_of_month(month.period, group(match, "unit"), nth, count)
    return None if period is None else Reading(period, basis)


READERS: dict[str, Callable[[Match, Context], Reading | None]] = {
    "iso": _iso,
    "dotted": compound.numbers,
    "compact": compound.numbers,
    "hyphened": compound.hyphened,
    "days_month": _days_of_month,
    "month_days": _days_of_month,
    "day_rel_month": compound.day_of_month,
    "ordinal_day": compound.ordinal_day,
    "bare_day": compound.bare_day,
    "nth_weekday": compound.nth_weekday,
    "ago_weekday": compound.weekday_ago,
    "weekday_ago": compound.weekday_ago,
    "weeks_from": compound.weeks_from,
    "weekday_week": compound.weekday_week,
    "half_year": compound.half_year,
    "year_half": compound.year_half,
    "bare_quarter": compound.bare_quarter,
    "months_to": compound.months_to,
    "mid_week": compound.mid_week,
    "numeric": _numeric,
    "day_month": _day_of_month,
    "month_day": _day_of_month,
    "month": _month,
    "season": _season,
    "decade": _decade,
    "century": _century,
    "years": _years,
    "year": _year,
    "short_year": _short_year,
    "today": relative.today,
    "daytime": relative.daytime,
    "overnight": relative.overnight,
    "weekday": relative.weekday,
    "this_unit": relative.this_unit,
    "after_next": relative.after_next,
    "within_unit": relative.this_unit,
    "weekend": relative.the_weekend,
    "part_of": relative.part_of_unit,
    "unit_end": relative.unit_end,
    "year_part": _year_part,
    "first_units": relative.first_units,
    "units_of_month": _units_of_month,
    "past_units": relative.past_units,
    "ago": relative.ago,
    "ahead": relative.ago,
    "from_now": relative.ago,
    "later": relative.later,
    "next_day": relative.next_day,
    "same_day": compound.same_day,
    "in_units": compound.in_units,
    "holiday": _holiday,
}
"""How each pattern of `expressions` is read; None where the words are no date after all."""

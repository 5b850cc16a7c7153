"""What a wording means: from a match to its days, given the article's date, the tense and the date before it.

Raises ValueError or OverflowError for days off the calendar; the caller drops those.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.expressions import HOLIDAYS, MONTHS, ORDINALS, WEEKDAYS
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.tense import Tense
from pipeline.extract.figures.numbers import read_words

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read against."""

    published_on: date | None
    day_first: bool
    tense: Tense
    """Whether the clause speaks of the past, the present or the future."""
    anchor: Period | None
    """The last date resolved before this one, for "the next day"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A date read: its days (None where the article has no date to resolve it against) and how it was read."""

    period: Period | None
    basis: str


_NEAR_FUTURE = timedelta(days=31)
_LONG_PAST = timedelta(days=334)


def _group(match: Match, name: str) -> str:
    """A named group in lower case, "" where the pattern has none or it did not take part."""
    return (match.groupdict().get(name) or "").lower()


def _month_number(match: Match) -> int:
    return int(MONTHS[_group(match, "month").rstrip(".")])


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _recent(make: Callable[[int], Period], context: Context, which: str = "") -> Reading:
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
    nearer = published - past[-1].last > ahead[0].first - published
    looks_ahead = which in ("next", "coming", "this coming") or (
        which == "" and (context.tense == "future" or far_past or (context.tense == "present" and nearer))
    )
    return Reading(ahead[0] if looks_ahead else past[-1], "year understood")


def _part_of(period: Period, part: str) -> Period:
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
    return Reading(periods.day(date(_full_year(year), month, day)), basis)


def _day_of_month(match: Match, context: Context) -> Reading | None:
    month, days = _month_number(match), [int(match["day"])]
    between = match.string[max(0, match.start() - 10) : match.start()].rstrip().lower().endswith("between")
    if match["other"] and (between or match["join"].strip() not in ("and", "or", "/")):
        days = sorted([*days, int(match["other"])])

    def make(year: int) -> Period:
        return Period(
            date(year, month, days[0]), date(year, month, days[-1]), "day" if len(days) == 1 else "period"
        )

    if match["year"]:
        return Reading(make(int(match["year"])), "explicit")
    weekday = _group(match, "weekday")
    if weekday and context.published_on:  # the weekday tells which year is meant, where it fits one nearby
        near = context.published_on.year
        for year in (near, near - 1, near + 1):
            if date(year, month, min(days[0], 28)) and _weekday_fits(year, month, days[0], WEEKDAYS[weekday]):
                return Reading(make(year), "year understood")
    return _recent(make, context)


def _weekday_fits(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def _month(match: Match, context: Context) -> Reading:
    number, part = _month_number(match), _group(match, "part")
    if match["year"]:
        return Reading(_part_of(periods.month(int(match["year"]), number), part), "explicit")
    read = _recent(lambda year: periods.month(year, number), context, _group(match, "which"))
    return Reading(_part_of(read.period, part), read.basis) if read.period else read


def _season(match: Match, context: Context) -> Reading | None:
    name, part, which = _group(match, "season"), _group(match, "part"), _group(match, "which")
    if match["year"]:
        return Reading(_part_of(periods.season(int(match["year"]), name), part), "explicit")
    if not which:
        return None
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
    return Reading(_part_of(chosen, part), "relative")


def _decade(match: Match, context: Context) -> Reading:
    digits = match["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits[1:])
    return Reading(
        _part_of(periods.years(first, 10, "decade"), _group(match, "part") or _group(match, "part2")),
        "explicit",
    )


def _century(match: Match, context: Context) -> Reading:
    nth = _group(match, "nth")
    number = ORDINALS.index(nth) + 1 if nth in ORDINALS else int(re.sub(r"\D", "", nth))
    whole = Period(date(max(1, 100 * (number - 1) + 1), 1, 1), date(100 * number, 12, 31), "century")
    return Reading(_part_of(whole, _group(match, "part") or _group(match, "part2")), "explicit")


def _years(match: Match, context: Context) -> Reading | None:
    first, until = int(match["year"]), match["until"]
    last = int(until) if len(until) == 4 else int(match["year"][:2] + until)
    if not first < last <= first + 400 or first < 1000:
        return None
    return Reading(Period(date(first, 1, 1), date(last, 12, 31), "period"), "explicit")


def _year(match: Match, context: Context) -> Reading:
    return Reading(_part_of(periods.year(int(match["year"])), _group(match, "part")), "explicit")


def _today(match: Match, context: Context) -> Reading:
    words = " ".join(_group(match, "today").split())
    if context.published_on is None:
        return Reading(None, "relative")
    days = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    if words.startswith("later") and context.anchor and context.anchor.precision == "day":
        return Reading(context.anchor, "relative")
    return Reading(periods.day(context.published_on + timedelta(days=days.get(words, 0))), "relative")


def _daytime(match: Match, context: Context) -> Reading | None:
    last = _group(match, "which") == "last"
    if last and _group(match, "time") not in ("night", "evening"):
        return None
    if context.published_on is None:
        return Reading(None, "relative")
    return Reading(periods.day(context.published_on - timedelta(days=last)), "relative")


def _weekday(match: Match, context: Context) -> Reading:
    published, which = context.published_on, _group(match, "which")
    if published is None:
        return Reading(None, "weekday")
    ahead = (WEEKDAYS[_group(match, "weekday")] - published.weekday()) % 7
    back = (ahead - 7) % -7
    if which in ("next", "coming", "this coming", "following"):
        days = ahead or 7
    elif which in ("last", "past", "this past", "previous"):
        days = back or -7
    elif which in ("this", "current"):
        days = ahead if context.tense == "future" or ahead <= -back else back
    else:
        days = back if context.tense == "past" else ahead
    return Reading(periods.day(published + timedelta(days=days)), "weekday")


def _this_unit(match: Match, context: Context) -> Reading | None:
    published, which, unit = context.published_on, _group(match, "which"), _group(match, "unit")
    the, part = bool(match["the"]), _group(match, "part")
    if unit in ("second", "minute", "hour", "day", "night", "centurie", "fortnight") or which == "same":
        return None
    if which in ("previous", "following"):
        return None  # "the previous week" counts from another date: see `_next_day`
    if published is None:
        return Reading(None, "relative")
    if unit == "weekend":
        return Reading(_which_weekend(published, which, context), "relative")
    counted_back = which in ("past", "this past") or (
        the and which == "last" and unit in ("week", "month", "year")
    )
    if (which == "last" and unit == "decade") or counted_back:
        return Reading(Period(periods.shift(published, unit, -1), published, "period"), "relative")
    if the and which in ("next", "coming"):
        return Reading(Period(published, periods.shift(published, unit, 1), "period"), "relative")
    step = {"last": -1, "next": 1, "coming": 1, "this coming": 1}.get(which, 0)
    whole = periods.unit_period(periods.shift(published, unit, step), unit)
    if part in ("earlier", "so far"):
        return Reading(
            Period(whole.first, min(max(whole.first, published), whole.last), "period"), "relative"
        )
    if part == "later":
        return Reading(Period(max(whole.first, published), whole.last, "period"), "relative")
    return Reading(_part_of(whole, part), "relative")


def _which_weekend(published: date, which: str, context: Context) -> Period:
    here = periods.weekend(published)
    step = {"last": -1, "past": -1, "this past": -1, "next": 1}.get(which, 0)
    if step == 0 and here.first > published and which != "this coming" and context.tense == "past":
        step = -1
    elif step == 1 and here.first > published:
        step = 0  # "next weekend" said on a weekday is the one ahead
    return periods.weekend(published + timedelta(weeks=step))


def _the_weekend(match: Match, context: Context) -> Reading:
    if context.published_on is None:
        return Reading(None, "relative")
    return Reading(_which_weekend(context.published_on, "", context), "relative")


def _relative_unit(context: Context, which: str, unit: str) -> Period | None:
    """The calendar unit that "this", "last" or "next" (or nothing) points at."""
    if context.published_on is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    return periods.unit_period(periods.shift(context.published_on, unit, step), unit)


def _part_of_unit(match: Match, context: Context) -> Reading:
    whole = _relative_unit(context, _group(match, "which"), _group(match, "unit"))
    return Reading(whole and _part_of(whole, _group(match, "part")), "relative")


def _unit_end(match: Match, context: Context) -> Reading:
    whole = _relative_unit(context, "", _group(match, "unit"))
    return Reading(whole and _part_of(whole, "end"), "relative")


def _year_part(match: Match, context: Context) -> Reading | None:
    unit, nth = _group(match, "unit"), _group(match, "nth")
    count = 4 if unit == "quarter" else 2
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(nth, count)
    if number > count:
        return None
    whole = (
        periods.year(int(match["year"]))
        if match["year"]
        else _relative_unit(context, _group(match, "which"), "year")
    )
    if whole is None:
        return Reading(None, "relative")
    length = 12 // count
    return Reading(
        periods.months(whole.first.year, length * (number - 1) + 1, length, unit),
        "explicit" if match["year"] else "relative",
    )


def _quarter(match: Match, context: Context) -> Reading:
    return Reading(periods.months(int(match["year"]), 3 * int(match["nth"]) - 2, 3, "quarter"), "explicit")


def _count(match: Match) -> float | None:
    words = " ".join(_group(match, "count").split())
    if words in ("a", "an"):
        return 1
    if words == "half a":
        return 0.5
    if words.startswith("a couple"):
        return 2
    return read_words(words.removeprefix("a "))


def _first_units(match: Match, context: Context) -> Reading | None:
    count, unit = _count(match), _group(match, "unit")
    whole = (
        periods.year(int(match["year"]))
        if match["year"]
        else _relative_unit(context, _group(match, "whose"), "year")
    )
    if count is None or count < 1:
        return None
    if whole is None:
        return Reading(None, "relative")
    if _group(match, "which") == "first":
        period = Period(
            whole.first, periods.shift(whole.first, unit, int(count)) - timedelta(days=1), "period"
        )
    else:
        period = Period(
            periods.shift(whole.last + timedelta(days=1), unit, -int(count)), whole.last, "period"
        )
    return Reading(period, "explicit" if match["year"] else "relative")


def _past_units(match: Match, context: Context) -> Reading | None:
    count, unit, published = (
        _count(match),
        _group(match, "unit").replace("centurie", "century"),
        context.published_on,
    )
    if count is None:
        return None
    if published is None:
        return Reading(None, "relative")
    if _group(match, "which") in ("next", "coming", "following"):
        return Reading(Period(published, periods.shift(published, unit, count), "period"), "relative")
    return Reading(Period(periods.shift(published, unit, -count), published, "period"), "relative")


def _ago(match: Match, context: Context) -> Reading | None:
    count, unit = _count(match), _group(match, "unit").replace("centurie", "century")
    if count is None:
        return None
    if context.published_on is None:
        return Reading(None, "relative")
    ahead = _group(match, "which") == "time"  # "in two weeks' time"
    return Reading(_moved(context.published_on, unit, count if ahead else -count), "relative")


def _moved(when: date, unit: str, count: float) -> Period:
    """The calendar unit some units away; a decade or century counts in years."""
    moved = periods.shift(when, unit, count)
    if unit in ("second", "minute", "hour"):
        return periods.day(when if abs(count) < 24 else moved)
    return periods.unit_period(moved, "year" if unit in ("decade", "century") else unit)


def _later(match: Match, context: Context) -> Reading | None:
    count, unit = _count(match), _group(match, "unit").replace("centurie", "century")
    if count is None or context.anchor is None:
        return None
    ahead = _group(match, "which") in ("later", "after", "afterward", "afterwards")
    return Reading(
        _moved(context.anchor.last if ahead else context.anchor.first, unit, count if ahead else -count),
        "relative",
    )


def _next_day(match: Match, context: Context) -> Reading | None:
    if context.anchor is None:
        return None
    unit = _group(match, "unit")
    unit = unit if unit in ("week", "month", "year") else "day"
    if unit != "day" and _group(match, "which") == "next":
        return None  # "over the next week" runs from publication: see `_this_unit`
    step = 1 if _group(match, "which") in ("next", "following") else -1
    return Reading(_moved(context.anchor.last if step > 0 else context.anchor.first, unit, step), "relative")


def _holiday(match: Match, context: Context) -> Reading:
    row = HOLIDAYS[_group(match, "holiday").replace("'", "’")]

    def make(year: int) -> Period:
        if row["easter"]:
            return periods.day(periods.easter_day(year, int(row["easter"])))
        if row["nth"]:
            return periods.day(
                periods.nth_weekday(year, int(row["month"]), int(row["weekday"]), int(row["nth"]))
            )
        return periods.day(date(year, int(row["month"]), int(row["day"])))

    if match["year"]:
        return Reading(make(int(match["year"])), "explicit")
    return Reading(_recent(make, context, _group(match, "which")).period, "holiday")


READERS: dict[str, Callable[[Match, Context], Reading | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "day_month": _day_of_month,
    "month_day": _day_of_month,
    "month": _month,
    "season": _season,
    "decade": _decade,
    "century": _century,
    "years": _years,
    "year": _year,
    "today": _today,
    "daytime": _daytime,
    "weekday": _weekday,
    "this_unit": _this_unit,
    "weekend": _the_weekend,
    "part_of": _part_of_unit,
    "unit_end": _unit_end,
    "year_part": _year_part,
    "quarter": _quarter,
    "first_units": _first_units,
    "past_units": _past_units,
    "ago": _ago,
    "ahead": _ago,
    "later": _later,
    "next_day": _next_day,
    "holiday": _holiday,
}
"""How each pattern of `expressions` is read; None where the words are no date after all."""

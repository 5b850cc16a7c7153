"""Dates that count from publication or from the date before: "last week", "two years ago", "the next day".

Raises ValueError or OverflowError for days off the calendar; the caller drops those.
"""

from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.expressions import WEEKDAYS
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import Context, Match, Reading, group, part_of, relative_unit
from pipeline.extract.figures.numbers import read_words

_LONG_AGO = timedelta(days=330)
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def today(match: Match, context: Context) -> Reading:
    """ "Today", "yesterday", "the day after tomorrow"; "later in the day" is the day spoken of."""
    words = " ".join(group(match, "today").split())
    if context.published_on is None:
        return Reading(None, "relative")
    days = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    if words.startswith(("later", "earlier")) and context.anchor and context.anchor.precision == "day":
        return Reading(context.anchor, "relative")
    return Reading(periods.day(context.published_on + timedelta(days=days.get(words, 0))), "relative")


def daytime(match: Match, context: Context) -> Reading | None:
    """ "This morning", "last night"."""
    last = group(match, "which") == "last"
    if last and group(match, "time") not in ("night", "evening"):
        return None
    if context.published_on is None:
        return Reading(None, "relative")
    return Reading(periods.day(context.published_on - timedelta(days=last)), "relative")


def overnight(match: Match, context: Context) -> Reading:
    """ "Overnight": the night before publication, the one after it in a clause that looks ahead."""
    published = context.published_on
    if published is None:
        return Reading(None, "relative")
    first = published if context.ahead else published - timedelta(days=1)
    return Reading(Period(first, first + timedelta(days=1), "period"), "relative")


def weekday(match: Match, context: Context) -> Reading:
    """ "Monday", "next Tuesday": the last one that was, the next in a clause that looks ahead, the nearer one in the present."""
    published, which = context.published_on, group(match, "which")
    if published is None:
        return Reading(None, "weekday")
    if week := group(match, "week"):  # "Tuesday of last week", "Monday next week"
        first = periods.week(published).first + timedelta(weeks={"last": -1, "next": 1}.get(week, 0))
        day = first + timedelta(days=WEEKDAYS[group(match, "weekday")])
        return Reading(periods.day(day), "weekday")
    ahead = (WEEKDAYS[group(match, "weekday")] - published.weekday()) % 7
    back = (ahead - 7) % -7
    if which in ("next", "coming", "this coming", "following"):
        days = ahead or 7
    elif which in ("last", "past", "this past", "previous"):
        days = back - 7 if back == -1 else back or -7  # what was yesterday is not "last Friday"
    elif which in ("this", "current"):
        days = ahead if context.ahead or ahead <= -back else back
    elif context.tense == "then future" and context.anchor is not None:
        then = context.anchor.first  # "said on Monday they would meet on Wednesday"
        days = (then - published).days + (WEEKDAYS[group(match, "weekday")] - then.weekday()) % 7
    else:
        past = context.tense == "past" or (context.tense == "present" and -back <= ahead)
        days = back if past else ahead
    return Reading(periods.day(published + timedelta(days=days)), "weekday")


def this_unit(match: Match, context: Context) -> Reading | None:
    """ "Last week", "earlier this year", "earlier in the week", "the past month"."""
    published, which, unit = context.published_on, group(match, "which"), group(match, "unit")
    the, part = bool(group(match, "the")), group(match, "part")
    if unit in ("second", "minute", "hour", "day", "night", "centurie") or which == "same":
        return None
    if which in ("previous", "following"):
        return None  # "the previous week" counts from another date: see `next_day`
    if published is None:
        return Reading(None, "relative")
    if unit == "weekend":
        return Reading(_which_weekend(published, which, context), "relative")
    counted_back = (
        which in ("past", "this past")
        or (the and which == "last" and unit in ("week", "month", "year", "century"))
        or (which == "last" and unit == "fortnight")
    )
    if (which == "last" and unit == "decade") or counted_back:
        return Reading(Period(periods.shift(published, unit, -1), published, "period"), "relative")
    if (the or unit == "fortnight") and which in ("next", "coming"):
        return Reading(Period(published, periods.shift(published, unit, 1), "period"), "relative")
    step = {"last": -1, "next": 1, "coming": 1, "this coming": 1}.get(which, 0)
    if unit == "week" and part == "earlier" and not step:
        return Reading(_week_before(published), "relative")
    whole = periods.unit_period(periods.shift(published, unit, step), unit)
    if part in ("earlier", "so far"):
        return Reading(
            Period(whole.first, min(max(whole.first, published), whole.last), "period"), "relative"
        )
    if part == "later":
        return Reading(Period(max(whole.first, published), whole.last, "period"), "relative")
    return Reading(part_of(whole, part), "relative")


def after_next(match: Match, context: Context) -> Reading:
    """ "The Monday after next", "the week before last": one further than the next or the last."""
    published = context.published_on
    if published is None:
        return Reading(None, "relative")
    step = 1 if group(match, "which").startswith("after") else -1
    if name := group(match, "weekday"):
        away = (WEEKDAYS[name] - published.weekday()) % 7 or 7
        days = away + 7 if step > 0 else away % 7 - 14
        return Reading(periods.day(published + timedelta(days=days)), "weekday")
    unit = group(match, "unit")
    if unit == "weekend":
        return Reading(periods.weekend(published + timedelta(weeks=2 * step)), "relative")
    return Reading(_moved(published, unit, 2 * step), "relative")


def _week_before(published: date) -> Period:
    """The days of the week that "earlier this week" means: those before publication, on a Monday the whole week before."""
    day = published - timedelta(days=1)
    return Period(periods.week(day).first, day, "period")


def _which_weekend(published: date, which: str, context: Context) -> Period:
    here = periods.weekend(published)
    step = {"last": -1, "past": -1, "this past": -1, "next": 1}.get(which, 0)
    if step == 0 and here.first > published and which != "this coming" and context.tense == "past":
        step = -1
    elif step == 1 and here.first > published:
        step = 0  # "next weekend" said on a weekday is the one ahead
    return periods.weekend(published + timedelta(weeks=step))


def the_weekend(match: Match, context: Context) -> Reading:
    """ "Over the weekend"."""
    if context.published_on is None:
        return Reading(None, "relative")
    return Reading(_which_weekend(context.published_on, "", context), "relative")


def part_of_unit(match: Match, context: Context) -> Reading:
    """ "The end of the year", "the beginning of last month"."""
    whole = relative_unit(context, group(match, "which"), group(match, "unit"))
    return Reading(whole and part_of(whole, group(match, "part")), "relative")


def unit_end(match: Match, context: Context) -> Reading:
    """ "Year end", "the month's end"."""
    whole = relative_unit(context, "", group(match, "unit"))
    return Reading(whole and part_of(whole, "end"), "relative")


def count_of(match: Match) -> float | None:
    """The number of units that a match names; None for words that are no number."""
    words = " ".join(group(match, "count").split())
    if words in ("a", "an"):
        return 1
    if words == "half a":
        return 0.5
    if words.startswith(("a couple", "couple")):
        return 2
    return read_words(words.removeprefix("a "))


def first_units(match: Match, context: Context) -> Reading | None:
    """ "The first three months of the year", "the last week of 2019"."""
    count, unit = count_of(match) if match["count"] else 1, group(match, "unit")
    whole = (
        periods.year(int(match["year"]))
        if match["year"]
        else relative_unit(context, group(match, "whose"), "year")
    )
    if count is None or count < 1:
        return None
    if whole is None:
        return Reading(None, "relative")
    period = _edge(whole, unit, int(count), first=group(match, "which") == "first")
    published = context.published_on
    named = match["year"] or group(match, "whose")
    if not named and not context.ahead and published is not None and period.first > published:
        before = periods.year(published.year - 1)  # told in January: "in the last week of the year they fled"
        period = _edge(before, unit, int(count), first=group(match, "which") == "first")
    return Reading(period, "explicit" if match["year"] else "relative")


def _edge(whole: Period, unit: str, count: int, *, first: bool) -> Period:
    """The first or last units of a span of days."""
    if first:
        return Period(whole.first, periods.shift(whole.first, unit, count) - timedelta(days=1), "period")
    return Period(periods.shift(whole.last + timedelta(days=1), unit, -count), whole.last, "period")


def past_units(match: Match, context: Context) -> Reading | None:
    """ "The past 24 hours", "the next two weeks"."""
    count, unit, published = (
        count_of(match),
        group(match, "unit").replace("centurie", "century"),
        context.published_on,
    )
    if count is None:
        return None
    if published is None:
        return Reading(None, "relative")
    if group(match, "which") in ("next", "coming", "following"):
        then = context.anchor.first if context.anchor and context.tense == "past" else published
        # "was born in 1950 and spent the next two decades abroad"
        start = then if then < published - _LONG_AGO else published
        return Reading(Period(start, periods.shift(start, unit, count), "period"), "relative")
    return Reading(Period(periods.shift(published, unit, -count), published, "period"), "relative")


def ago(match: Match, context: Context) -> Reading | None:
    """ "Two years ago", "in two weeks' time"."""
    count, unit = count_of(match), group(match, "unit").replace("centurie", "century")
    if count is None:
        return None
    if context.published_on is None:
        return Reading(None, "relative")
    if unit in ("second", "minute", "hour") and group(match, "which") == "back":
        return None  # "finished one second back"
    ahead = group(match, "which") not in ("ago", "back")  # "in two weeks' time", "a year from now"
    to = group(match, "to")  # "a year ago today", "five years ago this week"
    one = unit == "year" and match.group().lower().startswith(("a ", "one "))
    if to or (one and group(match, "which") != "time"):  # "a year ago" is nearer than "two years ago"
        there = periods.shift(context.published_on, unit, count if ahead else -count)
        within = {"today": "day", "": "month"}.get(to, to[5:])
        return Reading(periods.unit_period(there, within), "relative")
    far = _moved(context.published_on, unit, count if ahead else -count)
    few = read_words(least) if (least := group(match, "least")) else None
    if few is not None and few < count:  # "20 or 30 years ago": from the one to the other
        near = _moved(context.published_on, unit, -few)
        return Reading(Period(far.first, near.last, "period"), "relative")
    return Reading(far, "relative")


def _moved(when: date, unit: str, count: float) -> Period:
    """The calendar unit some units away; a decade or century counts in years."""
    moved = periods.shift(when, unit, count)
    if unit in ("second", "minute", "hour"):
        return periods.day(when if abs(count) < 24 else moved)
    return periods.unit_period(moved, "year" if unit in ("decade", "century") else unit)


_FINENESS = {
    "week": 1,
    "fortnight": 1,
    "weekend": 1,
    "month": 2,
    "quarter": 3,
    "year": 4,
    "decade": 4,
    "century": 4,
}
"""How coarse a unit is; finer ones cannot be counted from it."""


def later(match: Match, context: Context) -> Reading | None:
    """ "Three days later": counted from the date before."""
    count, unit = count_of(match), group(match, "unit").replace("centurie", "century")
    if count is None or context.anchor is None:
        return None
    if _FINENESS.get(unit, 0) < _FINENESS.get(context.anchor.precision, 0):
        return None  # two minutes after a year
    ahead = group(match, "which") in ("later", "after", "afterward", "afterwards")
    anchor, steps = context.anchor, count if ahead else -count
    start = anchor.last if ahead else anchor.first
    if unit == "year" and anchor.precision == "month":
        return Reading(periods.unit_period(periods.shift(anchor.first, unit, steps), "month"), "relative")
    return Reading(_moved(start, unit, steps), "relative")


def next_day(match: Match, context: Context) -> Reading | None:
    """ "The next day", "the following year": counted from the date before."""
    if context.anchor is None:
        return None
    unit = group(match, "unit")
    unit = unit if unit in ("week", "month", "year") else "day"
    if unit != "day" and group(match, "which") == "next":
        return None  # "over the next week" runs from publication: see `this_unit`
    step = 1 if group(match, "which") in ("next", "following") else -1
    return Reading(_moved(context.anchor.last if step > 0 else context.anchor.first, unit, step), "relative")

"""Dates that belong together: two ends of a span, a day within what is told before it, the preposition that leads one."""

import datetime as dt
import re
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.expressions import LEAD, LINK, WEEKDAYS
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import Found, Reading, group
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_JOINABLE = frozenset(
    {
        "iso",
        "numeric",
        "day_month",
        "month_day",
        "month",
        "season",
        "decade",
        "century",
        "year",
        "weekday",
        "today",
    }
)
_RESCHEDULED = re.compile(
    r"\b(?:"
    + "|".join(row["word"] for row in table("rescheduling_verbs"))
    + r")\s(?:(?!(?:by|out|to|in|on)\s)[\w’']+\s){0,5}?from\s$",
    re.IGNORECASE,
)


def joined(text: str, found: list[Found]) -> list[Found]:
    """Join the two ends of "from March to May 2011" or "between Monday and Friday"; the first end takes the second's year."""
    out: list[Found] = []
    for this in found:
        if out and _is_moved(text, out[-1], this):
            out[-1:] = [_before(out[-1], this), this]
        elif out and (within := _within(text, out[-1], this) or _beside_holiday(text, out[-1], this)):
            out[-1] = within
        elif out and (both := _join(text, out[-1], this)):
            out[-1] = both
        else:
            out.append(this)
    return out


_IN_WHICH = frozenset({" ", " on ", ", on ", " in ", ", in "})


def _within(text: str, first: Found, second: Found) -> Found | None:
    """The day or month in what is told right before it: "next month on August 2", "later that year in May", "a year later, in 1994"."""
    span, day = first.reading.period, second.reading.period
    if text[first.end : second.start] not in _IN_WHICH or span is None or day is None:
        return None
    if first.kind == "later" and second.reading.basis == "explicit":
        return replace(second, start=first.start)
    if first.kind == "ago" and group(first.match, "unit") == "year" and span.first.year == span.last.year:
        span = periods.year(span.first.year)  # "a year ago on June 1"
    elif first.kind not in ("this_unit", "same_day"):
        return None
    if periods.days(day) >= periods.days(span):
        return None
    if second.kind == "weekday" and span.precision == "week":
        day = periods.day(span.first + dt.timedelta(days=day.first.weekday()))
    elif second.reading.basis in ("year understood", "holiday") and span.precision == "year":
        day = _moved_to(day, span.first.year)
    if not span.first <= day.first <= span.last:
        return None
    return replace(second, start=first.start, reading=replace(second.reading, period=day))


def _moved_to(period: Period, year: int) -> Period:
    """A day or month, in a year."""
    if period.precision == "month":
        return periods.month(year, period.first.month)
    moved = relativedelta(year=year)
    return Period(period.first + moved, period.last + moved, period.precision)


def _beside_holiday(text: str, first: Found, second: Found) -> Found | None:
    """The weekday before or behind a holiday: "the Friday after Thanksgiving"."""
    holiday, link = second.reading.period, text[first.end : second.start]
    if first.kind != "weekday" or second.kind != "holiday" or holiday is None:
        return None
    if link not in (" before ", " after "):
        return None
    weekday = WEEKDAYS[group(first.match, "weekday")]
    if link == " after ":
        days = (weekday - holiday.last.weekday()) % 7 or 7
        day = holiday.last + dt.timedelta(days=days)
    else:
        days = (holiday.first.weekday() - weekday) % 7 or 7
        day = holiday.first - dt.timedelta(days=days)
    return replace(first, end=second.end, reading=Reading(periods.day(day), "holiday"))


def _is_moved(text: str, first: Found, second: Found) -> bool:
    """Whether something is moved from the one date to the other: "moved the vote from Friday to Monday" is no span."""
    link = text[first.end : second.start].strip().lower()
    return link in ("to", "until", "till") and bool(
        _RESCHEDULED.search(text, max(0, first.start - 60), first.start)
    )


def _before(first: Found, second: Found) -> Found:
    """The weekday from which something is moved: the last one before the day to which it is."""
    start, end = first.reading.period, second.reading.period
    if first.kind != "weekday" or start is None or end is None:
        return first
    back = (end.first.weekday() - start.first.weekday()) % 7 or 7
    day = end.first - dt.timedelta(days=back)
    return replace(first, reading=replace(first.reading, period=periods.day(day)))


def _join(text: str, first: Found, second: Found) -> Found | None:
    """The span from one date to the other; None where they are two."""
    link = text[first.end : second.start]
    if (
        len(link) > 12
        or first.kind not in _JOINABLE
        or second.kind not in _JOINABLE
        or not LINK.fullmatch(link)
    ):
        return None
    lead = LEAD.search(text, max(0, first.start - 12), first.start)
    word = lead["lead"].lower() if lead else ""
    if not first.reading.period or not second.reading.period:
        return None
    start, end = first.reading.period, second.reading.period
    if first.reading.basis == "year understood" and second.reading.basis == "explicit":
        start = _moved_before(start, end)
    if "and" in link.lower() and word != "between":
        if (following := _adjoining(first, start, second, end)) is None:
            return None
        end = following
    if start.first > end.last:
        if second.kind != "weekday":
            return None
        end = Period(end.first + dt.timedelta(weeks=1), end.last + dt.timedelta(weeks=1), end.precision)
    reading = Reading(Period(start.first, end.last, "period"), second.reading.basis)
    return replace(
        first, start=lead.start() if lead else first.start, end=second.end, kind="joined", reading=reading
    )


def _adjoining(first: Found, start: Period, second: Found, end: Period) -> Period | None:
    """The second of two months or years that follow on one another ("September and October"); None for other dates."""
    unit = start.precision
    if first.kind != second.kind or unit not in ("month", "year") or end.precision != unit:
        return None
    after = periods.unit_period(start.last + dt.timedelta(days=1), unit)
    if second.reading.basis == "year understood" and after.first.month == end.first.month:
        return after
    return end if end == after else None


def _moved_before(start: Period, end: Period) -> Period:
    """A period without a year of its own, moved to its last occurrence at or before another."""
    years = end.first.year - start.first.year
    moved = Period(
        start.first + relativedelta(years=years), start.last + relativedelta(years=years), start.precision
    )
    if moved.first > end.first:
        moved = Period(
            moved.first - relativedelta(years=1), moved.last - relativedelta(years=1), start.precision
        )
    return moved


_BEFORE = re.compile(r"\bbefore\s(?:the\s)?$", re.IGNORECASE)


def _before_end(text: str, this: Found, published: dt.date | None) -> Found:
    """ "Before the end of the year" runs on to that end, as "by the end of the year" does."""
    period = this.reading.period
    end = group(this.match, "part").removeprefix("the ").removesuffix(" of") in ("end", "close")
    if period is None or published is None or not (end or this.kind == "unit_end"):
        return this
    if not _BEFORE.search(text, max(0, this.start - 12), this.start):
        return this
    return replace(this, reading=replace(this.reading, period=_led_by("by", period, published)))


def _led_by(word: str, period: Period, published: dt.date) -> Period:
    """The days of a date behind a preposition."""
    if word == "since" and period.first <= published:
        return Period(period.first, published, "period")
    if word in ("by", "through") and period.last > published:
        return Period(min(published, period.first), period.last, "period")
    return period


def led(parsed: ParsedArticle, found: list[Found]) -> list[Found]:
    """Take in the preposition; "since" runs to publication, "by" and "through" from publication to the day."""
    text, published = parsed.article.text, parsed.article.published_on
    out = []
    for this in found:
        lead = LEAD.search(text, max(0, this.start - 12), this.start)
        if lead is None or this.kind == "joined":
            out.append(_before_end(text, this, published))
            continue
        word, period = lead["lead"].lower(), this.reading.period
        if word == "in" and this.kind == "weekday":
            out.append(this)
            continue  # "rolled in Saturday"
        if word in ("from", "between", "within", "for", "at") or (
            text[this.end : this.end + 1] in ("'", "’") and word == "by"
        ):
            out.append(this)
            continue
        if period and published:
            period = _led_by(word, period, published)
        out.append(replace(this, start=lead.start(), reading=replace(this.reading, period=period)))
    return out

"""Find the dates of an article: candidates, what they mean in their sentence, and the spans that they close."""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta
from spacy.tokens import Token

from pipeline.extract.dates import periods
from pipeline.extract.dates.anchors import LEANING, Anchors
from pipeline.extract.dates.compound import widened
from pipeline.extract.dates.expressions import LEAD, LINK, WEEKDAYS, candidates
from pipeline.extract.dates.fits import fits, head_token, word_before
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import Context, Reading, group
from pipeline.extract.dates.resolve import READERS
from pipeline.extract.dates.spoken import ANNOUNCED, SPOKEN, Speakers
from pipeline.extract.dates.tense import (
    Tense,
    auxiliaries_of,
    is_due_before,
    is_set_before,
    is_set_for,
    tense_of,
)
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes.marks import pair_marks
from pipeline.lexicon import table
from pipeline.read.article import Block

_OPEN_TENSE = frozenset(
    {
        "day_month",
        "month_day",
        "month",
        "weekday",
        "overnight",
        "this_unit",
        "weekend",
        "holiday",
        "season",
        "units_of_month",
        "days_month",
        "month_days",
        "nth_weekday",
        "ordinal_day",
        "bare_quarter",
        "in_units",
        "past_units",
        "first_units",
    }
)
"""Patterns whose meaning hangs on the tense of their clause."""
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
_MOVED_TO = re.compile(
    r"\b(?:"
    + "|".join(row["word"] for row in table("rescheduling_verbs"))
    + r")\s(?:[\w’']+\s){0,5}?(?:to|until|till)\s(?:the\s)?$|\breschedul(?:e|ed|ing)\sfor\s(?:the\s)?$",
    re.IGNORECASE,
)
"""What comes after lies ahead: "postponed to May"."""
_RESCHEDULED = re.compile(
    r"\b(?:"
    + "|".join(row["word"] for row in table("rescheduling_verbs"))
    + r")\s(?:(?!(?:by|out|to|in|on)\s)[\w’']+\s){0,5}?from\s$",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas\sof\s(?:late\s|early\s|midday\s|noon\s)?$", re.IGNORECASE)
_OF_WEEK = re.compile(
    r"(?i:\b(?:the\s)?(?P<unit>week|weekend)\s(?P<how>of|beginning|starting|commencing|ending)\s(?:on\s)?(?:the\s)?)$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in the text, by characters of the article."""

    start: int
    end: int
    kind: str
    reading: Reading
    match: re.Match[str]


def find(parsed: ParsedArticle, *, day_first: bool) -> list[Found]:
    """All dates of the article, in order."""
    article = parsed.article
    found: list[Found] = []
    speakers = Speakers(article.published_on) if article.published_on else None
    last = Anchors()
    for block in article.blocks:
        here: list[Found] = []
        last = last.in_block()
        for kind, match in _longest(article.text[block.start : block.end], parsed, block.start):
            start = block.start + match.start()
            context = _context(parsed, kind, match, start, last, Context(article.published_on, day_first))
            reading = _read(parsed, kind, match, start, context, last)
            if reading is None:
                continue
            here.extend(_listed(block.start, kind, match, reading))
            main = reading.basis == "explicit" and _in_main_clause(parsed, start, start + len(match.group()))
            last = last.after(start, reading, context, main=main)
        if speakers is not None and block.kind != "heading":
            here = _as_spoken(parsed, block, here, speakers, day_first=day_first)
        found.extend(_led(parsed, _joined(article.text, here)))
    return found


def _longest(text: str, parsed: ParsedArticle, offset: int) -> Iterator[tuple[str, re.Match[str]]]:
    """The candidates that are dates here, the longest where they overlap."""
    spans = [
        (m.start(), -m.end(), kind, m) for kind, m in candidates(text) if fits(kind, m, text, parsed, offset)
    ]
    end = 0
    for start, _, kind, match in sorted(spans, key=lambda s: s[:3]):
        if start >= end:
            yield kind, match
            end = match.end()


def _context(
    parsed: ParsedArticle, kind: str, match: re.Match[str], start: int, last: Anchors, plain: Context
) -> Context:
    """What a date is read against: the tense of its clause, where that counts, and the date before."""
    tense: Tense = "past"
    if kind in _OPEN_TENSE or kind in LEANING:
        heading = (sentence := parsed.sentence_at(start)) is not None and sentence.kind == "heading"
        tense = _tense_at(parsed, start, start + len(match.group()), heading=heading)
    if tense == "then future" and kind not in LEANING:
        return replace(plain, tense=tense, anchor=last.then())
    anchor = last.near(start, told=kind in LEANING and tense == "past")
    months = kind in ("month", "day_month", "month_day")
    end = start + len(match.group())
    certain = months and tense == "past" and _in_clause(parsed, start, end, _MAIN | _TELLING)
    return replace(plain, tense=tense, anchor=anchor, certain=certain)


def _read(
    parsed: ParsedArticle, kind: str, match: re.Match[str], start: int, context: Context, last: Anchors
) -> Reading | None:
    that = False
    if parsed.article.text[max(0, start - 5) : start].lower() == "that ":
        word = parsed.token_at(start - 5)
        that = word is not None and word.tag_ == "DT"  # "that September", not "said that September"
    try:
        return last.carried(kind, match, start, context, that=that) or READERS[kind](match, context)
    except (ValueError, OverflowError):
        return None  # 31 June, or a billion years ago: nothing that a calendar holds


def _in_main_clause(parsed: ParsedArticle, start: int, end: int) -> bool:
    """Whether a date tells when the past verb of a main clause was: "In 2016 the party split", not "the pact signed in 2016"."""
    return _in_clause(parsed, start, end, _MAIN)


_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
_TELLING = frozenset({"advcl", "acl:relcl"})
"""Clauses beside a main one that tell what was: "lay 20 km off when it sank on May 3"."""


def _in_clause(parsed: ParsedArticle, start: int, end: int, kinds: Set[str]) -> bool:
    """Whether a date tells when the past verb of a clause of some kinds was, with no "would" over it."""
    token = head_token(parsed, start, end)
    if token is not None and not token.dep_.startswith("obl") and token.head.pos_ == "NOUN":
        noun = token.head  # "in the 2016 campaign"
        token = noun if any(c.lower_ in ("in", "during") for c in noun.children) else None
    if token is None or not token.dep_.startswith("obl"):
        return False
    if not {c.lower_ for c in token.children if c.dep_ == "case"} <= {"in", "on", "at", "during"}:
        return False
    verb = token.head
    past = verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.children if c.dep_.startswith("aux"))
    open_ended = verb.dep_ in _TELLING and any(c.lower_ in _OPEN_ENDED for c in verb.head.children)
    return past and verb.dep_ in kinds and not open_ended


_OPEN_ENDED = frozenset({"will", "would", "to", "could", "should", "may", "might", "can", "shall"})


def _as_spoken(
    parsed: ParsedArticle, block: Block, here: list[Found], speakers: Speakers, *, day_first: bool
) -> list[Found]:
    """The dates of a block, "today" and its like in quotations counted from the day of the words."""
    marks = pair_marks(parsed.article.text, block.start, block.end) if here else []
    starts = [m.start for m in marks]
    placed = []
    for date in here:
        at = bisect_right(starts, date.start) - 1
        sentence = parsed.sentence_at(date.start)
        quoted = at >= 0 and date.start < marks[at].end
        placed.append((sentence.position if sentence else -1, quoted, date.reading.period))
    out = []
    for date, (_, quoted, _), (day, beside) in zip(here, placed, speakers.days(placed), strict=True):
        coming = group(date.match, "which") in ("next", "coming", "following")
        # "said on Sunday that it opens in two weeks"
        announced = beside and (date.kind in ANNOUNCED or (date.kind == "past_units" and coming))
        if (quoted and date.kind in SPOKEN) or announced:
            reading = READERS[date.kind](date.match, Context(day, day_first, "future"))
            date = replace(date, reading=reading or date.reading)
        out.append(date)
    return out


def _tense_at(parsed: ParsedArticle, start: int, end: int, *, heading: bool) -> Tense:
    """Of which time the clause around a date speaks; "the week beginning 4 August" hangs on its "week"."""
    text = parsed.article.text
    week = _OF_WEEK.search(text, max(0, start - 30), start)
    token = parsed.token_at(week.start("unit")) if week else head_token(parsed, start, end)
    if _MOVED_TO.search(text, max(0, start - 60), start):
        return "future"
    if token is not None and not heading and is_set_before(token):
        return "future"
    if token is not None and not heading and is_due_before(token):
        return "then future"
    if token is not None and is_set_for(token) and text[end : end + 1] not in ("'", "’"):
        return "then future"
    if token is None or word_before(text, start) == "since" or _told_right_before(token):
        return "past"
    tense = tense_of(token, heading=heading)
    return "past" if tense == "present" and _AS_OF.search(text, max(0, start - 20), start) else tense


def _told_right_before(token: Token) -> bool:
    """ "Police said on Monday they believe": a verb in the past right before a date has it, whatever the parse says."""
    at = token.i - 1
    while at > token.sent.start and token.doc[at].lower_ in ("on", "late", "early", "earlier", "in"):
        at -= 1
    verb = token.doc[at]
    if token.dep_.startswith("nsubj") and token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "MD":
        return False  # "he said Monday will see rain"
    return (
        at >= token.sent.start
        and verb.tag_ == "VBD"
        and verb.dep_ not in ("aux", "aux:pass", "cop")
        and not auxiliaries_of(verb)
    )


def _listed(offset: int, kind: str, match: re.Match[str], reading: Reading) -> list[Found]:
    """The date, or both dates of "3 and 5 May"."""
    start, end = offset + match.start(), offset + match.end()
    found = Found(start, end, kind, reading, match)
    if kind in ("days_month", "month_days"):
        return _enumerated(offset, found)
    if whole := _week_of(offset, found):
        return [whole]
    other = match.groupdict().get("other")
    if not other or reading.period is None or reading.period.precision != "day":
        return [found]
    try:
        when = reading.period.first.replace(day=int(other))
    except ValueError:
        return [found]
    at, last = offset + match.start("other"), offset + match.end("other")
    second = Found(at, last, kind, replace(reading, period=Period(when, when, "day")), match)
    if at < offset + match.start("day"):
        return [second, replace(found, start=offset + match.start("day"))]
    return [replace(found, end=offset + match.end("day")), second]


def _week_of(offset: int, found: Found) -> Found | None:
    """ "The week of June 23", "the weekend of 20 September": the whole of it; None for any other date."""
    match, period = found.match, found.reading.period
    week = _OF_WEEK.search(match.string, max(0, match.start() - 30), match.start())
    if week is None or period is None or period.precision not in ("day", "period"):
        return None
    how = week["how"].lower()
    period = widened(week["unit"].lower(), how, period)
    reading = replace(found.reading, period=period)
    return replace(found, start=offset + week.start(), kind="week_of", reading=reading)


def _enumerated(offset: int, found: Found) -> list[Found]:
    """Each day of "3, 5 and 9 July"."""
    match, days = found.match, list(re.finditer(r"\d+(?:st|nd|rd|th)?", found.match["days"]))
    if found.reading.period is None:
        return [found]
    out, at = [], offset + match.start("days")
    for n, day in enumerate(days):
        try:
            when = found.reading.period.first.replace(day=int(re.sub(r"\D", "", day[0])))
        except ValueError:
            continue
        first = n == 0 and found.kind == "month_days"
        last = n == len(days) - 1 and (found.kind == "days_month" or found.end > at + day.end())
        start = found.start if first else at + day.start()
        reading = replace(found.reading, period=Period(when, when, "day"))
        out.append(replace(found, start=start, end=found.end if last else at + day.end(), reading=reading))
    return out


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Join the two ends of "from March to May 2011" or "between Monday and Friday"; the first end takes the second's year."""
    out: list[Found] = []
    for this in found:
        if out and _is_moved(text, out[-1], this):
            out[-1:] = [_before(out[-1], this), this]
        elif out and (within := _within(text, out[-1], this) or _beside_holiday(text, out[-1], this)):
            out[-1] = within
        elif out and (joined := _join(text, out[-1], this)):
            out[-1] = joined
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


def _led(parsed: ParsedArticle, found: list[Found]) -> list[Found]:
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

"""Find the dates of an article: candidates, and what they mean in their sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import replace

from spacy.tokens import Token

from pipeline.extract.dates.anchors import LEANING, Anchors
from pipeline.extract.dates.compound import widened
from pipeline.extract.dates.expressions import candidates
from pipeline.extract.dates.fits import fits, head_token, word_before
from pipeline.extract.dates.joins import joined, led
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import Context, Found, Reading, group
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
_MOVED_TO = re.compile(
    r"\b(?:"
    + "|".join(row["word"] for row in table("rescheduling_verbs"))
    + r")\s(?:[\w’']+\s){0,5}?(?:to|until|till)\s(?:the\s)?$|\breschedul(?:e|ed|ing)\sfor\s(?:the\s)?$",
    re.IGNORECASE,
)
"""What comes after lies ahead: "postponed to May"."""
_AS_OF = re.compile(r"\bas\sof\s(?:late\s|early\s|midday\s|noon\s)?$", re.IGNORECASE)
_OF_WEEK = re.compile(
    r"(?i:\b(?:the\s)?(?P<unit>week|weekend)\s(?P<how>of|beginning|starting|commencing|ending)\s(?:on\s)?(?:the\s)?)$"
)


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
        found.extend(led(parsed, joined(article.text, here)))
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

"""Find the dates of an article: candidates, what they mean in their sentence, and the spans that they close."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from spacy.tokens import Token

from pipeline.extract.dates.expressions import ABBREVIATED_MONTHS, LEAD, LINK, candidates
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import Context, Reading
from pipeline.extract.dates.resolve import READERS
from pipeline.extract.dates.tense import Tense, tense_of
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_OPEN_TENSE = frozenset(
    {
        "day_month",
        "month_day",
        "month",
        "weekday",
        "this_unit",
        "weekend",
        "holiday",
        "season",
        "units_of_month",
    }
)
"""Patterns whose meaning hangs on the tense of their clause."""
_ANCHOR_REACH = 600
"""Characters over which "the next day" looks back for its day."""
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
_NAMES_OF_PEOPLE = frozenset({"april", "may", "june", "august", "march"})
_NO_DAY = frozenset({"every", "each", "black", "bloody", "super", "cyber", "fat", "giving"})
"""What makes a weekday a name or a habit."""
_SEASON_LEADS = frozenset({"in", "since", "by", "until", "till", "during", "before", "after", "from", "over"})
_NUMBERED = frozenset(row["noun"] for row in table("numbered_nouns"))
_MONTH_CUES = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "to",
        "between",
        "of",
        "during",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "before",
        "after",
        "for",
        "through",
        "and",
        "or",
        "around",
        "about",
        "throughout",
        "past",
        "previous",
        "following",
    ]
)
_YEAR_CUES = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "during",
        "by",
        "year",
        "circa",
        "early",
        "late",
        "mid",
        "before",
        "after",
        "from",
        "around",
    ]
)
_WEAK_YEAR_CUES = frozenset(
    [
        "of",
        "to",
        "and",
        "or",
        "for",
        "through",
        "between",
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "our",
        "this",
        "(",
        ",",
    ]
)
_WORD_BEFORE = re.compile(r"(\w+|[^\w\s])\s*$")


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
    found: list[Found] = []
    anchor: tuple[int, Period] | None = None
    for block in parsed.article.blocks:
        text = parsed.article.text[block.start : block.end]
        here: list[Found] = []
        for kind, match in _longest(text, parsed, block.start):
            start = block.start + match.start()
            near = anchor[1] if anchor and start - anchor[0] < _ANCHOR_REACH else None
            reading = _read(
                parsed, kind, match, start, near, heading=block.kind == "heading", day_first=day_first
            )
            if reading is None:
                continue
            here.extend(_listed(block.start, kind, match, reading))
            if reading.period and reading.period.precision in ("day", "month", "year"):
                anchor = start, reading.period
        found.extend(_led(parsed, _joined(parsed.article.text, here)))
    return found


def _longest(text: str, parsed: ParsedArticle, offset: int) -> Iterator[tuple[str, re.Match[str]]]:
    """The candidates that are dates here, the longest where they overlap."""
    spans = [
        (m.start(), -m.end(), kind, m) for kind, m in candidates(text) if _fits(kind, m, text, parsed, offset)
    ]
    end = 0
    for start, _, kind, match in sorted(spans, key=lambda s: s[:3]):
        if start >= end:
            yield kind, match
            end = match.end()


def _read(
    parsed: ParsedArticle,
    kind: str,
    match: re.Match[str],
    start: int,
    near: Period | None,
    *,
    heading: bool,
    day_first: bool,
) -> Reading | None:
    tense: Tense = "past"
    if kind in _OPEN_TENSE and (token := _head_token(parsed, start, start + len(match.group()))):
        since = _before(parsed.article.text, start) == "since"
        tense = "past" if since else tense_of(token, heading=heading)
    context = Context(parsed.article.published_on, day_first, tense, near)
    try:
        return READERS[kind](match, context)
    except (ValueError, OverflowError):
        return None  # 31 June, or a billion years ago: nothing that a calendar holds


def _listed(offset: int, kind: str, match: re.Match[str], reading: Reading) -> list[Found]:
    """The date, or both dates of "3 and 5 May"."""
    start, end = offset + match.start(), offset + match.end()
    found = Found(start, end, kind, reading, match)
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


def _head_token(parsed: ParsedArticle, start: int, end: int) -> Token | None:
    """The token of a date whose head stands outside it."""
    tokens = parsed.tokens_between(start, end)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0] if tokens else None)


def _fits(kind: str, match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """Whether a candidate is a date where it stands, and no name, verb or amount."""
    if kind == "month":
        return _fits_month(match, text, parsed, offset)
    if kind == "year":
        return _fits_year(match, text, parsed, offset)
    if kind == "season" and not match["year"]:
        return _fits_season(match, text, parsed, offset)
    if kind == "years":
        return _before(text, match.start()) not in ("$", "£", "€") and 1000 <= int(match["year"]) <= 2100
    if kind in ("weekday", "holiday"):
        token, before = parsed.token_at(offset + match.start(kind)), _before(text, match.start())
        if before in _NO_DAY or not match[kind][0].isupper():
            return False
        return token is None or token.ent_type_ not in ("PERSON", "ORG") or before in _MONTH_CUES | {"on"}
    return True


def _fits_season(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """A season without its year: "this spring", or "in the autumn" with nothing behind that makes it a name or a habit."""
    token = parsed.token_at(offset + match.start("season"))
    if token is None or token.pos_ == "VERB":
        return token is None
    if match["which"] or match["whose"]:
        return True
    following = token.nbor(1) if token.i + 1 < len(parsed.doc) else None
    named = following is not None and (
        following.pos_ in ("NOUN", "PROPN") or following.lower_ in ("of", "and", "or")
    )
    return (
        match.group().lower().startswith("the ")
        and _before(text, match.start()) in _SEASON_LEADS
        and not named
        and _tense(parsed, offset + match.start(), offset + match.end()) != "present"
    )


def _tense(parsed: ParsedArticle, start: int, end: int) -> Tense:
    token = _head_token(parsed, start, end)
    return tense_of(token, heading=False) if token is not None else "past"


def _before(text: str, start: int) -> str:
    """The word or sign before a character, in lower case."""
    found = _WORD_BEFORE.search(text, max(0, start - 30), start)
    return found[1].lower() if found else ""


def _fits_month(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    name = match["month"].lower().rstrip(".")
    if match["year"]:
        return True
    if name in ABBREVIATED_MONTHS:
        return False  # "Jan", "Mar" and "Dec" alone are rarely months
    before = _before(text, match.start())
    if match["part"] or match["which"]:
        return name != "may" or before != "this"
    token = parsed.token_at(offset + match.start("month"))
    if token is not None and (
        token.tag_ == "MD" or token.ent_type_ in ("PERSON", "ORG") or token.pos_ == "VERB"
    ):
        return False
    if name not in _NAMES_OF_PEOPLE or before in _MONTH_CUES:
        return True
    following = parsed.doc[token.i + 1] if token is not None and token.i + 1 < len(parsed.doc) else None
    return before in ("the", "a", "its") and following is not None and following.tag_ in ("NN", "NNS")


def _fits_year(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """A four-digit number is a year after the right preposition, in brackets, or before the noun that it dates."""
    number, before = int(match["year"]), _before(text, match.start())
    if match["part"]:
        return 1000 <= number <= 2100
    token = parsed.token_at(offset + match.start("year"))
    following = parsed.doc[token.i + 1] if token is not None and token.i + 1 < len(parsed.doc) else None
    counts = (
        token is not None
        and token.dep_ == "nummod"
        and token.head.i > token.i
        and token.head.tag_ in ("NNS", "NNPS")
    )
    if following is not None and (
        following.tag_ in ("NNS", "NNPS", "CD", "$") or following.lower_ in ("people", "per")
    ):
        counts = True
    if before in _YEAR_CUES:
        return 1000 <= number <= 2199 and not (
            counts and (number % 100 == 0 or before in ("around", "year", "about"))
        )
    if not 1900 <= number <= 2050 or before in _NUMBERED or (counts and before not in ("the", "s", "’")):
        return False
    if before in _WEAK_YEAR_CUES or before == "":
        return True
    previous = parsed.doc[token.i - 1] if token is not None and token.i else None
    return previous is None or (
        not previous.text[:1].isupper()
        and not previous.is_digit
        and previous.tag_ not in ("$", "SYM", "CD", "NFP")
    )


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Join the two ends of "from March to May 2011" or "between Monday and Friday"; the first end takes the second's year."""
    out: list[Found] = []
    for this in found:
        if out and (joined := _join(text, out[-1], this)):
            out[-1] = joined
        else:
            out.append(this)
    return out


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
    if "and" in link.lower() and word != "between":
        return None
    if not first.reading.period or not second.reading.period:
        return None
    start, end = first.reading.period, second.reading.period
    if first.reading.basis == "year understood" and second.reading.basis == "explicit":
        start = _moved_before(start, end)
    if start.first > end.last:
        if second.kind != "weekday":
            return None
        end = Period(end.first + timedelta(weeks=1), end.last + timedelta(weeks=1), end.precision)
    reading = Reading(Period(start.first, end.last, "period"), second.reading.basis)
    return replace(
        first, start=lead.start() if lead else first.start, end=second.end, kind="joined", reading=reading
    )


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


def _led(parsed: ParsedArticle, found: list[Found]) -> list[Found]:
    """Take in the preposition; "since" runs to publication, "by" and "until" from publication to the day."""
    text, published = parsed.article.text, parsed.article.published_on
    out = []
    for this in found:
        lead = LEAD.search(text, max(0, this.start - 12), this.start)
        if lead is None or this.kind == "joined":
            out.append(this)
            continue
        word, period = lead["lead"].lower(), this.reading.period
        if word in ("from", "between", "within", "for", "at") or (
            text[this.end : this.end + 1] in ("'", "’") and word == "by"
        ):
            out.append(this)
            continue
        if period and published and word == "since" and period.first <= published:
            period = Period(period.first, published, "period")
        elif period and published and word in ("by", "until", "till") and period.last > published:
            period = Period(min(published, period.first), period.last, "period")
        out.append(replace(this, start=lead.start(), reading=replace(this.reading, period=period)))
    return out

"""Whether words that look like a date are one where they stand, and no name, verb or amount."""

import re
from collections.abc import Callable

from spacy.tokens import Token

from pipeline.extract.dates.expressions import ABBREVIATED_MONTHS, WEEKDAYS
from pipeline.extract.dates.tense import Tense, tense_of
from pipeline.extract.figures.counted import after_superlative
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_NAMES_OF_PEOPLE = frozenset({"april", "may", "june", "august", "march"})
_NAMED_AFTER = re.compile(
    r"\s(?:Island|Islands|Charity|Rising|Offensive|Accords?|Fund|Foundation|Market|Parade|Bowl)\b"
)
_OTHER_CALENDAR = re.compile(
    r"\b(?:[A-Z][a-z]+(?:ese|[ei]an|ish|ic)|Thai|Khmer|Tamil|Berber|(?i:lunar|solar|traditional))\s$"
)
"""Before "New Year": those move or lie elsewhere."""
_OF_WHAT = re.compile(r"\sof\s(?:the|an?|his|her|its|their)\b")
_ZONE_BEHIND = re.compile(r"\s(?:UTC|GMT|[A-Z]{2,3}T|hrs|hours|(?:[A-Z]\w+\s){1,3}Time|local\stime)\b")
"""Behind a clock time of four digits."""
_OF_TODAY = re.compile(r"\b(?!as\b)\w+\sof\s$", re.IGNORECASE)
"""Before a "today" that means these times: "women of today", but "as of today"."""
_ERA = re.compile(r"\s?(?:B\.\s?C\.|(?:BCE|BC)\b)")
_BETWEEN_YEARS = re.compile(r"\sand\s[12]\d{3}\b")
_PAPERS = re.compile(
    r"\s(?:(?:news)?papers?|tabloids?|broadsheets?|Telegraph|Times|Mail|Mirror|Express|Herald|Tribune|Independent|Observer|Mercury|Night\s(?:Live|Football))\b"
)
"""Behind a weekday: the name of a newspaper or a programme."""
_NO_DAY = frozenset({"every", "each", "black", "bloody", "super", "cyber", "fat", "giving"})
"""What makes a weekday a name or a habit."""
_OF_ALL_TEXTS = frozenset({"votes", "fine", "population", "temperature"})
"""Amounts of which texts tell that are of no business."""
_OF_BUSINESS = re.compile(
    r"[$£€%]|\b(?:per\s?cent|economy|economic|gdp|earnings|"
    + "|".join(
        f"{row['lemma']}s?"
        for row in table("measures")
        if (row["pos"], row["counts"]) == ("noun", "amount") and row["measure"] not in _OF_ALL_TEXTS
    )
    + r")",
    re.IGNORECASE,
)
"""What tells that a sentence is of business: signs of money and shares, nouns of the economy."""
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
_DECADE_LEADS = frozenset(
    {
        "in",
        "since",
        "of",
        "from",
        "until",
        "till",
        "by",
        "during",
        "to",
        "and",
        "through",
        "throughout",
        "late",
    }
)
_WARM = re.compile(
    r"\b(?:temperatures?|degrees?|highs?|lows?|heat|percent|per\scent|aged?|his|her|their|my)\b",
    re.IGNORECASE,
)
"""What makes "the mid-80s" no decade."""


def head_token(parsed: ParsedArticle, start: int, end: int) -> Token | None:
    """The token of a date whose head stands outside it."""
    tokens = parsed.tokens_between(start, end)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0] if tokens else None)


def fits(kind: str, match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """Whether a candidate is a date where it stands, and no name, verb or amount."""
    if kind in ("year", "century", "years", "month") and _ERA.match(text, match.end()):
        return False  # no calendar of ours holds it
    check = _CHECKS.get(kind)
    return check is None or check(match, text, parsed, offset)


def _fits_years(match: re.Match[str], text: str, _parsed: ParsedArticle, _offset: int) -> bool:
    before = word_before(text, match.start())
    if len(match["until"]) == 1:  # "in 2004-8", "the period 2003 - 5"
        return before in _YEAR_CUES | {"period", "between"} and match["until"] > match["year"][3]
    return before not in ("$", "£", "€") and 1000 <= int(match["year"]) <= 2100


def _fits_decade(match: re.Match[str], text: str, _parsed: ParsedArticle, _offset: int) -> bool:
    decade, before = match["decade"], word_before(text, match.start())
    if not any(c.isdigit() for c in decade[:1] + decade[2:3]):
        return before in _DECADE_LEADS
    if decade[0].isdigit() and len(decade) == 2:
        warm = _WARM.search(text, max(0, match.start() - 80), match.end() + 30)
        return before in _DECADE_LEADS and not warm
    return True


def _fits_today(match: re.Match[str], text: str, _parsed: ParsedArticle, _offset: int) -> bool:
    if match["today"].lower() != "today":
        return True
    whose = text[match.end() : match.end() + 1] in ("'", "’")  # "the meaning of today's vote"
    return whose or not _OF_TODAY.search(text, max(0, match.start() - 12), match.start())


_ON_WEEKDAY = re.compile(r"\s(?:(?:on|from|into|to|last)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def _fits_overnight(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """Not "an overnight train", and not where the day is named behind: "overnight on Saturday"."""
    token = parsed.token_at(offset + match.start())
    return token is not None and token.dep_ == "advmod" and not _ON_WEEKDAY.match(text, match.end())


def _fits_in_units(match: re.Match[str], _text: str, parsed: ParsedArticle, offset: int) -> bool:
    token = parsed.token_at(offset + match.start())
    return token is None or not after_superlative(token)  # "the worst flood in 80 years"


def _fits_past_units(match: re.Match[str], _text: str, _parsed: ParsedArticle, _offset: int) -> bool:
    """Not "following ten years of talks"."""
    return match["which"].lower() != "following" or match.group().lower().startswith("the ")


def _fits_this_unit(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    if match["the"] and _OF_WHAT.match(text, match.end()):
        return False  # "the last week of the strike"
    named = match.group()[:1].isupper() and match["unit"][:1].isupper()  # a paper: "Harbour This Week"
    return not named or _opens_sentence(parsed, offset + match.start())


def _fits_quarter(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """Whether a quarter is one of a year: its sentence tells of money, shares or the economy; no quarter of a game, none of a firm's own year."""
    sentence = parsed.sentence_at(offset + match.start())
    around = parsed.article.text[sentence.start : sentence.end] if sentence else text
    leads = word_before(text, match.start())
    hyphened = "-" in match.group() and text[match.end() : match.end() + 1] == " "
    return (
        (hyphened or leads in _SEASON_LEADS | {"for", "through"})
        and leads != "fiscal"
        and _OF_BUSINESS.search(around) is not None
    )


def _fits_weekday(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    if _PAPERS.match(text, match.end("weekday")):
        return False
    short = not match["weekday"].lower().endswith("day")  # "said Tues."
    return _names_day("weekday", match, text, parsed, offset, sure=short)


def _fits_holiday(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    token = parsed.token_at(offset + match.start("holiday"))
    if _NAMED_AFTER.match(text, match.end()) or _is_of_others(token):
        return False  # "Easter Island", "Sailors' Memorial Day"
    moves = _OTHER_CALENDAR.search(text, max(0, match.start() - 24), match.start()) is not None
    if moves and match["holiday"].lower().startswith("new year"):
        return False
    sure = moves or bool(match["weekend"])
    return _names_day("holiday", match, text, parsed, offset, sure=sure)


def _names_day(
    kind: str, match: re.Match[str], text: str, parsed: ParsedArticle, offset: int, *, sure: bool
) -> bool:
    """Whether the name of a day stands for a day, not for somebody or something called after it; `sure`: its words leave no doubt."""
    token, before = parsed.token_at(offset + match.start(kind)), word_before(text, match.start())
    if before in _NO_DAY or not match[kind][0].isupper():
        return False
    called = token is not None and token.ent_type_ in ("PERSON", "ORG")
    return sure or not called or before in _MONTH_CUES | {"on"}


def _is_of_others(holiday: Token | None) -> bool:
    """Whether a name before a holiday makes it another day: "Miners Remembrance Day", "Canadian Thanksgiving"."""
    if holiday is None or holiday.is_sent_start or holiday.i == 0:
        return False
    before = holiday.nbor(-1)
    if before.tag_ == "POS" and not before.is_sent_start:
        before = before.nbor(-1)
    named = before.text[:1].isupper() and before.pos_ in ("PROPN", "ADJ", "NOUN") and not before.is_sent_start
    return named and before.lower_ not in WEEKDAYS


def _opens_sentence(parsed: ParsedArticle, start: int) -> bool:
    """Whether a word in capitals may be one for its place: at the start of a sentence or in a heading."""
    sentence = parsed.sentence_at(start)
    return sentence is None or sentence.kind == "heading" or sentence.start == start


def _fits_season(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """A season without its year: "this spring", or "in the autumn" with nothing behind that makes it a name or a habit."""
    if match["year"]:
        return True
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
        and word_before(text, match.start()) in _SEASON_LEADS
        and not named
        and _tense(parsed, offset + match.start(), offset + match.end()) != "present"
    )


def _tense(parsed: ParsedArticle, start: int, end: int) -> Tense:
    token = head_token(parsed, start, end)
    return tense_of(token, heading=False) if token is not None else "past"


def word_before(text: str, start: int) -> str:
    """The word or sign before a character, in lower case."""
    found = _WORD_BEFORE.search(text, max(0, start - 30), start)
    return found[1].lower() if found else ""


def _fits_month(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    name = match["month"].lower().rstrip(".")
    if match["year"]:
        return True
    if name in ABBREVIATED_MONTHS:
        return False  # "Jan", "Mar" and "Dec" alone are rarely months
    before = word_before(text, match.start())
    if match["part"] or match["which"]:
        return name != "may" or before != "this"
    token = parsed.token_at(offset + match.start("month"))
    if token is not None and (
        token.tag_ == "MD" or token.ent_type_ in ("PERSON", "ORG") or token.pos_ == "VERB"
    ):
        return False
    following = parsed.doc[token.i + 1] if token is not None and token.i + 1 < len(parsed.doc) else None
    named = following is not None and following.text[:1].isupper() and following.pos_ == "PROPN"
    if name not in _NAMES_OF_PEOPLE or (
        before in _MONTH_CUES and not (named and before in ("and", "or", "of", "to", "for"))
    ):
        return True  # "April Jones and May Hill" are none
    return before in ("the", "a", "its") and following is not None and following.tag_ in ("NN", "NNS")


def _fits_year(match: re.Match[str], text: str, parsed: ParsedArticle, offset: int) -> bool:
    """A four-digit number is a year after the right preposition, in brackets, or before the noun that it dates."""
    number, before = int(match["year"]), word_before(text, match.start())
    if _ZONE_BEHIND.match(text, match.end()):
        return False
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
    if before == "between" and _BETWEEN_YEARS.match(text, match.end()):
        return 1000 <= number <= 2199
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


_CHECKS: dict[str, Callable[[re.Match[str], str, ParsedArticle, int], bool]] = {
    "month": _fits_month,
    "year": _fits_year,
    "years": _fits_years,
    "season": _fits_season,
    "bare_quarter": _fits_quarter,
    "decade": _fits_decade,
    "today": _fits_today,
    "overnight": _fits_overnight,
    "in_units": _fits_in_units,
    "past_units": _fits_past_units,
    "this_unit": _fits_this_unit,
    "weekday": _fits_weekday,
    "holiday": _fits_holiday,
}
"""What each kind of candidate must pass; the others are dates wherever they stand."""

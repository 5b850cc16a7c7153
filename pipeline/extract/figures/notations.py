"""Rows of digits that are written like amounts and are none: phone numbers, clock times, dates, versions, coordinates."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.extract.dates.expressions import MONTHS

_MONTH = "|".join(
    sorted({m.capitalize() for m in MONTHS} | {m.upper() for m in MONTHS}, key=len, reverse=True)
)
_ZONE = r"(?:GMT|UTC|BST|CES?T|EES?T|E[SD]T|P[SD]T|C[SD]T|MSK|IST|[ap]\.?m\b\.?|(?:local|[A-Z]\w{2,15})\s[Tt]ime\b)"
_PATTERNS = (
    # phone numbers
    r"(?<![\w.])\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,7}(?!\w)",
    r"(?<![\w.,-])(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-.]\d{4}(?![\w-])",
    r"(?i:\b(?:call|dial|phone|ring|tel|telephone|number|text|on|at)\b\W{1,3})\d{3}-\d{4}(?![\w-])",
    r"(?<![\w.,-])0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}(?!\w)(?:\s(?:or|and)\s\d{3,5}(?!\w))?",
    r"(?<!\w)\(0\)[ -]?\d{1,4}(?:[ -]?\d{3,5}){1,3}(?!\w)",
    r"(?<!\w)\(0\d{1,4}\)[ -]?\d{3,5}[ -]?\d{3,5}(?!\w)",
    r"(?i:\b(?:dial|dial?led|dial?ling|call|called|calling|phone|phoned|phoning|ring|rang|text|texted|hotline|helpline)\s)\d{3,5}(?:\s(?:or|and)\s\d{3,5})?(?=[.;,!?”\"’)]|\s?\(|$)",
    # clock times, codes: no amount begins with a nought
    r"(?i:\b(?:from|between)\s)(?:[01]\d|2[0-3])[0-5]\d\s(?:to|until|till|and)\s0\d[0-5]\d(?!\w)",
    r"(?i:\b(?:from|between)\s)0\d[0-5]\d\s(?:to|until|till|and)\s(?:[01]\d|2[0-3])[0-5]\d(?!\w)",
    r"(?<![\w.,:/+-])0\d{2,5}(?![\w/-]|[.,:]\d)",
    r"\b(?:[01]?\d|2[0-3])[.:][0-5]\d\s?" + _ZONE,
    r"\b(?:[01]\d|2[0-3])[0-5]\d(?:\s?[-–]\s?(?:[01]\d|2[0-3])[0-5]\d)?\s?(?:" + _ZONE + r"|hrs\b)",
    r"(?i:\b(?:at|until|till|by|from|before|after|since)\s)(?:0\d[0-5]\d|(?:[01]\d|2[0-3])[0-5]\d\s(?:hrs|hours))\b",
    r"(?i:\b(?:until|till|before|after|since)\s)(?:[01]?\d|2[0-3])\.[0-5]\d(?=[.;,!?”\"’)]|\s(?:on|in|and|when|as|the)\b|$)",
    r"(?i:(?<!\bclosed )(?<!\btraded )(?<!\bended )(?<!\bopened )(?<!\bstood )(?<!\bsettled )(?<!\bquoted )(?<!\bvalued )(?<!\bpriced )\bat\s)"
    r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?=[.;,!?”\"’)]|\s(?:on|in|and|when|as|the|after|before|to|from|it|he|she|they)\b|$)",
    r"\b0\d[.:][0-5]\d\b",
    r"(?i:\b(?:at|until|till|by|from|before|after|since|around)\s)(?:[01]?\d|2[0-3])h(?:[0-5]\d)?\b",
    r"\b(?:UTC|GMT)\s?[-+−–±]\s?\d{1,2}(?::[0-5]\d)?\b",
    # dates, possible or not
    r"(?<![\d.,])(?:[12]\d{3}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.](?:[12]\d{3}|\d\d))(?![\d/-]|\.\d)",
    rf"(?<![\d.,-])\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})\b(?:,?\s[12]\d{{3}}\b)?",
    rf"\b(?:{_MONTH})\s(?:3[2-9]|[4-9]\d)(?=[.;,!?”\"’)](?!\d)|$)|\b(?:February|Feb\.?|FEBRUARY)\s(?:30|31)\b(?=[.;,!?”\"’)]|$)"
    r"|\b(?:April|June|September|November|Apr\.|Sept?\.|Nov\.)\s31\b(?=[.;,!?”\"’)]|$)",
    r"(?<![\d.,-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d.,]?\d)",
    # parts of works and versions of things
    r"(?i:\b(?:page|slide|part|chapter|episode|volume|frame|sheet)\s)\d{1,4}\s?(?:of|/)\s?\d{1,4}\b",
    r"(?i:\b(?:version|edition|release|build|firmware|patch)\s|\bv\.?\s?)\d{1,4}(?:\.\d{1,4}){0,4}\b(?!\s?(?:million|billion|per\s?cent|%))",
    # positions on the globe
    r"\d{1,3}(?:[.,]\d{1,6})?\s?[°º]\s?(?:\d{1,2}(?:\.\d{1,4})?\s?[’′']\s?)?(?:\d{1,2}(?:\.\d{1,4})?\s?[”″\"]\s?)?[NSEW]\b",
    # even chances
    r"(?<![\w.,-])(\d{1,3})[-–/]\1(?![\w,.-]?\d|%)",
)
_SHORT_YEAR = re.compile(
    r"(?<![\w.,])[‘’'](?!s\b)\d\d(?![\w%]|[.,]\d|\s(?:per\s?cent|percent|million|billion))"
)
_NOTATIONS = [re.compile(pattern) for pattern in _PATTERNS]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _NOTATIONS:
        for found in pattern.finditer(text):
            yield found.span()


def is_short_year(text: str, start: int) -> bool:
    """Whether the number at a character is a year in short: "from 23 percent in ’02"."""
    return start > 0 and _SHORT_YEAR.match(text, start - 1) is not None


class Notations:
    """Where such rows of digits stand in a text."""

    def __init__(self, text: str) -> None:
        """Find them all, once."""
        reach = 0
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(_spans(text)):
            reach = max(reach, end)
            self._spans.append((start, reach))

    def cover(self, start: int) -> bool:
        """Whether the number at a character is part of one."""
        n = bisect_right(self._spans, (start, 1 << 62)) - 1
        return n >= 0 and start < self._spans[n][1]

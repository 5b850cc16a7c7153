"""Who an article comes from, where its last or first line says so: `– Guardian/Agencies`, `(Reporting by ...)`, `By ...`."""

import re
from functools import cache

from pipeline.lexicon import table

_NAME = r"[A-ZÀ-Þ][\w.&'’-]*"
_NAMES = rf"{_NAME}(?:(?:\s?/\s?|,? (?:and )?){_NAME})*"
_DASHED = re.compile(rf"(?:^|(?<=[\r\n.!?”\"’']))\s*[-–—]\s?({_NAMES})\s*$")
_ROLE = r"(?:(?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ww]ritten|[Ee]dited) by|[Ww]ith (?:inputs?|files|reports?|additional reporting) (?:from|by)) (?=[A-ZÀ-Þ]|agencies)"
_BRACKETED = re.compile(
    rf"(?:^|(?<=[\r\n.!?”\"’']))\s*[(\[]({_ROLE}[^()\[\]]{{2,200}}|{_NAMES})[)\]]\s*\.?\s*$"
)
_LINE = re.compile(rf"(?:{_ROLE}.{{2,200}}|(?:Sources?|Credit|Agencies): ?{_NAMES}|{_NAMES})$", re.S)
_BYLINE = re.compile(rf"(?:[Bb]y|BY) {_NAME}(?:(?:,| and| AND| in| IN| with|, and|/|\s\|)? {_NAME}){{0,9}}$")
_SPACE = re.compile(r"\s+")
MAX_TRAILING = 80
"""Characters of a credit behind a dash."""
MAX_LINE = 250
"""Characters of a credit on a line of its own."""


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["agency"].casefold() for row in table("agencies"))


def _names_agency(credit: str) -> bool:
    """Whether one of the names, as they are joined by strokes, commas or `and`, is an agency's."""
    names = re.split(r"\s?/\s?|, (?:and )?| and |: ?", credit)
    return any(_SPACE.sub(" ", name).strip().casefold() in _agencies() for name in names)


def trailing(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """The credit that ends a paragraph: its first and last character, and where the paragraph before it ends.

    Behind a dash any names will do; in brackets or on a line of their own they must name an agency or a part taken.
    """
    window = max(start, end - MAX_LINE)
    if found := _DASHED.search(text, max(start, end - MAX_TRAILING), end):
        return *found.span(1), found.start()
    if (found := _BRACKETED.search(text, window, end)) and (
        re.match(_ROLE, found[1]) or _names_agency(found[1])
    ):
        return *found.span(1), found.start()
    if window == start and (found := _LINE.match(text, start, end)):
        line = found[0].rstrip(".")
        if re.match(_ROLE, line) or _names_agency(line):
            return start, start + len(line), start
    return None


def is_byline(line: str) -> bool:
    """Whether a line says no more than who wrote the article."""
    return len(line) <= MAX_LINE and bool(_BYLINE.match(line))

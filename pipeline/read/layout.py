"""Where an article's paragraphs, headings and credits stand. Pure functions over the decoded text.

A heading is a short line that stands alone without a sentence's final stop, or a label in capitals (`ABSTRACT.`). A credit
names agencies or authors behind the last sentence (`– Guardian/Agencies`) or on the line under the headline (`By ...`).
"""

import calendar
import re

from pipeline.read import credits
from pipeline.read.article import Block, BlockKind
from pipeline.read.furniture import is_furniture
from pipeline.read.paragraphs import has_final_stop, paragraphs

_MONTHS = "|".join(f"{month}|{month[:3]}" for month in calendar.month_name[1:])
_DAYS = "|".join(f"{day}|{day[:3]}" for day in calendar.day_name)
_DATE_LINE = re.compile(
    rf"(?:(?:{_DAYS})\.?,? )?(?:(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\.?,? \d{{4}})\W*$",
    re.I,
)
_TIME_LINE = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?$", re.I)
_LABEL = re.compile(r"[A-ZÀ-Þ]{3,}(?: [A-ZÀ-Þ]+){0,3}[.:]?$")
_PULL_QUOTE = re.compile(r"[\"“‘«'].*[\"”’»'] ?[-–—] ?[A-ZÀ-Þ]")
_MAX_HEADLINE_WORDS, _MAX_HEADING_WORDS = 25, 15
_MAX_HEADING = 250
_BYLINE_BLOCKS = 4
"""Blocks at the top of an article among which a byline may stand."""


def is_heading(line: str, max_words: int = _MAX_HEADLINE_WORDS) -> bool:
    """Whether a line that stands alone is a headline or section heading."""
    if len(line) > _MAX_HEADING or len(line.split()) > max_words:
        return False
    if _LABEL.match(line):
        return True
    return (
        (line[0].isupper() or line[0].isdigit() or line[0] in "\"'“‘«¿¡")
        and any(c.isalpha() for c in line)
        and not has_final_stop(line)
        and not any(other.match(line) for other in (_DATE_LINE, _TIME_LINE, _PULL_QUOTE))
    )


def blocks(text: str, start: int) -> tuple[tuple[Block, ...], str | None]:
    """Paragraphs, headings and credits from character `start` on, in order; and the words of the credit at the end."""
    spans = paragraphs(text, start)
    spans = [(s, e) for s, e in spans if not is_furniture(text[s:e])] or spans
    if not spans:
        return (), None
    credit = credits.trailing(text, *spans[-1])
    if credit and (len(spans) > 1 or credit[2] > spans[-1][0]):
        before = len(text[spans[-1][0] : credit[2]].rstrip())
        spans[-1:] = [(spans[-1][0], spans[-1][0] + before)] if before else []
    else:
        credit = None
    out = [Block(_kind(text[s:e], n, len(spans)), s, e, n) for n, (s, e) in enumerate(spans)]
    if credit is None:
        return tuple(out), None
    same_line = not re.search(r"[\r\n]", text[spans[-1][1] : credit[0]])
    out.append(Block("credit", credit[0], credit[1], len(spans) - same_line))
    return tuple(out), text[credit[0] : credit[1]]


def _kind(line: str, n: int, n_blocks: int) -> BlockKind:
    if n_blocks == 1:
        return "body"
    if n < _BYLINE_BLOCKS and credits.is_byline(line):
        return "credit"
    if 0 < n == n_blocks - 1:  # nothing follows that it could head
        return "body"
    return "heading" if is_heading(line, _MAX_HEADING_WORDS if n else _MAX_HEADLINE_WORDS) else "body"

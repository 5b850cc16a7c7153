"""Where an article's header, paragraphs, headings and credit stand. Pure functions over the decoded text.

The header is `date YYYY-MM-DD` at the start of the file. A heading is a short line that stands alone without a
sentence's final stop. A credit is a dash and the names of agencies after the last sentence (`– Guardian/Agencies`).
"""

import re
from datetime import date

from pipeline.read.article import Block

HEADER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?!\d)[ \t]*")
_NAME_DATE = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_FINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_CREDIT_WORD = r"[A-ZÀ-Þ][\w.&'’-]*"
_CREDIT = re.compile(
    rf"(?:^|(?<=[.!?”\"’']))\s*[-–—]\s?((?:{_CREDIT_WORD})(?:(?:\s?/\s?|,? (?:and )?)(?:{_CREDIT_WORD}))*)\s*$"
)
_MAX_HEADING_WORDS = 25
_MAX_CREDIT = 80


def header(text: str) -> tuple[str | None, int]:
    """The date as written in the header (None without one), and where the text behind it starts."""
    found = HEADER.match(text)
    return (found[1], found.end()) if found else (None, 0)


def date_in_name(name: str) -> date | None:
    """The date in a file's name (`2025-12-31`, `20251231`), the first one that is on the calendar."""
    for year, month, day in _NAME_DATE.findall(name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _paragraphs(text: str, start: int) -> list[tuple[int, int]]:
    """Spans of the paragraphs: lines, joined where a line is only wrapped (no final stop, goes on in lower case)."""
    spans: list[tuple[int, int]] = []
    blank = True
    for line in re.finditer(
        r"[^\r\n\x0b\x0c\x85\u2028\u2029]+|(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])", text[start:]
    ):
        s, e = start + line.start(), start + line.end()
        content = text[s:e]
        if not content.strip():
            blank = blank or (content in ("\n", "\r\n", "\r") and text[max(0, s - 1) : s] in ("\n", "\r", ""))
            blank = blank or content not in ("\n", "\r\n", "\r")
            continue
        s += len(content) - len(content.lstrip())
        e = s + len(content.strip())
        wrapped = (
            spans
            and not blank
            and text[s].islower()
            and not _FINAL.search(text[spans[-1][0] : spans[-1][1]][-8:])
        )
        if wrapped:
            spans[-1] = (spans[-1][0], e)
        else:
            spans.append((s, e))
        blank = False
    return spans


def _is_heading(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= _MAX_HEADING_WORDS
        and any(c.isalpha() for c in line)
        and not _FINAL.search(line)
        and (line[0].isupper() or line[0].isdigit() or line[0] in "\"'“‘«¿¡")
    )


def blocks(text: str, start: int) -> tuple[tuple[Block, ...], str | None]:
    """Paragraphs, headings and the credit from character `start` on, in order; and the credit's words."""
    spans = _paragraphs(text, start)
    if not spans:
        return (), None
    credit: tuple[int, int] | None = None
    last_start, last_end = spans[-1]
    found = _CREDIT.search(text, max(last_start, last_end - _MAX_CREDIT), last_end)
    if found and (len(spans) > 1 or found.start() > last_start):
        credit = found.span(1)
        line_end = found.start()
        while line_end > last_start and text[line_end - 1].isspace():
            line_end -= 1
        spans[-1] = (last_start, line_end)
        if line_end <= last_start:
            spans.pop()
    out: list[Block] = []
    for n, (s, e) in enumerate(spans):
        only = len(spans) == 1
        kind = "heading" if not only and _is_heading(text[s:e]) else "body"
        out.append(Block("heading" if kind == "heading" else "body", s, e, n))
    if credit:
        out.append(
            Block(
                "credit",
                *credit,
                len(spans) - 1
                if credit[0] > out[-1].end and "\n" not in text[out[-1].end : credit[0]]
                else len(spans),
            )
        )
    return tuple(out), text[credit[0] : credit[1]] if credit else None

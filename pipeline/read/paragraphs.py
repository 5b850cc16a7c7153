"""Lines to paragraphs. A line is a paragraph, unless the text is hard-wrapped: then lines go on until one is short."""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read.joined import is_cut

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_LETTER = re.compile(r"[^\W_]")
_BULLET = re.compile(r"[•·▪■●‣◦*]\s*|(?:[-–—]|\(?\d{1,2}[.)])\s+")
_MARK = re.compile(r"[•·▪■●‣◦*]\s*")
_FINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*(?:\[\d+\])*$")
_TAIL = 20
"""Characters at the end of a line in which its final stop is looked for."""
_WRAP_WIDTHS = range(40, 121)
_WRAPPED_SHARE = 0.8
_MIN_WRAPPED = 3
_MIN_BROKEN_LINE = 45


@dataclass(frozen=True, slots=True)
class Line:
    """A line with letters or digits on it: its characters without blank space around, and whether a blank line goes before."""

    start: int
    end: int
    blank_before: bool


def has_final_stop(line: str) -> bool:
    """Whether a line ends as a sentence or clause does: quotation marks, brackets and footnote marks may follow the stop."""
    return bool(_FINAL.search(line[-_TAIL:]))


def _lines(text: str, start: int) -> list[Line]:
    lines: list[Line] = []
    before = start
    for found in _LINE.finditer(text, start):
        content = found[0]
        if not _LETTER.search(content):
            continue
        s = found.start() + len(content) - len(content.lstrip())
        e = found.start() + len(content.rstrip())
        breaks = 0
        for _ in _BREAK.finditer(text, before, found.start()):
            breaks += 1
        lines.append(Line(s, e, breaks > 1))
        before = found.end()
    return lines


def _fills(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the line after would not have fitted on the line."""
    word = after.start
    while word < after.end and not text[word].isspace():
        word += 1
    return line.end - line.start + 1 + word - after.start > width


def _wrap_width(text: str, lines: list[Line]) -> int | None:
    """The width that the text is wrapped to; None where it is not hard-wrapped."""
    width = max((line.end - line.start for line in lines), default=0)
    pairs = [(a, b) for a, b in pairwise(lines) if not b.blank_before]
    if width not in _WRAP_WIDTHS or not pairs:
        return None
    full = sum(_fills(text, a, b, width) for a, b in pairs)
    return width if full >= _MIN_WRAPPED and full >= _WRAPPED_SHARE * len(pairs) else None


def paragraphs(text: str, start: int) -> list[tuple[int, int]]:
    """Spans of the paragraphs from character `start` on, without blank space and bullets around them."""
    lines = _lines(text, start)
    width = _wrap_width(text, lines)
    spans: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        last = lines[n - 1] if n else None
        if last and not line.blank_before and _goes_on(text, last, line, width):
            spans[-1] = (spans[-1][0], line.end)
            continue
        mark = _MARK.match(text, line.start, line.end)
        spans.append((mark.end() if mark and mark.end() < line.end else line.start, line.end))
    return spans


def _goes_on(text: str, line: Line, after: Line, width: int | None) -> bool:
    """Whether a line is only broken, and its sentence or paragraph goes on in the one after it."""
    if is_cut(text, line.end, after.start):
        return True
    if _BULLET.match(text, after.start, after.end):
        return False
    if width is not None:
        return _fills(text, line, after, width)
    long = line.end - line.start >= _MIN_BROKEN_LINE
    return long and text[after.start].islower() and not has_final_stop(text[line.start : line.end])

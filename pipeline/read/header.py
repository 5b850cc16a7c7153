"""The header of a text file: front matter, a few `key: value` lines, `date 2026-03-02`, or a line that is a date.

What is certain is read; a line that looks like a date and cannot be read for certain is named in the note.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import yaml

from pipeline.read.days import Written, like_a_day, whole_day, written_day
from pipeline.read.fields import field_of

_BLANK = " \t\r\n\v\f\u0085\u00a0\u2028\u2029\ufeff\u200b"
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_FENCE = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?P<inside>.{1,10000}?)(?:\r\n|\r|\n)(?:(?P=mark)|\.\.\.)[ \t]*(?=[\r\n]|$)",
    re.S,
)
_PAIR = re.compile(
    r"[ \t]*(?P<key>[A-Za-z][A-Za-z0-9 ._:-]{0,30}?)[ \t]*(?::[ \t\u00a0]|:$|[ \t]=[ \t])(?P<value>.*)"
)
_PLAIN = re.compile(r"[ \t]*(?:dated?|published(?: on)?|posted(?: on)?)\b:?[ \t\u00a0]*(?=[\w(])", re.I)
_MAX_LINES = 25
_MAX_LINE = 2_000
COLUMNS = ("headline", "outlet", "author", "url", "section")
"""Fields that are columns of `documents`."""
_SHOWN = 60
_MAX_NESTED = 200
"""Brackets in front matter: the parser is slow on what nests deeply."""


@dataclass(slots=True)
class Header:
    """What stands before the text of an article."""

    start: int = 0
    """Where the text behind it starts."""
    told: dict[str, str] = field(default_factory=dict)
    """Values by field."""
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where those values stand."""
    day: date | None = None
    at: str | None = None
    basis: str = "header"
    seen: str | None = None
    """A line that looks like a date and gave none, and why."""

    def date_from(self, written: Written | None, line: str) -> None:
        """Take a date, or remember why there is none."""
        if written and written.day:
            self.day, self.at, self.seen = written.day, written.at, None
        else:
            shown = " ".join(line.split())[:_SHOWN]
            self.seen = f"“{shown}” was not read as a date" + (f": {written.doubt}" if written else "")


def read_header(text: str) -> Header:
    """The header of a text; without one, `start` is where the text itself starts."""
    at = len(text) - len(text.lstrip(_BLANK))
    found = Header(start=at)
    if fence := _FENCE.match(text, at):
        _front_matter(fence, found)
    if not found.told:
        _pairs(text, at, found)
    if not found.told and found.start == at:
        _first_line(text, at, found)
    if "published" in found.told and not found.day:
        value = found.told["published"]
        found.date_from(whole_day(value), value)
    if not found.day and not found.seen and (changed := found.told.get("modified")):
        found.seen = f"“{changed[:_SHOWN]}” tells when it was changed, not when it was published"
    if not found.day and found.start == at:
        found.start = 0
    return found


def lines_from(text: str, at: int) -> Iterator[tuple[int, int, int]]:
    """First and last character of each line from `at` on, and where the line after it starts."""
    while at < len(text):
        broken = _LINE_END.search(text, at)
        end, after = broken.span() if broken else (len(text), len(text))
        yield at, end, after
        at = after


def _front_matter(fence: re.Match[str], found: Header) -> None:
    """YAML between `---` or TOML between `+++`: its values that are words, numbers, dates or lists of them."""
    inside = fence["inside"]
    if inside.count("[") + inside.count("{") > _MAX_NESTED:
        return
    try:
        loaded = tomllib.loads(inside) if fence["mark"] == "+++" else yaml.load(inside, yaml.BaseLoader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return
    if not isinstance(loaded, dict):
        return
    for key, value in loaded.items():
        name = field_of(str(key))
        words = _words(value)
        if name and words and name not in found.told:
            found.told[name] = words
            place = inside.find(words, max(0, inside.find(str(key))))
            if place >= 0:
                found.spans[name] = (
                    fence.start("inside") + place,
                    fence.start("inside") + place + len(words),
                )
    if found.told:
        found.start = fence.end()


def _words(value: object) -> str:
    """A value of the front matter as text; nothing for what is nested deeper."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(v) for v in value if not isinstance(v, (list, dict)))))
    return "" if isinstance(value, dict) else " ".join(str(value).split())


def _pairs(text: str, at: int, found: Header) -> None:
    """Lines `key: value` at the start, of keys that are known; a blank line or another text ends them."""
    for n, (start, end, after) in enumerate(lines_from(text, at)):
        if n == _MAX_LINES or end - start > _MAX_LINE:
            return
        line = text[start:end]
        if not line.strip(_BLANK):
            continue
        pair = _PAIR.match(line)
        name = field_of(pair["key"]) if pair else None
        if pair and name:
            if name == "text":
                found.start = start + pair.start("value") if found.told else found.start
                return
            if name == "ignored" and not found.told:
                return
            value_start = start + pair.start("value")
        elif "published" not in found.told and (plain := _PLAIN.match(line)):
            name, value_start = "published", start + plain.end()
        else:
            return
        found.start = after
        if name == "published" and not _dated(text, value_start, end, after, found):
            return
        value = text[value_start:end].strip(_BLANK + "\"'")
        if value and name not in found.told:
            found.told[name] = value
            place = text.index(value, value_start)
            found.spans[name] = (place, place + len(value))


def _dated(text: str, start: int, end: int, after: int, found: Header) -> bool:
    """Read a header's date; False where the article goes on in the same line, or the line is no header."""
    while start < end and text[start] in _BLANK + "\"'":
        start += 1
    written = written_day(text[:end], start)
    if written is None:
        line = text[start:end]
        if not like_a_day(line) or end - start > _SHOWN:
            found.start = 0 if not found.told else found.start
            return bool(found.told)
        found.date_from(None, line)
        found.told["published"] = line
        return True
    rest = text[written.end : end].strip(_BLANK)
    found.date_from(written, text[start : written.end])
    found.told["published"] = text[start : written.end]
    goes_on = (
        len(rest) > 2 and (text[written.end].isspace() or rest[0] in ":.|–—-") and not rest.startswith("(")
    )
    found.start = written.end if goes_on else after
    return not goes_on


def _first_line(text: str, at: int, found: Header) -> None:
    """A first line that is a date and nothing else."""
    start, end, after = next(lines_from(text, at), (0, 0, 0))
    written = whole_day(text[start:end]) if end - start <= 2 * _SHOWN else None
    if written and text[after:].strip(_BLANK):
        found.date_from(written, text[start:end])
        found.start, found.basis = after, "line"

"""Large files in parts, so that a file of fifty megabytes takes little more than itself: lines, members of a JSON document, entries of a feed."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BLANK = re.compile(r"[ \t\n\r]*")
_LONGEST = 16_000_000
"""Characters of one value of a JSON document: an article has a million at most, and JSON may write six for one."""
_ENTRY = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<(?P<close>/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])[^<>]*?(?P<empty>/?)>",
    re.S,
)
_PART = 1_000_000
"""Bytes of a feed that are read at once."""


def lines(parts: Iterable[str]) -> Iterator[str]:
    """The lines of a text with their ends, one at a time."""
    held: list[str] = []
    for part in parts:
        if "\n" not in part and "\r" not in part:
            held.append(part)
            continue
        found = [match.group() for match in _LINE.finditer("".join([*held, part]))]
        held = [found.pop()]  # it may go on, and a carriage return may be followed by its line feed
        yield from found
    yield from (match.group() for match in _LINE.finditer("".join(held)))


class _Reader:
    """A JSON document of which only the value that is read is held."""

    def __init__(self, parts: Iterable[str]) -> None:
        self.parts, self.text, self.at = iter(parts), "", 0
        self.decoder = json.JSONDecoder()

    def more(self) -> bool:
        """Bring at least as much as is held; False at the end, where nothing changes."""
        held = self.text[self.at :]
        brought, length = [], 0
        for part in self.parts:
            brought.append(part)
            length += len(part)
            if length >= len(held):
                break
        if brought:
            self.text, self.at = "".join([held, *brought]), 0
        return bool(brought)

    def next(self) -> str:
        """The next character that is not blank; nothing at the end."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, *wanted: str) -> str:
        """The next character, which must be one of those wanted."""
        found = self.next()
        if found not in wanted:
            raise ValueError(f"{' or '.join(wanted)} is missing where {found or 'the end'} stands")
        self.at += 1
        return found

    def value(self) -> Any:
        """The value that comes next, whole."""
        self.next()
        while True:
            try:
                found, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError:
                if len(self.text) - self.at > _LONGEST or not self.more():
                    raise
                continue
            if len(self.text) - end < len("e+1") and self.more():  # a number may go on
                continue
            self.at = end
            return found

    def several(self, close: str, one: Callable[[], Iterator[Any]]) -> Iterator[Any]:
        """What stands between two brackets, of which the first is read."""
        if self.next() == close:
            self.take(close)
            return
        while True:
            yield from one()
            if self.take(",", close) == close:
                return


Member = tuple[str, Any]
"""The way to a value by its names (`/response/docs/`, ending in a slash in a list), and the value."""
LIST = object()
"""What stands for a value where a list begins."""


def members(parts: Iterable[str], into: frozenset[str]) -> Iterator[Member]:
    """The values of a JSON document one after another: the members of its list or object, the lists in it, and objects that are called `into`.

    Raises ValueError and RecursionError as `json.loads`, behind the values that could be read.
    """
    reader = _Reader(parts)
    if reader.next() not in ("[", "{"):
        yield "", reader.value()
    else:
        yield from _inside(reader, "", into)
    if reader.next():
        raise ValueError("something stands behind its end")


def _inside(reader: _Reader, path: str, into: frozenset[str]) -> Iterator[Member]:
    if reader.take("[", "{") == "[":
        yield f"{path}/", LIST
        yield from reader.several("]", lambda: iter([(f"{path}/", reader.value())]))
        return

    def member() -> Iterator[Member]:
        if reader.next() != '"':
            raise ValueError("a name is missing")
        name = reader.value()
        reader.take(":")
        inner = f"{path}/{name}"
        if reader.next() == "[" or (reader.next() == "{" and name in into):
            yield from _inside(reader, inner, into)
        else:
            yield inner, reader.value()

    yield from reader.several("}", member)


def feed_parts(data: bytes) -> Iterator[bytes]:
    """A feed cut into feeds of some of its entries each, with what stands before and behind all of them; whole where it is small."""
    spans = _entries(data) if len(data) > 2 * _PART else []
    if not spans:
        yield data
        return
    head, tail = data[: spans[0][0]], data[spans[-1][1] :]
    size = max(_PART, len(head) + len(tail))
    first = spans[0][0]
    for (_, end), (start, _) in zip(spans, [*spans[1:], (len(data), 0)], strict=True):
        if end - first >= size or start == len(data):
            yield head + data[first:end] + tail
            first = start


def _entries(data: bytes) -> list[tuple[int, int]]:
    """Where the entries of a feed begin and end; those within others do not count, nor what is quoted."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for tag in _ENTRY.finditer(data):
        if tag["close"] is None or tag["empty"]:
            continue
        if tag["close"]:
            depth = max(0, depth - 1)
            if not depth and start >= 0:
                spans.append((start, tag.end()))
                start = -1
        else:
            start = start if depth else tag.start()
            depth += 1
    return spans

"""Marked stories: short articles in which words that report one event, or count one thing, carry one name.

A file is a story. It begins with lines `key: value`: what the sources make of an incident or a tally (`expect: NAME
corroborated`, a tally's name has a `#`), and which incident belongs to which (`plan: ONE > OTHER`). Then come the
articles, each under a line `=== KEY DAY CREDIT` (`-` for none). Marks look like `[words](name)` and `[words](#name)`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.read.article import Article, Rejection
from pipeline.read.reader import article

MARK = re.compile(r"\[([^\]]+)\]\((#?[\w-]+)\)")
_ARTICLE = re.compile(r"(?m)^=== (\S+) (\d{4}-\d\d-\d\d) (.+)$")
RELATIONS = {"plan": "plan of", "denial": "denial of", "response": "response to", "part": "part of"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of an article's text report `name`, an incident or a tally."""

    doc_id: str
    start: int
    end: int
    kind: str
    name: str
    sentence_id: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of a story without their marks, the marks, and what follows from them."""

    name: str
    articles: list[Article]
    marks: list[Mark]
    expected: dict[tuple[str, str], str]
    """What the sources make of an incident or tally, by kind and name."""
    relations: list[tuple[str, str, str]]
    """An incident, its relation and the incident that it belongs to."""


def read_stories(folder: Path) -> list[Story]:
    """The stories of a folder, in order of their names."""
    return [read_story(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def read_story(name: str, text: str) -> Story:
    """A story from its file."""
    head, *parts = _ARTICLE.split(text)
    expected: dict[tuple[str, str], str] = {}
    relations: list[tuple[str, str, str]] = []
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        if key == "expect":
            marked, what = value.split()
            expected[_kind(marked), f"{name}/{marked}"] = what
        elif key in RELATIONS:
            one, two = value.split(" > ")
            relations.append((f"{name}/{one}", RELATIONS[key], f"{name}/{two}"))
    articles: list[Article] = []
    marks: list[Mark] = []
    for key, day, credit, body in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True):
        closing = "" if credit == "-" else f" – {credit}"
        told, found = _article(name, f"{name}_{key}", f" date {day} {body.strip()}{closing}")
        articles.append(told)
        marks += found
    return Story(name, articles, marks, expected, relations)


def _kind(name: str) -> str:
    return "tally" if name.startswith("#") else "incident"


def _article(story: str, doc_id: str, marked: str) -> tuple[Article, list[Mark]]:
    text, last, marks = "", 0, []
    for found in MARK.finditer(marked):
        text += marked[last : found.start()]
        end = len(text) + len(found[1])
        marks.append(Mark(doc_id, len(text), end, _kind(found[2]), f"{story}/{found[2]}"))
        text, last = text + found[1], found.end()
    return read_text(doc_id, text + marked[last:]), marks


def read_text(doc_id: str, text: str) -> Article:
    """An article from its text, read as a file would be. Raises ValueError where it is none."""
    found = article(text.encode(), f"{doc_id}.txt")
    if isinstance(found, Rejection):
        raise ValueError(f"{doc_id}: {found.reason}")
    return found

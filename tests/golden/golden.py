"""The marked articles, and how well rows fall into the groups that the marks name."""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from pipeline.read.article import Article
from pipeline.read.header import read_header
from pipeline.read.layout import blocks

FOLDER = Path(__file__).parent
PARTS = ("articles", "second")
MARK = re.compile(r"\[([^\]]+)\]\((incident|tally):([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of an article's text report `name`, an incident or a tally."""

    doc_id: str
    start: int
    end: int
    kind: str
    name: str
    sentence_id: str = ""


Row = tuple[int, int, str, str]
"""Start, end, group and sentence of a row."""


def read(part: str = "articles") -> tuple[list[Article], list[Mark]]:
    """The articles of a part of the set without their marks, and the marks."""
    articles, marks = [], []
    for path in sorted((FOLDER / part).glob("*.txt")):
        text, last = "", 0
        marked = path.read_text(encoding="utf-8")
        for found in MARK.finditer(marked):
            text += marked[last : found.start()]
            marks.append(Mark(path.stem, len(text), len(text) + len(found[1]), found[2], found[3]))
            text, last = text + found[1], found.end()
        articles.append(_article(path.stem, text + marked[last:]))
    return articles, marks


def _article(doc_id: str, text: str) -> Article:
    header = read_header(text)
    parts, credit = blocks(text, header.start)
    return Article(
        doc_id=doc_id,
        path=f"{doc_id}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding="utf-8",
        text=text,
        published_on=header.day,
        title=next((text[b.start : b.end] for b in parts if b.kind == "heading"), None),
        credit=credit,
        body_start=parts[0].start,
        body_end=parts[-1].end,
        blocks=parts,
    )


def expected() -> dict[tuple[str, str], str]:
    """What the sources make of each marked incident and tally, by kind and name."""
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {(row["kind"], row["name"]): row["expected"] for row in csv.DictReader(file)}


def pairwise(marks: list[Mark], group_of: Mapping[Mark, str]) -> tuple[float, float, float]:
    """Precision, recall and F1, in percent, over pairs of marks; a mark without a group is joined with nothing."""
    named, joined = defaultdict(set), defaultdict(set)
    for mark in marks:
        named[mark.name].add(mark)
        if mark in group_of:
            joined[group_of[mark]].add(mark)

    def pairs(groups: Mapping[str, set[Mark]]) -> set[frozenset[Mark]]:
        return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}

    gold, found = pairs(named), pairs(joined)
    hits = len(gold & found)
    precision, recall = 100 * hits / max(1, len(found)), 100 * hits / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def group_of(marks: Iterable[Mark], rows: pd.DataFrame, key: str) -> dict[Mark, str]:
    """The group (column `key`) of the row at each mark: of those that overlap it, the one that covers most of it.

    A sentence may tell one event with several words. A mark that no row overlaps takes the nearest row of its sentence
    that overlaps no other mark.
    """
    marks = list(marks)
    by_article: dict[str, list[Row]] = defaultdict(list)
    for start, end, group, sentence_id, doc_id in rows[
        ["start", "end", key, "sentence_id", "doc_id"]
    ].itertuples(index=False, name=None):
        by_article[doc_id].append((start, end, group, sentence_id))
    out: dict[Mark, str] = {}
    free = {doc_id: list(found) for doc_id, found in by_article.items()}
    for mark in marks:
        found = [row for row in by_article[mark.doc_id] if row[0] < mark.end and mark.start < row[1]]
        if found:
            best = max(found, key=lambda row: (min(row[1], mark.end) - max(row[0], mark.start), -row[0]))
            out[mark] = best[2]
            free[mark.doc_id] = [row for row in free[mark.doc_id] if row not in found]
    for mark in marks:
        if mark not in out:
            near = [row for row in free.get(mark.doc_id, ()) if row[3] == mark.sentence_id]
            if near:
                out[mark] = min(near, key=lambda row: abs(row[0] - mark.start))[2]
    return out


def with_sentences(marks: Iterable[Mark], sentences: pd.DataFrame) -> list[Mark]:
    """The marks with the keys of the sentences that they stand in."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for start, end, key, doc_id in sentences[["start", "end", "sentence_id", "doc_id"]].itertuples(
        index=False, name=None
    ):
        by_article[doc_id].append((start, end, key, key))
    return [
        replace(
            mark,
            sentence_id=next((k for s, e, k, _ in by_article[mark.doc_id] if s <= mark.start < e), ""),
        )
        for mark in marks
    ]

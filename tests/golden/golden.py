"""The marked stories, and how well rows fall into the groups that the marks name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from pipeline.link.train.stories import Mark, Story, read_stories

FOLDER = Path(__file__).parent / "stories"
PARTS = ("view", "wire", "aside")

Row = tuple[int, int, str, str]
"""Start, end, group and sentence of a row."""


def read(part: str) -> list[Story]:
    """The stories of a part."""
    return read_stories(FOLDER / part)


def pairwise(
    marks: Iterable[Mark], group_of: Mapping[Mark, str], *, across: bool = True
) -> tuple[float, float, float]:
    """Precision, recall and F1, in percent, over pairs of marks, of different articles or (not `across`) of one.

    A mark without a group is joined with nothing.
    """
    named, joined = defaultdict(set), defaultdict(set)
    for mark in marks:
        named[mark.name].add(mark)
        if mark in group_of:
            joined[group_of[mark]].add(mark)

    def pairs(groups: Mapping[str, set[Mark]]) -> set[frozenset[Mark]]:
        return {
            frozenset(pair)
            for group in groups.values()
            for pair in combinations(group, 2)
            if (pair[0].doc_id != pair[1].doc_id) == across
        }

    gold, found = pairs(named), pairs(joined)
    hits = len(gold & found)
    precision, recall = 100 * hits / max(1, len(found)), 100 * hits / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def found_pairs(marks: Iterable[Mark], group_of: Mapping[Mark, str]) -> tuple[int, int]:
    """How many pairs of different articles have one name, and for how many of these both rows are there."""
    named = defaultdict(set)
    for mark in marks:
        named[mark.name].add(mark)
    pairs = [
        pair
        for group in named.values()
        for pair in combinations(group, 2)
        if pair[0].doc_id != pair[1].doc_id
    ]
    return len(pairs), sum(one in group_of and two in group_of for one, two in pairs)


def verdicts(
    stories: Iterable[Story], group_of: Mapping[Mark, str], made: Mapping[str, str], kind: str
) -> list[tuple[str, str, set[str]]]:
    """Name, expected and found verdicts of each incident or tally that a story says something of."""
    told = defaultdict(set)
    for mark, group in group_of.items():
        told[mark.name].add(made[group])
    return [
        (name, what, told[name])
        for story in stories
        for (k, name), what in story.expected.items()
        if k == kind
    ]


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

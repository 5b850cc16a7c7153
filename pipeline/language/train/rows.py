"""Texts with names, one JSON object a line: `w` words, `s` a digit a word (1: blank space follows), `e` [first word, word after the
last, label], `m` words of which it is not known whether they are part of a name."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.language.train.conllu import curly

Name = tuple[int, int, str]
"""First word, word after the last, label."""


@dataclass(slots=True)
class Row:
    """A text with its names."""

    words: list[str]
    spaces: list[bool]
    names: list[Name]
    unknown: list[int] = field(default_factory=list)


def read(path: Path) -> list[Row]:
    """The rows of a `.jsonl.gz` file."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            raw = json.loads(line)
            out.append(
                Row(
                    raw["w"],
                    [c == "1" for c in raw["s"]],
                    [(a, b, label) for a, b, label in raw["e"]],
                    raw["m"],
                )
            )
    return out


def training_rows(data: Path, name: str) -> list[Row]:
    """The rows as trained on: those of GMB are single sentences, so neighbours are joined, and half get typographic quotation marks."""
    rows = read(data / f"{name}.jsonl.gz")
    if name != "ner-gmb-train":
        return rows
    rng = Random(21)
    rows = list(_joined(rows, rng, 3, 5))
    for row in rows:
        if rng.random() < 0.5:
            row.words = curly(row.words, row.spaces)
    return rows


def _joined(rows: list[Row], rng: Random, low: int, high: int) -> Iterator[Row]:
    i = 0
    while i < len(rows):
        out = Row([], [], [])
        for row in rows[i : i + rng.randint(low, high)]:
            offset = len(out.words)
            out.words += row.words
            out.spaces += [*row.spaces[:-1], True]
            out.names += [(a + offset, b + offset, label) for a, b, label in row.names]
            out.unknown += [n + offset for n in row.unknown]
            i += 1
        yield out


def sentences(row: Row) -> Iterator[Row]:
    """The row cut after each full stop, question or exclamation mark outside a name."""
    start = 0
    for i, word in enumerate(row.words):
        final = word in ".?!" and not any(a < i + 1 < b for a, b, _ in row.names)
        if final or i + 1 == len(row.words):
            end = i + 1
            yield Row(
                row.words[start:end],
                row.spaces[start:end],
                [(a - start, b - start, label) for a, b, label in row.names if start <= a and b <= end],
                [n - start for n in row.unknown if start <= n < end],
            )
            start = end


def to_doc(vocab: Vocab, row: Row) -> Doc:
    """A document with names; words of unknown status are set as missing, so that training passes over them."""
    doc = Doc(vocab, words=row.words, spaces=[*row.spaces[:-1], False])
    doc.set_ents(
        [Span(doc, a, b, label=label) for a, b, label in row.names],
        missing=[Span(doc, n, n + 1) for n in row.unknown],
        default="outside",
    )
    return doc

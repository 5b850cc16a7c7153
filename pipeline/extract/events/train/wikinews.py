"""Marks on Wikinews articles (CC BY 2.5): texts are put together from the segments that AMALGUM holds of them.

`wikinews.jsonl.gz` holds the marks alone, made by hand for this purpose: for each article its document in AMALGUM's news
(`amalgum/news/rst/NAME.rs3`), its day, its sentences as ranges of segments by paragraph, and its events,
actors, quotes, figures and dates.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.extract.events.train import blocks

MARKS = Path(__file__).parent / "wikinews.jsonl.gz"
FOLDER = "amalgum"
"""The folder of AMALGUM's files, below that of the marked articles."""
OPENING, CLOSING = "\ue000", "\ue001"
"""What stands for a straight quotation mark while it is known which one it is."""
QUOTE: dict[str, Any] = {"speaker": None, "speaker_actor": None, "cue": None}
FIGURE: dict[str, Any] = {"value_high": None, "attribute": None, "counted_spans": [], "subject_spans": []}
"""What a quote and a figure have where their marks say nothing."""


def articles(folder: Path, marks: Path = MARKS) -> Iterator[dict[str, Any]]:
    """The marked articles whose segments are at hand, with the very words that were marked; `folder` holds `amalgum/` with `NAME.rs3` files."""
    for mark in blocks.marks(marks):
        path = folder / FOLDER / f"{mark['doc_id']}.rs3"
        if not path.exists():
            continue
        text = text_of(mark, segments(path))
        if fingerprint(text) != mark["fingerprint"]:
            continue
        yield {
            "doc_id": mark["doc_id"],
            "published_on": mark["published_on"],
            "text": text,
            "events": mark["events"],
            "actors": mark["actors"],
            "coreferent_events": mark["coreferent_events"],
            "quotes": [{**QUOTE, **quote} for quote in mark["quotes"]],
            "figures": [{**FIGURE, **figure} for figure in mark["figures"]],
            "dates": mark["dates"],
            "unmarked": [],
        }


def segments(path: Path) -> dict[int, str]:
    """The tokens of each segment of an rs3 file, parted by blanks."""
    found = ElementTree.parse(path).getroot().iter("segment")
    return {int(s.attrib["id"]): " ".join((s.text or "").split()) for s in found}


def text_of(mark: dict[str, Any], segments: dict[int, str]) -> str:
    """The article: its day, then its paragraphs, each a list of sentences, each a list of ranges "4-7" of segments."""
    paragraphs = [
        " ".join(plain([" ".join(segments[n] for n in numbers(sentence)) for sentence in paragraph]))
        for paragraph in mark["paragraphs"]
    ]
    return f" date {mark['published_on']} " + "\n\n".join(paragraphs)


def numbers(ranges: str) -> list[int]:
    """The segments of "4-7, 9"."""
    out: list[int] = []
    for part in ranges.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        out += range(int(first), int(last or first) + 1)
    return out


def fingerprint(text: str) -> str:
    """What a text is known by without being kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plain(sentences: Iterable[str]) -> list[str]:
    """The sentences of a paragraph, of which tokens parted by blanks are given: no blank before closing marks and behind opening ones."""
    opened = False
    out = []
    for sentence in sentences:
        tokens = sentence.split()
        for n, token in enumerate(tokens):
            if token == '"':
                opened = n == 0 or (not opened and n < len(tokens) - 1)
                tokens[n] = OPENING if opened else CLOSING
        text = f" {' '.join(tokens)} "
        text = re.sub(r" (n['’]t|['’](?:s|re|ve|ll|d|m|S))(?= )", r"\1", text)
        text = re.sub(r"(?<=s) '(?= [a-z])(?![^']* ' )", "'", text)
        for _ in range(2):  # marks behind one another
            text = re.sub(rf" ([,.;:?!%)\]}}”’{CLOSING}]+)(?=[ ”’{CLOSING}])", r"\1", text)
        text = re.sub(rf"([(\[{{$£€“‘{OPENING}]) ", r"\1", text)
        out.append(text.strip().replace(OPENING, '"').replace(CLOSING, '"'))
    return out

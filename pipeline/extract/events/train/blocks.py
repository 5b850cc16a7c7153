"""Marks on blocks of the open corpora that the language model learned from: texts are put together from those corpora again.

`marks.jsonl.gz` holds the marks alone, made by hand for this purpose: for each block its corpus, its first sentence, how many
there are, the events and, where they were marked too, the actors and quotes. Blocks are newswire of the Groningen Meaning Bank,
re3d's statements and articles, GUM's news, and EWT's weblogs and newsgroups.
"""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

MARKS = Path(__file__).parent / "marks.jsonl.gz"
FILLED: dict[str, Any] = {"mode": None, "date": None, "actor": [], "recipient": [], "also_accept": []}
"""What an event has where its mark says nothing."""


def blocks(folder: Path) -> Iterator[dict[str, Any]]:
    """The marked blocks; `folder` holds `language/` with the corpora."""
    for mark in marks(MARKS):
        text = "\n\n".join(_sentences(folder, mark["source"])[mark["first"] :][: mark["sentences"]])
        if len(text) != mark["length"]:
            raise ValueError(f"{mark['doc_id']}: {folder / 'language'} holds another text than was marked.")
        yield {
            "doc_id": mark["doc_id"],
            "published_on": None,
            "text": text,
            "events": mark["events"],
            "coreferent_events": mark["coreferent_events"],
            "actors": mark.get("actors", []),
            "quotes": mark.get("quotes", []),
        }


def marks(path: Path) -> Iterator[dict[str, Any]]:
    """The marks of a file, without their texts; events have what their marks leave out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            mark = json.loads(line)
            yield {**mark, "events": [{**FILLED, **event} for event in mark["events"]]}


@cache
def _sentences(folder: Path, source: str) -> list[str]:
    """The sentences of a corpus (`ner-...`), or of one document of a treebank (`treebank:document`)."""
    name, _, document = source.partition(":")
    if not document:
        with gzip.open(folder / "language" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            return [_joined(json.loads(line)) for line in file]
    with gzip.open(folder / "language" / f"{name}.conllu.gz", "rt", encoding="utf-8") as file:
        lines = iter(file.read().split(f"# newdoc id = {document}\n")[1].split("# newdoc id")[0].splitlines())
        return [line.removeprefix("# text =").strip() for line in lines if line.startswith("# text =")]


def _joined(sentence: dict[str, Any]) -> str:
    """Words with the blanks between them."""
    pairs = zip(sentence["w"], sentence["s"], strict=True)
    return "".join(word + (" " if blank == "1" else "") for word, blank in pairs).strip()

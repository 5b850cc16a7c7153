"""Treebanks in CoNLL-U: read, cut into texts, made into spaCy documents (gold tokens, several sentences each)."""

import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from spacy.tokens import Doc
from spacy.vocab import Vocab

_DROPPED_FEATURES = frozenset({"Typo", "Style", "Abbr", "ExtPos", "Foreign", "NumForm", "CorrectForm"})


@dataclass(slots=True)
class Word:
    """A syntactic word; `head` is an index into the sentence, the root's is its own."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space: bool = True
    misc: str = "_"


@dataclass(slots=True)
class Sentence:
    """A sentence and whether a document or paragraph starts with it."""

    words: list[Word] = field(default_factory=list)
    new_document: bool = False
    new_paragraph: bool = False


def read(path: Path) -> list[Sentence]:
    """The sentences of a `.conllu.gz` file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = re.split(r"\n\s*\n", file.read().strip("\n"))
    return [s for s in map(_sentence, blocks) if s.words]


def _sentence(block: str) -> Sentence:
    sentence = Sentence()
    rows: list[list[str]] = []
    multiword: list[tuple[int, int, bool]] = []
    for line in block.split("\n"):
        if line.startswith("#"):
            sentence.new_document |= line.startswith("# newdoc")
            sentence.new_paragraph |= line.startswith("# newpar") and not line.startswith("# newpar_block")
            continue
        columns = line.split("\t")
        if len(columns) != 10 or "." in columns[0]:
            continue
        if "-" in columns[0]:
            first, last = map(int, columns[0].split("-"))
            multiword.append((first, last, _space_after(columns)))
        else:
            rows.append(columns)
    # A multiword token's parts join to its surface in both treebanks: only the last one has the space.
    space = {int(row[0]): _space_after(row) for row in rows}
    for first, last, after in multiword:
        space.update(dict.fromkeys(range(first, last), False))
        space[last] = after
    sentence.words = [_word(row, n, space[n + 1]) for n, row in enumerate(rows)]
    return sentence


def _space_after(columns: list[str]) -> bool:
    return "SpaceAfter=No" not in columns[9]


def _word(row: list[str], n: int, space: bool) -> Word:
    feats = "|".join(f for f in row[5].split("|") if f != "_" and f.split("=")[0] not in _DROPPED_FEATURES)
    root = row[6] in ("0", "_")
    form = row[1].replace(" ", "")
    lemma = form if row[2] == "_" and form != "_" else row[2]
    return Word(
        form,
        lemma,
        row[3],
        row[4],
        feats,
        n if root else int(row[6]) - 1,
        "ROOT" if root else row[7],
        space,
        row[9],
    )


def documents(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Group sentences by document."""
    return _grouped(sentences, lambda s: s.new_document)


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Group sentences by paragraph."""
    return _grouped(sentences, lambda s: s.new_document or s.new_paragraph)


def _grouped(sentences: Iterable[Sentence], starts: Callable[[Sentence], bool]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and starts(sentence):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def chunks(document: Sequence[Sentence], rng: Random, low: int, high: int) -> Iterator[Sequence[Sentence]]:
    """Cut a document into pieces of `low` to `high` sentences."""
    i = 0
    while i < len(document):
        n = rng.randint(low, high)
        yield document[i : i + n]
        i += n


def curly(words: list[str], spaces: list[bool]) -> list[str]:
    """The words with straight quotation marks and apostrophes made typographic."""
    out: list[str] = []
    opened = False
    for i, word in enumerate(words):
        if word == '"':
            out.append("”" if opened else "“")
            opened = not opened
        elif word in ("''", "``"):
            out.append(word)
        elif word == "'":
            out.append("’" if i and not spaces[i - 1] else "‘")
        else:
            out.append(word.replace("'", "’"))
    return out


def to_doc(
    vocab: Vocab, sentences: Sequence[Sentence], rng: Random | None = None, curly_share: float = 0.0
) -> Doc:
    """One document of several sentences; with `rng`, a share of them gets typographic quotation marks."""
    flat = [word for sentence in sentences for word in sentence.words]
    heads: list[int] = []
    for sentence in sentences:
        offset = len(heads)
        heads.extend(word.head + offset for word in sentence.words)
    words = [word.form for word in flat]
    spaces = [word.space for word in flat]
    if spaces:
        spaces[-1] = False
    if rng is not None and rng.random() < curly_share:
        words = curly(words, spaces)
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=[word.xpos for word in flat],
        pos=[word.upos for word in flat],
        morphs=[word.feats for word in flat],
        lemmas=[word.lemma for word in flat],
        heads=heads,
        deps=[word.dep for word in flat],
    )

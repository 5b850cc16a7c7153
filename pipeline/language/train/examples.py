"""Documents of spaCy as examples of the network: pieces, shapes and the right classes of each head."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from pipeline.language.labels import NAMES, Labels, lemma_edit
from pipeline.language.pieces import Splitter
from pipeline.language.train import augment_names, augment_treebanks, rows

UNKNOWN = -100
"""The class of a word that a head is not trained on."""

SETS = ("none", "gum", "uner", "wikigold", "re3d", "btc", "wnut17", "gmb")
NAME_SETS = (
    "ner-uner-dev",
    "ner-wikigold-train",
    "ner-re3d-train",
    "ner-btc-train",
    "ner-wnut17-train",
    "ner-gmb-train",
)
"""GUM's names are trained on with its trees, and once more with other names in their place."""

WATCH_EVERY = 20
"""One text in so many of each set with names is held back: nothing is trained on it."""

MAX_LENGTH = 230
"""Pieces of an example."""

_MESSAGES = ("btc", "wnut17")
"""Short messages of the web: each pass takes one half of them."""

_MIN_EDITS, _MIN_FEATS = 3, 2
_WINDOWS = (30, 60, 110, 150)
_CAPITALS = 0.02

Classes = NDArray[np.int16]


@dataclass(slots=True)
class Example:
    """A text; `classes` has a row for each of upos, tags, feats, lemmas, starts, heads, relations, names, sentence number."""

    ids: Classes
    shapes: Classes
    first: Classes
    classes: Classes
    set: int
    tree: bool


ROWS = ("upos", "tags", "feats", "lemmas", "starts", "heads", "relations", "names", "sentence")


def labels_of(documents: Iterable[Doc]) -> Labels:
    """The label sets of gold treebanks; rare bundles of features and rare lemma edits are left out."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("upos", "tags", "feats", "lemmas", "relations")
    }
    for doc in documents:
        for token in doc:
            counts["upos"][token.pos_] += 1
            counts["tags"][token.tag_] += 1
            counts["feats"][str(token.morph)] += 1
            counts["lemmas"][lemma_edit(token.text, token.lemma_)] += 1
            counts["relations"][token.dep_] += 1
    least = {"feats": _MIN_FEATS, "lemmas": _MIN_EDITS}
    kept = {
        name: tuple(sorted(label for label, n in found.items() if n >= least.get(name, 1)))
        for name, found in counts.items()
    }
    return Labels(**kept, sets=SETS)


class Encoder:
    """Makes examples of documents."""

    def __init__(self, labels: Labels, splitter: Splitter, rng: Random) -> None:
        """`rng` decides which examples are put in capitals."""
        self.splitter, self.rng = splitter, rng
        self.number = {
            name: {label: i for i, label in enumerate(getattr(labels, name))}
            for name in ("upos", "tags", "feats", "lemmas", "relations", "sets")
        }
        self.names = {label: i for i, label in enumerate(NAMES)}

    def __call__(self, span: Doc | Span, set_: str, *, tree: bool) -> Example:
        """The example of a text or a part of it that cuts no sentence and no name."""
        tokens = list(span)
        capitals = self.rng.random() < _CAPITALS
        words = [token.text.upper() if capitals else token.text for token in tokens]
        pieces = self.splitter(words, [bool(token.whitespace_) for token in tokens])
        classes = np.full((len(ROWS), len(tokens)), UNKNOWN, dtype=np.int16)
        classes[7] = [self._name(token) for token in tokens]
        if tree:
            self._tree(tokens, classes)
        if capitals:
            classes[3] = UNKNOWN
        ids, shapes, first = (
            np.array(numbers, dtype=np.int16) for numbers in (pieces.ids, pieces.shapes, pieces.first)
        )
        return Example(ids, shapes, first, classes, self.number["sets"][set_], tree)

    def _name(self, token: Token) -> int:
        if token.ent_iob == 0:
            return UNKNOWN
        return 0 if token.ent_iob == 2 else self.names[f"{token.ent_iob_}-{token.ent_type_}"]

    def _tree(self, tokens: Sequence[Token], classes: Classes) -> None:
        start, sentence = tokens[0].i, -1
        for i, token in enumerate(tokens):
            sentence += bool(token.is_sent_start)
            number = self.number
            classes[:7, i] = (
                number["upos"][token.pos_],
                number["tags"][token.tag_],
                number["feats"].get(str(token.morph), UNKNOWN),
                number["lemmas"].get(lemma_edit(token.text, token.lemma_), UNKNOWN),
                UNKNOWN if i == 0 else bool(token.is_sent_start),
                0 if token.head.i == token.i else token.head.i - start + 1,
                number["relations"].get(token.dep_, UNKNOWN),
            )
            classes[8, i] = sentence


def tree_examples(encoder: Encoder, data: Path, seed: int) -> Iterator[Example]:
    """The treebanks rewritten once, GUM twice and with its names."""
    made: Counter[str] = Counter()
    for name, copy, set_ in (("ewt-train", 0, "none"), ("gum-train", 0, "gum"), ("gum-train", 1, "gum")):
        for doc in augment_treebanks.augmented(spacy.blank("en").vocab, data, name, seed + copy, made):
            for part in _cut(encoder, doc, list(doc.sents)):
                yield encoder(part, set_, tree=True)


def name_examples(encoder: Encoder, data: Path, seed: int) -> Iterator[Example]:
    """The texts with names, each cut into windows; of those of running text, one half with other names in their place."""
    rng = Random(seed)
    vocab = spacy.blank("en").vocab
    texts = {name: training_rows(data, name) for name in (*NAME_SETS, "ner-gum-train")}
    replacer = augment_names.Replacer([row for name in augment_names.SOURCES for row in texts[name]], rng)
    for name, found in texts.items():
        set_ = name.split("-")[1]
        for row in found:
            if set_ in _MESSAGES and rng.random() < 0.5:
                continue
            rewritten = name in augment_names.SOURCES and (name == "ner-gum-train" or rng.random() < 0.5)
            for part in _windows(row, rng):
                yield from _name_example(encoder, vocab, part, set_, rng, replacer if rewritten else None)


def _name_example(
    encoder: Encoder,
    vocab: Vocab,
    row: rows.Row,
    set_: str,
    rng: Random,
    replacer: augment_names.Replacer | None,
) -> Iterator[Example]:
    if replacer is not None:
        row = replacer.rewrite(row)
        row = replacer.with_dateline(row) if len(row.words) > 12 and rng.random() < 0.05 else row
    doc = rows.to_doc(vocab, row)
    for part in _cut(encoder, doc, _spans(doc, row)):
        yield encoder(part, set_, tree=False)
    sentence = rng.choice(list(rows.sentences(row)))
    heading = augment_names.heading(sentence, rng) if set_ not in _MESSAGES else None
    if heading is not None:
        yield encoder(rows.to_doc(vocab, heading), set_, tree=False)


def training_rows(data: Path, name: str) -> list[rows.Row]:
    """The texts of a set with names without those held back."""
    return [row for i, row in enumerate(rows.training_rows(data, name)) if i % WATCH_EVERY]


def _spans(doc: Doc, row: rows.Row) -> list[Span]:
    out, start = [], 0
    for sentence in rows.sentences(row):
        out.append(doc[start : start + len(sentence.words)])
        start += len(sentence.words)
    return out


def _windows(row: rows.Row, rng: Random) -> Iterator[rows.Row]:
    """Neighbouring sentences of a text, up to a length drawn anew for each window."""
    out, limit = rows.Row([], [], []), rng.choice(_WINDOWS)
    for sentence in rows.sentences(row):
        if out.words and len(out.words) + len(sentence.words) > limit:
            yield out
            out, limit = rows.Row([], [], []), rng.choice(_WINDOWS)
        offset = len(out.words)
        out.words += sentence.words
        out.spaces += sentence.spaces
        out.names += [(a + offset, b + offset, label) for a, b, label in sentence.names]
        out.unknown += [n + offset for n in sentence.unknown]
    if out.words:
        yield out


def _cut(encoder: Encoder, doc: Doc, sentences: list[Span]) -> Iterator[Span]:
    """Runs of whole sentences no longer than MAX_LENGTH pieces; a longer sentence is left out."""
    start, length = 0, 0
    for sentence in sentences:
        pieces = sum(len(encoder.splitter.word(token.text)) for token in sentence)
        if length + pieces > MAX_LENGTH:
            if sentence.start > start:
                yield doc[start : sentence.start]
            start, length = sentence.start, 0
        if pieces > MAX_LENGTH:
            start, length = sentence.end, 0
        else:
            length += pieces
    if start < len(doc):
        yield doc[start : len(doc)]

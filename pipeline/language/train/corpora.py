"""The data files as spaCy documents: gold treebanks and texts with names."""

from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.language.train import conllu, rows

TREEBANKS = ("ewt-train", "gum-train")


def treebanks(data: Path) -> Iterator[Doc]:
    """The gold training treebanks as they are."""
    vocab = spacy.blank("en").vocab
    for name in TREEBANKS:
        for document in conllu.documents(conllu.read(data / f"{name}.conllu.gz")):
            yield conllu.to_doc(vocab, document)


def paragraphs(vocab: Vocab, data: Path, name: str) -> list[Doc]:
    """A treebank, one document a paragraph."""
    return [conllu.to_doc(vocab, p) for p in conllu.paragraphs(conllu.read(data / f"{name}.conllu.gz"))]


def names(vocab: Vocab, data: Path, name: str) -> list[Doc]:
    """A set of texts with names."""
    return [rows.to_doc(vocab, row) for row in rows.training_rows(data, name)]

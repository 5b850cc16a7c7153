"""The data files as spaCy corpora: what is trained on, what the training is watched on, what is measured on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from pipeline.language.train import augment_names, augment_treebanks, conllu, rows

TREEBANKS = ("ewt-train", "gum-train")
NAMES = (
    "ner-gum-train",
    "ner-uner-dev",
    "ner-wikigold-train",
    "ner-re3d-train",
    "ner-btc-train",
    "ner-wnut17-train",
    "ner-gmb-train",
)
_TREE = ["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
_NAME = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "SENT_START"]


def write(data: Path, out: Path) -> Counter[str]:
    """Write the corpora for training and watching below `out`; returns what the augmentation made."""
    vocab = spacy.blank("en").vocab
    made: Counter[str] = Counter()
    for name, copy in (("ewt-train", 0), ("gum-train", 0), ("gum-train", 1)):
        documents = augment_treebanks.augmented(vocab, data, name, 100 + copy, made)
        _save(out / "train_parser" / f"{name}-{copy}.spacy", documents, _TREE)
    watched = [*_texts(vocab, data, "ewt-dev")][::3] + [*_texts(vocab, data, "gum-dev")][::2]
    _save(out / "dev_parser" / "dev.spacy", watched, _TREE)
    for folder, seed in (("train_names", 11), ("train_names_again", 12)):
        for name in NAMES:
            _save(out / folder / f"{name}.spacy", names(vocab, data, name), _NAME)
        _save(out / folder / "aug.spacy", augment_names.augmented(data, seed), _NAME)
    for name in ("ner-gum-dev", "ner-wikigold-test"):
        _save(out / "dev_names" / f"{name}.spacy", names(vocab, data, name), _NAME)
    return made


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


def _texts(vocab: Vocab, data: Path, name: str) -> Iterator[Doc]:
    """A treebank in texts of ten sentences."""
    for document in conllu.documents(conllu.read(data / f"{name}.conllu.gz")):
        for chunk in conllu.chunks(document, Random(13), 10, 10):
            yield conllu.to_doc(vocab, chunk)


def _save(path: Path, docs: Iterable[Doc], attrs: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(attrs=attrs, docs=docs, store_user_data=False).to_disk(path)

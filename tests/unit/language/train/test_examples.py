"""Examples for the network: right classes in the right places, sentences and names never cut."""

from random import Random

import pytest
import spacy
from spacy.tokens import Doc, Span

from pipeline.language.labels import NAMES
from pipeline.language.pieces import Pieces
from pipeline.language.train import examples
from pipeline.language.train.examples import ROWS, UNKNOWN, Encoder, labels_of
from pipeline.language.train.rows import Row


class Letters:
    """A piece a letter."""

    def word(self, word: str) -> tuple[int, ...]:
        return tuple(map(ord, word))

    def __call__(self, words, spaces):
        ids = [i for word in words for i in self.word(word)]
        first = [sum(map(len, words[:i])) for i in range(len(words))]
        return Pieces(ids, [0] * len(ids), first)


@pytest.fixture
def doc() -> Doc:
    words = ["Ana", "Duarte", "left", ".", "Banks", "closed", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        tags=["NNP", "NNP", "VBD", ".", "NNS", "VBD", "."],
        pos=["PROPN", "PROPN", "VERB", "PUNCT", "NOUN", "VERB", "PUNCT"],
        lemmas=["Ana", "Duarte", "leave", ".", "bank", "close", "."],
        morphs=["", "", "Tense=Past", "", "Number=Plur", "Tense=Past", ""],
        heads=[2, 0, 2, 2, 5, 5, 5],
        deps=["nsubj", "flat", "ROOT", "punct", "nsubj", "ROOT", "punct"],
    )
    doc.set_ents([Span(doc, 0, 2, label="PERSON")], default="outside")
    return doc


@pytest.fixture
def encoder(doc) -> Encoder:
    return Encoder(labels_of([doc] * 3), Letters(), Random(1))


def row_of(example, name: str) -> list[int]:
    return example.classes[ROWS.index(name)].tolist()


def test_classes_of_a_tree(doc, encoder):
    example = encoder(doc, "gum", tree=True)
    assert row_of(example, "heads") == [3, 1, 0, 3, 6, 0, 6]
    assert row_of(example, "starts") == [UNKNOWN, 0, 0, 0, 1, 0, 0]
    assert row_of(example, "sentence") == [0, 0, 0, 0, 1, 1, 1]
    assert [NAMES[i] for i in row_of(example, "names")][:3] == ["B-PERSON", "I-PERSON", "O"]
    assert UNKNOWN not in row_of(example, "lemmas")


def test_heads_of_a_part_count_from_its_start(doc, encoder):
    example = encoder(doc[4:7], "gum", tree=True)
    assert row_of(example, "heads") == [2, 0, 2]
    assert row_of(example, "sentence") == [0, 0, 0]


def test_text_with_names_alone_has_no_tree(doc, encoder):
    example = encoder(doc, "gmb", tree=False)
    assert set(row_of(example, "heads")) == set(row_of(example, "upos")) == {UNKNOWN}


def test_missing_names_are_unknown(doc, encoder):
    doc.set_ents([], missing=[doc[0:1]], default="outside")
    assert row_of(encoder(doc, "btc", tree=False), "names")[:2] == [UNKNOWN, 0]


def test_parts_end_with_sentences(doc, encoder, monkeypatch):
    monkeypatch.setattr(examples, "MAX_LENGTH", 16)
    parts = list(examples._cut(encoder, doc, list(doc.sents)))
    assert [part.text for part in parts] == ["Ana Duarte left .", "Banks closed ."]
    monkeypatch.setattr(examples, "MAX_LENGTH", 13)
    assert [part.text for part in examples._cut(encoder, doc, list(doc.sents))] == ["Banks closed ."]


def test_windows_keep_words_names_and_order():
    words = ["Ana", "left", ".", "Banks", "of", "Ghana", "closed", "."] * 30
    row = Row(words, [True] * len(words), [(5 + 8 * k, 6 + 8 * k, "LOC") for k in range(30)], [3])
    parts = list(examples._windows(row, Random(2)))
    assert [word for part in parts for word in part.words] == words
    assert sum(len(part.names) for part in parts) == 30
    assert all(part.words[a] == "Ghana" for part in parts for a, _, _ in part.names)
    assert parts[0].unknown == [3] and all(part.words[-1] == "." for part in parts)

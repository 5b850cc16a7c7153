"""The reader around a network that is made up: windows, sentences, blank tokens."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from pipeline.language import reader
from pipeline.language.labels import NAMES, Labels
from pipeline.language.network import Reading
from pipeline.language.pieces import SHAPES, Pieces, shape
from pipeline.language.reader import WordReader, sentence_starts, window_end

LABELS = Labels(("NOUN", "PUNCT"), ("NN", "."), ("",), ("l\t", "ls\t"), ("ROOT", "dep"), ("none",))


class OnePiece:
    """A piece a word: 1 for a stop, else 0."""

    def word(self, word: str) -> tuple[int, ...]:
        return (int(word == "."),)

    def __call__(self, words, spaces):
        ids = [i for word in words for i in self.word(word)]
        return Pieces(ids, [0] * len(ids), list(range(len(ids))))


class Chain:
    """Each word hangs below the one before it; a sentence starts behind each stop. Notes the length of each window."""

    def __init__(self) -> None:
        self.windows: list[int] = []

    def read(self, texts):
        return [self._read(pieces) for pieces in texts]

    def _read(self, pieces):
        n = len(pieces.ids)
        self.windows.append(n)
        stop = np.array(pieces.ids)
        starts = np.where(np.concatenate([[0], stop[:-1]]) > 0, 1.0, -1.0)
        arcs = np.zeros((n, n + 1))
        arcs[np.arange(n), np.arange(n)] = 9.0
        return Reading(
            vectors=np.full((n, reader.VECTOR), 1.0, dtype=np.float32),
            upos=np.stack([1.0 - stop, stop], 1),
            tags=np.stack([1.0 - stop, stop], 1),
            feats=np.zeros((n, 1)),
            lemmas=np.tile([1.0, 2.0], (n, 1)),
            starts=starts,
            names=np.tile(np.arange(len(NAMES), 0.0, -1.0), (n, 1)),
            below=arcs,
            above=np.eye(n + 1),
        )

    def relations(self, vectors, heads):
        return [np.zeros((len(one), 2), dtype=np.float32) for one in heads]


def read(text: str) -> tuple[Doc, list[int]]:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("encoder_reader")
    network = Chain()
    component.read = WordReader(LABELS, OnePiece(), network)
    return nlp(text), network.windows


def test_sentences_are_trees_of_their_own():
    doc, windows = read("Prices fall . Banks wait .")
    assert [s.text for s in doc.sents] == ["Prices fall .", "Banks wait ."]
    assert [(t.dep_, t.head.text) for t in doc[3:]] == [("ROOT", "Banks"), ("dep", "Banks"), ("dep", "wait")]
    assert [t.lemma_ for t in doc[:3]] == ["price", "fall", "."]
    assert windows == [6]


def test_blank_tokens_hang_on_a_word():
    doc, windows = read("  Prices fall .\n\nBanks wait .  ")
    assert [t.text for t in doc if t.is_space and (t.pos_, t.dep_) != ("SPACE", "dep")] == []
    assert [s.text for s in doc.sents] == ["  Prices fall .\n\n", "Banks wait .  "]
    assert windows == [6]
    assert doc.tensor.any(axis=1).tolist() == [not t.is_space for t in doc]


def test_long_text_is_cut_at_sentences():
    doc, windows = read("a b c d e f . " * 100)
    assert len(doc) == 700
    assert {len(s) for s in doc.sents} == {7}
    assert max(windows) <= reader.WINDOW_PIECES
    assert sum(windows) < 2 * len(doc)


def test_text_without_sentences_is_cut_anyway():
    doc, windows = read("a " * 1000)
    assert len(doc) == 1000
    assert sum(windows) == 1000


@pytest.mark.parametrize("text", ["", " ", "\n", "a", "."])
def test_small_texts(text):
    doc, _ = read(text)
    assert doc.text == text
    assert len(list(doc.sents)) == min(1, len(doc))
    assert doc.tensor.shape == (len(doc), reader.VECTOR)


def test_known_starts_are_kept():
    scores = np.array([1.0, 1.0, -1.0, 1.0], dtype=np.float32)
    assert sentence_starts(scores, [None, False, True, None]) == [0, 2, 3]
    assert sentence_starts(scores, [False, None, None, None]) == [0, 1, 3]


def test_window_ends_before_its_last_sentence():
    assert window_end([0, 10, 30], 40) == 30
    assert window_end([0, 3], 40) == 40
    assert window_end([0], 1) == 1


def test_shapes_are_told_apart():
    words = ["who", "WHO", "Who", "McCoy", "iPhone", "9th"]
    found = {shape(w, first=f, joined=j) for w in words for f in (True, False) for j in (True, False)}
    assert found == set(range(SHAPES))

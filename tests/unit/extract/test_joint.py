"""The network over whole articles: windows that cover a text, and shares for whatever text there is."""

import random

import numpy as np
import pytest

from pipeline.extract.events.lexicon import event_types
from pipeline.extract.joint import MODEL, ROLES, Labels, read_jointly
from pipeline.extract.joint.windows import BEFORE, MOST, windows
from pipeline.lexicon import table
from tests.unit.extract.conftest import Reader

TEXT = (
    "Rebels shelled the port of Dara on Monday, killing four soldiers.\n\nThe army said it would retaliate. "
    "Its spokesman, Colonel Adem Haddad, called the attack a crime."
)


def test_windows_decide_on_each_word_once() -> None:
    chance = random.Random(4)
    for _ in range(200):
        lengths = [chance.randint(1, 8) for _ in range(chance.randint(0, 900))]
        starts = sorted(chance.sample(range(len(lengths)), min(len(lengths), chance.randint(0, 60))))
        own = windows(lengths, starts)
        assert [i for w in own for i in range(w.own, w.end)] == list(range(len(lengths)))
        for w in own:
            assert w.start <= w.own < w.end
            assert sum(lengths[w.start : w.end]) <= MOST
            assert sum(lengths[w.start : w.own]) <= BEFORE


def test_windows_keep_sentences_whole_and_look_back() -> None:
    lengths = [1] * 400
    first, second = windows(lengths, [100, 200, 300, 350])
    assert (first.start, first.own, first.end) == (0, 0, 300)
    assert (second.start, second.own, second.end) == (
        300,
        300,
        400,
    )  # the sentence before is longer than BEFORE
    first, second = windows(lengths, [150, 250, 300, 360])
    assert (second.start, second.own, second.end) == (250, 300, 400)


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    own = windows([2] * 1000, [0])
    assert len(own) >= 2000 / MOST
    assert own[-1].end == 1000


def test_labels_are_those_of_the_tables() -> None:
    labels = Labels.load(MODEL / "labels.json")
    assert set(labels.types) == set(event_types())
    assert set(labels.statuses) == {r["value"] for r in table("vocabularies") if r["vocabulary"] == "status"}


def test_shares_sum_to_one(parsed: Reader) -> None:
    read = parsed(TEXT)
    for shares in (read.joint.event, read.joint.status):
        assert np.allclose(shares.sum(axis=1), 1, atol=1e-4)
    tokens = [token.i for token in read.doc if not token.is_space]
    pointed = read.joint.points(tokens[1])
    assert pointed.shares.shape == (len(ROLES), 1 + len(pointed.tokens))
    assert np.allclose(pointed.shares.sum(axis=1), 1, atol=1e-4)
    assert set(pointed.tokens.tolist()) == set(tokens)


def test_points_from_a_blow_at_who_struck_and_whom(parsed: Reader) -> None:
    read = parsed(TEXT)
    words = {token.text: token.i for token in read.doc}
    pointed = read.joint.points(words["shelled"])
    best = [int(pointed.tokens[share[1:].argmax()]) for share in pointed.shares]
    assert best[0] == words["Rebels"]
    assert best[1] in (words["port"], words["Dara"])
    row = read.joint.event[read.joint.rows([words["shelled"]])][0]
    assert read.joint.labels.types[int(row[1:].argmax())] == "ASSAULT"
    assert row[0] < 0.5


def test_the_same_text_is_read_the_same(parsed: Reader) -> None:
    read = parsed(TEXT)
    again = read_jointly(read.doc, [s.span.start for s in read.sentences])
    assert (again.event == read.joint.event).all()


@pytest.mark.parametrize("text", ["", " ", "x", "?" * 3000, "a" * 5000, "12 " * 900, "\u200b \u2028"])
def test_any_text_is_read(parsed: Reader, text: str) -> None:
    read = parsed(text)
    words = [token for token in read.doc if not token.is_space]
    assert len(read.joint.event) == len(words)

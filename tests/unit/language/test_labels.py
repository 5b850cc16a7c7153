"""Lemmas as edits, and label sets that go to a file and back."""

import pytest

from pipeline.language.labels import Labels, apply_edit, lemma_edit


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("ran", "run"),
        ("went", "go"),
        ("The", "the"),
        ("Ghana", "Ghana"),
        ("Bonds", "bond"),
        ("n't", "not"),
        ("’s", "'s"),
        ("BBC", "BBC"),
        ("->", "->"),
    ],
)
def test_edit_makes_the_lemma(form, lemma):
    assert apply_edit(form, lemma_edit(form, lemma)) == lemma


def test_edit_of_one_word_fits_another():
    assert apply_edit("Stopped", lemma_edit("dropped", "drop")) == "stop"
    assert apply_edit("singing", lemma_edit("dropped", "drop")) is None


def test_edit_that_leaves_nothing_is_none():
    assert apply_edit("s", "ls\t") is None


def test_file(tmp_path):
    labels = Labels(("NOUN",), ("NN",), ("",), ("l\t", "ls\t"), ("ROOT", "nsubj"), ("none",))
    labels.save(tmp_path / "labels.json")
    assert Labels.load(tmp_path / "labels.json") == labels

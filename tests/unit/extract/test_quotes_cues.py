"""The lexicon of cues."""

import pytest

from pipeline import lexicon
from pipeline.extract.quotes import cues

FRAMES = {
    "quotation",
    "clause",
    "infinitive",
    "gerund",
    "object",
    "as",
    "small",
    "preposition",
    "addressee",
    "recipient",
    "figure",
}


def test_every_row_is_whole() -> None:
    rows = lexicon.table("attribution_cues")
    assert len({(r["lemma"], r["pos"]) for r in rows}) == len(rows)
    for row in rows:
        assert row["source"], row
        assert set(row["frames"].split()) <= FRAMES, row
        assert row["frames"], row


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("says", "say"),
        ("told", "tell"),
        ("vowing", "vow"),
        ("denies", "deny"),
        ("insisted", "insist"),
    ],
)
def test_forms_are_looked_up(form: str, lemma: str) -> None:
    cue = cues.verb_cue(form)
    assert cue is not None
    assert cue.lemma == lemma


def test_acts_are_no_cues() -> None:
    assert cues.verb_cue("walked") is None
    assert cues.noun_cue("table") is None

"""A sample of `benchmarks/hostile.py`: no text makes an extractor fail."""

from benchmarks.hostile import KINDS, failures, texts
from pipeline.language import load


def test_no_text_makes_an_extractor_fail() -> None:
    nlp = load()
    found = {(kind, text): failures((kind, text), nlp) for kind, text in texts(6 * len(KINDS), seed=7)}
    assert len(found) > 5 * len(KINDS)
    assert {key: wrong for key, wrong in found.items() if wrong} == {}

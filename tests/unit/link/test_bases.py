import numpy as np
import pytest

from pipeline.link import bases
from pipeline.link.bases import joined_why
from pipeline.link.candidates import Pairs


@pytest.mark.parametrize("at_once", [1, 7])
def test_joins_are_as_sure_however_many_pairs_are_looked_at_at_a_time(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick = np.random.default_rng(3)
    article = np.sort(pick.integers(0, 20, 60))
    group = np.arange(60) - np.arange(60) % pick.integers(1, 6, 60)
    left, right = np.triu_indices(60, 1)
    score = pick.integers(-8, 9, len(left)).astype(np.float32) / 4
    why = pick.integers(0, 1 << 12, len(left)).astype(np.uint16)
    pairs = Pairs(left.astype(np.int32), right.astype(np.int32), np.ones(len(left), np.int16), score, why)
    found = joined_why(pairs, group, article)
    assert len({told["confidence"] for told in found.values()}) > 3
    monkeypatch.setattr(bases, "AT_ONCE", at_once)
    assert joined_why(pairs, group, article) == found

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link import stored
from pipeline.link.candidates import Pairs, no_pairs
from pipeline.link.clusters import Groups, groups
from pipeline.link.stored import Stored, connected, that_matter


def some_pairs(pick: np.random.Generator, n: int) -> Pairs:
    left, right = np.nonzero(np.triu(pick.random((n, n)) < 0.4, 1))
    score = np.rint(pick.normal(-0.4, 1, len(left)) * 8) / 8
    counts = np.ones(len(left), dtype=np.int16)
    told = (left.astype(np.int32), right.astype(np.int32), counts, score.astype(np.float32))
    return Pairs(*told, np.zeros(len(left), dtype=np.uint16))


def put_down(pairs: Pairs, at_once: int) -> Stored:
    found = Stored(no_pairs())
    for begin in range(0, len(pairs), at_once):
        some = np.zeros(len(pairs), dtype=np.bool_)
        some[begin : begin + at_once] = True
        found.add(pairs.taken(some))
    return found


@pytest.mark.parametrize("in_memory", [1, stored.IN_MEMORY])
def test_pairs_on_disk_are_read_as_they_were_put_down(
    in_memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "IN_MEMORY", in_memory)
    pairs = some_pairs(np.random.default_rng(1), 12)
    there = put_down(pairs, 5)
    for _ in range(2):
        assert np.concatenate([some.left for some in there]).tolist() == pairs.left.tolist()
        assert np.concatenate([some.score for some in there]).tolist() == pairs.score.tolist()
    score = there.columns()["score"]
    read = np.frombuffer(b"".join(score.blocks()), dtype=score.dtype)
    assert read.tolist() == pairs.score.tolist() and len(read) == score.size
    there.close()


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_pairs_that_are_left_out_decide_on_no_group(seed: int) -> None:
    pick, n = np.random.default_rng(seed), 14
    pairs = some_pairs(pick, n)
    matter = that_matter(put_down(pairs, 7), n, lambda some: np.zeros(len(some), dtype=np.bool_))
    alone = Groups(np.arange(n), np.full(n, -1))
    found = [groups(some, alone, np.ones(n, dtype=np.bool_)).first_rows() for some in (pairs, matter)]
    assert found[0].tolist() == found[1].tolist()
    assert set(zip(matter.left, matter.right, strict=True)) >= set(
        zip(pairs.left[pairs.score > 0], pairs.right[pairs.score > 0], strict=True)
    )


def test_pairs_that_tell_something_are_handed_on() -> None:
    pairs = some_pairs(np.random.default_rng(2), 10)
    low = Pairs(pairs.left, pairs.right, pairs.count, np.where(pairs.score > 0, -1, pairs.score), pairs.why)
    assert len(that_matter(put_down(low, 50), 10, lambda some: np.zeros(len(some), dtype=np.bool_))) == 0
    found = that_matter(put_down(low, 50), 10, lambda some: some.score < -1)
    assert found.score.tolist() == [score for score in low.score.tolist() if score < -1] != []


def test_rows_are_connected_by_whatever_way() -> None:
    edges = [(np.array([0, 4]), np.array([2, 5])), (np.array([2]), np.array([3]))]
    found = connected(edges, 6).tolist()
    assert found[0] == found[2] == found[3] != found[4] == found[5]
    assert len(set(found)) == 3
    assert connected([], 2).tolist() == [0, 1]

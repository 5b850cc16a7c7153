import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link import stored
from pipeline.link.candidates import Pairs, no_pairs
from pipeline.link.clusters import Groups, groups, groups_of_all
from pipeline.link.stored import Stored, by_right, connected, near_rows, that_tell
from tests.unit.link.looked_up import compared


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
def test_groups_of_all_rows_from_disk_are_those_of_all_pairs_at_once(seed: int) -> None:
    pick, n = np.random.default_rng(seed), 14
    pairs, least = some_pairs(pick, n), pick.choice([-0.5, 0.0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored, "AT_ONCE", 9)
        near = near_rows(put_down(pairs, 7), n)
    alone = Groups(np.arange(n), np.full(n, -1))
    whole = groups(compared(n, pairs), alone, np.ones(n, dtype=np.bool_), (), least)
    found = groups_of_all(near, n, least)
    assert found.joined.tolist() == whole.joined.tolist() and found.chosen.tolist() == whole.chosen.tolist()
    both = {(row, other) for some in near for row, other in zip(some.row, some.other, strict=True)}
    up = pairs.score > 0
    assert both >= set(zip(pairs.left[up], pairs.right[up], strict=True))
    assert both == {(other, row) for row, other in both}


def test_all_pairs_of_a_row_lie_together_and_few_are_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs, n = some_pairs(np.random.default_rng(3), 90), 90
    monkeypatch.setattr(stored, "AT_ONCE", 100)
    parts = list(near_rows(put_down(pairs, 200), n))
    rows = [set(some.row.tolist()) for some in parts]
    assert sum(map(len, rows)) == len(set().union(*rows)) == n
    assert sum(len(some.row) for some in parts) == 2 * len(pairs) > 20 * 100
    most = np.bincount(np.concatenate([pairs.left, pairs.right])).max()
    assert max(len(some.row) for some in parts) <= 100 + most
    assert all((np.diff(some.row) >= 0).all() for some in parts)


def test_pairs_are_told_in_order_of_their_later_row(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs, n = some_pairs(np.random.default_rng(4), 40), 40
    monkeypatch.setattr(stored, "AT_ONCE", 50)
    parts = [some.places for some in by_right(put_down(pairs, 90), np.bincount(pairs.right, minlength=n))]
    assert len(parts) > 3
    assert np.concatenate(parts).tolist() == np.argsort(pairs.right, kind="stable").tolist()


def test_pairs_that_tell_something_are_handed_on() -> None:
    pairs = some_pairs(np.random.default_rng(2), 10)
    low = Pairs(pairs.left, pairs.right, pairs.count, np.where(pairs.score > 0, -1, pairs.score), pairs.why)
    assert len(that_tell(put_down(low, 50), lambda some: np.zeros(len(some), dtype=np.bool_))) == 0
    found = that_tell(put_down(low, 50), lambda some: some.score < -1)
    assert found.score.tolist() == [score for score in low.score.tolist() if score < -1] != []
    up = that_tell(put_down(pairs, 7), lambda some: np.zeros(len(some), dtype=np.bool_))
    assert up.score.tolist() == [score for score in pairs.score.tolist() if score > 0] != []


def test_rows_are_connected_by_whatever_way() -> None:
    edges = [(np.array([0, 4]), np.array([2, 5])), (np.array([2]), np.array([3]))]
    found = connected(edges, 6).tolist()
    assert found[0] == found[2] == found[3] != found[4] == found[5]
    assert len(set(found)) == 3
    assert connected([], 2).tolist() == [0, 1]

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link import candidates
from pipeline.link.candidates import (
    ARTICLES,
    MOST_TOLD,
    REACH,
    STORY,
    Entries,
    Pairs,
    in_order,
    no_entries,
    sorted_entries,
)


def entries(rows: list[int], keys: list[int], days: list[int]) -> Entries:
    return Entries.of(np.array(keys, dtype=np.uint64), np.array(rows, dtype=np.int64), np.array(days))


def near(found: Entries, n: int) -> list[tuple[int, int]]:
    return [divmod(pair, n) for pair in found.neighbours(n, np.arange(n))[0].tolist()]


def test_rows_that_share_a_key_are_compared_with_the_nearest_in_time() -> None:
    n = 50
    found = near(entries(list(range(n)), [7] * n, list(range(n))[::-1]), n)
    assert found == [(i, j) for i in range(n) for j in range(i + 1, min(n, i + REACH + 1))]


def test_rows_without_a_common_key_are_not_compared_and_no_pair_comes_twice() -> None:
    found = entries([0, 1, 2, 0, 1], [7, 7, 8, 9, 9], [0, 0, 0])
    assert near(found, 3) == [(0, 1)]
    assert found.neighbours(3, np.arange(3))[1].tolist() == [2]


def test_under_the_key_of_a_story_all_rows_of_near_articles_are_compared() -> None:
    article = np.repeat(np.arange(ARTICLES + 2), 3)
    n = len(article)
    found = entries(list(range(n)), [int(STORY) + 7] * n, [0] * n).neighbours(n, article)[0]
    pairs = [divmod(pair, n) for pair in found.tolist()]
    assert pairs == [(i, j) for i in range(n) for j in range(i + 1, n) if article[j] - article[i] <= ARTICLES]


def test_of_an_article_that_tells_very_much_only_the_first_rows_are_compared() -> None:
    article = np.array([0] * 60 + [1] * 2)
    n = len(article)
    found = entries(list(range(n)), [int(STORY)] * n, [0] * n).neighbours(n, article)[0]
    assert {row for pair in found.tolist() for row in divmod(pair, n)} == {*range(MOST_TOLD), 60, 61}


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_neighbours_in_parts_are_those_of_all_at_once(seed: int) -> None:
    pick = np.random.default_rng(seed)
    n, many = 40, 300
    high = np.array([0, 1 << 61, 1 << 62, STORY, int(STORY) | 1 << 62], dtype=np.uint64)
    keys = pick.integers(0, 6, many).astype(np.uint64) | pick.choice(high, many)
    rows = pick.integers(0, n, many).astype(np.uint64)
    told = np.unique(np.stack([keys, rows], axis=1), axis=0)
    days = pick.integers(0, 9, n)
    found = entries(told[:, 1].tolist(), told[:, 0].tolist(), days.tolist())
    article = np.repeat(np.arange(n // 4), 4)
    whole = found.neighbours(n, article)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(candidates, "AT_ONCE", 50)
        changed.setattr(candidates, "BLOCK", 7)
        in_parts = found.neighbours(n, article)
        changed.setattr(candidates, "ROWS_A_PART", 8)
        order = pick.permutation(len(told))
        some = ((told[at, 0], told[at, 1].astype(np.int32)) for at in np.array_split(order, 4))
        ranges = list(sorted_entries(some, days, n))
        by_ranges = [np.concatenate(side) for side in zip(*in_order(ranges, n, article), strict=True)]
    assert [side.tolist() for side in in_parts] == [side.tolist() for side in whole]
    assert [side.tolist() for side in by_ranges] == [side.tolist() for side in whole]
    for name in ("keys", "rows"):
        assert (
            np.concatenate([getattr(one, name) for one in ranges]).tolist() == getattr(found, name).tolist()
        )


def test_entries_of_other_keys_are_joined_in_order() -> None:
    one, two = entries([0, 1], [3, 9], [0, 0]), entries([2, 0], [5, 5], [0, 0, 0])
    joined = one.joined(two)
    assert joined.keys.tolist() == [3, 5, 5, 9]
    assert joined.rows.tolist() == [0, 0, 2, 1]
    assert joined.renumbered(np.array([-1, 4, 5])).rows.tolist() == [5, 4]
    assert len(no_entries().neighbours(0, np.arange(0))[0]) == 0


def test_pairs_of_two_kinds_are_joined_in_order_the_later_kind_first() -> None:
    one, two = (Pairs.of(np.array(told), 9, np.array([1, n])) for told, n in (([1, 20], 1), ([10, 20], 2)))
    whole = one.joined(two)
    assert (whole.left.astype(int) * 9 + whole.right).tolist() == [1, 10, 20]
    assert whole.count.tolist() == [1, 1, 2]
    assert whole.without(np.array([1, 7]), np.array([1, 1]), 9).count.tolist() == [1, 2]


def test_rows_that_are_gone_take_their_pairs_with_them() -> None:
    left, right = np.array([0, 0, 1], dtype=np.int32), np.array([1, 2, 2], dtype=np.int32)
    pairs = Pairs(
        left,
        right,
        np.ones(3, dtype=np.int16),
        np.array([0.5, -0.5, 0.25], dtype=np.float32),
        np.zeros(3, dtype=np.uint16),
    )
    stay = pairs.renumbered(np.array([3, -1, 5]))
    assert (stay.left.tolist(), stay.right.tolist(), stay.score.tolist()) == ([3], [5], [-0.5])

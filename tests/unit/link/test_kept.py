"""Keys and pairs from run to run, looked up and never read whole."""

from random import Random

import numpy as np
import pytest

from pipeline.link.candidates import Entries, Pairs
from pipeline.link.kept import Base, Lookup, Since, based_on, no_since, outgrown

Told = dict[tuple[int, int], int]
"""By pair of rows under how many keys they are near each other."""


def score(left: int, right: int) -> float:
    return (left * 7 + right * 3) % 5 / 4


def pairs(told: Told) -> Pairs:
    both = np.array(sorted(told), dtype=np.int64).reshape(-1, 2)
    found = Pairs.of(both[:, 0] * 100 + both[:, 1], 100, np.array([told[pair] for pair in sorted(told)]))
    scores = np.array([score(*pair) for pair in sorted(told)], dtype=np.float32)
    return Pairs(found.left, found.right, found.count, scores, found.why)


def entries(rows: list[int], keys: list[int]) -> Entries:
    return Entries.of(
        np.array(keys, dtype=np.uint64), np.array(rows, dtype=np.int64), np.zeros(100, dtype=np.int64)
    )


def lookup(base: Base, since: Since, slots: list[int]) -> Lookup:
    none = np.zeros(len(slots), dtype=np.int64)
    return Lookup(base, since, np.array(slots), none, none)


def near(found: Lookup, row: int) -> dict[int, float]:
    own, other, scores = found.near(np.array([row]))
    assert (own == 0).all() and len(set(other.tolist())) == len(other)
    return dict(zip(other.tolist(), scores.tolist(), strict=True))


def test_a_row_that_came_in_between_moves_all_behind_it_and_nothing_that_is_kept() -> None:
    base = based_on(entries([0, 1, 2], [5, 5, 9]), pairs({(0, 1): 2, (1, 2): 1}), 3)
    found = lookup(base, no_since(), [0, 3, 1, 2])  # row 1 is new
    assert (near(found, 0), near(found, 3)) == ({2: score(0, 1)}, {2: score(1, 2)})
    assert near(found, 2) == {0: score(0, 1), 3: score(1, 2)}
    assert near(found, 1) == {}
    told = found.entries(np.array([5, 7], dtype=np.uint64))
    assert (told.keys.tolist(), told.rows.tolist()) == ([5, 5], [0, 2])
    assert found.keys_of(np.array([3])).tolist() == [9]


def test_what_is_gone_is_not_found() -> None:
    base = based_on(entries([0, 1], [5, 5]), pairs({(0, 1): 2, (1, 2): 1}), 3)
    found = lookup(base, no_since(), [0, 2])
    assert (near(found, 0), near(found, 1)) == ({}, {})
    assert found.entries(np.array([5], dtype=np.uint64)).rows.tolist() == [0]


@pytest.mark.parametrize("seed", range(5))
def test_pairs_follow_the_changes_of_their_keys(seed: int) -> None:
    pick, n = Random(seed), 12
    every = [(one, two) for one in range(n) for two in range(one + 1, n)]
    told: Told = {pair: pick.choice([1, 2]) for pair in every if pick.random() < 0.3}
    base, since = based_on(entries([], []), pairs(told), n), no_since()
    compared: list[tuple[int, int]] = []

    def compare(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        some = [*zip(left.tolist(), right.tolist(), strict=True)]
        compared.extend(some)
        return np.array([score(*pair) for pair in some]), np.zeros(len(some), dtype=np.uint16)

    for _ in range(6):
        changes = {pair: pick.choice([-told.get(pair, 0), 1]) for pair in sorted(pick.sample(every, 8))}
        changes = {pair: by for pair, by in changes.items() if by}
        both = np.array([*changes], dtype=np.int64).reshape(-1, 2)
        compared.clear()
        found = lookup(base, since, [*range(n)]).changed(
            both[:, 0], both[:, 1], np.array([*changes.values()]), compare
        )
        came = [pair for pair in changes if pair not in told]
        told = {pair: told.get(pair, 0) + changes.get(pair, 0) for pair in {*told, *changes}}
        gone = [pair for pair, number in told.items() if not number]
        told = {pair: number for pair, number in told.items() if number}
        assert compared == came == [*zip(found.came.left.tolist(), found.came.right.tolist(), strict=True)]
        assert sorted(zip(*(side.tolist() for side in found.went), strict=True)) == sorted(gone)
        since = found.since
        now = lookup(base, since, [*range(n)])
        for row in range(n):
            expected = {sum(pair) - row: score(*pair) for pair in told if row in pair}
            assert near(now, row) == expected
        whole = now.whole(np.zeros(n, dtype=np.int64)).pairs
        assert {
            (one, two): k
            for one, two, k in zip(
                *(getattr(whole, name).tolist() for name in ("left", "right", "count")), strict=True
            )
        } == told


def test_all_is_written_anew_once_much_of_it_changed() -> None:
    base = based_on(entries([], []), pairs(dict.fromkeys([(0, n) for n in range(1, 17)], 1)), 17)
    few = pairs({(0, 17): 1, (0, 18): 1})
    assert not outgrown(base, Since(entries([], []), few, np.array([], dtype=np.int64)))
    assert outgrown(base, Since(entries([], []), few, np.array([3])))

from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from pipeline.link.candidates import Pairs
from pipeline.link.clusters import BEST_COUNTS, UNKNOWN, _chosen, connected, groups, rows_of_groups
from tests.unit.link.looked_up import compared

Scores = dict[tuple[int, int], float]


def pairs(scores: Scores) -> Pairs:
    both = np.array(sorted(scores), dtype=np.int32).reshape(-1, 2)
    found = np.array([scores[pair] for pair in sorted(scores)], dtype=np.float32)
    return Pairs(
        both[:, 0],
        both[:, 1],
        np.ones(len(both), dtype=np.int16),
        found,
        np.zeros(len(both), dtype=np.uint16),
    )


def alone(n: int, scores: Scores) -> list[int]:
    """The groups of rows that are all new."""
    rows = np.arange(n)
    return groups(compared(n, pairs(scores)), rows, rows).tolist()


def grouped(n: int, scores: Scores) -> list[list[int]]:
    return [rows.tolist() for _, rows in rows_of_groups(np.array(alone(n, scores)))]


def test_without_pairs_every_row_stands_alone() -> None:
    assert grouped(3, {}) == [[0], [1], [2]]


def test_pairs_above_zero_join_and_others_do_not() -> None:
    assert grouped(5, {(0, 1): 0.5, (2, 3): -0.125, (3, 4): 0.25}) == [[0, 1], [2], [3, 4]]


def test_a_chain_breaks_where_its_ends_have_nothing_in_common() -> None:
    assert grouped(3, {(0, 1): 0.875, (1, 2): 0.25, (0, 2): -0.875}) == [[0, 1], [2]]


def test_of_two_groups_that_fit_the_one_with_the_best_pair_is_taken() -> None:
    assert grouped(3, {(0, 2): 0.125, (1, 2): 0.5}) == [[0], [1, 2]]
    assert grouped(3, {(0, 1): -0.875, (0, 2): 0.5, (1, 2): 0.5}) == [[0, 2], [1]]


def test_what_fits_best_is_joined_first_wherever_it_stands() -> None:
    weak = {(0, 1): 0.125, (0, 2): 0.5, (1, 2): -0.375}
    assert grouped(3, weak) == [[0, 2], [1]]
    scores = {(0, 1): 0.25, (1, 2): 0.5, (2, 3): 0.375, (0, 2): -2.0, (0, 3): -2.0}
    assert grouped(4, scores) == [[0], [1, 2, 3]]


def test_two_groups_are_one_where_their_pairs_say_so_together() -> None:
    two = {(0, 1): 1.0, (2, 3): 1.0}
    assert grouped(4, two | {(0, 2): 0.5, (1, 3): 0.5, (0, 3): -0.25, (1, 2): -0.25}) == [[0, 1, 2, 3]]
    assert grouped(4, two | {(0, 2): 0.5, (1, 3): -0.5, (0, 3): -0.5, (1, 2): -0.25}) == [[0, 1], [2, 3]]


def test_a_pair_that_was_not_compared_counts_a_little_against() -> None:
    assert grouped(3, {(0, 1): 0.5, (1, 2): 0.125}) == [[0, 1], [2]]
    assert grouped(3, {(0, 1): 0.5, (1, 2): 0.5}) == [[0, 1, 2]]


def test_what_can_never_be_one_is_kept_apart_by_whatever_group() -> None:
    sure = dict.fromkeys(combinations(range(5), 2), 2.0)
    assert grouped(5, sure | {(0, 4): -64.0}) in ([[0, 1, 2, 3], [4]], [[0], [1, 2, 3, 4]])


def joined_one_by_one(n: int, scores: Scores) -> list[int]:
    """The same said plainly: of all two groups the two that fit best are joined, all looked at again each time."""
    held = [[row] for row in range(n)]
    while True:
        fits = []
        for one, two in combinations(sorted(held), 2):
            between = [
                scores[min(pair), max(pair)] for pair in product(one, two) if (min(pair), max(pair)) in scores
            ]
            if between and max(between) > 0:
                mean = sum(between) / len(between)
                unknown = min(len(one) * len(two) - len(between), len(between)) if mean > UNKNOWN else 0
                mean = (sum(between) + UNKNOWN * unknown) / (len(between) + unknown)
                fits.append((-(1 - BEST_COUNTS) * mean - BEST_COUNTS * max(between), one, two))
        if not fits or min(fits)[0] >= 0:
            return [min(group) for row in range(n) for group in held if row in group]
        _, one, two = min(fits)
        held = [group for group in held if group not in (one, two)] + [sorted(one + two)]


def test_many_that_fit_alike_are_joined_at_once() -> None:
    chosen = _chosen(*np.triu_indices(64, 1), np.ones(64 * 63 // 2), np.arange(64))
    assert [side.tolist() for side in chosen] == [list(range(0, 64, 2)), list(range(1, 64, 2))]


@pytest.mark.parametrize("density", [0.2, 0.5, 0.9])
def test_groups_are_those_that_the_plain_way_finds(density: float) -> None:
    pick = Random(3)
    for _ in range(80):
        every = combinations(range(11), 2)
        scores = {pair: pick.randrange(-900, 1200) / 1024 for pair in every if pick.random() < density}
        assert alone(11, scores) == joined_one_by_one(11, scores)


@pytest.mark.parametrize(("n", "density"), [(60, 0.03), (16, 0.2), (16, 0.4), (16, 0.7)])
def test_groups_are_the_same_when_only_changed_rows_are_looked_at(n: int, density: float) -> None:
    """A pair or two get another score, come or go; sometimes a row loses all its pairs, as if it were new."""
    pick = Random(5)
    for _ in range(250):
        every = list(combinations(range(n), 2))
        before = {pair: pick.randrange(-3, 7) / 8 for pair in every if pick.random() < density}
        changes = {
            pair: pick.choice([None, -0.5, 0.125, 0.5]) for pair in pick.sample(every, pick.choice([0, 1, 2]))
        }
        gone = set(pick.sample(range(n), pick.choice([0, 0, 1])))
        after = {
            pair: score
            for pair, score in {**before, **changes}.items()
            if score is not None and not gone & set(pair)
        }
        old = np.array(alone(n, before))
        again = {row for pair, _ in {*before.items()} ^ {*after.items()} for row in pair} | gone
        named = np.where(np.isin(old, list(gone)), -1, old)  # of a group that lost its first row
        found = groups(compared(n, pairs(after)), named, np.array(sorted(again), dtype=np.int64))
        assert found.tolist() == alone(n, after)


def test_rows_are_connected_by_whatever_way() -> None:
    edges = [(np.array([0, 4]), np.array([2, 5])), (np.array([2]), np.array([3]))]
    found = connected(edges, 6).tolist()
    assert found[0] == found[2] == found[3] != found[4] == found[5]
    assert len(set(found)) == 3
    assert connected([], 2).tolist() == [0, 1]

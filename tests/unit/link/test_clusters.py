from itertools import combinations
from random import Random

import numpy as np
import pytest

from pipeline.link.candidates import Pairs
from pipeline.link.clusters import ALONE, Groups, groups, rows_of_groups
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


def alone(n: int, scores: Scores) -> Groups:
    """The groups of rows that are all new."""
    rows = np.arange(n)
    return groups(compared(n, pairs(scores)), Groups(rows, rows * 0 + ALONE), np.ones(n, dtype=np.bool_))


def grouped(n: int, scores: Scores) -> list[list[int]]:
    return [rows.tolist() for _, rows in rows_of_groups(alone(n, scores).first_rows())]


def test_without_pairs_every_row_stands_alone() -> None:
    assert grouped(3, {}) == [[0], [1], [2]]


def test_pairs_above_zero_join_and_others_do_not() -> None:
    assert grouped(5, {(0, 1): 0.5, (2, 3): -0.125, (3, 4): 0.25}) == [[0, 1], [2], [3, 4]]


def test_a_chain_breaks_where_its_ends_have_nothing_in_common() -> None:
    assert grouped(3, {(0, 1): 0.875, (1, 2): 0.25, (0, 2): -0.875}) == [[0, 1], [2]]


def test_of_two_groups_that_fit_the_one_with_the_best_pair_is_taken() -> None:
    assert grouped(3, {(0, 2): 0.125, (1, 2): 0.5}) == [[0], [1, 2]]
    assert grouped(3, {(0, 1): -0.875, (0, 2): 0.5, (1, 2): 0.5}) == [[0, 2], [1]]


def test_a_row_that_joined_early_leaves_when_later_rows_speak_against_it() -> None:
    weak = {(0, 1): 0.125, (0, 2): 0.5, (1, 2): -0.375}
    assert grouped(3, weak) == [[0, 2], [1]]


def test_a_pair_that_was_not_compared_counts_a_little_against() -> None:
    assert grouped(3, {(0, 1): 0.5, (1, 2): 0.125}) == [[0, 1], [2]]
    assert grouped(3, {(0, 1): 0.5, (1, 2): 0.5}) == [[0, 1, 2]]


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
        old = alone(n, before)
        again = np.zeros(n, dtype=np.bool_)
        again[[row for pair, _ in {*before.items()} ^ {*after.items()} for row in pair]] = True
        named = np.where(np.isin(old.joined, list(gone)), -2 - old.joined, old.joined)
        shrunk = {int(-2 - group) if group in gone else group for group in old.joined[list(gone)].tolist()}
        for row in gone:
            named[row], again[row] = row, True
        found = groups(compared(n, pairs(after)), Groups(named, old.chosen), again, shrunk)
        assert found.first_rows().tolist() == alone(n, after).first_rows().tolist()

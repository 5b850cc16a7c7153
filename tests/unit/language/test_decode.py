"""Decisions from scores: trees, names."""

from itertools import product

import numpy as np
import pytest

from pipeline.language.decode import best_tree, names
from pipeline.language.labels import NAMES


def is_tree(heads: list[int]) -> bool:
    """Whether every word hangs below the root, and one of them directly."""
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return heads.count(0) == 1


def best_of_all(scores: np.ndarray) -> float:
    """The score of the best tree, by trying all."""
    n = len(scores)
    trees = (heads for heads in product(range(n + 1), repeat=n) if is_tree(list(heads)))
    return max(sum(scores[i, head] for i, head in enumerate(heads)) for heads in trees)


def test_single_word_is_root():
    assert best_tree(np.array([[-3.0, 9.0]], dtype=np.float32)) == [0]


def test_argmax_that_is_a_tree_is_kept():
    scores = np.full((3, 4), -5.0, dtype=np.float32)
    for word, head in enumerate([2, 0, 2]):
        scores[word, head] = 5.0
    assert best_tree(scores) == [2, 0, 2]


@pytest.mark.parametrize("seed", range(40))
def test_best_tree_with_one_root(seed):
    scores = np.random.default_rng(seed).normal(size=(5, 6)).astype(np.float32)
    scores[:, 0] -= 4.0  # one root is best, cycles are not
    heads = best_tree(scores)
    assert is_tree(heads)
    assert sum(scores[i, head] for i, head in enumerate(heads)) == pytest.approx(
        best_of_all(scores), abs=1e-4
    )


@pytest.mark.parametrize("seed", range(20))
def test_always_a_tree(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 60))
    assert is_tree(best_tree(rng.normal(size=(n, n + 1)).astype(np.float32)))


def test_equal_scores_make_a_tree():
    assert is_tree(best_tree(np.zeros((30, 31), dtype=np.float32)))


def scores_of(path: list[str]) -> np.ndarray:
    out = np.zeros((len(path), len(NAMES)), dtype=np.float32)
    for i, label in enumerate(path):
        out[i, NAMES.index(label)] = 5.0
    return out


def test_names_of_a_clean_path():
    path = ["B-PERSON", "I-PERSON", "O", "B-LOC", "B-LOC", "I-LOC"]
    assert names(scores_of(path)) == [(0, 2, "PERSON"), (3, 4, "LOC"), (4, 6, "LOC")]


def test_inside_without_begin_is_mended_by_the_scores():
    scores = scores_of(["O", "I-ORG", "I-ORG"])
    scores[1, NAMES.index("B-ORG")] = 4.0
    assert names(scores) == [(1, 3, "ORG")]


def test_no_names():
    assert names(scores_of(["O", "O"])) == []

from pathlib import Path

import numpy as np

from pipeline.link.candidates import REACH, Memory, neighbours


def pairs(left: np.ndarray, right: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(left.tolist(), right.tolist(), strict=True))


def test_rows_that_share_a_key_are_compared_with_the_nearest_in_time() -> None:
    n = 50
    rows, keys, days = np.arange(n), np.zeros(n, dtype=np.int64), np.arange(n)[::-1].copy()
    found = pairs(*neighbours(rows, keys, days))
    assert found == {(i, j) for i in range(n) for j in range(i + 1, min(n, i + REACH + 1))}


def test_rows_without_a_common_key_are_not_compared_and_no_pair_comes_twice() -> None:
    rows, keys = np.array([0, 1, 2, 0, 1]), np.array([7, 7, 8, 9, 9])
    left, right = neighbours(rows, keys, np.zeros(3, dtype=np.int64))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1)]


def test_what_was_known_is_not_asked_for_again(tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []

    def score(left: np.ndarray, right: np.ndarray) -> np.ndarray:
        asked.extend(zip(left.tolist(), right.tolist(), strict=True))
        return np.asarray(left + right, dtype=np.float64)

    def run(digests: list[int], left: list[int], right: list[int]) -> list[float]:
        memory = Memory(tmp_path / "cache.pickle", np.array(digests, dtype=np.uint64))
        memory.keys(lambda row: [f"key {row}"])
        out = memory.scores(np.array(left), np.array(right), score)
        memory.save()
        return [float(score) for score in out]

    assert run([30, 10, 20], [0, 0, 1], [1, 2, 2]) == [1.0, 2.0, 3.0]
    asked.clear()
    # A row (40) comes before the others, and one (10) is gone.
    assert run([40, 30, 20], [0, 1], [1, 2]) == [1.0, 2.0]
    assert asked == [(0, 1)]

"""Products of the bags of many pairs, in the way that their sizes allow; bags are rows of sparse tables of whole numbers.

Sparse matrices multiply rows at the price of some hundred nanoseconds a pair. Most bags have one to four words (a party, a
town): these are held against each other word by word. Those of articles have hundreds: there one article is spread out
and the words of all that it is compared with are looked up in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from pipeline.link.rows import Floats, Ints

FEW = 4
"""Words of bags that are held against each other word by word."""
CHUNK = 1_000_000
"""Words of pairs of rows that are multiplied at a time: bounds memory."""

Words = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Narrow:
    """The first words of each bag, column by column: the first word of each, the second word of each."""

    words: list[Words]
    """`NO_WORD` where a bag has none."""
    weights: list[npt.NDArray[Any]]
    """None at all where every word weighs one."""

    @classmethod
    def of(cls, rows: csr_array) -> "Narrow":
        """The first words of the rows of a table."""
        starts, sizes = rows.indptr[:-1], np.diff(rows.indptr)
        weighted = bool(len(rows.data)) and bool((rows.data != 1).any())
        words, weights = [], []
        for at in range(min(FEW, int(sizes.max(initial=0)))):
            has = np.flatnonzero(sizes > at)
            words.append(np.full(len(sizes), NO_WORD, dtype=np.int32))
            words[-1][has] = rows.indices[starts[has] + at]
            if weighted:
                weights.append(np.zeros(len(sizes), dtype=rows.data.dtype))
                weights[-1][has] = rows.data[starts[has] + at]
        return cls(words, weights)

    def weight(self, at: int, rows: Words) -> Floats | float:
        """The weights of one word of each of some bags."""
        return self.weights[at][rows].astype(np.float64) if self.weights else 1.0


NO_WORD, NO_OTHER = -1, -2
"""Stand for no word on either side: they are never the same."""


def of_few(one: Words, mine: Narrow, two: Words, others: Narrow) -> Floats:
    """Products of pairs of bags of `FEW` words at most."""
    total = np.zeros(len(one))
    met = [words[two] for words in others.words]
    for words in met:
        words[words == NO_WORD] = NO_OTHER
    for at, words in enumerate(mine.words):
        own = words[one]
        for other, theirs in enumerate(met):
            same = own == theirs
            if mine.weights or others.weights:
                where = np.flatnonzero(same)
                total[where] += mine.weight(at, one[where]) * others.weight(other, two[where])
            else:
                total += same
    return total


def of_long(one: Ints, mine: csr_array, two: Ints, others: csr_array) -> Floats:
    """Products of pairs of long bags, in order of the one."""
    spread = np.zeros(mine.shape[1], dtype=np.float32)  # whole numbers of two bytes: none is rounded
    found, most = [np.zeros(0)], max(1, CHUNK // (1 + len(others.indices) // max(1, others.shape[0])))
    for start in range(0, len(one), most):
        left, theirs = one[start : start + most], others[two[start : start + most]]
        met = np.empty(len(theirs.indices), dtype=np.float32)
        for row, begin, end in _runs(left):
            own = slice(mine.indptr[row], mine.indptr[row + 1])
            spread[mine.indices[own]] = mine.data[own]
            some = slice(theirs.indptr[begin], theirs.indptr[end])
            np.take(spread, theirs.indices[some], out=met[some], mode="clip")
            spread[mine.indices[own]] = 0
        found.append(_sums(met * theirs.data.astype(np.float64), theirs.indptr))
    return np.concatenate(found)


def _runs(values: Ints) -> Iterator[tuple[int, int, int]]:
    """Each run of one value, with where it begins and ends."""
    begins = np.flatnonzero(np.diff(values, prepend=-1))
    yield from zip(
        values[begins].tolist(), begins.tolist(), [*begins[1:].tolist(), len(values)], strict=False
    )


def _sums(values: Floats, ends: Any) -> Floats:
    """The sum of each stretch of some values."""
    total = np.zeros(len(ends) - 1)
    filled = np.flatnonzero(np.diff(ends))
    if len(filled):
        total[filled] = np.add.reduceat(values, ends[filled])
    return total


def of_any(one: Words, mine: csr_array, two: Words, others: csr_array) -> Floats:
    """Products of pairs of bags of whatever size."""
    words = (len(mine.indices) + len(others.indices)) // max(1, mine.shape[0] + others.shape[0])
    found, most = [np.zeros(0)], max(1, CHUNK // (words + 1))
    for start in range(0, len(one), most):
        some = (mine[one[start : start + most]], others[two[start : start + most]])
        for side in some:
            if side.data.dtype != np.int8:
                side.data = side.data.astype(np.float64)
        found.append(np.asarray(some[0].multiply(some[1]).sum(axis=1), dtype=np.float64).ravel())
    return np.concatenate(found)

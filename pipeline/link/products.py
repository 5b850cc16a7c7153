"""Products of the bags of many pairs, in the way that their sizes allow; bags are rows of sparse tables of whole numbers.

Sparse matrices multiply rows at the price of some hundred nanoseconds a pair. Most bags have one to four words (a party, a
town): these are held against each other word by word. Those of articles have hundreds, those of sentences a dozen: where many
pairs in a row have the same one, it is spread out and the words of all that it is compared with are looked up in it.
"""

from dataclasses import dataclass
from itertools import pairwise
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
Factor = npt.NDArray[np.int64] | None


@dataclass(frozen=True, slots=True)
class Narrow:
    """The first words of each bag, column by column: the first word of each, the second word of each."""

    words: list[Words]
    """`NO_WORD` where a bag has none."""
    as_other: list[Words]
    """The same with `NO_OTHER` there: what the words of other bags are held against."""
    weights: list[npt.NDArray[Any]]
    """None at all where every word weighs one."""

    @classmethod
    def of(cls, rows: csr_array) -> "Narrow":
        """The first words of the rows of a table."""
        starts, sizes = rows.indptr[:-1], np.diff(rows.indptr)
        weighted = bool(len(rows.data)) and bool((rows.data != 1).any())
        words, as_other, weights = [], [], []
        for at in range(min(FEW, int(sizes.max(initial=0)))):
            has = np.flatnonzero(sizes > at)
            words.append(np.full(len(sizes), NO_WORD, dtype=np.int32))
            words[-1][has] = rows.indices[starts[has] + at]
            as_other.append(np.where(sizes > at, words[-1], np.int32(NO_OTHER)))
            if weighted:
                weights.append(np.zeros(len(sizes), dtype=rows.data.dtype))
                weights[-1][has] = rows.data[starts[has] + at]
        return cls(words, as_other, weights)

    def weight(self, at: int, rows: Words) -> Floats | float:
        """The weights of one word of each of some bags."""
        return self.weights[at][rows].astype(np.float64) if self.weights else 1.0


NO_WORD, NO_OTHER = -1, -2
"""Stand for no word on either side: they are never the same."""


def of_few(one: Words, mine: Narrow, two: Words, others: Narrow, factor: Factor = None) -> Floats:
    """Products of pairs of bags of `FEW` words at most; `factor` is what each word weighs beside."""
    total = np.zeros(len(one))
    met = [words[two] for words in others.as_other]
    for at, words in enumerate(mine.words):
        own = words[one]
        for other, theirs in enumerate(met):
            same = own == theirs
            if mine.weights or others.weights or factor is not None:
                where = np.flatnonzero(same)
                found = mine.weight(at, one[where]) * others.weight(other, two[where])
                total[where] += found if factor is None else found * factor[own[where]]
            else:
                total += same
    return total


def of_runs(
    one: Words | Ints,
    mine: csr_array,
    two: Words | Ints,
    others: csr_array,
    factor: Factor = None,
    at_once: int = 1,
) -> Floats:
    """Products of pairs of bags where many in a row have the same one: `at_once` of these are spread out, and the words of all that they are compared with are looked up in them."""
    spread = np.zeros(at_once * mine.shape[1])
    plain = _all_one(others)
    found, most = [np.zeros(0)], max(1, CHUNK // (1 + len(others.indices) // max(1, others.shape[0])))
    for start in range(0, len(one), most):
        left, theirs = one[start : start + most], others[two[start : start + most]]
        begins = np.flatnonzero(np.diff(left, prepend=-1))
        own, slots = mine[left[begins]], np.arange(len(begins)) % at_once
        data = own.data if factor is None else own.data * factor[own.indices]
        told = _in_slots(own, slots, at_once)
        asked = _in_slots(theirs, np.repeat(slots, np.diff(begins, append=len(left))), at_once)
        met = np.empty(len(asked))
        firsts = [*range(0, len(begins), at_once), len(begins)]
        own_ends = own.indptr[firsts].tolist()
        ends = theirs.indptr[np.append(begins, len(left))[firsts]].tolist()
        for (one_from, one_to), (two_from, two_to) in zip(pairwise(own_ends), pairwise(ends), strict=True):
            here = told[one_from:one_to]
            spread[here] = data[one_from:one_to]
            spread.take(asked[two_from:two_to], out=met[two_from:two_to], mode="clip")
            spread[here] = 0
        found.append(_sums(met if plain else met * theirs.data, theirs.indptr))
    return np.concatenate(found)


def _in_slots(rows: csr_array, slots: Ints, n: int) -> Ints:
    """The words of some bags as places in a table of `n` columns, each bag in its own: in eight bytes each, as numpy looks them up."""
    found: Ints = rows.indices.astype(np.int64)
    if n > 1:
        found *= n
        found += np.repeat(slots, np.diff(rows.indptr))
    return found


def _all_one(rows: csr_array) -> bool:
    """Whether every word weighs one: sets are kept in single bytes."""
    return bool(rows.data.dtype == np.int8)


def _sums(values: Floats, ends: Any) -> Floats:
    """The sum of each stretch of some values."""
    total = np.zeros(len(ends) - 1)
    filled = np.flatnonzero(np.diff(ends))
    if len(filled):
        total[filled] = np.add.reduceat(values, ends[filled])
    return total


def of_any(one: Words, mine: csr_array, two: Words, others: csr_array, factor: Factor = None) -> Floats:
    """Products of pairs of bags of whatever size."""
    words = (len(mine.indices) + len(others.indices)) // max(1, mine.shape[0] + others.shape[0])
    found, most = [np.zeros(0)], max(1, CHUNK // (words + 1))
    for start in range(0, len(one), most):
        some = (mine[one[start : start + most]], others[two[start : start + most]])
        for side in some:
            if side.data.dtype != np.int8:
                side.data = side.data.astype(np.float64)
        met = some[0].multiply(some[1])
        found.append(
            _sums(met.data.astype(np.float64) * (1 if factor is None else factor[met.indices]), met.indptr)
        )
    return np.concatenate(found)

"""Bags of words as numbers: rows of a sparse table that grows, and products of its rows.

Small sets come again and again (who acted, which country, which town): each is put down once. Weights are whole multiples of a
power of two, kept as small whole numbers, so that sums of products are exact in whatever order they come.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice
from typing import Any
from weakref import ref

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from pipeline.link.products import FEW, Narrow, of_any, of_few, of_runs
from pipeline.link.rows import Floats, Ints, end_to_end

SCALE = 1024
"""A weight of 1 as a whole number."""
SMALL, REMEMBERED = 6, 20_000
"""Words of a set that is put down once, and how many such sets are remembered at a time."""
MOST_DENSE = 2_000_000
"""Products that are made all at once, of every row of a table with every row of another."""
ROWS_AT_ONCE = 16_384
"""Bags whose lengths are found at a time: bounds memory."""
RUN, SPREAD = 4, 8
"""So many pairs with the same one in a row, and these are multiplied together; so many of the ones are spread out at a time."""
LONG = 40
"""Words of bags of which each pair is multiplied once, however often it is asked for."""

Words = Mapping[str, float] | frozenset[str]
Places = npt.NDArray[np.int32]


class Columns(dict[str, int]):
    """A number for each word, the next one for a new word."""

    def __missing__(self, word: str) -> int:
        """Number a word."""
        self[word] = found = len(self)
        return found


class Table:
    """Bags of words, one a row; rows are added at the end."""

    def __init__(self, column: Columns | None = None, weight: Callable[[str], float] | None = None) -> None:
        """Bags that are held against each other share the numbers of their words (`column`). Those of sets weigh one, or what each word weighs."""
        self.column = Columns() if column is None else column
        self.scale = 1 if weight is None else SCALE
        self.weight = weight
        self._of_word = np.zeros(0, dtype=np.int16)
        self.n = 0
        self._parts: list[csr_array] = []
        self._places: dict[frozenset[str], int] = {}
        self._lengths = np.zeros(0)
        self._dense: tuple[Any, ...] = ()
        self._sizes = np.zeros(0, dtype=np.int32)
        self._narrow: tuple[int, Narrow] | None = None
        self._factor: tuple[Callable[[str], float] | None, npt.NDArray[np.int64]] | None = None

    def add(self, bags: Sequence[Words]) -> Places:
        """Put down bags; where each stands."""
        if any(isinstance(bag, dict) for bag in bags):
            self._weigh()
            new, places = list(bags), self.n + np.arange(len(bags))
        else:
            new, places = self._new(bags)
        ends = np.cumsum([0, *map(len, new)])
        words = np.array(list(map(self.column.__getitem__, chain.from_iterable(new))), dtype=np.int32)
        data: npt.NDArray[Any] = np.ones(len(words), dtype=np.int8)
        if self.scale > 1 and not self.weight:
            told = (bag.values() if isinstance(bag, dict) else [1.0] * len(bag) for bag in new)
            data = _small(np.fromiter(chain.from_iterable(told), dtype=np.float64, count=len(words)))
        self.append(data, words, ends)
        return places.astype(np.int32)

    def _new(self, bags: Sequence[Words]) -> tuple[list[Words], Ints]:
        """Those of some sets that are not there yet, and where each stands."""
        if len(self._places) > REMEMBERED:
            self._places.clear()
        new: list[Words] = []
        places = np.zeros(len(bags), dtype=np.int64)
        for at, bag in enumerate(bags):
            known = self._places.get(bag) if len(bag) <= SMALL and isinstance(bag, frozenset) else None
            if known is None:
                known = self.n + len(new)
                new.append(bag)
                if len(bag) <= SMALL and isinstance(bag, frozenset):
                    self._places[bag] = known
            places[at] = known
        return new, places

    def weights(self) -> npt.NDArray[np.int16]:
        """What each word weighs, as a whole number."""
        if self.weight and len(self._of_word) < len(self.column):
            new = [self.weight(word) for word in islice(self.column, len(self._of_word), None)]
            self._of_word = np.append(self._of_word, _small(np.array(new)))
        return self._of_word

    def _weigh(self) -> None:
        """From now on words have weights."""
        if self.scale == 1:
            self.scale = SCALE
            for part in self._parts:
                part.data = part.data.astype(np.int16) * np.int16(SCALE)

    def append(self, data: npt.NDArray[Any], words: npt.NDArray[np.int32], ends: Ints) -> Places:
        """Put down bags whose words and weights are whole numbers; where each stands."""
        n = len(ends) - 1
        part = csr_array((data, words, ends.astype(np.int32)), shape=(n, len(self.column) + 1))
        part.sort_indices()
        self._parts.append(part)
        self.n += n
        return np.arange(self.n - n, self.n, dtype=np.int32)

    def settle(self) -> None:
        """Put all bags together; what is put down later is not looked for among them."""
        self._places.clear()
        _ = self.rows

    @property
    def rows(self) -> csr_array:
        """All bags."""
        width = len(self.column) + 1
        if len(self._parts) != 1:
            self._parts = [_stacked(self._parts, width)]
        elif self._parts[0].shape[1] < width:
            self._parts[0].resize(self.n, width)
        return self._parts[0]

    def sizes(self, places: Places) -> Places:
        """How many words some bags have."""
        if len(self._sizes) < self.n:
            self._sizes = np.diff(self.rows.indptr)
        found: Places = self._sizes.take(places)  # by an index, numbers of four bytes take twice as long
        return found

    def lengths(self) -> Floats:
        """The length of each bag as a vector."""
        if len(self._lengths) < self.n:
            factor = self.factor(self)
            parts = [
                _squares(self.rows, factor, begin, begin + ROWS_AT_ONCE)
                for begin in range(0, self.n, ROWS_AT_ONCE)
            ]
            self._lengths = np.sqrt(end_to_end(parts)) / self.scale
        return self._lengths

    def products(self, one: Places, other: "Table", two: Places) -> Floats:
        """Products of rows of this table and rows of another, whose words have the same numbers."""
        scale = float(self.scale * other.scale)
        if self.n * other.n <= min(MOST_DENSE, 40 * len(one) + 1):
            return np.asarray(self._every(other)[one, two] / scale)
        words = (len(self.rows.indices) + len(other.rows.indices)) // (self.n + other.n)
        if words < FEW:
            return self._of_few(one, other, two) / scale
        factor = self.factor(other)
        if words >= LONG:  # articles: two of them are compared for each pair of what they tell
            pairs, again = np.unique(one.astype(np.int64) * other.n + two, return_inverse=True)
            left, right = np.divmod(pairs, other.n)
            return of_runs(left, self.rows, right, other.rows, factor)[again] / scale
        if _in_runs(one):
            return of_runs(one, self.rows, two, other.rows, factor, SPREAD) / scale
        if _in_runs(two):
            return of_runs(two, other.rows, one, self.rows, factor, SPREAD) / scale
        return of_any(one, self.rows, two, other.rows, factor) / scale

    def factor(self, other: "Table") -> npt.NDArray[np.int64] | None:
        """What each word adds to the product of two sets, where their words weigh more than one."""
        own = [table for table in (self, other) if table.weight]
        if not own:
            return None
        if not self._factor or self._factor[0] != other.weight or len(self._factor[1]) < len(self.column):
            weights = [table.weights().astype(np.int64) for table in own]
            self._factor = other.weight, weights[0] * weights[1] if len(own) > 1 else weights[0]
        return self._factor[1]

    def _of_few(self, one: Places, other: "Table", two: Places) -> Floats:
        """Products of pairs of which most have few words, as whole numbers."""
        sizes = self.sizes(one), other.sizes(two)
        found = np.zeros(len(one))
        filled = (sizes[0] > 0) & (sizes[1] > 0)
        few = filled & (sizes[0] <= FEW) & (sizes[1] <= FEW)
        if few.any():
            sides = one[few], self._narrowed(), two[few], other._narrowed()
            found[few] = of_few(*sides, self.factor(other))
        many = np.flatnonzero(filled & ~few)
        if len(many):
            found[many] = of_any(one[many], self.rows, two[many], other.rows, self.factor(other))
        return found

    def _narrowed(self) -> Narrow:
        """The first words of each bag, of the table as it is now."""
        if self._narrow is None or self._narrow[0] != self.n:
            self._narrow = self.n, Narrow.of(self.rows)
        return self._narrow[1]

    def _every(self, other: "Table") -> Any:
        """The products of every row with every row of another table: of sets small whole numbers."""
        if not self._dense or self._dense[0]() is not other or self._dense[1] != (self.n, other.n):
            mine, others = (table.rows.astype(np.float64) for table in (self, other))
            factor = self.factor(other)
            if factor is not None:
                mine.data *= factor[mine.indices]
            made = (mine @ others.T).toarray()
            if self.scale * other.scale == 1 and made.max(initial=0) <= np.iinfo(np.int16).max:
                made = made.astype(np.int16)
            self._dense = (
                ref(other),
                (self.n, other.n),
                made,
            )  # a table that knows itself would not be let go of
        return self._dense[2]


class Weighed(Table):
    """The sets of another table, each word by its own weight; which words a set has is held there."""

    def __init__(self, sets: Table, weight: Callable[[str], float]) -> None:
        """`weight` tells what a word weighs."""
        super().__init__(sets.column, weight)
        self.sets = sets

    def follow(self) -> None:
        """Know of the sets that were put down since."""
        self.n = self.sets.n

    @property
    def rows(self) -> csr_array:
        """The sets, which are held once."""
        return self.sets.rows


def _in_runs(places: Places) -> bool:
    """Whether many pairs in a row have the same bag."""
    return len(places) >= RUN * (1 + int(np.count_nonzero(np.diff(places))))


def _stacked(parts: list[csr_array], width: int) -> csr_array:
    """Bags below each other; the list is emptied meanwhile, so that they are not held twice."""
    if not parts:
        return csr_array((0, width), dtype=np.int8)
    kind = np.result_type(*(part.dtype for part in parts))
    data, words = [part.data.astype(kind, copy=False) for part in parts], [part.indices for part in parts]
    sizes = end_to_end([np.diff(part.indptr) for part in parts])
    parts.clear()
    ends = np.append(0, np.cumsum(sizes, dtype=np.int64))
    if ends[-1] <= np.iinfo(np.int32).max:
        ends = ends.astype(np.int32)  # words are kept in as many bytes as ends are
    return csr_array((end_to_end(data), end_to_end(words), ends), shape=(len(sizes), width))


def _squares(rows: csr_array, factor: npt.NDArray[np.int64] | None, begin: int, end: int) -> Floats:
    """The sum of the squared weights of each of some bags."""
    ends = rows.indptr[begin : end + 1]
    squares = np.square(rows.data[ends[0] : ends[-1]].astype(np.float64))
    if factor is not None:
        squares *= factor[rows.indices[ends[0] : ends[-1]]]
    sums = np.append(0, np.cumsum(squares))
    return np.asarray(sums[ends[1:] - ends[0]] - sums[ends[:-1] - ends[0]])


def _small(weights: Floats) -> npt.NDArray[np.int16]:
    """Weights as whole numbers."""
    found = np.rint(weights * SCALE)
    if len(found) and np.abs(found).max() > np.iinfo(np.int16).max:
        raise ValueError("A word weighs 32 or more: weights are kept in two bytes")
    return found.astype(np.int16)

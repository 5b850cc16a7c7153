"""Likenesses of the rows of many pairs at once; a pair is a row in `left` and the row at the same place in `right`."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from scipy.sparse import csr_array, vstack

from pipeline.link.rows import Flags, Floats, Ints

STEP = 2.0**-10
"""Weights are multiples of this: so the sum of their products is exact, in whatever order they come."""
CHUNK = 100_000
"""Pairs whose bags are multiplied at a time: bounds memory."""


class Bags:
    """Sets or bags of weighted words, one for each row of a table, read when they are asked for."""

    def __init__(
        self,
        read: Callable[[int], Mapping[str, float] | frozenset[str]],
        column: dict[str, int] | None = None,
    ) -> None:
        """`read` gives the words of a row. Bags that are held against each other share the numbers of their words (`column`)."""
        self.read = read
        self.column: dict[str, int] = {} if column is None else column
        self.place = np.zeros(0, dtype=np.int64)
        self.table = csr_array((0, 1))

    def _places(self, *rows: Ints) -> list[Ints]:
        """Where the bags of rows stand in the table; those not yet there are read."""
        wanted = np.zeros(max(len(self.place), 1 + max(part.max(initial=0) for part in rows)), dtype=np.bool_)
        for part in rows:
            wanted[part] = True
        self.place = np.pad(self.place, (0, len(wanted) - len(self.place)), constant_values=-1)
        unread = np.flatnonzero(wanted & (self.place < 0))
        if len(unread):
            bags = [self.read(row) for row in unread.tolist()]
            ends = np.cumsum([0, *map(len, bags)])
            columns = [self.column.setdefault(word, len(self.column)) for bag in bags for word in bag]
            weights = [
                w for bag in bags for w in (bag.values() if isinstance(bag, Mapping) else [1.0] * len(bag))
            ]
            shape = (len(unread), len(self.column) + 1)
            more = csr_array(
                (np.round(np.array(weights) / STEP) * STEP, np.array(columns, dtype=np.int64), ends),
                shape=shape,
            )
            more.sort_indices()
            self.place[unread] = self.table.shape[0] + np.arange(len(unread))
            self.table.resize(self.table.shape[0], shape[1])
            self.table = vstack([self.table, more], format="csr")
        return [self.place[part] for part in rows]

    def shared(self, left: Ints, right: Ints) -> Floats:
        """Products of the bags of each pair: of sets, how many words they share."""
        one, two = self._places(left, right)
        found = [np.zeros(0)]
        for i in range(0, len(one), CHUNK):
            both_bags = self.table[one[i : i + CHUNK]].multiply(self.table[two[i : i + CHUNK]])
            found.append(np.asarray(both_bags.sum(axis=1)).ravel())
        return np.concatenate(found)

    def held(self, other: "Bags", left: Ints, right: Ints) -> Floats:
        """Products of this bag of one row and the `other` bag of the other row of each pair; both share their words' numbers."""
        (one,), (two,) = self._places(left), other._places(right)
        for bags in (self, other):
            bags.table.resize(bags.table.shape[0], len(self.column) + 1)
        found = [np.zeros(0)]
        for i in range(0, len(one), CHUNK):
            products = self.table[one[i : i + CHUNK]].multiply(other.table[two[i : i + CHUNK]])
            found.append(np.asarray(products.sum(axis=1)).ravel())
        return np.concatenate(found)

    def cosine(self, left: Ints, right: Ints, few: float = 1e-9) -> Floats:
        """Likeness of the bags of each pair, 0 to 1; `few` is added to the product of their lengths and lowers that of short ones."""
        product = self.shared(left, right)
        length = np.sqrt(np.asarray(self.table.multiply(self.table).sum(axis=1)).ravel())
        return np.asarray(product / (length[self.place[left]] * length[self.place[right]] + few))

    def size(self, rows: Ints) -> Floats:
        """How many words each of some rows has."""
        (places,) = self._places(rows)
        return np.asarray(np.diff(self.table.indptr)[places], dtype=np.float64)

    def filled(self, left: Ints, right: Ints) -> Flags:
        """Whether both rows of each pair have any words."""
        one, two = self._places(left, right)
        some = np.diff(self.table.indptr) > 0
        return np.asarray(some[one] & some[two])


def codes(values: Iterable[object]) -> Ints:
    """A number for each distinct value; -1 for a missing one (None, empty)."""
    code: dict[object, int] = {}
    return np.array(
        [code.setdefault(v, len(code)) if v not in (None, "") else -1 for v in values], dtype=np.int64
    )


def flags(values: Iterable[str], test: Callable[[str], bool]) -> Flags:
    """Whether each value passes a test; each distinct value is tested once."""
    known: dict[str, bool] = {}
    return np.array(
        [known[v] if v in known else known.setdefault(v, test(v)) for v in values], dtype=np.bool_
    )


def equal(code: Ints, left: Ints, right: Ints) -> Flags:
    """Whether the values (as `codes`) of each pair are equal; a missing one equals nothing."""
    return np.asarray((code[left] == code[right]) & (code[left] >= 0))


def both(flag: Flags, left: Ints, right: Ints) -> Flags:
    """Whether a flag is set for both rows."""
    return np.asarray(flag[left] & flag[right])


def either(flag: Flags, left: Ints, right: Ints) -> Flags:
    """Whether a flag is set for one row or both."""
    return np.asarray(flag[left] | flag[right])


def kilometres(latitude: Floats, longitude: Floats, left: Ints, right: Ints) -> Floats:
    """Distances on the globe (haversine); 0 where a point is unknown."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    a = (
        np.sin((lat[left] - lat[right]) / 2) ** 2
        + np.cos(lat[left]) * np.cos(lat[right]) * np.sin((lon[left] - lon[right]) / 2) ** 2
    )
    return np.asarray(np.nan_to_num(12_742 * np.arcsin(np.sqrt(np.clip(a, 0, 1)))))

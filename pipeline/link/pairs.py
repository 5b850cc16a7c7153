"""Likenesses of the rows of many pairs at once; a pair is a row in `left` and the row at the same place in `right`."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from scipy.sparse import csr_array

from pipeline.link.rows import Flags, Floats, Ints


class Bags:
    """Sets or bags of weighted words, one for each row of a table, read when they are asked for."""

    def __init__(self, read: Callable[[int], Mapping[str, float] | frozenset[str]]) -> None:
        """`read` gives the words of a row."""
        self.read = read
        self.column: dict[str, int] = {}
        self.known: dict[int, tuple[list[int], list[float]]] = {}

    def _row(self, row: int) -> tuple[list[int], list[float]]:
        if row not in self.known:
            bag = self.read(row)
            weights = list(bag.values()) if isinstance(bag, Mapping) else [1.0] * len(bag)
            self.known[row] = [self.column.setdefault(word, len(self.column)) for word in bag], weights
        return self.known[row]

    def _table(self, left: Ints, right: Ints) -> tuple[csr_array, Ints, Ints]:
        """The bags of all rows in the pairs, and where those of each pair stand."""
        wanted = np.zeros(max(left.max(initial=0), right.max(initial=0)) + 1, dtype=np.bool_)
        wanted[left] = wanted[right] = True
        rows, place = np.flatnonzero(wanted), np.cumsum(wanted) - 1
        found = [self._row(row) for row in rows.tolist()]
        ends = np.cumsum([0, *(len(columns) for columns, _ in found)])
        columns = np.fromiter((c for columns, _ in found for c in columns), np.int64, ends[-1])
        weights = np.fromiter((w for _, weights in found for w in weights), np.float64, ends[-1])
        table = csr_array((weights, columns, ends), shape=(len(rows), len(self.column) + 1))
        table.sort_indices()
        return table, place[left], place[right]

    def shared(self, left: Ints, right: Ints) -> Floats:
        """Products of the bags of each pair: of sets, how many words they share."""
        return _products(*self._table(left, right))

    def cosine(self, left: Ints, right: Ints) -> Floats:
        """Likeness of the bags of each pair, 0 to 1."""
        table, one, two = self._table(left, right)
        length = np.sqrt(np.maximum(np.asarray(table.multiply(table).sum(axis=1)).ravel(), 1e-9))
        return np.asarray(_products(table, one, two) / length[one] / length[two])

    def filled(self, left: Ints, right: Ints) -> Flags:
        """Whether both rows of each pair have any words."""
        table, one, two = self._table(left, right)
        some = np.diff(table.indptr) > 0
        return np.asarray(some[one] & some[two])


def _products(table: csr_array, one: Ints, two: Ints) -> Floats:
    return np.asarray(table[one].multiply(table[two]).sum(axis=1), dtype=np.float64).ravel()


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

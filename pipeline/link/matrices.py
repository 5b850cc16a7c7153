"""Likenesses of every row of a block with every other, as dense matrices."""

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
        self.known: dict[int, tuple[Ints, Floats]] = {}

    def _row(self, row: int) -> tuple[Ints, Floats]:
        if row not in self.known:
            bag = self.read(row)
            weights = list(bag.values()) if isinstance(bag, Mapping) else [1.0] * len(bag)
            columns = [self.column.setdefault(word, len(self.column)) for word in bag]
            self.known[row] = np.array(columns, dtype=np.int64), np.array(weights, dtype=np.float64)
        return self.known[row]

    def shared(self, rows: Ints) -> Floats:
        """Products of the bags of each two rows: of sets, how many words they share."""
        found = [self._row(row) for row in rows.tolist()]
        column, place = np.unique(np.concatenate([columns for columns, _ in found]), return_inverse=True)
        ends = np.cumsum([0, *(len(columns) for columns, _ in found)])
        weights = np.concatenate([weights for _, weights in found])
        if not len(column):
            return np.zeros((len(rows), len(rows)))
        table = csr_array((weights, place, ends), shape=(len(rows), len(column)))
        return np.asarray((table @ table.T).toarray(), dtype=np.float64)

    def cosine(self, rows: Ints) -> Floats:
        """Likeness of the bags of each two rows, 0 to 1."""
        product = self.shared(rows)
        length = np.sqrt(np.maximum(np.diag(product), 1e-9))
        return product / length[:, None] / length[None, :]

    def filled(self, rows: Ints) -> Flags:
        """Which rows have any words."""
        return np.array([len(self._row(row)[0]) > 0 for row in rows.tolist()])


def codes(values: Iterable[object]) -> Ints:
    """A number for each distinct value; -1 for a missing one (None, empty)."""
    code: dict[object, int] = {}
    return np.array(
        [code.setdefault(v, len(code)) if v not in (None, "") else -1 for v in values], dtype=np.int64
    )


def equal(code: Ints) -> Flags:
    """Whether each two values (as `codes`) are equal; a missing one equals nothing."""
    return np.asarray((code[:, None] == code[None, :]) & (code[:, None] >= 0))


def both(flags: Flags) -> Flags:
    """Whether a flag is set for both of each two rows."""
    return np.asarray(flags[:, None] & flags[None, :])


def kilometres(latitude: Floats, longitude: Floats) -> Floats:
    """Distances between all points on the globe (haversine); 0 where one is unknown."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    a = (
        np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    )
    return np.asarray(np.nan_to_num(12_742 * np.arcsin(np.sqrt(np.clip(a, 0, 1)))))

"""Likenesses of every row of a block with every other, as dense matrices."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]


def weighted(bags: Sequence[dict[str, float]]) -> csr_array:
    """A row for each bag of weighted words."""
    column: dict[str, int] = {}
    indices = [column.setdefault(word, len(column)) for bag in bags for word in bag]
    data = [weight for bag in bags for weight in bag.values()]
    indptr = np.cumsum([0, *(len(bag) for bag in bags)])
    return csr_array(
        (np.array(data, dtype=np.float64), np.array(indices, dtype=np.int64), indptr),
        shape=(len(bags), max(1, len(column))),
    )


def shared(sets: Sequence[frozenset[str]]) -> Floats:
    """How many members each two sets share."""
    rows = weighted([dict.fromkeys(sorted(members), 1.0) for members in sets])
    return np.asarray((rows @ rows.T).todense(), dtype=np.float64)


def cosine(bags: Sequence[dict[str, float]]) -> Floats:
    """Likeness of bags of weighted words, 0 to 1."""
    rows = weighted(bags)
    product = np.asarray((rows @ rows.T).todense(), dtype=np.float64)
    length = np.sqrt(np.maximum(np.diag(product), 1e-9))
    return product / length[:, None] / length[None, :]


def equal(values: Sequence[object]) -> npt.NDArray[np.bool_]:
    """Whether each two values are equal; a missing one (None, empty) equals nothing."""
    code: dict[object, int] = {}
    codes = np.array([code.setdefault(v, len(code)) if v not in (None, "") else -1 for v in values])
    return np.asarray((codes[:, None] == codes[None, :]) & (codes[:, None] >= 0))


def both(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
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

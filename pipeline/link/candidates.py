"""Which rows are compared at all, and what was found out about them last time.

Sorted neighbourhood (Hernández and Stolfo 1995): rows that share a key (a type with a country, say) are put in order of
their days, and each is compared with the next few. So the number of pairs grows with the rows, whatever their keys.
"""

import hashlib
import pickle
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.link.clusters import groups
from pipeline.link.rows import Floats, Ints

REACH = 5
"""Neighbours on each side that a row is compared with for each of its keys."""
CHUNK = 1_000_000
"""Pairs that are scored at a time: bounds memory."""

Digests = npt.NDArray[np.uint64]


def row_digests(content: pd.DataFrame) -> Digests:
    """A hash of each row."""
    return np.asarray(pd.util.hash_pandas_object(content, index=False), dtype=np.uint64)


def neighbours(rows: Ints, keys: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Pairs of rows, left before right, each once: those that are near in `days` among the rows of a key.

    `rows` and `keys` go together, `days` has an entry for each row. Rows must be numbered in their stable order.
    """
    order = np.lexsort((rows, days[rows], keys))
    rows, keys = rows[order], keys[order]
    n = len(days)
    found = [np.zeros(0, dtype=np.int64)]
    for step in range(1, REACH + 1):
        one, two = (part[keys[step:] == keys[:-step]] for part in (rows[:-step], rows[step:]))
        found.append(np.minimum(one, two) * n + np.maximum(one, two))
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    left, right = pairs // n, pairs % n
    apart = left != right
    return left[apart], right[apart]


@cache
def code_version() -> str:
    """A fingerprint of the code that decides on scores."""
    whole = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


class Memory:
    """Keys of rows and scores of pairs of the last run, in one file. `path` None keeps nothing."""

    def __init__(self, path: Path | None, digests: Digests) -> None:
        """Read what is there; a file that cannot be read, or that other code wrote, counts as empty.

        `digests` tell the content of each row, in the stable order of rows.
        """
        self.path, self.digests = path, digests
        old: dict[str, Any] = {}
        if path and path.exists():
            try:
                stored = pickle.loads(path.read_bytes())
                old = stored if stored["version"] == code_version() else {}
            except Exception:  # a cache may be anything on disk; it is rebuilt
                old = {}
        self.old = old
        self.new: dict[str, Any] = {"version": code_version(), "digests": digests}
        self.row_of = _rows_now(old["digests"], digests) if old else np.zeros(0, dtype=np.int64)

    def keys(self, read: Callable[[int], Iterable[str]]) -> tuple[Ints, Ints]:
        """The rows and their keys as numbers, one entry for each key of a row. `read` gives the keys of a row."""
        rows, keys = self.old.get("keys", (np.zeros(0, np.int64), np.zeros(0, np.int64)))
        rows = self.row_of[rows] if len(rows) else rows
        rows, keys = rows[rows >= 0], keys[rows >= 0]
        unread = np.setdiff1d(np.arange(len(self.digests)), self.row_of)
        read_now = [
            (row, zlib.crc32(key.encode("utf-8", "surrogatepass")))
            for row in unread.tolist()
            for key in read(row)
        ]
        more = np.array(read_now, dtype=np.int64).reshape(-1, 2)
        self.new["keys"] = rows, keys = np.concatenate([rows, more[:, 0]]), np.concatenate([keys, more[:, 1]])
        return rows, keys

    def scores(self, left: Ints, right: Ints, score: Callable[[Ints, Ints], Floats]) -> Floats:
        """Scores of pairs in order (left, then right); `score` is asked for those not yet known."""
        n = len(self.digests)
        out = np.full(len(left), np.nan, dtype=np.float32)
        if "pairs" in self.old:
            was_left, was_right, value = self.old["pairs"]
            one, two = self.row_of[was_left], self.row_of[was_right]
            kept = (one >= 0) & (two > one)
            known, value = one[kept] * n + two[kept], value[kept]
            if (np.diff(known) < 0).any():
                order = np.argsort(known)
                known, value = known[order], value[order]
            wanted = left * n + right
            if len(known):
                at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
                out = np.where(known[at] == wanted, value[at], out)
        unknown = np.flatnonzero(np.isnan(out))
        for start in range(0, len(unknown), CHUNK):
            some = unknown[start : start + CHUNK]
            out[some] = score(left[some], right[some])
        self.new["pairs"] = left.astype(np.int32), right.astype(np.int32), out
        return out.astype(np.float64)

    def save(self) -> None:
        """Write what this run found, and forget the rest."""
        if self.path and not np.array_equal(self.old.get("digests", ()), self.digests):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            staged = self.path.with_suffix(".tmp")
            staged.write_bytes(pickle.dumps(self.new, protocol=5))
            staged.replace(self.path)


def _rows_now(old: Digests, new: Digests) -> Ints:
    """For each row of old its row among the new; -1 where it is gone."""
    if not len(new):
        return np.full(len(old), -1, dtype=np.int64)
    order = np.argsort(new)
    at = np.minimum(np.searchsorted(new[order], old), len(new) - 1)
    return np.where(new[order][at] == old, order[at], -1).astype(np.int64)


def link_rows(
    memory: Memory, keys: Callable[[int], Iterable[str]], days: Ints, score: Callable[[Ints, Ints], Floats]
) -> Ints:
    """The group of each row (its first row), from its keys, its day and the scores of pairs."""
    rows, numbers = memory.keys(keys)
    left, right = neighbours(rows, numbers, days)
    scores = memory.scores(left, right, score)
    memory.save()
    return groups(len(days), left, right, scores)

"""Which rows are compared at all, and what was found out about them last time.

Rows that share a key (a type and a country, say) within a span of days form a block. Scores of a block are kept
by the digest of its rows, so that a new day recomputes only the blocks that it touches.
"""

import hashlib
import pickle
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Pairs = tuple[Ints, Ints, Floats]
"""Left rows, right rows (left < right) and scores."""

BUCKET = 14
"""Days in a block."""
MAX_ROWS = 800
"""A larger block is cut in pieces: time stays linear in the number of rows."""


def buckets(first: int, last: int) -> range:
    """The spans of days that a row from day `first` to day `last` stands in; long stretches only at their end."""
    last_bucket = last // BUCKET
    return range(max(first // BUCKET, last_bucket - 3), last_bucket + 1)


def row_digests(content: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """A hash of each row."""
    return np.asarray(pd.util.hash_pandas_object(content, index=False), dtype=np.uint64)


def make_blocks(
    keys: Iterable[tuple[int, Hashable]], finer: Callable[[int], Iterable[Hashable]]
) -> list[list[int]]:
    """Rows by key, two or more each, in a stable order. Rows must be numbered in their stable order.

    A block over MAX_ROWS is split by the keys that `finer` gives a row, and what is still too large is cut by order.
    """
    by_key: defaultdict[Hashable, list[int]] = defaultdict(list)
    for row, key in keys:
        by_key[key].append(row)
    out: dict[tuple[int, ...], None] = {}
    for rows in by_key.values():
        if len(rows) < 2:
            continue
        rows = sorted(set(rows))
        if len(rows) <= MAX_ROWS:
            out[tuple(rows)] = None
            continue
        parts: defaultdict[Hashable, list[int]] = defaultdict(list)
        for row in rows:
            for key in finer(row):
                parts[key].append(row)
        for part in parts.values():
            for i in range(0, len(part), MAX_ROWS):
                out[tuple(part[i : i + MAX_ROWS])] = None
    return [list(rows) for rows in sorted(out) if len(rows) > 1]


@cache
def code_version() -> str:
    """A fingerprint of the code that decides on scores."""
    whole = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


class PairCache:
    """Scores of blocks by the digest of their rows, in one file. `path` None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        """Read what is there; a file that cannot be read, or that other code wrote, counts as empty."""
        self.path = path
        self.old: dict[bytes, Pairs] = {}
        self.new: dict[bytes, Pairs] = {}
        if path and path.exists():
            try:
                stored = pickle.loads(path.read_bytes())
                if stored["version"] == code_version():
                    self.old = stored["blocks"]
            except Exception:  # a cache may be anything on disk; it is rebuilt
                self.old = {}

    def scores(
        self, blocks: list[list[int]], digests: npt.NDArray[np.uint64], score: Callable[[Ints], Pairs]
    ) -> Pairs:
        """Scored pairs of all blocks, each pair once. `score` maps rows to pairs numbered within the block."""
        lefts, rights, values = [], [], []
        for rows in blocks:
            block = np.asarray(rows, dtype=np.int64)
            digest = hashlib.blake2b(digests[block].tobytes(), digest_size=16).digest()
            pairs = self.new.get(digest) or self.old.get(digest) or score(block)
            self.new[digest] = pairs
            if len(pairs[0]):
                lefts.append(block[pairs[0]])
                rights.append(block[pairs[1]])
                values.append(pairs[2])
        if not lefts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        left, right, value = np.concatenate(lefts), np.concatenate(rights), np.concatenate(values)
        _, once = np.unique(left * (len(digests) + 1) + right, return_index=True)
        return left[once], right[once], value[once]

    def save(self) -> None:
        """Write the blocks of this run, and forget the others."""
        if self.path and self.new.keys() != self.old.keys():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            staged = self.path.with_suffix(".tmp")
            staged.write_bytes(pickle.dumps({"version": code_version(), "blocks": self.new}, protocol=5))
            staged.replace(self.path)

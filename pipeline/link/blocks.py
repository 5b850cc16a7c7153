"""Which rows are compared at all, and what was found out about them last time.

Rows that share a key (a type and a country, say) within a span of days form a block. Scores of a block are kept
by the digest of its rows, so that a new day recomputes only the blocks that it touches.
"""

import hashlib
import pickle
import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.link.clusters import Known, groups

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Pairs = tuple[Ints, Ints, Floats]
"""Left rows, right rows (left < right) and scores."""

Stored = tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16], npt.NDArray[np.float32]]
"""Pairs within a block, as they are kept."""
Finer = Callable[[int], Iterable[Hashable]]
"""Keys of a row that split a large block."""

BUCKET = 14
"""Days in a block."""
SHARES = 32
"""Blocks into which places, values or incidents are dealt."""
MAX_ROWS = 1500
"""A larger block is cut in pieces: time stays linear in the number of rows."""


def buckets(first: int, last: int) -> range:
    """The spans of days that a row from day `first` to day `last` stands in; long stretches only at their end."""
    last_bucket = last // BUCKET
    return range(max(first // BUCKET, last_bucket - 3), last_bucket + 1)


def row_digests(content: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """A hash of each row."""
    return np.asarray(pd.util.hash_pandas_object(content, index=False), dtype=np.uint64)


def bucket(value: str) -> int:
    """One of SHARES numbers for a value, the same in every run: keeps the number of blocks small."""
    return zlib.crc32(value.encode("utf-8", "surrogatepass")) % SHARES


def make_blocks(keys: Iterable[tuple[int, Hashable]], finer: Sequence[Finer]) -> list[Ints]:
    """Rows by key, two or more each, in a stable order. Rows must be numbered in their stable order.

    A block over MAX_ROWS is split: the keys that the first function of `finer` gives its rows are dealt into shares. A
    share still over it is split by the keys of the next function; what is too large after the last is cut by order.
    """
    by_key: defaultdict[Hashable, list[int]] = defaultdict(list)
    for row, key in keys:
        by_key[key].append(row)
    out = {block for rows in by_key.values() for block in _split(sorted(set(rows)), finer)}
    return [np.asarray(block, dtype=np.int64) for block in sorted(out)]


def _split(rows: list[int], finer: Sequence[Finer]) -> Iterator[tuple[int, ...]]:
    """The rows as blocks of at most MAX_ROWS."""
    if len(rows) < 2:
        return
    if len(rows) <= MAX_ROWS:
        yield tuple(rows)
    elif not finer:
        for i in range(0, len(rows), MAX_ROWS):
            yield tuple(rows[i : i + MAX_ROWS])
    else:
        keys = [(row, repr(key)) for row in rows for key in finer[0](row)]
        shares = 1 << (2 * len(keys) // MAX_ROWS).bit_length()
        parts: defaultdict[int, list[int]] = defaultdict(list)
        for row, key in keys:
            parts[zlib.crc32(key.encode("utf-8", "surrogatepass")) % shares].append(row)
        for part in parts.values():
            yield from _split(sorted(set(part)), finer[1:])


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
        self.old: dict[bytes, Stored] = {}
        self.new: dict[bytes, Stored] = {}
        self.old_groups: Known = {}
        self.new_groups: Known = {}
        if path and path.exists():
            try:
                stored = pickle.loads(path.read_bytes())
                if stored["version"] == code_version():
                    self.old, self.old_groups = stored["blocks"], stored["groups"]
            except Exception:  # a cache may be anything on disk; it is rebuilt
                self.old, self.old_groups = {}, {}

    def scores(
        self, blocks: list[Ints], digests: npt.NDArray[np.uint64], score: Callable[[Ints], Pairs]
    ) -> Pairs:
        """Scored pairs of all blocks, each pair once. `score` maps rows to pairs numbered within the block."""
        found: list[Pairs] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
        for block in blocks:
            digest = hashlib.blake2b(digests[block].tobytes(), digest_size=16).digest()
            pairs = self.new.get(digest) or self.old.get(digest)
            if pairs is None:
                left, right, value = score(block)
                pairs = left.astype(np.uint16), right.astype(np.uint16), value.astype(np.float32)
            self.new[digest] = pairs
            if len(pairs[0]):
                found.append((block[pairs[0]], block[pairs[1]], pairs[2].astype(np.float64)))
        left, right, value = (np.concatenate(column) for column in zip(*found, strict=True))
        _, once = np.unique(left * (len(digests) + 1) + right, return_index=True)
        return left[once], right[once], value[once]

    def groups(self, digests: npt.NDArray[np.uint64], pairs: Pairs) -> Ints:
        """The group of each row, as in `clusters.groups`; parts in which nothing changed are not grouped again."""
        return groups(digests, *pairs, self.old_groups, self.new_groups)

    def save(self) -> None:
        """Write the blocks of this run, and forget the others."""
        if self.path and (
            self.new.keys() != self.old.keys() or self.new_groups.keys() != self.old_groups.keys()
        ):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            staged = self.path.with_suffix(".tmp")
            kept = {"version": code_version(), "blocks": self.new, "groups": self.new_groups}
            staged.write_bytes(pickle.dumps(kept, protocol=5))
            staged.replace(self.path)

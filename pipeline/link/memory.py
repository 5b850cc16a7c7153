"""What the last run found, so that the next has to look only at what changed: one file for each kind of row."""

import hashlib
import pickle
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.link.rows import Ints
from pipeline.store import atomic

Digests = npt.NDArray[np.uint64]


def digests(frame: pd.DataFrame) -> Digests:
    """A hash of each row."""
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)


def digests_of(keys: pd.Series, owners: pd.Series, content: pd.DataFrame) -> Digests:
    """For each key a hash of the rows of `content` that it owns, in whatever order; `owners` has a key for each of them."""
    place = pd.Index(keys).get_indexer(pd.Index(owners))
    out = np.zeros(len(keys), dtype=np.uint64)
    np.add.at(out, place[place >= 0], digests(content)[place >= 0])
    return out


def rows_now(old: Digests, new: Digests) -> Ints:
    """For each row of old its row among the new; -1 where it is gone or changed."""
    if not len(new):
        return np.full(len(old), -1, dtype=np.int64)
    order = np.argsort(new)
    at = np.minimum(np.searchsorted(new, old, sorter=order), len(new) - 1)
    return np.where(new[order[at]] == old, order[at], -1).astype(np.int64)


@cache
def version() -> str:
    """A fingerprint of the code and word lists that decide on links."""
    whole = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *(here.parent / "lexicon").glob("*.*")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def load(path: Path | None) -> dict[str, Any]:
    """What was saved; nothing where there is no such file, it cannot be read, or other code wrote it."""
    if path is None or not path.is_file():
        return {}
    try:
        stored = pickle.loads(path.read_bytes())
        return dict(stored["found"]) if stored["version"] == version() else {}
    except Exception:  # a cache may be anything on disk; it is made again
        return {}


def save(path: Path | None, found: dict[str, Any]) -> None:
    """Keep what was found."""
    if path is not None:
        with atomic.replacing(path) as part, part.open("wb") as file:
            pickle.dump({"version": version(), "found": found}, file, protocol=5)

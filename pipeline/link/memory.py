"""What the last run found, so that the next has to look only at what changed: one file for each kind of row."""

import dataclasses
import hashlib
import json
import math
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipeline.link.columns import places
from pipeline.link.rows import Ints
from pipeline.link.stored import OnDisk
from pipeline.store import sealed

Kept = TypeVar("Kept")
_VERSION = "_version"
_TABLE = "_table."
"""Begins the name of a table of Arrow's."""
ROWS_AT_ONCE = 10_000
"""Rows that are hashed at a time: bounds memory."""
ALIGNED = 64
"""Arrays begin at a multiple of so many bytes: numpy copies what it looks a number up in where it stands elsewhere."""
MOST_TOLD = 1 << 16
"""Bytes within which the names of all arrays stand."""
Digests = npt.NDArray[np.uint64]


def digests(frame: pd.DataFrame) -> Digests:
    """A hash of each row; text is made Python's some rows at a time."""
    parts = [frame.iloc[begin : begin + ROWS_AT_ONCE] for begin in range(0, max(1, len(frame)), ROWS_AT_ONCE)]
    found = [pd.util.hash_pandas_object(part, index=False) for part in parts]
    return np.concatenate([np.asarray(part, dtype=np.uint64) for part in found])


def numbers(texts: Iterable[str]) -> Digests:
    """A number of 64 bits for each text."""
    told = np.array(list(texts), dtype=object)
    return np.asarray(pd.util.hash_array(told, categorize=False), dtype=np.uint64)


def digests_of(keys: pd.Series, owners: pd.Series, content: pd.DataFrame) -> Digests:
    """For each key a hash of the rows of `content` that it owns, in whatever order; `owners` has a key for each of them."""
    place = places(owners, keys)
    out = np.zeros(len(keys), dtype=np.uint64)
    np.add.at(out, place[place >= 0], digests(content)[place >= 0])
    return out


def rows_now(old: Digests, new: Digests) -> Ints:
    """For each row of old its row among the new; -1 where it is gone or changed. Of neither may two rows be the same."""
    found = np.full(len(old), -1, dtype=np.int64)
    before, behind = alike(old, new)
    found[:before] = np.arange(before)
    found[len(old) - behind :] = np.arange(len(new) - behind, len(new))
    some = new[before : len(new) - behind]
    if len(some):
        ours = old[before : len(old) - behind]
        order = np.argsort(some)
        at = np.minimum(np.searchsorted(some, ours, sorter=order), len(some) - 1)
        found[before : len(old) - behind] = np.where(some[order[at]] == ours, before + order[at], -1)
    return found


def not_among(rows: Ints, n: int) -> Ints:
    """Those of `n` rows that are not among some; -1 is none."""
    left = np.ones(n, dtype=np.bool_)
    left[rows[rows >= 0]] = False
    return np.flatnonzero(left)


def alike(old: Digests, new: Digests) -> tuple[int, int]:
    """How many rows are the same from the first on, and, of the others, from the last back: mostly all but a few."""
    most = min(len(old), len(new))
    before = _until(old[:most] != new[:most])
    most -= before
    behind = _until(old[len(old) - most :][::-1] != new[len(new) - most :][::-1])
    return before, behind


def _until(differs: "npt.NDArray[np.bool_]") -> int:
    """How many do not differ before the first that does."""
    return int(differs.argmax()) if differs.any() else len(differs)


def each_once(old: Digests, new: Digests) -> bool:
    """Whether no two of the new rows are the same, where no two of the old are: only what differs from these is looked at."""
    before, behind = alike(old, new)
    some = new[before : len(new) - behind]
    if len(np.unique(some)) < len(some):
        return False
    rest = (new[:before], new[len(new) - behind :])
    return not any(np.isin(part, some).any() for part in rest)


@cache
def version() -> str:
    """A fingerprint of the code and word lists that decide on links."""
    whole = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *here.glob("*.csv"), *(here.parent / "lexicon").glob("*.*")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def load(path: Path | None, kind: type[Kept], known: list[int] | None = None) -> Kept | None:
    """What was saved, its arrays mapped; None where there is no such file or other code wrote it. A damaged file is named and thrown away.

    `known`: the size and time of change that the file is known by; one that has these is not read to tell whether it is damaged.
    """
    if path is None:
        return None
    found: Kept | None = sealed.kept(path, lambda data: _read(data, kind), known=known)
    return found


def save(path: Path | None, found: object, on_disk: Mapping[str, OnDisk] | None = None) -> None:
    """Keep what was found: a dataclass of arrays, of tables of Arrow's, and of such dataclasses.

    `on_disk` are arrays that are too large to be held, by the paths of their fields.
    """
    if path is None:
        return
    arrays: dict[str, Any] = dict(on_disk or {})
    for name, value in _fields(found):
        if isinstance(value, pa.Table):
            arrays[_TABLE + name] = np.frombuffer(sealed.arrow_bytes(value), dtype=np.uint8)
        else:
            arrays.setdefault(name, value)
    arrays[_VERSION] = np.frombuffer(version().encode(), dtype=np.uint8)
    with sealed.writing(path) as written:
        _put_down(written, arrays)


def _put_down(file: BinaryIO, arrays: dict[str, Any]) -> None:
    """A line of JSON that tells names, types and sizes, then the arrays, each where it can be mapped; those on disk some bytes at a time."""
    told = [[name, array.dtype.str, *array.shape] for name, array in arrays.items()]
    file.write(_aligned(json.dumps(told).encode() + b"\n"))
    for array in arrays.values():
        blocks = array.blocks() if isinstance(array, OnDisk) else [np.ascontiguousarray(array).data]
        for block in blocks:
            file.write(block)
        file.write(bytes(-(array.size * array.dtype.itemsize) % ALIGNED))


def _aligned(told: bytes) -> bytes:
    return told + bytes(-len(told) % ALIGNED)


def _fields(found: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """The fields of a dataclass and of those in it, by their paths."""
    for one in dataclasses.fields(found):  # type: ignore[arg-type]
        value = getattr(found, one.name)
        if dataclasses.is_dataclass(value):
            yield from _fields(value, f"{prefix}{one.name}.")
        else:
            yield prefix + one.name, value


def _read(data: pa.Buffer, kind: type[Kept]) -> Kept | None:
    whole = memoryview(data)
    end = whole[:MOST_TOLD].tobytes().index(b"\n") + 1
    values: dict[str, Any] = {}
    place = end + -end % ALIGNED
    for name, dtype, *shape in json.loads(whole[:end].tobytes()):
        n = math.prod(shape)
        values[name] = (np.frombuffer(data, dtype, n, place) if n else np.zeros(0, dtype)).reshape(shape)
        place += values[name].nbytes + -values[name].nbytes % ALIGNED
    if values.pop(_VERSION).tobytes().decode() != version():
        return None
    for name in [name for name in values if name.startswith(_TABLE)]:
        values[name.removeprefix(_TABLE)] = sealed.arrow(pa.py_buffer(values.pop(name)))
    return _made(kind, values)


def _made(kind: type[Kept], values: dict[str, Any], prefix: str = "") -> Kept:
    """A dataclass from the values of its fields."""
    hints: dict[str, Any] = typing.get_type_hints(kind)
    made = {}
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]
        hint, path = hints[one.name], prefix + one.name
        made[one.name] = (
            _made(typing.cast("type[Any]", hint), values, f"{path}.")
            if dataclasses.is_dataclass(hint)
            else values[path]
        )
    return kind(**made)

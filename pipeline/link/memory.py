"""What the last run found, so that the next has to look only at what changed: one file for each kind of row."""

import dataclasses
import hashlib
import io
import typing
import zipfile
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
    for path in sorted([*here.glob("*.py"), *here.glob("*.csv"), *(here.parent / "lexicon").glob("*.*")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def load(path: Path | None, kind: type[Kept]) -> Kept | None:
    """What was saved; None where there is no such file or other code wrote it. A damaged file is named and thrown away."""
    if path is None:
        return None
    found: Kept | None = sealed.kept(path, lambda data: _read(pa.BufferReader(data), kind))
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
    """Arrays in numpy's format of several, those on disk some bytes at a time."""
    with zipfile.ZipFile(_Written(file), "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as part:
                if isinstance(array, OnDisk):
                    told = {"descr": array.dtype.str, "fortran_order": False, "shape": (array.size,)}
                    np.lib.format.write_array_header_1_0(part, told)
                    for block in array.blocks():
                        part.write(block)
                else:
                    np.lib.format.write_array(part, array, allow_pickle=False)


class _Written(io.RawIOBase):
    """What is written to a file from where it stands, as if that were its beginning."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def write(self, data: Any) -> int:
        return self.file.write(data)

    def writable(self) -> bool:
        return True


def _fields(found: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """The fields of a dataclass and of those in it, by their paths."""
    for one in dataclasses.fields(found):  # type: ignore[arg-type]
        value = getattr(found, one.name)
        if dataclasses.is_dataclass(value):
            yield from _fields(value, f"{prefix}{one.name}.")
        else:
            yield prefix + one.name, value


def _read(data: Any, kind: type[Kept]) -> Kept | None:
    with np.load(data, allow_pickle=False) as arrays:
        if _VERSION not in arrays.files or arrays[_VERSION].tobytes().decode() != version():
            return None
        values: dict[str, Any] = {}
        for name in arrays.files:
            if name.startswith(_TABLE):
                values[name.removeprefix(_TABLE)] = sealed.arrow(pa.py_buffer(arrays[name]))
            else:
                values[name] = arrays[name]
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

"""What the last run found, so that the next has to look only at what changed: one file for each kind of row."""

import dataclasses
import hashlib
import io
import json
import typing
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipeline.link.rows import Ints
from pipeline.link.stored import IN_MEMORY, OnDisk
from pipeline.store import sealed

Kept = TypeVar("Kept")
_REST = "_rest"
_LINES = "_lines."
"""Begins the name of a dictionary, which is put down line by line."""
ROWS_AT_ONCE = 10_000
"""Rows that are hashed at a time: bounds memory."""
Digests = npt.NDArray[np.uint64]


def digests(frame: pd.DataFrame) -> Digests:
    """A hash of each row; text is made Python's some rows at a time."""
    parts = [frame.iloc[begin : begin + ROWS_AT_ONCE] for begin in range(0, max(1, len(frame)), ROWS_AT_ONCE)]
    found = [pd.util.hash_pandas_object(part, index=False) for part in parts]
    return np.concatenate([np.asarray(part, dtype=np.uint64) for part in found])


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
    """Keep what was found: a dataclass of arrays, of such dataclasses, and of values that `_plain` can put down.

    `on_disk` are arrays that are too large to be held, by the paths of their fields.
    """
    if path is None:
        return
    arrays: dict[str, Any] = dict(on_disk or {})
    rest = {}
    with ExitStack() as files:
        for name, value in _fields(found):
            if name in arrays:
                continue
            if isinstance(value, np.ndarray):
                arrays[name] = value
            elif isinstance(value, dict):
                file = files.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
                arrays[_LINES + name] = _lines(value, file)
            else:
                rest[name] = _plain(value)
        text = json.dumps({"version": version(), "rest": rest}, separators=(",", ":")).encode()
        arrays[_REST] = np.frombuffer(text, dtype=np.uint8)
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


class _Read(tuple[Any, ...]):
    """A record that was read, with the text that it was put down as: it is not put into words again. Nobody changes it."""

    text: bytes


def _lines(value: dict[Any, Any], file: Any) -> OnDisk:
    """A dictionary as JSON, one entry a line, put down in a file, so that no second copy of all is held."""
    size = 0
    for key, record in value.items():
        text = record.text if isinstance(record, _Read) else put_down(record)
        size += file.write(put_down(key) + b"\t" + text + b"\n")
    return OnDisk(np.dtype(np.uint8), size, file)


def put_down(value: object) -> bytes:
    """A value as JSON in one line without a tab."""
    return _ENCODE(_plain(value)).encode()


def _from_lines(lines: npt.NDArray[np.uint8]) -> dict[Any, Any]:
    """The dictionary that `_lines` put down; the lines are read as one text, each alone would take twice as long."""
    texts = [line.split(b"\t") for line in lines.tobytes().splitlines()]
    keys, records = (
        (_DECODE(f"[{b','.join(some).decode()}]") for some in zip(*texts, strict=True)) if texts else ((), ())
    )
    found = {}
    for key, record, (_, text) in zip(keys, records, texts, strict=True):
        if type(record) is tuple:
            record = _Read(record)
            record.text = text
        found[key] = record
    return found


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
        text = json.loads(arrays[_REST].tobytes())
        if text["version"] != version():
            return None
        values = {name: _DECODE(_ENCODE(value)) for name, value in text["rest"].items()}
        for name in arrays.files:
            if name.startswith(_LINES):
                values[name.removeprefix(_LINES)] = _from_lines(arrays[name])
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


def _plain(value: object) -> object:
    """A value as JSON can hold it: what JSON knows not carries its type."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if isinstance(value, dict):
        pairs = value.items()
        return {"dict": [[_plain(key), one if type(one) in _SIMPLE else _plain(one)] for key, one in pairs]}
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return {"tuple": [_plain(one) for one in value]}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"A {kind.__name__} cannot be kept")


def _value(plain: dict[str, Any]) -> Any:
    """The value that `_plain` put down as an object of JSON, whose parts are values already."""
    if not plain:
        return plain
    ((kind, inner),) = plain.items()
    if kind == "date":
        return date.fromisoformat(inner)
    return tuple(inner) if kind == "tuple" else dict(inner)


_SIMPLE = frozenset((str, int, float, bool, type(None)))
"""What JSON holds as it is."""
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
_DECODE = json.JSONDecoder(object_hook=_value).decode

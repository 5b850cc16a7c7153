"""Files that a run keeps for the next one: written whole, and with a checksum that is verified when they are read.

The checksum covers the file's name too, so that one file in the place of another is found. A file is a line of 64
bytes (`newstables/2`, the checksum) and what it holds: JSON, or Arrow's file format, which is mapped, not loaded.
Nothing in them is ever executed.
"""

import contextlib
import filecmp
import hashlib
import io
import json
import logging
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from pipeline.store import atomic
from pipeline.store.mapped import mapped

LOG = logging.getLogger(__name__)
_MARK = b"newstables/2 "
_BEFORE = b"newstables/1 "
"""Of a file that an older program wrote: its checksum is one of 200 bits, which takes four times as long."""
HEADER = 64
"""Bytes in front of what a file holds: what is mapped stays aligned."""
_verified: dict[str, tuple[int, int, int]] = {}
"""Files that this process has verified, and which file it was: mapped ones are opened again and again."""


class DamagedError(ValueError):
    """A file is not what was written under its name."""


def _header(name: str, blocks: Iterable[bytes | memoryview], mark: bytes = _MARK) -> bytes:
    """What stands in front of some content: against damage and mix-ups, not against forgers, so that 32 bits do."""
    named = f"{name}\0".encode("utf-8", "surrogatepass")
    if mark == _BEFORE:
        whole = hashlib.blake2b(named, digest_size=25)
        for block in blocks:
            whole.update(block)
        return mark + whole.hexdigest().encode() + b"\n"
    found = reduce(lambda so_far, block: zlib.crc32(block, so_far), blocks, zlib.crc32(named))
    return (mark + b"%08x" % found).ljust(HEADER - 1) + b"\n"


@contextlib.contextmanager
def writing(path: Path, *, name: str | None = None, sync: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, which takes its place with its checksum when the block ends without an error.

    A file with the same bytes is left untouched. `name`: what the checksum binds the content to (the file's name without it).
    """
    with contextlib.suppress(atomic.SameError), atomic.replacing(path, sync=sync) as part:
        with part.open("rb+") as file:
            file.write(bytes(HEADER))
            yield file
            file.flush()
            file.seek(HEADER)
            header = _header(name or path.name, atomic.blocks(file))
            file.seek(0)
            file.write(header)
        _verified.pop(str(path), None)
        if path.is_file() and filecmp.cmp(path, part, shallow=False):
            raise atomic.SameError


def write(path: Path, data: bytes, *, name: str | None = None, sync: bool = True) -> None:
    """Keep some bytes."""
    with writing(path, name=name, sync=sync) as file:
        file.write(data)


def write_json(path: Path, value: object, *, sync: bool = True) -> None:
    """Keep a value that JSON can hold."""
    write(path, json.dumps(value, separators=(",", ":")).encode(), sync=sync)


def read(path: Path, *, name: str | None = None, known: list[int] | None = None) -> pa.Buffer:
    """What a file holds, mapped. Raises FileNotFoundError where there is none, DamagedError where it is not what was written.

    One of the size and time of change that it is known by (`known`) is taken as it is: a large one is not read for its checksum alone.
    """
    with path.open("rb") as file:
        state = os.fstat(file.fileno())
        if state.st_size <= HEADER:
            raise DamagedError("it is cut short")
        whole = mapped(file)
    which = (state.st_ino, state.st_size, state.st_mtime_ns)
    if _verified.get(str(path)) != which and [state.st_size, state.st_mtime_ns] != known:
        header, content = whole[:HEADER].to_pybytes(), memoryview(whole)[HEADER:]
        mark = _BEFORE if header.startswith(_BEFORE) else _MARK
        if header != _header(name or path.name, [content], mark):
            raise DamagedError("its checksum is not that of its content")
        _verified[str(path)] = which
    return whole.slice(HEADER)


def forget(path: Path, why: object, instead: str = "it is made again") -> None:
    """Say that a kept file is damaged, and throw it away."""
    LOG.warning("%s is damaged (%s); %s.", path, why, instead)
    _verified.pop(str(path), None)
    atomic.remove(path)


def kept(
    path: Path,
    load: Callable[[pa.Buffer], Any],
    *,
    name: str | None = None,
    known: list[int] | None = None,
) -> Any:
    """What `load` makes of a file; None where there is none. One that is damaged is named in a warning and thrown away."""
    try:
        return load(read(path, name=name, known=known))
    except FileNotFoundError:
        return None
    except (
        pa.ArrowException,
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        EOFError,
    ) as error:
        forget(path, error)
        return None


def kept_json(path: Path) -> Any:
    """A value that `write_json` kept; None where there is none."""
    return kept(path, lambda data: json.loads(data.to_pybytes()))


def arrow(data: pa.Buffer, columns: list[int] | None = None) -> pa.Table:
    """The table that a file of Arrow's holds, or some of its columns; it is read in one thread: threads would wait for each other for as long."""
    options = pa.ipc.IpcReadOptions(included_fields=columns, use_threads=False)
    return pa.ipc.open_file(pa.BufferReader(data), options=options).read_all()


def held(data: pa.Buffer) -> pa.Table:
    """The same in memory of its own, for who keeps it: a folder of which a file is mapped can not be unmounted."""
    return arrow(pa.py_buffer(data.to_pybytes()))


def arrow_bytes(table: pa.Table) -> bytes:
    """A table in Arrow's file format."""
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()

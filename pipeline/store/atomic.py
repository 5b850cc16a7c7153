"""Files that are there whole or not at all, whenever the process is killed."""

import contextlib
import filecmp
import os
from collections.abc import Callable, Iterator
from pathlib import Path

_PREFIX, _SUFFIX = ".", ".part"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` to write to; it takes the place of `path` when the block ends without an error.

    The data reach the disk before the name does. The name begins with a dot: readers of the folder pass it over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{_PREFIX}{path.name}{_SUFFIX}")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


class _SameError(Exception):
    """The new file is the old one."""


def put(path: Path, write: Callable[[Path], object]) -> bool:
    """Let `write` make a file, and put it in place where its bytes differ; True where they do.

    A file that holds the same bytes already is left untouched, its time of change too.
    """
    try:
        with replacing(path) as part:
            write(part)
            if path.is_file() and filecmp.cmp(path, part, shallow=False):
                raise _SameError
    except _SameError:
        return False
    return True


def write_bytes(path: Path, data: bytes) -> bool:
    """Put a small file in place; True where its content changed."""
    return put(path, lambda part: part.write_bytes(data))


def sweep(folder: Path) -> None:
    """Remove what killed runs left half-written in a folder."""
    for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        part.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Delete a file for good."""
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Files that are there whole or not at all, whenever the process is killed."""

import contextlib
import errno
import filecmp
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

_PREFIX, _SUFFIX = ".", ".part"
_BLOCK = 1 << 18
FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Numbers of the errors that say that a disk takes no more."""


@contextlib.contextmanager
def replacing(path: Path, *, sync: bool = True) -> Iterator[Path]:
    """A temporary file beside `path` to write to; it takes the place of `path` when the block ends without an error.

    The data reach the disk before the name does (not with `sync=False`, for who synchronises many files at once). The
    name begins with a dot: readers of the folder pass it over. The file is new: a link of that name is not followed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{_PREFIX}{path.name}{_SUFFIX}")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield part
        if sync:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)  # what stands in the place of a file is none of ours
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


class SameError(Exception):
    """The new file is the old one."""


def put(path: Path, write: Callable[[Path], object], *, sync: bool = True) -> bool:
    """Let `write` make a file, and put it in place where its bytes differ; True where they do.

    A file that holds the same bytes already is left untouched, its time of change too.
    """
    try:
        with replacing(path, sync=sync) as part:
            write(part)
            if path.is_file() and filecmp.cmp(path, part, shallow=False):
                raise SameError
    except SameError:
        return False
    return True


def write_bytes(path: Path, data: bytes, *, sync: bool = True) -> bool:
    """Put a small file in place; True where its content changed."""
    return put(path, lambda part: part.write_bytes(data), sync=sync)


def blocks(file: BinaryIO, size: int | None = None) -> Iterator[memoryview]:
    """What a file holds from where it stands on (so many bytes of it), some at a time, each in the place of the one before: no memory is asked for anew."""
    buffer = memoryview(bytearray(_BLOCK))
    while n := file.readinto(buffer if size is None else buffer[: min(size, _BLOCK)]):  # type: ignore[attr-defined]
        yield buffer[:n]
        size = None if size is None else size - n


def link(source: Path | str, target: Path | str) -> None:
    """A second name for a file that nobody writes to any more; a copy where the file system has no such links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in FULL:
            raise
        shutil.copy2(source, target)


def link_tree(source: Path | str, target: Path | str) -> None:
    """Link every file below a folder into another one; what is no plain file or half-written is left out.

    The other folder may hold files already: those that are the same file stay, which a look at its names tells; all else goes.
    """
    Path(target).mkdir(parents=True, exist_ok=True)
    with os.scandir(target) as entries:
        there = {entry.name: entry for entry in entries}
    with os.scandir(source) as entries:
        for entry in entries:
            old = there.pop(entry.name, None)
            if old is not None and old.inode() == entry.inode() and _is_plain(entry):
                continue
            place = f"{target}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if old is not None and not old.is_dir(follow_symlinks=False):
                    clear(Path(place))
                link_tree(entry.path, place)
                continue
            if old is not None:
                clear(Path(place))
            if _is_plain(entry):
                link(entry.path, place)
    for name in there:
        clear(Path(f"{target}/{name}"))


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether it is a plain file that is whole."""
    return entry.is_file(follow_symlinks=False) and not is_part(entry.name)


def is_part(name: str) -> bool:
    """Whether a file of this name is half-written."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def sweep(folder: Path) -> None:
    """Remove what killed runs left half-written in a folder."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            parts = [entry.path for entry in entries if is_part(entry.name)]
        for part in parts:
            Path(part).unlink(missing_ok=True)


def clear(path: Path) -> None:
    """Remove whatever is there: a file, a link, a folder with all in it, nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Delete a file for good."""
    clear(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    if os.name == "nt":  # Windows cannot open folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

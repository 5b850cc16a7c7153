"""What to say where the disk takes no more, or refuses."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.store import atomic

WHOLE_AT_LEAST = 2_000_000
"""What the first version of a few articles takes: the pages bring their scripts."""


class WriteError(OSError):
    """The data folder could not be written; the message says which, how much was missing and what to do."""


@contextlib.contextmanager
def guarding(data: Path, *, shown: bool = False) -> Iterator[None]:
    """Have a disk that is full, or a write that is refused, told in one line; `shown`: the run's version is to be seen already."""
    try:
        yield
    except WriteError:
        raise
    except OSError as error:
        full = error.errno in atomic.FULL
        if not full and not (isinstance(error, PermissionError) and _below(error.filename, data)):
            raise
        raise WriteError(_said(error, data, full=full, shown=shown)) from None


def _said(error: OSError, data: Path, *, full: bool, shown: bool) -> str:
    what = os.strerror(error.errno) if error.errno else str(error)
    where = f" at {error.filename}" if error.filename else ""
    room = ""
    if full:
        with contextlib.suppress(OSError):
            free = shutil.disk_usage(data).free
            room = f" {_size(free)} are free there, a new version may take {_size(_needed(data))} more."
    became = (
        "The tables of this run are shown, but its history is not complete."
        if shown
        else "Nothing of this run is shown, the tables are those of before."
    )
    return (
        f"The folder {data} cannot be written: {what}{where}.{room} {became} {'Make room' if full else 'Allow it'}, then run "
        "again: what was read is kept."
    )


def _needed(data: Path) -> int:
    """What a version takes where every file in it is new: as much as the largest there is."""
    versions = data / "versions"
    sizes = [
        sum(path.lstat().st_size for path in version.rglob("*"))
        for version in (versions.iterdir() if versions.is_dir() else ())
    ]
    return max([WHOLE_AT_LEAST, *sizes])


def _below(filename: object, data: Path) -> bool:
    return isinstance(filename, str) and data.resolve() in Path(filename).resolve().parents


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:,.1f} MB" if n_bytes < 1e9 else f"{n_bytes / 1e9:,.1f} GB"

"""Where readers find the current version: `data/current`, and the paths that lead through it.

Links, swapped by renaming. On a file system (or a Windows account) that has no symbolic links, `data/current` is a
small text file that names the version, and `data/parquet`, ... are copies that are brought up to date file by file.
"""

import contextlib
import os
import shutil
from pathlib import Path

from pipeline.store import atomic

REPORT = "report"
PARTS = ("parquet", "csv", REPORT, "datapackage.json")
"""What stands in a version and is reached by the same name in the data folder."""
CURRENT = "current"
_ASIDE = ".before-versions-"


def pages_noted(data: Path) -> Path:
    """Where it is noted how a run left the folders of the current version's pages; without it, each page is looked at."""
    return data / "cache" / "pages.json"


def target(data: Path) -> str | None:
    """The name of the version that `data/current` leads to; None where there is no such link."""
    place = data / CURRENT
    try:
        return (place.readlink() if place.is_symlink() else Path(place.read_text("utf-8").strip())).name
    except (OSError, ValueError):
        return None


def before_versions(data: Path) -> Path:
    """Where files lie that no version holds yet: those of an older program, or of a copy that followed the links."""
    return data / CURRENT if (data / CURRENT).is_dir() else data


def show(data: Path, version: Path) -> None:
    """Make a version, which is complete, the current one: in one step where there are links."""
    _synchronise(version)
    _lead(data / CURRENT, f"{version.parent.name}/{version.name}", pointer=True)
    lead(data, version)


def lead(data: Path, version: Path) -> None:
    """Have the paths of old lead into the current version."""
    for part in PARTS:
        place, there = data / part, version / part
        if not there.exists():
            if place.is_symlink():
                place.unlink()
        elif not _lead(place, f"{CURRENT}/{part}") or not place.exists():
            _mirror(there, place)
    for aside in data.glob(f"{_ASIDE}*"):
        atomic.clear(aside)


def _lead(place: Path, to: str, *, pointer: bool = False) -> bool:
    """Make `place` a link, whatever it was; False where there are no links (then, for a pointer, a file that names it)."""
    if place.is_symlink() and place.readlink() == Path(to):
        return True
    new = place.with_name(f".{place.name}.part")
    atomic.clear(new)
    try:
        new.symlink_to(to)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno in atomic.FULL:
            raise
        if pointer:
            _clear(place, keep_file=True)
            atomic.write_bytes(place, to.encode())
        return False
    _clear(place)
    new.replace(place)
    atomic.sync_folder(place.parent)
    return True


def _clear(place: Path, *, keep_file: bool = False) -> None:
    """Take out of the way what a rename cannot replace: a folder."""
    if place.is_dir() and not place.is_symlink():
        place.rename(place.with_name(f"{_ASIDE}{place.name}"))
    elif keep_file and place.is_symlink():
        place.unlink()


def _mirror(source: Path, place: Path) -> None:
    """Bring a copy up to date, file by file; what the source has not goes."""
    if place.is_symlink():
        place.unlink()
    if source.is_file():
        _copy(source, place)
        return
    for path in sorted(place.rglob("*"), reverse=True):
        if not (source / path.relative_to(place)).exists():
            atomic.clear(path)
    for path in sorted(source.rglob("*")):
        if path.is_file() and not atomic.is_part(path.name):
            _copy(path, place / path.relative_to(source))


def _copy(source: Path, place: Path) -> None:
    with contextlib.suppress(OSError):
        old, new = place.stat(), source.stat()
        if (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns):
            return
    with atomic.replacing(place) as part:
        shutil.copy2(source, part)


def _synchronise(version: Path) -> None:
    """Have all of a version reach the disk before its name does."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in version.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())

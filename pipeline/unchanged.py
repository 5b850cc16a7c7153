"""Whether a run has anything to do, told from listings of files before anything heavy is loaded.

A run that published every table clean notes what it saw: the folder of articles, the program and its settings, and how it left
the version and the cache. Where all of that is as it was, the tables are what another run would make. Of pages and of the cache,
whose files are as many as the articles, only the folders are looked at: one that somebody wrote into is mended by the run of the night.
"""

import hashlib
import os
import site
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pipeline import journal, listing
from pipeline.listing import RECENT, Listing, as_read, as_written
from pipeline.settings import Settings, settings
from pipeline.store import lock, places

TRANSIENT = frozenset({"CHANGING", "UNREADABLE", "UNREADABLE_FOLDER"})
"""Reasons for a rejection that may be gone in the next run, though no file has changed."""
_ELSEWHERE = frozenset(
    {
        "seeds_dir",
        "data_dir",
        "work_dir",
        "accept_vanished",
        "lock_wait",
        "workers",
        "executor",
        "dask_scheduler",
    }
)
"""Settings that say where and when, not what; the folders are looked at themselves."""


def seen(seeds: Path, data: Path, articles: Listing | None = None) -> str | None:
    """A fingerprint of what decides the tables: articles, program, settings. None where an article changed only just now.

    `articles`: the listing of the seeds folder, where it was listed already.
    """
    articles = articles or Listing(as_read).add(seeds, leave_out=data)
    if time.time_ns() - articles.newest < RECENT:
        return None
    return _joined(str(seeds.absolute()), articles.digest(), _program(settings()))


def standing(data: Path, seen_then: str | None) -> str | None:
    """A fingerprint of all that a run saw and left; None where it could not tell what it saw."""
    if seen_then is None:
        return None
    left = Listing(as_written, hidden=True, without=frozenset({places.REPORT}))
    version = data / "versions" / (places.target(data) or "none")
    left.add(version)
    return _joined(
        seen_then,
        version.name,
        *(_led(data / part, left) for part in places.PARTS),
        left.digest(),
        *_outline(version / places.REPORT, 2),
        *_outline(data / "cache", 2),
    )


def _outline(folder: Path, depth: int, *, files: bool = True) -> Iterator[str]:
    """The files that stand in a folder itself, and the folders below it by when a file last came or went, so many steps down."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield str(error.errno)
        return
    for entry in found:
        inside = entry.is_dir(follow_symlinks=False)
        if inside or files:
            state = entry.stat(follow_symlinks=False)
            yield f"{entry.name} {state.st_mtime_ns if inside else as_written(state)}"
        if inside and depth > 1:
            yield from _outline(Path(entry.path), depth - 1, files=False)


def _led(place: Path, left: Listing) -> str:
    """Where a path leads, or, where there are no links, what stands there."""
    if place.is_symlink():
        return os.fspath(place.readlink())
    if place.is_dir():
        left.add(place)
        return "folder"
    return as_written(place.lstat()) if place.is_file() else "none"


def confirm(seeds: Path, data: Path) -> journal.Entry | None:
    """What the last run said of itself, noted anew, where another one would change nothing; else None."""
    known = published(data)
    if not known.get("standing") or _came_or_went(seeds, data, str(known.get("began"))):
        return None
    try:
        with lock.hold(data, wait=0):
            if (last := same(seeds, data)) is None:
                return None
            now = journal.now()
            entry = last | {"run": uuid.uuid4().hex, "began": now, "ended": now}
            journal.note(data, **entry)
    except lock.LockedError:
        return None
    return entry


def _came_or_went(seeds: Path, data: Path, since: str) -> bool:
    """Whether something came or went in the folders of articles since the last run looked: then not each article needs to be looked at to know.

    By the clock of the disk, so that nothing is concluded from a False, and a True only has the run look itself.
    """
    try:
        then = int(datetime.fromisoformat(since).timestamp()) * 1_000_000_000 + listing.RECENT
    except ValueError:
        return False
    return any(state.st_mtime_ns > then for _, state in listing.folders(seeds, leave_out=data))


def same(seeds: Path, data: Path, articles: Listing | None = None) -> journal.Entry | None:
    """What a run says of itself that finds nothing changed since the last one; None where it is not so. The caller holds the lock on `data`.

    `articles`: see `seen`.
    """
    last = published(data)
    if "n_documents" not in last or not last.get("standing"):  # the run may have made tables alone
        return None
    now = seen(seeds, data, articles)
    if now != last.get("seen") or standing(data, now) != last["standing"]:
        return None
    counts = dict.fromkeys(("n_new", "n_changed", "n_removed", "n_extracted"), 0)
    return last | counts | {"n_same": last["n_documents"], "same": True}


def published(data: Path) -> journal.Entry:
    """What the last run said of itself that published; nothing where none did."""
    runs = reversed(journal.entries(data))
    return next((entry for entry in runs if entry.get("outcome") == journal.PUBLISHED), {})


def _program(chosen: Settings) -> str:
    """The program by the state of its files, its libraries by that of their folders, and the settings."""
    here = Path(__file__).parent
    files = Listing(as_written, without=frozenset({"__pycache__"})).add(here).add(here.parent / "schemas")
    if chosen.language_model and Path(chosen.language_model).is_dir():
        files.add(Path(chosen.language_model))
    folders = sorted({*site.getsitepackages(), site.getusersitepackages()})
    libraries = [f"{folder} {Path(folder).stat().st_mtime_ns}" for folder in folders if Path(folder).is_dir()]
    decide = chosen.model_dump(exclude=set(_ELSEWHERE))
    said = sorted(chosen.model_fields_set - _ELSEWHERE)
    return _joined(sys.version, files.digest(), *libraries, repr(decide), repr(said))


def _joined(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

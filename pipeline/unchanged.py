"""Whether a run has anything to do, told from listings of files before anything heavy is loaded.

A run that published every table clean notes what it saw: the folder of articles, the program and its settings, and how it left
the version and the cache. Where all of that is as it was, the tables are what another run would make.
"""

import hashlib
import os
import site
import sys
import time
import uuid
from pathlib import Path

from pipeline import journal
from pipeline.listing import RECENT, Listing, as_read, as_written
from pipeline.settings import Settings, settings
from pipeline.store import lock, places

TRANSIENT = frozenset({"CHANGING", "UNREADABLE", "UNREADABLE_FOLDER"})
"""Reasons for a rejection that may be gone in the next run, though no file has changed."""
_ELSEWHERE = frozenset(
    {"seeds_dir", "data_dir", "accept_vanished", "lock_wait", "workers", "executor", "dask_scheduler"}
)
"""Settings that say where and when, not what; the folders are looked at themselves."""


def seen(seeds: Path, data: Path) -> str | None:
    """A fingerprint of what decides the tables: articles, program, settings. None where an article changed only just now."""
    articles = Listing(as_read).add(seeds, leave_out=data)
    if time.time_ns() - articles.newest < RECENT:
        return None
    return _joined(str(seeds.absolute()), articles.digest(), _program(settings()))


def standing(data: Path, seen_then: str | None) -> str | None:
    """A fingerprint of all that a run saw and left; None where it could not tell what it saw."""
    if seen_then is None:
        return None
    left = Listing(as_written, hidden=True)
    version = data / "versions" / (places.target(data) or "none")
    left.add(version).add(data / "cache")
    return _joined(
        seen_then, version.name, *(_led(data / part, left) for part in places.PARTS), left.digest()
    )


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
    runs = journal.entries(data)
    last = next((e for e in reversed(runs) if e.get("outcome") == journal.PUBLISHED), {})
    if not last.get("standing"):
        return None
    try:
        with lock.hold(data, wait=0):
            if standing(data, seen(seeds, data)) != last["standing"]:
                return None
            now = journal.now()
            same = {
                "n_new": 0,
                "n_changed": 0,
                "n_removed": 0,
                "n_extracted": 0,
                "n_same": last["n_documents"],
            }
            entry = last | same | {"run": uuid.uuid4().hex, "began": now, "ended": now}
            journal.note(data, **entry)
    except lock.LockedError:
        return None
    return entry


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

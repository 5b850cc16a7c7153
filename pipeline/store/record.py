"""What was last written to each file of a table, so that files whose rows are the same need not be made again."""

import hashlib
import os
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyarrow as pa

from pipeline.store import atomic, sealed

Places = dict[str, tuple[int, int]]
"""Where parts of a file stand in it, by what each holds: the first byte, and how many."""
FOLDER = ".record"
"""Stands in the folder of a version, so that it never tells of another one."""


class Record:
    """The record of a table's files in the folder of a version: the rows that each holds, its size, time of change and hash.

    A file that anyone touched since (its size or time of change is another) is hashed, and made again where it differs.
    """

    def __init__(self, folder: Path, table: str) -> None:
        """The record of a table, empty where another writer made the files."""
        self.folder = folder
        self._path = folder / FOLDER / f"{table}.json"
        known = sealed.kept_json(self._path) or {}
        if known.get("writer") != _writer():
            known = {}
        self._known: dict[str, list[object]] = known.get("files", {})
        self._known_places: dict[str, Places] = known.get("places", {})
        self._files: dict[str, list[object]] = {}
        self._places: dict[str, Places] = {}

    def put(self, path: Path, digest: str, write: Callable[[Path], str | None]) -> bool:
        """Have `write` make the file, unless it holds the rows of `digest` already; True where its bytes changed.

        `write` may return the hash of the file, which else is read for it.
        """
        key, state = self.key(path), file_state(path)
        rows, size, time, sha256 = self._known.get(key, ["", -1, -1, ""])
        if rows == digest and state[0] >= 0 and (state == [size, time] or hash_of(path) == sha256):
            self._files[key] = [digest, *state, sha256]
            return False
        told: list[str | None] = []
        changed = atomic.put(path, lambda part: told.append(write(part)), sync=False)
        self._files[key] = [digest, *file_state(path), told[0] or hash_of(path)]
        return changed

    def size_and_hash(self, path: Path) -> tuple[int, str] | None:
        """The size and the hash of a file, which is looked at once; None where there is none."""
        _, size, time, sha256 = self._known.get(self.key(path), ["", -2, -2, ""])
        state = file_state(path)
        if state[0] < 0:
            return None
        return state[0], str(sha256) if state == [size, time] else hash_of(path)

    def places(self, path: Path) -> Places:
        """Where the parts of a file stand in it; nothing where anyone touched it since."""
        key = self.key(path)
        _, size, time, _ = self._known.get(key, ["", -2, -2, ""])
        return self._known_places.get(key, {}) if file_state(path) == [size, time] else {}

    def note_places(self, path: Path, places: Places) -> None:
        """Say where the parts of a file stand that was put; nothing where it stayed as it was."""
        key = self.key(path)
        self._places[key] = places or self._known_places.get(key, {})

    def save(self) -> None:
        """Keep the record for the next run."""
        if self._files == self._known:
            return
        found = {"writer": _writer(), "files": self._files, "places": self._places}
        sealed.write_json(self._path, found, sync=False)

    def key(self, path: Path) -> str:
        """The way to a file from the folder of the version."""
        own, whole = f"{self.folder}{os.sep}", str(path)  # a path that is taken apart takes ten times as long
        assert whole.startswith(own)
        return whole[len(own) :].replace(os.sep, "/")


@cache
def _writer() -> str:
    here = Path(__file__)
    code = b"".join(here.with_name(name).read_bytes() for name in ("record.py", "publish.py", "parts.py"))
    return hashlib.sha256(code + pa.__version__.encode()).hexdigest()


def file_state(path: Path) -> list[int]:
    """Size and time of change of a file; below zero where there is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return [-1, -1]
    return [found.st_size, found.st_mtime_ns] if stat.S_ISREG(found.st_mode) else [-1, -1]


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

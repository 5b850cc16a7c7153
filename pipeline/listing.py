"""What stands in a folder, told from names, sizes and times of change alone: cheap enough to ask every minute."""

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

RECENT = 2_000_000_000
"""Nanoseconds within which a second change of a file may leave its time as it was, on coarse file systems."""
Say = Callable[[os.stat_result], str]


@dataclass(frozen=True, slots=True)
class Folder:
    """What a walk saw of a folder, those below it left out."""

    digest: str | None
    """A fingerprint of what stands in it; None where it changed only just now and may have changed again, or could not be listed."""
    below: tuple[str, ...]
    """The folders in it, in order."""


def as_read(state: os.stat_result) -> str:
    """The state of a file of somebody else: which one it is, its size, when its content or anything of it changed."""
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def as_written(state: os.stat_result) -> str:
    """The state of a file of ours: other versions hold it under other names, which changes more than size and time do not tell."""
    return f"{state.st_size} {state.st_mtime_ns}"


@dataclass(slots=True)
class Listing:
    """A walk through folders, as a fingerprint: two equal ones mean that nothing changed. It is no time and has no order."""

    say: Say
    hidden: bool = False
    """Whether files count whose names begin with a dot."""
    without: frozenset[str] = frozenset()
    """Names of folders that do not count."""
    newest: int = 0
    """When any file last changed, in nanoseconds."""
    folders: dict[str, Folder] = field(default_factory=dict)
    """What was walked through, by the way from where a walk began: with a `/` at its end, empty for the beginning itself."""
    _whole: "hashlib.blake2b" = field(default_factory=lambda: hashlib.blake2b(digest_size=16))

    def add(self, folder: Path, leave_out: Path | None = None) -> "Listing":
        """Walk through a folder too; links to folders are told, not followed. `leave_out` is one that does not count."""
        passed = which(leave_out) if leave_out is not None else None
        self._add(os.fspath(folder), "", passed)
        return self

    def digest(self) -> str:
        """The fingerprint of all that was walked through."""
        return self._whole.copy().hexdigest()

    def _add(self, folder: str, prefix: str, passed: tuple[int, int] | None) -> None:
        folders: list[os.DirEntry[str]] = []
        lines: list[str] = []
        newest, self.newest, whole = self.newest, 0, True
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=attrgetter("name"))
        except OSError as error:
            found, whole = [], False
            lines.append(f"{prefix}\0{error.errno}\n")
        for entry in found:
            name = entry.name
            if (name[0] == "." and not self.hidden) or name in self.without:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry)
                continue
            lines.append(f"{prefix}{name}\0{self._state(entry)}\n")
        inside = [entry for entry in folders if passed is None or which(Path(entry.path)) != passed]
        told = "".join([*lines, *(f"{prefix}{entry.name}/\n" for entry in inside)])
        digest = hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).digest()
        self._whole.update(digest)
        settled = whole and time.time_ns() - self.newest >= RECENT
        below = tuple(entry.name for entry in inside)
        self.folders[prefix] = Folder(digest.hex() if settled else None, below)
        self.newest = max(newest, self.newest)
        for entry in inside:
            self._add(entry.path, f"{prefix}{entry.name}/", passed)

    def _state(self, entry: os.DirEntry[str]) -> str:
        """The state of a file, and for a link of what it leads to as well."""
        try:
            state = entry.stat(follow_symlinks=False)
            changed = state.st_ctime_ns
            if changed > self.newest:
                self.newest = changed
            if not entry.is_symlink() or entry.is_dir():
                return self.say(state)
            told, state = self.say(state), entry.stat()
            self.newest = max(self.newest, state.st_ctime_ns)
            return f"{told} {self.say(state)}"
        except OSError as error:
            return str(error.errno)


_NONE_INSIDE = 2
"""Names of a folder that holds no folders, on file systems that count these: its own and the one in itself."""


def folders(folder: Path, leave_out: Path | None = None) -> Iterator[tuple[str, os.stat_result]]:
    """A folder and those below it, hidden ones and links left out, each with its state. Files are passed over unseen where the file system lets know that no folder is among them."""
    passed = which(leave_out) if leave_out is not None else None
    todo = [os.fspath(folder)]
    while todo:
        place = todo.pop()
        with contextlib.suppress(OSError):
            state = Path(place).stat()
            if (state.st_dev, state.st_ino) == passed:
                continue
            yield place, state
            if state.st_nlink != _NONE_INSIDE:
                with os.scandir(place) as entries:
                    inside = [entry.path for entry in entries if _is_shown_folder(entry)]
                todo += sorted(inside)


def _is_shown_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def which(folder: Path) -> tuple[int, int] | None:
    """A folder, however it is spelled."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

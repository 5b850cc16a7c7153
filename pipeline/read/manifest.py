"""What stands in the seeds folder, and what changed there since the last run. Decides what is read again."""

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.listing import RECENT, as_read, which
from pipeline.read.article import Reason, Rejection
from pipeline.read.formats import TEXT
from pipeline.read.reader import articles, read_bytes, shown


@dataclass(frozen=True, slots=True)
class SeedFile:
    """An article, a file or a part of one: where it stands (`path` below the seeds folder, as shown) and what it holds."""

    path: str
    doc_id: str
    size: int
    sha256: str
    published_on: date | None
    location: Path = field(compare=False)
    """The file itself; its name may hold bytes that `path` cannot show."""
    key: str | None = None
    """What tells the article from others in its file: `path` and `doc_id` end in it, `size` and `sha256` are its own."""
    file_sha256: str | None = None
    """Of the whole file, where `key` is given."""
    whole: bool = True
    """Everything in that file could be read; if not, what could not is told anew in every run."""

    state: str | None = field(default=None, compare=False)
    """Which file it was, its size and times; none where it had changed only just before: within a tick of the clock it may change again."""

    @property
    def file(self) -> str:
        """The file below the seeds folder, as shown."""
        return self.path.removesuffix(f"#{self.key}") if self.key else self.path


@dataclass(frozen=True, slots=True)
class Manifest:
    """The articles in a folder by path, the files that are none, and how both differ from the previous manifest."""

    files: dict[str, SeedFile]
    unreadable: tuple[Rejection, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]


def walk(seeds: Path, leave_out: Path | None = None) -> Iterator[Path | Rejection]:
    """Every file below `seeds` in order of its name, links not followed into folders; hidden ones left out.

    Yields rejections for folders that may not be listed, are links or are named like an article. `leave_out` is a
    folder that is passed over, should it lie in there.
    """
    failed: list[OSError] = []
    without = which(leave_out) if leave_out is not None else None
    for root, folders, names in os.walk(seeds, onerror=failed.append):
        here = Path(root)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for folder in list(folders):
            path = here / folder
            if without is not None and which(path) == without and not path.is_symlink():
                folders.remove(folder)
            elif path.is_symlink():
                folders.remove(folder)
                yield Rejection(shown(path.relative_to(seeds)), Reason.LINK_FOLDER)
            elif folder.lower().endswith(TEXT):
                yield Rejection(shown(path.relative_to(seeds)), Reason.FOLDER)
        yield from (here / name for name in sorted(names) if not name.startswith("."))
    for error in failed:
        path = Path(error.filename)
        yield Rejection(shown(path.relative_to(seeds)), Reason.UNREADABLE_FOLDER, error.strerror)


def scan(
    seeds: Path,
    previous: Mapping[str, SeedFile] | None = None,
    *,
    reread: bool = False,
    whole: bool = False,
    leave_out: Path | None = None,
    max_bytes: int | None = None,
) -> Manifest:
    """The manifest of a folder. A file whose size and times are as they were is the same; others are hashed, and decoded where they changed.

    `previous`: the files of the last manifest by path. `reread`: decode them all, the reader has changed since. `whole`: hash
    every file. `leave_out`: see `walk`.
    """
    before_all = previous or {}
    known = {} if reread else before_all
    known_in: dict[str, list[SeedFile]] = {}
    for before in known.values():
        known_in.setdefault(before.file, []).append(before)
    files: dict[str, SeedFile] = {}
    unreadable: list[Rejection] = []
    taken: set[str] = set()
    for found in walk(seeds, leave_out):
        examined = _examine(found, seeds, known_in, max_bytes, whole) if isinstance(found, Path) else [found]
        for file in examined:
            if isinstance(file, Rejection):
                unreadable.append(file)
            elif file.doc_id in taken:
                unreadable.append(Rejection(file.path, Reason.SAME_KEY, f"The key is {file.doc_id}."))
            else:
                files[file.path] = file
                taken.add(file.doc_id)
    new: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    for path, file in files.items():
        earlier = before_all.get(path)
        (new if earlier is None else same if earlier.sha256 == file.sha256 else changed).append(path)
    removed = sorted(before_all.keys() - files.keys())
    rejected = {r.path: r for r in reversed(unreadable)}
    return Manifest(
        files,
        tuple(rejected[path] for path in sorted(rejected)),
        tuple(new),
        tuple(changed),
        tuple(same),
        tuple(removed),
    )


def _examine(
    path: Path, seeds: Path, known_in: Mapping[str, list[SeedFile]], max_bytes: int | None, whole: bool
) -> list[SeedFile | Rejection]:
    """The articles of one file, and what in it is none; nothing where it went away after the folder was listed."""
    name, state = _below(path, seeds), _state(path)
    before = known_in.get(name, [])
    if before and state and not whole and all(f.state == state and f.whole for f in before):
        return [f if os.fspath(f.location) == os.fspath(path) else replace(f, location=path) for f in before]
    data = read_bytes(path, seeds, max_bytes=max_bytes)
    if isinstance(data, Rejection):
        return [] if data.reason is Reason.UNREADABLE and not os.path.lexists(path) else [data]
    sha256 = hashlib.sha256(data).hexdigest()
    if before and all((f.file_sha256 or f.sha256) == sha256 and f.whole for f in before):
        return [replace(f, location=path, state=state) for f in before]
    found = [
        one
        if isinstance(one, Rejection)
        else SeedFile(
            path=one.path,
            doc_id=one.doc_id,
            size=len(one.text) if one.key else len(data),
            sha256=one.sha256,
            published_on=one.published_on,
            location=path,
            key=one.key,
            file_sha256=sha256 if one.key else None,
            state=state,
        )
        for one in articles(data, name)
    ]
    if any(isinstance(one, Rejection) for one in found):
        return [one if isinstance(one, Rejection) else replace(one, whole=False) for one in found]
    return found


def _below(path: Path, seeds: Path) -> str:
    """A file below the seeds folder, as shown; each file of the folder is asked for in every run."""
    whole, folder = os.fspath(path), f"{os.fspath(seeds)}{os.sep}"
    return shown(whole.removeprefix(folder) if whole.startswith(folder) else path.relative_to(seeds))


def _state(path: Path) -> str | None:
    """What tells that a file is the same without reading it; None for links, and where it changed only just now."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or time.time_ns() - found.st_ctime_ns < RECENT:
        return None
    return as_read(found)


_COLUMNS = pa.schema(
    [
        ("path", pa.string()),
        ("doc_id", pa.string()),
        ("size", pa.int64()),
        ("sha256", pa.string()),
        ("published_on", pa.date32()),
        ("location", pa.binary()),
        ("key", pa.string()),
        ("file_sha256", pa.string()),
        ("whole", pa.bool_()),
        ("state", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
    ]
)

_OF_FILE = ("path", "doc_id", "size", "sha256", "published_on", "key", "file_sha256", "whole", "state")
"""Columns that are a file's own, in the order of `SeedFile` but for its location."""


def to_arrow(manifest: Manifest, version: str) -> pa.Table:
    """The manifest as a table, a row a file; `version` names what read it."""
    files, rejected = [*manifest.files.values()], manifest.unreadable
    of_file: dict[str, list[Any]] = {name: [getattr(f, name) for f in files] for name in _OF_FILE}
    of_file["location"] = [os.fsencode(f.location) for f in files]
    of_rejection: dict[str, list[Any]] = {
        "path": [r.path for r in rejected],
        "reason": [r.reason.name for r in rejected],
        "detail": [r.detail for r in rejected],
    }
    none = [[None] * len(files), [None] * len(rejected)]
    columns = [
        pa.array(of_file.get(field.name, none[0]) + of_rejection.get(field.name, none[1]), field.type)
        for field in _COLUMNS
    ]
    return pa.table(columns, schema=_COLUMNS.with_metadata({"version": version}))


def from_arrow(table: pa.Table) -> tuple[dict[str, SeedFile], list[Rejection], str]:
    """Files by path, rejections and version of a manifest that `to_arrow` wrote."""
    read = table.filter(pc.is_null(table["reason"]))
    places = [Path(os.fsdecode(place)) for place in read["location"].to_pylist()]
    columns = (read[name].to_pylist() for name in _OF_FILE)
    files = {}
    for place, *of_file in zip(places, *columns, strict=True):
        file = SeedFile(**dict(zip(_OF_FILE, of_file, strict=True)), location=place)
        files[file.path] = file
    return files, *_told(table)


def keys_from(table: pa.Table) -> tuple[dict[tuple[str, str], date | None], list[Rejection], str]:
    """The same with the articles' days of publication by path and SHA-256."""
    read = table.filter(pc.is_null(table["reason"]))
    keys = zip(read["path"].to_pylist(), read["sha256"].to_pylist(), strict=True)
    return dict(zip(keys, read["published_on"].to_pylist(), strict=True)), *_told(table)


def _told(table: pa.Table) -> tuple[list[Rejection], str]:
    """What a manifest says could not be read, and what read the rest."""
    rejected = table.filter(pc.is_valid(table["reason"])).select(["path", "reason", "detail"])
    rejections = [
        Rejection(row["path"], Reason[row["reason"]], row["detail"]) for row in rejected.to_pylist()
    ]
    return rejections, table.schema.metadata[b"version"].decode()

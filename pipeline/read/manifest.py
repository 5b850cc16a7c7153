"""What stands in the seeds folder, and what changed there since the last run. Decides what is read again."""

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from operator import attrgetter
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
    location: str = field(compare=False)
    """Where the file itself stands; its name may hold bytes that `path` cannot show."""
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


def walk(seeds: Path, leave_out: Path | None = None) -> Iterator["os.DirEntry[str] | Rejection"]:
    """Every file below `seeds` in order of its name, links not followed into folders; hidden ones left out.

    Yields rejections for folders that may not be listed, are links or are named like an article. `leave_out` is a
    folder that is passed over, should it lie in there.
    """
    failed: list[OSError] = []
    without = which(leave_out) if leave_out is not None else None
    todo = [os.fspath(seeds)]
    while todo:
        files, folders = _listed(todo.pop(), failed)
        inside = []
        for folder in folders:
            if folder.is_symlink():
                yield Rejection(shown(os.path.relpath(folder.path, seeds)), Reason.LINK_FOLDER)
            elif without is None or which(Path(folder.path)) != without:
                inside.append(folder.path)
                if folder.name.lower().endswith(TEXT):
                    yield Rejection(shown(os.path.relpath(folder.path, seeds)), Reason.FOLDER)
        todo += reversed(inside)
        yield from files
    for error in failed:
        path = Path(error.filename)
        yield Rejection(shown(path.relative_to(seeds)), Reason.UNREADABLE_FOLDER, error.strerror)


def _listed(folder: str, failed: list[OSError]) -> tuple["list[os.DirEntry[str]]", "list[os.DirEntry[str]]"]:
    """The files and the folders in a folder, in order, without hidden ones; one that may not be listed `failed`."""
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if not entry.name.startswith("."):
                    (folders if _is_folder(entry) else files).append(entry)
    except OSError as error:
        failed.append(error)
    return files, folders


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


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
        examined = (
            [found] if isinstance(found, Rejection) else _examine(found, seeds, known_in, max_bytes, whole)
        )
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
    entry: "os.DirEntry[str]",
    seeds: Path,
    known_in: Mapping[str, list[SeedFile]],
    max_bytes: int | None,
    whole: bool,
) -> list[SeedFile | Rejection]:
    """The articles of one file, and what in it is none; nothing where it went away after the folder was listed."""
    place = entry.path
    name, state = _below(place, seeds), _state(entry)
    before = known_in.get(name, [])
    if before and state and not whole and all(f.state == state and f.whole for f in before):
        return [f if f.location == place else replace(f, location=place) for f in before]
    data = read_bytes(Path(place), seeds, max_bytes=max_bytes)
    if isinstance(data, Rejection):
        return [] if data.reason is Reason.UNREADABLE and not os.path.lexists(place) else [data]
    sha256 = hashlib.sha256(data).hexdigest()
    if before and all((f.file_sha256 or f.sha256) == sha256 and f.whole for f in before):
        return [replace(f, location=place, state=state) for f in before]
    found = [
        one
        if isinstance(one, Rejection)
        else SeedFile(
            path=one.path,
            doc_id=one.doc_id,
            size=len(one.text) if one.key else len(data),
            sha256=one.sha256,
            published_on=one.published_on,
            location=place,
            key=one.key,
            file_sha256=sha256 if one.key else None,
            state=state,
        )
        for one in articles(data, name)
    ]
    if any(isinstance(one, Rejection) for one in found):
        return [one if isinstance(one, Rejection) else replace(one, whole=False) for one in found]
    return found


def _below(place: str, seeds: Path) -> str:
    """A file below the seeds folder, as shown; each file of the folder is asked for in every run."""
    folder = f"{os.fspath(seeds)}{os.sep}"
    return shown(place.removeprefix(folder) if place.startswith(folder) else os.path.relpath(place, seeds))


def _state(entry: "os.DirEntry[str]") -> str | None:
    """What tells that a file is the same without reading it; None for links, and where it changed only just now."""
    try:
        found = entry.stat(follow_symlinks=False)
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

_OF_FILE = tuple(one.name for one in fields(SeedFile))
"""Columns that are a file's own."""


def to_arrow(manifest: Manifest, version: str) -> pa.Table:
    """The manifest as a table, a row a file; `version` names what read it."""
    files, rejected = [*manifest.files.values()], manifest.unreadable
    of_file: dict[str, list[Any]] = {name: [*map(attrgetter(name), files)] for name in _OF_FILE}
    of_file["location"] = [*map(os.fsencode, of_file["location"])]
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
    columns = {name: _values(read[name]) for name in _OF_FILE}
    columns["location"] = [*map(os.fsdecode, columns["location"])]
    files = map(SeedFile, *columns.values())
    return dict(zip(columns["path"], files, strict=True)), *_told(table)


def _values(column: pa.ChunkedArray) -> list[Any]:
    """The values of a column; of days, of which there are few, each is made once."""
    if pa.types.is_date(column.type):
        told = column.combine_chunks().dictionary_encode()
        days = [*told.dictionary.to_pylist(), None]
        return [days[place] for place in pc.fill_null(told.indices, -1).to_pylist()]
    numeric = pa.types.is_integer(column.type) or pa.types.is_boolean(column.type)
    values: list[Any] = column.to_pylist() if numeric else column.to_numpy().tolist()
    return values


def keys_from(table: pa.Table) -> tuple[dict[tuple[str, str], date | None], list[Rejection], str]:
    """The same with the articles' days of publication by path and SHA-256."""
    read = table.filter(pc.is_null(table["reason"]))
    paths, hashes, days = (_values(read[name]) for name in ("path", "sha256", "published_on"))
    return dict(zip(zip(paths, hashes, strict=True), days, strict=True)), *_told(table)


def _told(table: pa.Table) -> tuple[list[Rejection], str]:
    """What a manifest says could not be read, and what read the rest."""
    rejected = table.filter(pc.is_valid(table["reason"])).select(["path", "reason", "detail"])
    rejections = [
        Rejection(row["path"], Reason[row["reason"]], row["detail"]) for row in rejected.to_pylist()
    ]
    return rejections, table.schema.metadata[b"version"].decode()

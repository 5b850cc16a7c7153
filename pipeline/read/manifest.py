"""What stands in the seeds folder, and what changed there since the last run. Decides what is read again."""

import hashlib
import json
import os
import stat
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.listing import RECENT, Folder, Listing, as_read, which
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
    """Where the file itself stands below the seeds folder; its name may hold bytes that `path` cannot show."""
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


Before = Mapping[str, list[SeedFile]]
"""The articles that each file held the last time."""


@dataclass(frozen=True)
class Manifest:
    """The articles in a folder, the files that are none, and how both differ from the previous manifest."""

    rows: pa.Table
    """A row an article, in order of the walk: those of files in one folder stand together."""
    folders: Mapping[str, tuple[str | None, int]]
    """Of each folder its fingerprint, and how many rows it has; None where its files are to be looked at one by one the next time."""
    unreadable: tuple[Rejection, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def n_same(self) -> int:
        """How many articles are as they were."""
        return len(self.rows) - len(self.new) - len(self.changed)

    @property
    def same(self) -> tuple[str, ...]:
        """The articles that are as they were."""
        others = {*self.new, *self.changed}
        return tuple(path for path in self.rows["path"].to_pylist() if path not in others)

    @cached_property
    def files(self) -> dict[str, SeedFile]:
        """The articles by path."""
        return {file.path: file for file in files_of(self.rows)}

    def ranges(self) -> Iterator[tuple[str, str | None, int, int]]:
        """Of each folder its fingerprint, its first row and how many it has."""
        start = 0
        for folder, (digest, n) in self.folders.items():
            yield folder, digest, start, n
            start += n

    def but(self, gone: Sequence[int], why: Iterable[Rejection]) -> "Manifest":
        """The manifest without some rows, whose articles were rejected after all."""
        if not len(gone):
            return self
        left = np.ones(self.rows.num_rows, dtype=np.bool_)
        left[gone] = False
        folders = {}
        for folder, digest, start, n in self.ranges():
            there = int(left[start : start + n].sum())
            folders[folder] = (digest if there == n else None, there)
        rows = self.rows.filter(pa.array(left))
        paths = set(self.rows["path"].filter(pa.array(~left)).to_pylist())
        new, changed = (
            tuple(path for path in some if path not in paths) for some in (self.new, self.changed)
        )
        unreadable = tuple(sorted((*self.unreadable, *why), key=lambda rejection: rejection.path))
        return Manifest(rows, folders, unreadable, new, changed, self.removed)


def nothing() -> Manifest:
    """The manifest before the first."""
    return Manifest(_SCHEMA.empty_table(), {})


def walk(
    seeds: Path, listed: Mapping[str, Folder], passed: Container[str], leave_out: Path | None = None
) -> Iterator[tuple[str, "list[os.DirEntry[str]]", list[Rejection]]]:
    """Every folder below `seeds`, the files in order of their names, links not followed into folders; hidden ones left out.

    Beside the files stand rejections, of folders that may not be listed, are links or are named like an article. Those that
    are `passed` are not looked into: which folders stand there was `listed`. `leave_out` is passed over, should it lie in there.
    """
    without = which(leave_out) if leave_out is not None else None
    root = os.fspath(seeds)
    todo = [""]
    while todo:
        folder = todo.pop()
        files: list[os.DirEntry[str]] = []
        rejected: list[Rejection] = []
        if folder in passed:
            inside = list(listed[folder].below)
        else:
            files, folders = _listed(f"{root}{os.sep}{folder[:-1]}" if folder else root, folder, rejected)
            inside = []
            for entry in folders:
                if entry.is_symlink():
                    rejected.append(Rejection(shown(folder + entry.name), Reason.LINK_FOLDER))
                elif without is None or which(Path(entry.path)) != without:
                    inside.append(entry.name)
                    if entry.name.lower().endswith(TEXT):
                        rejected.append(Rejection(shown(folder + entry.name), Reason.FOLDER))
        todo += [f"{folder}{name}/" for name in reversed(inside)]
        yield folder, files, rejected


def _listed(
    place: str, folder: str, rejected: list[Rejection]
) -> tuple["list[os.DirEntry[str]]", "list[os.DirEntry[str]]"]:
    """The files and the folders in a folder, in order, without hidden ones; one that may not be listed is `rejected`."""
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    try:
        with os.scandir(place) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if not entry.name.startswith("."):
                    (folders if _is_folder(entry) else files).append(entry)
    except OSError as error:
        rejected.append(Rejection(shown(folder[:-1]) or ".", Reason.UNREADABLE_FOLDER, error.strerror))
    return files, folders


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def scan(
    seeds: Path,
    previous: Manifest | None = None,
    *,
    listed: Listing | None = None,
    reread: bool = False,
    whole: bool = False,
    leave_out: Path | None = None,
    max_bytes: int | None = None,
) -> Manifest:
    """The manifest of a folder. Folders that are as they were are passed over; of others, a file whose size and times are as they were is the same, the rest are hashed, and decoded where they changed.

    `previous`: the last manifest. `listed`: the folder as it was listed just now. `reread`: decode all files, the reader has
    changed since. `whole`: hash every file. `leave_out`: see `walk`.
    """
    before = previous or nothing()
    folders = (listed or Listing(as_read).add(seeds, leave_out=leave_out)).folders
    passed = {} if reread or whole else _as_they_were(before, folders)
    before_all = {file.path: file for file in files_of(_others(before, passed))}
    known_in: dict[str, list[SeedFile]] = {}
    for file in () if reread else before_all.values():
        known_in.setdefault(file.file, []).append(file)
    parts, noted = [_SCHEMA.empty_table()], dict[str, tuple[str | None, int]]()
    files, unreadable, taken = list[SeedFile](), list[Rejection](), set[str]()
    for folder, entries, rejected in walk(seeds, folders, passed, leave_out):
        if folder in passed:
            noted[folder] = before.folders[folder]
            parts.append(passed[folder])
            continue
        found = [one for entry in entries for one in _examine(entry, seeds, known_in, max_bytes, whole)]
        told = [_once(one, taken) for one in found]
        own = [one for one in told if isinstance(one, SeedFile)]
        rejected += [one for one in told if isinstance(one, Rejection)]
        settled = folder in folders and not rejected and all(file.state and file.whole for file in own)
        noted[folder] = (folders[folder].digest if settled and "\\" not in shown(folder) else None, len(own))
        parts.append(_rows(own))
        files += own
        unreadable += rejected
    new: list[str] = []
    changed: list[str] = []
    for file in files:
        earlier = before_all.get(file.path)
        if earlier is None or earlier.sha256 != file.sha256:
            (new if earlier is None else changed).append(file.path)
    removed = sorted(before_all.keys() - {file.path for file in files})
    by_path = {r.path: r for r in reversed(unreadable)}
    return Manifest(
        pa.concat_tables(parts).combine_chunks(),
        noted,
        tuple(by_path[path] for path in sorted(by_path)),
        tuple(new),
        tuple(changed),
        tuple(removed),
    )


def _as_they_were(before: Manifest, now: Mapping[str, Folder]) -> dict[str, pa.Table]:
    """The folders that are as they were, and the rows of each."""
    return {
        folder: before.rows.slice(start, n)
        for folder, digest, start, n in before.ranges()
        if digest is not None and folder in now and now[folder].digest == digest
    }


def _others(before: Manifest, passed: Container[str]) -> pa.Table:
    """The rows of the folders that are not passed over."""
    parts = [before.rows.slice(start, n) for folder, _, start, n in before.ranges() if folder not in passed]
    return pa.concat_tables([_SCHEMA.empty_table(), *parts])


def _once(file: SeedFile | Rejection, taken: set[str]) -> SeedFile | Rejection:
    """An article, rejected where one before has its key: both stand in one folder then, whose files are looked at one by one each time."""
    if isinstance(file, Rejection):
        return file
    if file.doc_id in taken:
        return Rejection(file.path, Reason.SAME_KEY, f"The key is {file.doc_id}.")
    taken.add(file.doc_id)
    return file


def _examine(
    entry: "os.DirEntry[str]",
    seeds: Path,
    known_in: Before,
    max_bytes: int | None,
    whole: bool,
) -> list[SeedFile | Rejection]:
    """The articles of one file, and what in it is none; nothing where it went away after the folder was listed."""
    place = entry.path.removeprefix(f"{os.fspath(seeds)}{os.sep}")
    name, state = shown(place), _state(entry)
    before = known_in.get(name, [])
    if before and state and not whole and all(f.state == state and f.whole for f in before):
        return [replace(f, location=place) for f in before]
    data = read_bytes(Path(entry.path), seeds, max_bytes=max_bytes)
    if isinstance(data, Rejection):
        return [] if data.reason is Reason.UNREADABLE and not os.path.lexists(entry.path) else [data]
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


def _state(entry: "os.DirEntry[str]") -> str | None:
    """What tells that a file is the same without reading it; None for links, and where it changed only just now."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or time.time_ns() - found.st_ctime_ns < RECENT:
        return None
    return as_read(found)


_OF_FILE = tuple(one.name for one in fields(SeedFile))
_SCHEMA = pa.schema(
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
    ]
)
_TOLD = "manifest"


def _rows(files: list[SeedFile]) -> pa.Table:
    """Articles as rows."""
    columns: dict[str, list[Any]] = {name: [*map(attrgetter(name), files)] for name in _OF_FILE}
    columns["location"] = [*map(os.fsencode, columns["location"])]
    return pa.table([pa.array(columns[field.name], field.type) for field in _SCHEMA], schema=_SCHEMA)


def files_of(rows: pa.Table) -> list[SeedFile]:
    """The articles of some rows."""
    columns = {name: rows[name].to_pylist() for name in _OF_FILE}
    columns["location"] = [*map(os.fsdecode, columns["location"])]
    return [*map(SeedFile, *columns.values())]


def to_arrow(manifest: Manifest, version: str) -> pa.Table:
    """The manifest as a table, a row an article; `version` names what read it."""
    rejected = [[r.path, r.reason.name, r.detail] for r in manifest.unreadable]
    told = json.dumps({"version": version, "folders": manifest.folders, "rejected": rejected})
    return manifest.rows.replace_schema_metadata({_TOLD: told})


def from_arrow(table: pa.Table) -> tuple[Manifest, str]:
    """A manifest that `to_arrow` wrote, and what read it."""
    if _TOLD.encode() not in table.schema.metadata:
        # of an older program: only which articles it held is known
        known = table.filter(pc.is_null(table["reason"])).select(_SCHEMA.names).replace_schema_metadata(None)
        return Manifest(known.cast(_SCHEMA), {"": (None, known.num_rows)}), ""
    told = json.loads(table.schema.metadata[_TOLD.encode()])
    folders = {folder: (digest, n) for folder, (digest, n) in told["folders"].items()}
    rejected = tuple(Rejection(path, Reason[reason], detail) for path, reason, detail in told["rejected"])
    return Manifest(table.replace_schema_metadata(None).cast(_SCHEMA), folders, rejected), told["version"]

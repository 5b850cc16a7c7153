"""One version at a time: what a run publishes stands in a folder of its own, and one swap shows it.

    data/current                -> versions/20261128T150301Z     swapped, in one step, when a version is complete
    data/parquet, csv, ...      -> current/parquet, ...          so that paths stay the same
    data/versions/<id>/            parquet/ csv/ report/ datapackage.json, and what finishers add

Files that did not change are hard links to those of the version before: nobody writes into a file that is published.
The version before stays until another one is made, so that a reader who resolved it can finish. Its pages, as many as the
articles, are set aside then, for the next version to begin with: what is the same file there need not be linked again.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline import listing
from pipeline.store import atomic, datapackage, disk, mirror, places, sealed, staged
from pipeline.store.parts import Parts
from pipeline.store.publish import publish
from pipeline.store.record import FOLDER
from schemas import TABLES

REPORT = places.REPORT
PARTS = (*TABLES, REPORT)
"""What a version is made of, each new or held back."""

Finisher = Callable[[Path], object]
"""Adds files to a version: called with its folder, whose tables and pages are complete, before it is shown."""

_ID = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
_OLDER = (
    "published",
    "report",
    "shards.json",
    "index.json",
    "link/*.pickle",
    "link/*.npz",
    "link/*/*.npz",
    "staged/fingerprint",
    *(f"staged/{t}.arrow" for t in TABLES),
)
"""What older programs kept below `data/cache`."""
_FACTS = f"{FOLDER}/version.json"
CHANGED = f"{FOLDER}/{REPORT}/changed.json"
"""Tells which pages of a version came, changed or went with it."""
_ASIDE = ".pages"
"""Below the data folder the pages of a version that is gone, in a folder of its name; whatever they are, a version that begins with them makes them its own."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A part of a version that stands with its last good files."""

    since: str
    """When a run first held it back."""
    version: str | None
    """The version that these files were made for; None where there are none."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a version."""

    version: str
    made: str
    """When it was published (`2026-11-28T15:03:01Z`)."""
    fingerprint: str | None = None
    """Of the staged rows that it was made from."""
    previous: str | None = None
    held_back: dict[str, HeldBack] = field(default_factory=dict)


def current(data: Path) -> Path | None:
    """The folder of the version that readers see; None before the first."""
    name = places.target(data)
    folder = data / "versions" / name if name and _ID.fullmatch(name) else None
    return folder if folder is not None and folder.is_dir() else None


def facts(version: Path | None) -> Facts | None:
    """What is known of the version in a folder; None where there is none, or an older program made it."""
    known = sealed.kept_json(version / _FACTS) if version is not None else None
    if known is None:
        return None
    held = {part: HeldBack(**one) for part, one in known.pop("held_back").items()}
    return Facts(**known, held_back=held)


def tidy(data: Path) -> None:
    """Mend the paths that lead into the current version, and remove what is neither that nor the one before."""
    for old in _OLDER:
        for path in (data / "cache").glob(old):
            atomic.clear(path)
    now = current(data)
    if now is None:
        return
    places.lead(data, now)
    known = facts(now)
    keep = {now.name, known.previous if known else None}
    for folder in (data / "versions").iterdir():
        if folder.name not in keep and _ID.fullmatch(folder.name) and not folder.is_symlink():
            _remove(data, folder)


def _remove(data: Path, version: Path) -> None:
    """Remove a version; its pages are set aside where none are yet."""
    pages, aside = version / REPORT, data / _ASIDE
    if pages.is_dir() and not pages.is_symlink() and _set_aside(data) is None:
        with contextlib.suppress(OSError):  # then they go like the rest
            atomic.clear(aside)
            aside.mkdir()
            pages.rename(aside / version.name)
    shutil.rmtree(version, ignore_errors=True)


def _set_aside(data: Path) -> Path | None:
    """The folder of pages that were set aside."""
    found = [*(data / _ASIDE).iterdir()] if (data / _ASIDE).is_dir() else []
    return found[0] if len(found) == 1 and _ID.fullmatch(found[0].name) and found[0].is_dir() else None


class Draft:
    """The version that a run makes. Nothing of it shows before it is finished; the caller holds the lock on `data`."""

    def __init__(self, data: Path, made: datetime | None = None) -> None:
        """Begin a version, from the files of the one that stands there."""
        self.data = data
        self.finished: Path | None = None
        self._base = current(data)
        self._was = facts(self._base)
        self._made = (made or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._folder: Path | None = None
        self._done: set[str] = set()
        self._held: dict[str, HeldBack] = {}
        self._changed = False
        self._as_left = False

    @property
    def folder(self) -> Path:
        """The version's folder, with the files of the version before until others are written in their place.

        Never write into a file there: it may be a link. Replace it, as `atomic.put` does.
        """
        if self._folder is None:
            self._folder = self._new_folder()
            self._take_over()
        return self._folder

    @property
    def pages_as_left(self) -> bool:
        """Whether the pages that the version begins with are as the run before left them, as far as their folders tell."""
        return self.folder.is_dir() and self._as_left

    def publish(self, table: str, rows: pa.Table | Parts, *, csv: str = "whole") -> list[Path]:
        """Put a table that is clean into the version; returns the files that differ from the version before."""
        with disk.guarding(self.data):
            changed = publish(table, rows, self.folder, csv=csv)
        self.done(table, changed=bool(changed))
        return changed

    def done(self, part: str, *, changed: bool) -> None:
        """Note that a part of the version is complete, and whether anything in it differs."""
        self._done.add(part)
        self._held.pop(part, None)
        self._changed |= changed

    def leave_out_report(self) -> None:
        """Make a version without pages."""
        there = (self.folder / REPORT).exists()
        atomic.clear(self.folder / REPORT)
        atomic.clear(self.folder / FOLDER / REPORT)
        atomic.clear(self.data / _ASIDE)
        self.done(REPORT, changed=there)

    def hold_back(self, part: str) -> None:
        """Leave a part as it last was: its files of the version before stand in this one too, and it says so."""
        before = self._was.held_back.get(part) if self._was else None
        self._held[part] = before or HeldBack(self._made, self._was.version if self._was else None)
        self._done.discard(part)
        if part == REPORT:
            atomic.clear(self.folder / REPORT)
            atomic.clear(self.folder / FOLDER / REPORT)
            self._take_over_report()

    def missing(self) -> list[str]:
        """The parts that are neither complete nor held back, nor made from the same staged rows before."""
        if self._same_rows():
            return []
        return [part for part in PARTS if part not in self._done and part not in self._held]

    def finish(self, finishers: Mapping[str, Finisher] | None = None) -> Path:
        """Describe the version, have `finishers` add to it, and show it; returns the folder of the current version.

        `finishers`: by the name of the file or folder that each adds. Where nothing differs from the version before, that
        one stays. Raises RuntimeError where parts are missing.
        """
        if missing := self.missing():
            raise RuntimeError(f"No new version: {', '.join(missing)} could not be made.")
        with disk.guarding(self.data):
            return self._finish(finishers or {})

    def _finish(self, add: Mapping[str, Finisher]) -> Path:
        if self._is_base(add):
            self.finished = self._keep_base()
            mirror.publish(self.data, self.finished)
            return self.finished
        made = Facts(
            version=self.folder.name,
            made=self._made,
            fingerprint=staged.fingerprint(self.data),
            previous=self._base.name if self._base else None,
            held_back=self._held_now(),
        )
        atomic.write_bytes(
            self.folder / datapackage.NAME, datapackage.describe(self.folder, describe(made)), sync=False
        )
        sealed.write_json(self.folder / _FACTS, asdict(made), sync=False)
        for finisher in add.values():
            finisher(self.folder)
        mirror.publish(self.data, self.folder)
        places.show(self.data, self.folder)
        self.finished, self._folder = self.folder, None
        tidy(self.data)
        _note_pages(self.data, self.finished)
        return self.finished

    def close(self) -> None:
        """Throw away what was not finished."""
        if self._folder is not None and self._folder != current(self.data):
            _remove(self.data, self._folder)
        self._folder = None

    def _same_rows(self) -> bool:
        """Whether the staged rows are those that the version before was made from."""
        made_from = self._was.fingerprint if self._was else None
        return made_from is not None and made_from == staged.fingerprint(self.data)

    def _held_now(self) -> dict[str, HeldBack]:
        before = self._was.held_back if self._was else {}
        stay = {part: one for part, one in before.items() if part not in self._done}
        return dict(sorted((stay | self._held).items()))

    def _is_base(self, finishers: Iterable[str]) -> bool:
        """Whether nothing differs from the version before."""
        if (
            self._base is None
            or self._was is None
            or self._changed
            or self._was.held_back != self._held_now()
        ):
            return False
        if not all((self._base / name).exists() for name in finishers):
            return False
        try:
            package = (self._base / datapackage.NAME).read_bytes()
        except OSError:
            return False
        return package == datapackage.describe(self.folder, describe(self._was))

    def _keep_base(self) -> Path:
        """Let the version before stand, with what is now known of its files and of what they were made from."""
        assert self._base is not None and self._was is not None
        for path in sorted(found for found in (self.folder / FOLDER).rglob("*.*") if found.is_file()):
            other = self._base / path.relative_to(self.folder)
            if not other.exists() or not path.samefile(other):
                other.parent.mkdir(parents=True, exist_ok=True)
                path.replace(other)
        now = replace(self._was, fingerprint=staged.fingerprint(self.data))
        if now != self._was:
            sealed.write_json(self._base / _FACTS, asdict(now))
        self.close()
        return self._base

    def _new_folder(self) -> Path:
        name = re.sub(r"[-:]", "", self._made)
        versions, n = self.data / "versions", 1
        while True:
            folder = versions / (name if n == 1 else f"{name}-{n}")
            try:
                folder.mkdir(parents=True)
            except FileExistsError:
                n += 1
            else:
                return folder

    def _take_over(self) -> None:
        """Link the files of the version before, as far as they belong to a version."""
        source = self._base or places.before_versions(self.data)
        for table in TABLES:
            self._link(source, f"parquet/{table}")
            self._link(source, f"csv/{table}.csv")
            self._link(source, f"csv/{table}")
            self._link(source, f"{FOLDER}/{table}.json")
        self._take_over_report()

    def _take_over_report(self) -> None:
        source = self._base or places.before_versions(self.data)
        self._as_left = source == self._base and _pages_as_noted(self.data, source)
        aside, there = _set_aside(self.data), False
        if aside is not None and (source / REPORT).is_dir():
            changed = self._changed_since(aside.name)
            with contextlib.suppress(OSError):  # all of them are linked then
                aside.rename(self.folder / REPORT)
                there = changed is not None
            for name in changed or () if there else ():
                self._link_again(source, f"{REPORT}/{name}")
        if not there:
            self._link(source, REPORT)
        self._link(source, f"{FOLDER}/{REPORT}")

    def _changed_since(self, name: str) -> set[str] | None:
        """The pages that may be others than in a version that is gone; None where that is not known. Whoever writes pages looks at all of them once more."""
        found, version = set[str](), self._base
        while version is not None and version.name != name:
            known, noted = facts(version), sealed.kept_json(version / CHANGED)
            if known is None or known.previous is None or noted is None:
                return None
            found.update(noted)
            version = version.with_name(known.previous)
        return found if version is not None else None

    def _link_again(self, source: Path, name: str) -> None:
        """Link a file of another version in the place of whatever stands there; where it has none, nothing is left."""
        target, file = self.folder / name, source / name
        atomic.clear(target)
        if file.is_file() and not file.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            atomic.link(file, target)
        else:
            with contextlib.suppress(OSError):  # others stand there
                target.parent.rmdir()

    def _link(self, source: Path, name: str) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            atomic.link_tree(source / name, target)
        elif (source / name).is_file():
            atomic.link(source / name, target)


@contextlib.contextmanager
def drafting(data: Path) -> Iterator[Draft]:
    """A version for the length of the block; thrown away where it is not finished. The caller holds the lock on `data`."""
    with disk.guarding(data):
        tidy(data)
    draft = Draft(data)
    try:
        yield draft
    finally:
        draft.close()
        staged.close()


def _note_pages(data: Path, version: Path) -> None:
    if places.pages_noted(data).parent.is_dir():  # else no run keeps anything
        noted = [version.name, _folders(version / REPORT)]
        sealed.write_json(places.pages_noted(data), noted, sync=False)


def _pages_as_noted(data: Path, version: Path) -> bool:
    """Whether nothing came or went in the folders of a version's pages since that was noted. A page that somebody wrote into shows where all are looked at."""
    return bool(sealed.kept_json(places.pages_noted(data)) == [version.name, _folders(version / REPORT)])


def _folders(folder: Path) -> list[list[Any]]:
    """The folders below one, and when something last came or went in each."""
    return [
        [place.removeprefix(os.fspath(folder)), state.st_mtime_ns] for place, state in listing.folders(folder)
    ]


def describe(made: Facts) -> dict[str, Any]:
    """What a data package says of its version."""
    return {
        "id": made.version,
        "created": made.made,
        "held_back": [{"part": part, **asdict(one)} for part, one in made.held_back.items()],
    }

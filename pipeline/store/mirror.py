"""Data on object storage: a run works in a local folder, brought up to date before it and sent after it.

    <address>/current.json            names the version that readers see; written last, and only where it is as the run found it
    <address>/versions/<id>/...       a version's files under the names that they have on a disk; never changed once they are named
    <address>/kept/<run>/...          what a run keeps for the next one; each run writes under a name of its own
    <address>/cache/extract/...       records of articles that were read, written by whoever read them

So of two runs at once the second to write `current.json` is refused, and what is written before that shows nowhere. Files that
did not change are copied within the storage, not sent. What was there before a run began to show its version, and belongs neither to that
nor to the one before, is removed after: whoever else wrote it began from an older version, and will be refused.
"""

import contextlib
import json
import logging
import os
import re
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from pipeline import journal
from pipeline.store import addresses, atomic, disk, places, sealed
from pipeline.store.bucket import Bucket, ChangedError, StorageError
from pipeline.store.record import FOLDER as RECORD
from pipeline.store.record import file_state

LOG = logging.getLogger(__name__)
POINTER = "current.json"
KEPT, VERSIONS, CACHE = "kept", "versions", "cache"
RECORDS = f"{CACHE}/extract/"
SCRATCH = ".newstables-"
"""Begins the names of folders that are of no use any more when a run begins."""
_NOTE = ".remote.json"
_VERSION = re.compile(r"[\w-]+")
_CLAIM = ".claim"
_TRIES = 3
_ABANDONED = timedelta(days=1)
"""After which records that no version needs, of a run that never ended, are removed."""

Line = tuple[int, int, str]
"""A file: its size and time of change where it was made, and the name of its object."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pointer names, and all that belongs to it."""

    tag: str | None = None
    """Of the pointer; None where there is none."""
    version: str | None = None
    previous: str | None = None
    kept: str | None = None
    """The run that showed it: its list of files lies in that folder of `kept`."""
    files: dict[str, Line] = field(default_factory=dict)
    """By name below the data folder."""


@contextlib.contextmanager
def up_to_date(data: Path) -> Iterator[None]:
    """The working folder as the storage shows it; at the end its history is sent. The caller holds the lock on `data`."""
    bucket = Bucket(addresses.address(data) or "")
    bucket.check()
    with disk.guarding(data):
        for left in data.glob(f"{SCRATCH}*"):
            atomic.clear(left)
        bring(data, bucket)
    try:
        yield
    finally:
        try:
            _share_history(data, bucket)
        except StorageError as error:
            LOG.warning("The history of this run was not sent: %s", error)


def look(data: Path) -> bool:
    """Fetch the history of all machines' runs; True where the version that this folder holds is the one that is shown."""
    address = addresses.address(data)
    if address is None:
        return True
    bucket = Bucket(address)
    data.mkdir(parents=True, exist_ok=True)
    _share_history(data, bucket, send=False)
    return _pointed(bucket).tag == _noted(data).tag


def bring(data: Path, bucket: Bucket) -> None:
    """Fetch what the version that is shown has and this folder has not. Nothing is, where it is the one that was worked on last."""
    for _ in range(_TRIES):
        now, was = _pointed(bucket), _noted(data)
        if now == Shown():
            _note(data, now)  # nothing is shown: what lies here is sent by the next version
            return
        if now.tag == was.tag and places.target(data) == now.version:
            break
        try:
            now = _with_files(now, bucket)
            _fetch(data, bucket, now)
        except FileNotFoundError:  # the version was replaced twice meanwhile
            continue
        places.show(data, data / VERSIONS / str(now.version))
        _note(data, now)
        break
    else:
        raise StorageError(
            f"{bucket.address} lacks files of its version {now.version}. Remove {POINTER} there to have all sent again; nothing "
            "that was read is lost."
        )
    _share_history(data, bucket, send=False)


def publish(data: Path, version: Path) -> None:
    """Send a complete version and show it, in one step. StorageError where another run has shown one since `bring`.

    Nothing is done where the folder lies on a disk alone, or where all is there already.
    """
    address = addresses.address(data)
    if address is None:
        return
    bucket, base = Bucket(address), _noted(data)
    run = f"{version.name}-{uuid.uuid4().hex[:12]}"
    files = {name: _line(name, state, base, run) for name, state in _listed(data, version)}
    if files == base.files and base.tag:
        return
    old = _there(bucket)
    _send(data, bucket, files, base, old)
    previous = base.previous if base.version == version.name else base.version
    shown = Shown(None, version.name, previous, run, files)
    listing = json.dumps(files, separators=(",", ":")).encode()
    bucket.write(_listing(run), listing)
    shown = _swap(bucket, shown, base)
    _note(data, shown)
    try:
        bucket.remove(_unneeded(bucket, old, shown, base))
    except StorageError as error:
        LOG.warning("What older versions left was not removed: %s", error)


def bring_records(folder: Path) -> bool:
    """Fetch the records of articles that others wrote, into the folder of an extractor; True where any came."""
    data = folder.parents[2]
    if (address := addresses.address(data)) is None:
        return False
    bucket = Bucket(address)
    lacking = {
        name: data / name
        for name in bucket.below(f"{RECORDS}{folder.name}")
        if name.endswith(".arrow") and not (data / name).exists()
    }
    _download(bucket, lacking)
    return bool(lacking)


def send_records(address: str, folder: Path) -> None:
    """Send the records in the folder of an extractor, from wherever they were written."""
    root = folder.parents[2]
    Bucket(address).send({p.relative_to(root).as_posix(): p for p in sorted(folder.rglob("*.arrow"))})


def _pointed(bucket: Bucket) -> Shown:
    """What the pointer says."""
    found = bucket.read(POINTER)
    if found is None:
        return Shown()
    try:
        said = json.loads(found[0])
        shown = Shown(found[1], str(said["version"]), said["previous"], str(said["kept"]))
        if not _VERSION.fullmatch(str(shown.version)):
            raise ValueError
        return shown
    except (ValueError, KeyError, TypeError):
        raise StorageError(_not_ours(bucket, POINTER)) from None


def _not_ours(bucket: Bucket, name: str) -> str:
    return f"{name} at {bucket.address} is not what newstables wrote. Remove {POINTER} there to have all sent again."


def _with_files(shown: Shown, bucket: Bucket) -> Shown:
    found = bucket.read(_listing(str(shown.kept)))
    if found is None:
        raise FileNotFoundError(shown.kept)
    lines = {name: (line[0], line[1], line[2]) for name, line in json.loads(found[0]).items()}
    ours = (f"{CACHE}/", f"{VERSIONS}/{shown.version}/")
    if any(not name.startswith(ours) or ".." in name.split("/") for name in lines):
        raise StorageError(_not_ours(bucket, _listing(str(shown.kept))))
    return replace(shown, files=lines)


def _listing(run: str) -> str:
    return f"{KEPT}/{run}/files.json"


def _noted(data: Path) -> Shown:
    """What this folder was last the same as."""
    known = sealed.kept_json(data / _NOTE)
    if known is None:
        return Shown()
    return Shown(**(known | {"files": {name: tuple(line) for name, line in known["files"].items()}}))


def _note(data: Path, shown: Shown) -> None:
    sealed.write_json(data / _NOTE, asdict(shown))


def _fetch(data: Path, bucket: Bucket, shown: Shown) -> None:
    """Make the folder's files those of a version; records of articles stay beside."""
    before = data / VERSIONS / (places.target(data) or "none")
    records: set[str] | None = None
    lacking: dict[str, Path] = {}
    for name, (size, time, key) in shown.files.items():
        path = data / name
        if file_state(path) == [size, time]:
            continue
        twin = before / _inside(name) if name.startswith(f"{VERSIONS}/") else path
        if twin != path and file_state(twin) == [size, time]:
            atomic.clear(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.link(twin, path)
            continue
        if key.startswith(RECORDS):  # one that is gone is read again
            records = {*bucket.below(RECORDS)} if records is None else records
            if key not in records:
                continue
        lacking[name] = path
    _download(bucket, {shown.files[name][2]: path for name, path in lacking.items()})
    for name, path in lacking.items():
        size, time, _ = shown.files[name]
        os.utime(path, ns=(time, time))
        if path.stat().st_size != size:
            raise FileNotFoundError(name)
    for name, _ in _listed(data, data / VERSIONS / str(shown.version)):
        if name not in shown.files and not name.startswith(RECORDS):
            atomic.clear(data / name)


def _download(bucket: Bucket, files: dict[str, Path]) -> None:
    """Write files from objects, each whole or not at all."""
    parts = {key: path.with_name(f".{path.name}.part") for key, path in files.items()}
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    bucket.fetch(parts)
    for key, path in files.items():
        parts[key].replace(path)


def _listed(data: Path, version: Path) -> Iterator[tuple[str, list[int]]]:
    """The files that belong to a version and to what is kept for the next run, and the state of each; not what tells of this machine's folders alone."""
    own = places.pages_noted(data)
    for folder in (data / CACHE, version):
        for root, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(root, name)
                state = file_state(path)
                if state[0] >= 0 and not atomic.is_part(name) and path != own:
                    yield path.relative_to(data).as_posix(), state


def _inside(name: str) -> str:
    """A file's name within its version."""
    return name.split("/", 2)[2]


def _line(name: str, state: list[int], base: Shown, run: str) -> Line:
    """Where a file is to lie: where it lies already if it is as it was, else under a name that nothing else had."""
    size, time = state
    if name.startswith(RECORDS):
        return size, time, name
    if name.startswith(f"{VERSIONS}/") and not _inside(name).startswith(f"{RECORD}/"):
        return size, time, name
    for known in (base.files.get(name), _of_version(base, name)):
        if known and known[:2] == (size, time):
            return size, time, known[2]
    return size, time, f"{KEPT}/{run}/{name}"


def _of_version(base: Shown, name: str) -> Line | None:
    """The file that a version had where a later one has this."""
    there = name.startswith(f"{VERSIONS}/")
    return base.files.get(f"{VERSIONS}/{base.version}/{_inside(name)}") if there else None


@dataclass(frozen=True, slots=True)
class _There:
    """What the storage held before a version was sent."""

    versions: tuple[str, ...]
    kept: tuple[str, ...]
    records: tuple[str, ...]
    abandoned: tuple[str, ...]
    """Records that have lain there for long."""


def _there(bucket: Bucket) -> _There:
    records = bucket.below(RECORDS.rstrip("/"))
    newest = max(records.values(), default=None)
    abandoned = [name for name, at in records.items() if newest and newest - at > _ABANDONED]
    return _There(
        tuple(bucket.folders(VERSIONS)), tuple(bucket.below(KEPT)), tuple(records), tuple(abandoned)
    )


def _send(data: Path, bucket: Bucket, files: dict[str, Line], base: Shown, old: _There) -> None:
    """Have every file of a version lie in the storage."""
    version = next(name.split("/")[1] for name in files if name.startswith(f"{VERSIONS}/"))
    if version != base.version:
        _claim(bucket, version)
    there = {key for _, _, key in base.files.values() if not key.startswith(RECORDS)} | {*old.records}
    lacking = {key: name for name, (_, _, key) in files.items() if key not in there}
    copies: dict[str, str] = {}
    for key, name in lacking.items():
        known = _of_version(base, name) if key.startswith(f"{VERSIONS}/") else None
        if known and known[:2] == files[name][:2]:
            copies[key] = known[2]
    bucket.send({key: data / name for key, name in lacking.items() if key not in copies})
    try:
        bucket.copy(copies)
    except FileNotFoundError:
        raise StorageError(_lost(bucket, "one or more versions")) from None


def _claim(bucket: Bucket, version: str) -> None:
    """Have a version's name for this run alone: two machines may begin one in the same second."""
    try:
        bucket.write_if(f"{VERSIONS}/{version}/{_CLAIM}", b"", None)
    except ChangedError:
        raise StorageError(_lost(bucket, f"version {version}")) from None


def _swap(bucket: Bucket, shown: Shown, base: Shown) -> Shown:
    """Write the pointer, where it is still the one that the run began from."""
    said = {"version": shown.version, "previous": shown.previous, "kept": shown.kept}
    try:
        tag = bucket.write_if(POINTER, json.dumps(said, indent=1).encode(), base.tag)
    except (ChangedError, FileNotFoundError):
        now = _pointed(bucket)
        if now.kept != shown.kept:  # else it was written, and only the answer was lost
            raise StorageError(
                _lost(bucket, f"version {now.version}" if now.version else "nothing")
            ) from None
        tag = str(now.tag)
    return replace(shown, tag=tag)


def _lost(bucket: Bucket, what: str) -> str:
    return (
        f"Another run has published {what} at {bucket.address} while this one worked, so that nothing of this one is shown. "
        "Run again, one at a time: what was read is kept."
    )


def _unneeded(bucket: Bucket, old: _There, shown: Shown, base: Shown) -> list[str]:
    """What lay there before and neither the version that is shown now needs nor the one before."""
    needed = {key for of in (shown, base) for _, _, key in of.files.values()}
    needed |= {_listing(str(of.kept)) for of in (shown, base)}
    gone = [name for name in old.kept if name not in needed]
    of_base = {key for _, _, key in base.files.values() if key.startswith(RECORDS)} | {*old.abandoned}
    mine = {key for _, _, key in shown.files.values()}
    gone += [name for name in old.records if name in of_base and name not in mine]
    for version in {*old.versions} - {shown.version, shown.previous}:
        gone += bucket.below(f"{VERSIONS}/{version}")
    return gone


def _share_history(data: Path, bucket: Bucket, *, send: bool = True) -> None:
    """Add to the history here what other machines' runs said, and have it there."""
    path = data / journal.NAME
    for _ in range(_TRIES):
        found = bucket.read(journal.NAME)
        theirs, tag = found or (b"", None)
        mine = path.read_bytes() if path.is_file() else b""
        lines = [*dict.fromkeys([*theirs.splitlines(keepends=True), *mine.splitlines(keepends=True)])]
        both = b"".join(lines[-2 * journal.KEPT :])
        if both != mine:
            atomic.write_bytes(path, both)
        if not send or both == theirs:
            return
        with contextlib.suppress(ChangedError, FileNotFoundError):
            bucket.write_if(journal.NAME, both, tag)
            return

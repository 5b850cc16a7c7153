"""Articles from object storage (`s3://`, `gs://`, ...) into the seeds folder, only what is new or changed there.

What was fetched is noted in a hidden file of the folder; only files that came from there are ever replaced or removed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.store import addresses, atomic, sealed

NOTED = ".fetched"


class FetchError(OSError):
    """The storage could not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How many objects came, were there already, and are gone."""

    n_fetched: int
    n_same: int
    n_removed: int


def fetch(url: str, folder: Path) -> Fetched:
    """Bring a folder up to date with all objects below an address. FetchError where these cannot be listed or read."""
    try:
        import fsspec

        storage, root = fsspec.core.url_to_fs(url)
        storage.invalidate_cache()
        found: dict[str, Mapping[str, Any]] = storage.find(root, detail=True)
    except ImportError as error:
        raise FetchError(f"{url} needs a package: pip install 'newstables[s3]' ({error}).") from None
    except FileNotFoundError:
        found = {}
    except Exception as error:  # each storage has its own
        raise FetchError(f"{url} could not be read ({type(error).__name__}: {error}).") from None
    if not found:
        raise FetchError(f"Nothing lies at {url}; nothing was changed.")
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, str] = sealed.kept_json(folder / NOTED) or {}
    there = {_name(path, root): (path, _mark(info)) for path, info in found.items()}
    n_fetched = 0
    for name, (path, mark) in sorted(there.items()):
        place = folder / name
        if known.get(name) == mark and place.is_file():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with atomic.replacing(place, sync=False) as part:
                storage.get_file(path, os.fspath(part))
        except Exception as error:
            raise FetchError(f"{path} could not be read ({type(error).__name__}: {error}).") from None
        n_fetched += 1
    gone = sorted(known.keys() - there.keys())
    for name in gone:
        atomic.clear(folder / name)
    sealed.write_json(folder / NOTED, {name: mark for name, (_, mark) in there.items()})
    return Fetched(n_fetched, len(there) - n_fetched, len(gone))


def fetch_files(url: str, files: Mapping[str, Path]) -> None:
    """Bring some objects, by their names below an address, into files."""
    try:
        import fsspec

        storage, root = fsspec.core.url_to_fs(url)
        storage.get([f"{root}/{name}" for name in files], [os.fspath(path) for path in files.values()])
    except ImportError as error:
        raise FetchError(f"{url} needs a package: pip install 'newstables[s3]' ({error}).") from None
    except FileNotFoundError:
        return  # who reads them tells of what is gone
    except Exception as error:
        raise FetchError(f"{url} could not be read ({type(error).__name__}: {error}).") from None


def bring(seeds: Path) -> None:
    """Bring a folder of articles that stands for an address up to date; nothing where it lies on a disk alone."""
    if (url := addresses.address(seeds)) is not None:
        fetch(url, seeds)


def _name(path: str, root: str) -> str:
    """The name of an object below the address, as a file below the folder."""
    name = PurePosixPath(path.removeprefix(root).lstrip("/") or PurePosixPath(path).name)
    if ".." in name.parts or name.is_absolute():
        raise FetchError(f"{path} would lie outside the folder.")
    return str(name)


def _mark(info: Mapping[str, Any]) -> str:
    """What changes where an object does: its tag where the storage gives one, else its size and time."""
    changed = next((info[key] for key in ("LastModified", "updated", "mtime") if key in info), "")
    return f"{info.get('ETag') or info.get('etag') or changed} {info.get('size')}"

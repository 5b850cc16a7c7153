"""One file in, an article or a rejection out."""

import hashlib
import os
import stat
from pathlib import Path

from pipeline.read.article import Article, Reason, Rejection
from pipeline.read.compose import Draft, compose
from pipeline.read.decoding import NotTextError, decode
from pipeline.settings import settings

SUFFIX = ".txt"


def shown(path: str | os.PathLike[str]) -> str:
    """A path as text: forward slashes, bytes that are no UTF-8 written as `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def document_id(path: str) -> str:
    """The key of the article at `path` (as `shown`, below the seeds folder): the path without its suffix."""
    return path[: -len(SUFFIX)] if path.lower().endswith(SUFFIX) else path


def read_bytes(path: Path, seeds: Path, *, max_bytes: int | None = None) -> bytes | Rejection:
    """The content of a regular file inside `seeds`, at most `max_bytes` long (the settings' without one)."""
    name = shown(path.relative_to(seeds))
    limit = max_bytes or settings().max_bytes
    if not name.lower().endswith(SUFFIX):
        return Rejection(name, Reason.NOT_TXT)
    try:
        if path.is_symlink() and (rejection := _check_link(path, seeds, name)):
            return rejection
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Rejection(name, Reason.NOT_A_FILE)
        if found.st_size > limit:
            return Rejection(name, Reason.TOO_LARGE, f"{found.st_size} bytes, the limit is {limit}.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return Rejection(name, Reason.UNREADABLE, error.strerror)
    if len(data) > limit:
        return Rejection(name, Reason.TOO_LARGE, f"The limit is {limit} bytes.")
    return data


def _check_link(path: Path, seeds: Path, name: str) -> Rejection | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a circle
        return Rejection(name, Reason.LINK_BROKEN, f"It names {shown(path.readlink())}.")
    if not target.is_relative_to(seeds.resolve()):
        return Rejection(name, Reason.LINK_OUT, f"It leads to {shown(target)}.")
    return Rejection(name, Reason.LINK_FOLDER) if target.is_dir() else None


def read_article(path: Path, seeds: Path, *, max_bytes: int | None = None) -> Article | Rejection:
    """The article in a file below `seeds`, or why it is none. Never raises on what a file holds."""
    data = read_bytes(path, seeds, max_bytes=max_bytes)
    return data if isinstance(data, Rejection) else article(data, shown(path.relative_to(seeds)))


def article(data: bytes, path: str) -> Article | Rejection:
    """The article in a file's bytes; `path` is the file's below the seeds folder, as `shown`."""
    if not data:
        return Rejection(path, Reason.EMPTY)
    try:
        text, encoding = decode(data)
    except NotTextError as error:
        return Rejection(path, error.reason, str(error))
    draft = Draft(text, hashlib.sha256(data).hexdigest(), encoding, has_header=True)
    return compose(draft, path, document_id(path))

"""One file in, an article or a rejection out."""

import hashlib
import os
import re
import stat
from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.read.article import Article, Reason, Rejection
from pipeline.read.compose import article_path, compose
from pipeline.read.decoding import NotTextError, decode
from pipeline.read.formats import FORMATS, suffix_of
from pipeline.read.formats.draft import Draft, UnreadableError
from pipeline.read.formats.press import press_articles
from pipeline.settings import settings

MAX_ARTICLE = 1_000_000
"""Characters of an article; what is longer is a book, a log or a table, and would take more memory than a process should."""

_HALF = re.compile("[\ud800-\udfff]")


def shown(path: str | os.PathLike[str]) -> str:
    """A path as text: forward slashes, bytes that are no UTF-8 written as `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def document_id(path: str) -> str:
    """The key of the article at `path` (as `shown`, below the seeds folder): the path without its suffix."""
    return path[: -len(suffix_of(path) or "")] if suffix_of(path) else path


def read_bytes(path: Path, seeds: Path, *, max_bytes: int | None = None) -> bytes | Rejection:
    """The content of a regular file inside `seeds`, at most `max_bytes` long (the settings' without one)."""
    name = shown(path.relative_to(seeds))
    suffix = suffix_of(name)
    if suffix is None:
        return Rejection(name, Reason.NOT_READ)
    limit = (max_bytes or settings().max_bytes) * _times(suffix)
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
    """The article in a file's bytes, the first one where it holds several; `path` is the file's, as `shown`."""
    return next(iter(articles(data, path)), None) or Rejection(path, Reason.NO_TEXT)


def articles(
    data: bytes, path: str, *, wanted: Container[str] | None = None
) -> Iterator[Article | Rejection]:
    """Every article in a file's bytes, or why it or a part of it is none; `path` is the file's, as `shown`.

    `wanted`: fingerprints (`sha256`) of the only articles to lay out, where a file holds many.
    """
    if not data:
        yield Rejection(path, Reason.EMPTY)
        return
    sha256, doc_id = hashlib.sha256(data).hexdigest(), document_id(path)
    taken: set[str] = set()
    draft: Draft | UnreadableError | None = None
    try:
        for draft in _drafts(data, path):
            if isinstance(draft, UnreadableError):
                yield Rejection(article_path(path, draft.key), draft.reason, str(draft))
                continue
            if len(draft.text) > MAX_ARTICLE:
                detail = f"{len(draft.text):,} characters, the limit for one article is {MAX_ARTICLE:,}."
                yield Rejection(article_path(path, draft.key), Reason.TOO_LARGE, detail)
                continue
            key = _free(draft.key, taken) if draft.key else None
            if wanted is not None and (draft.sha256 or sha256) not in wanted:
                continue
            yield compose(_writable(replace(draft, key=key, sha256=draft.sha256 or sha256)), path, doc_id)
        if draft is None:
            yield Rejection(path, Reason.NO_TEXT, "No article was found in it.")
    except UnreadableError as error:
        yield Rejection(path, error.reason, str(error))


def _writable(draft: Draft) -> Draft:
    """With a replacement character for halves of characters, which JSON can hold and no file."""

    def whole(words: str) -> str:
        return (
            words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            if _HALF.search(words)
            else words
        )

    return replace(
        draft, text=whole(draft.text), told={name: whole(value) for name, value in draft.told.items()}
    )


def _free(key: str, taken: set[str]) -> str:
    """A key that no article before in the file has: numbered where several have one."""
    first, n = key, 1
    while key in taken:
        n += 1
        key = f"{first}.{n}"
    taken.add(key)
    return key


def _drafts(data: bytes, path: str) -> Iterator[Draft | UnreadableError]:
    """The articles of a file as its format's reader tells them; exports of press databases are known by their text."""
    suffix = suffix_of(path)
    if suffix is not None and suffix in FORMATS:
        for draft in FORMATS[suffix].read(data):
            several = _several(draft)
            yield from several if several else [draft]
        return
    try:
        text, encoding = decode(data)
    except NotTextError as error:
        raise UnreadableError(error.reason, str(error)) from None
    yield from list(press_articles(text, encoding)) or [Draft(text, "", encoding, has_header=True)]


def _several(draft: Draft | UnreadableError) -> list[Draft]:
    """The articles of a document that is a press database's export; none where it is an article."""
    if isinstance(draft, UnreadableError) or not draft.has_header:
        return []
    return list(press_articles(draft.text, draft.encoding))


def _times(suffix: str) -> int:
    """How many times as large as a text file one of another format may be: what a process can hold."""
    return 10 if suffix in FORMATS else 1

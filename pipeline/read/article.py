"""What a file becomes: an article, its text laid out in blocks, or a rejection that says what to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pipeline.read.reading import Reading

BlockKind = Literal["body", "heading", "credit"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a credit line: characters `start` to `end` (exclusive) of the article's text."""

    kind: BlockKind
    start: int
    end: int
    paragraph: int
    """Number of the block in its article, from 0; a credit that trails a paragraph has that paragraph's number."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of its article beside the text; everything as told, nothing guessed."""

    headline: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    section: str | None = None
    published_at: str | None = None
    """The time of publication, ISO 8601, with its zone where one is told."""
    date_basis: str | None = None
    """Where the day of publication was read: a value of the vocabulary `publication_basis`."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it is analysed. Offsets here count characters of `text`, header included; rows are put where they
    stand in the text as published when all is read (`pipeline.extract.published`).
    """

    doc_id: str
    path: str
    sha256: str
    encoding: str
    text: str
    published_on: date | None
    title: str | None
    credit: str | None
    body_start: int
    body_end: int
    blocks: tuple[Block, ...]
    note: str | None = None
    """What a reader of the tables should know about how the file was read."""
    metadata: Metadata = Metadata()
    format: str = "text"
    """A value of the vocabulary `format`."""
    key: str | None = None
    """What tells it from other articles in its file, as `path` and `doc_id` end in it; None where the file is the article."""
    reading: Reading | None = None
    """The way from `text` to the text as published; None where they are the same."""

    @property
    def file(self) -> str:
        """The file below the seeds folder."""
        return self.path.removesuffix(f"#{self.key}") if self.key else self.path

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` stand in the text as published."""
        return self.reading.place(start, end) if self.reading else (start, end)


class Reason(StrEnum):
    """Why a file is no article, and what to do about it."""

    EMPTY = "The file is empty: put the article's text into it or remove it."
    NO_TEXT = "There is no text behind the header: put the article's text into the file or remove it."
    NOT_TEXT = "This is no plain text: save the article as UTF-8 text."
    ENCODING = "The encoding is none of UTF-8, UTF-16 with a byte order mark and Windows-1252: save the file as UTF-8."
    TOO_LARGE = "This is larger than one article may be: split it; for a file of many articles raise NEWSTABLES_MAX_BYTES."
    UNREADABLE = "The file may not be read: give the user of this program the right to read it."
    NOT_READ = "Files that end so are not read: save the article as plain text (.txt) or in another format that docs/inputs.md names, or remove it."
    FORMAT = "The file is not what its name says, or is broken: the detail says what was found."
    EXTRA = "Files of this kind need a library that is not installed: the detail says how to get it."
    NOT_A_FILE = "This is neither a file nor a folder: replace it by a file."
    FOLDER = "This is a folder with the name of an article: rename it. The files in it were read."
    UNREADABLE_FOLDER = "The folder may not be listed: give the user of this program the right to read it."
    LINK_OUT = "The link leads out of the seeds folder: put the file itself into the folder."
    LINK_FOLDER = "Links to folders are not followed: put the folder itself into the seeds folder."
    LINK_BROKEN = "The link leads nowhere or round in a circle: remove it."
    SAME_KEY = (
        "Another file has the same name but for its suffix or its unreadable characters: rename one of them."
    )
    CHANGING = "The file changed while it was read: run again."
    EXTRACTION = "Extraction failed on this article: report it with its text and the detail."


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that could not be read as an article."""

    path: str
    reason: Reason
    detail: str | None = None

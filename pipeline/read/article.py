"""What a readable file becomes: an article, its text laid out in blocks."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

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
class Article:
    """A decoded file. Every offset anywhere counts characters of `text`, the whole file, header included."""

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

"""What of an article is prose, told before anything reads it: rows of figures, marks or the same few words cost a reader as much
as articles do, several times over where their words are short, and nothing that is read in them is true.

The limits lie far from what people write: of the passages of the treebanks and of the news that development reads, none is taken
for anything else but mailed spreadsheets and lists of file names (docs/decisions/0140).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

MIN_TOKENS = 150
"""Of fewer nothing is said: they are read."""

MIN_LETTERS = 0.35
"""Share of letters among the characters that are not blank."""
MIN_LENGTH = 2.5
"""Characters of a token, with the blank behind it."""
MIN_DIFFERENT = 0.12
"""Share of different tokens."""
MIN_LINE = 4.0
"""Tokens of a line where lines stand one below another."""
SENTENCE_TOKENS = 8
"""A line as long as this is read among rows of figures, where it is none itself."""

_TOKEN = re.compile(r"(?:https?://|www\.)\S+|\w+|([^\w\s])\1*")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Passage:
    """A piece of text or several that follow each other."""

    pieces: tuple[str, ...]

    @cached_property
    def tokens(self) -> list[str]:
        """Words, figures and marks; a mark over and over is one, an address too."""
        return [found.group() for piece in self.pieces for found in _TOKEN.finditer(piece)]

    @property
    def is_monotonous(self) -> bool:
        """Whether the same few tokens come again and again."""
        return len({token.casefold() for token in self.tokens}) < MIN_DIFFERENT * len(self.tokens)

    @property
    def is_dense(self) -> bool:
        """Whether it is made of figures and marks, of bits of words, or of lines of a word or two."""
        tokens = self.tokens
        written = sum(map(len, tokens))
        letters = sum(len(_LETTER.findall(piece)) for piece in self.pieces)
        return (
            letters < MIN_LETTERS * written
            or sum(len(piece) + 1 for piece in self.pieces) < MIN_LENGTH * len(tokens)
            or len(tokens) < MIN_LINE * len(self.pieces)
        )


def no_prose(pieces: Sequence[str]) -> set[int]:
    """Numbers of the pieces of an article that are no prose. Short ones are judged with those beside them."""
    found: set[int] = set()
    for numbers in _passages(pieces):
        passage = Passage(tuple(pieces[n] for n in numbers))
        if passage.is_monotonous:
            found.update(numbers)
        elif passage.is_dense:
            found.update(n for n in numbers if len(numbers) == 1 or not _is_sentence(pieces[n]))
    return found


def _is_sentence(piece: str) -> bool:
    passage = Passage((piece,))
    return len(passage.tokens) >= SENTENCE_TOKENS and not passage.is_dense


def _passages(pieces: Sequence[str]) -> Iterator[list[int]]:
    """Numbers of pieces to judge together: one that is long enough, or short ones in a row until they are."""
    waiting: list[int] = []
    n_tokens = 0
    for n, piece in enumerate(pieces):
        size = sum(1 for _ in _TOKEN.finditer(piece))
        if size >= MIN_TOKENS:
            yield [n]
            waiting, n_tokens = [], 0
            continue
        waiting.append(n)
        n_tokens += size
        if n_tokens >= MIN_TOKENS:
            yield waiting
            waiting, n_tokens = [], 0

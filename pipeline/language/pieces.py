"""Words as the encoder takes them: word pieces in lower case, and beside each piece the shape of its word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

SHAPES = 24
"""Six shapes of case, first in the text or not, behind a blank or not."""

WORD_PIECES = 8
"""Pieces of one word; the rest of a longer word is passed over."""

_MAX_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces with the shape of each, and where each word's first piece stands."""

    ids: list[int]
    shapes: list[int]
    first: list[int]


class Splitter:
    """Cuts words into word pieces; holds the encoder's vocabulary."""

    def __init__(self, path: Path) -> None:
        """`path`: the encoder's tokenizer.json."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.start, self.end, self._unknown = (self._id(piece) for piece in ("[CLS]", "[SEP]", "[UNK]"))
        self.word = lru_cache(maxsize=50_000)(self._word)

    def _id(self, piece: str) -> int:
        number: int | None = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ValueError(f"The encoder's vocabulary has no {piece}.")
        return number

    def _word(self, word: str) -> tuple[int, ...]:
        ids: list[int] = self._tokenizer.encode(word[:_MAX_CHARACTERS], add_special_tokens=False).ids
        return tuple(ids[:WORD_PIECES]) or (self._unknown,)

    def __call__(self, words: Sequence[str], spaces: Sequence[bool]) -> Pieces:
        """The pieces of a text; `spaces` says which words have a blank behind them."""
        out = Pieces([self.start], [0], [])
        for i, word in enumerate(words):
            ids = self.word(word)
            out.first.append(len(out.ids))
            out.ids.extend(ids)
            out.shapes.extend([shape(word, first=i == 0, joined=i > 0 and not spaces[i - 1])] * len(ids))
        out.ids.append(self.end)
        out.shapes.append(0)
        return out


def shape(word: str, *, first: bool, joined: bool) -> int:
    """The number of a word's shape, below SHAPES."""
    return _case(word) + 6 * first + 12 * joined


def _case(word: str) -> int:
    if word.isupper() and len(word) > 1:
        return 1
    if word[:1].isupper():
        return 3 if any(c.isupper() for c in word[1:]) else 2
    if any(c.isupper() for c in word):
        return 4
    return 5 if word[:1].isdigit() else 0

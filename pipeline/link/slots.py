"""Numbers of articles by the words that they stand between."""

import re
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.link.rows import Ints, Lists
from pipeline.link.words import number_words

BESIDE = 3
"""Words on each side of a number between which it stands."""
PAIRS_AT_ONCE = 4_096
"""Pairs of articles that are compared at a time: bounds memory."""
_TOKEN = re.compile(r"\d[\d,.]*|[^\W\d_]+")
_ASCII_NUMBER = re.compile(r"([0-9][0-9,.]*)")
_ASCII_LETTERS = "".join(letter if letter.isalpha() else " " for letter in map(chr, range(128)))
_MASK = "0"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL = 1.0
"""A number in words that often counts nothing ("one of")."""

Slots = dict[int, float]
"""What stands on both sides of a number, as a hash, and the number."""


def slots(text: str) -> Slots:
    """Between which words the numbers of a text stand; those that stand twice between the same words in other values are left out."""
    words, known = _tokens(text.lower()), number_words()
    found: Slots = {}
    for at in [at for at, word in enumerate(words) if word in known or word[0].isdigit()]:
        value = _value(words[at])
        if value is None or value == _SMALL or at < BESIDE or at + BESIDE >= len(words):
            continue
        near = words[at - BESIDE : at + BESIDE + 1]
        around = " ".join(word if _value(word) is None else _MASK for word in near)
        key = zlib.crc32(around.encode("utf-8", "surrogatepass"))
        found[key] = value if found.get(key, value) == value else np.nan
    return {key: value for key, value in found.items() if value == value}


def _tokens(text: str) -> list[str]:
    """Words and numbers of a text in small letters; in ASCII, numbers are looked for and the rest is cut at blanks, which takes half the time."""
    if not text.isascii():
        return _TOKEN.findall(text)
    found: list[str] = []
    for at, part in enumerate(_ASCII_NUMBER.split(text)):
        if at % 2:
            found.append(part)
        else:
            found += part.translate(_ASCII_LETTERS).split()
    return found


@lru_cache(maxsize=1 << 15)
def _value(word: str) -> float | None:
    """The number that a word tells; None for others and for years."""
    if not word[0].isdigit():
        return number_words().get(word)
    try:
        return None if _YEAR.fullmatch(word) else float(word.replace(",", "").rstrip("."))
    except ValueError:  # "3.10.2020"
        return None


class SlotsOf:
    """The slots of articles; each article is read once, when it is first asked for, and held in a few numbers."""

    def __init__(self, read: Callable[[int], str], n: int) -> None:
        """`read` gives the text of each of `n` articles by its number; -1 stands for one of which nothing is known."""
        self.read = read
        self.rank = np.append(np.full(n, -1), 0)
        """When each was read; the one of which nothing is known is the first, and empty."""
        self.ends = np.zeros(2, dtype=np.int64)
        self.keys = np.zeros(0, dtype=np.uint32)
        self.values = np.zeros(0, dtype=np.float64)

    def grown(self, one: Ints, two: Ints) -> tuple[Ints, Ints]:
        """Of each pair of articles how many numbers between the same words are larger in the second, and how many smaller."""
        self._gather(np.unique(np.concatenate([one, two])))
        up, down = np.zeros(len(one), dtype=np.int64), np.zeros(len(one), dtype=np.int64)
        for start in range(0, len(one), PAIRS_AT_ONCE):
            some = slice(start, start + PAIRS_AT_ONCE)
            up[some], down[some] = self._compared(self.rank[one[some]], self.rank[two[some]])
        return up, down

    def _gather(self, articles: Ints) -> None:
        """Read articles, those not read yet."""
        new = articles[self.rank[articles] < 0]
        found = [slots(self.read(article)) for article in new.tolist()]
        self.rank[new] = len(self.ends) - 1 + np.arange(len(new))
        n = np.cumsum([0, *map(len, found)]) + self.ends[-1]
        self.keys, self.values = _grown(self.keys, int(n[-1])), _grown(self.values, int(n[-1]))
        for told, begin, end in zip(found, n, n[1:], strict=False):
            self.keys[begin:end] = sorted(told)
            self.values[begin:end] = [told[key] for key in sorted(told)]
        self.ends = np.append(self.ends, n[1:])

    def _compared(self, one: Ints, two: Ints) -> tuple[Ints, Ints]:
        """As `grown`, by when the articles were read."""
        told = Lists(np.zeros(0, dtype=np.int64), self.ends)
        places = told.places(one), told.places(two)
        codes, of = [], np.repeat(np.arange(len(one)), told.sizes()[one])
        for side, at in zip((one, two), places, strict=True):
            pair = np.repeat(np.arange(len(side)), told.sizes()[side])
            codes.append(pair << 32 | self.keys[at].astype(np.int64))
        mine, other = codes
        at = np.searchsorted(other, mine)  # both are in order: pair by pair, and each article's keys are
        same = np.append(other, -1)[at] == mine
        by = self.values[places[1][at[same]]] - self.values[places[0][same]]
        up, down = (np.bincount(of[same], weights=side, minlength=len(one)) for side in (by > 0, by < 0))
        return up.astype(np.int64), down.astype(np.int64)


def _grown(array: npt.NDArray[Any], n: int) -> npt.NDArray[Any]:
    """An array of at least `n` entries with those of another; it doubles, so that growing stays cheap."""
    if n <= len(array):
        return array
    return np.concatenate([array, np.zeros(max(n, 2 * len(array)) - len(array), dtype=array.dtype)])

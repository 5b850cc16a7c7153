"""Copies of one article: an agency story in two papers, an edited or shortened version.

A copy is no second source. Candidates come from MinHash (rensa) over shingles of three words; a candidate counts as a
copy only where the shingles themselves, not their sketch, overlap.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from rensa import RMinHash

from pipeline.link import memory
from pipeline.link.columns import Column
from pipeline.link.memory import Digests, rows_now
from pipeline.link.rows import NO_DAY, Flags, Ints, Lists, ordinals
from pipeline.link.sources import prepared_documents
from pipeline.store.mapped import let_go

SHINGLE = 3
"""Words in a shingle."""
JACCARD = 0.6
"""Shared shingles among all shingles of both articles, from which on they are versions of one text."""
CONTAINED = 0.8
"""Shared shingles among those of the shorter article, from which on it is a shortened version of the longer."""
SHORTENED = 0.4
"""A shortened version keeps at least this share of the longer one."""
DOUBT = 0.2
"""Likeness of sketches up to which the shingles need not be looked at."""
PERMUTATIONS, BANDS, SEED = 126, 42, 1
"""42 bands of 3: a pair with a Jaccard overlap of 0.4 becomes a candidate with 94%, one of 0.6 with 99.99%."""

_MARKS = re.compile(r"[^\w\s]+")
MANY = 32
"""Originals before an article, of those that share a band with it, that are looked at, and of all these the number, the most alike
by their sketches, whose shingles are: a thousand weather reports made from one pattern share their bands, and each is held
against the last few alone."""
SHINGLES_AT_ONCE = 1_000
"""Texts whose shingles are kept in memory."""
LAST_DAY = np.iinfo(np.int32).max

Shingles = npt.NDArray[np.uint64]
Sketches = npt.NDArray[np.uint32]


def find_copies(documents: pd.DataFrame, *, cache: Path | None = None) -> pd.Series:
    """The `doc_id` of the original for each copy; null for originals.

    `documents` needs `doc_id, published_on, text, body_start, body_end`. Returns a series indexed by `doc_id` in the
    order given. The original is the earliest published article (undated ones come last), then the one with the
    smallest `doc_id`. A copy resembles its original directly, never only another copy: a story that is rewritten day
    by day does not end up as a copy of its first version. The order of `documents` does not matter. `cache` is a folder
    for what is kept for the next run.
    """
    path = cache / "copies.arrays" if cache else None
    days = ordinals(documents["published_on"])
    known = documents if "read" in documents else prepared_documents(documents)
    columns = ["doc_id", "text", "body_start", "body_end", "read"]
    ordered = known[columns].assign(day=np.where(days == NO_DAY, LAST_DAY, days)).reset_index(drop=True)
    ordered = ordered.sort_values(["day", "doc_id"])
    texts = _Texts(Column(ordered["text"]), *(ordered[name].tolist() for name in ("body_start", "body_end")))
    found = ordered["read"].to_numpy()
    kept = memory.load(path, Kept) or Kept.nothing()
    if not np.array_equal(kept.digests, found):
        kept = _updated(kept, found, texts)
        memory.save(path, kept)
    keys = Column(ordered["doc_id"]).arrow()
    original = np.empty(len(known), dtype=np.int64)
    original[ordered.index] = kept.original  # in the order given
    of_each = keys.take(pa.array(original, mask=original < 0))
    return pd.Series(
        of_each.to_pandas().array,
        index=pd.Index(documents["doc_id"], name="doc_id"),
        dtype="str",
        name="duplicate_of",
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run leaves to the next, for each article in their order."""

    digests: Digests
    sketches: Sketches
    original: Ints
    """The number of the article that each is a copy of; -1 for originals."""

    @classmethod
    def nothing(cls) -> "Kept":
        """Before the first run."""
        none = np.zeros(0, dtype=np.int64)
        return cls(none.astype(np.uint64), np.zeros((0, PERMUTATIONS), dtype=np.uint32), none)


def _updated(kept: Kept, found: Digests, texts: "_Texts") -> Kept:
    """The originals of all articles, from those of the last run: an article looks again for its original where that is gone,
    or where one appears that comes before it."""
    n, row_of = len(found), rows_now(kept.digests, found)
    stay = row_of >= 0
    sketches = np.empty((n, PERMUTATIONS), dtype=np.uint32)
    sketches[row_of[stay]] = kept.sketches if stay.all() else kept.sketches[stay]
    new = memory.not_among(row_of, n)
    shingles = lru_cache(maxsize=SHINGLES_AT_ONCE)(texts.shingles)
    sketches[new] = _sketches(shingles, new)
    original = np.full(n, -1, dtype=np.int64)
    was = np.append(row_of, -1)[kept.original]
    original[row_of[stay]] = was[stay]
    again = np.zeros(n, dtype=np.bool_)
    again[new] = True
    again[row_of[stay & (kept.original >= 0) & (was < 0)]] = True
    buckets = _Buckets(sketches)
    gone = np.flatnonzero(~stay & (kept.original < 0))
    places = np.maximum.accumulate(np.append(-1, row_of))[gone] + 1
    again[buckets.crowded_out(kept.sketches[gone], places, original)] = True
    return Kept(found, sketches, _originals(buckets, sketches, shingles, original, again))


class _Hashes(dict[str, int]):
    """A number for each word that was met."""

    def __missing__(self, word: str) -> int:
        self[word] = found = zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1
        return found


Told = Callable[[int], Shingles]
"""The shingles of an article by its number."""


class _Texts:
    """The shingles of articles, read when they are asked for. It does not know itself: else it would be held until Python looks for such."""

    def __init__(self, texts: Column, starts: list[int], ends: list[int]) -> None:
        self.texts, self.starts, self.ends = texts, starts, ends
        self.hashes = _Hashes()

    def shingles(self, row: int) -> Shingles:
        """The distinct shingles of a text, as hashes; a text shorter than a shingle is one shingle."""
        body = self.texts.alone(row)[self.starts[row] : self.ends[row]]
        words = _MARKS.sub("", body).lower().split()
        codes = np.fromiter(map(self.hashes.__getitem__, words), dtype=np.uint64, count=len(words))
        size = min(SHINGLE, len(codes))
        rolled = np.zeros(len(codes) - size + 1 if size else 0, dtype=np.uint64)
        for i in range(size):
            rolled = rolled * np.uint64(0x9E3779B97F4A7C15) + codes[i : len(rolled) + i]
        return np.unique(rolled)


def _sketches(told: Told, rows: Ints) -> Sketches:
    """Minimal hashes of the shingles of some texts."""
    parts = [np.zeros((0, PERMUTATIONS), dtype=np.uint32)]
    for start in range(0, len(rows), SHINGLES_AT_ONCE):
        shingles = [told(row) for row in rows[start : start + SHINGLES_AT_ONCE].tolist()]
        ends = np.cumsum([0, *map(len, shingles)]).astype(np.uint64)
        found = RMinHash.digest_matrix_from_flat_token_hashes(
            np.concatenate(shingles), ends, PERMUTATIONS, SEED
        )
        parts.append(np.array(found.to_rows(), dtype=np.uint32))
        let_go()
    return np.concatenate(parts)


Buckets = tuple[Ints, list[tuple[int, Ints]]]
"""The articles of some buckets that are not full, end to end, and the numbers and articles of those that are."""


class _Sorted:
    """Some articles by the bands of their sketches, put in order."""

    def __init__(self, sketches: Sketches, articles: Ints) -> None:
        """`articles`: which they are, in order."""
        number = _band_numbers(sketches)
        order = np.argsort(number, kind="stable")
        told = number[order]
        begins = np.append(True, told[1:] != told[:-1])[: len(told)]
        starts = np.flatnonzero(begins)
        self.numbers, self.sizes = told[starts], np.diff(starts, append=len(order))
        of_article = np.empty(len(order), dtype=np.int64)
        of_article[order] = np.cumsum(begins) - 1
        self.of_article = of_article.reshape(-1, BANDS)
        self.articles = Lists(articles[order // BANDS], np.append(starts, len(order)))
        self._all = articles

    def of(self, article: int) -> Buckets:
        """The buckets of an article."""
        return self._told(self.of_article[np.searchsorted(self._all, article)], MANY)

    def under(self, sketch: Sketches, most: int) -> Buckets:
        """The buckets of a sketch; those of more than `most` are full."""
        number = np.unique(_band_numbers(sketch.reshape(1, -1)))
        at = np.minimum(np.searchsorted(self.numbers, number), max(0, len(self.numbers) - 1))
        return self._told(at[self.numbers[at] == number] if len(self.numbers) else at[:0], most)

    def _told(self, buckets: Ints, most: int) -> Buckets:
        full = self.sizes[buckets] > most
        crowded = [(int(self.numbers[bucket]), self.articles[bucket]) for bucket in buckets[full].tolist()]
        return self.articles.of(buckets[~full]), crowded


class _Buckets:
    """Articles by the bands of their sketches. Only those are put in order that may share a band with one that is asked for."""

    def __init__(self, sketches: Sketches) -> None:
        self.sketches = sketches
        self._marks = _band_marks(sketches)
        self._wanted = np.zeros((BANDS, 1 << 16), dtype=np.bool_)
        self._asked = set[int]()
        self._sorted = _Sorted(sketches[:0], np.zeros(0, dtype=np.int64))

    def of(self, article: int, ahead: Flags | None = None) -> Buckets:
        """The buckets of an article, of full ones the articles in order; `ahead`: the articles that are likely asked for, too."""
        if article not in self._asked:
            rows = np.union1d([article], np.flatnonzero(ahead) if ahead is not None else [])
            self._asked.update(rows.tolist())
            self._look_up(self._marks[:, rows])
        return self._sorted.of(article)

    def after(self, article: int, original: Ints) -> Ints:
        """The articles behind one to whose choice it may matter whether it is an original."""
        small, full = self.of(article)
        near = np.unique(small)
        near = near[(near > article) & ((original[near] < 0) | (original[near] > article))]
        return np.concatenate([near, *(_next(members, article + 1, original) for _, members in full)])

    def crowded_out(self, gone: Sketches, places: Ints, original: Ints) -> Ints:
        """The articles that may be held against others, now that originals with these sketches are gone, each from its place on."""
        if not len(gone):
            return np.zeros(0, dtype=np.int64)
        self._look_up(_band_marks(gone))
        return np.concatenate(
            [
                _next(members, place, original)
                for sketch, place in zip(gone, places.tolist(), strict=True)
                for _, members in self._sorted.under(sketch, MANY - 1)[1]
            ]
            or [np.zeros(0, dtype=np.int64)]
        )

    def _look_up(self, marks: "npt.NDArray[np.uint16]") -> None:
        """Put in order what shares bands of these marks, beside what was asked for before."""
        for band, of_band in enumerate(marks):
            self._wanted[band, of_band] = True
        near = np.zeros(len(self.sketches), dtype=np.bool_)
        for wanted, of_band in zip(self._wanted, self._marks, strict=True):
            near |= wanted[of_band]
        articles = np.flatnonzero(near)
        some = self.sketches if near.all() else self.sketches[articles]
        self._sorted = _Sorted(some, articles)


def _next(members: Ints, place: int, original: Ints) -> Ints:
    """The articles of a bucket from `place` on, up to the next `MANY` originals."""
    behind = members[np.searchsorted(members, place) :]
    passed = np.cumsum(original[behind] < 0)
    return behind[: int(np.searchsorted(passed, MANY)) + 1]


class _Windows:
    """The last `MANY` originals of each full bucket, kept up while articles pass in order: each member is looked at once."""

    def __init__(self, buckets: _Buckets, original: Ints, ahead: Flags) -> None:
        """`original` may change from the article that passes on, not before it; `ahead`: the articles that are still to pass."""
        self.buckets, self.original, self.ahead = buckets, original, ahead
        self.last: dict[int, tuple[int, Ints]] = {}

    def originals_before(self, article: int) -> Ints:
        """The originals that an article is held against, in order: in each of its buckets the last `MANY` before it."""
        small, full = self.buckets.of(article, self.ahead)
        found: Ints = np.concatenate([small, *(self._window(*bucket, article) for bucket in full)])
        near = np.unique(found)
        return near[(near < article) & (self.original[near] < 0)]

    def _window(self, bucket: int, members: Ints, article: int) -> Ints:
        end = int(np.searchsorted(members, article))
        begin, window = self.last.get(bucket, (0, members[:0]))
        if bucket not in self.last:
            begin = self._enough(members[:end])
        passed = members[begin:end]
        if len(passed):
            window = np.concatenate([window, passed[self.original[passed] < 0]])[-MANY:]
        self.last[bucket] = end, window
        return window

    def _enough(self, before: Ints) -> int:
        """From where on at least `MANY` of some articles are originals; 0 where fewer are."""
        size = MANY
        while size < len(before) and np.count_nonzero(self.original[before[-size:]] < 0) < MANY:
            size *= 4
        return max(0, len(before) - size)


def _band_marks(sketches: Sketches) -> "npt.NDArray[np.uint16]":
    """A small number for each band of each sketch, band after band: bands that are the same have the same, others seldom."""
    bands = sketches.reshape(len(sketches), BANDS, PERMUTATIONS // BANDS)
    return np.ascontiguousarray(np.bitwise_xor.reduce(bands, axis=2).T.astype(np.uint16))


def _band_numbers(sketches: Sketches) -> Shingles:
    """A number for each band of each sketch, one sketch after another."""
    bands = sketches.reshape(len(sketches) * BANDS, PERMUTATIONS // BANDS).astype(np.uint64)
    number = np.tile(np.arange(BANDS, dtype=np.uint64), len(sketches))
    for column in bands.T:
        number = (number ^ column) * np.uint64(0x9E3779B97F4A7C15)
    return number


def _originals(buckets: _Buckets, sketches: Sketches, told: Told, original: Ints, again: Flags) -> Ints:
    """The original of each article, its number; -1 for originals. A smaller number comes first.

    `original`: those so far. `again`: the articles that are new or whose original is gone, or may have come nearer.
    """
    original = original.copy()
    todo = bytearray(again.tobytes())
    flags = np.frombuffer(todo, dtype=np.bool_)
    fresh, windows = again.copy(), _Windows(buckets, original, flags)
    from_nothing = bool(again.all())
    row = todo.find(1)
    while row >= 0:
        near = _most_alike(sketches, row, windows.originals_before(row)).tolist()
        same = (other for other in near if _same_text(told(row), told(other)))
        found = next(same, -1)
        was, original[row] = original[row], found
        if not from_nothing and (fresh[row] or (was < 0) != (found < 0)):
            flags[buckets.after(row, original)] = True
            if found >= 0:
                flags[original == row] = True
        row = todo.find(1, row + 1)
    return original


def _most_alike(sketches: Sketches, row: int, others: Ints) -> Ints:
    """Of some articles those whose sketches are like that of a row, the `MANY` most alike, in order."""
    likeness = (sketches[others] == sketches[row]).mean(axis=1)
    alike = np.flatnonzero(likeness > DOUBT)
    best = alike[np.argsort(-likeness[alike], kind="stable")][:MANY]
    return others[np.sort(best)]


def _same_text(a: Shingles, b: Shingles) -> bool:
    """Whether two articles are versions of one text."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    if not shared:
        return False
    shorter, longer = sorted((len(a), len(b)))
    if shared >= JACCARD * (shorter + longer - shared):
        return True
    return shorter >= SHORTENED * longer and shared >= CONTAINED * shorter

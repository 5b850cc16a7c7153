"""Copies of one article: an agency story in two papers, an edited or shortened version.

A copy is no second source. Candidates come from MinHash (rensa) over shingles of three words; a candidate counts as a
copy only where the shingles themselves, not their sketch, overlap.
"""

import re
import zlib
from collections import defaultdict
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from rensa import RMinHash, RMinHashLSH

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
Shingles = npt.NDArray[np.uint64]


def find_copies(documents: pd.DataFrame) -> pd.Series:
    """The `doc_id` of the original for each copy; null for originals.

    `documents` needs `doc_id, published_on, text, body_start, body_end`. Returns a series indexed by `doc_id` in the
    order given. The original is the earliest published article (undated ones come last), then the one with the
    smallest `doc_id`. A copy resembles its original directly, never only another copy: a story that is rewritten day
    by day does not end up as a copy of its first version. The order of `documents` does not matter.
    """
    out = pd.Series(
        None, index=pd.Index(documents["doc_id"], name="doc_id"), name="duplicate_of", dtype="str"
    )
    if len(documents) < 2:
        return out
    ordered = sorted(
        zip(
            [d if isinstance(d, date) and not pd.isna(d) else date.max for d in documents["published_on"]],
            documents["doc_id"],
            [
                text[start:end]
                for text, start, end in zip(
                    documents["text"], documents["body_start"], documents["body_end"], strict=True
                )
            ],
            strict=True,
        )
    )
    shingles = _shingles([body for _, _, body in ordered])
    for copy, original in _originals(shingles).items():
        out[ordered[copy][1]] = ordered[original][1]
    return out


def _shingles(bodies: list[str]) -> list[Shingles]:
    """The distinct shingles of each text, as hashes; a text shorter than a shingle is one shingle."""
    hashes: dict[str, int] = {}
    out: list[Shingles] = []
    for body in bodies:
        words = _MARKS.sub("", body).lower().split()
        for word in words:
            if word not in hashes:
                hashes[word] = zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1
        codes = np.fromiter((hashes[word] for word in words), dtype=np.uint64, count=len(words))
        size = min(SHINGLE, len(codes))
        rolled = np.zeros(len(codes) - size + 1 if size else 0, dtype=np.uint64)
        for i in range(size):
            rolled = rolled * np.uint64(0x9E3779B97F4A7C15) + codes[i : len(rolled) + i]
        out.append(np.unique(rolled))
    return out


def _originals(shingles: list[Shingles]) -> dict[int, int]:
    """Position of the original for each copy; a smaller position comes first."""
    offsets = np.concatenate([[0], np.cumsum([len(s) for s in shingles])]).astype(np.uint64)
    flat = np.concatenate(shingles)
    if not len(flat):
        return {}
    sketches = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, PERMUTATIONS, SEED)
    index = RMinHashLSH(0.5, PERMUTATIONS, BANDS)
    index.insert_matrix(sketches)
    alike = index.query_duplicate_flags_matrix(sketches)
    rows = np.array(sketches.to_rows(), dtype=np.uint32)
    width = PERMUTATIONS // BANDS
    buckets: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    copies: dict[int, int] = {}
    for i, flagged in enumerate(alike):
        if not flagged or not len(shingles[i]):
            continue
        keys = [(band, rows[i, band * width : (band + 1) * width].tobytes()) for band in range(BANDS)]
        found = sorted({j for key in keys for j in buckets.get(key, ())})
        estimate = (rows[found] == rows[i]).mean(axis=1) if found else np.zeros(0)
        candidates = [j for j, likeness in zip(found, estimate, strict=True) if likeness > DOUBT]
        original = next((j for j in candidates if _same_text(shingles[i], shingles[j])), None)
        if original is not None:
            copies[i] = original
        else:
            for key in keys:
                buckets[key].append(i)
    return copies


def _same_text(a: Shingles, b: Shingles) -> bool:
    """Whether two articles are versions of one text."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    shorter, longer = sorted((len(a), len(b)))
    if shared >= JACCARD * (shorter + longer - shared):
        return True
    return shorter >= SHORTENED * longer and shared >= CONTAINED * shorter

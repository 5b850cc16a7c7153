"""Which articles speak with one voice: copies of one text, and articles that credit the same agency."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from pipeline.lexicon import table
from pipeline.link.memory import Digests, digests_of
from pipeline.link.rows import texts

_GENERIC = frozenset(
    {"agencies", "agency", "staff", "wires", "wire", "newsroom", "correspondent", "reporter", "and"}
)


Voices = dict[str, frozenset[str]]


UNKNOWN = "unknown"
"""The voice of articles that nobody is known to have written: all of them together are one."""


def sources(documents: pd.DataFrame) -> Voices:
    """The voices of each article: the names in its credit, its outlet and author, itself or the article that it is a copy of.

    An article with a credit speaks for the agencies and writers that it names; "Agencies" names none. An article without
    a name speaks for `UNKNOWN`.
    """
    doc_ids = texts(documents["doc_id"])
    named = {
        column: dict(zip(doc_ids, texts(documents[column]), strict=True))
        for column in ("credit", "outlet", "author")
        if column in documents
    }
    out: Voices = {}
    copied = texts(documents["duplicate_of"]) if "duplicate_of" in documents else [""] * len(documents)
    for doc_id, original in zip(doc_ids, copied, strict=True):
        root = original or doc_id
        told = {values.get(key, "") for values in named.values() for key in (doc_id, root)}
        known = frozenset(name for value in told for name in voice_names(value))
        out[doc_id] = known | {f"article:{root}", *(() if known else (UNKNOWN,))}
    return out


def voice_names(told: str) -> list[str]:
    """The agencies, papers and writers that a credit names."""
    names = (
        re.sub(r"^(?:by|the)\s+", "", part.strip().casefold()) for part in re.split(r"[/,;|]|\band\b", told)
    )
    return [name for name in names if name and name not in _GENERIC]


def count_sources(
    doc_ids: Iterable[str], source_of: Voices, quoted: Mapping[str, str] | None = None, *, known: bool = True
) -> int:
    """How many of these articles are independent: articles that share a voice count once.

    `quoted`: by article, whom it names as its source; another paper or agency is its voice then. Without `known`, articles
    that nobody is known to have written are as many voices as articles.
    """
    group_of: dict[str, int] = {}
    voices_of: dict[int, set[str]] = {}
    docs = list(doc_ids)
    spoken = frozenset().union(*(source_of.get(doc_id, frozenset()) for doc_id in docs)) | agencies()
    for n, doc_id in enumerate(docs):
        voices = set(source_of.get(doc_id, ())) or {f"article:{doc_id}"}
        voices |= spoken & set(voice_names((quoted or {}).get(doc_id, "")))
        if not known:
            voices.discard(UNKNOWN)
        shared = {group_of[voice] for voice in voices if voice in group_of}
        into = max(shared, key=lambda group: (len(voices_of[group]), group), default=n)
        voices = voices.union(*(voices_of.pop(group) for group in shared - {into}))
        voices_of.setdefault(into, set()).update(voices)
        group_of.update(dict.fromkeys(voices, into))
    return len(voices_of)


@cache
def agencies() -> frozenset[str]:
    """Names of news agencies."""
    return frozenset(name for row in table("agencies") for name in voice_names(row["agency"]))


def article_digests(doc_ids: pd.Series, documents: pd.DataFrame, source_of: Voices) -> Digests:
    """For each article key a hash of the article's text and voices."""
    voices = [" | ".join(sorted(source_of[doc_id])) for doc_id in texts(documents["doc_id"])]
    columns = [column for column in ("text", "body_start", "duplicate_of") if column in documents]
    found = documents[columns].assign(voices=voices)
    articles = pd.Series(pd.unique(doc_ids))
    of_article = digests_of(articles, documents["doc_id"], found)
    return np.asarray(of_article[pd.Index(articles).get_indexer(pd.Index(doc_ids))])

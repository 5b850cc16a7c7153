"""Which articles speak with one voice: copies of one text, and articles that credit the same agency."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from pipeline.link.memory import Digests, digests_of
from pipeline.link.rows import texts

_GENERIC = frozenset(
    {"agencies", "agency", "staff", "wires", "wire", "newsroom", "correspondent", "reporter", "and"}
)


Voices = dict[str, frozenset[str]]


def sources(documents: pd.DataFrame) -> Voices:
    """The voices of each article: the names in its credit, and itself or the article that it is a copy of.

    An article with a credit speaks for the agencies and writers that it names; "Agencies" names none.
    """
    doc_ids = texts(documents["doc_id"])
    credit = dict(zip(doc_ids, texts(documents["credit"]), strict=True))
    out: Voices = {}
    copied = texts(documents["duplicate_of"]) if "duplicate_of" in documents else [""] * len(documents)
    for doc_id, original in zip(doc_ids, copied, strict=True):
        root = original or doc_id
        voices = {f"article:{root}"}
        for value in {credit.get(doc_id), credit.get(root)}:
            if value:
                parts = (part.strip().casefold() for part in re.split(r"[/,;]|\band\b", value))
                voices |= {part for part in parts if part and part not in _GENERIC}
        out[doc_id] = frozenset(voices)
    return out


def count_sources(doc_ids: Iterable[str], source_of: Voices) -> int:
    """How many of these articles are independent: articles that share a voice count once."""
    group_of: dict[str, int] = {}
    voices_of: dict[int, set[str]] = {}
    for n, doc_id in enumerate(doc_ids):
        voices = set(source_of.get(doc_id, ())) or {f"article:{doc_id}"}
        shared = {group_of[voice] for voice in voices if voice in group_of}
        into = max(shared, key=lambda group: (len(voices_of[group]), group), default=n)
        voices = voices.union(*(voices_of.pop(group) for group in shared - {into}))
        voices_of.setdefault(into, set()).update(voices)
        group_of.update(dict.fromkeys(voices, into))
    return len(voices_of)


def article_digests(doc_ids: pd.Series, documents: pd.DataFrame, source_of: Voices) -> Digests:
    """For each article key a hash of the article's text and voices."""
    voices = [" | ".join(sorted(source_of[doc_id])) for doc_id in texts(documents["doc_id"])]
    columns = [column for column in ("text", "body_start", "duplicate_of") if column in documents]
    found = documents[columns].assign(voices=voices)
    articles = pd.Series(pd.unique(doc_ids))
    of_article = digests_of(articles, documents["doc_id"], found)
    return np.asarray(of_article[pd.Index(articles).get_indexer(pd.Index(doc_ids))])

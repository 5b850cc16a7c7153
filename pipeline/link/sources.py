"""Which articles speak with one voice: copies of one text, and articles that credit the same agency."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import numpy as np
import pandas as pd

from pipeline.lexicon import table
from pipeline.link.columns import Column, places
from pipeline.link.memory import Digests, digests
from pipeline.link.rows import texts

_GENERIC = frozenset(
    {"agencies", "agency", "staff", "wires", "wire", "newsroom", "correspondent", "reporter", "and"}
)


VOICED = ("credit", "outlet", "author")
"""Columns of articles that name who speaks."""
UNKNOWN = "unknown"
"""The voice of articles that nobody is known to have written: all of them together are one."""


class Voices(Mapping[str, frozenset[str]]):
    """The voices of each article, told when they are asked for: the names in its credit, its outlet and author, itself or the article that it is a copy of.

    An article with a credit speaks for the agencies and writers that it names; "Agencies" names none. An article without
    a name speaks for `UNKNOWN`.
    """

    def __init__(self, documents: pd.DataFrame) -> None:
        """`documents` needs `doc_id`, and what it has of `VOICED` and `duplicate_of`."""
        self.row = {doc: row for row, doc in enumerate(Column(documents["doc_id"]))}
        self.named = [Column(documents[name]) for name in VOICED if name in documents]
        copied = documents["duplicate_of"] if "duplicate_of" in documents else pd.Series([None] * len(self))
        copies = np.flatnonzero(copied.notna())
        self.original = dict(zip(copies.tolist(), texts(copied.iloc[copies]), strict=True))
        """Of copies the article that each is one of."""

    def __len__(self) -> int:
        """The number of articles."""
        return len(self.row)

    def __iter__(self) -> Iterator[str]:
        """The articles."""
        return iter(self.row)

    def __getitem__(self, doc_id: str) -> frozenset[str]:
        """The voices of an article."""
        root = self.original.get(self.row[doc_id]) or doc_id
        rows = [self.row[key] for key in dict.fromkeys((doc_id, root)) if key in self.row]
        told = {column.alone(row) for column in self.named for row in rows}
        known = frozenset(name for value in told for name in voice_names(value))
        return known | {f"article:{root}", *(() if known else (UNKNOWN,))}


def voice_names(told: str) -> list[str]:
    """The agencies, papers and writers that a credit names."""
    names = (
        re.sub(r"^(?:by|the)\s+", "", part.strip().casefold()) for part in re.split(r"[/,;|]|\band\b", told)
    )
    return [name for name in names if name and name not in _GENERIC]


def count_sources(
    doc_ids: Iterable[str], source_of: Voices, quoted: Mapping[str, str] | None = None, *, known: bool = True
) -> int:
    """How many of these articles are independent: as many as there are of which no two share a voice.

    One that speaks with the voices of two others ties them to nothing: a paper and an agency stay two sources where the paper prints the agency's report too.
    `quoted`: by article, whom it names as its source; another paper or agency is its voice then. Without `known`, articles
    that nobody is known to have written are as many voices as articles.
    """
    own = [(doc_id, source_of.get(doc_id, frozenset())) for doc_id in doc_ids]
    spoken = agencies().union(*(voices for _, voices in own))
    told: list[set[str]] = []
    for doc_id, voices in own:
        named = {*voices, *(spoken & set(voice_names((quoted or {}).get(doc_id, ""))))}
        told.append((named or {f"article:{doc_id}"}) - (set() if known else {UNKNOWN}))
    heard: set[str] = set()
    found = 0
    for alone in sorted(told, key=lambda named: (len(named), sorted(named))):
        if not alone & heard:
            heard |= alone
            found += 1
    return found


@cache
def agencies() -> frozenset[str]:
    """Names of news agencies."""
    return frozenset(name for row in table("agencies") for name in voice_names(row["agency"]))


def prepared_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """Articles with a digest of their texts and one of whom they name; those of some articles are the same whatever others there are."""
    read, voiced = (
        digests(documents[[name for name in names if name in documents]])
        for names in (("doc_id", "published_on", "text", "body_start", "body_end"), ("doc_id", *VOICED))
    )
    return documents.assign(read=read, voiced=voiced)


def article_digests(doc_ids: pd.Series, documents: pd.DataFrame) -> Digests:
    """For each article key a hash of the article's text and of what its voices depend on; `documents` are prepared."""
    copied = documents["duplicate_of"] if "duplicate_of" in documents else pd.Series([None] * len(documents))
    copies = np.flatnonzero(copied.notna())
    whole = digests(documents[["read", "voiced"]])
    root = places(copied.iloc[copies], documents["doc_id"])
    voiced = np.where(root >= 0, documents["voiced"].to_numpy()[root], np.uint64(0))
    of_copies = pd.DataFrame({"own": whole[copies], "of": copied.iloc[copies].to_numpy(), "voiced": voiced})
    whole[copies] = digests(of_copies)
    return np.asarray(whole[places(doc_ids, documents["doc_id"])])

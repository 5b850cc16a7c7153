"""Articles as linking sees them: what their beginnings are about, and which names stand anywhere in them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pipeline.link.columns import TextOf
from pipeline.link.numbered import Words
from pipeline.link.pairs import Bags
from pipeline.link.rows import Ints
from pipeline.link.slots import SlotsOf
from pipeline.link.words import LEAD, TOPIC, capitals, lands, names, numbers, rareness, told_often, topic

STORY_WORDS = 8
"""The words of an article that tell most of its story: articles that share one are compared."""
OF_REPORTS = ("numbers", "lands", "capitals")
"""Words of articles that reports ask for and figures do not."""
WHOLE = 20_000
"""Characters of an article that are searched for names."""


@dataclass(slots=True)
class Leads:
    """Words of articles, read when they are asked for."""

    text: Mapping[str, str]
    start: dict[str, int]
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    stories: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """What was told of stories, by article and number of words: it is kept, since reports and figures ask for it."""
    docs: list[str] = field(init=False)
    number: dict[str, int] = field(init=False)
    bags: dict[str, Bags] = field(default_factory=dict, init=False)
    """Their words by the articles' numbers; read once for reports of all kinds and for figures."""
    slots: SlotsOf = field(init=False)
    """Their numbers and between which words these stand."""

    def __post_init__(self) -> None:
        """Nothing was read yet."""
        self.docs = list(self.text)
        self.number = {doc: at for at, doc in enumerate(self.docs)}
        self.slots = SlotsOf(self._searched, len(self.docs))
        self.read_anew(self._ways())

    def _ways(self) -> dict[str, Callable[[str], Words]]:
        """How the bags of an article are read."""
        return {
            "lead": self.of,
            "names": self.names,
            "whole": self.whole,
            "numbers": self.numbers,
            "lands": self.lands,
            "capitals": self.capitals,
        }

    def read_anew(self, names: Iterable[str]) -> None:
        """Let go of some of the bags: they are read again if anybody asks for them."""
        self.bags |= {name: self._bag(name, self.docs) for name in names}

    def _bag(self, name: str, docs: Sequence[str]) -> Bags:
        read = self._ways()[name]
        return Bags(lambda at: read(docs[at]), weight=rareness if name == "lead" else None)

    @classmethod
    def read(cls, documents: "pd.DataFrame | Leads") -> "Leads":
        """Beginnings of all articles, which may have been read before; without `body_start`, of the whole text."""
        if isinstance(documents, Leads):
            return documents
        text = TextOf(documents)
        starts = documents["body_start"].tolist() if "body_start" in documents else [0] * len(text)
        return cls(text, dict(zip(text, starts, strict=True)))

    def bag(self, name: str, docs: Sequence[str]) -> Bags:
        """One of the `bags` for other articles by their places in `docs`."""
        found = self._bag(name, docs)
        found.as_in(self.bags[name], self.places(docs))
        return found

    def places(self, docs: Sequence[str]) -> Ints:
        """The numbers of some articles; -1 for those that nobody knows."""
        return np.array([self.number.get(doc, -1) for doc in docs], dtype=np.int64)

    def _searched(self, number: int) -> str:
        """As much of an article as is searched."""
        start = self.start.get(self.docs[number], 0)
        return self.text[self.docs[number]][start : start + WHOLE]

    def of(self, doc_id: str) -> Words:
        """Words of the article's topic, which weigh what each tells of one."""
        return frozenset(self._topic(doc_id)[0])

    def _topic(self, doc_id: str) -> tuple[dict[str, float], Counter[str]]:
        found: tuple[dict[str, float], Counter[str]] = self._once(
            "topic", doc_id, lambda text, start: topic(text[start : start + TOPIC])
        )
        return found

    def story(self, doc_id: str, most: int) -> list[str]:
        """The words of an article that tell most of its story: rare ones that it uses often."""
        if (doc_id, most) not in self.stories:
            self.stories[doc_id, most] = told_often(*self._topic(doc_id), most)
        return self.stories[doc_id, most]

    def names(self, doc_id: str) -> Words:
        """Names at the article's beginning."""
        found: Words = self._once("names", doc_id, lambda text, start: names(text[start : start + LEAD]))
        return found

    def whole(self, doc_id: str) -> Words:
        """Names anywhere in the article."""
        found: Words = self._once("whole", doc_id, lambda text, start: names(text[start : start + WHOLE]))
        return found

    def numbers(self, doc_id: str) -> Words:
        """Numbers at the article's beginning."""
        found: Words = self._once("numbers", doc_id, lambda text, start: numbers(text[start : start + LEAD]))
        return found

    def lands(self, doc_id: str) -> Words:
        """Countries that the article's beginning names."""
        found: Words = self._once("lands", doc_id, lambda text, start: lands(text[start : start + LEAD]))
        return found

    def capitals(self, doc_id: str) -> Words:
        """Words with a capital anywhere in the article."""
        found: Words = self._once(
            "capitals", doc_id, lambda text, start: capitals(text[start : start + WHOLE])
        )
        return found

    def _once(self, what: str, doc_id: str, read: Callable[[str, int], Any]) -> Any:
        if (what, doc_id) not in self.known:
            self.known[what, doc_id] = read(self.text.get(doc_id, ""), self.start.get(doc_id, 0))
        return self.known[what, doc_id]

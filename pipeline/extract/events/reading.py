"""One article as the steps of event extraction read it: its words, its actors, and the rows of other tables beside them."""

import bisect
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.frames import Frames
from pipeline.extract.events.lexicon import domain_words
from pipeline.extract.events.tree import Tree
from pipeline.extract.parsed import ParsedArticle, ParsedSentence
from pipeline.extract.rows import Date, Entity, Figure, Mention, Quote

FIRST_PERSON = frozenset({"we", "i", "us", "our", "me", "my"})

YEAR = 365
"""Days after which an event is history."""


@dataclass(slots=True)
class Told:
    """An event as the judge reads it, before its parties and circumstances: all tokens are numbers into the Doc."""

    head: int
    first: int
    last: int
    event_type: str
    confidence: float
    event_mode: str | None = None
    status: str = "actual"
    recipients: list[int] = field(default_factory=list)
    """Heads of the phrases that name to whom it was done."""


class Reading:
    """An article's words, actors, quotes and dates, by token."""

    def __init__(
        self,
        parsed: ParsedArticle,
        mentions: list[Mention],
        entities: list[Entity],
        dates: list[Date],
        quotes: list[Quote],
        figures: list[Figure],
    ) -> None:
        """Read the article once. `today` is its day; where nobody knows it, the latest that it tells."""
        self.parsed = parsed
        self.dates = [(self._tokens(d.start, d.end), d) for d in dates if d.date_from is not None]
        self.tree = Tree(parsed.doc, frozenset(i for tokens, _ in self.dates for i in tokens))
        self.cast = Cast(parsed, self.tree, mentions, entities)
        self.frames = Frames(self.tree, self.cast)
        self.figures = figures
        self.sentence = [0] * len(parsed.doc)
        for n, s in enumerate(parsed.sentences):
            for i in range(s.span.start, s.span.end):
                self.sentence[i] = n
        self.dated: dict[int, list[tuple[range, Date]]] = {}
        for tokens, row in self.dates:
            if tokens:
                self.dated.setdefault(self.sentence[tokens[0]], []).append((tokens, row))
        days = [row.date_to or row.date_from for _, row in self.dates]
        self.today = self.published_on or max((day for day in days if day), default=None)
        self.quote = self._quoted(quotes)
        self.ages = self._ages()
        self.actors = [self._actor(i) for i in range(len(parsed.doc))]
        words = domain_words()
        self.sport = sum(lemma in words for lemma in self.tree.lemmas)

    @property
    def published_on(self) -> date | None:
        """The day of publication."""
        return self.parsed.article.published_on

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The encoder's vector of each token; no columns where the language model has none."""
        tensor = np.asarray(self.parsed.doc.tensor, dtype=np.float32)
        return tensor if tensor.ndim == 2 else np.zeros((len(self.parsed.doc), 0), np.float32)

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """The tokens that refer to each actor, in order."""
        out: dict[str, list[int]] = {}
        for i, actor in enumerate(self.actors):
            if actor is not None:
                out.setdefault(actor, []).append(i)
        return out

    def dates_of(self, sentences: range) -> list[tuple[range, Date]]:
        """The dates of some sentences, with their tokens."""
        return [each for n in sentences for each in self.dated.get(n, ())]

    def sentence_of(self, i: int) -> ParsedSentence:
        """The sentence that a token stands in."""
        return self.parsed.sentences[self.sentence[i]]

    def _tokens(self, start: int, end: int) -> range:
        """The tokens from one character to another."""
        starts = self.parsed.starts
        first = self.parsed.token_at(start)
        n = first.i if first is not None else len(starts)
        return range(n, bisect.bisect_left(starts, end, n))

    def _quoted(self, quotes: list[Quote]) -> dict[int, Quote]:
        """The innermost quote over each token."""
        out: dict[int, Quote] = {}
        for quote in sorted(quotes, key=lambda q: (q.start, -q.end)):
            for part in quote.spans.split(";"):
                start, _, end = part.partition("-")
                for i in self._tokens(int(start), int(end)):
                    out[i] = quote
        return out

    def _ages(self) -> dict[int, set[str]]:
        """How long before publication the dates of each sentence lie."""
        out: dict[int, set[str]] = {}
        for tokens, row in self.dates:
            if tokens and row.date_from is not None:
                days = (
                    (self.published_on - (row.date_to or row.date_from)).days if self.published_on else None
                )
                age = (
                    "somewhen"
                    if days is None
                    else "to come"
                    if days < 0
                    else "lately"
                    if days < YEAR
                    else "long ago"
                )
                out.setdefault(self.sentence[tokens[0]], set()).add(age)
        return out

    def _actor(self, i: int) -> str | None:
        """The actor that a noun phrase with head `i` names; "we" is whoever is quoted."""
        if self.tree.pos[i] not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            return None
        found = self.cast.actor(i)
        if found is None and self.tree.words[i] in FIRST_PERSON and i in self.quote:
            return self.quote[i].speaker_id
        return found


def kinds_of_article(reading: Reading) -> dict[str, float]:
    """Which kinds of actor an article tells of, as shares of its mentions."""
    count = Counter[str]()
    for entity in reading.cast.entities.values():
        count[entity.actor_type] += entity.n_mentions
    whole = sum(count.values()) or 1
    return {kind: n / whole for kind, n in sorted(count.items())}

"""Who gives a figure, and which numbers belong to dates."""

import re
from bisect import bisect_left, bisect_right

from spacy.tokens import Token

from pipeline.extract.figures.counted import head_of
from pipeline.extract.parsed import ParsedArticle, ParsedSentence
from pipeline.extract.rows import Date, Mention, Quote
from pipeline.lexicon import table

_MAX_SOURCE = 80
"""Characters behind "according to" within which the source is named."""
_COUNTING = frozenset(row["lemma"] for row in table("counting_verbs"))
_ACCORDING = re.compile(r"\b(?:according\sto|as\sper)\b", re.IGNORECASE)


class Sources:
    """Who gives a figure: the speaker of the shortest quote around it, or whoever stands behind "according to"."""

    def __init__(self, parsed: ParsedArticle, quotes: list[Quote], mentions: list[Mention]) -> None:
        """Order quotes and actors by where they start."""
        spans = [
            (int(start), int(end), quote.speaker_id)
            for quote in quotes
            for start, end in (part.split("-") for part in quote.spans.split(";"))
            if quote.speaker_id
        ]
        self._spans = sorted(spans, key=lambda s: (s[0], s[1]))
        self._starts = [s[0] for s in self._spans]
        self._longest = max((s[1] - s[0] for s in spans), default=0)
        self._parsed = parsed
        self._according: dict[int, str | None] = {}
        # The longest first where several start alike: "Trump administration" before "Trump".
        self._actors = sorted((m.start, -m.end, m.actor_id) for m in mentions if m.actor_id)

    def of(self, start: int, end: int) -> str | None:
        """The actor who says the words between two characters, None where nobody does."""
        low, high = bisect_left(self._starts, start - self._longest), bisect_right(self._starts, start)
        around = [s for s in self._spans[low:high] if s[0] <= start and end <= s[1]]
        if around:
            return min(around, key=lambda s: s[1] - s[0])[2]
        return self._according_to(start)

    def counting(self, tokens: list[Token]) -> str | None:
        """The actor that counts or estimates: "the ministry put the toll at 12"."""
        node = head_of(tokens)
        while node is not None and node.pos_ != "VERB" and node.head != node:
            node = node.head
        if node is None or node.lemma_.lower() not in _COUNTING:
            return None
        subject = next((c for c in node.children if c.dep_ == "nsubj" and c.i < tokens[0].i), None)
        if subject is None:
            return None
        start, end = self._parsed.start(subject), self._parsed.end(subject)
        n = bisect_right(self._actors, (start, -end, chr(0x10FFFF)))
        around = (a for a in self._actors[max(0, n - 4) : n + 1] if a[0] <= start and end <= -a[1])
        return next((actor for _, _, actor in around), None)

    def _according_to(self, start: int) -> str | None:
        sentence = self._parsed.sentence_at(start)
        if sentence is None:
            return None
        if sentence.start not in self._according:
            self._according[sentence.start] = self._named_in(sentence)
        return self._according[sentence.start]

    def _named_in(self, sentence: ParsedSentence) -> str | None:
        """Whom a sentence names behind "according to"."""
        found = _ACCORDING.search(self._parsed.article.text, sentence.start, sentence.end)
        if found is None:
            return None
        n = bisect_left(self._actors, (found.end(),))
        named = n < len(self._actors) and self._actors[n][0] < min(sentence.end, found.end() + _MAX_SOURCE)
        return self._actors[n][2] if named else None


_AGO = re.compile(r"\sago\b|\sback$", re.IGNORECASE)


class Days:
    """The dates of an article, to tell whose number it is: "two years ago" and "3 May" are theirs."""

    def __init__(self, dates: list[Date]) -> None:
        """Order the dates by where they start."""
        self._spans = sorted((d.start, d.end, bool(_AGO.search(d.text))) for d in dates)
        self._starts = [span[0] for span in self._spans]

    def cover(self, offset: int, start: int, is_time: bool) -> bool:
        """Whether a number is part of a date and no length of time ("the last 24 hours" keeps its 24)."""
        n = bisect_right(self._starts, offset + start) - 1
        return n >= 0 and offset + start < self._spans[n][1] and (not is_time or self._spans[n][2])

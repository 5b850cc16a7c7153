"""What else a row tells of an event: when, where, how many died, which contexts, who says so."""

import bisect
from typing import TypeVar

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.lexicon import context_words
from pipeline.extract.events.tree import CLAUSAL, Tree
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Figure, Quote

Row = TypeVar("Row", Date, Figure)
MAX_CONTEXTS = 4
CLAUSES = frozenset({"acl:relcl", "ccomp", "parataxis", "conj", "advcl", "acl"})
SEQUENCE = frozenset({"after", "before", "until", "since", "following"})
"""What parts the times of two events."""
OWN_TIME = frozenset({"event", "decision", "stance", "meeting", "protest", "election"})
"""Nouns that have a day of their own."""
NAMING = frozenset({"nummod", "compound", "amod", "nmod:poss", "nmod:unmarked"})
"""Relations by which a date tells which thing is meant."""
DAYTIMES = frozenset(
    {"dawn", "dusk", "noon", "midday", "midnight", "sunrise", "sunset", "nightfall", "daybreak"}
)
"""Times of day, which a parser may read as verbs ("before dawn on Monday")."""


class Attributes:
    """Looks up the rows of other tables that stand near an event."""

    def __init__(
        self,
        parsed: ParsedArticle,
        tree: Tree,
        cast: Cast,
        *,
        dates: list[Date],
        quotes: list[Quote],
        figures: list[Figure],
    ) -> None:
        """Sort the rows by sentence."""
        self.parsed, self.tree, self.cast = parsed, tree, cast
        self.dates = _by_sentence(dates)
        self.figures = _by_sentence(figures)
        spans = [(*span, quote) for quote in quotes for span in _spans(quote)]
        self.spans = sorted(spans, key=lambda s: (s[0], s[1]))
        self.span_starts = [s[0] for s in self.spans]
        self.longest = max((e - s for s, e, _ in self.spans), default=0)

    def chain(self, i: int) -> dict[int, int]:
        """The event's word and the clauses above it that it shares circumstances with, by distance."""
        tree, out, distance = self.tree, {i: 0}, 0
        while tree.heads[i] != i and distance < 8:
            label, head = tree.deps[i], tree.heads[i]
            told = "reporting" in tree.classes[head]
            performed = label in ("obj", "nsubj:pass") and "light_verb" in tree.classes[head]
            if self.apart(i) or label in ("ccomp", "parataxis", "acl:relcl"):
                break
            if told and not performed:  # but "announced strikes"
                break
            i, distance = head, distance + 1
            out[i] = distance
        return out

    def apart(self, i: int) -> bool:
        """Whether a clause or phrase lies before or after what it hangs on ("..., after police detained three")."""
        tree = self.tree
        if tree.deps[i] not in ("advcl", "obl", "nmod", "acl"):
            return False
        return any(tree.words[c] in SEQUENCE for c in tree.kids(i, "mark", "case") if c < i)

    def date(self, i: int, sentence_id: str) -> Date | None:
        """The date of an event: the one that hangs on it, else on the clause that it belongs to."""
        best: tuple[int, int] | None = None
        found: Date | None = None
        chain = self.chain(i)
        for row in self.dates.get(sentence_id, ()):
            token = self.parsed.token_at(row.start)
            if token is None:
                continue
            distance = self._distance(token.i, chain)
            if distance is not None:
                rank = distance, abs(token.i - i)
                if best is None or rank < best:
                    best, found = rank, row
        return found

    def _distance(self, x: int, chain: dict[int, int]) -> int | None:
        """Steps from a date up to the event's chain, and from there to the event; None across another clause."""
        tree, steps = self.tree, 0
        while x not in chain:
            if tree.heads[x] == x or steps > 6:
                return None
            clause = tree.pos[x] in CLAUSAL and tree.deps[x] in CLAUSES and tree.words[x] not in DAYTIMES
            if clause and not (chain.get(tree.heads[x]) == 0 and tree.deps[x] in ("acl", "acl:relcl")):
                return None
            named = (
                x < tree.heads[x] not in chain and tree.tags[x] == "CD" and tree.heads[x] not in tree.dated
            )
            if steps == 0 and named and tree.deps[x] in NAMING:
                return None  # "a 1960 treaty": the treaty's own year
            if tree.case(x) == "of" and tree.heads[x] not in chain and steps == 0:
                return None  # "as many as at the march of 17 May": the march's own day
            x, steps = tree.heads[x], steps + 1
            if steps == 1 and x not in chain and tree.classes[x] & OWN_TIME and tree.pos[x] == "NOUN":
                steps += 2  # "in answer to a decision last week": more likely the decision's day
        return steps + 2 * chain[x]

    def source(self, start: int) -> str | None:
        """Who says so: the innermost quote over a character."""
        best: Quote | None = None
        n = bisect.bisect_right(self.span_starts, start) - 1
        while n >= 0 and self.span_starts[n] >= start - self.longest:
            s, e, quote = self.spans[n]
            if s <= start < e:
                best = quote
                break
            n -= 1
        if best is None:
            return None
        entity = self.cast.entities.get(best.speaker_id) if best.speaker_id else None
        return entity.name if entity is not None else best.speaker

    def cue(self, start: int) -> int | None:
        """Where the word of saying stands over a character that somebody is quoted with."""
        n = bisect.bisect_right(self.span_starts, start) - 1
        while n >= 0 and self.span_starts[n] >= start - self.longest:
            s, e, quote = self.spans[n]
            if s <= start < e:
                return quote.cue_start
            n -= 1
        return None

    def source_id(self, start: int) -> str | None:
        """The actor who says so."""
        n = bisect.bisect_right(self.span_starts, start) - 1
        while n >= 0 and self.span_starts[n] >= start - self.longest:
            s, e, quote = self.spans[n]
            if s <= start < e:
                return quote.speaker_id
            n -= 1
        return None


def contexts(tree: Tree, start: int, end: int) -> list[str]:
    """PLOVER contexts of a paragraph's tokens, the most frequent first, then by name."""
    count: dict[str, int] = {}
    words = context_words()
    for i in range(start, end):
        for context in words.get(tree.lemmas[i], ()):
            count[context] = count.get(context, 0) + 1
    return sorted(count, key=lambda c: (-count[c], c))[:MAX_CONTEXTS]


def _by_sentence(rows: list[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        if row.sentence_id is not None:
            out.setdefault(row.sentence_id, []).append(row)
    return out


def _spans(quote: Quote) -> list[tuple[int, int]]:
    out = []
    for part in quote.spans.split(";"):
        start, _, end = part.partition("-")
        if start.isdigit() and end.isdigit():
            out.append((int(start), int(end)))
    return out or [(quote.start, quote.end)]


def dated_tokens(parsed: ParsedArticle, dates: list[Date]) -> frozenset[int]:
    """The tokens inside expressions of time."""
    out: set[int] = set()
    for row in dates:
        token = parsed.token_at(row.start)
        i = token.i if token is not None else len(parsed.doc)
        while i < len(parsed.doc) and parsed.starts[i] < row.end:
            out.add(i)
            i += 1
    return frozenset(out)

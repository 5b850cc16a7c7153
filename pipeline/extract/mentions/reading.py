"""What a reader has in mind while going through a text: actors seen lately, whether words are quoted, who spoke last."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Token

from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import name_words, saying_verbs
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

BODIES = ("government", "military", "armed_group", "organization", "company", "igo", "media", "party")
"""Types of actors that are bodies."""
_NOUN_WINDOW = 6
_RECENT = 12
"""Occurrences looked at for one pronoun, the latest first."""
_LOOK_BACK = 60
_MAX_CLAUSES = 4
SUBJECT = 3
"""Weight of an occurrence that is a subject."""
_OPENING = frozenset(("“", "``", "‘‘", "«"))
_EITHER = frozenset(('"',))
_QUOTE_MARKS = _OPENING | _EITHER | frozenset(("”", "''", "’’", "»"))


@dataclass(slots=True)
class Seen:
    """An occurrence that a later word may go back to."""

    actor: Actor
    sentence: int
    token: int
    head: int
    weight: int
    quoted: bool = False


class Reading:
    """What a reader has in mind at a token: actors seen lately, whether words are quoted, who spoke last."""

    def __init__(self, parsed: ParsedArticle, covered: set[int]) -> None:
        """Begin at the top; `covered`: tokens of names."""
        self.parsed = parsed
        self.covered = covered
        self.memory: list[Seen] = []
        self.sentence = 0
        self.paragraph = -1
        self.quoted = False
        self.speaker: Actor | None = None
        self.words: dict[str, Actor] = {}
        """Bodies by the words of their names, the latest one for each."""

    def turn(self, token: Token) -> None:
        """Move on to a token."""
        sentence = self.parsed.sentence_of(token)
        self.sentence = sentence.position
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.quoted = sentence.paragraph, False
        if token.text in _QUOTE_MARKS:
            self.quoted = not self.quoted if token.text in _EITHER else token.text in _OPENING

    def remember(self, token: Token, span: ActorSpan, actor: Actor) -> None:
        """Keep an occurrence in mind."""
        self.memory.append(
            Seen(actor, self.sentence, token.i, span.end - 1, _weight(token, span), self.quoted)
        )
        del self.memory[: -8 * _RECENT]
        if span.kind == "name" and actor.type in BODIES and " " in span.name:
            self.words.update((w, actor) for w in _heads(span.name) if w in generic_nouns() or w in _parts())
        head = token.doc[span.end - 1]
        if not self.quoted and actor.type == "person":
            verbs = {t.head.lemma_ for t in (token, head) if t.dep_ == "nsubj"}
            self.speaker = actor if verbs & saying_verbs() else self.speaker

    def latest(self, window: int, fits: Callable[[Seen], bool]) -> tuple[Actor | None, bool]:
        """The actor that weighs most in the nearest sentence that names one that fits, and whether it is the only one there."""
        best: Seen | None = None
        others: set[int] = set()
        for seen in self.memory[: -_RECENT - 1 : -1]:
            if self.sentence - seen.sentence > window or (best and best.sentence != seen.sentence):
                break
            if fits(seen):
                others.add(id(seen.actor))
                if best is None or seen.weight > best.weight:
                    best = seen
        return (best.actor if best else None), len(others) == 1

    def subject(self, types: tuple[str, ...]) -> Actor | None:
        """The actor of one of the types that is a subject of this sentence."""
        here = (s for s in reversed(self.memory) if s.sentence == self.sentence and s.weight == SUBJECT)
        return next((s.actor for s in here if s.actor.type in types), None)

    def last(self, fits: Callable[[Actor], bool]) -> Actor | None:
        """The actor named last that fits, some sentences back at most."""
        near = (s for s in reversed(self.memory) if self.sentence - s.sentence <= _NOUN_WINDOW)
        return next((s.actor for s in near if fits(s.actor)), None)

    def named_between(self, token: Token, n: int) -> Actor | None:
        """The actor named among the `n` words before a token, unless that is a country, a people or a place."""
        near = (s for s in reversed(self.memory[-3:]) if token.i - n <= s.token < token.i)
        return next((s.actor for s in near if s.actor.type not in ("country", "group")), None)

    def subject_of(self, token: Token) -> Actor | None:
        """The actor that is the subject of the clause that a token stands in."""
        verb = token.head
        verbs: list[int] = []
        while verb.i not in verbs and len(verbs) < _MAX_CLAUSES:
            verbs.append(verb.i)
            if verb.dep_ != "conj":
                break
            verb = verb.head
        subjects = {
            c.i
            for v in verbs
            for c in token.doc[v].children
            if c.dep_ in ("nsubj", "nsubj:pass") and c.i < token.i
        }
        return next(
            (s.actor for s in reversed(self.memory) if s.head in subjects or s.token in subjects), None
        )

    def between(self, seen: Seen, token: Token, tags: tuple[str, ...]) -> bool:
        """Whether a common noun with one of the tags stands between an occurrence and a token."""
        start = max(seen.token + 1, token.i - _LOOK_BACK)
        return any(t.tag_ in tags and t.i not in self.covered for t in token.doc[start : token.i])


@cache
def generic_nouns() -> dict[str, tuple[str, ...]]:
    """Types of actors that a common noun with "the" may go back to."""
    return {row["noun"]: tuple(row["types"].split()) for row in table("generic_nouns")}


@cache
def _parts() -> frozenset[str]:
    """Words of bodies' names by which the text goes back to them ("the commission"), lower case."""
    types = ("organization", "government", "media", "company", "party")
    return frozenset(w.lower() for w, (type_, _) in name_words().items() if type_ in types and w.isalpha())


def _heads(name: str) -> list[str]:
    """The words of a body's name that say what it is: the last one, and those before "of", not "university" in "Orsk University F.C."."""
    words = name.lower().split()
    before = [w for w, following in pairwise(words) if following in ("of", "for", "on", "to")]
    return [words[-1], *before]


def _weight(token: Token, span: ActorSpan) -> int:
    """How much an occurrence stays in mind: subjects most, demonyms and possessors least."""
    if span.kind == "demonym":
        return 0
    if any(t.dep_.startswith("nsubj") for t in token.doc[span.start : span.end]):
        return SUBJECT
    return 1 if token.dep_ in ("compound", "nmod:poss", "nmod") else 2

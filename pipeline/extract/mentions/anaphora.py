"""Pronouns and short descriptions that go back to an actor: "he", "its", "the president", "the group", "his government"."""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.mentions.bodies import noun_at
from pipeline.extract.mentions.persons import role_at
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE, saying_verbs
from pipeline.extract.parsed import ParsedArticle

_PRONOUNS: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_WINDOW = 2
"""Sentences back in which a pronoun finds its actor."""
_NOUN_WINDOW = 6
_RECENT = 12
"""Occurrences looked at for one pronoun, the latest first."""
_BODIES = ("government", "military", "armed_group", "organization", "company", "igo", "media", "party")
_GENERIC: dict[str, tuple[str, ...]] = {
    "country": ("country",),
    "nation": ("country",),
    "group": ("armed_group", "organization"),
    "organisation": ("organization", "igo"),
    "organization": ("organization", "igo"),
    "agency": ("organization", "media", "igo"),
    "company": ("company",),
    "firm": ("company",),
    "party": ("party",),
    "alliance": ("igo",),
    "bloc": ("igo",),
    "union": ("igo", "organization"),
    "movement": ("armed_group", "party", "organization"),
    "broadcaster": ("media",),
    "newspaper": ("media",),
    "paper": ("media",),
    "network": ("media",),
}
_MANY = ("armed_group", "military")
"""Actors that "they" may mean; "it" rather means others."""
_LOOK_BACK = 60
_MAX_CLAUSES = 4
_SUBJECT = 3
_EMPTY = frozenset(("is", "was", "'s", "’s", "would", "will", "may", "might", "seems", "appears"))
_OPENING = frozenset(("“", "``", "‘‘", "«"))
_EITHER = frozenset(('"',))
_QUOTE_MARKS = _OPENING | _EITHER | frozenset(("”", "''", "’’", "»"))
_DEFINITE = frozenset(("the", "this", "that"))


@dataclass(slots=True)
class _Seen:
    """An occurrence that a later word may go back to."""

    actor: Actor
    sentence: int
    token: int
    head: int
    weight: int


def find_anaphora(parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry) -> list[ActorSpan]:
    """Resolved pronouns, titles and nouns, in order of the text. Those that nothing answers to are left out."""
    starts = {s.start: s for s in sorted(spans, key=lambda s: s.end) if s.actor is not None}
    covered = {i for s in spans for i in range(s.start, s.end)}
    text = _Reading(parsed, covered)
    found: list[ActorSpan] = []
    i, doc = 0, parsed.doc
    while i < len(doc):
        token = doc[i]
        text.turn(token)
        known = starts.get(i)
        if known is not None and known.actor is not None:
            text.remember(token, known, known.actor)
        resolved = _resolve(text, token, registry) if i not in covered else None
        if resolved is not None and resolved.actor is not None:
            found.append(resolved)
            resolved.actor.spans.append(resolved)
            text.remember(token, resolved, resolved.actor)
            i = resolved.end
        else:
            i += 1
    return found


class _Reading:
    """What a reader has in mind at a token: actors seen lately, whether words are quoted, who spoke last."""

    def __init__(self, parsed: ParsedArticle, covered: set[int]) -> None:
        self.parsed = parsed
        self.covered = covered
        self.memory: list[_Seen] = []
        self.sentence = 0
        self.paragraph = -1
        self.quoted = False
        self.speaker: Actor | None = None

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
        self.memory.append(_Seen(actor, self.sentence, token.i, span.end - 1, _weight(token, span)))
        del self.memory[: -8 * _RECENT]
        head = token.doc[span.end - 1]
        if not self.quoted and actor.type == "person":
            verbs = {t.head.lemma_ for t in (token, head) if t.dep_ == "nsubj"}
            self.speaker = actor if verbs & saying_verbs() else self.speaker

    def latest(self, window: int, fits: Callable[[_Seen], bool]) -> tuple[Actor | None, bool]:
        """The actor that weighs most in the nearest sentence that names one that fits, and whether it is the only one there."""
        best: _Seen | None = None
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
        here = (s for s in reversed(self.memory) if s.sentence == self.sentence and s.weight == _SUBJECT)
        return next((s.actor for s in here if s.actor.type in types), None)

    def last(self, fits: Callable[[Actor], bool]) -> Actor | None:
        """The actor named last that fits, some sentences back at most."""
        near = (s for s in reversed(self.memory) if self.sentence - s.sentence <= _NOUN_WINDOW)
        return next((s.actor for s in near if fits(s.actor)), None)

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

    def between(self, seen: _Seen, token: Token, tags: tuple[str, ...]) -> bool:
        """Whether a common noun with one of the tags stands between an occurrence and a token."""
        start = max(seen.token + 1, token.i - _LOOK_BACK)
        return any(t.tag_ in tags and t.i not in self.covered for t in token.doc[start : token.i])


def _weight(token: Token, span: ActorSpan) -> int:
    """How much an occurrence stays in mind: subjects most, demonyms and possessors least."""
    if span.kind == "demonym":
        return 0
    if any(t.dep_.startswith("nsubj") for t in token.doc[span.start : span.end]):
        return _SUBJECT
    return 1 if token.dep_ in ("compound", "nmod:poss", "nmod") else 2


def _resolve(text: _Reading, token: Token, registry: Registry) -> ActorSpan | None:
    number = _PRONOUNS.get(token.lower_)
    if number and token.pos_ in ("PRON", "DET"):
        actor = _pronoun(text, token, number)
        return _span(text.parsed, token.i, token.i + 1, "pronoun", actor) if actor else None
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.i == 0:
        return None
    return _noun(text, token, registry)


def _span(parsed: ParsedArticle, start: int, end: int, kind: str, actor: Actor) -> ActorSpan:
    span = make_name(parsed, start, end, actor.type)
    span.kind, span.actor, span.country = kind, actor, actor.country
    return span


def _pronoun(text: _Reading, token: Token, number: str) -> Actor | None:
    """Whom a pronoun means. A quoted "he" is not the one who speaks; "it" and "they" need an actor that nothing else shades."""
    if number in "mf":
        silent = {id(text.speaker)} if text.quoted else set()
        if token.dep_ in ("obj", "iobj", "obl", "obl:agent"):
            silent.add(id(text.subject_of(token)))  # "he met him": two people
        actor, only = text.latest(
            _WINDOW,
            lambda s: (
                s.actor.type == "person" and s.actor.gender in (None, number) and id(s.actor) not in silent
            ),
        )
        if actor and actor.gender is None and only:
            actor.gender = number
        return actor
    if number == "it":
        if _empty_it(token) or not (token.dep_ in ("nsubj", "nsubj:pass") or token.lower_ == "its"):
            return None
        return text.latest(
            1,
            lambda s: (
                s.actor.type in (*_BODIES, "country") and s.weight > 1 and not text.between(s, token, ("NN",))
            ),
        )[0]
    return text.latest(
        1, lambda s: s.actor.type in _MANY and s.weight > 1 and not text.between(s, token, ("NNS", "NNPS"))
    )[0]


def _empty_it(token: Token) -> bool:
    """ "It is clear that", "it rains": no one."""
    if token.dep_ == "expl":
        return True
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.lower_ == "it" and following is not None and following.lower_ in _EMPTY


def _noun(text: _Reading, token: Token, registry: Registry) -> ActorSpan | None:
    """ "the president", "the group", "the country's army", "his government"."""
    parsed = text.parsed
    doc, i = parsed.doc, token.i
    noun, end = noun_at(parsed, i)
    word = token.lower_
    role = role_at(parsed, i)
    if not (noun or role or word in _GENERIC):
        return None
    j = i - 1
    while j > 0 and i - j <= 2 and doc[j].pos_ in ("ADJ", "NOUN", "PROPN") and doc[j].text not in POSSESSIVE:
        j -= 1
    before = doc[j]
    if before.i != i - 1 and not (role and j >= i - 3):
        return None
    if noun and (before.lower_ in _PRONOUNS or before.text in POSSESSIVE):
        return _owned_body(text, token, end, registry)
    if before.lower_ not in _DEFINITE or (end < len(doc) and doc[end].text in ("of", "-")):
        return None
    actor: Actor | None = None
    if noun and noun.anaphoric:
        actor = text.last(
            lambda a: (
                ((a.key or "").startswith(noun.body + ":")) or any(s.head == noun.noun for s in a.spans)
            ),
        )
    elif role and before.i >= i - 3:
        actor = text.last(lambda a: a.type == "person" and bool(a.role) and role in (a.role or "").split())
    if actor is None and word in _GENERIC:
        actor = text.subject(_GENERIC[word]) or text.last(lambda a: a.type in _GENERIC[word])
    if actor is None:
        return None
    return _span(parsed, before.i, end if noun else i + 1, "title" if role and not noun else "noun", actor)


def _owned_body(text: _Reading, token: Token, end: int, registry: Registry) -> ActorSpan | None:
    """ "His government", "its army", "the country's police": the body of the owner's country."""
    parsed = text.parsed
    noun, _ = noun_at(parsed, token.i)
    owner = next((s.actor for s in reversed(text.memory) if 0 < token.i - s.token <= 4), None)
    if (
        noun is None
        or owner is None
        or owner.country is None
        or owner.type not in ("person", "country", "government")
    ):
        return None
    if owner.type == "person" and noun.type != "government":
        return None
    key = f"{noun.body}:{owner.country}"
    actor = registry.by_key.get(key)
    span = make_name(
        parsed, token.i - 1 if parsed.doc[token.i - 1].text not in POSSESSIVE else token.i, end, noun.type
    )
    span.kind, span.key, span.country, span.sector = "noun", key, owner.country, noun.sector
    span.actor = actor or registry.new(span, key)
    return span

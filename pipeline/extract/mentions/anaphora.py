"""Pronouns and short descriptions that go back to an actor: "he", "its", "the president", "the group", "his government"."""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.mentions.bodies import noun_at
from pipeline.extract.mentions.persons import role_at
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE
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
_DEFINITE = frozenset(("the", "this", "that"))


@dataclass(slots=True)
class _Seen:
    """An occurrence that a later word may go back to."""

    actor: Actor
    sentence: int
    token: int
    weight: int


def find_anaphora(parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry) -> list[ActorSpan]:
    """Resolved pronouns, titles and nouns, in order of the text. Those that nothing answers to are left out."""
    starts = {s.start: s for s in sorted(spans, key=lambda s: s.end) if s.actor is not None}
    covered = {i for s in spans for i in range(s.start, s.end)}
    memory: list[_Seen] = []
    found: list[ActorSpan] = []
    i, doc = 0, parsed.doc
    while i < len(doc):
        token = doc[i]
        sentence = parsed.sentence_of(token).position
        if i in starts:
            span = starts[i]
            if span.actor:
                memory.append(_Seen(span.actor, sentence, i, _weight(token, span)))
                del memory[: -8 * _RECENT]
        if i not in covered:
            span_or_none = _resolve(parsed, token, sentence, memory, registry)
            if span_or_none is not None and span_or_none.actor is not None:
                found.append(span_or_none)
                span_or_none.actor.spans.append(span_or_none)
                memory.append(_Seen(span_or_none.actor, sentence, i, _weight(token, span_or_none)))
                i = span_or_none.end
                continue
        i += 1
    return found


def _weight(token: Token, span: ActorSpan) -> int:
    """How much an occurrence stays in mind: subjects most, demonyms and possessors least."""
    if span.kind == "demonym":
        return 0
    head = next((t for t in token.doc[span.start : span.end] if t.dep_.startswith("nsubj")), None)
    if head is not None:
        return 3
    return 1 if token.dep_ in ("compound", "nmod:poss", "nmod") else 2


def _resolve(
    parsed: ParsedArticle, token: Token, sentence: int, memory: list[_Seen], registry: Registry
) -> ActorSpan | None:
    number = _PRONOUNS.get(token.lower_)
    if number and token.pos_ in ("PRON", "DET"):
        actor = _pronoun(token, number, sentence, memory)
        return _span(parsed, token.i, token.i + 1, "pronoun", actor) if actor else None
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.i == 0:
        return None
    return _noun(parsed, token, sentence, memory, registry)


def _span(parsed: ParsedArticle, start: int, end: int, kind: str, actor: Actor) -> ActorSpan:
    span = make_name(parsed, start, end, actor.type)
    span.kind, span.actor, span.country = kind, actor, actor.country
    return span


def _pronoun(token: Token, number: str, sentence: int, memory: list[_Seen]) -> Actor | None:
    if number == "it" and _empty_it(token):
        return None
    if number in "mf":
        actor = _latest(
            memory, sentence, _WINDOW, lambda a: a.type == "person" and a.gender in (None, number)
        )
        if actor and actor.gender is None:
            actor.gender = number
        return actor
    if number == "it":
        return _latest(memory, sentence, 1, lambda a: a.type in (*_BODIES, "country") and not a.plural)
    return _latest(memory, sentence, 1, lambda a: a.type in (*_BODIES, "group") and a.type != "person")


def _empty_it(token: Token) -> bool:
    """ "It is clear that", "it rains": no one."""
    if token.dep_ == "expl":
        return True
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        token.lower_ == "it"
        and following is not None
        and following.lower_ in ("is", "was", "'s", "’s", "would", "will", "may", "might", "seems")
    )


def _latest(memory: list[_Seen], sentence: int, window: int, fits: Callable[[Actor], bool]) -> Actor | None:
    """The actor that weighs most in the nearest sentence that names one that fits."""
    best: _Seen | None = None
    for seen in memory[: -_RECENT - 1 : -1]:
        if sentence - seen.sentence > window or (best and best.sentence != seen.sentence):
            break
        if fits(seen.actor) and (best is None or seen.weight > best.weight):
            best = seen
    return best.actor if best else None


def _noun(
    parsed: ParsedArticle, token: Token, sentence: int, memory: list[_Seen], registry: Registry
) -> ActorSpan | None:
    """ "the president", "the group", "the country's army", "his government"."""
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
        return _owned_body(parsed, token, end, memory, registry)
    if before.lower_ not in _DEFINITE or (end < len(doc) and doc[end].text in ("of", "-")):
        return None
    actor: Actor | None = None
    if noun and noun.anaphoric:
        actor = _latest_of(
            memory,
            sentence,
            lambda a: (
                ((a.key or "").startswith(noun.body + ":")) or any(s.head == noun.noun for s in a.spans)
            ),
        )
    elif role and before.i >= i - 3:
        actor = _latest_of(
            memory, sentence, lambda a: a.type == "person" and bool(a.role) and role in (a.role or "").split()
        )
    if actor is None and word in _GENERIC:
        actor = _latest_of(memory, sentence, lambda a: a.type in _GENERIC[word])
    if actor is None:
        return None
    return _span(parsed, before.i, end if noun else i + 1, "title" if role and not noun else "noun", actor)


def _latest_of(memory: list[_Seen], sentence: int, fits: Callable[[Actor], bool]) -> Actor | None:
    return next(
        (s.actor for s in reversed(memory) if sentence - s.sentence <= _NOUN_WINDOW and fits(s.actor)), None
    )


def _owned_body(
    parsed: ParsedArticle, token: Token, end: int, memory: list[_Seen], registry: Registry
) -> ActorSpan | None:
    """ "His government", "its army", "the country's police": the body of the owner's country."""
    noun, _ = noun_at(parsed, token.i)
    owner = next((s.actor for s in reversed(memory) if 0 < token.i - s.token <= 4), None)
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

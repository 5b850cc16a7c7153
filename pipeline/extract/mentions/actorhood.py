"""Whether what a text names does, says or undergoes something, or only locates and describes: a learned score of its occurrences.

Each actor of an article is weighed by what it is and by the places in the clauses where it is named. The weights stand in
`lexicon/actor_weights.csv`; `pipeline.extract.mentions.train` learns them from marked articles.
"""

from collections import Counter
from collections.abc import Collection
from functools import cache

import numpy as np
from spacy.tokens import Token

from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE, body_nouns, role_heads, saying_verbs
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention
from pipeline.lexicon import table

_PLACED = frozenset(
    ("obl in", "nmod in", "obl from", "nmod from", "obl to", "nmod to", "obl at", "nmod at", "nmod of")
)
_STEPS = 6
_CORE = ("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "appos", "root", "parataxis", "vocative")
_MANY = 3
_LEAST, _LEAST_COUNTRY = 0.42, 0.42
"""Scores from which an actor, and a country that is named and not only adjective, is kept that no other row names."""


def place_in_clause(parsed: ParsedArticle, span: ActorSpan) -> str:
    """Where an occurrence stands in its clause: subject of a verb of saying, locative phrase, before a role, and so on."""
    doc = parsed.doc
    token = _head(span, parsed)
    at = token
    for _ in range(_STEPS):
        if at.dep_ not in ("conj", "flat", "appos") or at.head.i == at.i:
            break
        at = at.head
    label = at.dep_
    case = next((c.lower_ for c in at.children if c.dep_ == "case" and c.lower_ not in POSSESSIVE), "")
    above = at.head
    event = " event" if above.lemma_.lower() in _events() else ""
    if label == "nsubj":
        return "nsubj say" if above.lemma_ in saying_verbs() else f"nsubj{event}"
    if label in ("obl", "nmod"):
        return f"{label} {case}{event}" if case else label
    if label in ("obj", "nsubj:pass"):
        return label + event
    if label in ("compound", "amod", "nmod:poss", "nmod:desc", "flat"):
        return f"{label} {_kind(above)}"
    opens = span.end < len(doc) and doc[span.end].text in POSSESSIVE
    return "owner" if opens else label if label in _CORE else "other"


def _head(span: ActorSpan, parsed: ParsedArticle) -> Token:
    """The token of an occurrence that the rest of it hangs on."""
    tokens = parsed.doc[span.start : span.end]
    return next(
        (t for t in reversed(tokens) if not span.start <= t.head.i < span.end or t.head.i == t.i), tokens[-1]
    )


def _kind(token: Token) -> str:
    """What kind of noun an occurrence stands before."""
    word = token.lower_
    if word in role_heads():
        return "role"
    if word in body_nouns():
        return "body"
    if token.lemma_.lower() in _events():
        return "event"
    return "name" if token.pos_ == "PROPN" else "noun"


def features(parsed: ParsedArticle, actor: Actor, setting: Setting) -> dict[str, float]:
    """What speaks for and against an actor."""
    found: dict[str, float] = {}
    named = [s for s in actor.spans if s.kind != "pronoun"]
    kind = (actor.key or "").partition(":")[0] or "none"
    found[f"type {actor.type}"] = found["bias"] = 1
    found[f"key {kind if kind in ('country', 'body', 'people', 'office', 'group', 'crowd') else 'other'}"] = 1
    places = Counter(place_in_clause(parsed, s) for s in named)
    group = "country" if actor.type == "country" else "person" if actor.type == "person" else "body"
    for place, n in places.items():
        found[f"at {place}"] = min(n, 2) / 2
        found[f"{group} at {place}"] = min(n, 2) / 2
    total = len(named) or 1
    for what, n in Counter(s.kind for s in named).items():
        found[f"{group} kind {what}"] = n / total
    found[f"{group} once"] = float(total == 1)
    found[f"{group} often"] = float(total > _MANY)
    found[f"{group} referred to"] = float(len(named) < len(actor.spans))
    first = min((s.start for s in named), default=0)
    position = parsed.sentence_of(parsed.doc[first]).position
    found[f"{group} opens"] = float(position < _MANY and len(parsed.sentences) > 2 * _MANY)
    found["certain"] = float(any(s.certain for s in named))
    found["role"] = float(actor.role is not None)
    found["main country"] = float(actor.type == "country" and actor.country == setting.main)
    head = next((s.head for s in named if s.head), None)
    if head:
        found[f"noun {head}"] = 1
    name = max((s.name for s in named), key=len, default="")
    found[f"{group} capitals"] = float(name.isupper() and len(name) > 1)
    found[f"{group} one word"] = float(" " not in name)
    found["article before"] = float(first > 0 and parsed.doc[first - 1].lower_ in ("a", "an", "the"))
    found[f"{group} no country"] = float(actor.country is None)
    found[f"{group} basis {actor.basis}"] = 1
    found[f"{group} with its state"] = float(actor.country in setting.states)
    found[f"{group} of {min(len(setting.weights), 6)} countries"] = 1
    found[f"{group} words {min(len(name.split()), 4)}"] = 1
    found[f"{actor.type} subject"] = float(any("nsubj" in place for place in places))
    found[f"{actor.type} only placed"] = float(all(place in _PLACED for place in places))
    found[f"{actor.type} only described"] = float(
        all(p.startswith(("amod", "compound", "nmod:poss")) for p in places)
    )
    found[f"{actor.type} once"] = float(total == 1)
    found[f"{actor.type} sentences"] = (
        min(len({parsed.sentence_of(parsed.doc[s.start]).position for s in named}), _MANY) / _MANY
    )
    if actor.type == "person" and actor.role:
        found["person role " + actor.role.split()[-1]] = 1
    found["unnamed person"] = float(actor.type == "person" and not any(s.kind == "name" for s in named))
    found["marked"] = float(first > 0 and parsed.doc[first - 1].text in ('"', "“", "‘", "``"))
    return {f: v for f, v in found.items() if v}


@cache
def _events() -> frozenset[str]:
    """Verbs and nouns that name political events."""
    return frozenset(row["trigger"] for row in table("event_triggers"))


def idle(mentions: list[Mention], entities: list[Entity], used: Collection[str | None]) -> set[str]:
    """Keys of what only locates or describes: a low score, and in no other row (`used`: the keys that those hold)."""
    named = {m.actor_id for m in mentions if m.mention_kind != "pronoun"}
    countries = {m.actor_id for m in mentions if m.entity_type == "country" and m.mention_kind == "name"}
    weak = (
        e.entity_id
        for e in entities
        if e.actorhood < (_LEAST_COUNTRY if e.entity_id in countries else _LEAST) or e.entity_id not in named
    )
    return {key for key in weak if key not in used}


def without_idle(
    mentions: list[Mention], entities: list[Entity], used: Collection[str | None]
) -> tuple[list[Mention], list[Entity]]:
    """Mentions and actors without those that are none; their names stay as mentions of nobody."""
    gone = idle(mentions, entities, used)
    kept: list[Mention] = []
    for mention in mentions:
        if mention.actor_id in gone:
            if mention.mention_kind not in ("name", "demonym"):
                continue
            mention.actor_id = None
        kept.append(mention)
    return kept, [e for e in entities if e.entity_id not in gone]


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in table("actor_weights")}


def score(found: dict[str, float]) -> float:
    """How likely an actor with these features is one, from 0 to 1."""
    weights = _weights()
    return float(1 / (1 + np.exp(-sum(v * weights.get(f, 0.0) for f, v in sorted(found.items())))))

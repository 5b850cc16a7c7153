"""Whether what a text names does, says or undergoes something, or only locates and describes: a learned score of its occurrences.

Each actor of an article is weighed by what it is, by the places in the clauses where it is named, and by the language model's vectors of its
names there; what the article's quotes, figures and events say of it comes to that in `kept`. The weights stand in `lexicon/actor_weights.csv`; `pipeline.extract.mentions.train`
learns them from marked articles.
"""

from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt
from spacy.tokens import Token

from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE, body_nouns, role_heads, saying_verbs
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_PLACED = frozenset(
    ("obl in", "nmod in", "obl from", "nmod from", "obl to", "nmod to", "obl at", "nmod at", "nmod of")
)
Vector = npt.NDArray[np.float32]
VECTOR = "vector "
"""How features begin that are places of a vector."""
_STEPS = 6
_CORE = ("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "appos", "root", "parataxis", "vocative")
_MANY = 3
_KEYS = ("country", "body", "people", "office", "group", "crowd")
_TABLE = 2
"""Dimensions of a table of vectors, one a word."""
_DIGITS = 6
"""Digits of a score that count: less than that is the noise of the machine's arithmetic."""


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
    named = [s for s in actor.spans if s.kind != "pronoun"]
    group = "country" if actor.type == "country" else "person" if actor.type == "person" else "body"
    places = Counter(place_in_clause(parsed, s) for s in named)
    found = {
        "bias": 1.0,
        **_kinds(actor, named, group),
        **_places(actor, places, group),
        **_counts(parsed, actor, named, group),
        **_names(parsed, named, group),
        **_lands(actor, setting, group),
    }
    return {f: v for f, v in found.items() if v}


def _kinds(actor: Actor, named: list[ActorSpan], group: str) -> dict[str, float]:
    """What an actor is, and by what kinds of words it is named."""
    kind = (actor.key or "").partition(":")[0] or "none"
    found = {f"type {actor.type}": 1.0, f"key {kind if kind in _KEYS else 'other'}": 1.0}
    for what, n in Counter(s.kind for s in named).items():
        found[f"{group} kind {what}"] = n / len(named)
    found["certain"] = float(any(s.certain for s in named))
    found["role"] = float(actor.role is not None)
    head = next((s.head for s in named if s.head), None)
    if head:
        found[f"noun {head}"] = 1
    if actor.type == "person" and actor.role:
        found["person role " + actor.role.split()[-1]] = 1
    found["unnamed person"] = float(actor.type == "person" and not any(s.kind == "name" for s in named))
    return found


def _places(actor: Actor, places: Counter[str], group: str) -> dict[str, float]:
    """Where in their clauses an actor's names stand."""
    found: dict[str, float] = {}
    for place, n in places.items():
        found[f"at {place}"] = found[f"{group} at {place}"] = min(n, 2) / 2
    found[f"{actor.type} subject"] = float(any("nsubj" in place for place in places))
    found[f"{actor.type} only placed"] = float(all(place in _PLACED for place in places))
    described = all(p.startswith(("amod", "compound", "nmod:poss")) for p in places)
    found[f"{actor.type} only described"] = float(described)
    return found


def _counts(parsed: ParsedArticle, actor: Actor, named: list[ActorSpan], group: str) -> dict[str, float]:
    """How often an actor is named, and whether from the beginning."""
    total = len(named) or 1
    sentences = [parsed.sentence_of(parsed.doc[s.start]).position for s in named] or [0]
    return {
        f"{group} once": float(total == 1),
        f"{group} often": float(total > _MANY),
        f"{group} referred to": float(len(named) < len(actor.spans)),
        f"{group} opens": float(min(sentences) < _MANY and len(parsed.sentences) > 2 * _MANY),
        f"{actor.type} once": float(total == 1),
        f"{actor.type} sentences": min(len(set(sentences)), _MANY) / _MANY,
    }


def _names(parsed: ParsedArticle, named: list[ActorSpan], group: str) -> dict[str, float]:
    """How an actor's longest name looks, and what stands before its first one."""
    name = max((s.name for s in named), key=len, default="")
    first = min((s.start for s in named), default=0)
    before = parsed.doc[first - 1].lower_ if first else ""
    return {
        f"{group} capitals": float(name.isupper() and len(name) > 1),
        f"{group} one word": float(" " not in name),
        f"{group} words {min(len(name.split()), 4)}": 1.0,
        "article before": float(before in ("a", "an", "the")),
        "marked": float(before in ('"', "“", "‘", "``")),
    }


def _lands(actor: Actor, setting: Setting, group: str) -> dict[str, float]:
    """Which country an actor is of, how that is known, and how many countries the article names."""
    return {
        "main country": float(actor.type == "country" and actor.country == setting.main),
        f"{group} no country": float(actor.country is None),
        f"{group} basis {actor.basis}": 1.0,
        f"{group} with its state": float(actor.country in setting.states),
        f"{group} of {min(len(setting.weights), 6)} countries": 1.0,
    }


@cache
def _events() -> frozenset[str]:
    """Verbs and nouns that name political events."""
    return frozenset(row["trigger"] for row in table("event_triggers"))


def meaning(parsed: ParsedArticle, actor: Actor) -> Vector:
    """What the language model makes of an actor where it is named: the mean vector of the heads of its names; empty without vectors."""
    tensor = np.asarray(parsed.doc.tensor, dtype=np.float32)
    heads = [_head(s, parsed).i for s in actor.spans if s.kind != "pronoun"]
    if tensor.ndim < _TABLE or len(tensor) != len(parsed.doc) or not heads:
        return np.zeros(0, dtype=np.float32)
    mean: Vector = tensor[heads].mean(axis=0)
    return mean


@cache
def weights() -> dict[str, float]:
    """What each feature weighs."""
    return {row["feature"]: float(row["weight"]) for row in table("actor_weights")}


@cache
def _vector_weights() -> Vector:
    """What each place of a vector weighs."""
    places = {int(f.removeprefix(VECTOR)): w for f, w in weights().items() if f.startswith(VECTOR)}
    return np.array([places[i] for i in sorted(places)], dtype=np.float32)


def score(found: dict[str, float], vector: Vector) -> float:
    """The odds, as a logarithm, that an actor with these features and this vector is one, as far as they tell."""
    named = sum(v * weights().get(f, 0.0) for f, v in sorted(found.items()))
    meant = float(vector @ _vector_weights()) if len(vector) == len(_vector_weights()) else 0.0
    return round(named + meant, _DIGITS)

"""What kind of body an actor is that no list and no country's noun tells: a choice by what the article calls it, its name and its vectors.

What a name's words and its vectors tell is learned (`lexicon/kind_weights.csv`, by `pipeline.extract.mentions.train`, from marked articles
and from the listed bodies); what the article calls it, and what it has and does there (`signs`), weighs by rule: too few marked bodies have such a sign.
"""

import re
from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.extract.mentions.actorhood import VECTOR, meaning
from pipeline.extract.mentions.signs import callings, hints, signs
from pipeline.extract.mentions.span import Actor
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

Scores = npt.NDArray[np.float64]
TYPES = ("organization", "company", "media", "party", "government", "military", "armed_group", "igo", "group")
"""Types of bodies, in the order of the columns of the weights."""
_WIDE = ("organization", "government")
"""Kinds that words of many meanings tell of ("Board", "Center")."""
_ASSOCIATIONS = frozenset(("Union", "Association", "Federation", "Confederation", "Society", "Guild"))
_SURE = 0.45
"""Share from which the choice is taken instead of what was read before."""
_CALLED, _BODY, _HINT = 6.0, 3.0, 3.0
"""Weights of being called a kind of body outright, of being called one of the widest kind, and of what only bodies of a kind have or do."""
_LONGEST = 3
"""Words at the end of a name that may tell its kind together."""
_GOES_ON = re.compile(r" (?:of|for|on|in|to) ")


def is_undecided(actor: Actor) -> bool:
    """Whether an actor is a body that is nothing but its name, and no telling word makes it one of a narrow kind."""
    open_ = actor.type in _WIDE or not any(s.certain for s in actor.spans)
    joined = actor.type == "organization" and any(_is_association(s.name) for s in actor.spans)
    return actor.key is None and actor.type in TYPES and open_ and not joined


def is_listed(actor: Actor) -> bool:
    """Whether a word list knows a body by its name."""
    return actor.type in TYPES and (actor.key or "").startswith("body:")


def _is_association(name: str) -> bool:
    """Whether people have joined in a body whatever their trade: "National Union of Journalists"."""
    head, of, _ = name.partition(" of ")
    return bool(of) and head.split()[-1:] != [] and head.split()[-1] in _ASSOCIATIONS


def kind_features(actor: Actor) -> dict[str, float]:
    """What speaks for the kinds of body beside the vector: what was read before, and the longest name."""
    named = [s for s in actor.spans if s.kind != "pronoun"]
    name = max((s.name for s in named), key=len, default="")
    if is_listed(actor):
        return name_features(name) | {"listed": 1.0}
    certain = any(s.certain for s in named)
    return name_features(name) | {
        "bias": 1.0,
        f"type {actor.type}": 1.0,
        f"type {actor.type} {'certain' if certain else 'seen'}": 1.0,
    }


def name_features(name: str) -> dict[str, float]:
    """What a name's words tell: kinds by its end, its beginning and what stands before "of", its last word and form."""
    words = name.lower().removeprefix("the ").replace(",", "").split()
    found = {"capitals": float(name.isupper() and bool(words)), f"words {min(len(words), _LONGEST)}": 1.0}
    if not words:
        return found
    head = _GOES_ON.split(" ".join(words), maxsplit=1)[0].split()
    found[f"last {words[-1]}"] = 1.0
    found[f"ends {_by(words, 'ends')}"] = 1.0
    found[f"heads {_by(head, 'ends') if len(head) < len(words) else None}"] = 1.0
    begins = signs("begins")
    kind = next((begins[b] for n in (2, 1) if n < len(words) and (b := " ".join(words[:n])) in begins), None)
    found[f"begins {kind}"] = 1.0
    return {f: v for f, v in found.items() if v and not f.endswith(" None")}


def _by(words: list[str], position: str) -> str | None:
    """The kind that the last words of a name tell, the most words first."""
    known = signs(position)
    ends = (" ".join(words[-n:]) for n in range(min(_LONGEST, len(words)), 0, -1))
    return next((known[e] for e in ends if e in known), None)


@cache
def _weights() -> dict[str, Scores]:
    return {row["feature"]: np.array([float(row[t]) for t in TYPES]) for row in table("kind_weights")}


@cache
def _vector_weights() -> Scores:
    """The weights of each place of a vector, a row a place."""
    places = {int(f.removeprefix(VECTOR)): w for f, w in _weights().items() if f.startswith(VECTOR)}
    return np.array([places[n] for n in sorted(places)])


def kind_of(parsed: ParsedArticle, actor: Actor) -> str:
    """The likeliest kind of a body that no list tells, or what it was read as where none is likely enough."""
    if actor.key is not None or actor.type not in TYPES:
        return actor.type
    told = _told(parsed, actor)
    if not is_undecided(actor) and not told.any():
        return actor.type
    vector = meaning(parsed, actor)
    scores = told + (vector @ _vector_weights() if len(vector) == len(_vector_weights()) else 0.0)
    for feature, value in kind_features(actor).items():
        if feature in _weights():
            scores = scores + value * _weights()[feature]
    shares = np.exp(scores - scores.max())
    best = int(shares.argmax())
    return TYPES[best] if shares[best] / shares.sum() >= _SURE else actor.type


def _told(parsed: ParsedArticle, actor: Actor) -> Scores:
    """What the article says for each kind: what it calls a body counts for each, what the body has and does where that is open."""
    named = [s for s in actor.spans if s.kind == "name"]
    called = Counter(kind for s in named for kind in callings(parsed, s))
    hinted = {kind for s in named for _, kind in hints(parsed, s)} if is_undecided(actor) else set[str]()
    scores = np.zeros(len(TYPES))
    for n, kind in enumerate(TYPES):
        scores[n] += (_BODY if kind == "organization" else _CALLED) * float(called[kind] > 0)
        scores[n] += _HINT * float(kind in hinted)
    return scores

"""What kind of body an actor is that no list and no country's noun tells: a learned choice by its name and its vectors.

The weights stand in `lexicon/kind_weights.csv`; `pipeline.extract.mentions.train` learns them from marked articles.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.extract.mentions.actorhood import VECTOR, meaning
from pipeline.extract.mentions.span import Actor
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

TYPES = ("organization", "company", "media", "party", "government", "military", "armed_group", "igo", "group")
"""Types of bodies, in the order of the columns of the weights."""
_WIDE = ("organization", "government")
"""Kinds that words of many meanings tell of ("Board", "Center")."""
_ASSOCIATIONS = frozenset(("Union", "Association", "Federation", "Confederation", "Society", "Guild"))
_SURE = 0.55
"""Share from which the choice is taken instead of what was read before."""


def is_undecided(actor: Actor) -> bool:
    """Whether an actor is a body that is nothing but its name, and no telling word makes it one of a narrow kind."""
    open_ = actor.type in _WIDE or not any(s.certain for s in actor.spans)
    joined = actor.type == "organization" and any(_is_association(s.name) for s in actor.spans)
    return actor.key is None and actor.type in TYPES and open_ and not joined


def _is_association(name: str) -> bool:
    """Whether people have joined in a body whatever their trade: "National Union of Journalists"."""
    head, of, _ = name.partition(" of ")
    return bool(of) and head.split()[-1:] != [] and head.split()[-1] in _ASSOCIATIONS


def kind_features(actor: Actor) -> dict[str, float]:
    """What speaks for the kinds of body beside the vector: what was read before, the end of the longest name, its form."""
    named = [s for s in actor.spans if s.kind != "pronoun"]
    name = max((s.name for s in named), key=len, default="")
    certain = any(s.certain for s in named)
    return {
        "bias": 1.0,
        f"type {actor.type}": 1.0,
        f"type {actor.type} {'certain' if certain else 'seen'}": 1.0,
        f"last {name.lower().split()[-1] if name.split() else ''}": 1.0,
        "capitals": float(name.isupper()),
    }


@cache
def _weights() -> dict[str, npt.NDArray[np.float64]]:
    return {row["feature"]: np.array([float(row[t]) for t in TYPES]) for row in table("kind_weights")}


@cache
def _vector_weights() -> npt.NDArray[np.float64]:
    """The weights of each place of a vector, a row a place."""
    places = {int(f.removeprefix(VECTOR)): w for f, w in _weights().items() if f.startswith(VECTOR)}
    return np.array([places[n] for n in sorted(places)])


def kind_of(parsed: ParsedArticle, actor: Actor) -> str:
    """The likeliest kind of an undecided body, or what it was read as where none is likely enough."""
    if not is_undecided(actor):
        return actor.type
    vector = meaning(parsed, actor)
    scores = vector @ _vector_weights() if len(vector) == len(_vector_weights()) else np.zeros(len(TYPES))
    for feature, value in kind_features(actor).items():
        if value and feature in _weights():
            scores = scores + value * _weights()[feature]
    shares = np.exp(scores - scores.max())
    best = int(shares.argmax())
    return TYPES[best] if shares[best] / shares.sum() >= _SURE else actor.type

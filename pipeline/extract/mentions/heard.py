"""What the network over the article says of names: whether their words name an actor, and of which kind."""

from collections.abc import Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.parsed import ParsedArticle

_VOICE = 0.3
"""What its odds count beside the learned score of an actor."""
_DOUBT = 0.02
"""Share below which it makes no difference how sure it is."""
_SURE = 0.6
"""Share of a kind among all kinds from which its word counts."""
_NAMED = 0.2
"""Share of actors of any kind from which there is a kind to ask for."""
_VOTES = 2
"""Votes of its word on the type of a name that no list knows."""


def voice(parsed: ParsedArticle, actor: Actor) -> float:
    """What it adds to the odds, as a logarithm, that an actor is one: by the words of all its names."""
    named = [s for s in actor.spans if s.kind != "pronoun"]
    if not named:
        return 0.0
    likely = float(np.mean([1 - _shares(parsed, s)[0] for s in named]))
    return _VOICE * log((likely + _DOUBT) / (1 + _DOUBT - likely))


def votes(parsed: ParsedArticle, span: ActorSpan) -> Iterator[tuple[str, int]]:
    """That a name is a person's, or none: the type it speaks for, with its votes."""
    nobody, *kinds = _shares(parsed, span)
    whole, person = 1 - nobody, kinds[parsed.joint.labels.kinds.index("person")]
    if whole < _NAMED:
        return
    if span.type != "person" and person >= _SURE * whole:
        yield "person", _VOTES
    elif span.type == "person" and person <= (1 - _SURE) * whole:
        yield "organization", _VOTES


def _shares(parsed: ParsedArticle, span: ActorSpan) -> NDArray[np.float32]:
    """Of an occurrence: the share of no actor, then of each kind, over its words; no actor where it has none."""
    words: Sequence[int] = [t.i for t in parsed.doc[span.start : span.end] if not t.is_space]
    said = parsed.joint.kind
    shares: NDArray[np.float32] = np.eye(1, said.shape[1], dtype=np.float32)[0]
    if words:
        shares = said[parsed.joint.rows(words)].mean(axis=0)
    return shares

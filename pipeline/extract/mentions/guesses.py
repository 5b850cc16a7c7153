"""Whether a country that only the scene suggests may be told of an actor: a learned score, so that no guess stands for a fact.

The weights stand in `lexicon/guess_weights.csv`; `pipeline.extract.mentions.train` learns them from marked articles.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np

from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import Actor
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_SURE, _SURE_BODY = 0.5, 0.6
"""Scores from which the guess of a person's and of a body's country is told."""
_SHARES = (0.3, 0.5, 0.7, 0.9)
_FEW = 3
_OFFICIAL = ("GOV", "LEG", "JUD", "COP", "MIL")


def guess_features(parsed: ParsedArticle, actor: Actor, country: str, setting: Setting) -> dict[str, float]:
    """What speaks for and against the country of the scene as an actor's own."""
    named = [s for s in actor.spans if s.kind != "pronoun"]
    at = [parsed.sentence_of(parsed.doc[s.start]).position for s in named]
    share = setting.share(country)
    told = [c for c, weight in setting.weights.items() if weight >= 1]
    here = {c for position in at for c in setting.local(position)}
    kind = (
        "person"
        if actor.type == "person"
        else "state"
        if actor.type in ("government", "military")
        else "body"
    )
    found: dict[str, float] = {"bias": 1, f"kind {kind}": 1, f"type {actor.type}": 1}
    found |= {f"share {least}": 1.0 for least in _SHARES if share >= least}
    found |= {f"{kind} share {least}": 1.0 for least in _SHARES if share >= least}
    found[f"countries {min(len(told), 4)}"] = 1
    found["main"] = float(setting.main == country)
    found["others here"] = float(len(here - {country}) > 0)
    found["here"] = float(country in here)
    found["early"] = float(min(at, default=0) < _FEW)
    found["often"] = float(len(named) > _FEW)
    found[f"{kind} role"] = float(actor.role is not None)
    found[f"{kind} official"] = float(actor.sector in _OFFICIAL)
    found["noun"] = float(all(s.kind == "noun" for s in named))
    return {name: value for name, value in found.items() if value}


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in table("guess_weights")}


def is_sure(found: dict[str, float]) -> bool:
    """Whether a guess with these features may be told."""
    weights = _weights()
    score = 1 / (1 + np.exp(-sum(v * weights.get(f, 0.0) for f, v in sorted(found.items()))))
    return bool(score >= (_SURE if "kind person" in found else _SURE_BODY))


def settle_guesses(parsed: ParsedArticle, actors: Iterable[Actor], setting: Setting) -> None:
    """Take back the countries that are guessed and not sure, and the identities that hang on them."""
    for actor in actors:
        if actor.basis != "guessed" or actor.country is None:
            continue
        if is_sure(guess_features(parsed, actor, actor.country, setting)):
            continue
        if actor.key and actor.key.endswith(actor.country):
            actor.key = actor.key.removesuffix(actor.country) + parsed.article.doc_id
        actor.country, actor.basis = None, None

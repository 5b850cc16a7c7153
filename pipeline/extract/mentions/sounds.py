"""Which of several countries a person's name sounds like: by the letters of the names of their towns.

Nothing is known of the person. "Herrington" has the letters of towns in England, "Khin Maung" those of towns in Myanmar; where a country was
settled from another, or people moved, the letters mislead, so that this is one more piece of evidence and decides nothing alone.
"""

import math
from functools import cache, lru_cache

from pipeline.extract.mentions import gathered
from pipeline.extract.mentions.span import Actor

_TRUST = 500
"""Runs of letters that a country's towns must have for their own shares to count as much as those of all the world's."""
_SCALE = 4.0
_MOST = 3.0
_SEEN = 20_000
_UNKNOWN = 1e-6
"""Share of letters that no town has."""


def sounds(actor: Actor, countries: list[str]) -> dict[str, dict[str, float]]:
    """Features of each country for a person's name; none for other actors and for names in no Latin letters."""
    name = max((s.name for s in actor.spans if s.kind == "name"), key=len, default="")
    words = gathered.words(name) if actor.type == "person" else []
    if not words:
        return {}
    fits = {c: sum(_fit(word, c) for word in words) / _SCALE for c in countries}
    most = max(fits.values(), default=0.0)
    whole = sum(math.exp(fit - most) for fit in fits.values())
    found: dict[str, dict[str, float]] = {}
    for country, fit in fits.items():
        rival = max((f for c, f in fits.items() if c != country), default=0.0)
        told = {
            "name fits": _bounded(fit),
            "name share": math.exp(fit - most) / whole,
            "name against others": _bounded(fit - rival),
        }
        private = {f"private {what}": value for what, value in told.items()} if actor.role is None else {}
        found[country] = told | private
    return found


def _bounded(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


@cache
def _lines() -> dict[str, str]:
    """What is known of each country's towns, and of those of all."""
    return dict(line.split("\t") for line in gathered.lines(gathered.LETTERS))


@cache
def _counts(country: str) -> dict[str, int]:
    """How often a run of letters stands in the words of a country's towns."""
    cells = _lines().get(country, "").split()
    return dict(zip(cells[::2], map(int, cells[1::2]), strict=True))


@cache
def _size(country: str) -> int:
    return sum(_counts(country).values())


@cache
def _shares() -> dict[str, float]:
    """The share of a run of letters in all towns."""
    whole = _size(gathered.ALL) or 1
    return {run: n / whole for run, n in _counts(gathered.ALL).items()}


@lru_cache(_SEEN)
def _fit(word: str, country: str) -> float:
    """How much likelier a word is in a country's towns than in all: the logarithm, summed over its letters."""
    shares, own, size = _shares(), _counts(country), _size(country)
    fit = 0.0
    for run in gathered.runs(word):
        share = shares.get(run, _UNKNOWN)
        fit += math.log((own.get(run, 0) + _TRUST * share) / (size + _TRUST) / share)
    return fit

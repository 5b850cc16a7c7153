"""Which of several countries a person's name sounds like: by the letters of the names of their towns.

Nothing is known of the person. "Herrington" has the letters of towns in England, "Khin Maung" those of towns in Myanmar; where a country was
settled from another, or people moved, the letters mislead, so that this is one more piece of evidence and decides nothing alone.
"""

import math
import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.places import towns
from pipeline.extract.mentions.span import Actor

_WORD = re.compile(r"[a-z]{3,}")
_LETTERS = 3
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
    words = _WORD.findall(fold(name)) if actor.type == "person" else []
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


def _runs(word: str) -> list[str]:
    """The runs of letters in a word, with its beginning and end."""
    marked = f"^{word}$"
    return [marked[i : i + _LETTERS] for i in range(len(marked) - _LETTERS + 1)]


@cache
def _counts() -> tuple[dict[str, Counter[str]], dict[str, float]]:
    """How often a run of letters stands in the words of each country's towns, and its share in all of them."""
    words: dict[str, set[str]] = defaultdict(set)
    for name, country in towns():
        words[country].update(_WORD.findall(fold(name)))
    counts = {c: Counter(run for word in sorted(own) for run in _runs(word)) for c, own in words.items()}
    total: Counter[str] = Counter()
    for own in counts.values():
        total.update(own)
    whole = total.total() or 1
    return counts, {run: n / whole for run, n in total.items()}


@cache
def _size(country: str) -> int:
    counts, _ = _counts()
    return counts[country].total() if country in counts else 0


@lru_cache(_SEEN)
def _fit(word: str, country: str) -> float:
    """How much likelier a word is in a country's towns than in all: the logarithm, summed over its letters."""
    counts, shares = _counts()
    own, size = counts.get(country, Counter()), _size(country)
    fit = 0.0
    for run in _runs(word):
        share = shares.get(run, _UNKNOWN)
        fit += math.log((own[run] + _TRUST * share) / (size + _TRUST) / share)
    return fit

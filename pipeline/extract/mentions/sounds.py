"""Which of several countries a person's name sounds like: by the letters of the names of their towns, and of names that people bear there.

Nothing is known of the person. "Herrington" has the letters of towns in England, "Khin Maung" those of towns in Myanmar; where a country was
settled from another, or people moved, the letters mislead, so that this is one more piece of evidence and decides nothing alone.
Of some countries no names of people are known: there the towns speak alone.
"""

import math
from functools import cache, lru_cache

from pipeline.extract.mentions import gathered
from pipeline.extract.mentions.span import Actor

_TRUST = 500
"""Runs of letters that a country's names must have for their own shares to count as much as those of all the world's."""
_SCALE = 4.0
_MOST = 3.0
_SEEN = 40_000
_TABLES = ((gathered.LETTERS, "name"), (gathered.PEOPLE, "people"))
"""Tables of letters, and how the features of each begin."""
_UNKNOWN = 1e-6
"""Share of letters that no name has."""


def sounds(actor: Actor, countries: list[str]) -> dict[str, dict[str, float]]:
    """Features of each country for a person's name; none for other actors and for names in no Latin letters."""
    name = max((s.name for s in actor.spans if s.kind == "name"), key=len, default="")
    words = gathered.words(name) if actor.type == "person" else []
    found: dict[str, dict[str, float]] = {c: {} for c in countries} if words else {}
    for table, said in _TABLES:
        known = [c for c in countries if c in _lines(table)] if table == gathered.PEOPLE else countries
        for country, told in _compared(words, known, table, said).items() if words else ():
            found[country] |= told
            if actor.role is None:
                found[country] |= {f"private {what}": value for what, value in told.items()}
    return found


def _compared(words: list[str], countries: list[str], table: str, said: str) -> dict[str, dict[str, float]]:
    """How well the words of a name fit each of some countries, alone and beside the others."""
    fits = {c: sum(_fit(word, c, table) for word in words) / _SCALE for c in countries}
    most = max(fits.values(), default=0.0)
    whole = sum(math.exp(fit - most) for fit in fits.values())
    found: dict[str, dict[str, float]] = {}
    for country, fit in fits.items():
        rival = max((f for c, f in fits.items() if c != country), default=0.0)
        found[country] = {
            f"{said} fits": _bounded(fit),
            f"{said} share": math.exp(fit - most) / whole,
            f"{said} against others": _bounded(fit - rival),
        }
    return found


def _bounded(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


@cache
def _lines(table: str) -> dict[str, str]:
    """What is known of each country's towns or people, and of those of all."""
    rows = (line.split("\t") for line in gathered.lines(table))
    return {country: runs for countries, runs in rows for country in countries.split()}


@cache
def _counts(country: str, table: str) -> dict[str, int]:
    """How often a run of letters stands in the words of a country's names."""
    cells = _lines(table).get(country, "").split()
    return dict(zip(cells[::2], map(int, cells[1::2]), strict=True))


@cache
def _size(country: str, table: str) -> int:
    return sum(_counts(country, table).values())


@cache
def _shares(table: str) -> dict[str, float]:
    """The share of a run of letters in all names."""
    whole = _size(gathered.ALL, table) or 1
    return {run: n / whole for run, n in _counts(gathered.ALL, table).items()}


@lru_cache(_SEEN)
def _fit(word: str, country: str, table: str) -> float:
    """How much likelier a word is in a country's names than in all: the logarithm, summed over its letters."""
    shares, own, size = _shares(table), _counts(country, table), _size(country, table)
    fit = 0.0
    for run in gathered.runs(word):
        share = shares.get(run, _UNKNOWN)
        fit += math.log((own.get(run, 0) + _TRUST * share) / (size + _TRUST) / share)
    return fit

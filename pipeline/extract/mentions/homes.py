"""The country of people whose title names none: by their office, by what they lead, by what the article is about."""

from collections import Counter
from functools import cache

from pipeline.extract.mentions.bodies import main_country
from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.span import ActorSpan
from pipeline.lexicon import table

_DOMESTIC = frozenset(("GOV", "LEG", "JUD", "MIL", "COP", "PTY", "OPP", "ELI"))
"""Sectors of people who act for a country."""
_AMERICAN = "administration"
"""What the news calls a government of the United States by its president's name."""


@cache
def office_countries() -> dict[str, str]:
    """Country by an office that bears its English name in one country only ("home secretary")."""
    return {row["role"]: row["country"] for row in table("offices")}


def infer_countries(registry: Registry, spans: list[ActorSpan]) -> None:
    """Fill in the country of people of whom the article tells none outright."""
    named = [s for s in spans if s.key and s.country and ":" in s.key and "@" not in s.key]
    counts = Counter(s.country for s in named if s.country)
    main = main_country(named)
    led: dict[str, ActorSpan] = {}
    for span in spans:
        if span.key and "@" in span.key:
            led.setdefault(fold(span.key.partition("@")[2]).split()[-1], span)
    for actor in registry.actors:
        if actor.type != "person" or actor.country:
            continue
        surnames = {fold(s.name).split()[-1] for s in actor.spans if s.kind == "name" and fold(s.name)}
        body = next((led[n] for n in sorted(surnames) if n in led), None)
        actor.country = office_countries().get(actor.role or "") or (
            _led_by(body, counts, named) if body else None
        )
        if actor.country is None and actor.role and actor.sector in _DOMESTIC:
            actor.country = main


def _led_by(body: ActorSpan, counts: Counter[str], named: list[ActorSpan]) -> str | None:
    """Country of the head of "the X administration", "X's government", from the countries that the article names."""
    if body.head == _AMERICAN and "USA" in counts:
        return "USA"
    return max(counts, key=lambda c: (counts[c], c)) if counts else None

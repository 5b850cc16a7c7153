"""Listed names that several countries or bodies bear: which of them an article means."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.extract.mentions.gazetteer import lookup, shared_bodies
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_OFFICIAL = 0.25
"""Weight of a listed body's country, beside the story's, up to which a ministry or an army is not the listed one."""


class _Homonym(NamedTuple):
    """What a country's name means where an article holds certain words and no others."""

    type: str
    country: str | None
    told_by: re.Pattern[str]
    unless: re.Pattern[str]


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in words.split(" | ")) + r")(?!\w)")


@cache
def _homonyms() -> dict[str, list[_Homonym]]:
    found: dict[str, list[_Homonym]] = {}
    for row in table("country_homonyms"):
        meaning = _Homonym(
            row["type"], row["country"] or None, _any_of(row["told_by"]), _any_of(row["unless"])
        )
        found.setdefault(row["name"], []).append(meaning)
    return found


def settle_countries(parsed: ParsedArticle, spans: list[ActorSpan]) -> dict[str, str]:
    """Let the article's other words say which Congo, Guinea, Korea or Georgia it means.

    Gives the countries of those names that mean a state or province.
    """
    text = parsed.article.text
    told: dict[str, _Homonym | None] = {}
    for span in spans:
        name = span.name if span.name in _homonyms() else span.name.title()
        if span.type not in ("country", "group") or name not in _homonyms():
            continue
        if name not in told:
            told[name] = next(
                (h for h in _homonyms()[name] if h.told_by.search(text) and not h.unless.search(text)), None
            )
        meant = told[name]
        if meant is None:
            continue
        span.country = meant.country
        span.key = f"country:{meant.country}" if meant.type == "country" else None
        if meant.type == "place":
            span.type, span.sector = "place", None
    return {name: m.country for name, m in told.items() if m and m.type == "place" and m.country}


def settle_shared(parsed: ParsedArticle, spans: list[ActorSpan], setting: Setting) -> None:
    """Free a body whose name many countries know ("the Democratic Party") from the listed one where the story plays elsewhere."""
    by_key: dict[str, list[ActorSpan]] = {}
    for span in spans:
        if span.key in shared_bodies():
            by_key.setdefault(span.key or "", []).append(span)
    for key, same in by_key.items():
        listed = same[0].country or ""
        if any(_says_country(s.name) for s in same):
            continue
        home = setting.country_of([parsed.sentence_of(parsed.doc[s.start]).position for s in same])
        if home is None or home == listed:
            continue
        ratio = 1.0 if same[0].type == "party" else _OFFICIAL
        others = setting.weights.get(listed, 0.0) - (len(same) if same[0].sector == "LEG" else 0)
        if others < ratio * setting.weights.get(home, 0.0):
            if same[0].type == "media":  # papers of other countries report on it as well: open whose this is
                home = None
            for span in same:
                span.key = f"{key.partition(':')[2]}:{home or ''}"
                span.country, span.basis = home, "guessed" if home else None


def is_namesake(key: str | None) -> bool:
    """Whether a key is that of a medium that bears a listed one's name and may be another country's."""
    return key is not None and key.endswith(":") and f"body:{key[:-1]}" in shared_bodies()


def _says_country(name: str) -> bool:
    entry = lookup(name.split()[0], 0)
    return entry is not None and entry.type in ("country", "group")

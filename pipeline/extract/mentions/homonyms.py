"""Listed names that several countries or bodies bear: which of them an article means."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from pipeline.extract.mentions.gazetteer import lookup, shared_bodies
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import ActorSpan, basis_of
from pipeline.extract.mentions.words import POSSESSIVE
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_STATE = ("government", "military", "party")
"""Types of bodies whose owner, right before their name, is their country."""
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
    lands = [s for s in spans if s.type == "country" and s.kind == "name"]
    for span in spans:
        name = span.name if span.name in _homonyms() else span.name.title()
        if span.type not in ("country", "group") or name not in _homonyms():
            continue
        if name not in told:
            told[name] = _meant(_homonyms()[name], text)
        meant = told[name]
        if meant is None or _is_beside(parsed, span, meant.country, lands):
            continue
        span.country = meant.country
        span.key = f"country:{meant.country}" if meant.type == "country" else None
        if meant.type == "place":
            span.type, span.sector = "place", None
    return {name: m.country for name, m in told.items() if m and m.type == "place" and m.country}


def _meant(homonyms: list[_Homonym], text: str) -> _Homonym | None:
    """The one meaning that an article's words tell; none where they tell two, as where it names Equatorial Guinea and Guinea-Bissau."""
    fits = [h for h in homonyms if h.told_by.search(text) and not h.unless.search(text)]
    countries = {h.country for h in fits}
    return fits[0] if len(countries) == 1 else None


def _is_beside(parsed: ParsedArticle, span: ActorSpan, country: str | None, named: list[ActorSpan]) -> bool:
    """Whether a sentence names a country beside the other one of its name: "|Guinea| recalled its envoy from Guinea-Bissau"."""
    where = parsed.sentence_of(parsed.doc[span.start]).span
    return span.kind == "name" and any(
        o.country == country
        and o.name != span.name
        and span.name in o.name
        and where.start <= o.start < where.end
        for o in named
    )


def settle_shared(parsed: ParsedArticle, spans: list[ActorSpan], setting: Setting) -> None:
    """Free a body whose name many countries know ("the Democratic Party") from the listed one where the story plays elsewhere."""
    _settle_owned(parsed, spans)
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


def _settle_owned(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Give a name that a listed body bears, or that holds it, to the country that owns it there: "Kenya's Supreme Court" is no American one.

    Where the article nowhere has the listed one by its country, all that bear the name are meant.
    """
    ends = {s.end: s for s in spans if s.country and (s.type == "country" or s.kind == "demonym")}
    own: dict[str, list[tuple[ActorSpan, ActorSpan | None]]] = {}
    for span in spans:
        if span.type in _STATE and span.kind == "name" and (not span.key or span.key in shared_bodies()):
            own.setdefault(span.key or f":{span.name}", []).append((span, _owner(parsed, span, ends)))
    for key, same in own.items():
        others = [o for s, o in same if o is not None and s.country and o.country != s.country]
        if not others:
            continue
        listed = any(_says_country(s.name) or (o is not None and o.country == s.country) for s, o in same)
        for span, owner in same:
            meant = (owner if owner in others else None) if listed else owner or others[0]
            if meant is not None and not _says_country(span.name):
                span.country, span.basis = meant.country, basis_of(meant)
                span.key = f"{key.partition(':')[2]}:{meant.country}" if span.key else None


def _owner(parsed: ParsedArticle, span: ActorSpan, ends: Mapping[int, ActorSpan]) -> ActorSpan | None:
    """The country right before a name, with a possessive or as an adjective."""
    owned = span.start > 0 and parsed.doc[span.start - 1].text in POSSESSIVE
    named = ends.get(span.start - 1 if owned else span.start)
    return named if named is not None and (owned or named.kind == "demonym") else None


def is_namesake(key: str | None) -> bool:
    """Whether a key is that of a medium that bears a listed one's name and may be another country's."""
    return key is not None and key.endswith(":") and f"body:{key[:-1]}" in shared_bodies()


def _says_country(name: str) -> bool:
    entry = lookup(name.split()[0], 0)
    return entry is not None and entry.type in ("country", "group")

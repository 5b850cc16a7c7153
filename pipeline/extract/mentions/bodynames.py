"""What the words within a body's name tell: its noun, its country, who it is."""

import re
from collections.abc import Mapping

from pipeline.extract.mentions.gazetteer import fold, lookup
from pipeline.extract.mentions.places import city_called, locate, states
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import body_nouns, given_names, name_words

_LARGE_CITY = 300_000
_GREAT_CITY = 1_000_000
_SEATED = ("organization", "media", "company")
"""Bodies that no list knows and that are called by the city where they are."""
_MAX_WORDS, _MAX_ALONE = 4, 3
_OF = (["of"], ["for"])
_OFFICES = ("organization", "government")
_NATIONS = re.compile(r"(?:the )?(?:UN|U\.N\.|United Nations)(?:['’]s?)? \w")
"""How names of bodies of the United Nations begin."""
HELPS = frozenset(("backed", "supported", "led", "funded", "trained", "armed", "sponsored", "installed"))
"""Participles behind a country that helps or leads a body, which is none of its own for that: "the Ethiopian-backed government"."""
HELPED = re.compile(rf"-(?:{'|'.join(sorted(HELPS))})\b")
"""The same behind a hyphen."""
_CREEDS = frozenset(("muslim", "islamic", "jewish", "christian", "catholic", "hindu", "sikh"))
"""Faiths whose councils are no government's."""
OPEN_NOUNS = frozenset(
    ["ministry", "department", "agency", "court", "committee", "office", "bureau", "service"]
)
"""Nouns that say too little without the words before them."""
SIDES = frozenset(
    f"{side}{end}"
    for side in (
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "central",
    )
    for end in ("", "ern")
)
"""Parts of a country that stand before its name."""
ALONE = frozenset(("coalition", "opposition"))
"""Bodies that are clear without a country."""


def describe_name(span: ActorSpan, parts: Mapping[str, str]) -> None:
    """Give a name that ends in a body's noun, or holds a country, what these tell; `parts`: names of states that are countries' too, and whose they are."""
    if span.kind != "name" or span.key or span.type in ("person", "place", "country"):
        return
    if _is_of_nations(span) or _take_listed(span):
        return
    words = span.name.split()
    last = words[-1].lower()
    noun = (
        body_nouns().get(" ".join(w.lower() for w in words[-2:]))
        or body_nouns().get(last)
        or next(
            (body_nouns().get(" ".join(words[:n]).lower()) for n in (1, 2) if words[n : n + 1] in _OF), None
        )
    )
    pair = name_words().get(" ".join(words[-2:]))
    if span.type == "government" and "Council" in words and words[0].lower() in _CREEDS:
        span.type, span.sector = "organization", "REL"  # "the Muslim Council of Larmo"
    if noun and (noun.type == "group" or (pair and pair[0] != noun.type)) and span.certain:
        noun = None  # "United Auto Workers", "Zolvane Liberation Army"
    country, basis = _country_within(span)
    part = next((parts[w] for w in words if w in parts), None)  # "the Supreme Court of Georgia", of the state
    if part:
        country, basis = part, "told"
    if country is None:
        country, basis = span.country, span.basis
    if noun and noun.noun in ALONE and len(words) <= _MAX_ALONE and country is None:
        span.key, span.head = f"{noun.body}:", noun.noun
    elif noun and len(words) > 1:
        span.type, span.sector = noun.type, noun.sector or span.sector
        span.head = noun.noun
        whole = country and not part and noun.noun not in OPEN_NOUNS
        if whole and (_is_short(words) or _is_of_country(words)):
            span.key = f"{noun.body}:{country}"
    if country is None and span.certain and span.type in ("organization", "government", "company"):
        country, basis = _country_of_city(words), "seat"
    if country is None and span.type in _SEATED and len(words) > 1:
        country, basis = _country_of_great_city(words), "seat"
    span.country, span.basis = country, basis if country else None


def _is_of_nations(span: ActorSpan) -> bool:
    """Whether a body's name begins with the United Nations, of which it then is one: "U.N. Relief Office"; sets its type."""
    if span.type not in _OFFICES or not _NATIONS.match(span.name):
        return False
    span.type, span.sector, span.country, span.basis = "igo", "IGO", None, None
    return True


def _take_listed(span: ActorSpan) -> bool:
    """Whether a name is a country and a listed body of that country ("U.S. Weather Bureau"), or of none; takes over what the list says."""
    land = lookup(span.name, 0)
    if land is None or land.country is None or not (land.type == "country" or land.kind == "demonym"):
        return False
    rest = span.name[len(land.name) :].strip()
    body = lookup(rest, 0) if rest else None
    listed = body is not None and body.name == rest and (body.key or "").startswith("body:")
    if body is None or not listed or body.country != land.country:
        return False
    span.type, span.key, span.sector = body.type, body.key, body.sector
    span.country, span.basis = body.country, None
    return True


def _is_short(words: list[str]) -> bool:
    """Whether a name says little more than a body and its country: "the Peruvian National Assembly"."""
    return len(re.findall(r"\w+", " ".join(words))) <= _MAX_WORDS


def _is_of_country(words: list[str]) -> bool:
    """Whether a body's two nouns and "of" stand before nothing but a country: "Supreme Court of the United Kingdom"."""
    rest = " ".join(words[3:]).removeprefix("the ")
    entry = lookup(rest, 0) if words[2:3] in _OF and rest else None
    return entry is not None and entry.type == "country" and fold(entry.name) == fold(rest)


def _country_of_city(words: list[str]) -> str | None:
    """Country of the large city that a body's name begins or ends with ("Mosul University", "University of Oslo")."""
    for name in (words[0], words[-1], " ".join(words[:2]), " ".join(words[-2:])):
        city = locate(name) if name[0].isupper() and len(name) > 3 else None
        if (
            city
            and city.population >= _LARGE_CITY
            and (name == words[0] or "of" in words or name == " ".join(words[:2]))
        ):
            return city.country
    return None


def _country_of_great_city(words: list[str]) -> str | None:
    """Country of the city whose name of several words, or of one that no person bears, a club's or paper's begins with: "Los Angeles Comets"."""
    for n in range(min(_MAX_WORDS, len(words)) - 1, 0, -1):
        name = " ".join(words[:n])
        city = city_called(name, _LARGE_CITY if n > 1 else _GREAT_CITY)
        if city is not None and name not in given_names():
            return city.country
    return None


def _country_within(span: ActorSpan) -> tuple[str | None, str | None]:
    """Country of a name by the country or demonym that it begins or ends with, and how it tells it."""
    starts = [m.start() for m in re.finditer(r"\S+", span.name)]
    for start in dict.fromkeys((starts[0], starts[-1], *starts[-2:-1])):
        entry = lookup(span.name, start)
        before = span.name[:start].split()[-1:]
        if entry and before and before[0].isalpha() and fold(f"{before[0]} {entry.name}") in states():
            continue  # "New Jersey" is not Jersey
        if entry and HELPED.match(span.name, start + len(entry.name)):
            continue  # "Syrian-backed opposition"
        if entry and before and (before[0] == "New" or before[0].lower() in SIDES):
            continue  # "New South Wales" is not Wales
        if entry and entry.country and (entry.type == "country" or entry.kind == "demonym"):
            return entry.country, "demonym" if entry.kind == "demonym" else "told"
    return None, None

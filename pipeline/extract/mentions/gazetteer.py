"""Names that word lists know: countries, demonyms, regions, capitals, well-known bodies."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

import pycountry

from pipeline.lexicon import table

_FIRST = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[\W_]+")
_DROP = str.maketrans("", "", "'’`.")
_MIN_CAPITALS = 4
"""Shortest name that is also known in capitals ("IRAN")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed name: what kind of mention it makes and which actor it names."""

    name: str
    kind: str
    type: str
    key: str | None
    country: str | None
    sector: str | None = None
    plural: bool = False


def fold(name: str) -> str:
    """A name without accents, case, hyphens, stops, apostrophes and a leading article: equal for spellings of one name."""
    plain = (
        name
        if name.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    )
    plain = plain.lower()
    if not plain.isalpha():
        plain = _BREAK.sub(" ", plain.translate(_DROP)).strip()
    return plain.removeprefix("the ")


@cache
def countries() -> dict[str, str]:
    """English name of each country by its ISO 3166 alpha-3 code (pycountry; the list's first name wins where there is one)."""
    names: dict[str, str] = {}
    for row in table("country_names"):
        if len(row["name"]) > 3 and "." not in row["name"]:
            names.setdefault(row["country"], row["name"])
    for country in pycountry.countries:
        names.setdefault(country.alpha_3, getattr(country, "common_name", None) or country.name)
    return names


@cache
def _adjectives() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("demonyms"):
        found.setdefault(row["country"], row["demonym"])
    return found


def adjective(country: str) -> str:
    """A country's adjective ("Russian"); its name where no list has one."""
    return _adjectives().get(country) or countries().get(country, country)


def _country_entries() -> Iterator[Entry]:
    for row in table("country_names"):
        for name in dict.fromkeys((row["name"], row["name"].replace(" ", "-"))):  # "Saudi-Arabia"
            yield Entry(name, "name", "country", f"country:{row['country']}", row["country"], "GOV")
    for country in pycountry.countries:
        for name in {
            country.name,
            getattr(country, "common_name", country.name),
            getattr(country, "official_name", country.name),
        }:
            if "," in name:
                continue
            for form in dict.fromkeys((name, name.replace(" ", "-"))):
                yield Entry(form, "name", "country", f"country:{country.alpha_3}", country.alpha_3, "GOV")


def _body_entries() -> Iterator[Entry]:
    for row in table("bodies"):
        for name in (row["name"], *filter(None, row["aliases"].split(" | "))):
            forms = {name, name.replace("'", "’"), name.replace("’", "'")}
            if name.startswith("US "):
                forms |= {f"{us} {name[3:]}" for us in ("U.S.", "United States")}
            for form in sorted(forms):
                key = f"body:{row['name']}"
                yield Entry(form, "name", row["type"], key, row["country"] or None, row["sector"] or None)


def _people_entries() -> Iterator[Entry]:
    for row in table("demonyms"):
        plural = row["form"] != "adjective"
        people = row["form"] == "noun"  # "Peruvians" or "a Briton" are no state
        key = f"{'people' if people else 'country'}:{row['country']}"
        for form in dict.fromkeys((row["demonym"], row["demonym"].replace(" ", "-"))):  # "South-African"
            yield Entry(form, "demonym", "group", key, row["country"], "CVL", plural)
    for row in table("groups"):
        key = f"group:{fold(row['group'])}"
        for form in {row["name"], row["name"].replace("'", "’")}:
            yield Entry(form, "name", "group", key, row["country"] or None, "SOC", form.endswith("s"))


def _place_entries() -> Iterator[Entry]:
    for row in (*table("regions"), *table("capitals")):
        yield Entry(row["name"], "name", "place", None, row["country"] or None)


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """All listed names by their first word, the longest first; where lists share a name, bodies before countries before peoples before places."""
    found: dict[str, Entry] = {}
    for entry in chain(_body_entries(), _country_entries(), _people_entries(), _place_entries()):
        found.setdefault(entry.name, entry)
        if entry.type in ("country", "group", "place", "igo") and len(entry.name) >= _MIN_CAPITALS:
            found.setdefault(entry.name.upper(), replace(entry, name=entry.name.upper()))
    buckets: dict[str, list[Entry]] = defaultdict(list)
    for entry in found.values():
        first = _FIRST.search(entry.name)
        if first:
            buckets[first[0]].append(entry)
    longest = {first: sorted(group, key=lambda e: (-len(e.name), e.name)) for first, group in buckets.items()}
    return {first: tuple(group) for first, group in longest.items()}


@cache
def shared_bodies() -> frozenset[str]:
    """Identities of listed bodies whose names other countries' bodies bear as well ("Democratic Party")."""
    return frozenset(f"body:{row['name']}" for row in table("bodies") if row["shared"])


@cache
def capital_countries() -> dict[str, str]:
    """Country code by the name of its capital."""
    return {row["name"]: row["country"] for row in table("capitals")}


@cache
def _regions() -> frozenset[str]:
    return frozenset(row["name"] for row in table("regions"))


def is_region(name: str) -> bool:
    """Whether a name is a listed region or sea: it has no point on the map."""
    return name in _regions()


def lookup(text: str, start: int) -> Entry | None:
    """The longest listed name that starts at a character and ends at a word's end."""
    first = _FIRST.match(text, start)
    if not first:
        return None
    for entry in entries().get(first[0], ()):
        end = start + len(entry.name)
        if text.startswith(entry.name, start) and not text[end : end + 1].isalnum():
            return entry
    return None

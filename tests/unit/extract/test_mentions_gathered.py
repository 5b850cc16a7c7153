"""Tables about places that are made once."""

from importlib.metadata import version

import pytest

from pipeline.extract.mentions import gathered, make_gathered, places
from pipeline.extract.mentions.gazetteer import fold


def test_tables_are_what_their_sources_make() -> None:
    sources = dict(line.split("\t") for line in gathered.lines(gathered.SOURCES))
    installed = {name: version(name) for name in sources}
    if installed != sources:
        pytest.skip(f"The tables are made out of {sources}, installed are {installed}.")
    made = make_gathered.made()
    assert set(made) == {path.name for path in gathered.FOLDER.iterdir()}
    for table, text in made.items():
        assert text == (gathered.FOLDER / table).read_text(encoding="utf-8"), table


def test_cities_of_one_name_stand_the_largest_first() -> None:
    found = places._cities_of("london")
    assert [city.country for city in found][:2] == ["GBR", "CAN"]
    assert {city.name for city in found} == {"London"}
    assert [city.population for city in found] == sorted((c.population for c in found), reverse=True)


def test_a_large_city_is_known_by_other_names_and_a_small_one_is_not() -> None:
    kyiv = places.locate("Kiev")
    assert kyiv is not None and (kyiv.name, kyiv.country) == ("Kyiv", "UKR")
    lines = (line.split("\t") for line in gathered.lines(gathered.CITIES))
    assert all(cells[0] == fold(cells[1]) for cells in lines if int(cells[5]) < 100_000)


def test_a_name_that_no_city_has_finds_none() -> None:
    assert [places._cities_of(name) for name in ("", "nowheresby", "\t", "\U0010ffff", "lond")] == [()] * 5


def test_runs_of_letters_are_counted_with_a_words_beginning_and_end() -> None:
    assert gathered.runs("oslo") == ["^os", "osl", "slo", "lo$"]
    assert gathered.words("Saint-Étienne, on 5") == ["saint", "etienne"]

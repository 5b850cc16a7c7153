"""What word lists put into tables is in the tables' vocabularies: a slip in one line would hold back a whole table."""

from pathlib import Path

import pytest

from pipeline import lexicon

LISTS = sorted(path.stem for path in Path(lexicon.__file__).parent.glob("*.csv"))
COUNTRIES = {row["country"] for row in lexicon.table("country_wikidata")}


def vocabulary(name: str) -> set[str]:
    return {row["value"] for row in lexicon.table("vocabularies") if row["vocabulary"] == name}


def values(words: str, column: str) -> set[str]:
    return {value for row in lexicon.table(words) if (value := row.get(column) or "")}


@pytest.mark.parametrize("words", LISTS)
def test_sectors_are_known(words: str) -> None:
    assert values(words, "sector") <= vocabulary("sector")


@pytest.mark.parametrize("words", ["bodies", "body_nouns", "groups"])
def test_types_of_actors_are_known(words: str) -> None:
    assert values(words, "type") <= vocabulary("actor_type")


@pytest.mark.parametrize("words", ["bodies", "groups"])
def test_countries_are_known(words: str) -> None:
    assert values(words, "country") <= COUNTRIES

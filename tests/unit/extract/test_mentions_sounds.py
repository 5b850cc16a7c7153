"""Which country a person's name sounds like."""

import pytest

from pipeline.extract.mentions.sounds import sounds
from pipeline.extract.mentions.span import Actor, ActorSpan


def heard(name: str, countries: list[str], type_: str = "person") -> dict[str, dict[str, float]]:
    return sounds(Actor(type_, spans=[ActorSpan(0, 1, "name", type_, name)]), countries)


@pytest.mark.parametrize(
    ("name", "own", "other"),
    [
        ("Martin Hollingworth", "GBR", "IRQ"),
        ("Tin Maung Oo", "MMR", "PAK"),
        ("Wojciech Grabowski", "POL", "USA"),
        ("Jürgen Oberhausen", "DEU", "IND"),
        ("Temirlan Karabayev", "KAZ", "FRA"),
    ],
)
def test_a_name_has_the_letters_of_its_countrys_towns(name: str, own: str, other: str) -> None:
    found = heard(name, [other, own])
    assert found[own]["name fits"] > found[other]["name fits"]
    assert found[own]["name share"] > 0.5 > found[other]["name share"]
    assert found[own]["name against others"] > 0 > found[other]["name against others"]


def test_only_people_whose_names_have_latin_letters_are_heard() -> None:
    assert heard("Velt Shipping", ["NOR", "PER"], "company") == {}
    assert heard("Ли", ["NOR", "PER"]) == {}
    assert heard("Ana Soto", []) == {}


def test_what_is_heard_is_bounded_also_for_countries_without_towns() -> None:
    found = heard("Xqzwvj " * 40, ["PER", "ATA"])
    assert all(-3.0 <= value <= 3.0 for values in found.values() for value in values.values())


@pytest.mark.parametrize(
    ("name", "own", "other"),
    [
        ("Gwendolyn Harrowsmith", "USA", "IRQ"),
        ("Giancarlo Bellandini", "ITA", "GBR"),
        ("Vyacheslav Drobyshev", "RUS", "SWE"),
        ("Ngozi Adeyinkola", "NGA", "JPN"),
        ("Ruwan Gunasekara", "LKA", "AUS"),
    ],
)
def test_a_name_has_the_letters_of_its_countrys_people(name: str, own: str, other: str) -> None:
    found = heard(name, [other, own])
    assert found[own]["people fits"] > found[other]["people fits"]
    assert found[own]["people against others"] > 0 > found[other]["people against others"]


def test_where_no_names_of_people_are_known_the_towns_speak_alone() -> None:
    found = heard("Ana Soto", ["ATA", "PER"])
    assert "name fits" in found["ATA"] and "people fits" not in found["ATA"]
    assert "people fits" in found["PER"]

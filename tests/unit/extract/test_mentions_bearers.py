"""Who bears a name: behind titles, by short forms of national bodies, by what an army says of its soldiers, by the city in a name."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]


def bearers(parsed: Parsed, text: str, words: str) -> list[Entity]:
    """The actors that some words of a text name, in order."""
    mentions, entities = extract_mentions(parsed(text))
    known = {e.entity_id: e for e in entities}
    return [known[m.actor_id] for m in mentions if m.text == words and m.actor_id in known]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister German Orlov said on Monday that the mine would stay open.", "German Orlov"),
        ("Police questioned Mr. German Holub about the fire.", "German Holub"),
        ("Finance Minister German Salas cut the budget on Tuesday.", "German Salas"),
    ],
)
def test_a_peoples_word_between_title_and_surname_is_a_given_name(
    parsed: Parsed, text: str, name: str
) -> None:
    assert [e.actor_type for e in bearers(parsed, text, name)] == ["person"]


def test_a_peoples_word_before_a_title_is_the_countrys(parsed: Parsed) -> None:
    found = bearers(parsed, "German Minister Paula Renz said the talks failed.", "Paula Renz")
    assert [e.country for e in found] == ["DEU"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sergeant Bristol opened the door. Bristol had no warrant.", "Bristol"),
        ("May it please the court, Justice Houston. I speak for the city.", "Houston"),
        ("Corporal Lancaster lost a leg. The army flew Lancaster home.", "Lancaster"),
    ],
)
def test_a_citys_name_behind_a_rank_is_a_persons(parsed: Parsed, text: str, name: str) -> None:
    found = bearers(parsed, text, name)
    assert found
    assert {e.actor_type for e in found} == {"person"}


def test_a_city_behind_a_verb_stays_one(parsed: Parsed) -> None:
    assert not [
        e
        for e in bearers(parsed, "Trains left Bristol at noon. Rain fell on Bristol.", "Bristol")
        if e.actor_type == "person"
    ]


def test_a_name_behind_what_an_office_is_of_is_its_holders(parsed: Parsed) -> None:
    found = bearers(parsed, "The head of Milan's fire brigade, Ugo Serra, asked for help.", "Ugo Serra")
    assert [e.actor_type for e in found] == ["person"]


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        (
            "The Turkish Red Crescent opened a camp. The Red Crescent said it needed tents.",
            "Red Crescent",
            "Turkish Red Crescent",
            "TUR",
        ),
        (
            "The Norwegian Refugee Council left the town. The Refugee Council blamed the army.",
            "Refugee Council",
            "Norwegian Refugee Council",
            "NOR",
        ),
    ],
)
def test_a_short_form_is_the_national_body_named_before(
    parsed: Parsed, text: str, words: str, name: str, country: str
) -> None:
    assert [(e.name, e.country) for e in bearers(parsed, text, words)] == [(name, country)]


def test_a_name_that_stands_before_the_national_one_is_its_own(parsed: Parsed) -> None:
    text = "The Red Cross sent tents. Later the Swiss Red Cross sent doctors."
    assert [e.name for e in bearers(parsed, text, "Red Cross")] == ["Red Cross"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Philippine army said soldiers found the camp.", "soldiers", "Philippine army"),
        ("The Israeli army said troops raided the town of Tubas at dawn.", "troops", "Israeli army"),
        ("A Pakistani army spokesman said troops had cleared the valley.", "troops", "Pakistani army"),
    ],
)
def test_whose_soldiers_is_told_by_the_army_that_says_what_they_did(
    parsed: Parsed, text: str, words: str, name: str
) -> None:
    assert [e.name for e in bearers(parsed, text, words)] == [name]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The British military says coalition forces killed ten men.", "coalition forces"),
        ("The Lebanese army said rebel troops shelled the port.", "rebel troops"),
    ],
)
def test_others_soldiers_are_not_the_armys(parsed: Parsed, text: str, words: str) -> None:
    assert not {"British military", "Lebanese army"} & {e.name for e in bearers(parsed, text, words)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Los Angeles Comets signed the goalkeeper on Monday.", "Los Angeles Comets", "USA"),
        ("The Karachi Morning Courier said its office was searched.", "Karachi Morning Courier", "PAK"),
        ("The Buenos Aires Herald-Tribune printed the letter.", "Buenos Aires Herald-Tribune", "ARG"),
    ],
)
def test_a_body_is_of_the_city_that_its_name_begins_with(
    parsed: Parsed, text: str, name: str, country: str
) -> None:
    assert [(e.country, e.country_basis) for e in bearers(parsed, text, name)] == [(country, "seat")]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The British charity Save the Children pulled its staff out of Darfur.", "Save the Children", "GBR"),
        ("Oxfam, a British charity, asked Sudan for visas.", "Oxfam", "GBR"),
        ("In Kenya, Oxfam blamed the police. British lawyers agreed.", "Oxfam", None),
    ],
)
def test_a_listed_body_without_a_country_has_the_one_that_describes_it(
    parsed: Parsed, text: str, name: str, country: str | None
) -> None:
    assert [e.country for e in bearers(parsed, text, name)] == [country]


def test_where_something_of_a_bodys_is_does_not_seat_it(parsed: Parsed) -> None:
    text = "Velotta's plant in Oslo burned. Velotta, an Italian carmaker, blamed the weather."
    assert {e.country for e in bearers(parsed, text, "Velotta")} == {"ITA"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers killed hundreds of ethnic Ndebo in the south. The Ndebo fled to Zambia.", "Ndebo"),
        ("Hundreds of ethnic Kachan marched on Sunday.", "Kachan"),
    ],
)
def test_a_name_behind_ethnic_is_a_peoples(parsed: Parsed, text: str, name: str) -> None:
    assert {e.actor_type for e in bearers(parsed, text, name)} == {"group"}


@pytest.mark.parametrize("text", ["Marine One landed on the lawn at noon.", "Reporters ran to Marine One."])
def test_a_name_that_ends_in_a_number_is_no_persons(parsed: Parsed, text: str) -> None:
    assert not [e for e in bearers(parsed, text, "Marine One") if e.actor_type == "person"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Boston takes on the New York Comets tonight, and the Comets are tired.",
            "Comets",
            "New York Comets",
        ),
        ("The Ohio Otters host the Chicago Rams. The Rams have won six games.", "Rams", "Chicago Rams"),
    ],
)
def test_a_club_is_named_by_its_city_and_then_without(
    parsed: Parsed, text: str, words: str, name: str
) -> None:
    assert {(e.name, e.actor_type) for e in bearers(parsed, text, words)} == {(name, "organization")}


def test_people_named_like_cities_are_no_clubs(parsed: Parsed) -> None:
    text = "The mayor met Paris Hughes and Milan Petrovics. Hughes laughed."
    assert {e.actor_type for e in bearers(parsed, text, "Paris Hughes")} == {"person"}


def test_a_body_of_several_countries_is_of_none(parsed: Parsed) -> None:
    text = "The United States urged the Organization of Coffee Exporting Countries to sell more. U.S. buyers paid less."
    found = bearers(parsed, text, "Organization of Coffee Exporting Countries")
    assert [(e.actor_type, e.country, e.country_basis) for e in found] == [("igo", None, None)]

"""People without a name, told by whose or where they are, and parts of a country that rule."""

from collections.abc import Callable

import pytest

from pipeline.extract import read_all
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.kept import keep_actors
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]


def actors(parsed: Parsed, text: str) -> dict[str, Entity]:
    return {e.name: e for e in extract_mentions(parsed(text))[1]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Members of the Senate said the law was void.", "Members of the Senate"),
        ("Supporters of President Ana Ruiz marched at noon.", "Supporters of President Ana Ruiz"),
        ("Villagers said that veterans of the war seized two farms.", "veterans of the war"),
        ("The mayor of Lyon blamed the drivers.", "mayor of Lyon"),
    ],
)
def test_whose_people_are_belongs_to_them(parsed: Parsed, text: str, name: str) -> None:
    assert name in actors(parsed, text)


@pytest.mark.parametrize(
    "text",
    ["The members were tired.", "Opponents of the Lima deal jeered.", "Members of Ana Ruiz's choir sang."],
)
def test_what_does_not_say_whose_they_are_is_left_out(parsed: Parsed, text: str) -> None:
    assert not any(" of " in name or "embers" in name for name in actors(parsed, text))


def test_a_crowd_named_in_full_once_is_one_crowd(parsed: Parsed) -> None:
    found = actors(parsed, "Supporters of Ana Ruiz burned tyres in Lima. Later the supporters went home.")
    crowds = [e for e in found.values() if e.actor_type == "group"]
    assert [(e.name, e.aliases) for e in crowds] == [
        ("Supporters of Ana Ruiz", "Supporters of Ana Ruiz | supporters")
    ]


def test_a_state_that_rules_is_a_government_and_one_that_does_not_a_place(parsed: Parsed) -> None:
    text = "Ohio sued the mill on Monday. Rain fell in Nevada. A suit filed by Texas failed."
    found, _ = read_all(parsed(text))
    assert [e.name for e in found.entities if e.actor_type == "government"] == ["Ohio", "Texas"]
    for one in found.entities:
        one.actorhood = 99.0 if one.name == "Ohio" else -99.0
    left = {m.text: m for m in keep_actors(found).mentions}
    assert (left["Ohio"].entity_type, left["Ohio"].place_id) == ("government", None)
    for state in ("Nevada", "Texas"):
        assert left[state].entity_type == "place" and left[state].place_id and not left[state].actor_id


def test_the_country_of_an_amounts_money_tells_of_nobody(parsed: Parsed) -> None:
    text = (
        "The mill cost six million US dollars. Tarun Odel, who ran it, sang. A clip of it was put on Twitter."
    )
    assert actors(parsed, text)["Tarun Odel"].country is None


def test_members_of_an_armed_group_are_the_group(parsed: Parsed) -> None:
    text = "Militants from Hamas claimed it. Members of Hamas met in Gaza. Rioters ran; protesters denounced the rioters."
    found = actors(parsed, text)
    assert [e.name for e in found.values() if e.actor_type == "armed_group"] == ["Hamas"]
    assert {e.name for e in found.values() if e.actor_type == "group"} == {"Rioters", "protesters"}


def test_an_envoy_that_a_country_recalls_is_not_of_the_country_where_he_was(parsed: Parsed) -> None:
    found = actors(
        parsed, "Turkey recalled its Peruvian ambassador Nabi Oren. Luis Ines Mora da Silva met him."
    )
    assert found["Nabi Oren"].country != "PER"
    assert "Luis Ines Mora da Silva" in found


def test_the_university_is_not_its_football_club(parsed: Parsed) -> None:
    text = (
        "The University of Orsk is cautious. Orsk University F.C. played. The university said it was sorry."
    )
    mentions, entities = extract_mentions(parsed(text))
    names = {e.entity_id: e.name for e in entities}
    assert {names[m.actor_id] for m in mentions if m.text == "The university" and m.actor_id} == {
        "University of Orsk"
    }

"""Who is not of the country that the story is about, and names that are halves of others or of nobody."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]
SCENE = "Police in Kenya fired at marchers in Nairobi. The Kenyan government blamed the crowd. "


def found(parsed: Parsed, text: str) -> dict[str, Entity]:
    """Actors by each of the names that the text gives them."""
    return {name: e for e in extract_mentions(parsed(text))[1] for name in e.aliases.split(" | ")}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("“It was brutal,” said Lena Holm, the UN High Commissioner for Human Rights.", "Lena Holm", None),
        ("A spokesman for the UN High Commissioner for Refugees, Arno Beck, agreed.", "Arno Beck", None),
        ("“It was brutal,” said Lena Holm of the World Health Organization.", "Lena Holm", None),
        ("“It was brutal,” said Lena Holm, of Reporters Without Borders.", "Lena Holm", None),
        ("“It was brutal,” said Lena Holm, from the BBC, on Monday.", "Lena Holm", "GBR"),
        ("The European Peace Institute sent observers.", "European Peace Institute", None),
        ("The Observer published pictures of the march.", "The Observer", None),
        ("Brandt Systems, the Oregon-based firm that makes the gas, was silent.", "Brandt Systems", "USA"),
        ("The Norwegian army's chief in Kenya, Olav Dahl, watched.", "Olav Dahl", "NOR"),
        ("The West African Peace Bureau sent observers.", "West African Peace Bureau", None),
        ("Secretary-General Olav Dahl called for calm.", "Olav Dahl", None),
        ("Police guard letters that Martin Aldus wrote in the 3rd century.", "Martin Aldus", None),
        ("A court fined X 5 million shillings on Tuesday. X said it would appeal.", "X", "USA"),
    ],
)
def test_people_and_bodies_from_elsewhere(parsed: Parsed, text: str, name: str, country: str | None) -> None:
    assert found(parsed, SCENE + text)[name].country == country


def test_those_who_belong_to_the_scene_keep_its_country(parsed: Parsed) -> None:
    assert found(parsed, SCENE + "Judge Grace Achieng freed two men.")["Grace Achieng"].country == "KEN"


def test_a_paper_of_a_place_is_not_the_listed_one(parsed: Parsed) -> None:
    text = "Voters in Malta went to the polls. The Independent of Malta reported long lines."
    listed = [e for e in extract_mentions(parsed(text))[1] if e.identity == "body:The Independent"]
    assert not listed


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (
            "The High Council of the Republic met in Lomé on Monday. The Council named a judge.",
            {"High Council of the Republic", "Council"},
        ),
        ("Ahmed Shukri resigned. “I go,” Ahmed Shuqri told reporters.", {"Ahmed Shukri", "Ahmed Shuqri"}),
        ("Captain Omar Traoré took power. Captain Traoré spoke on Sunday.", {"Omar Traoré", "Traoré"}),
    ],
)
def test_forms_of_one_name_are_one_actor(parsed: Parsed, text: str, one: set[str]) -> None:
    by_name = found(parsed, text)
    assert len({by_name[name].entity_id for name in one}) == 1


def test_two_people_of_one_given_name_stay_two(parsed: Parsed) -> None:
    by_name = found(parsed, "Ahmed Shukri resigned. Ahmed Sabri told reporters that he stays.")
    assert by_name["Ahmed Shukri"].entity_id != by_name["Ahmed Sabri"].entity_id


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Ruiz, the commissioner for Home Affairs, resigned.", "Home Affairs"),
        ("Rebels shot down a Turkish F-4 jet on Monday.", "F-4"),
        ("The City Clerk, Ana Ruiz, resigned in Ohio.", "City"),
    ],
)
def test_what_is_no_actor(parsed: Parsed, text: str, name: str) -> None:
    assert name not in found(parsed, text)


def test_a_title_before_a_comma_tells_the_role(parsed: Parsed) -> None:
    holder = found(parsed, "Secretary of State, Joan Wexler, is due in Kenya on Monday.")["Joan Wexler"]
    assert (holder.role, holder.country) == ("secretary of state", "USA")


def test_a_broadcasters_reporter_is_not_of_the_scene(parsed: Parsed) -> None:
    assert found(parsed, SCENE + "“I saw it,” he told ABC News' Joan Wexler.")["Joan Wexler"].country == "USA"


def test_armed_people_of_a_creed_are_no_states(parsed: Parsed) -> None:
    by_name = found(parsed, SCENE + "Islamist forces seized a town. Islamist leaders threatened the army.")
    types = {name: by_name[name].actor_type for name in ("Islamist forces", "Islamist leaders")}
    assert types == {"Islamist forces": "armed_group", "Islamist leaders": "group"}


def test_a_people_of_a_region_is_no_paper(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("Kenya sent East African peacekeepers to Somalia."))
    assert "media" not in {m.entity_type for m in mentions}


def test_whom_a_country_helps_is_not_of_it(parsed: Parsed) -> None:
    text = "Somalia's Ethiopian-backed government met rebels. U.S.-led coalition forces fired at a truck."
    by_name = found(parsed, text)
    assert by_name["Ethiopian-backed government"].country == "SOM"
    assert by_name["U.S.-led coalition forces"].country is None
    assert found(parsed, "The Syrian-backed opposition met.")["Syrian-backed opposition"].country is None


def test_peacekeepers_of_one_body_are_one_actor(parsed: Parsed) -> None:
    text = "Rebels attacked African Union peacekeepers in Mogadishu. A bomb wounded two AU peacekeepers."
    by_name = found(parsed, text)
    assert by_name["African Union peacekeepers"] is by_name["AU peacekeepers"]

"""Names of people that only others' names complete or tell, and people of whom a country that is near tells nothing."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]


def actors(parsed: Parsed, text: str) -> dict[str, Entity]:
    return {e.name: e for e in extract_mentions(parsed(text))[1]}


def called(parsed: Parsed, text: str, words: str) -> Entity | None:
    """The actor that some words of a text name."""
    mentions, entities = extract_mentions(parsed(text))
    ids = {m.actor_id for m in mentions if m.text == words}
    return next((e for e in entities if e.entity_id in ids), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Paul Hald spoke in Lima. Guests thanked Paul and Martha Hald for coming.", "Paul Hald"),
        ("The brothers Peter and Paul Hald sued the mill.", "Peter Hald"),
        ("The twins Peter and Martin Hald sued the mill.", "Peter Hald"),
        ("A court in Lima heard the spouses George and Laura Hald.", "George Hald"),
        ("Reporters met George and Laura Varnholt. The Varnholts said nothing.", "George Varnholt"),
    ],
)
def test_a_given_name_before_kin_s_full_name_is_complete(parsed: Parsed, text: str, name: str) -> None:
    found = actors(parsed, text)
    assert name in found
    assert not {"Paul", "Peter", "George"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "Fans cheered for Monica, Anna and Laura Varnholt on Monday.",
        "Peter and Laura Varnholt met in a court in Lima.",
    ],
)
def test_without_a_word_of_kin_each_keeps_the_name_that_is_there(parsed: Parsed, text: str) -> None:
    assert not {"Anna Varnholt", "Peter Varnholt"} & set(actors(parsed, text))


def test_a_family_is_a_group(parsed: Parsed) -> None:
    text = "Donors paid Anna Turvin and Paul Turvin. The money went to the Turvins, the paper said."
    found = called(parsed, text, "Turvins")
    assert found is not None and found.actor_type == "group"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Donors include Martin Hald of Larsen Provident and Anna Ruiz of Casper Hollis Endeavor.",
            "Larsen Provident",
        ),
        (
            "Donors include Martin Hald of Larsen Provident and Anna Ruiz of Casper Hollis Endeavor.",
            "Casper Hollis Endeavor",
        ),
    ],
)
def test_whoever_somebody_is_of_is_no_person(parsed: Parsed, text: str, words: str) -> None:
    found = called(parsed, text, words)
    assert found is not None and found.actor_type != "person"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The United States will fight on, President Ann Roe said. Terrorists must be stopped.",
            "Terrorists",
        ),
        ("The navy of Peru saved 40 asylum seekers off Callao.", "asylum seekers"),
        ("Chile held 20 migrants at the border on Monday.", "migrants"),
    ],
)
def test_people_of_anywhere_have_no_guessed_country(parsed: Parsed, text: str, words: str) -> None:
    found = called(parsed, text, words)
    assert found is not None and found.country is None


def test_people_of_anywhere_have_the_country_that_a_word_tells(parsed: Parsed) -> None:
    found = called(parsed, "Lebanon took in 40 Syrian refugees on Monday.", "Syrian refugees")
    assert found is not None and found.country == "SYR"


@pytest.mark.parametrize(
    ("text", "words", "same"),
    [
        (
            "The government of Peru fell. Party officials said that talks went on in Lima.",
            "Party officials",
            False,
        ),
        ("The army of Mali left Gao on Monday. Local forces took the town.", "Local forces", False),
        (
            "The government of Peru fell. Senior officials said that talks went on in Lima.",
            "Senior officials",
            True,
        ),
    ],
)
def test_officials_of_a_party_and_local_forces_are_no_state_s(
    parsed: Parsed, text: str, words: str, same: bool
) -> None:
    found = called(parsed, text, words)
    assert found is not None
    assert ((found.country is not None) and found.actor_type in ("government", "military")) == same


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("His brother Karim al-Hald,[1] who led it, fled.[2]", "Karim al-Hald"),
        ("It was shut by Varnholt Systems.[12] The firm said so.", "Varnholt Systems"),
    ],
)
def test_marks_of_notes_belong_to_no_name(parsed: Parsed, text: str, words: str) -> None:
    assert called(parsed, text, words) is not None


def test_a_coalition_of_one_country_is_not_the_one_of_many(parsed: Parsed) -> None:
    text = "The Syrian Arab Coalition took the town. Jets of the Global Coalition helped, the Coalition said."
    one, many = called(parsed, text, "Syrian Arab Coalition"), called(parsed, text, "Coalition")
    assert one is not None and many is not None
    assert (one.entity_id != many.entity_id, one.country, many.country) == (True, "SYR", None)


def test_of_whose_forebears_somebody_is_tells_no_country(parsed: Parsed) -> None:
    text = "Gonzalo Varela, a judge of Mexican descent who was born in Ohio, said no."
    found = actors(parsed, text)["Gonzalo Varela"]
    assert found.country != "MEX"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The army of Mali left Gao on Monday. Coalition forces took the town.", "Coalition forces"),
        ("The army of Mali left Gao on Monday. Allied troops took the town.", "Allied troops"),
    ],
)
def test_forces_of_a_side_are_no_state_s(parsed: Parsed, text: str, words: str) -> None:
    found = called(parsed, text, words)
    assert found is not None and found.country is None


def test_two_towns_are_no_company(parsed: Parsed) -> None:
    text = "The assault of Wolmara and Husabala was short. Troops stayed in Husabala."
    assert "Wolmara and Husabala" not in actors(parsed, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Men of the 3rd Battalion took Larmo on Monday.", "3rd Battalion"),
        ("The 22nd Brigade left Gao, the ministry said.", "22nd Brigade"),
        ("The Amphibious Task Group left Toulon on Monday.", "Amphibious Task Group"),
    ],
)
def test_a_unit_is_military(parsed: Parsed, text: str, words: str) -> None:
    found = called(parsed, text, words)
    assert found is not None and found.actor_type == "military"


@pytest.mark.parametrize(
    "text",
    [
        "Zolvane al-Hadd is a militant Sunni group that took part in the war.",
        "Zolvane al-Hadd, a rebel Kurdish movement, shelled Larmo on Monday.",
    ],
)
def test_a_people_between_does_not_hide_the_kind(parsed: Parsed, text: str) -> None:
    assert actors(parsed, text)["Zolvane al-Hadd"].actor_type == "armed_group"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "Gunmen burned a village in northern Mali, and five people are missing in Mali, officials said.\n\n"
            "The Chilean government raised wages in Chile on Tuesday.",
            "MLI",
        ),
        (
            "Gunmen burned a village in northern Chile, and five people are missing in Chile, officials said.\n\n"
            "The Chilean government raised wages in Chile on Tuesday.",
            "CHL",
        ),
    ],
)
def test_officials_of_one_story_are_not_the_only_named_state_of_another(
    parsed: Parsed, text: str, country: str
) -> None:
    found = called(parsed, text, "officials")
    assert found is not None and found.country in (country, None)
    state = called(parsed, text, "Chilean government")
    assert state is not None and (state.entity_id == found.entity_id) == (country == "CHL")

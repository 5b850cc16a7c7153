"""Where a story plays and what that tells: countries of people and bodies, namesakes in lists, nouns that go back."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]


def actors(parsed: Parsed, text: str) -> dict[str, Entity]:
    return {e.name: e for e in extract_mentions(parsed(text))[1]}


def named(parsed: Parsed, text: str, words: str) -> Entity:
    """The actor that an article's words stand for."""
    mentions, entities = extract_mentions(parsed(text))
    by_id = {e.entity_id: e for e in entities}
    return next(by_id[m.actor_id] for m in reversed(mentions) if m.text == words and m.actor_id)


@pytest.mark.parametrize(
    ("text", "words", "country", "guessed"),
    [
        (
            "Farmers in Bolivia marched. The Bolivian police watched. Rosa Mamani, a nurse, sang.",
            "Rosa Mamani",
            "BOL",
            True,
        ),
        ("Bolivia and Peru met. Ana Soto of Chile spoke to Fiji's Josefa Tuva.", "Josefa Tuva", "FJI", False),
        (
            "Officials in Kenya met. Kenyan shops closed. Zorvak Shipping, a firm based in Norway, stayed.",
            "Zorvak Shipping",
            "NOR",
            False,
        ),
        (
            "Traders sold to Norway, Peru and Fiji. Shops shut. Streets were calm. It rained. Night fell. Buses stopped. "
            "Then Tarun Odel sang.",
            "Tarun Odel",
            None,
            False,
        ),
        ("The Danish charity Velmor Aid left Mali.", "Velmor Aid", "DNK", False),
        (
            "Mali was calm. Swedish lamp and lens maker Torvik Optik said it would stay.",
            "Torvik Optik",
            "SWE",
            False,
        ),
        ("A Dane, Jonas Hvid, was held in Mali.", "Jonas Hvid", "DNK", False),
        ("In Mali, Torvik Optik, a Swedish lens maker, closed.", "Torvik Optik", "SWE", False),
        ("Ohio Governor Ann Doyle met farmers.", "Ann Doyle", "USA", False),
        ("The governor of Helmand, Daud Kohzad, spoke.", "Daud Kohzad", "AFG", False),
    ],
)
def test_country_by_the_words_beside_a_name_else_by_the_scene(
    parsed: Parsed, text: str, words: str, country: str | None, guessed: bool
) -> None:
    actor = named(parsed, text, words)
    assert (actor.country, actor.country_basis == "guessed") == (country, guessed)


def test_a_country_has_one_president(parsed: Parsed) -> None:
    text = "Ghana's president, Kofi Boadu, spoke in Accra. Ghanaians cheered. President Alan Reyes listened."
    found = actors(parsed, text)
    assert (found["Kofi Boadu"].country, found["Alan Reyes"].country) == ("GHA", None)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Fighting near Goma has emptied villages, and Congo's army withdrew.", "Congo", "COD"),
        ("Ministers met in Brazzaville, where Congo's budget was signed.", "Congo", "COG"),
        ("Guinea-Bissau voted. Bissau was calm, and Guinea's youth stayed home.", "Guinea", "GNB"),
    ],
)
def test_the_other_words_say_which_country_a_shared_name_means(
    parsed: Parsed, text: str, words: str, country: str
) -> None:
    assert named(parsed, text, words).country == country


def test_georgia_may_be_the_american_state(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("Judges in Atlanta ruled that Georgia must count the ballots."))
    assert [m.entity_type for m in mentions if m.text == "Georgia"] == ["government"]


def test_a_party_that_many_countries_know_is_that_of_the_scene(parsed: Parsed) -> None:
    text = "South Korea votes in May. South Koreans in Busan queued. The Democratic Party leads in Seoul."
    party = actors(parsed, text)["Democratic Party"]
    assert (party.country, party.identity) == ("KOR", "Democratic Party:KOR")


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Chadian towns flooded. Chad asked for tents. The interior ministry closed roads.",
            "The interior ministry",
            "Chadian interior ministry",
        ),
        (
            "Norlund Foods said it was sorry. Its shares fell. The retailer will close shops.",
            "The retailer",
            "Norlund Foods",
        ),
        (
            "The Tarvos Commission met on Friday. Lawyers spoke. The commission will vote.",
            "The commission",
            "Tarvos Commission",
        ),
        ("The Sahel Relief Forum (SRF) met. Farmers spoke to the SRF.", "SRF", "Sahel Relief Forum"),
        ("Tomas Beld, known as Kravo, fled. Soldiers chased Kravo.", "Kravo", "Tomas Beld"),
        (
            "Senator Rafael Ibarra Sotomayor won. Voters cheered Mr Ibarra.",
            "Ibarra",
            "Rafael Ibarra Sotomayor",
        ),
    ],
)
def test_short_words_go_back_to_the_full_name(parsed: Parsed, text: str, words: str, name: str) -> None:
    assert named(parsed, text, words).name == name


def test_capitals_of_states_that_own_or_do(parsed: Parsed) -> None:
    text = "Diplomats said the trucks were donated by Beijing. Moscow's ambassador left. They met in Ottawa."
    found = {e.identity for e in extract_mentions(parsed(text))[1]}
    assert {"country:CHN", "country:RUS"} <= found
    assert "country:CAN" not in found


def test_countries_that_play_are_teams(parsed: Parsed) -> None:
    text = (
        "Ghana beat Norway after a penalty. The striker scored a late goal, the referee booked the goalkeeper,"
        " and a midfielder hit the post. The football tournament goes on in Norway, with a semi-final on Friday."
    )
    found = {(e.identity, e.actor_type) for e in extract_mentions(parsed(text))[1]}
    assert ("team:GHA", "organization") in found
    assert ("country:NOR", "country") in found


def test_opposition_leaders_are_no_government(parsed: Parsed) -> None:
    found = {e.identity for e in extract_mentions(parsed("Zambia's opposition leaders met in Lusaka."))[1]}
    assert "government:ZMB" not in found


def test_a_name_that_follows_an_office_gives_its_holder(parsed: Parsed) -> None:
    text = "Peru's foreign minister says talks failed. Rosa Duro told reporters that Chile had left."
    found = actors(parsed, text)
    assert (found["Rosa Duro"].role, found["Rosa Duro"].country) == ("foreign minister", "PER")
    assert "Peru's foreign minister" not in found


def test_a_state_that_sues_is_a_government_and_one_that_only_locates_is_none(parsed: Parsed) -> None:
    found = actors(parsed, "Ohio sued the agency on Monday. It rained in Nevada.")
    assert (found["Ohio"].actor_type, found["Ohio"].country) == ("government", "USA")
    assert "Nevada" not in found


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("The rebel group Zolvane attacked a town.", "Zolvane", "armed_group"),
        ("The Zolvane Liberation Army attacked a town.", "Zolvane Liberation Army", "armed_group"),
        ("The German firm Velt closed a plant.", "Velt", "company"),
    ],
)
def test_the_noun_before_a_name_tells_what_it_is(parsed: Parsed, text: str, words: str, type_: str) -> None:
    assert named(parsed, text, words).actor_type == type_


def test_forces_of_an_alliance_are_of_no_country_where_they_stand(parsed: Parsed) -> None:
    assert named(parsed, "NATO forces in Afghanistan left on Monday.", "NATO forces").country is None


def test_a_state_is_not_the_country_in_its_name(parsed: Parsed) -> None:
    text = "The Parliament of New South Wales voted on Monday. The Parliament of New South Wales rose."
    assert named(parsed, text, "Parliament of New South Wales").country != "GBR"


def test_nobody_guesses_for_whom_a_player_plays(parsed: Parsed) -> None:
    text = (
        "Chile defeated Peru 2-1 in the final match of the cup. Peru equalised in the first half when striker Pablo "
        "Soto scored a penalty. Tomas Vidal scored the winning goal for the team in the second half. "
        "The goalkeeper was booked, and a defender received a red card before the final whistle."
    )
    found = actors(parsed, text)
    assert {"Chile national team", "Peru national team"} <= set(found)
    assert found["Tomas Vidal"].country is None


def test_a_court_of_a_state_that_is_named_as_a_country_is_of_the_states_country(parsed: Parsed) -> None:
    text = "Voters in Atlanta were turned away. The Supreme Court of Georgia ordered a recount, and the US Supreme Court agreed."
    courts = {e.name: (e.country, e.identity) for e in extract_mentions(parsed(text))[1] if "Court" in e.name}
    assert courts["Supreme Court of Georgia"] == ("USA", None)


def test_the_first_half_of_two_peoples_is_no_name(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("Franco-German talks failed on Monday. Sino-Indian trade grew."))
    assert not {m.text for m in mentions} & {"Franco", "Sino"}


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (
            "Iran's National Security Council met. The United States objected.",
            "National Security Council",
            "IRN",
        ),
        (
            "Iran's Supreme Security Council met. The United States objected.",
            "Supreme Security Council",
            "IRN",
        ),
        ("Malawi's Supreme Court ruled. So did the United States Supreme Court.", "Supreme Court", "MWI"),
        ("Togo's Social Democratic Party won. Germany praised it.", "Social Democratic Party", "TGO"),
        (
            "The Social Democratic Party won in Berlin, Germany. France praised it.",
            "Social Democratic Party",
            "DEU",
        ),
        ("The US National Security Council met. So did the FBI.", "US National Security Council", "USA"),
    ],
)
def test_a_listed_body_is_that_of_its_owner(parsed: Parsed, text: str, words: str, country: str) -> None:
    assert named(parsed, text, words).country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "A storm hit the Bahamas and the United States. Prime Minister Ann Roe urged people to leave.",
            "BHS",
        ),
        ("A storm hit the Bahamas and the United States. President Ann Roe urged people to leave.", "USA"),
    ],
)
def test_no_country_is_guessed_that_has_no_such_office(parsed: Parsed, text: str, country: str) -> None:
    assert actors(parsed, text)["Ann Roe"].country == country


def test_a_territory_s_people_are_not_those_of_the_state_that_it_belongs_to(parsed: Parsed) -> None:
    assert named(parsed, "Three American Samoans sued the state.", "American Samoans").country == "ASM"

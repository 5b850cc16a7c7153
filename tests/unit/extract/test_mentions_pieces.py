"""Pieces of longer names, things that bear names, and posts abroad: what is no actor, and what goes back to one."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]


def actors(parsed: Parsed, text: str) -> dict[str, Entity]:
    return {e.name: e for e in extract_mentions(parsed(text))[1]}


def called(parsed: Parsed, text: str, words: str) -> list[str]:
    """Names of the actors that some words of a text name, in order."""
    mentions, entities = extract_mentions(parsed(text))
    names = {e.entity_id: e.name for e in entities}
    return [names[m.actor_id] for m in mentions if m.text == words and m.actor_id in names]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Reporters waited for the minister of Mines in Cusco all night.", "Mines"),
        ("A nurse sued the Minister of the Environment over the smoke.", "Environment"),
        ("Farmers booed Minister of Livestock and Rural Affairs Pavel Dren in the square.", "Livestock"),
        ("Ann Cole, professor of Rural Law in Lima, sued the state.", "Rural Law"),
    ],
)
def test_what_an_office_is_for_is_no_actor(parsed: Parsed, text: str, words: str) -> None:
    assert not [name for name in actors(parsed, text) if words in name]


def test_whom_a_minister_governs_is_one(parsed: Parsed) -> None:
    assert "Fiji" in actors(parsed, "The prime minister of Fiji resigned. Fiji will vote in May.")


@pytest.mark.parametrize(
    "text",
    [
        "Clerks of the Marawell, Nikorat and Minurang District Courts walked out over pay.",
        "Teachers at Larvik and Morvane Colleges walked out.",
    ],
)
def test_places_that_share_the_noun_of_a_list_are_nobody(parsed: Parsed, text: str) -> None:
    assert not {"Marawell", "Nikorat", "Minurang", "Larvik", "Morvane"} & set(actors(parsed, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hurricane Freda turned north. Ports closed before Freda could reach them.", "Freda"),
        ("Storm Malvina flooded the port on Sunday. Malvina killed two people.", "Malvina"),
        ("Divers found the cargo ship Lirna Vost at noon.", "Lirna Vost"),
        ("The Geneva Conventions forbid such raids.", "Geneva"),
        ("Buyers queued for the Nova 9, which sold out within a day.", "Nova"),
        ("The Bribery Ordinance bars such gifts, a judge said.", "Bribery"),
    ],
)
def test_storms_boats_and_laws_are_no_actors(parsed: Parsed, text: str, words: str) -> None:
    assert not [name for name in actors(parsed, text) if words in name]


def test_a_station_with_a_number_is_one(parsed: Parsed) -> None:
    assert "Channel 9" in actors(parsed, "The mayor told Channel 9 that the bridge would open.")


def test_a_person_with_a_storm_s_name_stays_one(parsed: Parsed) -> None:
    text = "Storm Malvina flooded the port. Malvina Stroe, the mayor, said that Stroe’s office was closed."
    assert "Malvina Stroe" in actors(parsed, text)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Halvorsen Institute gave figures. Halvorsen also warned.", "Halvorsen", "Halvorsen Institute"),
        ("Ormsby & Sons will pay a fine. Ormsby did not admit guilt.", "Ormsby", "Ormsby & Sons"),
        ("Ana María Quispe won. Ana María, as voters call her, is 41.", "Ana María", "Ana María Quispe"),
    ],
)
def test_the_beginning_of_a_name_is_its_bearer(parsed: Parsed, text: str, words: str, name: str) -> None:
    assert called(parsed, text, words) == [name]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The National Alliance of Nurses (NAN) struck. NAN said so.", "NAN", "National Alliance of Nurses"),
        ("Workers of the Larmo Union (LU) marched. LU wants more pay.", "LU", "Larmo Union"),
    ],
)
def test_initials_behind_a_body_are_no_person_s(parsed: Parsed, text: str, words: str, name: str) -> None:
    assert set(called(parsed, text, words)) == {name}


def test_a_person_is_not_the_body_of_the_same_name(parsed: Parsed) -> None:
    text = "Paul Halvorsen founded the Halvorsen Institute. Halvorsen said it would close."
    assert called(parsed, text, "Halvorsen") == ["Paul Halvorsen"]


def test_a_line_of_the_author_names_no_actor(parsed: Parsed) -> None:
    text = "By Carla Zimmer\n\nA court in Lima freed Paul Hald. He was held by Ana Duro’s men."
    assert set(actors(parsed, text)) >= {"Paul Hald", "Ana Duro"}
    assert "Carla Zimmer" not in actors(parsed, text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Paul Merrin met the World Bank’s Bolivia director Tina Goss on a train.", "Tina Goss"),
        (
            "The IMF’s mission chief for Ghana, Marc Roude, left Accra. Ghana had asked for more.",
            "Marc Roude",
        ),
        ("Ann Stroe, UNICEF’s Chad director, asked for help.", "Ann Stroe"),
        ("Paul Odell, head of the International Skating Union, met Belgium’s king in Ghent.", "Paul Odell"),
    ],
)
def test_a_post_abroad_tells_no_country(parsed: Parsed, text: str, who: str) -> None:
    assert actors(parsed, text)[who].country is None


@pytest.mark.parametrize(
    ("text", "who", "country"),
    [
        ("Kenya Airways chief Alan Kilo spoke in Nairobi.", "Alan Kilo", "KEN"),
        ("Ghana’s finance director, Kofi Adu, spoke to the IMF.", "Kofi Adu", "GHA"),
    ],
)
def test_a_country_s_own_people_have_it(parsed: Parsed, text: str, who: str, country: str) -> None:
    assert actors(parsed, text)[who].country == country


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Papua New Guinea, Guinea and Guinea-Bissau voted no.", "Guinea", "GIN"),
        ("Guinea recalled its envoy from Guinea-Bissau.", "Guinea", "GIN"),
        ("Troops took Bissau. Guinea-Bissau’s president fled. Guinea will vote.", "Guinea", "GNB"),
        ("A North-Korean envoy was expelled from Malaysia.", "North-Korean", "PRK"),
        ("The South-African army withdrew.", "South-African army", "ZAF"),
    ],
)
def test_which_of_two_countries_with_one_name(parsed: Parsed, text: str, words: str, country: str) -> None:
    mentions, _ = extract_mentions(parsed(text))
    assert [m.country for m in mentions if m.text == words] == [country]


def test_the_commission_of_another_country_is_not_the_listed_one(parsed: Parsed) -> None:
    text = "Polls closed in Togo. The National Electoral Commission asked for calm."
    assert actors(parsed, text)["National Electoral Commission"].country != "GBR"


def test_one_of_a_people_is_no_state(parsed: Parsed) -> None:
    text = "Violinist Ann Cole played in Graz. The 54-year-old Briton thanked her teacher."
    assert not {e.actor_type for e in actors(parsed, text).values()} & {"country", "group"}
    assert called(parsed, "A Briton was killed in Spain on Monday.", "Briton") == ["Briton"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Operatives of the Larmo Border Guard held two men.",
            "Operatives of the Larmo Border Guard",
            "Larmo Border Guard",
        ),
        (
            "Officers of the Larmo County Police searched the woods.",
            "Officers of the Larmo County Police",
            "Larmo County Police",
        ),
        ("Soldiers of the Third Brigade fled at dawn.", "Soldiers of the Third Brigade", "Third Brigade"),
        (
            "Officials of the Finance Ministry met bankers in Lagos.",
            "Officials of the Finance Ministry",
            "Finance Ministry",
        ),
    ],
)
def test_who_serves_a_body_of_the_state_is_that_body(
    parsed: Parsed, text: str, words: str, name: str
) -> None:
    assert called(parsed, text, words) == [name]


def test_leaders_of_a_chamber_are_not_the_chamber(parsed: Parsed) -> None:
    text = "Leaders of the Senate met in Lima. The Senate votes on Friday."
    assert "Senate" not in called(parsed, text, "Leaders of the Senate")


_MATCH = (
    "Rovers won the league match 3-0 after their striker scored a hat-trick in the first half. The club was fined "
    "in Switzerland and misses the final of the cup. {} plays for Rovers next season, the coach said."
)


@pytest.mark.parametrize("who", ["The midfielder Tom Hale", "Tom Hale"])
def test_clubs_and_players_have_no_country_that_is_merely_near(parsed: Parsed, who: str) -> None:
    found = actors(parsed, _MATCH.format(who))
    assert found["Tom Hale"].country is None and found["Rovers"].country is None


def test_a_player_s_country_that_is_told_stays(parsed: Parsed) -> None:
    found = actors(parsed, _MATCH.format("The Norwegian midfielder Tom Hale"))
    assert found["Tom Hale"].country == "NOR"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Independence Party left the cabinet in Port Louis, Mauritius.", "Independence Party", "MUS"),
        ("Reporters of the Weekly Times were held in Lilongwe, Malawi.", "Weekly Times", None),
        ("Latvia votes on Sunday. The National Alliance leads in Riga.", "National Alliance", "LVA"),
    ],
)
def test_bodies_of_plain_words_are_the_listed_ones_only_at_home(
    parsed: Parsed, text: str, name: str, country: str | None
) -> None:
    assert actors(parsed, text)[name].country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Otto Lind, a professor of English at the University of Copenhagen, died on Monday.", "DNK"),
        ("Maria Sol, a teacher of German at the University of Copenhagen, spoke on Monday.", "DNK"),
    ],
)
def test_a_language_that_is_taught_is_nobody_s_country(parsed: Parsed, text: str, country: str) -> None:
    found = actors(parsed, text)
    assert [found[name].country for name in ("Otto Lind", "Maria Sol") if name in found] == [country]


def test_the_state_in_a_body_s_name_stays_a_place(parsed: Parsed) -> None:
    text = "The California Science Center opened in Los Angeles. Fires in California closed it."
    assert called(parsed, text, "California") == []


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("In Malta Minister Owen Tarrant met traders. Traders left.", "Owen Tarrant", None),
        ("In Ghana Bishop Amos Drewe said mass. Drewe is from a town far away.", "Amos Drewe", None),
        ("In Peru's Minister Owen Tarrant many put their trust.", "Owen Tarrant", "PER"),
        ("Malta Minister Owen Tarrant met traders. Traders left.", "Owen Tarrant", "MLT"),
    ],
)
def test_where_somebody_was_is_not_whose_minister_it_is(
    parsed: Parsed, text: str, name: str, country: str | None
) -> None:
    found = actors(parsed, text)[name]
    assert (found.country if found.country_basis != "guessed" else None) == country


@pytest.mark.parametrize("name", ["Costa Vivo", "Plaza Reuters", "Sierra Nokia"])
def test_a_name_that_ends_in_a_companys_is_not_of_its_country(parsed: Parsed, name: str) -> None:
    text = f"Environmental groups, among them {name}, sued the state over the licence of the mine."
    assert {e.country for e in actors(parsed, text).values()} <= {None}

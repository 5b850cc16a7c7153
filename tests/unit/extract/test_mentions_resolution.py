"""Who is who within one article: names, acronyms, offices, pronouns, nouns."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.index import mentions_by_token
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity

Parsed = Callable[..., ParsedArticle]


def actors(parsed: Parsed, text: str) -> list[tuple[str, str | None]]:
    """Each mention's words and its actor's name, in order."""
    mentions, entities = extract_mentions(parsed(text))
    names = {e.entity_id: e.name for e in entities}
    return [(m.text, names.get(m.actor_id or "")) for m in mentions]


def entity(parsed: Parsed, text: str, name: str) -> Entity:
    _, entities = extract_mentions(parsed(text))
    return next(e for e in entities if e.name == name)


def test_a_person_by_full_name_surname_and_title_is_one(parsed: Parsed) -> None:
    text = "Peruvian President Ana Quispe spoke on Monday. Mrs Quispe smiled. Quispe's party won."
    assert {name for words, name in actors(parsed, text) if "Quispe" in words} == {"Ana Quispe"}


def test_two_people_with_one_surname_stay_two(parsed: Parsed) -> None:
    text = "Mr Paul Brown met Mrs Mary Brown on Monday. Mrs Brown left first. Mr Brown stayed."
    lone = [name for words, name in actors(parsed, text) if words == "Brown"]
    assert lone == ["Mary Brown", "Paul Brown"]


def test_an_acronym_in_brackets_means_what_the_article_says(parsed: Parsed) -> None:
    text = "The Rapid Support Forces (RSF) attacked the town. The RSF denied it."
    assert [name for words, name in actors(parsed, text) if words == "RSF"] == ["Rapid Support Forces"] * 2


def test_words_of_a_body_in_any_order_are_one(parsed: Parsed) -> None:
    text = "The Department of Fisheries closed the port. The Fisheries Department gave no reason."
    assert len({name for words, name in actors(parsed, text) if "Fisheries" in words}) == 1


@pytest.mark.parametrize(
    ("text", "role", "country"),
    [
        ("Kenyan Foreign Minister Amina Odhiambo spoke.", "foreign minister", "KEN"),
        ("Kenya's foreign minister, Amina Odhiambo, spoke.", "foreign minister", "KEN"),
        ("Amina Odhiambo, the foreign minister of Kenya, spoke.", "foreign minister", "KEN"),
        (
            "Amina Odhiambo, Kenya's interior and culture minister, spoke.",
            "interior and culture minister",
            "KEN",
        ),
        ("Home Secretary Amina Odhiambo spoke.", "home secretary", "GBR"),
        ("Spanish journalist Amina Odhiambo spoke.", "journalist", "ESP"),
        ("Kenya is poor, the country's president Amina Odhiambo said.", "president", "KEN"),
    ],
)
def test_titles_and_appositions_tell_role_and_country(
    parsed: Parsed, text: str, role: str, country: str
) -> None:
    actor = entity(parsed, text, "Amina Odhiambo")
    assert (actor.role, actor.country) == (role, country)


def test_a_job_in_a_body_gives_the_country_of_the_body(parsed: Parsed) -> None:
    assert entity(parsed, "Pentagon press secretary Joe Doakes said so.", "Joe Doakes").country == "USA"


def test_a_prime_minister_without_a_country_is_that_of_the_article(parsed: Parsed) -> None:
    text = "Voters in Nepal and Nepalese abroad await results. Prime Minister Hari Thapa called for calm in Nepal."
    assert entity(parsed, text, "Hari Thapa").country == "NPL"


def test_an_office_names_its_holder(parsed: Parsed) -> None:
    text = "Iranian President Hossein Karimi arrived on Monday. The Iranian president smiled."
    assert actors(parsed, text)[-2] == ("Iranian president", "Hossein Karimi")
    assert ("Fiji's foreign minister", "Fiji's foreign minister") in actors(
        parsed, "Fiji's foreign minister arrived."
    )


def test_an_office_names_its_holder_beside_people_who_are_described(parsed: Parsed) -> None:
    text = (
        "Iraq's foreign minister says Syria is refusing to stop the smugglers. Salim Hadari told reporters that it "
        "must act. Syria's Ambassador Faris Makdad insisted that it had helped."
    )
    assert ("Iraq's foreign minister", "Salim Hadari") in actors(parsed, text)


def test_a_noun_beside_a_name_or_of_another_country_goes_back_to_nobody(parsed: Parsed) -> None:
    text = (
        "Israeli army radio said a soldier was hurt. The Turkish state broadcaster TRT said a ship had sunk."
    )
    assert ("The Turkish state broadcaster", "Israeli army radio") not in actors(parsed, text)
    assert ("TRT", "TRT") in actors(parsed, text)


def test_the_leader_of_a_body_is_who_was_named_so(parsed: Parsed) -> None:
    text = "Tory leader Ann Roe left for Leeds. The Tory leader smiled. Labour leader Bob Hale was silent."
    assert ("Tory leader", "Ann Roe") in actors(parsed, text)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (
            "Kenyan President Ana Duro met Chinese President Li Wen. The two leaders agreed.",
            "leaders",
            "leaders",
        ),
        ("Ana Duro met the Chinese envoy. Chinese Ambassador Wang Li smiled.", "Chinese envoy", "Wang Li"),
        (
            "British Foreign Secretary Ann Hale left. The foreign secretary smiled.",
            "The foreign secretary",
            "Ann Hale",
        ),
    ],
)
def test_offices_go_back_to_their_holders(parsed: Parsed, text: str, word: str, name: str) -> None:
    assert (word, name) in actors(parsed, text)


def test_the_prime_minister_is_no_other_minister(parsed: Parsed) -> None:
    text = "Peter Moss, former transport minister, left. The prime minister spoke in Leeds."
    assert ("The prime minister", "Peter Moss") not in actors(parsed, text)


def test_ministers_of_several_countries_are_no_ones(parsed: Parsed) -> None:
    text = "The foreign ministers of Russia, Ukraine and Germany met in Oslo. They left."
    assert not any(name == "ministers of Russia" for _, name in actors(parsed, text))


def test_an_owner_before_a_listed_body_is_no_part_of_it(parsed: Parsed) -> None:
    text = "Hargreave's Financial Times said last week that it was hiring."
    assert ("Financial Times", "Financial Times") in actors(parsed, text)


def test_an_unnamed_speaker_is_the_body(parsed: Parsed) -> None:
    assert ("Pentagon spokesman", "Pentagon") in actors(
        parsed, "A Pentagon spokesman denied it. The Pentagon said no more."
    )


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Ana Quispe won. She thanked Peru.", "She", "Ana Quispe"),
        ("Mr Paul Brown met Mrs Mary Green. He praised her.", "her", "Mary Green"),
        ("President Paul Brown spoke. His words were clear.", "His", "Paul Brown"),
        ("Peru closed its ports.", "its", "Peru"),
    ],
)
def test_pronouns(parsed: Parsed, text: str, word: str, name: str) -> None:
    assert (word, name) in actors(parsed, text)


def test_an_empty_it_means_no_one(parsed: Parsed) -> None:
    assert "It" not in [words for words, _ in actors(parsed, "Peru spoke. It is clear that rain will fall.")]


def test_his_government_is_that_of_his_country(parsed: Parsed) -> None:
    text = "Peruvian President Juan Quispe said on Monday that his government wants talks."
    mentions, entities = extract_mentions(parsed(text))
    found = next(m for m in mentions if m.text == "his government")
    assert next(e for e in entities if e.entity_id == found.actor_id).identity == "government:PER"


def test_her_party_is_that_of_her_title(parsed: Parsed) -> None:
    text = "Labour's transport spokeswoman Ann Reed met the Conservatives. She said her party had backed the plan."
    mentions, entities = extract_mentions(parsed(text))
    found = next(m for m in mentions if m.text == "her party")
    assert next(e for e in entities if e.entity_id == found.actor_id).name == "Labour"


def test_the_group_and_the_country_go_back(parsed: Parsed) -> None:
    assert ("the group", "Boko Haram") in actors(
        parsed, "Boko Haram attacked on Monday. Soldiers said that the group fled."
    )
    assert ("the country", "Peru") in actors(
        parsed, "Peru holds elections in May. Rain has flooded the country."
    )


def test_north_and_south_in_an_article_on_both_koreas(parsed: Parsed) -> None:
    text = "North Korea and South Korea met. The South offered aid, but the North refused."
    found = actors(parsed, text)
    assert ("South", "South Korea") in found
    assert ("North", "North Korea") in found


def test_index_finds_the_longest_mention_over_a_token(parsed: Parsed) -> None:
    article = parsed("The Peruvian government closed Peruvian ports.")
    index = mentions_by_token(article, extract_mentions(article)[0])
    found = {t.text: index[t.i].text for t in article.doc if t.i in index}
    assert found["government"] == "Peruvian government"
    assert "ports" not in found


def test_an_office_of_the_country_named_before(parsed: Parsed) -> None:
    text = "Peru condemned the raid, with the country's ambassador to Chile calling it a crime."
    assert ("country's ambassador", "Peru's ambassador") in actors(parsed, text)


def test_a_bare_surname_stays_the_main_persons(parsed: Parsed) -> None:
    text = (
        "Henrik Dalgaard, the mayor, opened the bridge on Monday. Dalgaard had fought for it for years. "
        "His sister, Mette Dalgaard, cut the ribbon. Dalgaard then drove to the harbour."
    )
    mentions, entities = extract_mentions(parsed(text))
    names = {e.entity_id: e.name for e in entities}
    alone = [names[m.actor_id] for m in mentions if m.text == "Dalgaard" and m.actor_id]
    assert alone == ["Henrik Dalgaard", "Henrik Dalgaard"]


def test_a_court_of_a_country_is_the_same_court_with_its_adjective(parsed: Parsed) -> None:
    text = "The Supreme Court of Bolivia sat on Friday. The Bolivian Supreme Court freed Rosa Mamani."
    courts = {name for words, name in actors(parsed, text) if "Court" in words}
    assert courts == {"Supreme Court of Bolivia"}
    assert entity(parsed, text, "Supreme Court of Bolivia").country == "BOL"


def test_an_office_before_another_name_is_not_that_of_the_name_before_the_comma(parsed: Parsed) -> None:
    text = "The talks were led by President Sadat, the U.N. Secretary General Duro, and others."
    assert entity(parsed, text, "Sadat").role == "president"
    assert entity(parsed, text, "Duro").role == "secretary general"
    assert entity(parsed, text, "Duro").sector != "MIL"


def test_a_long_portfolio_belongs_to_the_office(parsed: Parsed) -> None:
    text = "Minister of Strategic Affairs Tal Oren told the press that Israel would act."
    assert entity(parsed, text, "Tal Oren").role == "minister of strategic affairs"
    assert "Affairs" not in [words for words, _ in actors(parsed, text)]


def test_a_press_secretary_is_no_newspaper(parsed: Parsed) -> None:
    text = "White House Press Secretary Ana Ruiz said the raid was a success."
    assert {words for words, _ in actors(parsed, text)} == {"White House", "Ana Ruiz"}
    assert entity(parsed, text, "Ana Ruiz").role == "press secretary"


def test_who_stands_behind_an_office_and_its_place_is_a_person(parsed: Parsed) -> None:
    text = "“We have no water,” said the mayor of Goma, Aline Kasongo."
    assert entity(parsed, text, "Aline Kasongo").role == "mayor"


def _types_and_names(parsed: Parsed, text: str) -> dict[str, str]:
    """Type by name of the actors of a text."""
    return {a.name: a.actor_type for a in extract_mentions(parsed(text))[1]}


def test_a_court_is_one_with_its_short_name(parsed: Parsed) -> None:
    names = _types_and_names(
        parsed, "The US Supreme Court ruled on Monday. The Supreme Court said Ohio's law was clear."
    )
    assert "Supreme Court" not in names
    assert names["US Supreme Court"] == "government"


def test_police_go_back_to_those_of_a_place_named_before(parsed: Parsed) -> None:
    names = _types_and_names(
        parsed, "The Toronto Police found two bodies in Canada. Police said they had looked for weeks."
    )
    assert "Canadian police" not in names
    assert "Toronto Police" in names


def test_police_of_the_country_stay_apart_where_they_are_named(parsed: Parsed) -> None:
    names = _types_and_names(
        parsed, "The Canadian police and the Toronto Police quarrelled in Canada. Police then left."
    )
    assert {"Canadian police", "Toronto Police"} <= names.keys()


def test_a_country_before_a_listed_body_of_it_makes_no_other_body(parsed: Parsed) -> None:
    names = _types_and_names(
        parsed, "The United States Democratic Party met in Ohio. The Democratic Party chose Ann Roe."
    )
    assert sum("Democratic Party" in name for name in names) == 1


def test_bodies_of_the_united_nations_are_of_several_countries(parsed: Parsed) -> None:
    mentions, actors = extract_mentions(
        parsed("The U.N. Relief Office told Peru on Monday to open the road.")
    )
    office = next(a for a in actors if a.name == "U.N. Relief Office")
    assert (office.actor_type, office.country) == ("igo", None)
    assert mentions

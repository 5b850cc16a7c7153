"""Names with something within them, and names by what stands beside them."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle

Parsed = Callable[..., ParsedArticle]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Halden and Brask, the retailer, cut jobs on Monday.", "Halden and Brask", "company"),
        (
            "The Canal and River Keepers Association sued the city.",
            "Canal and River Keepers Association",
            "organization",
        ),
        ("Pedro “Lobo” Aranha, a smuggler, fled to Lima.", "Pedro “Lobo” Aranha", "person"),
    ],
)
def test_names_with_something_within(parsed: Parsed, text: str, words: str, kind: str) -> None:
    rows = extract_mentions(parsed(text))[0]
    assert [m.entity_type for m in rows if m.text == words] == [kind]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("A train derailed in Paris, Texas, on Monday.", "Paris", "USA"),
        ("Students marched in London, Ontario, on Monday.", "London", "CAN"),
        ("A train derailed in Paris, and two in Lyon.", "Paris", "FRA"),
    ],
)
def test_places_by_what_stands_behind_the_comma(parsed: Parsed, text: str, words: str, country: str) -> None:
    rows = extract_mentions(parsed(text))[0]
    assert [m.country for m in rows if m.text == words] == [country]


def test_a_surname_that_is_a_country(parsed: Parsed) -> None:
    text = "Senator Ruth Chad opened the session. Chad said that the vote was late."
    mentions, entities = extract_mentions(parsed(text))
    found = next(m for m in mentions if m.text == "Chad")
    assert next(e.name for e in entities if e.entity_id == found.actor_id) == "Ruth Chad"


def test_who_runs_a_body_is_not_the_body(parsed: Parsed) -> None:
    mentions, entities = extract_mentions(
        parsed("The Hezbollah-run health ministry said that ten people were hurt.")
    )
    found = next(m for m in mentions if m.text == "Hezbollah-run health ministry")
    assert next(e.actor_type for e in entities if e.entity_id == found.actor_id) == "government"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Leading chipmaker Intel Corporation said on Monday it would build a plant.", "Intel Corporation"),
        (
            "A spokeswoman for the Immigration and Customs Enforcement Agency spoke.",
            "Immigration and Customs Enforcement Agency",
        ),
    ],
)
def test_a_bodys_name_goes_on_to_its_end(parsed: Parsed, text: str, name: str) -> None:
    mentions, _ = extract_mentions(parsed(text))
    assert name in [m.text for m in mentions if m.mention_kind == "name"]


@pytest.mark.parametrize(
    ("text", "names", "none"),
    [
        (
            "Pupils from Larmo Institute of Technology and Norland University met on a rainy day.",
            {"Larmo Institute of Technology", "Norland University"},
            "Larmo Institute of Technology and Norland University",
        ),
        (
            "A team of the University of Sheffield of the UK met in the rain.",
            {"University of Sheffield"},
            "University of Sheffield of the UK",
        ),
        (
            "A spokesman of the Department of Health and Human Services resigned.",
            {"Department of Health and Human Services"},
            "Department of Health",
        ),
        (
            "Few people want another Hillary Rodham White House.",
            {"White House"},
            "Hillary Rodham White House",
        ),
        (
            "As coauthor Colette Hald told a local paper, rain fell. Hald said so.",
            {"Colette Hald"},
            "Hald",
        ),
        ("He ended with “Si Vis Bellum Para,” Latin for a saying.", set(), "Si Vis Bellum Para"),
    ],
)
def test_names_end_where_another_begins(parsed: Parsed, text: str, names: set[str], none: str) -> None:
    found = {e.name for e in extract_mentions(parsed(text))[1]}
    assert names <= found
    assert none not in found


def test_the_administration_is_the_american_one(parsed: Parsed) -> None:
    text = "China breaks rules, critics in the United States say. The administration slapped a duty on Chinese tires."
    mentions, entities = extract_mentions(parsed(text))
    found = next(m for m in mentions if m.text.lower() == "the administration")
    assert next(e.country for e in entities if e.entity_id == found.actor_id) == "USA"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LIMA - Soldiers provided masks to villagers of Peru on Monday.", "Soldiers"),
        ("LIMA - Velmor Task Force officers provided masks to Peru on Monday.", "Velmor Task Force"),
    ],
)
def test_a_dateline_is_no_part_of_a_name_and_no_actor(parsed: Parsed, text: str, words: str) -> None:
    mentions, _ = extract_mentions(parsed(text))
    assert next(m for m in mentions if m.text == "LIMA").actor_id is None
    assert any(m.text.startswith(words) for m in mentions)


def test_a_name_that_somebody_was_born_with(parsed: Parsed) -> None:
    _, entities = extract_mentions(
        parsed("Mara Lind, born Mara Odel, wrote three books. Odel left for Oslo.")
    )
    people = [(e.name, e.aliases) for e in entities if e.actor_type == "person"]
    assert people == [("Mara Lind", "Mara Lind | Mara Odel | Odel")]

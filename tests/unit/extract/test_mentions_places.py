"""Where named places lie: keys, points, precision, and what stands behind a comma."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.places import locate, position
from pipeline.extract.parsed import ParsedArticle

Parsed = Callable[..., ParsedArticle]


def test_a_city_has_a_key_and_a_point(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("Dockers went on strike in Rotterdam, a port in the Netherlands."))
    row = next(m for m in mentions if m.text == "Rotterdam")
    assert (row.actor_id, row.country, row.place_precision) == (None, "NLD", "city")
    assert row.place_id is not None and row.place_id.startswith("geonames:")
    assert row.latitude == pytest.approx(51.92, abs=0.1)


@pytest.mark.parametrize(
    ("name", "country", "part", "near", "expected"),
    [
        ("Texas", None, None, {"USA"}, ("geonames:4736286", "state", "USA")),
        ("Red Sea", None, None, set(), ("region:red-sea", "region", None)),
        ("Nowheresby", "GBR", None, set(), ("place:nowheresby:GBR", "unknown", "GBR")),
        ("Portland", "USA", "ME", {"USA"}, ("geonames:4975802", "city", "USA")),
        ("Mwanza region", None, None, {"TZA"}, ("place:mwanza-region:TZA", "state", "TZA")),
    ],
)
def test_positions(
    name: str,
    country: str | None,
    part: str | None,
    near: set[str],
    expected: tuple[str, str, str | None],
) -> None:
    found = position(name, country, part, frozenset(near))
    assert (found.place_id, found.precision, found.country) == expected


def test_the_west_is_no_province(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("The minister in Harare said that the West had imposed sanctions."))
    assert all(m.country != "CMR" for m in mentions)


def test_a_large_city_bears_its_own_name_before_another_that_has_it_too() -> None:
    countries = {name: city.country for name in ("Cancun", "Odessa") if (city := locate(name))}
    assert countries == {"Cancun": "MEX", "Odessa": "UKR"}


def test_a_state_before_an_office_is_no_person(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("The Nevada senator voted. An Oregon lawmaker did not."))
    assert {m.entity_type for m in mentions if m.text in ("Nevada", "Oregon")} <= {"place"}

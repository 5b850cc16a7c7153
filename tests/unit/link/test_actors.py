"""Actors across articles: what is one row, what stays two, and keys that last."""

import datetime as dt
import time
from typing import Any

import pandas as pd

from pipeline.link.actors import COLUMNS, link_actors


def row(doc: str, name: str, **given: Any) -> dict[str, Any]:
    base = {
        "doc_id": doc,
        "published_on": dt.date(2025, 1, 1 + (int(doc[1:]) - 1) % 28),
        "entity_id": f"{doc}#{name}",
        "name": name,
        "actor_type": "person",
        "country": None,
        "sector": None,
        "role": None,
        "aliases": name,
        "n_mentions": 1,
        "identity": None,
    }
    return base | given


def link(*rows: dict[str, Any]) -> tuple[pd.DataFrame, dict[str, str]]:
    return link_actors(pd.DataFrame(list(rows)))


def test_countries_and_listed_bodies_are_one_everywhere() -> None:
    frame, keys = link(
        row("d1", "Peru", actor_type="country", country="PER", identity="country:PER"),
        row("d2", "Peru", actor_type="country", country="PER", identity="country:PER"),
        row("d2", "UN", actor_type="igo", identity="body:United Nations"),
        row("d3", "United Nations", actor_type="igo", identity="body:United Nations"),
    )
    assert keys["d1#Peru"] == keys["d2#Peru"] == "country:PER"
    assert keys["d2#UN"] == keys["d3#United Nations"] == "body:united-nations"
    body = frame.set_index("actor_id").loc["body:united-nations"]
    assert (body["name"], body["aliases"], body["n_documents"]) == (
        "United Nations",
        "UN | United Nations",
        2,
    )


def test_accents_and_middle_initials_do_not_split_a_person() -> None:
    _, keys = link(
        row("d1", "Nicolás Quispe", country="PER"),
        row("d2", "Nicolas Quispe", country="PER"),
        row("d3", "Nicolas J. Quispe"),
    )
    assert len(set(keys.values())) == 1


def test_namesakes_of_two_countries_stay_two_and_a_third_without_country_too() -> None:
    _, keys = link(
        row("d1", "John Smith", country="USA"),
        row("d2", "John Smith", country="GBR"),
        row("d3", "John Smith"),
    )
    assert len(set(keys.values())) == 3


def test_a_lone_surname_joins_the_one_officeholder_of_its_country() -> None:
    _, keys = link(
        row("d1", "Ana Quispe", country="PER", sector="GOV"),
        row("d2", "Quispe", country="PER", sector="GOV"),
        row("d3", "Quispe", country="BOL", sector="GOV"),
    )
    assert keys["d2#Quispe"] == keys["d1#Ana Quispe"] != keys["d3#Quispe"]


def test_a_lone_surname_with_two_bearers_stays_alone() -> None:
    _, keys = link(
        row("d1", "Ana Quispe", country="PER", sector="GOV"),
        row("d2", "Luis Quispe", country="PER", sector="GOV"),
        row("d3", "Quispe", country="PER", sector="GOV"),
    )
    assert len(set(keys.values())) == 3


def test_a_body_by_its_words_in_any_order_and_spelling() -> None:
    _, keys = link(
        row("d1", "Institute for Defense Studies", actor_type="organization"),
        row("d2", "Defence Studies Institute", actor_type="organization"),
    )
    assert len(set(keys.values())) == 1


def test_keys_stay_when_articles_are_added() -> None:
    old = [
        row("d1", "John Smith"),
        row("d2", "John Smith", country="USA"),
        row("d3", "Quispe", country="PER", sector="GOV"),
        row("d4", "Institute of Rain", actor_type="organization"),
    ]
    new = [
        row("d5", "John Smith", country="GBR"),
        row("d6", "Ana Quispe", country="PER", sector="GOV"),
        row("d7", "Luis Quispe", country="PER", sector="GOV"),
        row("d8", "Institute of Rain", actor_type="company", country="FRA"),
    ]
    _, before = link(*old)
    _, after = link(*new, *old)
    assert {k: after[k] for k in before} == before


def test_attributes_are_the_latest_and_the_counts_whole() -> None:
    frame, _ = link(
        row("d2", "Ana Quispe", role="president", country="PER", n_mentions=3),
        row("d1", "Ana Quispe", role="senator", n_mentions=2),
    )
    actor = frame.iloc[0]
    assert (actor["role"], actor["country"], actor["n_mentions"], actor["n_documents"]) == (
        "president",
        "PER",
        5,
        2,
    )
    assert (actor["first_seen_on"], actor["last_seen_on"]) == (dt.date(2025, 1, 1), dt.date(2025, 1, 2))


def test_two_rows_of_one_article_that_meet_count_one_document() -> None:
    frame, _ = link(
        row("d1", "Ana Quispe", country="PER", sector="GOV"), row("d1", "Quispe", country="PER", sector="GOV")
    )
    assert list(frame["n_documents"]) == [1]


def test_no_entities() -> None:
    frame, keys = link_actors(pd.DataFrame([row("d1", "Peru")]).iloc[:0])
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == 0 and keys == {}


def test_time_grows_with_the_articles_not_with_their_square() -> None:
    def seconds(n: int) -> float:
        rows = [
            row(f"d{i}", f"Ana Name{i % 97} Quispe{i % 13}", country="PER", sector="GOV") for i in range(n)
        ]
        start = time.process_time()
        link(*rows)
        return time.process_time() - start

    seconds(200)
    small, large = seconds(1_000), seconds(8_000)
    assert large < 24 * small


def test_a_guessed_country_does_not_part_a_person_and_a_told_one_overrides_it() -> None:
    frame, keys = link(
        row("d1", "Alan Reyes", country="PER", country_basis="guessed"),
        row("d2", "Alan Reyes", country="CHL", country_basis="guessed"),
        row("d3", "Alan Reyes", country="BOL"),
        row("d4", "Alan Reyes", country="CHL", country_basis="guessed"),
    )
    assert len(set(keys.values())) == 1
    assert list(frame["country"]) == ["BOL"]


def test_bodies_of_a_common_name_stay_apart_where_countries_are_guessed() -> None:
    _, keys = link(
        row("d1", "Ministry of Health", actor_type="government", country="PER", country_basis="guessed"),
        row("d2", "Ministry of Health", actor_type="government", country="CHL", country_basis="guessed"),
    )
    assert len(set(keys.values())) == 2


def test_the_surest_way_to_know_the_country_is_told() -> None:
    actors, _ = link(
        row("d1", "Alan Reyes", country="PER", country_basis="guessed"),
        row("d2", "Alan Reyes", country="PER", country_basis="office"),
        row("d3", "Alan Reyes", country="PER", country_basis="told"),
        row("d1", "Bo Lind", country="SWE", country_basis="guessed"),
    )
    assert actors.set_index("name")["country_basis"].to_dict() == {"Alan Reyes": "told", "Bo Lind": "guessed"}


def test_countries_and_listed_bodies_have_their_item_of_wikidata() -> None:
    actors, _ = link(
        row("d1", "France", actor_type="country", country="FRA", identity="country:FRA"),
        row("d1", "UN", actor_type="igo", identity="body:United Nations"),
        row("d1", "Harbour Trust", actor_type="organization"),
    )
    assert actors["wikidata_id"].fillna("").tolist() == ["", "Q1065", "Q142"]


def test_a_described_body_is_called_by_its_whole_and_not_by_its_people_or_its_leader() -> None:
    army = {"actor_type": "military", "country": "PER", "identity": "military:PER"}
    state = {"actor_type": "government", "country": "CHL", "identity": "government:CHL"}
    frame, _ = link(
        row("d1", "Peruvian troops", **army),
        row("d2", "Peruvian troops", **army),
        row("d3", "Peruvian military", **army),
        row("d4", "Ruiz's brutal regime", **state),
        row("d5", "Ruiz regime", **state),
    )
    assert dict(zip(frame["actor_id"], frame["name"], strict=True)) == {
        "military:PER": "Peruvian military",
        "government:CHL": "Ruiz regime",
    }


def test_a_government_of_several_leaders_is_not_called_after_one() -> None:
    state = {"actor_type": "government", "country": "PER", "identity": "government:PER"}
    frame, _ = link(
        row("d1", "Ruiz administration", **state),
        row("d2", "Ruiz administration", **state),
        row("d3", "Peruvian officials", **state),
    )
    assert list(frame["name"]) == ["Peruvian officials"]

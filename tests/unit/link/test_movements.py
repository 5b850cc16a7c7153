from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link.clauses import with_neighbours
from pipeline.link.evidence import bit
from pipeline.link.movements import other_protests, same_movement, whole
from pipeline.link.reports import Reports
from tests.unit.link.frames import day, documents, event, parties

OPENING = "Protests against a toll bridge shake the Norland town of Orhei, where students fill the streets. "
FIRST = "The protests in Orhei have gone on for six weeks."
LONG_BEFORE = {"date_from": day("2024-03-01"), "date_to": day("2024-03-31"), "date_basis": "own"}
LATER = "It was the biggest crowd since the protests against the toll began in March."


def protest(doc: str, on: str, sentence: str, trigger: str, **columns: Any) -> dict[str, Any]:
    told = {"event_type": "PROTEST", "actor_names": None, "actor_countries": None, "recipient_names": None}
    return event(doc, on, sentence, trigger, **{**told, "recipient_countries": "NOR", **columns})


def reports_of(one: dict[str, Any], two: dict[str, Any]) -> Reports:
    frame = with_neighbours(pd.DataFrame([one, two]))
    articles = documents(
        *((e["doc_id"], str(e["published_on"]), OPENING + e["sentence"]) for e in (one, two))
    )
    reports = Reports.read(frame, parties(frame), articles)
    reports.gather(np.arange(2))
    return reports


def one_movement(one: dict[str, Any], two: dict[str, Any]) -> bool:
    return bool(same_movement(reports_of(one, two), np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("on", "sentence", "columns", "one"),
    [
        ("2025-05-20", LATER, {}, True),
        ("2026-05-20", LATER, {}, False),  # a year later
        ("2025-05-20", LATER, {"recipient_countries": "MDA"}, False),
        ("2025-05-20", LATER, {"status": "historical"}, False),
        ("2025-05-20", LATER, {"actor_names": "taxi drivers"}, False),  # whose article is about students
        ("2025-05-20", LATER, {"actor_names": "students"}, True),
        ("2025-05-20", "Police broke up protests at the airport.", {}, False),  # some of many
        ("2025-05-20", LATER, {"when": "2025-05-19", "date_basis": "sentence"}, False),  # those of a day
        ("2025-05-20", "The protests of March 2024 closed the bridge.", LONG_BEFORE, False),
    ],
)
def test_a_movement_is_one_by_country_topic_time_and_people(
    on: str, sentence: str, columns: dict[str, Any], one: bool
) -> None:
    early = protest("a", "2025-04-12", FIRST, "protests")
    assert one_movement(early, protest("b", on, sentence, "protests", **columns)) is one


def test_a_march_of_one_day_is_not_the_movement() -> None:
    march = protest("b", "2025-04-13", "Students held a march in Orhei.", "march")
    assert not one_movement(protest("a", "2025-04-12", FIRST, "protests"), march)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Weeks of protests have closed the schools.", True),
        ("The mass protests closed the schools.", True),
        ("Protests that broke out in May closed the schools.", True),
        ("Anger and protests closed the schools.", False),
        ("Farmers joined protests at the bridge.", False),
    ],
)
def test_protests_that_are_told_as_one(sentence: str, told: bool) -> None:
    start = sentence.lower().index("protests")
    assert whole(sentence, start) is told


def test_the_protests_of_a_day_told_before_are_not_the_whole() -> None:
    assert whole("The protests closed the schools.", 4)
    assert not whole("The protests closed the schools.", 4, dated=True)
    assert whole("The weeks of protests closed the schools.", 13, dated=True)


@pytest.mark.parametrize(
    ("later", "words_in_common", "apart"),
    [
        ("Big rallies are not all that counts.", False, True),
        ("Big rallies are not all that counts.", True, False),
        ("The protests have lasted for weeks.", False, False),  # tells the whole: what else agrees decides
    ],
)
def test_rallies_of_two_times_are_apart(later: str, words_in_common: bool, apart: bool) -> None:
    trigger = "rallies" if "rallies" in later else "protests"
    one = protest("a", "2025-01-05", "Names were gathered at rallies.", "rallies")
    reports = reports_of(one, protest("b", "2025-02-02", later, trigger))
    why = np.array([bit("same words") if words_in_common else bit("same story")], dtype=np.uint16)
    assert bool(other_protests(reports, why, np.array([0]), np.array([1]))[0]) is apart

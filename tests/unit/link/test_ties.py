from typing import Any

import pandas as pd
import pytest

from pipeline.link.responses import answers
from pipeline.link.ties import rests
from tests.unit.link.frames import day, event

MOLDOVA = {"recipient_countries": "MDA", "recipient_names": "Moldova"}
Told = tuple["pd.Series[Any]", dict[str, object]]


def told(doc: str, on: str, sentence: str, trigger: str, **columns: Any) -> Told:
    """A report, and the record of an incident that it alone tells."""
    first, last = columns.pop("when", None) or (None, None)
    row = event(doc, on, sentence, trigger, **columns)
    row |= {"date_from": first and day(first), "date_to": last and day(last)}
    row |= {"first_reported_on": row["published_on"]}
    return pd.Series(row), row


def strike_planned(**columns: Any) -> Told:
    return told(
        *("a", "2025-03-02", "The guards will bomb the terminal of Orhei on Friday.", "bomb"),
        **{"status": "future", "when": ("2025-03-07",) * 2, **columns},
    )


BOMBED = "The guards bombed the terminal of Orhei on Friday."


@pytest.mark.parametrize(
    ("plan", "deed", "tied"),
    [
        ({}, {"when": ("2025-03-07",) * 2}, True),
        ({}, {"when": ("2025-03-05",) * 2}, False),  # on another day
        ({"when": None}, {"when": ("2025-03-07",) * 2}, True),  # by the word of the deed
        ({"when": None}, {"when": ("2025-08-07",) * 2}, False),  # half a year later
        ({}, {"when": ("2025-03-07",) * 2} | MOLDOVA, False),  # done to another
        ({}, {"when": ("2025-03-07",) * 2, "actor_names": None, "actor_countries": None}, True),
    ],
)
def test_a_plan_belongs_to_the_deed_of_its_day_or_word(
    plan: dict[str, Any], deed: dict[str, Any], tied: bool
) -> None:
    done = told("b", "2025-03-08", BOMBED, "bombed", **deed)
    assert rests("plan of", strike_planned(**plan), done, people=False) is tied


def test_what_is_only_offered_is_not_the_deed_of_a_plan() -> None:
    sides = {"actor_countries": "NOR", "recipient_countries": "MDA", "actor_names": "Norland"}
    open_ = told(
        *("a", "2025-03-02", "Norland is ready for talks with Moldova.", "ready"), event_type="AGREE", **sides
    )
    offered = told(
        *("b", "2025-03-03", "Norland offered Moldova talks.", "talks"), event_type="CONSULT", **sides
    )
    held = told(
        *("c", "2025-03-05", "Norland held talks with Moldova.", "talks"), event_type="CONSULT", **sides
    )
    assert not rests("plan of", open_, offered, people=False)
    assert rests("plan of", open_, held, people=False)


def test_what_one_will_say_is_not_what_another_of_the_country_says() -> None:
    def accused(doc: str, who: str, word: str, **columns: Any) -> Told:
        parties = {"actor_names": who, "recipient_names": "Ion Rusu", "event_mode": "allege"}
        return told(
            *(doc, "2025-03-02", f"{who} {word} Ion Rusu over the oath.", word),
            event_type="ACCUSE",
            **parties,
            **columns,
        )

    plan = accused("a", "Mayor Ana Duro", "will sue", status="future")
    assert not rests("plan of", plan, accused("b", "Senate", "sued"), people=True)
    assert rests("plan of", plan, accused("b", "Ana Duro", "sued"), people=True)


@pytest.mark.parametrize(
    ("deed", "series", "tied"),
    [
        ({}, {}, True),
        ({"when": ("2024-12-01",) * 2}, {}, False),  # long before
        ({"when": ("2024-12-01",) * 2}, {"says": "Drone strikes have hit Ukraine for months."}, True),
        ({"event_type": "ACCUSE"}, {"event_type": "ACCUSE"}, False),  # a series of words
        (MOLDOVA, {}, False),
        ({}, {"when": ("2025-01-01", "2025-02-28")}, True),
        ({"when": ("2024-11-20",) * 2}, {"when": ("2025-01-01", "2025-02-28")}, False),  # before it began
    ],
)
def test_a_deed_is_part_of_a_series_of_its_type_sides_and_time(
    deed: dict[str, Any], series: dict[str, Any], tied: bool
) -> None:
    one = told(
        "a", "2025-02-11", "Drones hit a depot on Monday.", "hit", **{"when": ("2025-02-10",) * 2, **deed}
    )
    many = told(
        "b",
        "2025-03-01",
        series.pop("says", "Drone strikes on Ukraine killed ten."),
        "Drone strikes",
        **series,
    )
    assert rests("part of", one, many, people=False) is tied


def test_attacks_in_words_are_no_series_of_deeds() -> None:
    sides = {"actor_names": "Ana Duro", "recipient_names": "Ion Rusu"}
    one = told(
        "a", "2025-02-11", "Ana Duro attacked Ion Rusu.", "attacked", when=("2025-02-10",) * 2, **sides
    )
    many = told(
        "b", "2025-03-01", "The attacks of Ana Duro on Ion Rusu have grown sharper.", "attacks", **sides
    )
    assert rests("part of", one, many, people=False)
    assert not rests("part of", one, many, people=True)


def test_a_denial_by_other_parties_is_of_something_else() -> None:
    claim = told("a", "2025-03-03", "Russia shelled Orhei.", "shelled")
    denial = told("b", "2025-03-04", "Russia denied that it had shelled the town.", "shelled")
    other = told(
        *("c", "2025-03-04", "Norland denied that it had shelled a village.", "shelled"),
        actor_countries="NOR",
        actor_names="Norland",
    )
    assert rests("denial of", denial, claim, people=False)
    assert not rests("denial of", other, claim, people=False)


@pytest.mark.parametrize(
    ("kind", "between", "tied"),
    [
        ("ACCUSE", " the ", True),
        ("ACCUSE", " the step and ", False),  # the next of its deeds, not what is condemned
        ("COERCE", " a case against the driver and ", False),
        ("SANCTION", " an envoy over the ", True),
        ("SUPPORT", " its solidarity over the ", True),
        ("SUPPORT", " her, nine days after she ", False),
        ("PROTEST", " in anger, nine days after the ", True),
    ],
)
def test_what_stands_between_ties_an_answer(kind: str, between: str, tied: bool) -> None:
    assert answers(kind, between) is tied

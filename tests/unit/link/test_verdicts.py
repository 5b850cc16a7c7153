from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link.reports import Reports
from pipeline.link.verdicts import toll_sides, who_sides
from tests.unit.link.frames import documents, event, parties

SENTENCE = "The army, the rebels, border guards or Norland fired rockets at a school in Orhei on Monday."


def read(*rows: dict[str, Any]) -> Reports:
    frame = pd.DataFrame(list(rows))
    told = {row["doc_id"]: row["sentence"] for row in rows}
    return Reports.read(frame, parties(frame), documents(*((d, "2025-03-04", s) for d, s in told.items())))


def report(doc_id: str, **columns: Any) -> dict[str, Any]:
    return event(doc_id, "2025-03-04", SENTENCE, "fired") | {"actor_countries": "MDA", **columns}


def test_sides_of_one_country_that_blame_each_other_are_in_dispute() -> None:
    army = report("a", actor_names="the army", attributed_to="the rebels")
    rebels = report("b", actor_names="the rebels", attributed_to="the army", actor_countries=None)
    assert who_sides(read(army, rebels), np.array([0, 1])) == (0, 1)
    assert who_sides(read(army, army | {"doc_id": "c"}), np.array([0, 1])) is None


def test_another_name_for_one_side_is_no_dispute() -> None:
    army = report("a", actor_names="the army", attributed_to="a witness")
    troops = report("b", actor_names="the third brigade", attributed_to="the mayor")
    assert who_sides(read(army, troops), np.array([0, 1])) is None


def test_numbers_that_exclude_each_other_are_in_dispute_where_both_have_a_source() -> None:
    few = report("a", fatalities_low=4, fatalities_high=4, attributed_to="the army")
    many = report("b", fatalities_low=30, fatalities_high=None, attributed_to="doctors")
    rows = np.array([0, 1])
    assert toll_sides(read(few, many), rows) == (0, 1)
    assert toll_sides(read(few | {"fatalities_high": None}, many), rows) is None  # at least four
    assert toll_sides(read(few | {"attributed_to": None}, many), rows) is None
    assert toll_sides(read(few | {"published_on": few["published_on"].replace(day=1)}, many), rows) is None


def test_one_voice_or_one_sentence_is_no_dispute() -> None:
    army = report("a", actor_names="the army", attributed_to="the rebels")
    rebels = report("b", actor_names="the rebels", attributed_to="the rebels", actor_countries=None)
    assert who_sides(read(army, rebels), np.array([0, 1])) is None  # one source
    there = rebels | {"doc_id": "a", "attributed_to": "the army", "event_id": "a#event9"}
    assert who_sides(read(army, there), np.array([0, 1])) is None  # one sentence


def test_actors_of_two_countries_are_in_dispute_where_each_report_tells_the_deed() -> None:
    one = report("a", actor_names="border guards")
    other = report("b", actor_names="Norland", actor_countries="NOR")
    assert who_sides(read(one, other), np.array([0, 1])) == (0, 1)
    assert who_sides(read(one, other | {"attributed_to": "Norland"}), np.array([0, 1])) is None
    known = event("b", "2025-03-04", "Norland condemned the strike on Orhei.", "strike")
    known |= {"actor_names": "Norland", "actor_countries": "NOR"}
    assert who_sides(read(one, known), np.array([0, 1])) is None  # whose strike it was is not told


def test_who_says_in_so_many_words_that_others_say_otherwise_disputes() -> None:
    one = report("a", actor_names="the army")
    told = "The rebels dispute the army's account of the shelling of Orhei."
    other = event("b", "2025-03-04", told, "shelling") | {
        "actor_countries": "MDA",
        "attributed_to": "the rebels",
    }
    assert who_sides(read(one, other), np.array([0, 1])) == (0, 1)
    assert who_sides(read(one | {"attributed_to": "the rebels"}, other), np.array([0, 1])) is None


def test_an_actor_whom_the_sentence_does_not_name_blames_nobody() -> None:
    one = report("a", actor_names="border guards")
    for told in (
        "Rockets were fired at a school in Orhei.",
        "Ion Rusu, head of the Norland Committee, said rockets were fired.",
    ):
        other = event("b", "2025-03-04", told, "fired")
        other |= {"actor_names": "the Norland Committee", "actor_countries": "NOR"}
        assert who_sides(read(one, other), np.array([0, 1])) is None


def test_accounts_that_differ_in_how_it_was_done_are_no_dispute_over_who_did_it() -> None:
    one = report("a", actor_names="the army")
    for told, sides in (
        ("There were conflicting reports whether guns fired on Orhei or drones.", None),
        ("There were conflicting reports about who fired on Orhei.", (0, 1)),
        ("Each army says that the other fired on Orhei first.", (0, 1)),
        ("After guns fired on Orhei each of them held the other responsible.", (0, 1)),
        ("The capitals are at odds over who fired on Orhei.", (0, 1)),
        ("Two armies that are at odds over the hill fired on Orhei.", None),
        ("Each of the guns fired on Orhei, said the other brigade.", None),
        ("The guns that fired on Orhei stood on the other bank.", None),
    ):
        other = event("b", "2025-03-04", told, "fired") | {"actor_countries": "MDA"}
        assert who_sides(read(one, other), np.array([0, 1])) == sides


def test_one_man_of_a_name_is_no_toll() -> None:
    many = report("a", fatalities_low=30, fatalities_high=None, attributed_to="doctors")
    one = report("b", fatalities_low=1, fatalities_high=1, attributed_to="the army")
    assert toll_sides(read(many, one | {"recipient_names": "Ion Rusu"}), np.array([0, 1])) is None
    assert toll_sides(read(many, one | {"recipient_names": "a guard"}), np.array([0, 1]))


@pytest.mark.parametrize(
    ("sentence", "disputed"),
    [
        ("Norland denied any part in the raid on Orhei.", True),
        ("Norland on Tuesday dismissed claims that it stood behind the raid on Orhei.", True),
        ("Norland said that it had nothing to do with the raid on Orhei.", True),
        ("Norland denied responsibility for the raid on Orhei.", True),
        ("Norland condemned the raid on Orhei.", False),
        ("Norland denied a visa to the widow of a guard killed in the raid on Orhei.", False),
        ("Norland, which was hit by the raid on Orhei, denied any part in a plot.", False),
        (
            "Norland denied that the minister was behind the plan for a school that would later be hit in the raid.",
            False,
        ),
    ],
)
def test_who_disowns_a_deed_disputes_who_did_it(sentence: str, disputed: bool) -> None:
    claim = event("a", "2025-03-04", "Gunmen from Norland carried out a raid on Orhei.", "raid")
    counter = event("b", "2025-03-05", sentence, "raid") | {"attributed_to": "Norland"}
    found = who_sides(read(claim, counter), np.array([0, 1]))
    assert found == ((0, 1) if disputed else None)

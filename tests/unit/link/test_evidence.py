from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link import report_flags
from pipeline.link.clauses import with_neighbours
from pipeline.link.evidence import enough, evidence
from pipeline.link.never import forbidden
from pipeline.link.report_flags import is_sharp
from pipeline.link.reports import Reports
from pipeline.link.rows import Flags, Ints
from pipeline.link.same_event import score_reports
from tests.unit.link.frames import documents, event, parties

OPENING = "Norland and its neighbour Moldova quarrel about an embassy in the town of Orhei. "
ELSEWHERE = "Fishermen whose nets a storm tore asked for coal, bread and boats before the winter sets in. "
"""How an article of another story opens."""
LEFT, RIGHT = np.array([0]), np.array([1])
CLOSED = {
    "event_type": "SANCTION",
    "event_mode": "withdraw",
    "actor_names": "Norland",
    "actor_countries": "NOR",
}
CLOSED |= {"recipient_names": "Moldova", "recipient_countries": "MDA"}


def reports_of(
    one: dict[str, Any], two: dict[str, Any], people: tuple[str, ...] = (), other: str = OPENING
) -> Reports:
    """The two reports; the article of the second opens in `other` words."""
    frame = with_neighbours(pd.DataFrame([one, two]))
    articles = documents(
        *(
            (e["doc_id"], str(e["published_on"]), opening + e["sentence"])
            for e, opening in ((one, OPENING), (two, other))
        )
    )
    who = parties(frame)
    rows = [
        {"event_id": e["event_id"], "role": role, "actor_id": key} for e, role, key in named(one, two, people)
    ]
    reports = Reports.read(frame, pd.concat([who, pd.DataFrame(rows, columns=who.columns)]), articles)
    reports.gather(np.arange(2))
    return reports


def named(
    one: dict[str, Any], two: dict[str, Any], people: tuple[str, ...]
) -> list[tuple[dict[str, Any], str, str]]:
    """The people of two reports: actor and recipient of the one, then of the other; empty ones are left out."""
    places = [(one, "actor"), (one, "recipient"), (two, "actor"), (two, "recipient")]
    return [(e, role, f"person:{key}") for (e, role), key in zip(places, people, strict=False) if key]


def may_be_one(one: dict[str, Any], two: dict[str, Any], other: str = OPENING) -> bool:
    reports = reports_of(one, two, other=other)
    return bool(enough(reports, evidence(reports, LEFT, RIGHT), LEFT, RIGHT)[0])


def test_the_days_of_all_rows_are_looked_at_once_however_often_pairs_are_scored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days = {"date_from": date(2025, 3, 4), "date_to": date(2025, 3, 4), "date_basis": "own"}
    told = (
        event(doc, "2025-03-05", "Norland closed its embassy.", "closed", **CLOSED, **days) for doc in "ab"
    )
    reports, looked = reports_of(*told), list[int]()

    def counted(first: Ints, last: Ints) -> Flags:
        looked.append(len(first))
        return is_sharp(first, last)

    monkeypatch.setattr(report_flags, "is_sharp", counted)
    scores = [float(score_reports(reports, LEFT.copy(), RIGHT.copy())[0][0]) for _ in range(3)]
    assert len(set(scores)) == 1
    assert looked == [2, 2]  # days that are named, and those that are of the events


@pytest.mark.parametrize(
    ("on", "sentence", "one"),
    [
        ("2026-03-20", "A year after Norland closed its embassy, Moldova asked it back.", True),
        ("2026-03-20", "Norland closed its embassy.", False),  # perhaps another time
        ("2025-03-05", "Norland closed its embassy.", True),  # within days
    ],
)
def test_what_is_told_again_says_that_it_looks_back(on: str, sentence: str, one: bool) -> None:
    early = event("a", "2025-03-04", "Norland closed its embassy.", "closed", **CLOSED)
    assert may_be_one(early, event("b", on, sentence, "closed", **CLOSED)) is one


@pytest.mark.parametrize(
    ("on", "sentence", "one"),
    [
        ("2025-03-20", "Norland had closed its embassy.", True),
        ("2025-03-20", "Norland closed its embassy.", False),  # perhaps another time
        ("2025-03-04", "Norland had closed its embassy.", True),  # one day's news need not look back
    ],
)
def test_what_one_story_tells_again_it_tells_as_known(on: str, sentence: str, one: bool) -> None:
    early = event("a", "2025-03-04", "Norland closed its embassy.", "closed", **CLOSED)
    assert may_be_one(early, event("b", on, sentence, "closed", **CLOSED)) is one


@pytest.mark.parametrize(("month", "one"), [(3, True), (1, False)])
def test_a_month_is_that_of_what_was_told_in_it(month: int, one: bool) -> None:
    early = event("a", "2025-03-04", "Norland closed its embassy.", "closed", **CLOSED)
    days = {"date_from": date(2025, month, 1), "date_to": date(2025, month, 28), "date_basis": "own"}
    later = event("b", "2025-09-12", "In that month Norland closed its embassy.", "closed", **CLOSED, **days)
    assert may_be_one(early, later) is one


@pytest.mark.parametrize(("mode", "word", "one"), [("withdraw", "shut", True), ("expel", "left", False)])
def test_a_month_and_the_deed_are_enough_whoever_is_named(mode: str, word: str, one: bool) -> None:
    early = event("a", "2025-03-04", "Norland shut its embassy.", "shut", **CLOSED)
    days = {"date_from": date(2025, 3, 1), "date_to": date(2025, 3, 28), "date_basis": "own"}
    nobody = {"event_type": "SANCTION", "event_mode": mode}
    nobody |= dict.fromkeys(("actor_names", "actor_countries", "recipient_names", "recipient_countries"), "")
    sentence = f"In March envoys {word} for good."
    assert may_be_one(early, event("b", "2025-09-12", sentence, word, **nobody, **days), ELSEWHERE) is one


@pytest.mark.parametrize(
    ("kind", "on", "one"),
    [
        ("SANCTION", "2025-03-04", True),  # news of one day, of one type and actor
        ("RETREAT", "2025-03-04", False),
        ("SANCTION", "2025-03-08", False),
    ],
)
def test_news_of_one_day_with_one_party_may_be_one(kind: str, on: str, one: bool) -> None:
    early = event("a", "2025-03-04", "Norland closed its embassy.", "closed", **CLOSED)
    other = CLOSED | {
        "event_type": kind,
        "event_mode": None,
        "recipient_names": "Sundia",
        "recipient_countries": "SUD",
    }
    later = event("b", on, "They acted.", "acted", **other)
    assert may_be_one(early, later, ELSEWHERE) is one


@pytest.mark.parametrize(
    ("people", "never"),
    [
        (("Ana Duro", "Ion Rusu", "Ana Duro", "Ion Rusu"), False),
        (("Ana Duro", "Ion Rusu", "", "Ion Rusu"), True),  # by whom is not known of one
        (("Ana Duro", "Ion Rusu", "Vera Pop", "Ion Rusu"), True),
        ((), False),  # no people: guns
    ],
)
def test_attacks_in_words_are_one_only_by_the_same(people: tuple[str, ...], never: bool) -> None:
    sides = {"actor_names": None, "actor_countries": None, "recipient_countries": None}
    one = event("a", "2025-03-04", "Her attacks on him grow.", "attacks", **sides)
    two = event("b", "2025-03-05", "He answered the attack.", "attack", **sides)
    assert bool(forbidden(reports_of(one, two, people), LEFT, RIGHT)[0]) is never


@pytest.mark.parametrize(
    ("names", "people", "never"),
    [
        (("Ana Duro", "Ana Duro"), ("ana-duro", "ana-duro"), False),
        (("Ana Duro", "Duro"), ("ana-duro", "duro"), False),  # an article may tell the surname alone
        (("Ana Duro", "Vera Pop"), ("ana-duro", "vera-pop"), True),
    ],
)
def test_what_one_person_says_another_does_not(
    names: tuple[str, str], people: tuple[str, str], never: bool
) -> None:
    words = {"event_type": "ACCUSE", "recipient_countries": None, "actor_countries": None}
    told = [
        event(doc, "2025-03-04", f"{name} blamed the council.", "blamed", actor_names=name, **words)
        for doc, name in zip("ab", names, strict=True)
    ]
    sides = (f"person:{people[0]}", "", f"person:{people[1]}", "")
    assert bool(forbidden(reports_of(*told, sides), LEFT, RIGHT)[0]) is never

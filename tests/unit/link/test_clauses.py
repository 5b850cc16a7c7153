from datetime import date

import pandas as pd
import pytest

from pipeline.link.clauses import ALONE, numbers_told, one_more, own_part, with_neighbours
from pipeline.link.evidence import enough, evidence
from pipeline.link.reports import Reports
from tests.unit.link.frames import documents, event, parties

STORY = "The quarrel of Kelpmar and Zuidhaven over herring, salt, barrels, nets, moorings, tariffs, kippers and rotten timber goes on."
TWO = "Norland fired on two boats, nine days after it had rammed a third."


def frame() -> pd.DataFrame:
    """Two reports in one sentence and one in another of the same article."""
    more = "Talks broke down."
    rows = [
        event("a", "2025-03-05", TWO, "fired"),
        event("a", "2025-03-05", TWO, "rammed") | {"event_id": "a#2", "start": TWO.index("rammed")},
        event("a", "2025-03-05", more, "broke down")
        | {"event_id": "a#3", "start": len(TWO) + 7, "event_type": "REJECT"},
    ]
    rows[0]["start"] = TWO.index("fired")
    return pd.DataFrame(rows)


def test_what_is_said_of_one_event_of_a_sentence_is_not_said_of_the_other() -> None:
    told = with_neighbours(frame())
    parts = [
        own_part(
            row.sentence, row.sentence.index(row.text), row.text, int(row.room_before), int(row.room_after)
        )
        for row in told.itertuples()
    ]
    assert "two boats" in parts[0] and "third" not in parts[0]
    assert "third" in parts[1] and "boats" not in parts[1]
    assert parts[2] == "Talks broke down."


def test_neighbours_and_kinds_are_counted_within_an_article() -> None:
    told = with_neighbours(frame())
    gap = TWO.index("rammed") - TWO.index("fired") - len("fired")
    assert told["room_before"].tolist() == [ALONE, gap, ALONE]
    assert told["room_after"].tolist() == [gap, ALONE, ALONE]
    assert told["n_of_kind"].tolist() == [2, 2, 1]
    assert with_neighbours(frame().iloc[:0])["n_of_kind"].tolist() == []


def test_numbers_in_figures_and_in_words_are_one() -> None:
    assert numbers_told("a dozen judges") == numbers_told("12 judges")
    assert numbers_told("2.4 billion in 2019") == {"2.4 billion"}
    assert (
        numbers_told("three billion pounds") == numbers_told("3 billion pounds") != numbers_told("3 pounds")
    )
    assert not numbers_told("two men and one dog")


def test_one_event_beside_another_says_so() -> None:
    assert one_more("signed a smaller contract", "signed")
    assert one_more("marched again through the town", "marched")
    assert not one_more("signed a contract", "signed")


@pytest.mark.parametrize(
    ("part", "trigger", "more"),
    [
        ("Norland has also carried out air raids on Sud", "air raids", True),
        ("Norland also bombed a mill", "bombed", True),
        ("Norland bombed a mill and also a barn", "bombed", True),
        ("The mayor also hinted that he might look into the bombing", "bombing", False),
        ("The mayor also condemned the raid", "raid", False),
        ("The mayor also condemned the raid", "condemned", True),
    ],
)
def test_also_tells_of_one_event_more_where_it_is_said_of_it(part: str, trigger: str, more: bool) -> None:
    assert one_more(part, trigger) is more


def joinable(one: dict[str, object], two: dict[str, object]) -> bool:
    """Whether two reports of different articles have evidence enough."""
    told = pd.DataFrame([one, two])
    texts = ((str(row["doc_id"]), "2026-01-01", f"{row['sentence']} {STORY}") for row in (one, two))
    reports = Reports.read(told, parties(told), documents(*texts))
    rows = [pd.Series([n]).to_numpy() for n in (0, 1)]
    return bool(enough(reports, evidence(reports, *rows), *rows)[0])


def test_what_lasts_needs_more_than_a_story() -> None:
    fleet = "Sailors complain of military activity near the salt harbour, where herring boats lie."
    ships = "Frigates have lain off the salt harbour since August, so herring grows dear, fishmongers and sailors grumble."
    plain = dict.fromkeys(("actor_names", "recipient_names", "actor_countries", "recipient_countries"))
    plain |= {"event_type": "MOBILIZE", "place": None, "place_country": None}
    one = event("a", "2026-01-02", fleet, "activity") | plain
    two = event("b", "2026-01-02", ships, "lain") | plain
    since = {"date_from": date(2025, 8, 1), "date_to": date(2026, 1, 2), "date_basis": "own"}
    assert not joinable(one, two | since)
    named = {"place": "Port Verrin"}
    assert joinable(one | named, two | named | since)


def test_what_nobody_dates_needs_the_same_words() -> None:
    told = "Three soldiers were killed near Dorvik by rebels of the Red Front."
    other = "The Red Front killed three policemen who guarded a checkpoint outside Dorvik, where parliament opens soon."
    one = event("a", "2025-03-05", told, "killed", place="Dorvik") | {"published_on": None}
    two = event("b", "2025-03-05", other, "killed", place="Dorvik") | {"published_on": None}
    assert not joinable(one, two)
    assert joinable(one, two | {"sentence": told})

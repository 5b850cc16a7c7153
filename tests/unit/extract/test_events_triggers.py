"""Families of triggers: the constructions by which newsrooms tell each type, and the words that look alike."""

import pytest

from pipeline.extract.events.lexicon import is_irregular_past, verb_of_form
from tests.unit.extract.test_events import read

TOLD = [
    ("AGREE", None, "The Kenyan government promised Haiti 40 million dollars for its police."),
    ("AGREE", None, "The Jordanian king is due to visit Oslo on Sunday."),
    ("CONSULT", "third-party", "Ghana acted as an intermediary between Togo and Benin."),
    ("CONSULT", "phone", "The presidents of Chile and Peru held a phone call about the border."),
    ("SUPPORT", None, "The Czech government threw its weight behind the Croatian bid."),
    ("SUPPORT", None, "The African Union renewed the mandate of its mission in Somalia."),
    ("CONCEDE", None, "The Togolese government scrapped the fuel tax after three days of unrest."),
    ("CONCEDE", None, "Washington removed the Syrian group from its blacklist."),
    ("COOPERATE", None, "Latvia and Estonia set up a joint border force."),
    ("COOPERATE", None, "The navies of Oman and India carried out a joint patrol."),
    ("AID", None, "Norway donated two field hospitals to Sudan."),
    ("AID", None, "Ireland wrote off the debts of Malawi."),
    ("RETREAT", "withdraw", "Chad pulled its troops out of the village."),
    ("RETREAT", "resign", "The Bulgarian interior minister tendered his resignation."),
    ("REQUEST", None, "Moldova turned to the European Union for help."),
    ("ACCUSE", "disapprove", "The Slovak minister took aim at the European Commission."),
    ("ACCUSE", "allege", "Gabon took Equatorial Guinea to the International Court of Justice."),
    ("REJECT", None, "The Austrian government brushed aside the criticism."),
    ("REJECT", "meet", "The Libyan delegation walked out of the talks."),
    ("THREATEN", "arrest", "A Kenyan court issued a warrant for the former minister."),
    ("PROTEST", "demo", "Polish students staged a sit-in outside the ministry."),
    ("PROTEST", "strike", "Nurses in Ghana have been on strike since Monday."),
    ("SANCTION", "expel", "Romania declared the Russian consul persona non grata."),
    ("SANCTION", "discontinue", "The Dutch government halved its aid to Uganda."),
    ("MOBILIZE", "weapons", "Norway scrambled fighter jets over the Barents Sea."),
    ("MOBILIZE", "weapons", "North Korea test-fired a ballistic missile."),
    ("COERCE", "arrest", "Three Zambian opposition leaders were taken into custody by police."),
    ("COERCE", "censor", "The Ugandan authorities took the radio station off the air."),
    ("COERCE", "cyber", "Iranian hackers knocked out the website of the Albanian parliament."),
    ("ASSAULT", "abduct", "Gunmen snatched two Belgian nuns from a mission in Benin."),
    ("ASSAULT", None, "The army shot down a Libyan drone."),
    ("ASSAULT", None, "Police shot and killed two protesters in Malawi."),
    ("ASSAULT", None, "Chinese vessels rammed a Vietnamese boat."),
]  # fmt: skip


@pytest.mark.parametrize(("event_type", "mode", "text"), TOLD, ids=lambda x: str(x)[:40])
def test_event_is_told(event_type: str, mode: str | None, text: str) -> None:
    found = [(e.event_type, e.event_mode) for e in read(text).events]
    assert event_type in [kind for kind, _ in found]
    if mode is not None:
        assert (event_type, mode) in found


@pytest.mark.parametrize(
    "text",
    [
        "Lightning struck a chapel in Uganda.",
        "A typhoon destroyed hundreds of homes in Vietnam.",
        "The minister struck a cheerful tone about the wheat crop.",
        "The government wants to strike a balance between growth and thrift.",
        "The reforms arrested the decline of the Danish fleet.",
        "A satellite firm launched a new telephone in India.",
        "The utility fired 90 workers at its plant in Ohio.",
        "The ministry released figures on unemployment.",
        "The Swedish central bank attacked inflation with a third rise in rates.",
    ],
)
def test_no_event(text: str) -> None:
    assert read(text).events == []


def test_irregular_forms_find_their_verb() -> None:
    assert verb_of_form("overthrown") == "overthrow"
    assert verb_of_form("shot") == "shoot"
    assert is_irregular_past("froze")
    assert not is_irregular_past("stopped")

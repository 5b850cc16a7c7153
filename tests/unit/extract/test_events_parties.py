"""Who, where, when and how many: parties that the article leaves to be understood, places, days and tolls."""

from datetime import date

import pytest

from pipeline.extract.rows import Event, Extract
from tests.unit.extract.test_events import read


def event(found: Extract, word: str) -> Event:
    """The event whose trigger holds a word."""
    return next(e for e in found.events if word in e.text)


def recipients(text: str, word: str) -> str:
    """Names of those to whom an event was done."""
    return event(read(text), word).recipient_names or ""


def test_what_is_denounced_was_done_by_somebody() -> None:
    text = "Ethiopian troops attacked an Eritrean border post on Monday.\n\nThe Sudanese president denounced the attack."
    assert "Ethiopia" in recipients(text, "denounced")


def test_an_allegation_is_rejected_before_its_maker() -> None:
    text = "Serbia accused Kosovo of breaking the accord. Kosovo's prime minister rejected the allegation as absurd."
    assert "Serbia" in recipients(text, "rejected")


def test_whoever_denies_answers_the_accuser() -> None:
    text = "Kenya has accused Uganda of hiding the smugglers. Uganda denied any involvement."
    assert "Kenya" in recipients(text, "denied")


def test_the_one_enemy_is_understood() -> None:
    text = "Azerbaijani forces attacked Armenian soldiers in May. On Sunday the Azerbaijani army shelled a bridge."
    assert "Armenia" in recipients(text, "shelled")


def test_of_two_enemies_none_is_understood() -> None:
    text = "Israel bombed Iranian troops in May. Israel bombed Syrian troops in June. On Sunday the Israeli army shelled a bridge."
    assert recipients(text, "shelled") == "bridge"


def test_a_capital_stands_for_its_state_between_states() -> None:
    text = "Ecuador recalled its ambassador from Lima after the Peruvian court ruled."
    assert "Peru" in recipients(text, "recalled")


def test_whoever_acted_when_people_were_killed_killed_them() -> None:
    found = event(read("Six villagers were killed when Sudanese soldiers opened fire on a market."), "killed")
    assert "Sudan" in (found.actor_names or "") or "soldiers" in (found.actor_names or "")


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Gunmen attacked a convoy near the northern town of Gao on Friday.", "attacked", "Gao"),
        ("A bomb exploded outside a court in Nairobi.", "exploded", "Nairobi"),
        ("The Russian army shelled the Ukrainian port of Odesa.", "shelled", "Odesa"),
        ("The Italian president appealed to Tunisia for help.", "appealed", None),
    ],
)
def test_the_place_is_where_it_happened(text: str, word: str, place: str | None) -> None:
    assert event(read(text), word).place == place


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Gunmen attacked a convoy before dawn on Saturday.", "attacked", date(2024, 5, 18)),
        (
            "The army bombed the port on Saturday, a day after a rebel attack on an airfield.",
            "attack",
            date(2024, 5, 17),
        ),
        (
            "Two ministers met on Sunday, hours after Chadian police arrested the mayor.",
            "arrested",
            date(2024, 5, 19),
        ),
        ("Peru expelled two envoys on Friday after Bolivia arrested three traders.", "arrested", None),
    ],
)
def test_the_day_is_its_own(text: str, word: str, day: date | None) -> None:
    assert event(read(text), word).date_from == day


@pytest.mark.parametrize(
    ("text", "word", "dead"),
    [
        ("Syrian warplanes struck a market, killing 14 people, including six children.", "struck", 14),
        ("Militants shot dead a judge outside her house in Quetta.", "shot", 1),
        (
            "Students have protested since May, when a bridge collapsed, killing nine people.",
            "protested",
            None,
        ),
    ],
)
def test_the_dead_belong_to_their_event(text: str, word: str, dead: int | None) -> None:
    assert event(read(text), word).fatalities_low == dead

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


def test_the_common_enemy_is_an_allys_too() -> None:
    text = (
        "Malian soldiers attacked al-Shabab fighters in May. Al-Shabab attacked Kenyan troops in June. "
        "On Sunday Ugandan forces shelled a warehouse."
    )
    assert "Shabab" in recipients(text, "shelled")


@pytest.mark.parametrize(
    ("text", "word", "actors"),
    [
        ("The presidents of Chad and Niger met in Paris.", "met", {"CHD", "TCD", "NER"}),
        (
            "Chad and Niger have quarrelled for years. The two armies clashed on Sunday.",
            "clashed",
            {"TCD", "NER"},
        ),
    ],
)
def test_a_plural_stands_for_both(text: str, word: str, actors: set[str]) -> None:
    assert set((event(read(text), word).actor_countries or "").split(" | ")) <= actors
    assert len((event(read(text), word).actor_countries or "").split(" | ")) == 2


def test_force_with_an_end_is_used_against_somebody() -> None:
    assert recipients("Police in Lima fired tear gas to disperse protesters.", "fired") == "protesters"


def test_those_named_among_many_suffer_it_too() -> None:
    text = "Police detained 20 people, including the opposition leader Hugo Salas."
    assert recipients(text, "detained").split(" | ") == ["20 people", "Hugo Salas"]


def test_one_measure_after_another_hits_the_same() -> None:
    text = "Kenya banned imports from Uganda and closed the border."
    assert "Uganda" in recipients(text, "closed")


def test_a_place_of_a_march_is_no_recipient() -> None:
    assert (
        recipients("Thousands of teachers marched in Bogotá against the government.", "marched") != "Bogotá"
    )


def test_an_attack_told_anew_has_nobodys_agent() -> None:
    text = (
        "Israel bombed a port in Yemen.\n\nNine people were killed in an assault on a market, doctors said."
    )
    assert all(e.actor_names != "Israel" for e in read(text).events[1:])


def test_an_arrest_told_again_has_the_same_agent() -> None:
    text = "Chadian police arrested Hugo Salas on Sunday.\n\nSalas's detention angered his party, the Freedom Front."
    assert "Chad" in (event(read(text), "detention").actor_names or "")


def test_a_release_is_asked_of_the_captor() -> None:
    text = "Cuba jailed the writer Hugo Salas in May. The Spanish president demanded his release."
    assert "Cuba" in recipients(text, "demanded")


def test_what_somebody_calls_a_deed_is_a_deed() -> None:
    assert "Kenya" in recipients(
        "The Somali minister condemned what he called Kenya's interference.", "condemned"
    )


def test_weapons_strike_for_their_state() -> None:
    found = event(read("Russian missiles killed four people in Odesa on Sunday."), "killed")
    assert found.actor_countries == "RUS"


def test_a_neighbour_is_the_other_state() -> None:
    text = "Soldiers from Chad shelled a village in Niger on Monday. Chad accused its neighbour of hiding smugglers."
    assert "Niger" in recipients(text, "accused")


def test_what_is_shut_to_others_is_done_to_them() -> None:
    assert "Russia" in recipients("Poland shut its airspace to Russian airlines.", "shut")


def test_a_number_of_people_killed_is_a_toll() -> None:
    assert event(read("Gunmen shot dead 12 shepherds near Gao on Sunday."), "shot").fatalities_low == 12


def test_a_year_that_names_a_thing_is_not_the_events() -> None:
    found = event(read("Last month Peru suspended a 1960 trade treaty with Chile."), "suspended")
    assert found.date_from == date(2024, 4, 1)


def test_a_pronoun_that_opens_a_sentence_goes_on_with_the_last_actor() -> None:
    text = "The European Union condemned Belarus on Monday. It suspended aid to Minsk."
    assert (event(read(text), "suspended").actor_names or "") == "European Union"


def test_a_week_is_nobody_who_kills() -> None:
    text = (
        "A series of Kenyan airstrikes against al-Shabaab operatives this month in southern Somalia’s Gedo region killed"
        " more than 30 gunmen and destroyed two trucks, Army Spokesman Ali Duale told journalists today."
    )
    found = read(text)
    assert {event(found, word).actor_names for word in ("killed", "destroyed")} == {"Kenya"}

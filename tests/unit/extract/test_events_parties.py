"""Who, where, when and how many: parties that the article leaves to be understood, places, days and tolls."""

from datetime import date

import numpy as np
import pytest

from pipeline.extract.events.parties import chosen
from pipeline.extract.events.party_features import Candidate, PartyFeatures
from pipeline.extract.events.reading import Told
from pipeline.extract.events.train.gold import reading
from pipeline.extract.rows import Event, Extract
from tests.unit.extract.test_events import parsed, read


def event(found: Extract, word: str) -> Event:
    """The event whose trigger holds a word."""
    return next(e for e in found.events if word in e.text)


def recipients(text: str, word: str) -> str:
    """Names of those to whom an event was done."""
    return event(read(text), word).recipient_names or ""


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
            "Two ministers met on Sunday, hours after Chadian police arrested the mayor.",
            "arrested",
            date(2024, 5, 19),
        ),
    ],
)
def test_the_day_is_its_own(text: str, word: str, day: date | None) -> None:
    assert event(read(text), word).date_from == day


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("Ghana, which withdrew its envoy in 2021, offered to mediate.", "offered", None),
        ("The prosecutor, who opened the case in 2022, welcomed the ruling.", "welcomed", None),
        ("On Friday Peru arrested a banker who had fled in 2019.", "arrested", date(2024, 5, 17)),
        ("The police condemned the attack, which killed nine guards on Friday.", "attack", date(2024, 5, 17)),
    ],
)
def test_a_relative_clause_dates_what_it_describes_alone(text: str, word: str, told: date | None) -> None:
    day = event(read(text), word).date_from
    assert (day == told) if told else day is None or day.year == 2024


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


def test_force_with_an_end_is_used_against_somebody() -> None:
    assert recipients("Police in Lima fired tear gas to disperse protesters.", "fired") == "protesters"


def test_a_place_of_a_march_is_no_recipient() -> None:
    assert (
        recipients("Thousands of teachers marched in Bogotá against the government.", "marched") != "Bogotá"
    )


def test_weapons_strike_for_their_state() -> None:
    found = event(read("Russian missiles killed four people in Odesa on Sunday."), "killed")
    assert found.actor_countries == "RUS"


def test_a_number_of_people_killed_is_a_toll() -> None:
    assert event(read("Gunmen shot dead 12 shepherds near Gao on Sunday."), "shot").fatalities_low == 12


def test_a_year_that_names_a_thing_is_not_the_events() -> None:
    found = event(read("Last month Peru suspended a 1960 trade treaty with Chile."), "suspended")
    assert found.date_from == date(2024, 4, 1)


def test_both_sides_of_a_meeting_act() -> None:
    rows = read("Kenyan President William Ruto met Tanzanian President Samia Hassan in Mombasa on Monday.")
    assert {r.role for r in rows.event_actors} == {"actor"}
    assert {"William Ruto", "Samia Hassan"} <= set((rows.events[0].actor_names or "").split(" | "))


def test_a_pronoun_is_told_as_one() -> None:
    rows = read("Defence Minister Carlos Vega arrived on Monday. He condemned the shelling of Aleppo.")
    said = next(e for e in rows.events if e.text == "condemned")
    (who,) = (r for r in rows.event_actors if r.event_id == said.event_id and r.role == "actor")
    assert (who.text, who.basis) == ("He", "pronoun")
    assert said.actor_names == "Carlos Vega"


def features(text: str, word: str, name: str) -> set[str]:
    """What speaks for an actor as a party to the event on a word."""
    article = reading(parsed(text))
    head = article.tree.words.index(word)
    of = PartyFeatures(article)
    told = Told(head, head, head, "AGREE", 1.0)
    for candidate in of.candidates(told):
        entity = article.cast.entities.get(candidate.actor or "")
        if entity is not None and name in entity.name:
            return set(of.of(told, candidate))
    raise AssertionError(f"{name} is no candidate")


def test_two_countries_stand_for_those_named_before() -> None:
    text = "Peru and Chile talked about water on Monday. The two countries agreed to share a dam."
    found = features(text, "agreed", "Chile")
    assert {
        "away country, agent told",
        "away country, agent country",
        "away country, agent NNS the two",
    } <= found


def test_a_place_where_and_a_party_with_whom_are_told_apart() -> None:
    assert "country obl in" in features("Kenya met rebels in Chad on Monday.", "met", "Chad")
    assert "country obl with" in features("Kenya met with Chad on Monday.", "met", "Chad")


def test_who_is_part_of_another_is_known() -> None:
    text = "Officials from Interpol agreed to help."
    found = features(text, "agreed", "Interpol")
    assert {"inside another", "inside another, agent", "inside another by nmod from"} <= found


@pytest.mark.parametrize(
    ("shares", "named"),
    [
        ([0.5, 0.3, 0.1, 0.1], [0, 1]),
        ([0.14, 0.14, 0.13, 0.59], []),
        ([0.2, 0.14, 0.14, 0.52], [0]),
    ],
)
def test_where_belief_is_spread_thinly_nobody_stands_beside_the_first(
    shares: list[float], named: list[int]
) -> None:
    own = reading(parsed("Rebels, soldiers and nurses spoke."))
    candidates = [Candidate(name, ()) for name in ("rebels", "soldiers", "nurses")]
    assert chosen(own, candidates, np.array(shares), 0.45) == named

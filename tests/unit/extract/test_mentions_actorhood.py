"""Which candidates are actors, which guesses of a country are told, and collective nouns."""

from collections.abc import Callable

import numpy as np
import pytest

from pipeline.extract import extract, read_all
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.actorhood import VECTOR, score, weights
from pipeline.extract.mentions.kept import keep_actors, odds, uses_of
from pipeline.extract.mentions.train import fit
from pipeline.extract.parsed import ParsedArticle

Parsed = Callable[..., ParsedArticle]


def test_parties_to_events_stay_actors(parsed: Parsed) -> None:
    found = extract(
        parsed("Kenyan jets bombed a camp in Somalia. The pilots had trained in Brazil for a year.")
    )
    assert found.event_actors
    assert {p.actor_id for p in found.event_actors} <= {e.entity_id for e in found.entities} | {None}
    assert {m.actor_id for m in found.mentions} <= {e.entity_id for e in found.entities} | {None}


def test_what_is_no_actor_leaves_words_in_other_rows(parsed: Parsed) -> None:
    found, _ = read_all(parsed('"The quay is lost," the mayor of Orsk told reporters. Fiji sent two ships.'))
    spoken, named = len(found.quotes), sum(m.mention_kind in ("name", "demonym") for m in found.mentions)
    parties = [p.text for p in found.event_actors if p.text is not None]
    for one in found.entities:
        one.actorhood = -99.0
    left = keep_actors(found)
    assert left.entities == []
    assert len(left.quotes) == spoken > 0
    assert len(left.mentions) == named > 0
    assert [p.text for p in left.event_actors] == parties
    rows = (*left.mentions, *left.event_actors)
    assert not any(row.actor_id for row in rows) and not any(q.speaker_id for q in left.quotes)


def test_events_name_no_actor_that_was_dropped(parsed: Parsed) -> None:
    found, _ = read_all(
        parsed("Kenyan jets bombed a camp in Somalia on Monday. Kenya said that it had warned Somalia.")
    )
    assert any(e.actor_countries for e in found.events)
    words = {(p.event_id, p.role, p.text) for p in found.event_actors}
    for one in found.entities:
        one.actorhood = -99.0
    left = keep_actors(found)
    spoken = {(p.event_id, p.role) for p in left.event_actors}
    for event in left.events:
        for role, names in (("actor", event.actor_names), ("recipient", event.recipient_names)):
            assert all((event.event_id, role, name) in words for name in (names or "").split(" | ") if name)
            if (event.event_id, role) not in spoken:
                assert getattr(event, f"{role}_countries") is None


def test_speaking_tells_more_for_an_actor_than_being_named(parsed: Parsed) -> None:
    found, _ = read_all(parsed("Ana Duro said on Monday that the bridge would stay shut."))
    uses = uses_of(found)
    (person,) = [e for e in found.entities if e.name == "Ana Duro"]
    assert uses[person.entity_id]["speaks"] == 1
    assert odds(person, uses) > odds(person, {})


@pytest.mark.parametrize(
    "text",
    [
        "Peace talks began in Somalia on Monday. African Union peacekeepers guarded the hall.",
        "A mayor in Chile was freed. Coalition forces had searched for him.",
    ],
)
def test_forces_of_several_countries_get_none(parsed: Parsed, text: str) -> None:
    joint = [e for e in extract_mentions(parsed(text))[1] if e.actor_type == "military"]
    assert joint and not any(e.country for e in joint)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Suspected militants raided a village near the lake.", "Suspected militants", "armed_group"),
        ("Prosecutors charged the miller with fraud.", "Prosecutors", "government"),
        ("The mayor closed the debate by praising critics.", "critics", "group"),
        ("Demonstrators blocked the bridge for hours.", "Demonstrators", "group"),
    ],
)
def test_plural_nouns_for_people_and_bodies(parsed: Parsed, text: str, words: str, kind: str) -> None:
    rows = extract_mentions(parsed(text))[0]
    assert [(m.mention_kind, m.entity_type) for m in rows if m.text == words] == [("noun", kind)]


def test_the_fit_finds_what_tells() -> None:
    rows = [{"bias": 1.0, "good": 1.0}] * 30 + [{"bias": 1.0, "bad": 1.0}] * 30
    weights = fit(rows, np.array([1.0] * 30 + [0.0] * 30), np.ones(60), penalty=1.0)
    assert weights["good"] > 1 > -1 > weights["bad"]


def test_the_vector_of_a_name_tells_whether_it_is_an_actor() -> None:
    learned = [weights()[f"{VECTOR}{n}"] for n in range(384)]
    for_it = np.sign(np.array(learned, dtype=np.float32))
    assert score({"bias": 1.0}, for_it) > score({"bias": 1.0}, -for_it)


def test_a_text_without_vectors_is_scored_by_what_is_named() -> None:
    named = {"bias": 1.0, "certain": 1.0}
    assert score(named, np.zeros(0, np.float32)) == score(named, np.zeros(384, np.float32))


def test_countries_of_a_list_stay_together(parsed: Parsed) -> None:
    text = "Sanctions against Dominica, Guinea-Bissau and Equatorial Guinea were lifted on Monday."
    found = extract(parsed(text))
    assert {"Guinea-Bissau", "Equatorial Guinea"} <= {e.name for e in found.entities}

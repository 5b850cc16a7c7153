"""Which candidates are actors, which guesses of a country are told, and collective nouns."""

from collections.abc import Callable

import numpy as np
import pytest

from pipeline.extract import extract
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.actorhood import without_idle
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


def test_used_rows_keep_their_actor(parsed: Parsed) -> None:
    mentions, entities = extract_mentions(parsed("A ship from Malta sank near Crete."))
    ids = {e.entity_id for e in entities}
    for one in entities:
        one.actorhood = 0.0
    assert without_idle(mentions, entities, set())[1] == []
    assert {e.entity_id for e in without_idle(mentions, entities, ids)[1]} == ids


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Suspected militants raided a village near the lake.", "Suspected militants", "armed_group"),
        ("Prosecutors charged the miller with fraud.", "Prosecutors", "government"),
        ("Demonstrators blocked the bridge for hours.", "Demonstrators", "group"),
    ],
)
def test_plural_nouns_for_people_and_bodies(parsed: Parsed, text: str, words: str, kind: str) -> None:
    rows = extract_mentions(parsed(text))[0]
    assert [(m.mention_kind, m.entity_type) for m in rows if m.text == words] == [("noun", kind)]


def test_the_fit_finds_what_tells() -> None:
    rows = [{"bias": 1.0, "good": 1.0}] * 30 + [{"bias": 1.0, "bad": 1.0}] * 30
    weights = fit(rows, np.array([1.0] * 30 + [0.0] * 30), penalty=1.0)
    assert weights["good"] > 1 > -1 > weights["bad"]

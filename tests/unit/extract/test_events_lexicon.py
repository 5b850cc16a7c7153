"""The trigger lexicon holds together: known types and modes, defined classes, slots that the search knows."""

import pytest

from pipeline.extract.events.frames import FLAGS
from pipeline.extract.events.lexicon import classes_of, idioms, means_of, scores, triggers, triggers_of
from pipeline.lexicon import table

DERIVED = {"party"}
"""Classes that names fill as well, beside words."""


def test_types_and_modes_are_plover_s() -> None:
    known = set(scores())
    for rows in triggers().values():
        for row in rows:
            assert (row.event_type, row.event_mode) in known, row
    means = {f"{event_type}.{mode}" for event_type, mode in known}
    assert {m for row in table("event_mode_words") for m in means_of(row["word"])} <= means


def test_every_class_that_a_trigger_asks_for_is_defined() -> None:
    defined = {row["word_class"] for row in table("event_word_classes")} | DERIVED
    asked = {c for rows in triggers().values() for row in rows for k in row.conditions for c in k.classes}
    assert asked <= defined


def test_bare_conditions_are_flags() -> None:
    bare = {
        k.slot.lstrip("!")
        for rows in triggers().values()
        for row in rows
        for k in row.conditions
        if not (k.lemmas or k.classes or k.any_filler)
    }
    assert bare <= FLAGS


def test_no_row_is_written_twice() -> None:
    rows = [tuple(row.values()) for row in table("event_triggers")]
    assert len(rows) == len(set(rows))


def test_idioms_ask_for_something_that_the_search_knows() -> None:
    asked = [k for rows in idioms().values() for conditions in rows for k in conditions]
    assert all(conditions for rows in idioms().values() for conditions in rows)
    bare = {k.slot for k in asked if not (k.lemmas or k.classes or k.any_filler)}
    assert bare <= FLAGS
    assert ("shoot", "VERB") in idioms()


def test_classes_hold_the_classes_within() -> None:
    assert "party" in classes_of("rebel")
    assert "physical" in classes_of("tanker")
    assert classes_of("colourless") == frozenset()


def test_the_types_of_a_word_are_shares() -> None:
    assert triggers_of("bomb")["ASSAULT"] == 1
    assert sum(triggers_of("cut").values()) == pytest.approx(1)
    assert triggers_of("spoon") == {}

"""The trigger lexicon holds together: known types and modes, defined classes, slots that the search knows."""

from pipeline.extract.events.lexicon import classes_of, mode_words, scores, triggers, verb_of_form
from pipeline.extract.events.triggers import FLAGS
from pipeline.lexicon import table

DERIVED = {"party"}
"""Classes that names fill as well, beside words."""


def test_types_and_modes_are_plover_s() -> None:
    known = set(scores())
    for rows in triggers().values():
        for row in rows:
            assert (row.event_type, row.event_mode) in known, row
    for event_type, words in mode_words().items():
        assert {(event_type, mode) for mode in words.values()} <= known


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


def test_classes_hold_the_classes_within() -> None:
    assert "party" in classes_of("rebel")
    assert "physical" in classes_of("tanker")
    assert classes_of("colourless") == frozenset()


def test_regular_forms_find_their_verb() -> None:
    assert verb_of_form("telephoned") == "telephone"
    assert verb_of_form("seizing") == "seize"
    assert verb_of_form("table") is None

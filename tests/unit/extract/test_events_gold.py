"""Which of an article's actors the marks of a reader mean."""

import re

import pytest

from pipeline.extract.events.train.gold import Marked, entities_of, reading
from tests.unit.extract.test_events import parsed

TEXT = "Gunmen seized two Chilean engineers near Lima. Chile demanded their release, and the Chilean government sent an envoy to Peru."


def named(name: str, words: str | None, actor: dict[str, object] | None = None) -> set[str]:
    """The names of the actors that a marked party is."""
    read = reading(parsed(TEXT))
    marked = Marked(read, {"actors": [actor] if actor else [], "events": []})
    text = marked.reading.parsed.doc.text
    found = re.search(rf"\b{words}\b", text) if words else None
    spans = [list(found.span()) if found else None]
    entities = entities_of(marked, [name], spans)[name]
    return {read.cast.entities[entity].name for entity in entities}


@pytest.mark.parametrize(
    ("name", "words", "names"),
    [
        ("two Chilean engineers", "two Chilean engineers", set()),  # people of a state are not the state
        ("Chile", "Chile", {"Chile"}),
        ("Chile", None, {"Chile"}),  # understood
        ("Peru", "Peru", {"Peru"}),
    ],
)
def test_people_of_a_state_are_not_the_state(name: str, words: str | None, names: set[str]) -> None:
    assert names == {n for n in named(name, words) if n in {"Chile", "Peru"}}


def test_a_body_that_is_marked_as_the_states_is_the_state() -> None:
    body = {"name": "Chilean coast guard", "type": "military", "country": "CHL", "aliases": []}
    assert named("Chilean coast guard", None, body) & {"Chile", "Chilean government"}

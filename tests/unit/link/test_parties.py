"""One actor has one name in every event; a party without a name keeps its words."""

import pandas as pd

from pipeline.link.parties import party_names


def test_names_come_from_the_actors_and_words_from_the_text() -> None:
    event_actors = pd.DataFrame(
        [
            ("e1", "actor", "person:ana-ruiz", "Ms Ruiz"),
            ("e1", "actor", None, "two farmers"),
            ("e1", "recipient", "country:PRY", None),
            ("e2", "actor", "person:ana-ruiz", "she"),
            ("e2", "recipient", None, None),
        ],
        columns=["event_id", "role", "actor_id", "text"],
    )
    actors = pd.DataFrame({"actor_id": ["person:ana-ruiz", "country:PRY"], "name": ["Ana Ruiz", "Paraguay"]})
    assert party_names(event_actors, actors) == {
        "actor": {"e1": "Ana Ruiz | two farmers", "e2": "Ana Ruiz"},
        "recipient": {"e1": "Paraguay"},
    }

"""What the network over the article says of names."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline.extract.mentions.heard import voice, votes
from pipeline.extract.mentions.span import Actor, ActorSpan

KINDS = ("organization", "person")


def heard(*shares: tuple[float, float, float]) -> Any:
    """An article of a word for each three shares: of no actor, of an organization, of a person."""
    doc = [SimpleNamespace(i=n, is_space=False) for n in range(len(shares))]
    labels = SimpleNamespace(kinds=KINDS)
    return SimpleNamespace(
        doc=doc, joint=SimpleNamespace(kind=np.array(shares), rows=np.array, labels=labels)
    )


def name(type_: str, start: int = 0, end: int = 1, kind: str = "name") -> ActorSpan:
    return ActorSpan(start, end, kind, type_, "Velmar")


@pytest.mark.parametrize(
    ("shares", "type_", "said"),
    [
        ((0.1, 0.1, 0.8), "organization", [("person", 2)]),
        ((0.1, 0.8, 0.1), "person", [("organization", 2)]),
        ((0.1, 0.1, 0.8), "person", []),
        ((0.1, 0.45, 0.45), "organization", []),
        ((0.9, 0.0, 0.1), "organization", []),
    ],
)
def test_its_word_on_a_type_counts_where_it_is_sure(
    shares: tuple[float, float, float], type_: str, said: list[tuple[str, int]]
) -> None:
    assert list(votes(heard(shares), name(type_))) == said


def test_it_speaks_for_an_actor_by_all_names_but_no_pronouns() -> None:
    parsed = heard((0.1, 0.8, 0.1), (0.2, 0.1, 0.7), (1.0, 0.0, 0.0))
    sure = Actor("person", spans=[name("person", 0, 2), name("person", 2, 3, "pronoun")])
    doubted = Actor("person", spans=[name("person", 0, 2), name("person", 2, 3)])
    assert voice(parsed, sure) > voice(parsed, doubted)
    assert voice(parsed, Actor("person")) == 0.0
    assert voice(parsed, Actor("person", spans=[name("person", 2, 3)])) < 0

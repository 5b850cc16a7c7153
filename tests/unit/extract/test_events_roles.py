"""Who is named in which role, from what is believed of each candidate."""

from typing import Any

import numpy as np
import pytest

from pipeline.extract.events.parties import answers
from pipeline.extract.events.party_features import Candidate

ANYWHERE: Any = None
"""No sentence: candidates that only the article names have no words in it."""
PERU, CHILE, QUITO = Candidate("peru", ()), Candidate("chile", ()), Candidate("quito", ())


@pytest.mark.parametrize(
    ("acts", "undergoes", "actors", "recipients"),
    [
        ([0.9, 0.05, 0.0, 0.05], [0.05, 0.9, 0.0, 0.05], [PERU], [CHILE]),
        # Chile is nearly as likely to act as Peru, but far likelier to undergo it.
        ([0.5, 0.45, 0.0, 0.05], [0.05, 0.9, 0.0, 0.05], [PERU], [CHILE]),
        # Whoever acts for certain leaves the other role to the next one ...
        ([0.9, 0.05, 0.0, 0.05], [0.5, 0.4, 0.0, 0.1], [PERU], [CHILE]),
        # ... or to nobody, where nobody else is likely.
        ([0.9, 0.05, 0.0, 0.05], [0.5, 0.1, 0.0, 0.4], [PERU], []),
        ([0.1, 0.1, 0.0, 0.8], [0.1, 0.1, 0.0, 0.8], [], []),
    ],
)
def test_nobody_has_two_roles(
    acts: list[float], undergoes: list[float], actors: list[Candidate], recipients: list[Candidate]
) -> None:
    candidates = [PERU, CHILE, QUITO]
    named = answers(ANYWHERE, candidates, {"actor": np.array(acts), "recipient": np.array(undergoes)})
    assert [candidates[n] for n in named["actor"]] == actors
    assert [candidates[n] for n in named["recipient"]] == recipients


def test_who_meets_has_one_role() -> None:
    named = answers(ANYWHERE, [PERU, CHILE], {"actor": np.array([0.5, 0.45, 0.05])})
    assert named == {"actor": [0, 1]}

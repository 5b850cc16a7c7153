"""How joins within an article are counted."""

import pandas as pd

from benchmarks.within import counts, told_in_words

LINE = {
    "doc_id": "a",
    "events": [
        {"trigger": [0, 5], "core": True},
        {"trigger": [10, 15], "core": True},
        {"trigger": [20, 25], "core": True},
        {"trigger": [30, 35], "core": False},
        {"trigger": [40, 45], "core": True},
    ],
    "coreferent_events": [[[0, 5], [10, 15], [40, 45]]],
}


def rows(*incidents: str) -> pd.DataFrame:
    """A row at each trigger but the last, with its incident."""
    return pd.DataFrame(
        {
            "doc_id": "a",
            "start": [0, 10, 20, 30],
            "end": [5, 15, 25, 35],
            "event_type": "ASSAULT",
            "status": "actual",
            "incident_id": incidents,
        }
    )


def test_pairs_are_counted_by_what_became_of_them() -> None:
    told = counts([LINE], rows("x", "x", "x", "x"))
    assert (told["joined"], told["false"], told["no row"], told["refused"]) == (1, 2, 2, 0)
    told = counts([LINE], rows("x", "y", "y", "z"))
    assert (told["joined"], told["false"], told["no row"], told["refused"]) == (0, 1, 2, 1)


def test_scores_tell_what_perfect_linking_would_reach() -> None:
    line = told_in_words(counts([LINE], rows("x", "x", "y", "z")))
    assert (
        "3 pairs, both found 1, joined 1, falsely 0: precision 100.0, F1 50.0, of those found 100.0, ceiling 50.0"
        in line
    )

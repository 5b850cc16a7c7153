"""Days that a sentence counts from its own news."""

import numpy as np
import pytest

from pipeline.link.clauses import ALONE
from pipeline.link.rows import NO_DAY
from pipeline.link.spans import counted_days, days_since


@pytest.mark.parametrize(
    ("sentence", "trigger", "days"),
    [
        ("Torland freed the ship three weeks after it seized the crew.", "seized", (18, 24)),
        ("The bank reopened 12 days after the raid.", "raid", (12, 12)),
        ("A year after Torland closed its embassy, it sent an envoy.", "closed", (344, 386)),
        ("Two months since the arrest of the mayor nobody was charged.", "arrest", (41, 81)),
        ("Three weeks after the vote, police arrested the mayor.", "arrested", None),
        ("Some weeks after the vote all was quiet.", "vote", None),
        ("The mayor was arrested after the vote.", "vote", None),
    ],
)
def test_days_between_an_event_and_the_news(
    sentence: str, trigger: str, days: tuple[int, int] | None
) -> None:
    assert days_since(sentence, sentence.index(trigger), ALONE) == days


def test_a_count_belongs_to_the_first_event_behind_it() -> None:
    sentence = "Torland freed him two weeks after police shot the man who attacked them."
    freed, shot, attacked = (sentence.index(word) for word in ("freed", "shot", "attacked"))
    assert days_since(sentence, shot, shot - freed - len("freed")) == (11, 17)
    assert days_since(sentence, attacked, attacked - shot - len("shot")) is None


def test_days_are_counted_from_the_day_of_the_news() -> None:
    told = [(7, 7), (7, 7), None, (7, 7), (7, 7)]
    published = np.array([100, 100, 100, 100, NO_DAY])
    first, last = np.array([98, NO_DAY, 98, 60, NO_DAY]), np.array([98, NO_DAY, 98, 60, NO_DAY])
    own = np.array([False, False, False, True, False])
    first, last, counted = counted_days(told, published, (first, last), own)
    assert first.tolist() == [90, 91, 98, 60, NO_DAY]
    assert last.tolist() == [92, 93, 98, 60, NO_DAY]
    assert counted.tolist() == [True, True, False, False, False]

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link import same_event
from pipeline.link.reports import Reports
from pipeline.link.same_event import score_reports
from tests.unit.link.frames import documents, event, parties

ONE = event(
    "a", "2025-03-04", "Border guards seized two ships off Orhei on Monday.", "seized", when="2025-03-03"
)
TWO = event(
    "b", "2025-03-05", "On Monday two ships were seized by guards near Orhei.", "seized", when="2025-03-03"
)
SIDES = {
    "event_type": "COERCE",
    "event_mode": "seize",
    "actor_countries": "MDA",
    "recipient_countries": "NOR",
}


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        ({}, True),
        ({"actor_countries": "NOR", "recipient_countries": "MDA"}, False),
        ({"event_type": "PROTEST", "event_mode": "demo"}, False),
    ],
)
def test_a_pair_of_one_time_needs_less_unless_it_is_of_protests_or_swaps_the_sides(
    monkeypatch: pytest.MonkeyPatch, other: dict[str, Any], joined: bool
) -> None:
    monkeypatch.setattr(same_event, "weighed", lambda _features, n, *_: np.full(n, -0.25))
    protest = other if "event_type" in other else {}
    frame = pd.DataFrame([ONE | SIDES | protest, TWO | SIDES | other])
    told = ((row["doc_id"], row["published_on"].isoformat(), row["sentence"]) for row in (ONE, TWO))
    reports = Reports.read(frame, parties(frame), documents(*told))
    score, _ = score_reports(reports, np.array([0]), np.array([1]))
    assert (score[0] > 0) == joined

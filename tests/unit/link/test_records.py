"""What one row tells is said by a shorter way than what several tell: the words are the same."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link import records, tallies
from pipeline.link.counts import Counts, prepared_figures, with_incidents
from pipeline.link.reports import Reports
from pipeline.link.rows import stable_order
from pipeline.link.sources import Voices
from tests.unit.link.frames import day, documents, event, figure, parties

TOLD = "Rebels shelled a mill near Kutum, and 12 people died."


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"status": "negated"},
        {"status": "hypothetical", "actor_names": "A | B | A", "actor_countries": ""},
        {"place": "Kutum", "place_country": "SDN", "latitude": 14.2, "longitude": 24.7},
        {"place_country": "SDN", "latitude": 14.2, "longitude": 24.7},
        {"latitude": 14.2, "longitude": 24.7},
        {"fatalities_low": 12.0, "fatalities_high": 15.0},
        {"fatalities_low": 12.0},
        {"date_from": day("2025-03-04"), "date_to": day("2025-03-05"), "attributed_to": "Reuters"},
        {"published_on": None},
    ],
)
def test_a_report_alone(columns: dict[str, Any]) -> None:
    told = pd.DataFrame([event("a", "2025-03-06", TOLD, "shelled") | columns])
    frame, articles = stable_order(told, "event_id"), documents(("a", "2025-03-06", TOLD))
    reports = Reports.read(frame, parties(frame), articles)
    one, row = records.single(reports, 0), np.array([0])
    assert one == records.together(Voices(articles), reports, row)
    assert list(one) == list(records.together(Voices(articles), reports, row))


@pytest.mark.parametrize(
    "columns", [{}, {"value_high": 15.0}, {"counted": None, "measure": None}, {"published_on": None}]
)
@pytest.mark.parametrize("copies", [set(), {"a"}])
def test_a_figure_alone(columns: dict[str, Any], copies: set[str]) -> None:
    told = figure("a", "2025-03-06", TOLD, "12 people", 12.0) | {"comparator": ">="} | columns
    events = pd.DataFrame({"event_id": ["e"], "incident_id": ["i"]})
    articles = documents(("a", "2025-03-06", TOLD))
    counts = Counts.read(
        with_incidents(prepared_figures(pd.DataFrame([told | {"event_id": "e"}])), events), articles
    )
    one, row = tallies.single(counts, 0), np.array([0])
    assert one == tallies.together(Voices(articles), copies, counts, row)
    assert list(one) == list(tallies.together(Voices(articles), copies, counts, row))

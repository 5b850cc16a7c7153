"""Runs of which Dagster keeps no history: the same steps, with few events."""

from pathlib import Path

import dagster as dg
import pytest

from pipeline import definitions
from pipeline.orchestration import run as run_module
from pipeline.orchestration.jobs import JOB, UNTOLD
from tests.orchestration.conftest import Run


def test_a_run_that_nobody_looks_at_has_few_events(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[dg.DagsterEvent] = []
    real = run_module._result
    monkeypatch.setattr(
        run_module, "_result", lambda found, data: events.extend(found.all_events) or real(found, data)
    )
    assert not run(tmp_path / "data").failed
    told = [event.event_type for event in events]
    assert dg.DagsterEventType.ASSET_CHECK_EVALUATION not in told
    assert len(told) < 100


def test_it_takes_the_same_steps() -> None:
    told = definitions.defs.resolve_job_def(JOB.name)
    untold = definitions.forgotten().resolve_job_def(UNTOLD.name)
    assert (
        {node.name for node in told.nodes} == {node.name for node in untold.nodes} == {"articles", "tables"}
    )
    assert told.asset_layer.selected_asset_keys == untold.asset_layer.selected_asset_keys
    assert told.asset_layer.asset_graph.asset_check_keys
    assert not untold.asset_layer.asset_graph.asset_check_keys

from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipeline import journal, steps, unchanged
from pipeline.definitions import defs
from pipeline.orchestration import outcome
from schemas import TABLES
from tests.orchestration.conftest import Run
from tests.sample import broken


def test_only_a_run_that_published_everything_answers_for_the_next(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "RECENT", 0)
    data = tmp_path / "data"
    assert run(data).failed == {}
    assert unchanged.confirm(tmp_path, data) is not None
    assert run(data, events=broken("events", status="maybe")).failed
    assert journal.entries(data)[-1]["outcome"] == journal.PUBLISHED
    assert unchanged.confirm(tmp_path, data) is None


Look = Callable[[], list[str]]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Look:
    """Which of the steps that ask every row or page a run has taken since it was last asked."""
    found: list[str] = []

    def noted(owner: object, name: str) -> None:
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *some, **other: (found.append(name), real(*some, **other))[1])

    noted(steps, "_read")
    noted(steps, "drafting")
    noted(steps.verdicts, "check")
    noted(steps, "_write_pages")

    def told() -> list[str]:
        steps = sorted(set(found))
        found.clear()
        return steps

    return told


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where Dagster keeps its history, as it does for the UI."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    monkeypatch.setattr(unchanged, "RECENT", 0)
    yield folder


ALL_STEPS = ["_read", "_write_pages", "check", "drafting"]


@pytest.mark.usefixtures("home")
def test_a_run_under_dagster_that_finds_nothing_changed_ends_at_once(
    run: Run, tmp_path: Path, looked: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    first = run(data)
    assert looked() == ALL_STEPS
    second = run(data, whole=False)
    assert looked() == []
    assert second.rows == first.rows and second.failed == {}
    assert (second.refreshed.n_new, second.refreshed.n_same) == (0, 1)
    entry = journal.entries(data)[-1]
    assert entry["outcome"] == journal.PUBLISHED and entry["same"]
    assert journal.published_state(data) == entry["state"]
    with dg.DagsterInstance.get() as instance:
        for name in (*TABLES, "report", "datapackage", "database"):
            assert len(instance.fetch_materializations(dg.AssetKey(name), limit=9).records) == 1
            (seen,) = instance.fetch_observations(dg.AssetKey(name), limit=9).records
            assert seen.asset_observation is not None
            assert seen.asset_observation.description == "Unchanged."
        monkeypatch.setattr(outcome, "CONFIRM_HOURS", 0)
        run(data, whole=False)
        assert looked() == []
        of_events = instance.fetch_materializations(dg.AssetKey("events"), limit=9).records
        made = [one.asset_materialization.metadata for one in of_events if one.asset_materialization]
        assert len(made) == 2
        assert made[0]["dagster/row_count"] == made[1]["dagster/row_count"]
    (tmp_path / "late.txt").write_text("date 2026-03-03 More words.", encoding="utf-8")
    run(data, whole=False)
    assert looked() == ALL_STEPS


@pytest.mark.usefixtures("home")
def test_what_is_asked_to_look_or_was_never_told_here_is_made(
    run: Run, tmp_path: Path, looked: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    run(data)
    looked()
    job = defs.resolve_job_def("make_tables")
    folders = {"folders": {"config": {"seeds": str(tmp_path), "data": str(data)}}}

    def materialize(instance: dg.DagsterInstance, *assets: str, whole: bool = False) -> None:
        ops = {"articles": {"config": {"whole": whole}}} if "articles" in assets else {}
        config = {"resources": folders, "ops": ops}
        chosen = [dg.AssetKey(name) for name in assets]
        assert job.execute_in_process(config, instance=instance, asset_selection=chosen).success

    with dg.DagsterInstance.get() as instance:
        materialize(instance, "events")  # as the UI makes one table
        assert looked() == []
        materialize(instance, "articles", "events", whole=True)  # as the run of the night
        assert looked() == ALL_STEPS
    with dg.DagsterInstance.ephemeral() as elsewhere:
        materialize(elsewhere, "articles", "events")
        assert looked() == ALL_STEPS[1:]
        materialize(elsewhere, "articles", "events")
        assert looked() == []

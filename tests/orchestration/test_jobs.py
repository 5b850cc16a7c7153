import os
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import defs
from pipeline.orchestration.jobs import NIGHTLY, folder_sensor


def tick(seeds: Path, cursor: str | None) -> tuple[list[str], str | None]:
    """The runs that a tick of the sensor asks for, by key, and the cursor that it leaves."""
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs)
        said = folder_sensor(seeds).evaluate_tick(context)
    return [str(request.run_key) for request in said.run_requests or []], said.cursor


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text("date 2026-03-02 Words.", encoding="utf-8")
    return folder


def test_a_new_file_starts_one_run(seeds: Path) -> None:
    runs, first = tick(seeds, None)
    assert runs == [first]
    assert tick(seeds, first) == ([], first)
    (seeds / "b.txt").write_text("date 2026-03-03 More.", encoding="utf-8")
    runs, second = tick(seeds, first)
    assert runs == [second]
    assert second != first
    assert tick(seeds, second) == ([], second)


def test_a_late_file_with_an_old_date_is_seen(seeds: Path) -> None:
    _, cursor = tick(seeds, None)
    late = seeds / "deep" / "late.txt"
    late.parent.mkdir()
    late.write_text("date 1999-01-01 Late.", encoding="utf-8")
    os.utime(late, (0, 0))
    runs, _ = tick(seeds, cursor)
    assert len(runs) == 1


def test_an_edit_and_a_removal_are_seen(seeds: Path) -> None:
    _, cursor = tick(seeds, None)
    (seeds / "a.txt").write_text("date 2026-03-02 Other words.", encoding="utf-8")
    runs, edited = tick(seeds, cursor)
    assert len(runs) == 1
    (seeds / "a.txt").unlink()
    runs, removed = tick(seeds, edited)
    assert runs == [removed]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, definitions=defs)
        said = folder_sensor(tmp_path / "nowhere").evaluate_tick(context)
    assert "does not exist" in str(said.skip_message)


def test_a_run_is_due_each_night() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(instance=instance)
        requests = NIGHTLY.evaluate_tick(context).run_requests
    assert len(requests or []) == 1
    assert NIGHTLY.cron_schedule == "0 2 * * *"
    assert NIGHTLY.job_name == "make_tables"


def test_they_start_the_one_job_and_are_on() -> None:
    (sensor,) = defs.sensors or []
    assert isinstance(sensor, dg.SensorDefinition)
    assert sensor.job_name == "make_tables"
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING
    assert NIGHTLY.default_status is dg.DefaultScheduleStatus.RUNNING

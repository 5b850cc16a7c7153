import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster_shared.record import copy

from pipeline import journal
from pipeline.definitions import defs
from pipeline.orchestration.jobs import NIGHTLY, folder_sensor
from pipeline.store import addresses
from tests.storage import served

PAUSES = (30, 300)


@dataclass
class World:
    """A folder of articles, what is published from it, and Dagster's memory of runs."""

    instance: dg.DagsterInstance
    seeds: Path
    data: Path
    cursor: str | None = None

    def tick(self) -> str:
        """A tick of the sensor: "run", or why there is none."""
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor, definitions=defs)
        said = folder_sensor(self.seeds, self.data, pauses=PAUSES).evaluate_tick(context)
        self.cursor = said.cursor
        assert len(said.run_requests or []) <= 1
        return "run" if said.run_requests else str(said.skip_message)

    def write(self, name: str, text: str) -> Path:
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def publish(self) -> None:
        """As a run does that ends well."""
        journal.note(
            self.data, uuid.uuid4().hex, state=journal.state(self.seeds, self.data), outcome=journal.PUBLISHED
        )

    def run(self, status: dg.DagsterRunStatus, ended: float = 0.0) -> str:
        """A run in Dagster's memory, in some state, ended some seconds ago."""
        run = self.instance.create_run_for_job(defs.resolve_job_def("make_tables"), status=status)
        self.pass_time(ended)
        return run.run_id

    def pass_time(self, ended: float) -> None:
        """Have the runs so far have ended some seconds ago."""
        real = type(self.instance).get_run_records

        def records(*args: Any, **options: Any) -> Any:
            found = real(self.instance, *args, **options)
            return [copy(record, end_time=time.time() - ended) for record in found]

        self.instance.get_run_records = records  # type: ignore[method-assign]

    def stop(self, ended: float) -> None:
        """As a user does with a run that goes on."""
        run = self.instance.get_run_by_id(self.run(dg.DagsterRunStatus.STARTED, ended))
        assert run is not None
        self.instance.report_run_canceling(run)
        self.instance.report_run_canceled(run)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    with dg.DagsterInstance.ephemeral() as instance:
        found = World(instance, seeds, tmp_path / "data")
        found.write("a.txt", "date 2026-03-02 Words.")
        yield found


def test_a_change_starts_a_run_until_it_is_published(world: World) -> None:
    assert world.tick() == "run"
    world.publish()
    assert "made from the folder as it is" in world.tick()
    world.write("b.txt", "date 2026-03-03 More.")
    assert world.tick() == "run"


def test_a_late_file_with_an_old_date_is_seen(world: World) -> None:
    world.publish()
    os.utime(world.write("deep/late.txt", "date 1999-01-01 Late."), (0, 0))
    assert world.tick() == "run"


def test_a_file_that_comes_and_goes_is_seen_each_time(world: World) -> None:
    world.publish()
    for _ in range(2):
        late = world.write("b.txt", "date 2026-03-03 More.")
        assert world.tick() == "run"
        world.publish()
        late.unlink()
        assert world.tick() == "run"
        world.publish()
        assert world.tick() != "run"


def test_while_a_run_goes_on_none_is_started(world: World) -> None:
    run_id = world.run(dg.DagsterRunStatus.STARTED)
    assert "going on" in world.tick()
    world.instance.delete_run(run_id)
    assert world.tick() == "run"


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED])
def test_what_was_not_published_is_tried_again_with_pauses_and_then_said(
    world: World, status: dg.DagsterRunStatus
) -> None:
    assert world.tick() == "run"
    world.run(status, ended=10)
    assert "tried again in 20 s" in world.tick()
    world.run(status, ended=40)
    assert world.tick() == "run"
    world.run(status, ended=40)
    assert "tried again in 4 min 20 s" in world.tick()
    world.run(status, ended=301)
    assert world.tick() == "run"
    world.run(status, ended=10**6)
    assert "after 3 tries" in world.tick()
    world.write("b.txt", "date 2026-03-03 More.")
    assert world.tick() == "run"


def test_what_a_user_stops_is_no_failure(world: World) -> None:
    for _ in range(3 * len(PAUSES)):
        assert world.tick() == "run"
        world.stop(ended=31)
        said = world.tick()
        assert "stopped by hand" in said and "in 4 min 29 s" in said
        world.pass_time(301)
    assert world.tick() == "run"
    world.run(dg.DagsterRunStatus.FAILURE, ended=10)
    assert "tried again in 20 s" in world.tick()
    world.stop(ended=10)
    world.write("b.txt", "date 2026-03-03 More.")
    assert world.tick() == "run"


def test_tables_below_the_articles_start_nothing(world: World) -> None:
    world.data = world.seeds / "made"
    world.publish()
    (world.data / "csv").mkdir()
    (world.data / "csv" / "events.txt").write_text("made", encoding="utf-8")
    assert world.tick() != "run"


def test_a_cursor_of_another_release_is_no_obstacle(world: World) -> None:
    world.cursor = "0" * 64
    assert world.tick() == "run"


def test_a_folder_that_is_gone_is_told(world: World) -> None:
    world.seeds = world.seeds / "nowhere"
    assert "does not exist" in world.tick()


def test_a_run_is_due_each_night() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(instance=instance)
        requests = NIGHTLY.evaluate_tick(context).run_requests
    assert len(requests or []) == 1
    assert NIGHTLY.cron_schedule == "0 2 * * *"
    assert NIGHTLY.job_name == "make_tables"


def test_they_start_the_one_job_and_are_on() -> None:
    sensor = next(s for s in defs.sensors or [] if s.name == "seeds_folder")
    assert isinstance(sensor, dg.SensorDefinition)
    assert sensor.job_name == "make_tables"
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING
    assert NIGHTLY.default_status is dg.DefaultScheduleStatus.RUNNING


def test_articles_at_an_address_are_asked_for_at_each_look(world: World, tmp_path: Path) -> None:
    with served() as storage:
        world.seeds = addresses.local("s3://papers/news", tmp_path)
        assert world.tick() == "Nothing lies at s3://papers/news; nothing was changed."
        storage.pipe("papers/news/1.txt", b"date 2026-01-01\n\nA strike began.\n")
        assert world.tick() == "run"
        assert (world.seeds / "1.txt").is_file()

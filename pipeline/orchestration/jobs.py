"""The one job, and what starts it: the command, a change in the seeds folder, the night."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import dagster as dg

from pipeline import journal
from pipeline.progress import duration
from pipeline.read.fetch import FetchError, bring
from pipeline.settings import settings

JOB = dg.define_asset_job(
    "make_tables",
    selection=dg.AssetSelection.all(),
    description="Articles in, tables out.",
    executor_def=dg.in_process_executor,
)
"""All steps in one process: starting a process a step would take longer than the steps."""

NIGHTLY = dg.ScheduleDefinition(
    name="nightly",
    job=JOB,
    cron_schedule=settings().nightly,
    execution_timezone="UTC",
    run_config={"ops": {"articles": {"config": {"whole": True}}}},
    description="A run each night, which looks into every file and confirms every table, whether or not anything has changed.",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

GOING_ON = [
    status for status in dg.DagsterRunStatus if status.value not in ("SUCCESS", "FAILURE", "CANCELED")
]


@dataclass(frozen=True)
class Cursor:
    """What the sensor remembers: the state that it last asked a run for, and how often."""

    state: str = ""
    tries: int = 0

    @classmethod
    def read(cls, text: str | None) -> "Cursor":
        """From what Dagster kept; an empty one from anything else."""
        try:
            return cls(**json.loads(text or ""))
        except (ValueError, TypeError):
            return cls()

    def write(self) -> str:
        """For Dagster to keep."""
        return json.dumps(asdict(self))


def folder_sensor(
    seeds: Path, data: Path, *, pauses: Sequence[int] | None = None, state: Callable[[], str] | None = None
) -> dg.SensorDefinition:
    """A sensor that starts a run as long as the published tables are not made from the folder as it is.

    It compares states, never times: a file that arrives late, with an old date, is seen all the same, and so is one that
    comes and goes. What was not published, for whatever reason, is tried again after `pauses` (seconds), then left.
    """
    pauses = settings().retry_seconds if pauses is None else pauses
    look = state or (lambda: journal.state(seeds, data))

    @dg.sensor(
        name="seeds_folder",
        job=JOB,
        minimum_interval_seconds=settings().watch_seconds,
        description=f"Starts a run when what stands in {seeds} is not what the tables were made from.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def seeds_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        try:
            bring(seeds)
        except FetchError as error:
            return dg.SkipReason(str(error))
        if not seeds.is_dir():
            return dg.SkipReason(f"The folder {seeds} does not exist.")
        now, before = look(), Cursor.read(context.cursor)
        if now == journal.published_state(data):
            context.update_cursor(Cursor().write())
            return dg.SkipReason("The tables are made from the folder as it is.")
        if context.instance.get_runs_count(dg.RunsFilter(statuses=GOING_ON)):
            return dg.SkipReason("A run is going on; the folder is looked at again when it has ended.")
        tries = before.tries if before.state == now else 0
        last = _last_run(context.instance)
        if tries and _stopped(context.instance, last):
            tries -= 1
            why = _not_now(last, pauses)
        else:
            why = _not_yet(last, tries, pauses) if tries else None
        if why:
            return dg.SkipReason(why)
        return dg.SensorResult(
            run_requests=[dg.RunRequest(tags={"newstables/state": now, "newstables/try": str(tries + 1)})],
            cursor=Cursor(now, tries + 1).write(),
        )

    return seeds_folder


def _last_run(instance: dg.DagsterInstance) -> dg.RunRecord | None:
    """The record of the last run, whatever started it."""
    return next(iter(instance.get_run_records(dg.RunsFilter(job_name=JOB.name), limit=1)), None)


def _stopped(instance: dg.DagsterInstance, last: dg.RunRecord | None) -> bool:
    """Whether a user stopped it: that is no failure, and counts for none. One that went down with the service was not asked to."""
    if last is None or last.dagster_run.status is not dg.DagsterRunStatus.CANCELED:
        return False
    return bool(instance.all_logs(last.dagster_run.run_id, of_type=dg.DagsterEventType.PIPELINE_CANCELING))


def _left(last: dg.RunRecord | None, pause: float) -> float:
    """Seconds of a pause after a run that are left."""
    return ((last.end_time if last else None) or 0.0) + pause - time.time()


def _not_now(last: dg.RunRecord | None, pauses: Sequence[int]) -> str | None:
    """Why nothing is started now after a user has stopped a run."""
    left = _left(last, max(pauses, default=0))
    told = "The last run was stopped by hand. Stop this sensor to keep it so; else it is started again"
    return f"{told} in {duration(left)}, or when the folder changes." if left > 0 else None


def _not_yet(last: dg.RunRecord | None, tries: int, pauses: Sequence[int]) -> str | None:
    """Why a run that was asked for and not published is not tried again now."""
    how = f"The last run ended as {last.dagster_run.status.value}" if last else "The last run is gone"
    if tries > len(pauses):
        return (
            f"{how} after {tries} tries. The tables stay as they were published last. The next try is at night, when the "
            "folder changes, or when a run is started by hand."
        )
    left = _left(last, pauses[tries - 1])
    return f"{how}; it is tried again in {duration(left)}." if left > 0 else None

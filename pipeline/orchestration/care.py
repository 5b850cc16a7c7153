"""What looks after Dagster itself: somebody is told of failures, and old runs and logs go."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg

from pipeline.notify import notify
from pipeline.orchestration import alive
from pipeline.settings import settings

FINISHED = [status for status in dg.DagsterRunStatus if status.value in ("SUCCESS", "FAILURE", "CANCELED")]
AT_ONCE = 50
"""Runs that are forgotten in one go: a sensor must answer soon."""


@dg.run_failure_sensor(
    name="failures",
    monitor_all_code_locations=False,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells the command or webhook of the settings when a run fails or a table is held back.",
)
def failures(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
    """Hand the reason of a failed run to whom the settings name."""
    chosen = settings()
    if not chosen.on_failure_command and not chosen.on_failure_webhook:
        return dg.SkipReason(
            "Neither NEWSTABLES_ON_FAILURE_COMMAND nor NEWSTABLES_ON_FAILURE_WEBHOOK is set."
        )
    run = context.dagster_run
    why = reasons(context)
    text = f"newstables: run {run.run_id[:8]} failed. {why}"
    facts = {
        "text": text,
        "reason": why,
        "id": run.run_id,
        "job": run.job_name,
        "data": str(chosen.data_dir.absolute()),
        "url": f"http://{chosen.host}:{chosen.port}/runs/{run.run_id}",
    }
    for problem in notify(chosen, facts):
        context.log.error(problem)
    return None


def reasons(context: dg.RunFailureSensorContext) -> str:
    """Why a run failed: the errors of its steps, from the first cause on, else what Dagster says of it."""
    found = []
    for event in context.get_step_failure_events():
        error = event.step_failure_data.error
        while error and error.cause:
            error = error.cause
        if error:
            found.append(f"{event.step_key}: {str(error.message).strip()}")
    return " ".join(found) or context.failure_event.message or "It did not say why."


@dg.sensor(
    name="old_runs",
    minimum_interval_seconds=3600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Forgets old runs and their logs; starts no run itself.",
)
def old_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Keep the history within the settings `keep_runs` and `keep_days`."""
    chosen = settings()
    gone = 0
    for run_id in forgettable(context.instance, chosen.keep_runs, chosen.keep_days):
        forget(context.instance, run_id)
        gone += 1
    return dg.SkipReason(f"{gone} old runs forgotten.")


def forgettable(instance: dg.DagsterInstance, keep_runs: int, keep_days: int) -> Iterator[str]:
    """Runs that are older and more than wanted, oldest first, but none that an asset was made by last."""
    before = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=keep_days)
    kept = instance.get_run_records(limit=keep_runs)
    if len(kept) < keep_runs:
        return
    filters = dg.RunsFilter(statuses=FINISHED, created_before=min(before, kept[-1].create_timestamp))
    needed = _last_makers(instance)
    found = 0
    for record in instance.get_run_records(filters, ascending=True):
        if record.dagster_run.run_id not in needed:
            yield record.dagster_run.run_id
            found += 1
            if found == AT_ONCE:
                return


def _last_makers(instance: dg.DagsterInstance) -> set[str]:
    records = instance.get_asset_records()
    return {record.asset_entry.last_run_id for record in records if record.asset_entry.last_run_id} | {
        record.asset_entry.last_materialization_record.run_id
        for record in records
        if record.asset_entry.last_materialization_record
    }


def forget(instance: dg.DagsterInstance, run_id: str) -> None:
    """Remove a run, its events and its logs."""
    instance.compute_log_manager.delete_logs(prefix=[run_id])
    instance.delete_run(run_id)
    alive.forget(instance, run_id)

"""The one job, and what starts it: the command, a change in the seeds folder, the night."""

from pathlib import Path

import dagster as dg

from pipeline.read.manifest import digest

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
    cron_schedule="0 2 * * *",
    execution_timezone="UTC",
    description="A run each night: finds what the sensor could not see, such as another version of the extractor.",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


def folder_sensor(seeds: Path) -> dg.SensorDefinition:
    """A sensor that starts a run whenever the listing of a folder has changed.

    It compares digests of the folder, never times: a file that arrives late, with an old date, is seen all the same.
    """

    @dg.sensor(
        name="seeds_folder",
        job=JOB,
        minimum_interval_seconds=30,
        description=f"Starts a run when articles in {seeds.name} are added, changed or removed.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def seeds_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        if not seeds.is_dir():
            return dg.SkipReason(f"The folder {seeds} does not exist.")
        now = digest(seeds)
        if now == context.cursor:
            return dg.SkipReason("Nothing has changed.")
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=now)], cursor=now)

    return seeds_folder

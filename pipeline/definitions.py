"""Everything that Dagster sees."""

import dagster as dg

from pipeline.orchestration.assets import ASSETS
from pipeline.orchestration.care import failures, old_runs
from pipeline.orchestration.jobs import JOB, NIGHTLY, folder_sensor
from pipeline.orchestration.resources import Folders
from pipeline.settings import settings

defs = dg.Definitions(
    assets=ASSETS,
    jobs=[JOB],
    schedules=[NIGHTLY],
    sensors=[
        folder_sensor(settings().seeds_dir.absolute(), settings().data_dir.absolute()),
        failures,
        old_runs,
    ],
    resources={"folders": Folders()},
    executor=dg.in_process_executor,
)

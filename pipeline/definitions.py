"""Everything that Dagster sees."""

import dagster as dg

from pipeline.orchestration.assets import ASSETS
from pipeline.orchestration.jobs import JOB, NIGHTLY, folder_sensor
from pipeline.orchestration.resources import Folders
from pipeline.settings import settings

defs = dg.Definitions(
    assets=ASSETS,
    jobs=[JOB],
    schedules=[NIGHTLY],
    sensors=[folder_sensor(settings().seeds_dir)],
    resources={"folders": Folders()},
    executor=dg.in_process_executor,
)

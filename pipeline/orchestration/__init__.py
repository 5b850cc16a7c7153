"""All of Dagster: assets, checks, metadata, what starts a run, and a run from the command line."""

from pipeline.orchestration.run import RunError, run_job
from pipeline.summary import RunResult

__all__ = ["RunError", "RunResult", "run_job"]

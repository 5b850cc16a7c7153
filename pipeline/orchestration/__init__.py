"""All of Dagster: assets, checks, metadata, what starts a run, and a run from the command line."""

from pipeline.orchestration.run import RunError, run_job

__all__ = ["RunError", "run_job"]

"""All of Dagster: assets, checks, metadata, what starts a run, and a run from the command line."""

from pipeline.spared import without

# What Dagster keeps its history with and notes of its daemon colour their errors.
without("mako.ext.pygmentplugin", "mako.exceptions")
without("rich", "structlog.dev")

from pipeline.orchestration.run import RunError, run_job  # noqa: E402
from pipeline.summary import RunResult  # noqa: E402

__all__ = ["RunError", "RunResult", "run_job"]

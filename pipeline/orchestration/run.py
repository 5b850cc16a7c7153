"""A run from the command line of which Dagster keeps the history: the very job that the UI, the sensor and the schedule start."""

from pathlib import Path
from typing import Any

import dagster as dg

from pipeline import journal
from pipeline.orchestration.jobs import JOB
from pipeline.run import INTERRUPTED, worded

FORESEEN = {"Failure", "DagsterAssetCheckFailedError"}
"""How a step ends of which a table is held back or could not be written: the history of the data folder tells which."""


def run_job(seeds: Path, data: Path, *, again: str, whole: bool) -> tuple[str, str | None]:
    """Run the job; returns the run's name in the history, and what broke it, where no version was made. The caller holds the lock on `data`."""
    from pipeline.definitions import defs

    config = {
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        "resources": {"folders": {"config": {"seeds": str(seeds), "data": str(data)}}},
        "ops": {"articles": {"config": {"again": again, "whole": whole}}},
    }
    with dg.DagsterInstance.get() as instance:
        run = defs.resolve_job_def(JOB.name).execute_in_process(
            run_config=config, instance=instance, raise_on_error=False
        )
    noted = "rows" in journal.entry_of(data, run.run_id)
    return run.run_id, None if noted and _foreseen(run) else _broken(run)


def _foreseen(run: dg.ExecuteInProcessResult) -> bool:
    """Whether the run went through, or no step broke otherwise than by a table that is held back or could not be written."""
    errors = [event.step_failure_data.error for event in run.get_step_failure_events()]
    told = all(error is not None and error.cls_name in FORESEEN for error in errors)
    return run.success or (bool(errors) and told)


def _broken(run: dg.ExecuteInProcessResult) -> str:
    """Why a run broke: the errors of its steps, else its own."""
    errors = [event.step_failure_data.error for event in run.get_step_failure_events()]
    if not errors and not run.success:
        errors = [run.get_run_failure_event().job_failure_data.error]
    return "; ".join(dict.fromkeys(map(_cause, errors)))


def _cause(error: Any) -> str:
    """What went wrong first, from Dagster's record of an error."""
    while error and error.cause:
        error = error.cause
    if error and error.cls_name == dg.DagsterExecutionInterruptedError.__name__:
        return INTERRUPTED
    return worded(str(error.message)) if error else "it did not say why"

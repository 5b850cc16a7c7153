"""A run from the command line: the very job that the UI, the sensor and the schedule start."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline import journal
from pipeline.orchestration.jobs import JOB, UNTOLD
from pipeline.refresh import Refreshed, load_manifest
from pipeline.store import lock
from pipeline.summary import COUNTS, RunResult

INTERRUPTED = "Interrupted. What was done is kept: run again to go on."


class RunError(RuntimeError):
    """A run that broke before its version was complete, so that nothing of it shows; the message says why."""


def run_job(
    seeds: Path,
    data: Path,
    *,
    waiting: Callable[[str], None] | None = None,
    again: str = "",
    whole: bool = False,
) -> RunResult:
    """Run the job on a folder of articles and a folder for the tables; `again`: a month that is read again; `whole`: look into every file.

    Its history is kept where DAGSTER_HOME is set, else forgotten. Raises LockedError where another run works on the
    data (`waiting` is told first whom it waits for), RunError where no version was made; a table that is held back is told in
    the result.
    """
    config = {
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        "resources": {"folders": {"config": {"seeds": str(seeds.absolute()), "data": str(data.absolute())}}},
        "ops": {"articles": {"config": {"again": again, "whole": whole}}},
    }
    with lock.hold(data, waiting=waiting), _instance() as instance:
        run = _job().execute_in_process(run_config=config, instance=instance, raise_on_error=False)
    return _result(run, data)


def _job() -> dg.JobDefinition:
    """The job, and the same with few events where nobody will look at them."""
    from pipeline.definitions import defs, forgotten

    kept = os.environ.get("DAGSTER_HOME")
    return defs.resolve_job_def(JOB.name) if kept else forgotten().resolve_job_def(UNTOLD.name)


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    if os.environ.get("DAGSTER_HOME"):
        with dg.DagsterInstance.get() as instance:
            yield instance
    else:
        with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as instance:
            yield instance


def _result(run: dg.ExecuteInProcessResult, data: Path) -> RunResult:
    broken = _broken(run)
    told = journal.entry_of(data, run.run_id)
    if "n_documents" not in told or "rows" not in told or _unforeseen(run):
        raise RunError(
            "; ".join(dict.fromkeys(broken.values()))
            or _cause(run.get_run_failure_event().job_failure_data.error)
        )
    failed = {**told.get("why_held_back", {}), **told["broken"]}
    counts = {name: int(told[name]) for name in COUNTS}
    rejected = load_manifest(data)[0].unreadable if told["n_rejected"] else ()
    refreshed = Refreshed(**counts, rejected=rejected)
    return RunResult(refreshed, told["rows"], failed)


def _unforeseen(run: dg.ExecuteInProcessResult) -> bool:
    """Whether a step broke otherwise than by a table that is held back or could not be written."""
    foreseen = {"Failure", "DagsterAssetCheckFailedError"}
    errors = [event.step_failure_data.error for event in run.get_step_failure_events()]
    return any(error is None or error.cls_name not in foreseen for error in errors)


def _broken(run: dg.ExecuteInProcessResult) -> dict[str, str]:
    """The steps that broke, and why."""
    return {e.step_key or "": _cause(e.step_failure_data.error) for e in run.get_step_failure_events()}


def _cause(error: Any) -> str:
    """What went wrong first, from Dagster's record of an error."""
    while error and error.cause:
        error = error.cause
    if error and error.cls_name == dg.DagsterExecutionInterruptedError.__name__:
        return INTERRUPTED
    # Errors of ours are worded for who runs the command; others keep the name of their kind.
    return re.sub(r"^pipeline\.[\w.]+: ", "", str(error.message).strip()) if error else "it did not say why"

"""A run from the command line: the steps that Dagster takes, by Dagster where it keeps a history, else one after the other."""

import os
import re
import signal
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import journal, steps
from pipeline.refresh import Refreshed, load_manifest
from pipeline.store import lock
from pipeline.summary import COUNTS, RunResult

INTERRUPTED = "Interrupted. What was done is kept: run again to go on."


class RunError(RuntimeError):
    """A run that broke before its version was complete, so that nothing of it shows; the message says why."""


def run_steps(
    seeds: Path,
    data: Path,
    *,
    waiting: Callable[[str], None] | None = None,
    again: str = "",
    whole: bool = False,
) -> RunResult:
    """Take the steps of a run on a folder of articles and a folder for the tables; `again`: a month that is read again; `whole`: look into every file.

    Where DAGSTER_HOME is set, Dagster takes them and keeps its history there. Else nobody would ever look at it, and loading
    Dagster would cost more than reading an article. Raises LockedError where another run works on the data (`waiting` is told
    first whom it waits for), RunError where no version was made; a table that is held back is told in the result.
    """
    seeds, data = seeds.absolute(), data.absolute()
    with lock.hold(data, waiting=waiting):
        if os.environ.get("DAGSTER_HOME"):
            from pipeline.orchestration.run import run_job

            name, why = run_job(seeds, data, again=again, whole=whole)
        else:
            name, why = _run_here(seeds, data, again=again, whole=whole)
    return _result(data, name, why)


def _run_here(seeds: Path, data: Path, *, again: str, whole: bool) -> tuple[str, str | None]:
    """Take the steps in this process; returns the run's name in the history, and what broke it, where something did."""
    run = steps.Run(seeds, data, str(uuid.uuid4()))
    try:
        with _stopped_by_signals(), steps.working(run):
            steps.read(run, again=again, whole=whole)
            if not steps.kept(run):
                for _ in steps.make(run):
                    pass
    except KeyboardInterrupt:
        return run.name, INTERRUPTED
    except Exception as error:
        return run.name, _cause(error)
    return run.name, None


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """A run that is told to end is interrupted as from the keyboard, so that its history says so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _cause(error: BaseException) -> str:
    """What went wrong first."""
    while error.__cause__ is not None:
        error = error.__cause__
    return worded("".join(traceback.format_exception_only(error)))


def worded(message: str) -> str:
    """An error in the words of Python: ours are worded for who runs the command; others keep the name of their kind."""
    return re.sub(r"^pipeline\.[\w.]+: ", "", message.strip())


def _result(data: Path, name: str, why: str | None) -> RunResult:
    """What a run did, from what it noted; RunError where it broke."""
    told = journal.entry_of(data, name)
    if why is not None or "n_documents" not in told or "rows" not in told:
        raise RunError(why or "it did not say why")
    failed = {**told.get("why_held_back", {}), **told["broken"]}
    counts = {count: int(told[count]) for count in COUNTS}
    rejected = load_manifest(data)[0].unreadable if told["n_rejected"] else ()
    refreshed = Refreshed(**counts, rejected=rejected)
    return RunResult(refreshed, told["rows"], failed)

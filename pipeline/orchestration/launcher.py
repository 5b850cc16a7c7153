"""How runs are started and stopped on one machine, so that a dead one is noticed and a stopped one leaves nothing."""

import signal
import time

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, WorkerStatus
from dagster._core.launcher.default_run_launcher import DefaultRunLauncher

from pipeline.orchestration import alive

PATIENCE = 3.0
"""Seconds that a run has to end by itself once it is told to stop."""

START = 60.0
"""Seconds from a run's start until its process must have said that it works."""


class LocalRunLauncher(DefaultRunLauncher):
    """Dagster's own launcher, and two things more: it knows whether a run is alive, and it ends a run for good."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Run monitoring may ask."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether the run's process is there."""
        living = alive.is_alive(self._instance, run.run_id)
        if living is None:
            record = self._instance.get_run_record_by_id(run.run_id)
            began = record.start_time if record else None
            living = began is None or time.time() - began < START
        if living:
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(
            WorkerStatus.FAILED, "Its process is gone: killed, or the machine went down."
        )

    def terminate(self, run_id: str) -> bool:
        """Stop a run: first by asking, then by force; its workers end with it."""
        processes = alive.family(self._instance, run_id)
        asked = super().terminate(run_id)  # type: ignore[no-untyped-call]
        if not asked:  # another server started it
            alive.send(self._instance, run_id, signal.SIGINT)
        ended = alive.wait_for_end(self._instance, run_id, PATIENCE)
        # A worker that has only just been started does not notice yet that the run is gone.
        alive.kill(processes | alive.family(self._instance, run_id))
        if ended:
            return bool(asked)
        alive.wait_for_end(self._instance, run_id, PATIENCE)
        run = self._instance.get_run_by_id(run_id)
        if run is not None and not run.is_finished:
            self._instance.report_run_canceled(run, "It did not stop by itself and was ended by force.")
        return True

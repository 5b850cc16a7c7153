"""The two folders that a run works on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from pipeline.orchestration import alive
from pipeline.settings import folder, settings
from pipeline.steps import Run, working


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the articles are and where the tables go; holds the lock on the latter as long as a run lasts."""

    seeds: str = str(settings().seeds_dir.absolute())
    data: str = str(settings().data_dir.absolute())

    @property
    def seeds_dir(self) -> Path:
        """The folder of articles."""
        return folder(self.seeds)

    @property
    def data_dir(self) -> Path:
        """The folder that the tables go to."""
        return folder(self.data)

    def run(self, context: dg.AssetExecutionContext) -> Run:
        """A run on them, as its steps know it, told in Dagster's log."""
        log = context.log
        return self._run(context.run.run_id, tell=log.info, warn=log.warning)

    def _run(self, run_id: str, **told: Callable[[str], None]) -> Run:
        stops = (dg.DagsterExecutionInterruptedError, KeyboardInterrupt)
        return Run(self.seeds_dir, self.data_dir, run_id, stops=stops, **told)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Folders"]:
        """The folders, for the length of a run. LockedError where another run works on the data."""
        run_id = context.run.run_id if context.run else "none"
        if context.instance:
            alive.mark(context.instance, run_id)
        told = {"tell": context.log.info} if context.log else {}
        with working(self._run(run_id, **told)):
            yield self

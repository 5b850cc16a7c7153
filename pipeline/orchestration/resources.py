"""The two folders that a run works on."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
import pyarrow as pa

from pipeline import journal
from pipeline.garbage import collect_rarely
from pipeline.orchestration import alive
from pipeline.read.fetch import bring
from pipeline.settings import folder, settings
from pipeline.store import lock, staged
from pipeline.store.parts import Parts


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

    def staged(self, table: str) -> pa.Table:
        """A table as linking left it, before it is checked and published."""
        try:
            return staged.load(self.data_dir, table)
        except FileNotFoundError:
            raise FileNotFoundError(f"{table} is not staged: materialize articles first") from None

    def parts(self, table: str) -> Parts:
        """The same in parts, which are read when they are asked for."""
        return staged.parts(self.data_dir, table)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Folders"]:
        """The folders, for the length of a run. LockedError where another run works on the data."""
        collect_rarely()
        run_id = context.run.run_id if context.run else "none"
        if context.instance:
            alive.mark(context.instance, run_id)
        log = context.log
        waiting = (lambda who: log.info(f"Waiting for another run on {self.data}: {who}.")) if log else None
        with lock.hold(self.data_dir, waiting=waiting):
            bring(self.seeds_dir)
            journal.note(self.data_dir, run_id, began=journal.now(), seeds=self.seeds)
            yield self

    @contextmanager
    def told(self, run_id: str) -> Iterator[None]:
        """Note in the history how a step ended that did not end well."""
        try:
            yield
        except GeneratorExit:
            raise
        except (dg.DagsterExecutionInterruptedError, KeyboardInterrupt):
            self._ended(run_id, outcome=journal.STOPPED)
            raise
        except BaseException as error:
            self._ended(run_id, outcome=journal.FAILED, why=f"{type(error).__name__}: {error}")
            raise

    def _ended(self, run_id: str, **facts: str) -> None:
        """Note how a run ended. Where not even that can be written, what ended it is worth more than the note."""
        with suppress(OSError):
            journal.note(self.data_dir, run_id, ended=journal.now(), **facts)

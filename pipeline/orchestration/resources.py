"""The two folders that a run works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pyarrow as pa
from pydantic import PrivateAttr

from pipeline.settings import settings
from pipeline.store import lock, staged
from pipeline.store.versions import Draft, drafting


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the articles are and where the tables go; holds the lock on the latter as long as a run lasts."""

    seeds: str = str(settings().seeds_dir)
    data: str = str(settings().data_dir)
    _draft: Draft | None = PrivateAttr(default=None)

    @property
    def seeds_dir(self) -> Path:
        """The folder of articles."""
        return Path(self.seeds)

    @property
    def data_dir(self) -> Path:
        """The folder that the tables go to."""
        return Path(self.data)

    def staged(self, table: str) -> pa.Table:
        """A table as linking left it, before it is checked and published."""
        try:
            return staged.load(self.data_dir, table)
        except FileNotFoundError:
            raise FileNotFoundError(f"{table} is not staged: materialize articles and links first") from None

    @property
    def draft(self) -> Draft:
        """The version that this run makes; nothing of it shows before it is finished."""
        assert self._draft is not None
        return self._draft

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Folders"]:
        """The folders, for the length of a run. LockedError where another run works on the data."""
        log = context.log
        waiting = (lambda who: log.info(f"Waiting for another run on {self.data}: {who}.")) if log else None
        with lock.hold(self.data_dir, waiting=waiting), drafting(self.data_dir) as self._draft:
            yield self

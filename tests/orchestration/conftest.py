"""Runs of the job over tables that tests make up: what Dagster does with tables, without reading articles."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import Engine, event

from pipeline.orchestration import RunResult, run_job
from pipeline.orchestration import assets as assets_module
from pipeline.refresh import Refreshed
from pipeline.store import staged
from schemas import TABLES
from tests.sample import tables


@event.listens_for(Engine, "connect")
def _trust_the_disk(connection: Any, _: object) -> None:
    """Dagster's history waits for the disk at each of its events; that of a test need not outlive the machine."""
    connection.execute("PRAGMA synchronous = OFF")


Run = Callable[..., RunResult]


def stage(data: Path, **changed: pa.Table) -> dict[str, int]:
    """Stage the sample tables, some of them replaced."""
    for name, rows in tables(**changed).items():
        staged.write(data, name, rows)
    return {name: staged.load(data, name).num_rows for name in TABLES}


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run the job over the sample tables, some of them replaced: `run(data, **changed)`."""
    found = Refreshed(n_documents=1, n_new=1, n_changed=0, n_same=0, n_removed=0, n_extracted=1, rejected=())

    def with_tables(data: Path, **changed: pa.Table) -> RunResult:
        patch.setattr(assets_module.tables, "assemble", lambda folder: stage(folder, **changed))
        return run_job(data.parent, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DAGSTER_HOME", raising=False)
        patch.setattr(assets_module.refreshing, "refresh", lambda seeds, folder, **_: found)
        yield with_tables

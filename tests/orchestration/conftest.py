"""Runs over tables that tests make up, by Dagster and by the command alone: what becomes of tables, without reading articles."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import Engine, event

from pipeline import steps
from pipeline.refresh import Refreshed
from pipeline.run import run_steps
from pipeline.store import staged
from pipeline.summary import RunResult
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


FOUND = Refreshed(n_documents=1, n_new=1, n_changed=0, n_same=0, n_removed=0, n_extracted=1, rejected=())
"""What a look at the articles found."""
WAYS = ["alone", "by Dagster"]


@pytest.fixture(scope="module", params=WAYS)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Take the steps over the sample tables, some of them replaced: `run(data, **changed)`; `whole`: though the folder is as it was."""

    def with_tables(data: Path, *, whole: bool = True, **changed: pa.Table) -> RunResult:
        patch.setattr(steps.tables, "assemble", lambda folder: stage(folder, **changed))
        return run_steps(data.parent, data, whole=whole)

    with pytest.MonkeyPatch.context() as patch:
        if request.param == "alone":
            patch.delenv("DAGSTER_HOME", raising=False)
        else:
            patch.setenv("DAGSTER_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(steps.refresh, "refresh", lambda seeds, folder, **_: FOUND)
        yield with_tables

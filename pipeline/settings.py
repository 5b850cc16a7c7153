"""All settings, typed; the only reader of the environment (`NEWSTABLES_...`)."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import NonNegativeFloat, NonNegativeInt, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a user may set; each field by an environment variable `NEWSTABLES_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="NEWSTABLES_", frozen=True)

    seeds_dir: Path = Path("seeds")
    """The folder of articles."""

    data_dir: Path = Path("data")
    """The folder that the tables go to."""

    dagster_home: Path = Path(".dagster")
    """Where Dagster keeps the history that its pages show, unless DAGSTER_HOME says otherwise."""

    language_model: str | None = None
    """A spaCy package or folder with Universal Dependencies labels; without one, the model that comes with newstables."""

    day_first: bool = True
    """Read 03/04/2025 as 3 April (else as March 4)."""

    max_bytes: PositiveInt = 5_000_000
    """A larger file is rejected: it is no single article."""

    workers: NonNegativeInt = 0
    """Processes that extract; 0 for one a core."""

    executor: Literal["processes", "dask"] = "processes"
    """Where extraction runs. `dask` needs `pip install distributed` and the seeds and data on a shared disk."""

    dask_scheduler: str | None = None
    """Address of a running Dask scheduler (`tcp://host:8786`); without one, a local cluster is started."""

    shard_documents: PositiveInt = 64
    """Articles that are extracted and cached together: what a killed run may lose."""

    shard_bytes: PositiveInt = 400_000
    """Size of articles that are extracted and cached together; one larger article is a shard of its own."""

    accept_vanished: bool = False
    """Let more than half of the known articles go at once; else a run refuses: a share may not be mounted."""

    lock_wait: NonNegativeFloat = 60.0
    """Seconds that a run waits for another one on the same data folder before it gives up."""


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()

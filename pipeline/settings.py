"""All settings, typed; the only reader of the environment (`NEWSTABLES_...`)."""

import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.store import addresses

PREFIX = "NEWSTABLES_"


class SettingsError(ValueError):
    """A setting that is none; the message names it, in a line."""


class Settings(BaseSettings):
    """What a user may set; each field by an environment variable `NEWSTABLES_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, use_attribute_docstrings=True)

    work_dir: Path = Path(".newstables")
    """Where a run works on folders that lie on object storage; on a disk that stays, the next run fetches only what is new."""

    seeds_dir: Path = Path("seeds")
    """The folder of articles, or its address on object storage (`s3://bucket/news`)."""

    data_dir: Path = Path("data")
    """The folder that the tables go to, or its address (`s3://bucket/tables`)."""

    dagster_home: Path = Path(".dagster")
    """Where Dagster keeps the history that its pages show, unless DAGSTER_HOME says otherwise."""

    language_model: str | None = None
    """A spaCy package or folder with Universal Dependencies labels; without one, the model that comes with newstables."""

    day_first: bool = True
    """Read 03/04/2025 as 3 April (else as March 4)."""

    fields: str | None = None
    """What JSON, CSV and Parquet files call the fields of an article, where the names are not known:
    `text=body_raw, published=meta.ts, outlet=paper`."""

    event_confidence: float = Field(default=0.55, ge=0, le=1)
    """Rows of `events` less sure than this are left out."""

    max_bytes: PositiveInt = 5_000_000
    """A larger text file is rejected. Files of other formats may be 10 times as large;
    no single article may have more than a million characters."""

    workers: NonNegativeInt = 0
    """Processes that extract; 0 for one a core."""

    executor: Literal["processes", "dask"] = "processes"
    """Where extraction runs. `dask` needs `pip install distributed` and newstables on each worker, of the same version, and the
    seeds and data at the same path on a shared disk, or both on object storage."""

    dask_scheduler: str | None = None
    """Address of a running Dask scheduler (`tcp://host:8786`); without one, a local cluster is started where there is much to read."""

    shard_documents: PositiveInt = 64
    """Articles that are extracted and cached together: what a killed run may lose."""

    shard_bytes: PositiveInt = 400_000
    """Size of articles that are extracted and cached together; one larger article is a shard of its own."""

    accept_vanished: bool = False
    """Let more than half of the known articles go at once; else a run refuses: a share may not be mounted."""

    lock_wait: NonNegativeFloat = 60.0
    """Seconds that a run waits for another one on the same data folder before it gives up."""

    database: Literal["tables", "views", "off"] = "tables"
    """What newstables.duckdb holds: the rows themselves (one file that opens anywhere), views over the Parquet (small, tied to its folder), or nothing."""

    csv: Literal["whole", "months", "off"] = "whole"
    """A CSV file for each table (`csv/events.csv`), one for each of its months (`csv/events/2026-03.csv`), or none. Parquet is always there."""

    pages: Literal["all", "off"] = "all"
    """Whether pages for reading are made: one for each article, actor and incident of several reports."""

    host: str = "127.0.0.1"
    """Address that Dagster's pages are served at; they have no password, so another one than this needs a proxy that asks for one."""

    port: Annotated[int, Field(ge=1, le=65535)] = 3000
    """Port that Dagster's pages are served at."""

    watch_seconds: PositiveInt = 30
    """How often Dagster looks whether the seeds folder has changed."""

    nightly: Annotated[str, Field(pattern=r"^\S+( \S+){4}$")] = "0 2 * * *"
    """When a run starts whatever else happens, as cron says it, in UTC."""

    retry_seconds: Annotated[tuple[NonNegativeInt, ...], NoDecode] = (30, 300, 1800)
    """Pauses before a run that failed is tried again, separated by commas; after the last one it waits for the night or a change."""

    fresh_hours: PositiveInt = 36
    """Hours without a run that confirms a table, after which Dagster calls it stale."""

    keep_runs: PositiveInt = 100
    """Runs that stay in Dagster's history with their logs, whatever their age."""

    keep_days: PositiveInt = 30
    """Days that runs beyond those stay in Dagster's history."""

    on_failure_command: str | None = None
    """Command that is run when a run fails or a table is held back; it gets the reason on its standard input."""

    on_failure_webhook: str | None = None
    """Address that gets the same as JSON (`{"text": ...}`)."""

    @field_validator("seeds_dir", "data_dir", mode="before")
    @classmethod
    def _local(cls, value: object, info: ValidationInfo) -> object:
        """The folder that stands for an address on this machine."""
        there = isinstance(value, str) and addresses.is_address(value)
        return addresses.local(str(value), info.data["work_dir"]) if there else value

    @field_validator("retry_seconds", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        return (
            [part for part in value.replace(" ", "").split(",") if part] if isinstance(value, str) else value
        )


@cache
def settings() -> Settings:
    """The settings of this process. SettingsError where one is wrong."""
    return _made()


def folder(place: str) -> Path:
    """The folder at a path, or the one that stands for an address on this machine."""
    return _made(data_dir=place).data_dir if addresses.is_address(place) else Path(place)


def _made(**said: Any) -> Settings:
    try:
        return Settings(**said)
    except ValidationError as error:
        wrong = [
            f"{PREFIX}{str(found['loc'][0]).upper()}={found['input']!r}: {found['msg']}"
            for found in error.errors()
        ]
        raise SettingsError("; ".join(wrong)) from None


def described() -> Iterator[tuple[str, str, str]]:
    """Of each setting the environment variable, its default as one would write it, and what it does."""
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, tuple):
            default = ",".join(map(str, default))
        shown = (
            "none" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
        )
        meaning = re.sub(r"\s+", " ", inspect.cleandoc(field.description or ""))
        yield f"{PREFIX}{name.upper()}", shown, meaning

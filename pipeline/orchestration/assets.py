"""What Dagster makes: the articles read, then in one step all tables, the pages and the package that describes them.

Its assets show the true way of the data; the steps themselves, which the command takes too, are `pipeline.steps`.
"""

import warnings
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import dagster as dg
from pydantic import Field

from pipeline import journal, steps
from pipeline.orchestration.checks import check_results, check_specs
from pipeline.orchestration.lineage import MADE_FROM
from pipeline.orchestration.metadata import column_schema, markdown_table, measured
from pipeline.orchestration.outcome import confirmations, results, told_before
from pipeline.orchestration.resources import Folders
from pipeline.settings import settings
from pipeline.store import database
from pipeline.summary import COUNTS
from schemas import TABLES, Table
from schemas.validation import Failures

OWNERS = ["team:newstables"]

FRESH = dg.FreshnessPolicy.time_window(
    fail_window=timedelta(hours=settings().fresh_hours),
    warn_window=timedelta(hours=settings().fresh_hours * 3 / 4),
)
"""Each night's run confirms every table; one that was not confirmed for longer is stale."""

SEEDS = dg.AssetSpec(
    "seeds",
    description="The folder of articles, filled by others.",
    group_name="processing",
    owners=OWNERS,
    kinds={"text"},
    metadata={"folder": dg.MetadataValue.path(str(settings().seeds_dir.absolute()))},
)


class Reading(dg.Config):
    """What to read beside what is new or changed."""

    again: str = Field("", pattern=r"^(\d{4}-\d{2}|undated)?$")
    """A month (`2026-03`, or `undated`) whose articles are read again though nothing has changed."""
    whole: bool = False
    """Look into every file, though its size and times say that it is the same."""


@dg.asset(
    group_name="processing",
    owners=OWNERS,
    kinds={"spacy"},
    deps=[SEEDS],
    code_version=journal.code(),
    freshness_policy=FRESH,
)
def articles(
    context: dg.AssetExecutionContext, folders: Folders, config: Reading
) -> dg.MaterializeResult[None]:
    """The seeds folder, looked through: what is new or changed is read and extracted into the cache."""
    entry, rejected = steps.read(folders.run(context), again=config.again, whole=config.whole)
    context.log_event(
        dg.AssetObservation("seeds", metadata={"files": entry["n_documents"]}, tags=_version(entry["state"]))
    )
    metadata: dict[str, Any] = {
        "folder": dg.MetadataValue.path(str(folders.seeds_dir)),
        **{name: entry[name] for name in (*COUNTS, "n_rejected")},
    }
    if rejected:
        metadata["rejected"] = dg.MetadataValue.md(markdown_table(["path", "reason"], rejected))
    elif entry["n_rejected"]:
        metadata["rejected"] = dg.MetadataValue.text("\n".join(entry["rejections"]))
    return dg.MaterializeResult(metadata=metadata, data_version=dg.DataVersion(entry["state"]))


def _version(state: str) -> dict[str, str]:
    return {"dagster/data_version": state}


def _spec(name: str, description: str, made_from: list[str], group: str, **other: Any) -> dg.AssetSpec:
    return dg.AssetSpec(
        name,
        description=description,
        deps=made_from,
        group_name=group,
        owners=OWNERS,
        skippable=True,
        code_version=journal.code(),
        freshness_policy=FRESH,
        **other,
    )


def table_spec(table: Table) -> dg.AssetSpec:
    """The asset of a table."""
    metadata = {"dagster/column_schema": column_schema(table), "key": table.key, **measured(table)}
    return _spec(
        table.name,
        table.description,
        list(MADE_FROM[table.name]),
        table.group,
        kinds={"parquet", "csv"},
        metadata=metadata,
    )


SPECS = [
    *map(table_spec, TABLES.values()),
    _spec(
        "report",
        "Pages for reading: the front page, a page for each article and for each actor, from the published tables.",
        [*TABLES],
        "publishing",
        kinds={"html"},
    ),
    _spec(
        "datapackage",
        "`datapackage.json` (Frictionless): what was published and what each column means.",
        [*TABLES],
        "publishing",
        kinds={"json"},
    ),
    _spec(
        "database",
        f"`{database.NAME}`: the tables and the views over them as one file that BI tools open.",
        [*TABLES],
        "publishing",
        kinds={"duckdb"},
    ),
]


@dg.multi_asset(
    name="tables",
    specs=SPECS,
    check_specs=[spec for table in TABLES.values() for spec in check_specs(table)],
    can_subset=True,
)
def make_tables(context: dg.AssetExecutionContext, folders: Folders) -> Iterator[Any]:
    """Link the rows of all articles, check each table, make a version of those that are sound, with pages, and show it.

    Whatever was selected, a version is made whole; only what was selected is reported. A table that is not sound stands in the
    version with its last good files.
    """
    run = folders.run(context)
    wanted = {key.to_user_string() for key in context.selected_asset_keys}
    if steps.kept(run, known=lambda version: told_before(context, version, wanted)):
        yield from confirmations(context, wanted)
        return
    asked = {(key.asset_key, key.name) for key in context.selected_asset_check_keys}

    def checked(table: Table, failures: Failures) -> Iterator[dg.AssetCheckResult]:
        told = check_results(table, failures) if asked else ()
        return (result for result in told if (result.asset_key, result.check_name) in asked)

    try:
        outcome = yield from steps.make(run, checked)
    except steps.StepError as error:
        raise dg.Failure(str(error)) from error
    yield from results(context, folders, outcome, wanted)
    if outcome.broken:
        raise dg.Failure("; ".join(f"{part}: {why}" for part, why in outcome.broken.items()))


with warnings.catch_warnings():
    warnings.simplefilter("ignore", dg.BetaWarning)
    ASSETS = [SEEDS, *dg.with_source_code_references([articles, make_tables])]
"""Everything that a run makes, and what it is made from."""

"""What Dagster makes: the articles read, then in one step all tables, the pages and the package that describes them.

One step, because a version is whole: the tables of one look at the folder stand together. Its assets show the true way of
the data; a table that a check holds back stops no other, as nothing waits for it.
"""

import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import Field

from pipeline import journal, tables, unchanged
from pipeline import refresh as refreshing
from pipeline.listing import Listing, as_read
from pipeline.orchestration.checks import blocks, check_results, check_specs, why_held_back
from pipeline.orchestration.jobs import FORGOTTEN
from pipeline.orchestration.lineage import MADE_FROM
from pipeline.orchestration.metadata import column_schema, markdown_table, measured
from pipeline.orchestration.outcome import Outcome, confirmations, results, told_before
from pipeline.orchestration.resources import Folders
from pipeline.settings import settings
from pipeline.store import database, disk, verdicts
from pipeline.store.versions import REPORT, Draft, Finisher, current, drafting
from pipeline.summary import COUNTS, rejections
from schemas import TABLES, Table

OWNERS = ["team:newstables"]
SHOWN_REJECTED = 50
SAME_FACTS = ("state", "seen", *COUNTS, "n_rejected", "rejections", "same")
"""What a run notes of the articles that finds nothing changed."""

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
    with folders.told(context.run.run_id):
        looked = config.again or config.whole
        listed = Listing(as_read).add(folders.seeds_dir, leave_out=folders.data_dir)
        entry = None if looked else unchanged.same(folders.seeds_dir, folders.data_dir, listed)
        if entry is None:
            entry, rejected = _read(context, folders, config, listed)
        else:
            rejected = []
            journal.note(folders.data_dir, context.run.run_id, **{name: entry[name] for name in SAME_FACTS})
            context.log.info("Nothing has changed since the tables were published.")
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


def _read(
    context: dg.AssetExecutionContext, folders: Folders, config: Reading, listed: Listing
) -> tuple[journal.Entry, list[tuple[str, str]]]:
    """Read what is new or changed in the folder, which was `listed`; returns what the run notes of it, and the first rejected files with their reasons."""
    state = journal.state(folders.seeds_dir, folders.data_dir, listed)
    seen = unchanged.seen(folders.seeds_dir, folders.data_dir, listed)
    found = refreshing.refresh(
        folders.seeds_dir,
        folders.data_dir,
        tell=context.log.info,
        again=config.again,
        whole=config.whole,
        listed=listed,
    )
    if any(rejection.reason.name in unchanged.TRANSIENT for rejection in found.rejected):
        seen = None
    counts = {name: getattr(found, name) for name in COUNTS}
    told = {"n_rejected": len(found.rejected), "rejections": rejections(found.rejected)}
    entry = {"state": state, "seen": seen, **counts, **told}
    journal.note(folders.data_dir, context.run.run_id, **entry)
    first = found.rejected[:SHOWN_REJECTED]
    return entry, [(rejection.path, rejection.reason.value) for rejection in first]


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
    run = context.run.run_id
    wanted = {key.to_user_string() for key in context.selected_asset_keys}
    with folders.told(run):
        last = _same(context, folders, wanted)
        if last is not None:
            journal.note(folders.data_dir, run, **last, ended=journal.now(), outcome=journal.PUBLISHED)
            context.log.info("Nothing has changed since the tables were published: they stay as they are.")
    if last is None:
        yield from _make(context, folders, wanted)
    else:
        yield from confirmations(context, wanted)


def _same(context: dg.AssetExecutionContext, folders: Folders, wanted: set[str]) -> dict[str, Any] | None:
    """What the run that published the tables said of them, where another one would change nothing and all that is wanted was told here before."""
    own = journal.entry_of(folders.data_dir, context.run.run_id)
    if "state" in own and not own.get("same"):  # articles were read, or looked into, by this run
        return None
    last = unchanged.published(folders.data_dir) | own
    entry = last if own.get("same") else unchanged.same(folders.seeds_dir, folders.data_dir)
    if entry is None or not told_before(context, folders.data_dir / "versions" / entry["version"], wanted):
        return None
    return {name: entry[name] for name in ("rows", "held_back", "broken", "version", "standing", *SAME_FACTS)}


def _make(context: dg.AssetExecutionContext, folders: Folders, wanted: set[str]) -> Iterator[Any]:
    """Make a version of the rows as they are now; only what is `wanted` is told."""
    run, data = context.run.run_id, folders.data_dir
    asked = {(key.asset_key, key.name) for key in context.selected_asset_check_keys}
    with folders.told(run), drafting(data) as draft:
        outcome = Outcome(behind=_behind(context, folders))
        context.log.info("Linking the rows of all articles.")
        tables.assemble(data)
        for table in TABLES.values():
            failures = verdicts.check(data, table.name, folders.staged, folders.parts)
            blocking = blocks(table, failures)
            told = [*check_results(table, failures)] if asked or blocking else []
            yield from (result for result in told if (result.asset_key, result.check_name) in asked)
            held = why_held_back(told) if blocking else None
            _publish(context, folders, draft, table, held=held, outcome=outcome)
        _write_pages(draft, outcome)
        outcome.version = draft.finish(_finishers())
        facts = outcome.facts() | {"standing": _standing(data, outcome)}
        journal.note(data, run, ended=journal.now(), outcome=journal.PUBLISHED, **facts)
    if FORGOTTEN not in context.run.tags:
        yield from results(context, folders, outcome, wanted)
    if outcome.broken:
        raise dg.Failure("; ".join(f"{part}: {why}" for part, why in outcome.broken.items()))


def _publish(
    context: dg.AssetExecutionContext,
    folders: Folders,
    draft: Draft,
    table: Table,
    *,
    held: str | None,
    outcome: Outcome,
) -> None:
    """Put a table into the version, or leave its last good files there; `held`: why it is held back."""
    if held is not None:
        draft.hold_back(table.name)
        outcome.held_back[table.name] = held
        context.log.warning(f"{table.name} is held back by a check: its last good files stay.")
        return
    rows = folders.parts(table.name)
    outcome.written[table.name] = len(draft.publish(table.name, rows, csv=settings().csv))
    outcome.rows[table.name] = rows.num_rows
    context.log.info(f"{table.name}: {rows.num_rows:,} rows, {outcome.written[table.name]} files written.")


def _write_pages(draft: Draft, outcome: Outcome) -> None:
    """The pages of a version; where they break, those of the version before stand there, and the step fails in the end."""
    if settings().pages == "off":
        draft.leave_out_report()
        return
    from pipeline.report.build import write_report  # its templates and charts are needed here only

    try:
        with disk.guarding(draft.data):
            outcome.pages = write_report(draft.folder, as_left=draft.pages_as_left)
    except OSError:
        raise
    except Exception as error:
        draft.hold_back(REPORT)
        outcome.broken[REPORT] = f"{type(error).__name__}: {error}"
    else:
        draft.done(REPORT, changed=outcome.pages.written + outcome.pages.removed > 0)


def _finishers() -> dict[str, Finisher]:
    """What else a version holds: by the name of the file that it makes, what makes it in the version's folder."""
    found: dict[str, Finisher] = {}
    if settings().pages != "off":
        from pipeline.report.build import write_version

        found[f"{REPORT}/static/version.js"] = write_version
    kind = settings().database
    if kind != "off":
        mark = database.mark(kind)
        found[database.NAME] = lambda version: database.write(version, kind, current(version.parent.parent))
        found[mark] = lambda version: (
            version / mark
        ).touch()  # so that views of another release are made anew
    return found


def _standing(data: Path, outcome: Outcome) -> str | None:
    """What the next run finds where nothing changes; None where this one left something to do."""
    if outcome.held_back or outcome.broken or outcome.behind:
        return None
    seen = next((entry.get("seen") for entry in reversed(journal.entries(data)) if "state" in entry), None)
    return unchanged.standing(data, seen)


def _behind(context: dg.AssetExecutionContext, folders: Folders) -> str | None:
    """What to say where the folder has changed since the articles were read; None where they are as they were, or this run read them: then the next one sees what changed meanwhile."""
    entries = journal.entries(folders.data_dir)
    read = next((entry for entry in reversed(entries) if "state" in entry), None)
    if read is None:
        raise dg.Failure("No articles have been read into this data folder yet: materialize articles too.")
    if read["run"] == context.run.run_id or not folders.seeds_dir.is_dir():
        return None
    if read["state"] == journal.state(folders.seeds_dir, folders.data_dir):
        return None
    why = "The seeds folder has changed since its articles were read: these rows are older than it. Materialize articles too."
    context.log.warning(why)
    return why


with warnings.catch_warnings():
    warnings.simplefilter("ignore", dg.BetaWarning)
    ASSETS = [SEEDS, *dg.with_source_code_references([articles, make_tables])]
"""Everything that a run makes, and what it is made from."""

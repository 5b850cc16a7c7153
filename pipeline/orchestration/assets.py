"""What Dagster makes: the articles read, all rows linked, an asset a table, and the package that marks the commit.

Tables do not depend on each other, so one that is held back never stops the others. Each is checked before it comes
into the new version: where a check that blocks fails, its last good files stand there. The last step shows the version,
whole or not at all.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipeline import refresh as refreshing
from pipeline import tables
from pipeline.orchestration.checks import blocks, check_results, check_specs
from pipeline.orchestration.metadata import column_schema, markdown_table, measured, preview, rows_by_month
from pipeline.orchestration.resources import Folders
from pipeline.store import datapackage as package
from pipeline.store.versions import REPORT, Draft, Finisher
from schemas import TABLES, Table
from schemas.validation import validate

if TYPE_CHECKING:
    from pipeline.report.build import Report

OWNERS = ["team:newstables"]
AFTER_TABLES, LAST = {"dagster/priority": "-1"}, {"dagster/priority": "-2"}
"""Order of steps in the in-process executor: after all tables, whether those were published or held back."""

SHOWN_REJECTED = 50
COUNTS = ("n_documents", "n_new", "n_changed", "n_same", "n_removed", "n_extracted", "n_undated")
"""What the metadata of `articles` counts: files."""

TableEvents = Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]


@dg.asset(group_name="processing", owners=OWNERS, kinds={"text", "spacy"})
def articles(folders: Folders) -> dg.MaterializeResult[None]:
    """The seeds folder, looked through: what is new or changed is read and extracted into the cache."""
    found = refreshing.refresh(folders.seeds_dir, folders.data_dir)
    metadata: dict[str, Any] = {
        "folder": dg.MetadataValue.path(str(folders.seeds_dir)),
        **{name: getattr(found, name) for name in COUNTS},
        "n_rejected": len(found.rejected),
    }
    if found.rejected:
        first = [(rejection.path, rejection.reason.value) for rejection in found.rejected[:SHOWN_REJECTED]]
        metadata["rejected"] = dg.MetadataValue.md(markdown_table(["path", "reason"], first))
    return dg.MaterializeResult(metadata=metadata)


@dg.asset(group_name="processing", owners=OWNERS, kinds={"arrow"}, deps=[articles])
def links(folders: Folders) -> dg.MaterializeResult[None]:
    """The rows of all articles, linked across them and staged: nothing that users see has changed yet."""
    n_rows = tables.assemble(folders.data_dir)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(n_rows.values()),
            "rows": dg.MetadataValue.md(markdown_table(["table", "rows"], list(n_rows.items()))),
        }
    )


def table_asset(table: Table) -> dg.AssetsDefinition:
    """The asset of a table: checked, then published."""

    @dg.asset(
        name=table.name,
        description=table.description,
        deps=[links],
        group_name=table.group,
        owners=OWNERS,
        kinds={"parquet", "csv"},
        metadata={"dagster/column_schema": column_schema(table), "key": table.key, **measured(table)},
        check_specs=check_specs(table),
        output_required=False,
    )
    def checked_and_published(folders: Folders) -> TableEvents:
        failures = validate(table.name, folders.staged)
        yield from check_results(table, failures)
        if blocks(table, failures):
            folders.draft.hold_back(table.name)
            return
        rows = folders.staged(table.name)
        written = folders.draft.publish(table.name, rows)
        metadata: dict[str, Any] = {
            "dagster/row_count": rows.num_rows,
            "preview": preview(rows),
            "files_written": len(written),
            "folder": dg.MetadataValue.path(str(folders.data_dir / "parquet" / table.name)),
        }
        if table.by_month:
            metadata["rows_by_month"] = rows_by_month(rows)
        yield dg.MaterializeResult(metadata=metadata)

    return checked_and_published


@dg.asset(group_name="publishing", owners=OWNERS, kinds={"html"}, deps=[links], op_tags=AFTER_TABLES)
def report(folders: Folders) -> dg.MaterializeResult[None]:
    """Pages for reading: the front page, a page for each article and for each actor, from the tables of the new version.

    Depends on `links` and not on the tables: it shows whatever is published, also where one was held back.
    """
    pages = _write_pages(folders.draft)
    return dg.MaterializeResult(
        metadata={
            "front_page": dg.MetadataValue.path(str(folders.data_dir / "report" / "index.html")),
            "pages": pages.pages,
            "written": pages.written,
            "removed": pages.removed,
        }
    )


def _write_pages(draft: Draft) -> "Report":
    """The pages of a version; where they break, those of the version before stand there, and the step fails."""
    from pipeline.report.build import write_report  # its templates and charts are needed here only

    try:
        pages = write_report(draft.folder)
    except OSError:
        raise
    except Exception:
        draft.hold_back(REPORT)
        raise
    draft.done(REPORT, changed=pages.written + pages.removed > 0)
    return pages


@dg.asset(group_name="publishing", owners=OWNERS, kinds={"json"}, deps=[links], op_tags=LAST)
def datapackage(folders: Folders) -> dg.MaterializeResult[None]:
    """`datapackage.json` (Frictionless): what was published and what each column means. With it the new version is shown.

    Depends on `links` and not on the tables: a table that was held back stands there with its last good files. What was not
    made in this run (a part of the tables was chosen, or a step broke) is made here; where that fails, nothing is shown.
    """
    for name in folders.draft.missing():
        if name == REPORT:
            _write_pages(folders.draft)
        elif blocks(TABLES[name], validate(name, folders.staged)):
            folders.draft.hold_back(name)
        else:
            folders.draft.publish(name, folders.staged(name))
    version = folders.draft.finish(FINISHERS)
    return dg.MaterializeResult(
        metadata={
            "version": version.name,
            "file": dg.MetadataValue.path(str(folders.data_dir / package.NAME)),
        }
    )


def _tell_version(version: Path) -> None:
    from pipeline.report.build import write_version

    write_version(version)


FINISHERS: dict[str, Finisher] = {f"{REPORT}/static/version.js": _tell_version}
"""What else a version holds: by the name of the file or folder, what makes it in the version's folder."""

ASSETS = [articles, links, *map(table_asset, TABLES.values()), report, datapackage]
"""Everything that a run makes."""

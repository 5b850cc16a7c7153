"""What Dagster makes: the articles read, all rows linked, an asset a table, and the package that marks the commit.

Tables do not depend on each other, so a broken one never stops the others. Each is checked before it is published:
where a check that blocks fails, no file is touched and the last good ones stay.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipeline import refresh as refreshing
from pipeline import tables
from pipeline.orchestration.checks import blocks, check_results, check_specs
from pipeline.orchestration.metadata import column_schema, markdown_table, measured, preview, rows_by_month
from pipeline.orchestration.resources import Folders
from pipeline.store import datapackage as package
from pipeline.store.publish import publish
from schemas import TABLES, Table
from schemas.validation import validate

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
            return
        rows = folders.staged(table.name)
        written = publish(table.name, rows, folders.data_dir)
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
    """Pages for reading: the front page, a page for each article and for each actor, from the published tables.

    Depends on `links` and not on the tables: it shows whatever is published, also where one was held back.
    """
    from pipeline.report.build import write_report  # its templates and charts are needed here only

    pages = write_report(folders.data_dir)
    return dg.MaterializeResult(
        metadata={
            "front_page": dg.MetadataValue.path(str(folders.data_dir / "report" / "index.html")),
            "pages": pages.pages,
            "written": pages.written,
            "removed": pages.removed,
        }
    )


@dg.asset(group_name="publishing", owners=OWNERS, kinds={"json"}, deps=[links], op_tags=LAST)
def datapackage(folders: Folders) -> dg.MaterializeResult[None]:
    """`datapackage.json` (Frictionless): what was published and what each column means. Written last, it marks the commit.

    Depends on `links` and not on the tables: it describes whatever stands in the folder, also where one was held back.
    """
    path = package.write(folders.data_dir)
    return dg.MaterializeResult(metadata={"file": dg.MetadataValue.path(str(path))})


ASSETS = [articles, links, *map(table_asset, TABLES.values()), report, datapackage]
"""Everything that a run makes."""

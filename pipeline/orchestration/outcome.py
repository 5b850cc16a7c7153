"""What a run tells Dagster of each table: made anew, unchanged, or held back."""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.orchestration.lineage import MADE_FROM, column_lineage
from pipeline.orchestration.metadata import PREVIEW_ROWS, markdown_table, preview, rows_by_month
from pipeline.orchestration.resources import Folders
from pipeline.steps import Outcome
from pipeline.store import addresses, database, staged
from pipeline.store.datapackage import NAME
from schemas import TABLES
from schemas.views import VIEWS

CONFIRM_HOURS = 18
"""An unchanged table is told as an observation, and once a night as confirmed, so that it counts as fresh."""
TAG = "dagster/data_version"


def data_versions(version: Path) -> dict[str, str]:
    """The data version of each table in the folder of a version, and of its package: a fingerprint of the files."""
    whole = (version / NAME).read_bytes()
    found = {"datapackage": hashlib.sha256(whole).hexdigest()[:20]}
    for resource in json.loads(whole)["resources"]:
        hashes = " ".join(part["hash"] for part in resource.get("parquet", []))
        found[resource["name"]] = hashlib.sha256(hashes.encode()).hexdigest()[:20]
    return found


def results(
    context: dg.AssetExecutionContext, folders: Folders, outcome: Outcome, wanted: set[str]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
    """An event for each asset that was asked for and is published: made, or unchanged."""
    assert outcome.version is not None
    versions = data_versions(outcome.version)
    for table in [name for name in MADE_FROM if name in wanted and name in outcome.rows]:
        metadata = _table_metadata(table, folders, outcome)
        yield from _told(context, table, versions[table], metadata)
    shown = {"version": outcome.version.name}
    if address := addresses.address(folders.data_dir):
        shown["address"] = f"{address}/versions/{outcome.version.name}"
    if "report" in wanted and outcome.pages is not None:
        front = folders.data_dir / "report" / "index.html"
        metadata = {
            **shown,
            "front_page": dg.MetadataValue.path(str(front)),
            "open": dg.MetadataValue.url(front.as_uri()),
            **{name: getattr(outcome.pages, name) for name in ("pages", "written", "removed")},
        }
        yield from _told(context, "report", _combined(versions), metadata)
    if "datapackage" in wanted:
        file = dg.MetadataValue.path(str(folders.data_dir / NAME))
        yield from _told(context, "datapackage", versions["datapackage"], {**shown, "file": file})
    path = outcome.version / database.NAME
    if "database" in wanted and path.is_file():
        metadata = {
            **shown,
            "file": dg.MetadataValue.path(str(folders.data_dir / "current" / database.NAME)),
            "bytes": path.stat().st_size,
            "views": dg.MetadataValue.md(
                markdown_table(["view", "a row is"], [(v.name, v.description) for v in VIEWS.values()])
            ),
        }
        yield from _told(context, "database", _combined(versions), metadata)


def _combined(versions: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(versions), sort_keys=True).encode()).hexdigest()[:20]


def _table_metadata(table: str, folders: Folders, outcome: Outcome) -> dict[str, Any]:
    rows = staged.parts(folders.data_dir, table)  # of which the first months are read
    metadata: dict[str, Any] = {
        "dagster/row_count": rows.num_rows,
        "preview": preview(TABLES[table], rows.first(PREVIEW_ROWS)),
        "files_written": outcome.written[table],
        "folder": dg.MetadataValue.path(str(folders.data_dir / "parquet" / table)),
        "dagster/column_lineage": column_lineage(TABLES[table]),
    }
    for place in (folders.data_dir / "csv" / f"{table}.csv", folders.data_dir / "csv" / table):
        if place.exists():
            metadata["csv"] = dg.MetadataValue.path(str(place))
    if TABLES[table].by_month:
        metadata["rows_by_month"] = rows_by_month(rows)
    if address := addresses.address(folders.data_dir):
        assert outcome.version is not None
        metadata["address"] = f"{address}/versions/{outcome.version.name}/parquet/{table}"
    if outcome.behind:
        metadata["behind"] = outcome.behind
    return metadata


def _told(
    context: dg.AssetExecutionContext, asset: str, version: str, metadata: dict[str, Any]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
    last = _last(context, asset)
    unchanged = _tags(last).get(TAG) == version
    metadata["changed"] = not unchanged
    if unchanged and last and time.time() - last.timestamp < CONFIRM_HOURS * 3600:
        yield dg.AssetObservation(asset, description="Unchanged.", metadata=metadata, tags={TAG: version})
        return
    yield dg.MaterializeResult(asset_key=asset, metadata=metadata, data_version=dg.DataVersion(version))


def told_before(context: dg.AssetExecutionContext, version: Path, wanted: set[str]) -> bool:
    """Whether each asset that is wanted was told, here, to be what stands in the folder of a version."""
    versions = data_versions(version)
    versions |= dict.fromkeys(("report", "database"), _combined(versions))
    there = {name for name in wanted if name not in _FILES or (version / _FILES[name]).exists()}
    return all(_tags(_last(context, name)).get(TAG) == versions.get(name) for name in there)


_BESIDE = ("report", "datapackage", "database")
_FILES = {"report": "report", "database": database.NAME}
"""Where those stand that may be left out."""


def confirmations(
    context: dg.AssetExecutionContext, wanted: set[str]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
    """An event for each asset that was made before and is as it was, with what was told of it then; its checks stand."""
    for asset in [name for name in (*MADE_FROM, *_BESIDE) if name in wanted]:  # in topological order
        last = _last(context, asset)
        if last is None or last.asset_materialization is None:
            continue
        told = last.asset_materialization.metadata
        metadata = {name: value for name, value in told.items() if name != "behind"}
        yield from _told(context, asset, _tags(last)[TAG], metadata)


def _last(context: dg.AssetExecutionContext, asset: str) -> dg.EventLogEntry | None:
    """When an asset was made last, as far as Dagster knows."""
    found: dg.EventLogEntry | None = context.instance.get_latest_materialization_event(dg.AssetKey(asset))
    return found


def _tags(event: dg.EventLogEntry | None) -> Mapping[str, str]:
    made = event.asset_materialization if event else None
    return (made.tags if made else None) or {}

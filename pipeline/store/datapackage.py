"""`datapackage.json`: what lies in the folder of a version."""

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.store.record import Record
from schemas import TABLES
from schemas.datapackage import datapackage

NAME = "datapackage.json"


def describe(folder: Path, about: dict[str, Any]) -> bytes:
    """The descriptor of the tables in the folder of a version; `about` says which version it is."""
    files = {name: found for name in TABLES if (found := _files(folder, name))}
    descriptor = datapackage(files, version=_version(), about=about)
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _files(folder: Path, table: str) -> dict[str, Any]:
    record = Record(folder, table)
    parquet = [_facts(path, record) for path in sorted((folder / "parquet" / table).glob("*.parquet"))]
    csv = folder / "csv" / f"{table}.csv"
    if csv.is_file():
        return {**_facts(csv, record), "parquet": parquet}
    if not parquet:
        return {}
    by_month = [_facts(path, record) for path in sorted((folder / "csv" / table).glob("*.csv"))]
    paths = [facts["path"] for facts in parquet]
    return {"path": paths, "parquet": parquet, **({"csv": by_month} if by_month else {})}


def _facts(path: Path, record: Record) -> dict[str, Any]:
    return {
        "path": record.key(path),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{record.sha256(path)}",
    }


def _version() -> str:
    try:
        return version("newstables")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"

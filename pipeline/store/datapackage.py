"""`datapackage.json`: what lies in the folder of a version."""

import json
from collections.abc import Iterable
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
    parquet = _facts((folder / "parquet" / table).glob("*.parquet"), record)
    if whole := _facts([folder / "csv" / f"{table}.csv"], record):
        return {**whole[0], "parquet": parquet}
    if not parquet:
        return {}
    by_month = _facts((folder / "csv" / table).glob("*.csv"), record)
    paths = [facts["path"] for facts in parquet]
    return {"path": paths, "parquet": parquet, **({"csv": by_month} if by_month else {})}


def _facts(paths: Iterable[Path], record: Record) -> list[dict[str, Any]]:
    """Of those files that there are, in order of their paths."""
    told = {record.key(path): record.size_and_hash(path) for path in sorted(paths, key=str)}
    return [
        {"path": name, "bytes": facts[0], "hash": f"sha256:{facts[1]}"}
        for name, facts in told.items()
        if facts is not None
    ]


def _version() -> str:
    try:
        return version("newstables")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"

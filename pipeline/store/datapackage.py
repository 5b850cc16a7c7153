"""`datapackage.json`: what lies in a data folder. Written after the tables, it marks them as complete."""

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.store import atomic
from schemas import TABLES
from schemas.datapackage import datapackage


def write(data: Path) -> Path:
    """Describe the tables published below `data` and return the descriptor's file; it is left alone where nothing changed."""
    files = {name: found for name in TABLES if (found := _files(data, name))}
    path = data / "datapackage.json"
    text = json.dumps(datapackage(files, version=_version()), ensure_ascii=False, indent=1) + "\n"
    atomic.write_bytes(path, text.encode())
    return path


def _files(data: Path, table: str) -> dict[str, Any]:
    csv = data / "csv" / f"{table}.csv"
    if not csv.is_file():
        return {}
    parquet = sorted((data / "parquet" / table).glob("*.parquet"))
    return {**_facts(csv, data), "parquet": [_facts(path, data) for path in parquet]}


def _facts(path: Path, data: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "path": path.relative_to(data).as_posix(),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _version() -> str:
    try:
        return version("newstables")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"

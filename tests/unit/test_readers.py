"""Readers beside runs that alternate between two states of the articles: no error, and never rows of two versions."""

import os
import signal
import time
from pathlib import Path

import duckdb
import pytest

from tests.unit import fakes
from tests.unit.test_kill import write_seeds

ROUNDS = 200
RUNS = 6
TABLES = ("documents", "mentions", "quotes", "events", "figures", "sentences")


def alternate(seeds: Path, data: Path) -> int:
    """A child that runs over and over, the articles changed in between; returns its process."""
    child = os.fork()
    if child == 0:
        try:
            for n in range(1_000):
                for path in seeds.glob("*.txt"):
                    path.write_text(f"date 2026-0{1 + (n + int(path.stem)) % 3}-01 Run{n} left the harbour.")
                fakes.run(seeds, data, shard_documents=2)
        finally:
            os._exit(1)
    return child


def words(version: Path, table: str) -> set[tuple[str, ...]]:
    """The first words of the rows of a table with their articles."""
    text = (
        "split_part(substr(text, body_start + 1), ' ', 1)"
        if table == "documents"
        else "split_part(text, ' ', 1)"
    )
    rows = duckdb.sql(f"select doc_id, {text} from '{version}/parquet/{table}/*.parquet'").fetchall()
    return {tuple(map(str, row)) for row in rows}


def test_readers_beside_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    seeds, data = write_seeds(tmp_path / "seeds"), tmp_path / "data"
    fakes.run(seeds, data, shard_documents=2)
    child = alternate(seeds, data)
    seen: set[str] = set()
    rounds, end = 0, time.monotonic() + 60
    try:
        while rounds < ROUNDS or (len(seen) < RUNS and time.monotonic() < end):
            version = (data / "current").resolve()
            found = {table: words(version, table) for table in TABLES}
            assert len(found["documents"]) == 6
            assert all(rows == found["documents"] for rows in found.values()), (rounds, version)
            seen.add(version.name)
            rounds += 1
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert len(seen) >= RUNS

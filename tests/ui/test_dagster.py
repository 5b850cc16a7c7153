"""Dagster as a new user meets it: materialize all, see counts and checks, drop in a file and watch it being picked up."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ARTICLES, ROOT

pytestmark = pytest.mark.ui

PATIENCE = 120
"""Seconds that a slow machine may take for any one step."""


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


def until(happened: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(1)
    raise AssertionError(f"{what}: not within {PATIENCE} seconds")


class Dagster:
    """The running server, as its own interface tells what it does."""

    def __init__(self, port: int, seeds: Path, data: Path) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.seeds, self.data = seeds, data

    def ask(self, query: str) -> dict[str, Any]:
        body = json.dumps({"query": query}).encode()
        request = urllib.request.Request(
            f"{self.address}/graphql", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            data: dict[str, Any] = json.load(answer)["data"]
            return data

    def answers(self) -> bool:
        try:
            return bool(self.ask("{ version }"))
        except OSError:
            return False

    def finished(self) -> list[str]:
        runs = self.ask("{ runsOrError { ... on Runs { results { status } } } }")["runsOrError"]["results"]
        return [run["status"] for run in runs if run["status"] in {"SUCCESS", "FAILURE"}]

    def extracted(self) -> int:
        """Articles that the last run extracted, from the metadata of `articles`."""
        query = """{ assetOrError(assetKey: {path: ["articles"]}) { ... on Asset { assetMaterializations(limit: 1) {
            metadataEntries { label ... on IntMetadataEntry { intValue } } } } } }"""
        (last,) = self.ask(query)["assetOrError"]["assetMaterializations"]
        return next(entry["intValue"] for entry in last["metadataEntries"] if entry["label"] == "n_extracted")


@pytest.fixture
def dagster(tmp_path: Path) -> Iterator[Dagster]:
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    shutil.copytree(ARTICLES, seeds)
    port = free_port()
    folders = {"SEEDS_DIR": seeds, "DATA_DIR": data, "DAGSTER_HOME": tmp_path / "home"}
    environment = {k: v for k, v in os.environ.items() if k != "DAGSTER_HOME"}
    environment |= {f"NEWSTABLES_{name}": str(path) for name, path in folders.items()}
    command = [sys.executable, "-m", "pipeline", "ui", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            server = Dagster(port, seeds, data)
            until(server.answers, "the server answers")
            yield server
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def test_materialize_all_then_a_new_file(browser: Any, dagster: Dagster) -> None:
    page = browser.new_page(viewport={"width": 1500, "height": 950})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(f"{dagster.address}/asset-groups/")
    page.get_by_role("button", name="Materialize all").click()
    until(lambda: len(dagster.finished()) >= 2, "the sensor's first run and ours are done")
    assert set(dagster.finished()) == {"SUCCESS"}

    page.goto(f"{dagster.address}/assets/events")
    page.get_by_text("Row count").wait_for()
    page.get_by_text("event_type", exact=True).first.wait_for()
    page.goto(f"{dagster.address}/assets/events?view=checks")
    page.get_by_text("source_text").first.wait_for()
    page.goto(f"{dagster.address}/assets/events?view=events")
    page.get_by_text("preview").first.wait_for()

    late = "date 2026-01-05 Norland released 40 prisoners on Sunday, its army said."
    (dagster.seeds / "late.txt").write_text(late, encoding="utf-8")
    until(lambda: len(dagster.finished()) >= 3, "the sensor has picked up the new file")
    assert dagster.extracted() == 1
    assert errors == []
    page.close()

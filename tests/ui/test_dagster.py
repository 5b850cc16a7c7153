"""Dagster as a new user meets it: materialize all, see counts and checks, drop in a file and watch it being picked up."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ARTICLES
from tests.ui.service import Service, started, until

pytestmark = pytest.mark.ui


@pytest.fixture
def dagster(tmp_path: Path) -> Iterator[Service]:
    shutil.copytree(ARTICLES, tmp_path / "seeds")
    with started(tmp_path, WATCH_SECONDS=5) as service:
        yield service


def extracted(service: Service) -> int:
    """Articles that the last run extracted, from the metadata of `articles`."""
    query = """{ assetOrError(assetKey: {path: ["articles"]}) { ... on Asset { assetMaterializations(limit: 1) {
        metadataEntries { label ... on IntMetadataEntry { intValue } } } } } }"""
    (last,) = service.ask(query)["assetOrError"]["assetMaterializations"]
    return next(
        int(entry["intValue"]) for entry in last["metadataEntries"] if entry["label"] == "n_extracted"
    )


def test_materialize_all_then_a_new_file(browser: Any, dagster: Service) -> None:
    page = browser.new_page(viewport={"width": 1500, "height": 950})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    until(lambda: dagster.finished() == ["SUCCESS"], "the sensor's first run is done")
    page.goto(f"{dagster.address}/asset-groups/")
    page.get_by_role("button", name="Materialize all").click()
    until(lambda: len(dagster.finished()) == 2, "ours is done")
    assert set(dagster.finished()) == {"SUCCESS"}

    for group in ("processing", "texts", "facts", "across_articles", "publishing"):
        page.get_by_text(group, exact=True).first.wait_for()
    page.goto(f"{dagster.address}/assets/incidents?view=lineage&lineageScope=upstream&lineageDepth=5")
    for name in ("seeds", "articles", "documents", "mentions", "events", "event_actors"):
        page.get_by_text(name, exact=True).first.wait_for()
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
    assert extracted(dagster) == 1
    assert errors == []
    page.close()

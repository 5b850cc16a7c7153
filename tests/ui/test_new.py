"""What came with the last run is named on the front page, and leads to its article."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.article import title_of
from tests.conftest import make_tables
from tests.ui.shown import rows, url

pytestmark = pytest.mark.ui

FIRST = 4


def test_the_front_page_names_what_came_with_the_last_run(page: Any, shown: Path, tmp_path: Path) -> None:
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    seeds.mkdir()
    stories = sorted((shown.parent / "seeds").glob("*.txt"))
    for story in stories[:FIRST]:
        shutil.copy(story, seeds)
    make_tables(seeds, data)
    page.goto(url(data, "index.html"))
    assert page.locator("h1").inner_text()
    assert page.locator("#fresh").count() == 0  # the first run: everything is new
    before = {row["doc_id"] for row in rows(data, "documents")}

    shutil.copy(stories[FIRST], seeds)
    make_tables(seeds, data)
    (new,) = [row for row in rows(data, "documents") if row["doc_id"] not in before]
    for _ in range(2):  # a run that finds nothing new forgets nothing
        page.goto(url(data, "index.html"))
        fresh = page.locator("#fresh")
        assert "New since the last run" in fresh.inner_text()
        assert "1 article:" in fresh.inner_text()
        assert fresh.locator("li a").all_inner_texts() == [title_of(new)]
        make_tables(seeds, data)
    fresh.locator("li a").click()
    page.wait_for_selector("article.text")
    assert title_of(new).startswith(page.locator("h1").inner_text())

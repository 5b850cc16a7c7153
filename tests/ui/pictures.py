"""`python -m tests.ui.pictures DATA FOLDER`: pictures of the demo's pages for the README, from its data folder (`make demo`)."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from pipeline.report import names
from tests.ui.conftest import CHROMIUM
from tests.ui.shown import rows, url

FILLED = ("actor_names", "recipient_names", "date_from", "place")
"""What makes an event worth a picture."""


@dataclass(frozen=True)
class Picture:
    """What a picture shows: a page as a window of that size has it, the pointer on what `lit` selects."""

    name: str
    page: str
    width: int
    height: int
    scheme: str = "light"
    lit: str = ""


def pictures(data: Path) -> list[Picture]:
    """The front page, and of each kind the page that has most to show: reports in dispute, values that a count had, events."""
    disputed = [row for row in rows(data, "incidents") if row["corroboration"] == "disputed"]
    growing = {row["tally_id"] for row in rows(data, "tallies") if row["agreement"] == "growing"}
    values = {(row["tally_id"], row["value"]) for row in rows(data, "figures") if row["tally_id"] in growing}
    incident = max(disputed, key=lambda row: row["n_reports"])["incident_id"]
    events = rows(data, "events")
    article = _most(row["doc_id"] for row in events)
    told = [row for row in events if row["doc_id"] == article]
    fullest = max(told, key=lambda row: sum(row[column] is not None for column in FILLED))["event_id"]
    return [
        Picture("demo-front", "index.html", 1100, 720),
        Picture("demo-phone", "index.html", 390, 780),
        Picture("demo-incident", names.incident(incident, ""), 1240, 720),
        Picture("demo-tally", names.tally(_most(tally for tally, _ in values), ""), 1100, 700, "dark"),
        Picture("article", names.article(article, ""), 1300, 820, lit=f"#t-{names.anchor(fullest)}"),
    ]


def _most(keys: Iterable[str]) -> str:
    """The key that comes most often; of several the first by the alphabet."""
    return min(Counter(keys).items(), key=lambda counted: (-counted[1], counted[0]))[0]


def take(browser: Any, data: Path, picture: Picture, folder: Path) -> None:
    """Write one picture, once its charts are drawn."""
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_page(viewport=size, color_scheme=picture.scheme)
    page.goto(url(data, picture.page))
    page.wait_for_function(
        "[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg.marks'))"
    )
    if picture.lit:
        page.locator(picture.lit).hover()
    page.screenshot(path=folder / f"{picture.name}.png")
    page.close()


def main(data: Path, folder: Path) -> None:
    """Write all pictures."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for picture in pictures(data):
            take(browser, data, picture, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""The front page's first ten seconds: what is covered, what changed in the last week, what its words mean, and whose version it is."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import lexicon
from tests.ui.shown import rows, url

pytestmark = pytest.mark.ui

DEEDS = {"actual", "reported"}


def test_it_says_what_is_covered(page: Any, shown: Path) -> None:
    documents, events = rows(shown, "documents"), rows(shown, "events")
    days = sorted(str(row["published_on"]) for row in documents if row["published_on"])
    page.goto(url(shown, "index.html"))
    assert page.locator("h1").inner_text() == f"{days[0]} to {days[-1]}"
    covered = page.locator("h1 + p").inner_text()
    outlets = {row["outlet"] or row["credit"] for row in documents} - {None}
    places = {row["place"] for row in events} - {None}
    copies = sum(bool(row["duplicate_of"]) for row in documents)
    for words in (f"{len(outlets)} named source", f"{len(places)} place", f"{copies} cop"):
        assert words in covered
    unplaced = sum(row["latitude"] is None for row in events)
    where = page.locator("figure", has_text="Where").last.inner_text()
    assert f"{unplaced} of {len(events)} reports name no place" in where


def test_the_last_week_stands_against_the_week_before(page: Any, shown: Path) -> None:
    documents = [row["published_on"] for row in rows(shown, "documents") if row["published_on"]]
    last = max(documents)
    deeds = [
        (row["published_on"], row["event_type"])
        for row in rows(shown, "events")
        if row["published_on"] and row["status"] in DEEDS
    ]

    def count(kind: str, first: int, until: int) -> int:
        return sum(
            k == kind and last - timedelta(first) <= day <= last - timedelta(until) for day, k in deeds
        )

    page.goto(url(shown, "index.html"))
    week = page.locator("#week")
    assert (
        f"{sum(day >= last - timedelta(6) for day in documents)} articles since {last - timedelta(6)}"
        in week.inner_text()
    )
    lines = week.locator("tbody tr")
    assert lines.count() > 0
    for i in range(lines.count()):
        kind, meaning, n, change = lines.nth(i).locator("td").all_inner_texts()
        assert meaning
        this, before = count(kind, 6, 0), count(kind, 13, 7)
        assert (int(n), int(change)) == (this, this - before), kind
    with page.expect_navigation():
        lines.first.locator("a").first.click()
    page.wait_for_function("document.querySelector('.months a')?.href.includes('#type=')")
    with page.expect_navigation():
        page.locator(".months a").first.click()
    page.locator("table.grid tbody tr").first.wait_for()
    assert "#type=" in page.url


def test_the_legend_says_in_plain_words_what_each_type_is(page: Any, shown: Path) -> None:
    meanings = {
        row["value"]: row["words"]
        for row in lexicon.table("plain_words")
        if row["vocabulary"] == "event_type"
    }
    page.goto(url(shown, "index.html"))
    legend = page.locator("#legend")
    shown_words = dict(
        zip(legend.locator("dt").all_inner_texts(), legend.locator("dd").all_inner_texts(), strict=True)
    )
    present = {row["event_type"] for row in rows(shown, "events")}
    assert shown_words == {kind: meanings[kind] for kind in present}
    assert all(words != words.upper() for words in shown_words.values())


def test_the_version_and_its_day_are_told(page: Any, shown: Path) -> None:
    version = (shown / "current").resolve().name
    page.goto(url(shown, "index.html"))
    words = page.locator("#version").inner_text().replace("\u2011", "-")
    day = re.sub(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d).*", r"\1-\2-\3 at \4:\5 UTC", version)
    assert words.strip() == f"· made {day}, version {version}"


def test_the_tables_themselves_are_a_link_away(page: Any, shown: Path) -> None:
    page.goto(url(shown, "index.html"))
    for link in page.locator("footer a").all():
        goal = Path(
            page.evaluate("href => new URL(href, location.href).pathname", link.get_attribute("href"))
        )
        assert goal.exists(), goal
    assert page.locator("footer a").all_inner_texts()[:2] == ["CSV", "Parquet"]


@pytest.mark.parametrize(
    "table", ["documents", "incidents", "events", "quotes", "figures", "tallies", "actors"]
)
def test_every_count_leads_to_as_many_rows(page: Any, shown: Path, table: str) -> None:
    page.goto(url(shown, "index.html"))
    link = page.locator(f'.counts a[href="{table}/index.html"]')
    told = int(re.sub(r"\D", "", link.locator("b").inner_text()))
    link.click()
    months = page.evaluate("[...document.querySelectorAll('.months a')].map(month => month.href)")
    found = 0
    for month in months:
        page.goto(month)
        page.locator("table.grid tbody tr").first.wait_for()
        found += page.evaluate("new DataTable.Api('table.grid').rows().count()")
    assert told == found == len(rows(shown, table))

"""The pages in a real browser: marks and rows lead to each other, nothing is fetched, nothing breaks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.ui


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that notes every request to anywhere but the disk, and every error of a script."""
    page = browser.new_page()
    page.outside, page.errors = [], []
    page.on(
        "request",
        lambda r: page.outside.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None,
    )
    page.on("pageerror", lambda e: page.errors.append(str(e)))
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
    yield page
    assert page.outside == []
    assert page.errors == []
    page.close()


def article(published: Path, word: str) -> str:
    found = [p for p in (published / "report" / "articles").glob("*.html") if word in p.name]
    assert len(found) == 1
    return found[0].as_uri()


def test_front_page_draws_charts_and_filters_its_tables(page: Any, published: Path) -> None:
    page.goto((published / "report" / "index.html").as_uri())
    page.wait_for_selector(".chart svg")
    assert page.locator(".chart svg.marks").count() == page.locator(".chart").count() >= 2
    rows = page.locator("#articles tbody tr")
    assert rows.count() == 3
    page.locator("#articles input[type=search]").fill("Toll")
    assert rows.count() == 1
    rows.first.get_by_role("link").first.click()
    page.wait_for_selector("article.text")


def test_tables_sort_by_keyboard(page: Any, published: Path) -> None:
    page.goto((published / "report" / "index.html").as_uri())
    heading = page.locator("#articles th [role=button]").first
    column = page.locator("#articles tbody td:first-child")
    page.wait_for_selector("#articles .dt-search")
    before = column.all_inner_texts()
    heading.focus()
    page.keyboard.press("Enter")
    after = column.all_inner_texts()
    assert after == sorted(before)
    assert page.locator("#articles th").first.get_attribute("aria-sort") == "ascending"


def test_article_text_is_whole_and_escaped(page: Any, published: Path) -> None:
    page.goto(article(published, "harbour-"))
    text = page.locator("article.text").inner_text()
    assert "<script>document.title = 'broken'</script> silence" in text
    assert "<b>three</b> explosions & then" in text
    assert page.title() == "Army shells harbour in Port Saleh"


def test_a_mark_leads_to_its_row_and_a_row_to_its_place(page: Any, published: Path) -> None:
    page.goto(article(published, "harbour-"))
    mark = page.locator(".m.figure", has_text="12").first
    mark.click()
    row = page.locator("tr.on")
    assert "12" in row.inner_text()
    page.locator("tr[id^=r-quote] a").first.click()
    lit = page.locator(".m.on")
    assert lit.count() > 0
    assert all("quote" in (mark.get_attribute("class") or "") for mark in lit.all())


def test_marks_of_a_kind_can_be_hidden(page: Any, published: Path) -> None:
    page.goto(article(published, "harbour-"))
    only_date = page.locator(".text .m.date:not(.event):not(.quote):not(.figure):not(.mention)").first
    shown = only_date.evaluate("e => getComputedStyle(e).backgroundColor")
    page.locator(".legend input[value=date]").uncheck()
    assert only_date.evaluate("e => getComputedStyle(e).backgroundColor") != shown


def test_an_actor_has_a_page_with_what_it_did(page: Any, published: Path) -> None:
    page.goto((published / "report" / "index.html").as_uri())
    page.locator("#actors a", has_text="France").first.click()
    assert page.locator("h1").inner_text() == "France"
    assert "ACCUSE" in page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readable_on_a_phone(browser: Any, published: Path, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for uri in ((published / "report" / "index.html").as_uri(), article(published, "harbour-")):
        page.goto(uri)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        text, ground = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert (sum(map(int, ground[4:-1].split(","))) < 300) == (scheme == "dark"), (text, ground)
    context.close()

"""Every list filters by each of its columns, sorts by value in both directions, saves what is left, and its address keeps all of that."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.ui.shown import WAIT, kinds_of_pages, url

pytestmark = pytest.mark.ui

LISTS = ["documents", "incidents", "events", "quotes", "figures", "tallies", "actors"]


def fullest(shown: Path, table: str) -> str:
    """The month of a list with the largest page."""
    pages = [path for path in (shown / "report" / table).glob("*.html") if path.stem[:1] == "2"]
    return f"{table}/{max(pages, key=lambda path: path.stat().st_size).name}"


def left(page: Any) -> list[list[Any]]:
    """All rows that are left, in their order, as values."""
    found: list[list[Any]] = page.evaluate(
        "new DataTable.Api('table.grid').rows({ search: 'applied', order: 'applied' }).data().toArray().map(r => r.map(value))"
    )
    return found


def columns(page: Any) -> list[str]:
    page.locator("table.grid tbody tr").first.wait_for()
    found: list[str] = page.evaluate(
        "new DataTable.Api('table.grid').columns().header().toArray().map(h => h.textContent)"
    )
    return found


@pytest.mark.parametrize("table", LISTS)
def test_each_column_has_a_filter_that_leaves_what_fits(page: Any, shown: Path, table: str) -> None:
    page.goto(url(shown, fullest(shown, table)))
    names, every = columns(page), left(page)
    for i, name in enumerate(names):
        box = page.get_by_label(f"Filter: {name}", exact=True)
        said = next((str(row[i]) for row in every if isinstance(row[i], str) and row[i]), None)
        if said is None:
            continue
        if box.evaluate("e => e.tagName") == "SELECT":
            said = box.locator("option").nth(1).inner_text()
            box.select_option(said)
            wanted = [row for row in every if row[i] == said]
        else:
            said = said.split()[0]
            box.fill(said)
            wanted = [
                row for row in every if said.lower() in str(row[i]).lower()
            ]  # words with accents among them
        page.wait_for_function("part => location.hash.includes(part)", arg=f"{name.replace(' ', '-')}=")
        assert wanted and left(page) == wanted, (name, said)
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option("")
        else:
            box.fill("")
    assert left(page) == every


@pytest.mark.parametrize("table", LISTS)
def test_each_column_sorts_both_ways_and_the_address_keeps_it(page: Any, shown: Path, table: str) -> None:
    page.goto(url(shown, fullest(shown, table)))
    names = columns(page)
    for i, name in enumerate(names):
        head = page.locator("table.grid th").nth(i)
        for direction in ("asc", "desc"):
            head.click()
            page.wait_for_function(
                "d => document.querySelector(`table.grid th[aria-sort=${d}ending]`)", arg=direction
            )
            said = [row[i] for row in left(page)]
            ordered = page.evaluate(
                "([said, down]) => { const c = new Intl.Collator(undefined, { numeric: true }).compare;"
                " const n = said.some((v) => typeof v === 'number'), s = [...said].sort((a, b) => n ? (a === '' ? -Infinity : a) - (b === '' ? -Infinity : b) : c(a, b));"
                " return down ? s.reverse() : s }",
                [said, direction == "desc"],
            )
            assert said == ordered, (name, direction)
        page.wait_for_function("part => location.hash.includes(part)", arg=f"sort=-{name.replace(' ', '-')}")


def test_words_sort_as_in_a_dictionary_whatever_the_column_holds(page: Any, shown: Path) -> None:
    page.goto(url(shown, fullest(shown, "events")))
    columns(page)
    said = page.evaluate(
        "['zebra', 'Éclair', 'eclair B', 'Eclair 10', 'Eclair 9', 'apple', 'Zoo'].sort(collated)"
    )
    assert said == ["apple", "Éclair", "Eclair 9", "Eclair 10", "eclair B", "zebra", "Zoo"]


def test_accents_make_no_difference_to_a_filter(page: Any, shown: Path) -> None:
    for path in sorted((shown / "report" / "actors").glob("2*.html")):
        page.goto(path.resolve().as_uri())
        names = columns(page)
        accented = [
            row[names.index("actor")] for row in left(page) if not str(row[names.index("actor")]).isascii()
        ]
        if accented:
            break
    name = accented[0]
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    assert plain != name
    for box in (page.get_by_label("Filter: actor", exact=True), page.locator(".dt-search input")):
        for words in (name, plain):
            box.fill(words)
            page.wait_for_function(
                "name => [...document.querySelectorAll('table.grid tbody tr')].every(r => r.textContent.includes(name))",
                arg=name,
            )
            assert name in [row[names.index("actor")] for row in left(page)], words
        box.fill("")


def test_a_shared_address_shows_the_same_rows(browser: Any, shown: Path) -> None:
    """Filter, words, sort and page of a list, opened by someone else."""
    mine, theirs = browser.new_page(), browser.new_page()
    mine.goto(url(shown, fullest(shown, "events")))
    names = columns(mine)
    every = left(mine)
    kinds = [row[names.index("type")] for row in every]
    common = max(sorted(set(kinds)), key=kinds.count)
    mine.get_by_label("Filter: type", exact=True).select_option(common)
    mine.locator("table.grid th").nth(names.index("who")).click()
    mine.locator(".dt-search input").fill("the")
    mine.wait_for_function("['type=', 'sort=who', 'q=the'].every((part) => location.hash.includes(part))")
    theirs.goto(mine.url)
    assert columns(theirs) == names
    assert 0 < len(left(mine)) < len(every)
    assert left(theirs) == left(mine)
    assert theirs.get_by_label("Filter: type", exact=True).input_value() == common
    mine.close()
    theirs.close()


def test_a_later_page_of_a_list_is_kept(page: Any, shown: Path) -> None:
    page.goto(url(shown, fullest(shown, "events")))
    columns(page)
    page.locator(".dt-length select").select_option("10")
    page.locator(".dt-paging button", has_text="2").first.click()
    page.wait_for_function("location.hash.includes('rows=10&page=2')")
    first = page.locator("table.grid tbody tr").first.inner_text()
    link = page.locator("table.grid tbody tr a").first  # to an article, or to the incident of the first row
    leads_to = link.evaluate("e => e.href")
    link.click()
    page.wait_for_url(leads_to)
    page.go_back()
    page.locator("table.grid tbody tr").first.wait_for()
    assert "rows=10&page=2" in page.url and page.locator("table.grid tbody tr").count() <= 10
    assert page.locator("table.grid tbody tr").first.inner_text() == first


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_arrows_of_sorted_columns_have_the_colour_of_words(browser: Any, shown: Path, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.set_default_timeout(WAIT)
    page.goto(url(shown, kinds_of_pages(shown)["list"]))
    page.locator("table.grid tbody tr").first.wait_for()
    colours = page.evaluate(
        """() => [...document.querySelectorAll('table.grid thead th:has(.dt-column-order)')].map(head => [
            getComputedStyle(head).color,
            getComputedStyle(head.querySelector('.dt-column-order'), '::before').borderBottomColor])"""
    )
    assert colours and all(words == arrow for words, arrow in colours)
    page.close()

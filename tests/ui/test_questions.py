"""Someone who has never seen the pages finds answers in them alone: from the front page, by links and search, in a few steps."""

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.words import figure_words
from tests.ui.shown import WAIT, kinds_of_pages, rows, url

pytestmark = pytest.mark.ui


def difference(page: Any, heading: str) -> Any:
    """The first of the front page's differences below a heading."""
    return page.locator("#differ ~ details", has_text=heading).locator(".difference").first


def test_who_disputes_a_toll_and_with_what_words(page: Any, shown: Path) -> None:
    page.goto(url(shown, "index.html"))
    found = difference(page, "Counts that contradict each other")
    values = found.locator("blockquote b").all_inner_texts()
    by = [
        re.sub(r".* · |, \d{4}-.*", "", words)
        for words in found.locator("blockquote p:first-child").all_inner_texts()
    ]
    words = found.locator("blockquote a").all_inner_texts()
    assert len(set(values)) == len(set(by)) == len(set(words)) == 2
    told = {(figure_words(row), row["sentence"]) for row in rows(shown, "figures")}
    assert {(v, w) for v, w in zip(values, words, strict=True)} <= told
    found.locator("p a").first.click()
    page.wait_for_selector("#figures")
    table = page.locator("section", has=page.locator("#figures")).inner_text()
    assert all(part in table for part in (*values, *by, *words))


def test_how_a_toll_grew(page: Any, shown: Path) -> None:
    page.goto(url(shown, "index.html"))
    difference(page, "Counts that grew").locator("p a").first.click()
    page.wait_for_selector(".chart svg")
    lines = page.locator("section", has=page.locator("#figures")).locator("tbody tr")
    steps = [lines.nth(i).locator("td").all_inner_texts()[:2] for i in range(lines.count())]
    days, values = zip(*steps, strict=True)
    assert list(days) == sorted(days)
    assert len(set(values)) >= 2
    assert page.locator(".chart svg .role-mark.mark-symbol path").count() == len(steps)


def busiest(shown: Path) -> tuple[str, str, int, int]:
    """An actor that did things in several months: its name, one month, how much it did then and in all."""
    days = {row["event_id"]: str(row["published_on"])[:7] for row in rows(shown, "events")}
    did: dict[str, set[str]] = {}
    for row in rows(shown, "event_actors"):
        if row["role"] == "actor" and row["actor_id"]:
            did.setdefault(row["actor_id"], set()).add(row["event_id"])
    several = {key: events for key, events in did.items() if len({days[e] for e in events}) > 1}
    key = max(sorted(several), key=lambda k: len(several[k]))
    month = min(days[e] for e in did[key])
    name = next(row["name"] for row in rows(shown, "actors") if row["actor_id"] == key)
    return name, month, sum(days[e] == month for e in did[key]), len(did[key])


def test_everything_an_actor_did_in_a_month(page: Any, shown: Path) -> None:
    name, month, wanted, total = busiest(shown)
    assert 0 < wanted < total
    page.goto(url(shown, "index.html"))
    page.get_by_role("searchbox").first.fill(name)
    page.keyboard.press("Enter")
    result = page.locator("#results li", has=page.locator(".badge.actor, .badge", has_text="actor"))
    result.locator(f'a:text-is("{name}")').first.click()
    did = page.locator("section", has=page.locator("#did")).locator("tbody tr")
    did.first.wait_for()
    assert did.count() == total
    page.locator(".only a", has_text=month).click()
    page.locator(".only a[aria-current]").wait_for()
    assert did.count() == wanted
    assert all(day.startswith(month) for day in did.locator("td:first-child").all_inner_texts())
    page.go_back()
    page.wait_for_function("!document.querySelector('.only a[aria-current]')")
    assert did.count() == total


def test_everything_an_actor_did_in_a_month_by_clicks_alone(page: Any, shown: Path) -> None:
    """From the front page's most active actors, without a word typed."""
    page.goto(url(shown, "index.html"))
    links = page.locator("#actors tbody td a")
    several = next(
        link
        for link in links.all()
        if "#published=2"
        in (shown / "report" / str(link.get_attribute("href")))
        .read_text(encoding="utf-8")
        .partition('id="months"')[2]
    )
    name = several.inner_text()
    several.click()
    page.locator("#months").wait_for()
    assert page.locator("h1").inner_text() == name
    month = page.locator(".only a", has_text=re.compile(r"^\d{4}-\d\d")).first
    words, told = re.match(r"(\d{4}-\d\d) \((\d+)\)", month.inner_text()).groups()  # type: ignore[union-attr]
    month.click()
    page.locator(".only a[aria-current]").wait_for()
    days = page.locator('main section table td[data-label="published"]').all_inner_texts()
    assert len(days) == int(told) and all(day.startswith(words) for day in days)


def test_back_returns_to_the_list_as_it_was(page: Any, shown: Path) -> None:
    month = sorted((shown / "report" / "events").glob("2*.html"))[-1]
    page.goto(month.resolve().as_uri())
    page.locator("table.grid tbody tr").first.wait_for()
    who = page.locator("table.grid tbody tr").first.locator("td").nth(1).inner_text()
    page.locator(".dt-search input").fill(who)
    page.wait_for_function("location.hash.includes('q=')")
    address, n = page.url, page.locator("table.grid tbody tr").count()
    page.locator("table.grid tbody tr a").first.click()
    page.wait_for_selector("h1")
    page.go_back()
    page.locator("table.grid tbody tr").first.wait_for()
    assert (page.url, page.locator("table.grid tbody tr").count()) == (address, n)


def test_the_keyboard_skips_to_the_content(page: Any, shown: Path) -> None:
    for path in kinds_of_pages(shown).values():
        page.goto(url(shown, path))
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") in (
            "skip",
            "",
        )  # the search page begins in its box
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"


def test_every_table_has_a_caption_and_every_page_its_language(shown: Path) -> None:
    for path in (shown / "report").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert '<html lang="en">' in html
        assert len(re.findall(r"<table\b[^>]*>\s*<caption", html)) == html.count("<table"), path


def test_what_is_written_from_right_to_left_runs_so(page: Any, shown: Path) -> None:
    page.goto(url(shown, kinds_of_pages(shown)["article"]))
    direction = "getComputedStyle(document.querySelector('.text p')).direction"
    assert page.evaluate(direction) == "ltr"
    page.evaluate("document.querySelector('.text p').textContent = 'قال الوزير إن المحادثات انتهت.'")
    assert page.evaluate(direction) == "rtl"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_stands_out_from_the_ground(browser: Any, shown: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.set_default_timeout(WAIT)
    page.goto(url(shown, "index.html"))
    cells = page.locator('[data-spec="chart-dyads"] .role-mark path')
    cells.first.wait_for()
    shades = cells.evaluate_all(
        r"all => all.map(e => [e.__data__.datum.events, ...getComputedStyle(e).fill.match(/\d+/g).map(Number)])"
    )
    least, most = min(shades), max(shades)
    assert least[0] < most[0]
    assert (sum(most[1:]) > sum(least[1:])) == (scheme == "dark")
    page.close()


def test_print_shows_tables_whole_and_unfolds(browser: Any, shown: Path) -> None:
    page = browser.new_page(viewport={"width": 690, "height": 980})  # the width that A4 leaves
    page.set_default_timeout(WAIT)
    for kind, path in kinds_of_pages(shown).items():
        page.emulate_media(media="screen")
        page.goto(url(shown, path))
        page.wait_for_load_state("load")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false })")
        page.emulate_media(media="print")
        wide = page.evaluate(
            "[...document.querySelectorAll('table, .chart svg')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
        )
        assert wide == 0, kind
        assert not page.locator("header").is_visible()
        folded = page.evaluate(
            "[...document.querySelectorAll('details')].filter(d => !d.closest('figure') && d.children[1] && !d.children[1].checkVisibility()).length"
        )
        assert folded == 0, kind
    page.close()


def test_the_demo_has_what_readers_look_for(shown: Path) -> None:
    assert len(rows(shown, "documents")) >= 60
    assert any(row["duplicate_of"] for row in rows(shown, "documents"))
    assert {"disputed", "corroborated"} <= {row["corroboration"] for row in rows(shown, "incidents")}
    assert {"growing", "conflict", "agree"} <= {row["agreement"] for row in rows(shown, "tallies")}
    assert {"actual", "future"} <= {row["status"] for row in rows(shown, "events")}
    assert {"denial of"} <= {row["relation"] for row in rows(shown, "incident_links")}


def test_vendored_scripts_bring_their_licences(shown: Path) -> None:
    vendor = shown / "report" / "static" / "vendor"
    licences = {path.stem.replace("-", "") for path in (vendor / "licenses").glob("*.txt")}
    for script in vendor.glob("*.js"):
        stem = script.name.split(".")[0].replace("-", "").lower()
        assert any(stem.startswith(licence) for licence in licences) or stem == "world110m", script
    assert "worldatlas" in licences

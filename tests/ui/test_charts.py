"""Charts tell the truth, and a click on whatever they draw leads to the rows that it counts."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.ui.shown import WAIT, kinds_of_pages, rows, url

pytestmark = pytest.mark.ui

DEEDS = {"actual", "reported"}
HEARD = 50
"""Tenths of a second after which a click is tried again."""
DRAWN = "[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg.marks'))"


def marks(page: Any, chart: str) -> Any:
    """What a chart draws for its rows, once it stands."""
    found = page.locator(
        f'[data-spec="{chart}"] svg .mark-rect.role-mark path, [data-spec="{chart}"] svg .mark-symbol.role-mark path'
    )
    page.wait_for_function(DRAWN)  # what is drawn later moves what stands
    found.first.wait_for()
    return found


def drawn(marks: Any) -> list[dict[str, Any]]:
    """The rows behind the marks, in the order in which they are drawn."""
    found: list[dict[str, Any]] = marks.evaluate_all(
        "all => all.map(e => Object.fromEntries(Object.entries(e.__data__.datum).filter(([k, v]) => typeof v !== 'object')))"
    )
    return found


def follow(page: Any, mark: Any, to: str) -> None:
    """A click on a mark, and the page it leads to; once more where the chart was drawn but did not listen yet."""
    mark.click()
    for _ in range(HEARD):
        if f"/{to}" in page.url:
            break
        page.wait_for_timeout(100)
    else:
        mark.click()
    page.wait_for_url(f"**/{to}**")


def words_of(page: Any, column: str) -> list[str]:
    """What a column of the page's list says, all pages of it."""
    page.locator("table.grid tbody tr").first.wait_for()
    found: list[str] = page.evaluate(
        "label => { const api = new DataTable.Api('table.grid'); const i = api.columns().header().toArray().findIndex(h => h.textContent === label);"
        " return api.rows({ search: 'applied' }).data().toArray().map(r => words(r[i])) }",
        column,
    )
    return found


def test_a_pair_leads_to_what_the_one_did_to_the_other(page: Any, shown: Path) -> None:
    page.goto(url(shown, "index.html"))
    cells = marks(page, "chart-dyads")
    pairs = drawn(cells)
    assert pairs[0]["events"] == max(pair["events"] for pair in pairs)
    for i in (0, len(pairs) - 1):
        pair = pairs[i]
        follow(page, cells.nth(i), "actors/")
        assert page.locator("h1").inner_text() == pair["actor"]
        did = page.locator("section", has=page.locator("#did"))
        did.get_by_role("button", name="Show all rows").wait_for()
        whom = did.locator('td[data-label="to whom"]').all_inner_texts()
        assert whom and all(pair["recipient"] in words for words in whom)
        status = did.locator('td[data-label="status"]').all_inner_texts()
        assert sum(word in DEEDS for word in status) >= pair["events"]
        page.go_back()
        cells = marks(page, "chart-dyads")


def test_a_bar_of_a_day_leads_to_its_reports(page: Any, shown: Path) -> None:
    page.goto(url(shown, "index.html"))
    bars = marks(page, "chart-time")
    told = drawn(bars)
    most = max(range(len(told)), key=lambda i: told[i]["sum_events"])
    follow(page, bars.nth(most), "events/")
    kinds, statuses = words_of(page, "type"), words_of(page, "status")
    assert set(kinds) == {told[most]["event_type"]}
    assert sum(word in DEEDS for word in statuses) == told[most]["sum_events"]
    assert len(set(words_of(page, "published"))) == 1 or page.url.count("published=") == 1


def test_the_chart_over_time_counts_deeds_until_all_is_asked_for(page: Any, shown: Path) -> None:
    events = [row for row in rows(shown, "events") if row["published_on"]]
    deeds = sum(row["status"] in DEEDS for row in events)
    assert 0 < deeds < len(events)
    page.goto(url(shown, "index.html"))
    assert sum(bar["sum_events"] for bar in drawn(marks(page, "chart-time"))) == deeds
    page.get_by_label("with plans, threats, denials").check()
    page.wait_for_function(
        "n => [...document.querySelectorAll('[data-spec=chart-time] .mark-rect.role-mark path')].reduce((s, e) => s + e.__data__.datum.sum_events, 0) === n",
        arg=len(events),
    )


def test_a_circle_leads_to_the_reports_of_its_place(page: Any, shown: Path) -> None:
    located = [row for row in rows(shown, "events") if row["latitude"] is not None]
    page.goto(url(shown, "index.html"))
    circles = marks(page, "chart-places")
    told = drawn(circles)
    assert min(circle["events"] for circle in told) >= 1
    assert sum(circle["events"] for circle in told) == len(located)
    legend = page.locator('[data-spec="chart-places"] .role-legend-label text').all_inner_texts()
    assert legend and "0" not in legend
    follow(page, circles.last, "events/")  # the one that no other lies on
    if page.url.split("#")[0].endswith("index.html"):
        page.locator(".months a").first.click()
    assert set(words_of(page, "where")) == {told[-1]["place"]}


def test_a_bar_of_a_month_leaves_the_rows_of_that_month(page: Any, shown: Path) -> None:
    page.goto(url(shown, kinds_of_pages(shown)["actor"]))
    bars = marks(page, "chart-time")
    bar = drawn(bars)[0]
    bars.first.click()
    page.wait_for_function("month => location.hash === '#published=' + month", arg=bar["month"])
    key = {"did": "#did", "underwent": "#underwent"}[bar["side"]]
    table = page.locator("section", has=page.locator(key))
    days = table.locator('td[data-label="published"]').all_inner_texts()
    assert days and all(day.startswith(bar["month"]) for day in days)
    status = table.locator('td[data-label="status"]').all_inner_texts()
    assert sum(word in DEEDS for word in status) == bar["events"]


def test_partners_lead_to_what_was_done_to_them(page: Any, shown: Path) -> None:
    page.goto(url(shown, kinds_of_pages(shown)["actor"]))
    partners = page.locator("section", has=page.locator("#with"))
    number = partners.locator('td[data-label="did to them"] a, td[data-label="underwent from them"] a').first
    n = int(number.inner_text())
    number.click()
    page.get_by_role("button", name="Show all rows").first.wait_for()
    side, _, name = page.evaluate("decodeURIComponent(location.hash.slice(1))").partition("=")
    cells = page.locator(f'td[data-label="{side.replace("-", " ")}"]').all_inner_texts()
    assert len(cells) >= n and all(name in words for words in cells)


@pytest.mark.parametrize("path", ["index.html", "tally", "actor"])
def test_labels_of_charts_can_be_read_on_a_phone(browser: Any, shown: Path, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_default_timeout(WAIT)
    page.goto(url(shown, kinds_of_pages(shown).get(path, path)))
    page.wait_for_function(DRAWN)
    sizes = page.locator(".chart svg text").evaluate_all(
        "all => all.filter(e => e.textContent && getComputedStyle(e).opacity > 0).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert sizes and min(sizes) >= 11
    page.close()


BOXES = """(frame, within) => [...frame.querySelectorAll(within)]
    .filter(word => word.textContent && getComputedStyle(word).opacity > 0)
    .map(word => word.getBoundingClientRect()).map(box => [box.left, box.right, Math.round(box.top)])"""
"""Left, right and top of each word of a drawing that is seen."""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["index.html", "tally", "actor"])
def test_no_word_of_a_chart_is_cut_off_or_runs_into_the_next(
    browser: Any, shown: Path, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_default_timeout(WAIT)
    page.goto(url(shown, kinds_of_pages(shown).get(path, path)))
    page.wait_for_function(DRAWN)
    for chart in page.locator(".chart svg.marks").all():
        frame = chart.bounding_box()
        words = chart.evaluate(f"frame => ({BOXES})(frame, 'text')")
        assert min(left for left, _, _ in words) >= frame["x"] - 1
        assert max(right for _, right, _ in words) <= frame["x"] + frame["width"] + 1
        upright = '.role-axis-label text:not([transform*="rotate"])'
        labels = sorted(chart.evaluate(f"frame => ({BOXES})(frame, '{upright}')"))
        lines = [(one, two) for one, two in pairwise(labels) if one[2] == two[2]]
        assert all(two[0] - one[1] >= 4 for one, two in lines)
    page.close()


def test_a_chart_leaves_no_empty_room_below_it(browser: Any, shown: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.set_default_timeout(WAIT)
    page.goto(url(shown, "index.html"))
    page.wait_for_function(DRAWN)
    for chart in page.locator(".chart").all():
        room, drawing = chart.bounding_box()["height"], chart.locator("svg.marks").bounding_box()["height"]
        assert room - drawing < 40, chart.get_attribute("data-spec")
    page.close()

"""The pages in a real browser, on the demo's invented stories: what a reader looks for is found, leads on and comes back."""

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import names
from tests.ui.shown import WAIT, article_with, kinds_of_pages, rows, url

pytestmark = pytest.mark.ui


def test_every_link_of_every_page_leads_to_a_page_and_a_place_on_it(shown: Path) -> None:
    """Pages are plain files: their links are read from the disk, hundreds of pages in one go."""
    report = (shown / "report").resolve()
    ids: dict[Path, set[str]] = {}
    links: list[tuple[Path, str]] = []
    for path in report.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        ids[path] = set(re.findall(r'\bid="([^"]+)"', html))
        links += [(path, href) for href in re.findall(r'href="([^"]+)"', html)]
        links += [(path, href) for href in re.findall(r'"h": "([^"]+)"', html)]
    assert len(links) > 2_000
    broken = []
    for path, href in links:
        if href.startswith("data:"):
            continue
        file, _, rest = href.partition("#")
        goal = (path.parent / file).resolve() if file else path
        place = rest if re.match(r"[rt]-", rest) else ""
        if not goal.exists() or (place and place not in ids.get(goal, {place})):
            broken.append((path.relative_to(report).as_posix(), href))
    assert broken == []


def test_the_front_page_says_where_sources_differ_with_both_sides_words(page: Any, shown: Path) -> None:
    disputed = [row for row in rows(shown, "incidents") if row["corroboration"] == "disputed"]
    growing = [row for row in rows(shown, "tallies") if row["agreement"] == "growing"]
    assert disputed and growing
    page.goto(url(shown, "index.html"))
    differ = page.locator("section", has=page.locator("#differ"))
    assert f"Disputed incidents: {len(disputed)}" in differ.inner_text()
    first = differ.locator(".difference").first
    assert first.locator("blockquote").count() == 2
    first.locator("blockquote a").first.click()
    page.wait_for_selector(".m.on")
    page.go_back()
    assert page.locator(".chart").count() >= 2
    page.wait_for_function("[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg'))")


def test_the_front_page_counts_lead_to_lists(page: Any, shown: Path) -> None:
    page.goto(url(shown, "index.html"))
    page.locator(".counts a", has_text="events").click()
    page.locator(".months a").first.click()
    page.wait_for_selector("table.grid tbody tr")
    assert page.locator("h1").inner_text().startswith("Events")


def test_an_incident_shows_its_reports_side_by_side(page: Any, shown: Path) -> None:
    told = max(rows(shown, "incidents"), key=lambda row: row["n_documents"])
    assert told["n_documents"] > 1
    page.goto(url(shown, names.incident(told["incident_id"], "")))
    reports = page.locator("section", has=page.locator("#reports")).locator("tbody tr")
    assert reports.count() >= told["n_reports"]
    assert f"{told['n_sources']} independent source" in page.locator("main").inner_text()
    sentence = reports.first.locator("td[data-label=words] a")
    words = sentence.inner_text()
    sentence.click()
    lit = page.locator(".m.on").first
    lit.wait_for()
    assert lit.inner_text() in words


def test_a_tally_draws_each_figure_and_leads_to_its_sentence(page: Any, shown: Path) -> None:
    tally = max(rows(shown, "tallies"), key=lambda row: (row["agreement"] == "growing", row["n_figures"]))
    page.goto(url(shown, names.tally(tally["tally_id"], "")))
    page.wait_for_selector(".chart svg")
    assert (
        page.locator("section", has=page.locator("#figures")).locator("tbody tr").count()
        == tally["n_figures"]
    )
    page.locator(".chart svg .role-mark.mark-symbol path").first.click(
        force=True
    )  # dots may lie on each other
    page.wait_for_selector("article.text .m.on")


def test_a_list_keeps_its_filters_in_the_address(page: Any, shown: Path) -> None:
    events = [row for row in rows(shown, "events") if row["published_on"]]
    kind = max({row["event_type"] for row in events}, key=lambda k: sum(r["event_type"] == k for r in events))
    months = [str(row["published_on"])[:7] for row in events]
    month = max(sorted(set(months)), key=months.count)  # a month of one type has nothing to choose from
    of_month = [row for row in events if str(row["published_on"])[:7] == month]
    wanted = [row for row in of_month if row["event_type"] == kind]
    page.goto(url(shown, f"events/{month}.html"))
    body = page.locator("table.grid tbody tr")
    body.first.wait_for()
    assert body.count() == min(50, len(of_month))
    page.get_by_label("Filter: type").select_option(kind)
    assert body.count() == min(50, len(wanted))
    assert f"type={kind}" in page.url
    page.reload()
    body.first.wait_for()
    assert body.count() == min(50, len(wanted))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save these rows as CSV").click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()) == len(wanted) + 1


def test_numbers_sort_by_value(page: Any, shown: Path) -> None:
    figures = [row for row in rows(shown, "figures") if row["published_on"]]
    months = [str(row["published_on"])[:7] for row in figures]
    month = max(set(months), key=months.count)
    most = max(row["value"] for row in figures if str(row["published_on"])[:7] == month)
    page.goto(url(shown, f"figures/{month}.html#sort=-value"))
    page.locator("table.grid tbody tr").first.wait_for()
    words = page.locator("table.grid tbody tr").first.locator("td").nth(1).inner_text()
    assert float(re.sub(r"[^\d.]", "", words.split("–")[0])) == pytest.approx(most)


def test_search_finds_articles_actors_incidents_and_quotes(page: Any, shown: Path) -> None:
    paged = [r for r in rows(shown, "actors") if (shown / "report" / names.actor(r["actor_id"], "")).exists()]
    actor = max(paged, key=lambda row: row["n_mentions"])
    page.goto(url(shown, "index.html"))
    page.get_by_role("searchbox").first.fill(actor["name"])
    page.keyboard.press("Enter")
    found = page.locator("#results li")
    found.first.wait_for()
    assert "search.html?q=" in page.url
    kinds = set(found.locator(".badge").all_inner_texts())
    assert {"actor", "incident"} <= kinds
    found.locator("a", has_text=actor["name"]).first.click()
    page.wait_for_selector("h1")


def test_marks_lead_to_rows_and_back_whatever_is_filtered(page: Any, shown: Path) -> None:
    path, event = article_with(shown, "events")
    key = names.anchor(event["event_id"])
    page.goto(url(shown, path))
    page.locator(f"#t-{key}").click()
    assert page.locator(f"tr#r-{key}.on").count() == 1
    page.locator(f"#r-{key} a").first.click()
    assert page.locator(f".m.on[data-rows~={key}]").count() >= 1
    page.locator(".rows .dt-container").first.wait_for()
    for box in page.locator(".rows input[type=search]").all():
        box.fill("no such words")
    page.goto(url(shown, f"{path}#r-{key}"))
    page.locator(f"tr#r-{key}.on").wait_for()


def test_an_event_lights_its_parties(page: Any, shown: Path) -> None:
    parties = {row["event_id"] for row in rows(shown, "event_actors") if row["start"] is not None}
    event = next(row for row in rows(shown, "events") if row["event_id"] in parties)
    page.goto(url(shown, names.article(event["doc_id"], "")))
    page.locator(f"#r-{names.anchor(event['event_id'])}").hover()
    page.locator(".m.with").first.wait_for()


def test_marks_of_a_kind_can_be_hidden(page: Any, shown: Path) -> None:
    articles = sorted((shown / "report" / "articles").glob("*/*.html"))
    lone = next(path for path in articles if 'class="m date"' in path.read_text(encoding="utf-8"))
    page.goto(lone.resolve().as_uri())
    only_date = page.locator('.text [class="m date"]').first
    before = only_date.evaluate("e => getComputedStyle(e).backgroundColor")
    page.locator(".kinds input[value=date]").uncheck()
    assert only_date.evaluate("e => getComputedStyle(e).backgroundColor") != before


def test_article_text_is_whole_and_escaped(page: Any, published: Path) -> None:
    found = [p for p in (published / "report" / "articles").glob("*/*.html") if "harbour-" in p.name]
    page.goto(found[0].resolve().as_uri())
    text = page.locator("article.text").inner_text()
    assert "<script>document.title = 'broken'</script>" in text
    assert "<b>three</b> explosions & then" in text
    assert page.title() == "Army shells harbour in Port Saleh"


def test_an_actor_has_a_page_with_what_it_did_by_month(page: Any, shown: Path) -> None:
    acted = [
        row["actor_id"] for row in rows(shown, "event_actors") if row["role"] == "actor" and row["actor_id"]
    ]
    actor = max(sorted(set(acted)), key=acted.count)
    page.goto(url(shown, names.actor(actor, "")))
    did = page.locator("section", has=page.locator("#did"))
    assert did.locator("tbody tr").count() >= 1
    did.locator("tbody td a").first.click()
    page.wait_for_selector("article.text .m.on")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_any_reader(
    browser: Any, shown: Path, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.set_default_timeout(WAIT)
    for kind, path in kinds_of_pages(shown).items():
        page = context.new_page()
        page.goto(url(shown, path))
        page.wait_for_timeout(500)
        for violation in axe.run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((kind, violation["id"], violation["nodes"][0]["html"][:120]))
        page.close()
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [390, 820, 1024, 1280])
def test_nothing_scrolls_sideways(browser: Any, shown: Path, width: int) -> None:
    """Neither a page nor a table on it, on a phone, a tablet upright and across, and a desktop."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    for kind, path in kinds_of_pages(shown).items():
        page.goto(url(shown, path))
        if kind in ("front", "tally", "actor"):
            page.wait_for_function(
                "[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg'))"
            )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        wide = page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.querySelector('caption').textContent)"
        )
        assert wide == [], kind
    context.close()


@pytest.mark.parametrize("width", [390, 820])
def test_a_list_of_cards_is_filtered_and_sorted(browser: Any, shown: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_default_timeout(WAIT)
    months = [str(row["published_on"])[:7] for row in rows(shown, "events") if row["published_on"]]
    page.goto(url(shown, f"events/{max(sorted(set(months)), key=months.count)}.html"))
    cards = page.locator("table.grid tbody tr")
    cards.first.wait_for()
    assert not page.get_by_label("Filter: type").is_visible()
    page.get_by_role("button", name="Filter and sort").click()
    page.locator("table.grid th", has_text="who").first.click()
    page.wait_for_function("location.hash.includes('sort=who')")
    who = [words for words in page.locator('tbody td[data-label="who"]').all_inner_texts() if words != "–"]
    assert len(set(who)) > 2
    assert who == page.evaluate(
        "who => [...who].sort(new Intl.Collator(undefined, { numeric: true }).compare)", who
    )
    page.get_by_label("Filter: type").select_option(index=1)
    assert "type=" in page.url
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readable_on_a_phone(browser: Any, shown: Path, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    for path in kinds_of_pages(shown).values():
        page.goto(url(shown, path))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        text, ground = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert (sum(map(int, ground[4:-1].split(","))) < 300) == (scheme == "dark"), (text, ground)
    page.goto(url(shown, "index.html"))
    assert page.evaluate("document.documentElement.scrollHeight") < 8_000
    context.close()

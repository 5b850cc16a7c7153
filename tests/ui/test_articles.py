"""An article's page: what belongs to an event is lit, marks that overlap stay readable, rows lead on to incidents and other articles."""

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import names
from tests.ui.shown import WAIT, kinds_of_pages, rows, url

pytestmark = pytest.mark.ui


def fullest(shown: Path) -> tuple[dict[str, Any], dict[str, set[str]]]:
    """The event with most kinds of things that belong to it, and those: kind -> keys on the page."""
    mentions = {
        (row["doc_id"], row["start"], row["end"]): row["mention_id"] for row in rows(shown, "mentions")
    }
    events = {row["event_id"]: row for row in rows(shown, "events")}
    found: dict[str, dict[str, set[str]]] = {key: {} for key in events}
    for party in rows(shown, "event_actors"):
        doc_id = events[party["event_id"]]["doc_id"]
        key = mentions.get((doc_id, party["start"], party["end"]))
        if key:
            found[party["event_id"]].setdefault(party["role"], set()).add(names.anchor(key))
    for figure in rows(shown, "figures"):
        if figure["event_id"]:
            found[figure["event_id"]].setdefault("figure", set()).add(names.anchor(figure["figure_id"]))
    for date in rows(shown, "dates"):
        for key, event in events.items():
            if (
                event["sentence_id"] == date["sentence_id"]
                and event["date_from"] == date["date_from"] is not None
            ):
                found[key].setdefault("date", set()).add(names.anchor(date["date_id"]))
    key = max(sorted(found), key=lambda k: len(found[k]))
    return events[key], found[key]


@pytest.mark.parametrize("reach", ["hover", "focus"])
def test_reaching_for_an_event_lights_all_that_belongs_to_it(page: Any, shown: Path, reach: str) -> None:
    event, parts = fullest(shown)
    assert parts.keys() == {"actor", "recipient", "figure", "date"}
    page.goto(url(shown, names.article(event["doc_id"], "")))
    key = names.anchor(event["event_id"])
    mark = page.locator(f"#t-{key}")
    getattr(mark, reach)()
    page.locator(".m.with").first.wait_for()
    lit = set(" ".join(page.locator(".m.with").evaluate_all("all => all.map(e => e.dataset.rows)")).split())
    for kind, keys in parts.items():
        assert keys <= lit, kind
    ground = page.locator(".m.with").first.evaluate(
        "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow, getComputedStyle(e).backgroundColor]"
    )
    page.locator("h1").hover()
    page.evaluate(
        "document.activeElement.blur(); document.querySelectorAll('.with').forEach(e => e.classList.remove('with'))"
    )
    plain = page.locator(f'.m[data-rows~="{sorted(lit)[0]}"]').first.evaluate(
        "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow, getComputedStyle(e).backgroundColor]"
    )
    assert ground != plain


def test_reaching_for_an_event_lights_its_place(page: Any, shown: Path) -> None:
    places = {(row["sentence_id"], row["text"]): row["mention_id"] for row in rows(shown, "mentions")}
    event = next(row for row in rows(shown, "events") if (row["sentence_id"], row["place"]) in places)
    page.goto(url(shown, names.article(event["doc_id"], "")))
    page.locator(f"#t-{names.anchor(event['event_id'])}").focus()
    place = names.anchor(places[event["sentence_id"], event["place"]])
    page.locator(f'.m.with[data-rows~="{place}"]').first.wait_for()


def test_marks_that_overlap_stand_one_after_another(page: Any, shown: Path) -> None:
    """No link lies in another, every character stands once, and words of several kinds show each of them."""
    for document in rows(shown, "documents")[:5]:
        page.goto(url(shown, names.article(document["doc_id"], "")))
        assert page.locator(".text a a").count() == 0
        text = page.locator("article.text").evaluate("e => e.textContent")
        assert re.sub(r"[\W_]+", "", text) == re.sub(r"[\W_]+", "", document["text"])


def test_a_kind_is_switched_off_where_it_shares_its_words_too(page: Any, shown: Path) -> None:
    """Words that are event and quote lose the quote's line alone, and with the event's ground all."""
    path = next(
        p
        for p in sorted((shown / "report" / "articles").glob("*/*.html"))
        if re.search(r'class="m (event quote|quote event)"', p.read_text(encoding="utf-8"))
    )
    page.goto(path.resolve().as_uri())
    mark = page.locator('.text [class="m event quote"], .text [class="m quote event"]').first
    look = "e => { const s = getComputedStyle(e); return [s.borderBottomStyle, s.backgroundColor, s.textDecorationLine] }"
    line, ground, under = mark.evaluate(look)
    assert (line, under) == ("solid", "underline")
    page.locator(".kinds input[value=quote]").uncheck()
    assert mark.evaluate(look) == ["none", ground, "underline"]
    page.locator(".kinds input[value=event]").uncheck()
    assert mark.evaluate(look) == ["none", "rgba(0, 0, 0, 0)", "none"]
    page.locator(".kinds input[value=quote]").check()
    assert mark.evaluate(look)[0] == "solid"


def test_a_row_leads_to_its_incident_and_to_the_other_articles_that_report_it(page: Any, shown: Path) -> None:
    told = max(rows(shown, "incidents"), key=lambda row: row["n_documents"])
    reports = [row for row in rows(shown, "events") if row["incident_id"] == told["incident_id"]]
    event = reports[0]
    page.goto(url(shown, names.article(event["doc_id"], "")))
    row = page.locator(f"tr#r-{names.anchor(event['event_id'])}")
    row.get_by_role("link", name=f"in {told['n_documents']} articles").click()
    page.wait_for_selector("#reports")
    links = page.locator("section", has=page.locator("#reports")).locator('td[data-label="source"] a')
    pages = {"/".join(link.get_attribute("href").split("/")[-2:]) for link in links.all()}
    assert {names.page_name(report["doc_id"]) for report in reports} <= pages


def test_an_incident_names_copies_and_marks_what_differs(page: Any, shown: Path) -> None:
    copied = {row["doc_id"] for row in rows(shown, "documents") if row["duplicate_of"]}
    incident = {row["incident_id"]: row for row in rows(shown, "incidents")}
    key = next(
        row["incident_id"]
        for row in rows(shown, "events")
        if row["doc_id"] in copied and incident[row["incident_id"]]["n_reports"] > 1
    )
    page.goto(url(shown, names.incident(key, "")))
    main = page.locator("main").inner_text()
    assert "Copies, which count as one source with what they copy" in main
    n = incident[key]["n_sources"]
    assert f"{n} independent source" in main and n < incident[key]["n_documents"]
    disputed = next(row for row in incident.values() if row["corroboration"] == "disputed")
    page.goto(url(shown, names.incident(disputed["incident_id"], "")))
    assert page.locator("#reports").count() == 1
    differs = page.locator("section", has=page.locator("#reports")).locator(".differs")
    assert differs.count() >= 2
    plain = page.locator('td[data-label="words"]').first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert differs.first.evaluate("e => getComputedStyle(e).backgroundColor") != plain


@pytest.mark.parametrize("table", ["events", "incidents"])
def test_plans_and_denials_are_told_apart_wherever_events_stand(page: Any, shown: Path, table: str) -> None:
    """Each status has a badge of its own that says what it means, deeds another look than the rest."""
    looks: dict[str, set[str]] = {}
    pages = [
        path
        for path in sorted((shown / "report" / table).glob("2*.html"))
        if '"b": "' in path.read_text(encoding="utf-8")
    ]
    wanted = {
        row["status"]
        for row in rows(shown, table)
        if row["published_on" if table == "events" else "last_reported_on"]
    }
    for path in pages:
        if looks.keys() == wanted:
            break
        page.goto(path.resolve().as_uri())
        page.locator("table.grid tbody tr").first.wait_for()
        for badge in page.locator('td[data-label="status"] .badge').all():
            word = badge.inner_text()
            looks.setdefault(word, set()).add(
                badge.evaluate(
                    "e => { const s = getComputedStyle(e); return s.backgroundColor + s.color + s.borderColor + s.borderStyle }"
                )
            )
            assert badge.get_attribute("title"), word
    plan = {"events": "future", "incidents": "planned"}[table]
    assert {"actual", plan} <= looks.keys()
    assert looks["actual"].isdisjoint(looks[plan])


def test_few_stops_for_the_keyboard(page: Any, shown: Path) -> None:
    """From the top to the content in one step; in an article's text only events, quotes and figures stop the way."""
    for kind, path in kinds_of_pages(shown).items():
        page.goto(url(shown, path))
        before = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')].filter(e => e.tabIndex >= 0 && !document.getElementById('main').contains(e) && !e.closest('footer')).length"
        )
        assert before <= 12, kind
    page.goto(url(shown, kinds_of_pages(shown)["article"]))
    assert page.locator(".text a.m").count() > page.locator('.text a.m:not([tabindex="-1"])').count() > 0
    assert page.locator('.text a.m.mention[tabindex="0"], .text a.m.date[tabindex="0"]').count() == 0


def test_days_do_not_break(browser: Any, shown: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_default_timeout(WAIT)
    for path in kinds_of_pages(shown).values():
        page.goto(url(shown, path))
        broken = page.locator(".day").evaluate_all(
            "all => all.filter(e => e.getClientRects().length > 1).length"
        )
        assert broken == 0, path
    page.close()


def test_print_shows_the_marks(browser: Any, shown: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(WAIT)
    page.goto(url(shown, kinds_of_pages(shown)["article"]))
    page.emulate_media(media="print")
    marked, plain = (
        page.locator(found).first.evaluate(
            "e => { const s = getComputedStyle(e); return s.textDecorationLine + s.borderBottomStyle + s.backgroundColor + s.boxShadow }"
        )
        for found in (".text .m.event", ".text p")
    )
    assert marked != plain
    page.close()

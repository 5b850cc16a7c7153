"""Pages are written only for what changed, and go when their article goes."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.report import build
from pipeline.report.article import article_page
from pipeline.report.build import write_report
from pipeline.store import sealed

Row = dict[str, Any]


@pytest.fixture
def data(published: Path, tmp_path: Path) -> Path:
    """A copy of what was published, without pages."""
    shutil.copytree(published / "parquet", tmp_path / "parquet")
    return tmp_path


def test_a_second_time_nothing_is_written(data: Path) -> None:
    first = write_report(data)
    assert first.written == first.pages > 10
    again = write_report(data)
    assert (again.pages, again.written, again.removed) == (first.pages, 0, 0)


def test_a_page_that_was_lost_comes_back(data: Path) -> None:
    write_report(data)
    for folder in ("articles", "actors"):
        next((data / "report" / folder).glob("*/*.html")).unlink()
    assert write_report(data).written == 2


def test_a_page_that_somebody_changed_is_made_again(data: Path) -> None:
    write_report(data)
    page = next((data / "report" / "incidents").glob("*/*.html"))
    was = page.read_bytes()
    page.write_bytes(was + b"<!-- mine -->")
    assert write_report(data).written == 1
    assert page.read_bytes() == was


def test_pages_as_they_were_left_are_those_made_from_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not looked at, they come, change and go like others: with an article, with a month, with the program."""
    monkeypatch.setattr(build, "_fresh", lambda build: None)
    write_report(data)

    def without_one(rows: list[Row]) -> None:
        rows[:] = [row for row in rows if row["doc_id"] != "2026-03-02_harbour"]

    def check() -> None:
        write_report(data, as_left=True)
        made = pages_of(data)
        shutil.rmtree(data / "report")
        shutil.rmtree(data / ".record")
        write_report(data)
        assert made == pages_of(data)

    for path in sorted((data / "parquet").glob("*/2026-03.parquet")):
        changed_table(data, path.relative_to(data / "parquet").as_posix(), without_one)
    check()
    for path in sorted((data / "parquet").glob("*/2026-03.parquet")):
        path.unlink()
    check()
    monkeypatch.setattr(build, "_design", lambda: "another program")
    check()


def test_pages_change_when_the_programs_own_code_does(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(data)
    monkeypatch.setattr(build, "article_page", lambda *rows: article_page(*rows) | {"title": "Another"})
    assert write_report(data).written == 0  # by its digest the code is the same
    monkeypatch.setattr(build, "_design", lambda: "another program")
    assert write_report(data).written == len(list((data / "report" / "articles").glob("*/*.html"))) > 0
    assert write_report(data).written == 0


def test_new_articles_are_those_of_the_last_run_that_changed_any(data: Path) -> None:
    write_report(data)
    assert "New since the last run" not in (data / "report" / "index.html").read_text(encoding="utf-8")
    for path in (data / "parquet").glob("*/2026-03.parquet"):
        table = pq.ParquetFile(path).read()
        hidden = table.slice(0, 0)
        path.rename(path.with_suffix(".kept"))
        pq.write_table(hidden, path)
    write_report(data)
    for path in (data / "parquet").glob("*/2026-03.kept"):
        path.replace(path.with_suffix(".parquet"))
    write_report(data)
    front = (data / "report" / "index.html").read_text(encoding="utf-8")
    assert "New since the last run" in front
    assert write_report(data).written == 0


def test_pages_go_with_their_article(data: Path) -> None:
    write_report(data)
    before = {path.name for path in (data / "report" / "articles").glob("*/*")}
    for path in (data / "parquet").glob("*/2026-03.parquet"):
        table = pq.ParquetFile(path).read()
        stays = [doc_id != "2026-03-02_harbour" for doc_id in table["doc_id"].to_pylist()]
        pq.write_table(table.filter(stays), path)
    report = write_report(data)
    gone = before - {path.name for path in (data / "report" / "articles").glob("*/*")}
    assert {name.rsplit("-", 1)[0] for name in gone} == {"2026-03-02_harbour"}
    assert report.removed >= 1


def test_tables_without_rows_make_a_page(data: Path) -> None:
    for path in (data / "parquet").glob("*/*.parquet"):
        pq.write_table(pq.ParquetFile(path).read().slice(0, 0), path)
    write_report(data)
    assert (data / "report" / "index.html").is_file()
    assert not list((data / "report").glob("articles/*/*.html"))


def changed_table(data: Path, name: str, change: Callable[[list[Row]], object]) -> None:
    """Change the rows of a file of Parquet; it is replaced, as whoever publishes does."""
    path = data / "parquet" / name
    table = pq.ParquetFile(path).read()
    rows = table.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, table.schema), path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def pages_of(data: Path) -> dict[str, bytes]:
    report = data / "report"
    return {p.relative_to(report).as_posix(): p.read_bytes() for p in report.rglob("*") if p.is_file()}


def test_pages_made_step_by_step_are_those_made_from_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that span articles change, come and go, and what others say of them follows, in whatever month it stands."""
    monkeypatch.setattr(build, "_fresh", lambda build: None)

    def rename(rows: list[Row]) -> None:
        busy = max(rows, key=lambda row: (row["n_documents"], row["actor_id"]))
        busy["name"] += " the Elder"

    def shrink(rows: list[Row]) -> None:
        for row in rows:
            row["n_reports"], row["n_documents"] = 1, 1

    def elsewhere(rows: list[Row]) -> None:
        for row in rows:
            row["incident_id"] = None
            row["sentence"] += " So it was."

    steps: list[tuple[str, Callable[[list[Row]], object]]] = [
        ("actors/all.parquet", rename),
        ("tallies/all.parquet", lambda rows: rows.pop(0)),
        ("incident_links/all.parquet", lambda rows: rows.clear()),
        ("incidents/all.parquet", shrink),
        ("events/2026-03.parquet", elsewhere),
        ("event_actors/2026-03.parquet", lambda rows: rows.clear()),
    ]
    write_report(data)
    for name, change in steps:
        changed_table(data, name, change)
        write_report(data)
        anew = tmp_path / "anew"
        anew.mkdir()
        shutil.copytree(data / "parquet", anew / "parquet")
        write_report(anew)
        ours, wanted = pages_of(data), pages_of(anew)
        assert ours.keys() == wanted.keys(), name
        assert [page for page in wanted if ours[page] != wanted[page]] == [], name
        shutil.rmtree(anew)


def test_the_articles_that_came_last_are_told_until_others_come_or_go(data: Path) -> None:
    def fresh() -> object:
        write_report(data)
        return sealed.kept_json(data / ".record" / "report" / "documents.json")["fresh"]

    assert fresh() is None  # nobody knows what was there before
    documents = "documents/2026-03.parquet"
    told: list[str] = []

    def renew(rows: list[Row]) -> None:
        told.append(rows[0]["doc_id"])
        rows[0]["sha256"] = "0" * 64

    changed_table(data, documents, renew)
    assert fresh() == told
    changed_table(data, "quotes/2026-03.parquet", lambda rows: rows.pop())
    assert fresh() == told
    changed_table(data, documents, lambda rows: rows.pop())
    assert fresh() == []
    for path in sorted((data / "parquet").glob("*/2026-03.parquet")):
        path.rename(path.with_name("2026-05.parquet"))
    assert fresh() == []  # they are the same under another day

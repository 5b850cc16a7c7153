"""Pages are written only for what changed, and go when their article goes."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.report import build
from pipeline.report.article import article_page
from pipeline.report.build import write_report


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

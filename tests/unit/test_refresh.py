import hashlib
import os
from datetime import date
from pathlib import Path

import pyarrow.dataset as ds
import pytest

import pipeline.extract
from pipeline import refresh
from pipeline.extract.rows import Extract
from pipeline.read.article import Article, Reason
from pipeline.read.manifest import scan
from pipeline.read.reader import article
from pipeline.refresh import extractor_version, fingerprint, jobs
from pipeline.settings import Settings
from pipeline.store import versions
from schemas import TABLES
from schemas.arrow import arrow_schema
from tests.unit import fakes


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    root = tmp_path / "seeds"
    root.mkdir()
    for n in range(6):
        (root / f"{n}.txt").write_text(f"date 2026-03-0{n // 2 + 1} Word{n} left the harbour.")
    (root / "undated.txt").write_text("Nobody knows when.")
    return root


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fakes.install(monkeypatch)
    monkeypatch.setenv(fakes.LOG, str(tmp_path / "log"))
    return tmp_path / "data"


def extracted(data: Path) -> list[str]:
    """The articles extracted since the last call."""
    log = data.parent / "log"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return sorted(line.strip("'") for line in lines)


def rows(data: Path, table: str) -> list[dict[str, object]]:
    found = ds.dataset(data / "parquet" / table, format="parquet").to_table()
    assert found.schema.equals(arrow_schema(table))
    return sorted(found.to_pylist(), key=lambda row: str(row))


def snapshot(data: Path) -> dict[str, tuple[str, int]]:
    """Content and time of change of every file."""
    return {
        str(p.relative_to(data)): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns)
        for p in sorted(data.rglob("*"))
        if p.is_file() and p.name != ".lock"
    }


EMPTY = ("rejected_documents", "incident_links")


def test_all_tables_of_all_articles(seeds: Path, data: Path) -> None:
    found = fakes.run(seeds, data)
    assert (found.n_documents, found.n_new, found.n_extracted, found.rejected) == (7, 7, 7, ())
    for table in TABLES:
        assert len(rows(data, table)) == (0 if table in EMPTY else 7), table
    keys = {row["actor_id"] for row in rows(data, "actors")}
    for table, column in {
        "mentions": "actor_id",
        "quotes": "speaker_id",
        "figures": "source_id",
        "event_actors": "actor_id",
    }.items():
        assert {row[column] for row in rows(data, table)} == keys
    assert {row["incident_id"] for row in rows(data, "events")} == {
        row["incident_id"] for row in rows(data, "incidents")
    }
    assert {row["tally_id"] for row in rows(data, "figures")} == {
        row["tally_id"] for row in rows(data, "tallies")
    }
    texts = {row["doc_id"]: row["text"] for row in rows(data, "documents")}
    for table in ("sentences", "mentions", "quotes", "figures", "events", "dates"):
        assert all(
            row["text"] == texts[row["doc_id"]][row["start"] : row["end"]] for row in rows(data, table)
        )
    months = [p.name for p in sorted((data / "parquet" / "events").iterdir())]
    assert months == ["2026-03.parquet", "undated.parquet"]


def test_a_second_run_does_nothing(seeds: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.manifest.RECENT", 0)
    fakes.run(seeds, data)
    extracted(data)
    before = snapshot(data)
    again = fakes.run(seeds, data)
    assert (again.n_same, again.n_new, again.n_changed, again.n_extracted) == (7, 0, 0, 0)
    assert extracted(data) == []
    assert snapshot(data) == before


def test_only_what_is_new_or_changed_is_extracted(seeds: Path, data: Path) -> None:
    fakes.run(seeds, data)
    extracted(data)
    (seeds / "3.txt").write_text("date 2026-03-02 Corrected: nobody left.")
    (seeds / "late.txt").write_text("date 2025-11-30 Latecomer from last year.")
    found = fakes.run(seeds, data)
    assert extracted(data) == ["3", "late"]
    assert (found.n_new, found.n_changed, found.n_same) == (1, 1, 6)
    words = {row["doc_id"]: row["text"] for row in rows(data, "mentions")}
    assert (words["3"], words["late"], len(words)) == ("Corrected:", "Latecomer", 8)
    assert (data / "parquet" / "events" / "2025-11.parquet").exists()


def test_a_new_date_moves_the_rows_to_another_month(seeds: Path, data: Path) -> None:
    (seeds / "solo.txt").write_text("date 2025-05-05 Word here.")
    fakes.run(seeds, data)
    (seeds / "solo.txt").write_text("date 2025-06-05 Word here.")
    fakes.run(seeds, data)
    names = {p.name for p in (data / "parquet" / "quotes").iterdir()}
    assert "2025-06.parquet" in names
    assert "2025-05.parquet" not in names


def test_a_removed_article_leaves_every_table_and_the_cache(seeds: Path, data: Path) -> None:
    fakes.run(seeds, data)
    (seeds / "3.txt").unlink()
    (seeds / "undated.txt").unlink()
    assert fakes.run(seeds, data).n_removed == 2
    for table in TABLES:
        assert not any("Word3" in str(row) or "Nobody" in str(row) for row in rows(data, table)), table
    for place in (data / "cache", versions.current(data)):
        assert not any(b"Word3" in p.read_bytes() for p in place.rglob("*") if p.is_file())


def test_where_most_articles_are_gone_nothing_changes_until_that_is_confirmed(
    seeds: Path, data: Path
) -> None:
    fakes.run(seeds, data)
    before = snapshot(data)
    for n in range(4):
        (seeds / f"{n}.txt").unlink()
    with pytest.raises(refresh.VanishedError, match=r"4 of the 7 .* --accept-vanished"):
        fakes.run(seeds, data)
    assert snapshot(data) == before
    assert fakes.run(seeds, data, accept_vanished=True).n_removed == 4
    for path in seeds.iterdir():
        path.unlink()
    assert fakes.run(seeds, data, accept_vanished=True).n_documents == 0
    assert rows(data, "documents") == rows(data, "actors") == []


def test_articles_under_other_names_are_not_gone(seeds: Path, data: Path) -> None:
    fakes.run(seeds, data)
    (seeds / "older").mkdir()
    for path in seeds.glob("*.txt"):
        path.rename(seeds / "older" / path.name)
    assert fakes.run(seeds, data).n_removed == 7


def test_articles_among_what_the_pipeline_makes_are_refused(seeds: Path, data: Path) -> None:
    fakes.run(seeds, data)
    inside = data / "cache" / "mine"
    inside.mkdir()
    with pytest.raises(refresh.FoldersError, match="lies among what the pipeline makes"):
        fakes.run(inside, data)
    beside = data / "mine"
    beside.mkdir()
    assert fakes.run(beside, data, accept_vanished=True).n_documents == 0


def test_the_order_of_arrival_does_not_show(seeds: Path, data: Path, tmp_path: Path) -> None:
    fakes.run(seeds, data)
    for path in sorted(seeds.iterdir(), reverse=True):
        (tmp_path / "slow").mkdir(exist_ok=True)
        (tmp_path / "slow" / path.name).write_bytes(path.read_bytes())
        fakes.run(tmp_path / "slow", tmp_path / "other")
    for kind in ("parquet", "csv"):
        files = {p.relative_to(data): p.read_bytes() for p in (data / kind).rglob("*.*")}
        assert files == {
            p.relative_to(tmp_path / "other"): p.read_bytes()
            for p in (tmp_path / "other" / kind).rglob("*.*")
        }


def test_another_extractor_extracts_all_again(
    seeds: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.run(seeds, data)
    extracted(data)
    monkeypatch.setattr(pipeline.extract, "EXTRACTOR_VERSION", "another")
    fingerprint.cache_clear()
    found = fakes.run(seeds, data)
    assert (found.n_same, found.n_extracted) == (7, 7)
    assert len(list((data / "cache" / "extract").iterdir())) == 1
    fingerprint.cache_clear()


def test_settings_that_matter_make_another_extractor() -> None:
    assert extractor_version(Settings(day_first=True)) != extractor_version(Settings(day_first=False))
    assert extractor_version(Settings(workers=1)) == extractor_version(Settings(workers=2))
    plain = extractor_version(Settings())
    assert (
        extractor_version(Settings(day_first=Settings().day_first)) != plain
    )  # said, not only so by default


def test_an_article_that_breaks_extraction_is_rejected_once_and_alone(seeds: Path, data: Path) -> None:
    (seeds / "odd.txt").write_text("date 2026-03-02 UNBEARABLE")
    found = fakes.run(seeds, data)
    assert [(r.path, r.reason, r.detail) for r in found.rejected] == [
        ("odd.txt", Reason.EXTRACTION, "ValueError: too odd")
    ]
    assert len(rows(data, "documents")) == 7
    assert [row["path"] for row in rows(data, "rejected_documents")] == ["odd.txt"]
    extracted(data)
    assert len(fakes.run(seeds, data).rejected) == 1
    assert extracted(data) == []


def test_every_bad_file_is_told(seeds: Path, data: Path) -> None:
    (seeds / "empty.txt").touch()
    (seeds / "blank.txt").write_text(" \n\n")
    (seeds / "binary.txt").write_bytes(bytes(range(256)))
    (seeds / "large.txt").write_text("word " * 300)
    (seeds / "folder.txt").mkdir()
    (seeds / "out.txt").symlink_to("/etc/passwd")
    (seeds / "round.txt").symlink_to("round.txt")
    (seeds / "two\nlines أخبار.txt").write_text("date 2026-13-45 Kept all the same.")
    (seeds / os.fsdecode(b"caf\xe9.txt")).write_bytes("date 2999-01-01 Ünready.".encode("windows-1252"))
    fakes.run(seeds, data, max_bytes=1000)
    rejected = {row["path"]: row["reason"] for row in rows(data, "rejected_documents")}
    assert rejected == {
        "empty.txt": Reason.EMPTY,
        "blank.txt": Reason.EMPTY,
        "binary.txt": Reason.NOT_TEXT,
        "large.txt": Reason.TOO_LARGE,
        "folder.txt": Reason.FOLDER,
        "out.txt": Reason.LINK_OUT,
        "round.txt": Reason.LINK_BROKEN,
    }
    documents = {row["doc_id"]: row for row in rows(data, "documents")}
    assert len(documents) == 9
    odd = documents["two\nlines أخبار"]
    assert odd["published_on"] is None
    assert "2026-13-45" in str(odd["note"])
    latin = documents["caf\\xe9"]
    assert (latin["encoding"], latin["published_on"]) == ("windows-1252", date(2999, 1, 1))


def test_no_articles_at_all(tmp_path: Path, data: Path) -> None:
    (tmp_path / "none").mkdir()
    assert fakes.run(tmp_path / "none", data).n_documents == 0
    assert all(rows(data, table) == [] for table in TABLES)


def test_no_folder(tmp_path: Path, data: Path) -> None:
    with pytest.raises(FileNotFoundError, match="does not exist"):
        fakes.run(tmp_path / "gone", data)


def test_jobs_are_days_cut_by_number_and_size(seeds: Path, tmp_path: Path) -> None:
    files = scan(seeds).files
    size = files["0.txt"].size

    def cut(**settings: int) -> list[list[str]]:
        return [
            [f.path for f in job.files] for job in jobs(files.values(), seeds, tmp_path, Settings(**settings))
        ]

    assert cut() == [["0.txt", "1.txt"], ["2.txt", "3.txt"], ["4.txt", "5.txt"], ["undated.txt"]]
    assert len(cut(shard_documents=1)) == len(cut(shard_bytes=size)) == len(cut(shard_bytes=1)) == 7


def test_a_file_that_changes_while_it_is_read_is_read_again(
    seeds: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = scan
    seen = []

    def scan_then_change(*args: object, **options: object) -> object:
        found = real(*args, **options)
        if not seen:
            (seeds / "1.txt").write_text("date 2026-03-01 Changed under our hands.")
        seen.append(1)
        return found

    monkeypatch.setattr("pipeline.refresh.scan", scan_then_change)
    assert fakes.run(seeds, data).rejected == ()
    assert {row["doc_id"]: row["text"] for row in rows(data, "mentions")}["1"] == "Changed"


def test_a_broken_installation_is_no_fault_of_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Extract:
        raise ModuleNotFoundError("No module named 'babel'")

    read = article(b"date 2026-03-02 A word.", "a.txt")
    assert isinstance(read, Article)
    monkeypatch.setattr("pipeline.refresh._parse", lambda articles: ((a, object()) for a in articles))
    monkeypatch.setattr(pipeline.extract, "extract", broken)
    with pytest.raises(ModuleNotFoundError, match="babel"):
        list(refresh.extract_articles([read]))
    monkeypatch.setattr(pipeline.extract, "extract", lambda _: 1 / 0)
    assert list(refresh.extract_articles([read])) == [(read, "ZeroDivisionError: division by zero")]

import json
import os
from datetime import date
from pathlib import Path

import pytest

from pipeline.read.article import Reason
from pipeline.read.manifest import from_arrow, scan, to_arrow


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    root = tmp_path / "seeds"
    (root / "deep" / "er").mkdir(parents=True)
    (root / "a.txt").write_text("date 2026-03-02 Ships left.")
    (root / "b.txt").write_text("Ships left.")
    (root / "deep" / "er" / "c.txt").write_text("Ships left.")
    (root / "empty.txt").write_text("")
    (root / ".hidden.txt").write_text("Ships left.")
    return root


def test_new_changed_same_removed(seeds: Path) -> None:
    first = scan(seeds)
    assert first.new == ("a.txt", "b.txt", "deep/er/c.txt")
    assert [(r.path, r.reason) for r in first.unreadable] == [("empty.txt", Reason.EMPTY)]
    assert first.files["a.txt"].published_on == date(2026, 3, 2)

    (seeds / "a.txt").write_text("date 2026-03-03 Ships left.")
    (seeds / "b.txt").unlink()
    (seeds / "empty.txt").write_text("No more.")
    second = scan(seeds, first)
    assert (second.new, second.changed) == (("empty.txt",), ("a.txt",))
    assert (second.same, second.removed) == (("deep/er/c.txt",), ("b.txt",))
    assert second.files["a.txt"].published_on == date(2026, 3, 3)


def test_content_decides_not_times(seeds: Path) -> None:
    first = scan(seeds)
    before = (seeds / "b.txt").stat()
    (seeds / "b.txt").write_text("Ships lost.")
    os.utime(seeds / "b.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(seeds / "a.txt", (1, 1))
    assert scan(seeds, first).changed == ("b.txt",)


def test_rereading_counts_nothing_as_changed(seeds: Path) -> None:
    first = scan(seeds)
    again = scan(seeds, first, reread=True)
    assert (again.new, again.changed, again.files) == ((), (), first.files)


def test_folders_links_and_twins_are_rejected_with_a_reason(seeds: Path) -> None:
    (seeds / "x.txt").mkdir()
    (seeds / "x.txt" / "inner.txt").write_text("Ships left.")
    (seeds / "circle").symlink_to(".")
    (seeds / "out").symlink_to("/")
    (seeds / "b.TXT").write_text("Ships left too.")
    (seeds / "notes.mp3").write_text("x")
    found = scan(seeds)
    assert {r.path: r.reason for r in found.unreadable} == {
        "b.txt": Reason.SAME_KEY,
        "circle": Reason.LINK_FOLDER,
        "empty.txt": Reason.EMPTY,
        "notes.mp3": Reason.NOT_READ,
        "out": Reason.LINK_FOLDER,
        "x.txt": Reason.FOLDER,
    }
    assert "x.txt/inner.txt" in found.files
    assert "b.TXT" in found.files


def test_a_folder_that_may_not_be_listed(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = scan(seeds)
    assert [(r.path, r.reason) for r in found.unreadable if r.path == "deep"] == [
        ("deep", Reason.UNREADABLE_FOLDER)
    ]
    assert "a.txt" in found.files


def test_the_data_folder_inside_is_left_out(seeds: Path) -> None:
    (seeds / "data").mkdir()
    (seeds / "data" / "x.csv").write_text("1")
    assert "data/x.csv" in {r.path for r in scan(seeds).unreadable}
    assert "data/x.csv" not in {r.path for r in scan(seeds, leave_out=seeds / "data").unreadable}


def test_a_manifest_survives_being_written(seeds: Path) -> None:
    (seeds / os.fsdecode(b"caf\xe9.txt")).write_text("Ships left.")
    found = scan(seeds)
    read, version = from_arrow(to_arrow(found, "v1"))
    assert (read.files, read.folders, version) == (found.files, found.folders, "v1")
    assert read.unreadable == found.unreadable
    assert read.files["caf\\xe9.txt"].location == os.fsdecode(b"caf\xe9.txt")


def test_each_article_of_a_file_has_an_entry_of_its_own(seeds: Path) -> None:
    def write(*rows: str) -> None:
        (seeds / "many.jsonl").write_text("\n".join(rows))

    one, two = (
        json.dumps({"id": f"k{n}", "text": "Ships left. They came back.", "date": f"2026-03-0{n}"})
        for n in (1, 2)
    )
    write(one, two)
    first = scan(seeds)
    assert {f.doc_id: f.published_on for f in first.files.values() if f.key} == {
        "many#k1": date(2026, 3, 1),
        "many#k2": date(2026, 3, 2),
    }
    known, _ = from_arrow(to_arrow(first, "v1"))
    again = scan(seeds, known)
    assert (again.new, again.changed, again.removed, again.files) == ((), (), (), first.files)

    write(two.replace("back", "home"), one, "{broken")
    second = scan(seeds, known)
    assert (second.new, second.changed, second.removed) == ((), ("many.jsonl#k2",), ())
    assert [r.path for r in second.unreadable if "many" in r.path] == ["many.jsonl#line3"]
    assert [r.path for r in scan(seeds, second).unreadable if "many" in r.path] == ["many.jsonl#line3"]

    write(one)
    third = scan(seeds, second)
    assert (third.changed, third.removed) == ((), ("many.jsonl#k2",))
    assert not [r for r in third.unreadable if "many" in r.path]

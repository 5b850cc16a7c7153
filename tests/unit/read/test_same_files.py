"""A file whose size and times are as they were is not read again, and nothing is missed by that."""

import os
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.read import manifest
from pipeline.read.article import Reason, Rejection
from pipeline.read.manifest import Manifest, from_arrow, scan, to_arrow

Reads = list[str]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"date 2026-03-0{n + 1} Word{n} left the harbour.")
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """The files that are read; what changed long ago is whatever changed at all."""
    found: Reads = []
    real = manifest.read_bytes

    def noted(path: Path, *rest: object, **other: object) -> object:
        found.append(path.name)
        return real(path, *rest, **other)  # type: ignore[arg-type]

    monkeypatch.setattr(manifest, "read_bytes", noted)
    monkeypatch.setattr(manifest, "RECENT", 0)
    return found


def kept(found: Manifest) -> Manifest:
    """A manifest as the next run gets it."""
    return from_arrow(to_arrow(found, "reader"))[0]


def test_only_files_that_changed_are_read(seeds: Path, reads: Reads) -> None:
    first = scan(seeds)
    reads.clear()
    (seeds / "1.txt").write_text("date 2026-03-02 Word9 left the harbour.")  # as long as before
    state = (seeds / "2.txt").stat()
    (seeds / "2.txt").write_text("date 2026-03-03 Word8 left the harbour.")
    os.utime(seeds / "2.txt", ns=(state.st_atime_ns, state.st_mtime_ns))  # with the old time of change
    (seeds / "4.txt").write_text("date 2026-03-05 New.")
    found = scan(seeds, kept(first))
    assert sorted(reads) == ["1.txt", "2.txt", "4.txt"]
    assert (found.new, found.changed, found.same) == (("4.txt",), ("1.txt", "2.txt"), ("0.txt", "3.txt"))
    reads.clear()
    assert scan(seeds, kept(found)).same == ("0.txt", "1.txt", "2.txt", "3.txt", "4.txt")
    assert reads == []


def test_who_asks_for_it_has_every_file_read(seeds: Path, reads: Reads) -> None:
    first = kept(scan(seeds))
    reads.clear()
    assert len(scan(seeds, first, whole=True).same) == 4
    assert len(reads) == 4


def test_what_changed_just_now_is_read_again(
    seeds: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "RECENT", 60_000_000_000)
    first = kept(scan(seeds))
    reads.clear()
    monkeypatch.setattr(manifest, "RECENT", 0)
    second = kept(scan(seeds, first))
    assert len(reads) == 4
    reads.clear()
    assert len(scan(seeds, second).same) == 4
    assert reads == []


def test_folders_that_are_as_they_were_are_passed_over(
    seeds: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.listing.RECENT", 0)
    for name in ("old", "odd", "new"):
        (seeds / name / "in").mkdir(parents=True)
        (seeds / name / "in" / "a.txt").write_text("date 2026-03-09 Nobody came.")
    (seeds / "odd" / "in" / "empty.txt").touch()
    first = kept(scan(seeds))
    (seeds / "new" / "in" / "b.txt").write_text("date 2026-03-09 Somebody came.")
    listed: list[str] = []
    real = manifest._listed

    def noted(place: str, folder: str, rejected: list[Rejection]) -> object:
        listed.append(folder)
        return real(place, folder, rejected)

    monkeypatch.setattr(manifest, "_listed", noted)
    found = scan(seeds, first)
    assert listed == ["new/in/", "odd/in/"]  # a folder with a file that is none is told of each time
    assert found.new == ("new/in/b.txt",)
    assert found.rows.equals(scan(seeds).rows)
    assert [r.path for r in found.unreadable] == ["odd/in/empty.txt"]
    listed.clear()
    (seeds / "old" / "in" / "a.txt").unlink()
    (seeds / "odd" / "in").rename(seeds / "even")
    found = scan(seeds, kept(found))
    assert listed == ["", "even/", "odd/", "old/in/"]
    assert found.removed == ("odd/in/a.txt", "old/in/a.txt")
    assert found.rows.equals(scan(seeds).rows)


def test_an_article_that_is_taken_out_has_its_folder_looked_at_again(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.listing.RECENT", 0)
    monkeypatch.setattr(manifest, "RECENT", 0)
    (seeds / "in").mkdir()
    (seeds / "in" / "a.txt").write_text("date 2026-03-09 Nobody came.")
    found = scan(seeds).but([1], [Rejection("1.txt", Reason.EXTRACTION, "Why.")])
    assert found.rows["path"].to_pylist() == ["0.txt", "2.txt", "3.txt", "in/a.txt"]
    assert [(folder, digest is None, n) for folder, (digest, n) in found.folders.items()] == [
        ("", True, 3),
        ("in/", False, 1),
    ]
    assert scan(seeds, kept(found)).new == ("1.txt",)


def test_a_manifest_of_an_older_program_tells_what_was_there(seeds: Path) -> None:
    first = scan(seeds)
    older = first.rows.append_column("reason", pa.nulls(4, pa.string())).replace_schema_metadata(
        {"version": "old"}
    )
    known, version = from_arrow(older)
    assert version == ""
    (seeds / "1.txt").unlink()
    assert scan(seeds, known).removed == ("1.txt",)

from pathlib import Path

import pytest

from pipeline.store import atomic


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic.replacing(path) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_bytes_leave_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "x"
    assert atomic.write_bytes(path, b"1")
    before = path.stat()
    assert not atomic.write_bytes(path, b"1")
    assert path.stat() == before or path.stat().st_mtime_ns == before.st_mtime_ns
    assert atomic.write_bytes(path, b"2")
    assert path.read_bytes() == b"2"


def test_leftovers_are_hidden_and_swept(tmp_path: Path) -> None:
    manager = atomic.replacing(tmp_path / "x.parquet")
    part = manager.__enter__()
    part.write_text("half")
    assert list(tmp_path.glob("*.parquet")) == []
    assert part.name.startswith(".")
    atomic.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []

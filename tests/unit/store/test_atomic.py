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


def test_a_tree_that_is_linked_into_an_older_one_becomes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, then = tmp_path / "now", tmp_path / "then"
    for name in ("same", "changed", "new", "folder/same", "was-file/x"):
        (now / name).parent.mkdir(parents=True, exist_ok=True)
        (now / name).write_text(name)
    (now / ".new.part").write_text("half-written")
    atomic.link_tree(now, then)
    for name in ("changed", "new"):
        (then / name).unlink()
    (then / "was-file" / "x").unlink()
    (then / "was-file").rmdir()
    for name in ("changed", "was-file", "gone", "folder/gone"):
        (then / name).write_text("of before")
    linked: list[str] = []
    real = atomic.link
    monkeypatch.setattr(atomic, "link", lambda old, new: (linked.append(Path(new).name), real(old, new)))
    atomic.link_tree(now, then)
    assert sorted(linked) == ["changed", "new", "x"]
    found = {path.relative_to(then).as_posix(): path for path in then.rglob("*") if path.is_file()}
    assert sorted(found) == ["changed", "folder/same", "new", "same", "was-file/x"]
    assert all(path.samefile(now / name) for name, path in found.items())

import os
from pathlib import Path

import pytest

from pipeline.listing import Listing, as_read, as_written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "seeds"
    (root / "deep").mkdir(parents=True)
    (root / "one.txt").write_text("one")
    (root / "deep" / "two.txt").write_text("two")
    return root


def seen(folder: Path, **options: object) -> str:
    return Listing(as_read, **options).add(folder).digest()  # type: ignore[arg-type]


def test_it_changes_with_every_change_and_with_nothing_else(folder: Path) -> None:
    found = [seen(folder)]
    assert seen(folder) == found[0]
    (folder / "deep" / "new.txt").write_text("x")
    found.append(seen(folder))
    (folder / "deep" / "new.txt").write_text("xy")
    found.append(seen(folder))
    (folder / "deep" / "new.txt").rename(folder / "newer.txt")
    found.append(seen(folder))
    (folder / "newer.txt").unlink()
    found.append(seen(folder))
    assert len(set(found)) == 4
    assert found[4] == found[0]


def test_a_change_that_leaves_size_and_time_as_they_were_is_seen(folder: Path) -> None:
    before, path = seen(folder), folder / "one.txt"
    state = path.stat()
    path.write_text("two")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert seen(folder) != before


def test_what_a_link_leads_to_counts(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "aside.txt").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "aside.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    before = seen(folder)
    (tmp_path / "aside.txt").write_text("xy")
    assert seen(folder) != before


def test_hidden_files_and_chosen_folders_do_not_count(folder: Path) -> None:
    before, bare = seen(folder), Listing(as_read).add(folder, leave_out=folder / "deep").digest()
    (folder / ".hidden").write_text("x")
    assert seen(folder) == before
    assert seen(folder, hidden=True) != before
    (folder / "deep" / "two.txt").unlink()
    assert Listing(as_read).add(folder, leave_out=folder / "deep").digest() == bare
    assert seen(folder, without=frozenset({"deep"})) != before


def test_another_name_for_a_file_of_ours_is_no_change(folder: Path, tmp_path: Path) -> None:
    before = Listing(as_written).add(folder).digest()
    os.link(folder / "one.txt", tmp_path / "other")
    assert Listing(as_written).add(folder).digest() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    there = Listing(as_read).add(tmp_path).digest()
    assert Listing(as_read).add(tmp_path / "none").digest() != there

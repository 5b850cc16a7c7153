from pathlib import Path

import pytest

from pipeline import journal
from pipeline.summary import history_line


def test_what_runs_say_of_themselves_is_joined_by_run(tmp_path: Path) -> None:
    journal.note(tmp_path, "one", began="2026-03-02T10:00:00+00:00")
    journal.note(tmp_path, "two", began="2026-03-02T11:00:00+00:00")
    journal.note(tmp_path, "one", ended="2026-03-02T10:03:20+00:00", outcome=journal.PUBLISHED, state="x")
    one, two = journal.entries(tmp_path)
    assert one["outcome"] == journal.PUBLISHED
    assert "outcome" not in two
    assert journal.published_state(tmp_path) == "x"
    assert "3 min 20 s" in history_line(one)
    assert "going on, or killed" in history_line(two)


def test_only_what_was_published_counts(tmp_path: Path) -> None:
    assert journal.published_state(tmp_path) is None
    journal.note(tmp_path, "one", state="x", outcome=journal.PUBLISHED)
    for outcome in (journal.FAILED, journal.STOPPED):
        journal.note(tmp_path, outcome, state="y", outcome=outcome, why="The disk\nis full.")
    assert journal.published_state(tmp_path) == "x"
    assert "\n" not in history_line(journal.entries(tmp_path)[1])


def test_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    journal.note(tmp_path, "one", state="x", outcome=journal.PUBLISHED)
    with (tmp_path / journal.NAME).open("ab") as file:
        file.write(b'{"run": "two", "state\xff\n[]\n')
    assert [entry["run"] for entry in journal.entries(tmp_path)] == ["one"]


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT", 5)
    for n in range(20):
        journal.note(tmp_path, str(n), outcome=journal.PUBLISHED)
    assert 5 <= len(journal.entries(tmp_path)) <= 10
    assert journal.entries(tmp_path)[-1]["run"] == "19"


def test_the_state_follows_the_folder_and_leaves_out_the_tables(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    data = seeds / "tables"
    data.mkdir(parents=True)
    before = journal.state(seeds, data)
    (data / "made.txt").write_text("made")
    assert journal.state(seeds, data) == before
    (seeds / "new.txt").write_text("new")
    assert journal.state(seeds, data) != before

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import journal, unchanged
from pipeline.__main__ import main
from pipeline.listing import Listing
from pipeline.store import lock
from tests.unit import fakes

ROOT = Path(__file__).parents[2]
Touch = Callable[[Path, Path], object]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two folders, the tables published, and noted as a run notes it."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setattr(unchanged, "RECENT", 0)
    fakes.install(monkeypatch)
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    seeds.mkdir()
    for n in range(3):
        (seeds / f"{n}.txt").write_text(f"date 2026-03-0{n + 1} Word{n} left the harbour.")
    seen = unchanged.seen(seeds, data)
    fakes.run(seeds, data, pages=True)
    counts = {"n_documents": 3, "n_new": 3, "n_changed": 0, "n_same": 0, "n_removed": 0, "n_extracted": 3}
    facts = {**counts, "n_undated": 0, "n_rejected": 0, "rejections": [], "rows": {"documents": 3}}
    state = journal.state(seeds, data)
    journal.note(data, "first", seen=seen, state=state, **facts)
    standing = unchanged.standing(data, seen)
    journal.note(data, "first", outcome=journal.PUBLISHED, held_back=[], broken={}, standing=standing)
    return seeds, data


def again(seeds: Path, data: Path) -> str:
    result = CliRunner().invoke(main, ["run", "--seeds", str(seeds), "--data", str(data)])
    assert result.exit_code == 0
    return result.output


def test_a_run_that_has_nothing_to_do_says_so_and_is_noted(folders: tuple[Path, Path]) -> None:
    output = again(*folders)
    assert "3 articles (0 new, 0 changed, 3 as before, 0 removed), 0 extracted." in output
    assert "documents" in output and str(folders[1] / "parquet") in output
    first, second = journal.entries(folders[1])
    assert second["run"] != first["run"]
    assert (second["outcome"], second["n_new"], second["n_same"]) == (journal.PUBLISHED, 0, 3)
    assert journal.published_state(folders[1]) == first["state"]
    assert unchanged.confirm(*folders) is not None


def _break_link(_: Path, data: Path) -> None:
    (data / "csv").unlink()


CHANGES: dict[str, Touch] = {
    "an article changed": lambda seeds, _: (seeds / "1.txt").write_text(
        "date 2026-03-02 Word1 left the harbour!"
    ),
    "an article came": lambda seeds, _: (seeds / "4.txt").write_text("date 2026-03-04 More."),
    "an article went": lambda seeds, _: (seeds / "2.txt").unlink(),
    "a page was changed": lambda _, data: (data / "report" / "index.html").open("a").write("x"),
    "a page went": lambda _, data: (data / "report" / "index.html").unlink(),
    "a table was changed": lambda _, data: (data / "csv" / "events.csv").open("a").write("x"),
    "a month went": lambda _, data: (data / "parquet" / "events" / "2026-03.parquet").unlink(),
    "what is kept of files went": lambda _, data: (data / "current" / ".record" / "events.json").unlink(),
    "the cache went": lambda _, data: (data / "cache" / "manifest.arrow").unlink(),
    "a path no longer leads there": _break_link,
    "the last run published with a table held back": lambda _, data: journal.note(
        data, "later", outcome=journal.PUBLISHED, held_back=["events"], standing=None
    ),
    "the history went": lambda _, data: (data / journal.NAME).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_noticed(folders: tuple[Path, Path], change: str) -> None:
    assert unchanged.confirm(*folders) is not None
    CHANGES[change](*folders)
    before = len(journal.entries(folders[1]))
    assert unchanged.confirm(*folders) is None
    assert len(journal.entries(folders[1])) == before


def test_pages_and_shards_are_not_walked_through(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(unchanged, "as_written", lambda state: told.append(state.st_ino) or "same")

    def n_told() -> int:
        told.clear()
        unchanged.standing(folders[1], "seen")
        return len(told)

    before = n_told()
    extractor = next((folders[1] / "cache" / "extract").iterdir())
    page = next((folders[1] / "report" / "articles").glob("*/*.html"))
    for number in range(40):
        (page.parent / f"{number}.html").touch()
        (extractor / "2026-04-01").mkdir(exist_ok=True)
        (extractor / "2026-04-01" / f"{number}.arrow").touch()
    assert n_told() == before > 0


def test_a_page_that_went_is_noticed_by_its_folder(folders: tuple[Path, Path]) -> None:
    next((folders[1] / "report" / "articles").glob("*/*.html")).unlink()
    assert unchanged.confirm(*folders) is None


def test_other_settings_are_noticed(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(**values: object) -> str | None:
        monkeypatch.setattr(unchanged, "settings", lambda: unchanged.Settings(**values))
        return unchanged.seen(*folders)

    assert seen() == seen(workers=3)
    assert seen() != seen(day_first=False)
    assert seen() != seen(day_first=True)  # said, it stands even where articles tell otherwise


def test_an_article_changed_just_now_is_looked_at_again(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "RECENT", 60_000_000_000)
    assert unchanged.seen(*folders) is None
    assert unchanged.standing(folders[1], None) is None
    assert unchanged.confirm(*folders) is None


def test_a_folder_that_another_run_works_on_is_not_answered_for(folders: tuple[Path, Path]) -> None:
    code = f"from pathlib import Path; from pipeline.store import lock\nwith lock.hold(Path({str(folders[1])!r})):\n print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert unchanged.confirm(*folders) is None
        other.communicate("\n")
    assert unchanged.confirm(*folders) is not None


def test_nothing_heavy_is_loaded_to_say_so(folders: tuple[Path, Path]) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline import unchanged; unchanged.RECENT = 0\n"
        f"from pipeline.summary import summarize_entry\nfound = unchanged.confirm(*map(Path, {[*map(str, folders)]!r}))\n"
        "print(found is not None, sorted({'pyarrow', 'pandas', 'numpy', 'spacy', 'dagster', 'pandera'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"


@pytest.mark.parametrize("how", [["--whole"], ["--again", "2026-03"]])
def test_a_run_that_is_asked_to_look_looks(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, how: list[str]
) -> None:
    def ran(*_: object, **__: object) -> None:
        raise lock.LockedError("It ran.")

    monkeypatch.setattr("pipeline.run.run_steps", ran)
    seeds, data = map(str, folders)
    assert "It ran." in CliRunner().invoke(main, ["run", "--seeds", seeds, "--data", data, *how]).output
    monkeypatch.setenv("DAGSTER_HOME", "somewhere")
    assert "It ran." in CliRunner().invoke(main, ["run", "--seeds", seeds, "--data", data]).output


def test_where_an_article_came_no_other_is_looked_at_to_know_that_something_did(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, data = folders
    listed: list[Path] = []
    real = Listing.add

    def noted(listing: Listing, folder: Path, **other: Path) -> Listing:
        listed.append(folder)
        return real(listing, folder, **other)

    monkeypatch.setattr(Listing, "add", noted)
    assert unchanged.confirm(seeds, data) is not None
    assert seeds in listed
    listed.clear()
    os.utime(seeds, (time.time() + 10, time.time() + 10))
    assert unchanged.confirm(seeds, data) is None
    assert seeds not in listed

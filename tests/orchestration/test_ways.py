"""The steps of a run, taken by Dagster and by the command alone: the same files, the same words."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import journal, steps
from pipeline.run import INTERRUPTED, RunError, run_steps
from pipeline.store import disk
from tests.orchestration.conftest import FOUND, WAYS, Run, stage
from tests.sample import broken

ROOT = Path(__file__).parents[2]
SAID_OF_A_RUN = {"run", "began", "ended", "seeds", "state", "seen", "version", "standing"}


def files(data: Path) -> dict[str, bytes]:
    """What readers find, but for the identity of the version."""
    version = (data / "current").resolve()
    return {
        str(path.relative_to(version)): path.read_bytes()
        for part in ("parquet", "csv", "report")
        for path in (version / part).rglob("*")
        if path.is_file() and path.name != "version.js"
    }


def told(data: Path) -> dict[str, object]:
    """What the last run noted of itself, but for its name, its times and its folders."""
    return {name: said for name, said in journal.entries(data)[-1].items() if name not in SAID_OF_A_RUN}


@pytest.fixture
def both(tmp_path: Path) -> list[Path]:
    """A data folder for each way, and no articles."""
    return [tmp_path / way / "data" for way in WAYS]


Step = Callable[..., Any]


def take(
    data: Path,
    patch: pytest.MonkeyPatch,
    read: Step = lambda *_, **__: FOUND,
    link: Step = lambda data: stage(data),
) -> str:
    """Take the steps in the way that the folder is named for; what was said of tables that are held back, or why it broke."""
    seeds, home = data.parent / "seeds", data.parents[1] / "home"
    for folder in (seeds, home):
        folder.mkdir(parents=True, exist_ok=True)
    if data.parent.name == "alone":
        patch.delenv("DAGSTER_HOME", raising=False)
    else:
        patch.setenv("DAGSTER_HOME", str(home))
    patch.setattr(steps.refresh, "refresh", read)
    patch.setattr(steps.tables, "assemble", link)
    try:
        return str(run_steps(seeds, data, whole=True).failed)
    except RunError as error:
        return str(error)


def test_the_same_files_and_the_same_history(both: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    said = [take(data, monkeypatch) for data in both]
    assert said == ["{}", "{}"]
    assert files(both[0]) == files(both[1]) != {}
    faulty = broken("figures", comparator="==")
    held = [take(data, monkeypatch, link=lambda data: stage(data, figures=faulty)) for data in both]
    assert held[0] == held[1] and "values: 1 failing" in held[0]
    assert told(both[0]) == told(both[1])
    assert files(both[0]) == files(both[1])


ERRORS = {
    "The folder cannot be written.": disk.WriteError("The folder cannot be written."),
    "ValueError: of no kind that is known": ValueError("of no kind that is known"),
    "FileNotFoundError: [Errno 2] No such file or directory: 'x'": FileNotFoundError(
        2, "No such file or directory", "x"
    ),
}


@pytest.mark.parametrize("said", ERRORS)
@pytest.mark.parametrize("step", ["read", "link"])
@pytest.mark.parametrize("deep", [False, True])
def test_what_breaks_is_told_in_the_same_words(
    both: list[Path], monkeypatch: pytest.MonkeyPatch, step: str, said: str, deep: bool
) -> None:
    def breaks(*_: object, **__: object) -> None:
        if deep:  # what went wrong first is told
            raise RuntimeError("It broke.") from ERRORS[said]
        raise ERRORS[said]

    for data in both:
        with monkeypatch.context() as patch:
            assert take(data, patch, **{step: breaks}) == said
    assert told(both[0]) == told(both[1])
    assert told(both[0])["outcome"] == journal.FAILED


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_it_finds_so_in_the_history(
    both: list[Path], monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    # who runs the tests behind a shell's "&" has the keyboard's signal ignored
    keyboard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for data in both:
            assert take(data, monkeypatch, link=lambda _: os.kill(os.getpid(), number)) == INTERRUPTED
            assert told(data)["outcome"] == journal.STOPPED
            assert not (data / "parquet").exists()
            if data is both[0]:
                assert signal.getsignal(signal.SIGTERM) is before
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, keyboard)


def test_dagster_is_not_loaded_where_it_keeps_no_history(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    code = (
        "import sys; from pathlib import Path; from pipeline.run import run_steps\n"
        f"run_steps(Path({str(tmp_path / 'seeds')!r}), Path({str(tmp_path / 'data')!r}))\n"
        "print(sorted({'dagster', 'sqlalchemy', 'alembic'} & sys.modules.keys()))"
    )
    env = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_run_that_finds_nothing_changed_makes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.unchanged.RECENT", 0)
    data = tmp_path / "data"
    first = run(data)
    version = (data / "current").resolve()
    second = run(data, whole=False)
    assert second.rows == first.rows and second.failed == {}
    assert (data / "current").resolve() == version
    assert journal.entries(data)[-1]["same"]

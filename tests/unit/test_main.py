import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.read.article import Reason, Rejection
from pipeline.refresh import Refreshed
from pipeline.settings import described
from pipeline.store import lock
from pipeline.summary import RunResult, summarize

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["run", *arguments])
    return result.exit_code, result.output


def one_line(output: str) -> bool:
    return output.count("\n") == 1 and output.startswith("Error: ")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    code, output = run("--seeds", str(tmp_path / "gone"), "--data", str(tmp_path / "data"))
    assert code == 1
    assert one_line(output) and "does not exist" in output
    assert not (tmp_path / "data").exists()


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    code, output = run("--seeds", str(tmp_path / "x"), "--data", str(tmp_path / "data"))
    assert (code, one_line(output)) == (1, True)
    (tmp_path / "seeds").mkdir()
    code, output = run("--seeds", str(tmp_path / "seeds"), "--data", str(tmp_path / "x"))
    assert (code, one_line(output)) == (1, True)
    assert "cannot be written" in output


def test_data_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    code, output = run("--seeds", str(tmp_path), "--data", str(tmp_path / "data"))
    assert (code, one_line(output)) == (1, True)
    assert "Permission denied" in output


def test_one_folder_for_both(tmp_path: Path) -> None:
    code, output = run("--seeds", str(tmp_path), "--data", str(tmp_path))
    assert (code, one_line(output)) == (1, True)


@pytest.mark.parametrize(("failed", "code"), [({}, 0), ({"events": "keys: 2 failing"}, 1)])
def test_the_exit_status_says_whether_all_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failed: dict[str, str], code: int
) -> None:
    result = RunResult(Refreshed(1, 1, 0, 0, 0, 1, ()), {"documents": 1}, failed)
    monkeypatch.setattr("pipeline.run.run_steps", lambda *_, **__: result)
    found, output = run("--seeds", str(tmp_path), "--data", str(tmp_path / "data"))
    assert found == code
    assert ("FAILED" in output) == bool(failed)


def test_another_run_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise lock.LockedError("Another run works on data: process 7 on desk, since noon. Wait for it.")

    monkeypatch.setattr("pipeline.run.run_steps", locked)
    code, output = run("--seeds", str(tmp_path), "--data", str(tmp_path / "data"))
    assert (code, one_line(output)) == (1, True)


def test_the_summary_tells_what_was_rejected_and_why(tmp_path: Path) -> None:
    rejected = (
        Rejection("a\nb.txt", Reason.EMPTY),
        *(Rejection(f"{n}.mp3", Reason.NOT_READ) for n in range(5)),
    )
    refreshed = Refreshed(1200, 2, 1, 1197, 4, 3, rejected, n_undated=7)
    text = summarize(RunResult(refreshed, {"events": 34567}, {}), tmp_path)
    assert "1,200 articles (2 new, 1 changed, 1197 as before, 4 removed), 3 extracted." in text
    assert "7 undated" in text
    assert "6 rejected" in text
    assert f"{Reason.NOT_READ} (0.mp3, 1.mp3, 2.mp3 and 2 more)" in text
    assert "a\\nb.txt" in text
    assert "34,567" in text
    assert str(tmp_path / "parquet") in text


def test_help_is_quick_and_names_the_folders() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "run", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--seeds" in done.stdout
    assert "dagster" not in done.stderr
    assert "spacy" not in done.stderr


def test_the_last_line_names_the_command_that_is_there(tmp_path: Path) -> None:
    result = RunResult(Refreshed(1, 1, 0, 0, 0, 1, ()), {"documents": 1}, {})
    assert summarize(result, tmp_path).endswith("newstables ui")
    assert summarize(result, tmp_path, ui="make ui").endswith("make ui")


def test_help_names_every_setting_with_its_default() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    for name, default, _ in described():
        assert name in output
        assert default in " ".join(output.split())


def test_history_and_check_before_the_first_run(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    folders = ["--seeds", str(tmp_path / "seeds"), "--data", str(tmp_path / "data")]
    done = CliRunner().invoke(main, ["history", *folders[2:]])
    assert done.exit_code == 0
    assert "No run has been here yet" in done.output
    done = CliRunner().invoke(main, ["check", *folders])
    assert done.exit_code == 1
    assert "not made from the articles as they are" in done.output


def test_a_month_that_is_none_is_told(tmp_path: Path) -> None:
    code, output = run("--seeds", str(tmp_path), "--data", str(tmp_path / "data"), "--again", "March")
    assert (code, one_line(output)) == (1, True)

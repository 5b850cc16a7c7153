"""The recipes of the README run as they stand there, and answer."""

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.store import database
from pipeline.store.publish import publish
from tests.conftest import ROOT
from tests.sample import broken, tables

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture
def beside_data(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published.parent)


QUESTIONS = [query for block in blocks("sql") for query in re.split(r";\n+", block.strip().rstrip(";"))]


@pytest.fixture(scope="module")
def database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version in which somebody struck, counted, spoke and denied."""
    folder = tmp_path_factory.mktemp("version")
    struck = broken("events", status="actual")
    grew = broken("tallies", agreement="growing")
    for name, rows in tables(events=struck, tallies=grew).items():
        publish(name, rows, folder)
    return database.write(folder)


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.split("\n")[0])
def test_sql_answers(query: str, database_file: Path) -> None:
    with duckdb.connect(str(database_file), read_only=True) as connection:
        assert connection.execute(query).fetchall()


def test_five_questions_take_three_lines_each_and_no_join() -> None:
    assert len(QUESTIONS) == 5
    for query in QUESTIONS:
        lines = [line for line in query.splitlines() if not line.startswith("--")]
        assert len(lines) <= 3
        assert "join" not in query


@pytest.mark.usefixtures("beside_data")
@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.split("\n")[0])
def test_python_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})

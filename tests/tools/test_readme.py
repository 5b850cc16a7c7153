"""The recipes of the README run as they stand there, and answer."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

duckdb = pytest.importorskip("duckdb")

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture
def beside_data(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published.parent)


QUESTIONS = [query for block in blocks("sql") for query in re.split(r";\n+", block.strip().rstrip(";"))]


@pytest.mark.usefixtures("beside_data")
@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.split("\n")[0])
def test_sql_answers(query: str) -> None:
    assert duckdb.connect().execute(query).fetchall()


@pytest.mark.usefixtures("beside_data")
@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.split("\n")[0])
def test_python_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


def test_there_are_three_questions() -> None:
    assert len(QUESTIONS) == 3

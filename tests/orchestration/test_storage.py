"""The command with articles and data on object storage."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.settings import settings
from pipeline.store import mirror
from tests.storage import served
from tests.unit import fakes

NEWS, DATA = "s3://papers/news", "s3://papers/tables"


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    fakes.install(monkeypatch)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    for name, value in (("PAGES", "off"), ("DATABASE", "off")):
        monkeypatch.setenv(f"NEWSTABLES_{name}", value)
    with served() as found:
        yield found
    settings.cache_clear()


def command(work: Path, name: str, *arguments: str) -> tuple[int, str]:
    """A command of the machine that works in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSTABLES_WORK_DIR", str(work))
        settings.cache_clear()
        result = CliRunner().invoke(main, [name, *arguments, "--data", DATA])
    return result.exit_code, result.output


def days(storage: Any) -> list[str]:
    """The words of the events that a reader finds."""
    version = json.loads(storage.cat("papers/tables/current.json"))["version"]
    files = storage.glob(f"papers/tables/versions/{version}/parquet/events/*.parquet")
    return sorted(word for file in files for word in pd.read_parquet(f"s3://{file}")["text"])


def overtaken(storage: Any, real: Callable[..., Any]) -> Callable[..., Any]:
    """Have another run write the pointer just before this one does."""

    def swap(*some: Any) -> Any:
        said = json.loads(storage.cat("papers/tables/current.json"))
        storage.pipe("papers/tables/current.json", json.dumps(said | {"kept": "of-another"}).encode())
        return real(*some)

    return swap


def test_the_command_reads_there_and_publishes_there(storage: Any, tmp_path: Path) -> None:
    one, other, seeds = tmp_path / "one", tmp_path / "other", ("--seeds", NEWS)
    code, said = command(one, "run", *seeds)
    assert (code, said) == (1, f"Error: Nothing lies at {NEWS}; nothing was changed.\n")
    storage.pipe("papers/news/1.txt", b"date 2026-01-01\n\nWord1 left the harbour.\n")
    storage.pipe("papers/news/2.txt", b"date 2026-02-01\n\nWord2 left the harbour.\n")
    code, said = command(one, "run", *seeds)
    assert code == 0, said
    version = json.loads(storage.cat("papers/tables/current.json"))["version"]
    assert said.endswith(f"Published at {DATA}/versions/{version}\n")
    assert days(storage) == ["Word1", "Word2"]
    storage.pipe("papers/news/3.txt", b"date 2026-02-02\n\nWord3 left the harbour.\n")
    code, said = command(other, "run", *seeds)
    assert (code, said.partition("\n")[0]) == (
        0,
        "3 articles (1 new, 0 changed, 2 as before, 0 removed), 1 extracted.",
    )
    assert days(storage) == ["Word1", "Word2", "Word3"]
    assert command(one, "check", *seeds)[0] == 1  # another machine's version is shown
    before, pointer = days(storage), storage.cat("papers/tables/current.json")
    storage.pipe("papers/news/4.txt", b"date 2026-02-03\n\nWord4 left the harbour.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mirror, "_swap", overtaken(storage, mirror._swap))
        code, said = command(other, "run", *seeds)
    assert code == 1
    assert said.startswith(
        f"Error: Another run has published version {json.loads(pointer)['version']} at {DATA}"
    )
    assert said.endswith("what was read is kept.\n") and said.count("\n") == 1
    assert days(storage) == before
    storage.pipe("papers/tables/current.json", pointer)
    history = command(one, "history")[1].splitlines()
    assert ["failed" in line for line in history] == [False, False, True]


def test_storage_that_cannot_be_used_is_one_line(
    storage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    type(storage).clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    for name in ("run", "check", "history"):
        folder = () if name == "history" else ("--seeds", str(tmp_path / "seeds"))
        code, said = command(tmp_path / "work", name, *folder)
        assert code == 1
        assert said.startswith(f"Error: {DATA} cannot be used: the storage does not answer")
        assert said.count("\n") == 1
    type(storage).clear_instance_cache()
    result = CliRunner().invoke(main, ["run", "--data", "s3://"])
    assert "names no bucket" in result.output

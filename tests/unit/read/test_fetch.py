"""Articles from a server that speaks S3, started for the test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.read.fetch import FetchError, fetch
from tests.storage import served


@pytest.fixture
def bucket() -> Iterator[Any]:
    with served() as storage:
        yield storage


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))
    }


def run(url: str, folder: Path) -> str:
    result = CliRunner().invoke(main, ["fetch", url, "--seeds", str(folder)])
    return f"{result.exit_code} {result.output.strip()}"


def test_only_what_is_new_or_changed_comes_and_what_is_gone_goes(bucket: Any, tmp_path: Path) -> None:
    seeds, url = tmp_path / "seeds", "s3://papers/news"
    bucket.pipe({"papers/news/a.txt": b"one", "papers/news/2026/b.txt": b"two", "papers/other.txt": b"no"})
    assert run(url, seeds) == "0 2 fetched, 0 as they were, 0 removed."
    assert texts(seeds) == {"2026/b.txt": "two", "a.txt": "one"}
    (seeds / "own.txt").write_text("mine", "utf-8")
    before = (seeds / "2026" / "b.txt").stat()
    bucket.pipe("papers/news/a.txt", b"six")
    assert run(url, seeds) == "0 1 fetched, 1 as they were, 0 removed."
    assert (seeds / "2026" / "b.txt").stat() == before
    bucket.rm("papers/news/2026/b.txt")
    assert run(url, seeds) == "0 0 fetched, 1 as they were, 1 removed."
    assert texts(seeds) == {"a.txt": "six", "own.txt": "mine"}
    bucket.rm("papers/news/a.txt")
    assert run(url, seeds).startswith("1 Error: Nothing lies at s3://papers/news")
    assert texts(seeds) == {"a.txt": "six", "own.txt": "mine"}


def test_storage_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"nowhere://bucket could not be read"):
        fetch("nowhere://bucket", tmp_path)

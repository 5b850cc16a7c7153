"""`kill -9` at any moment, then a rerun: the tables are those of a run that was never killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.store import atomic
from tests.unit import fakes

SETTINGS = {"shard_documents": 2}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    root = tmp_path / "seeds"
    root.mkdir()
    for n in range(6):
        (root / f"{n}.txt").write_text(f"date 2026-0{n // 4 + 1}-01 Word{n} left the harbour.")
    return root


def published(data: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(data)): p.read_bytes()
        for kind in ("parquet", "csv")
        for p in (data / kind).rglob("*.*")
    }


def killed_at(n_replaced: int, seeds: Path, data: Path, log: Path) -> bool:
    """Run in a child that is killed in place of its n-th replacement of a file; False where it came through."""
    child = os.fork()
    if child == 0:
        real, left = Path.replace, [n_replaced]

        def replace(self: Path, target: Path) -> Path:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(self, target)

        try:
            Path.replace = replace  # type: ignore[method-assign]
            os.environ[fakes.LOG] = str(log)
            fakes.run(seeds, data, **SETTINGS)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_before_any_replacement_of_a_file(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch)
    fakes.run(seeds, tmp_path / "whole", **SETTINGS)
    expected = published(tmp_path / "whole")
    n, came_through = 0, False
    while not came_through:
        data, log = tmp_path / f"data{n}", tmp_path / f"log{n}"
        log.touch()
        came_through = not killed_at(n, seeds, data, log)
        done = set(log.read_text().splitlines())
        monkeypatch.setenv(fakes.LOG, str(log))
        shards = {p: p.stat().st_mtime_ns for p in data.glob("cache/extract/*/*/*.arrow")}
        fakes.run(seeds, data, **SETTINGS)
        assert published(data) == expected, n
        again = len(log.read_text().splitlines()) - 6
        assert again == (len(done) - 2 * len(shards)), n
        assert again <= SETTINGS["shard_documents"], n
        assert all(p.stat().st_mtime_ns == before for p, before in shards.items()), n
        assert not list(data.glob("parquet/**/.*.part"))
        n += 1 if n < 5 else 7
    assert n > 30  # the lock, shards, manifest, staged tables and published files were all cut


RUN = """
import sys
from pathlib import Path
import pytest
from tests.unit import fakes
fakes.install(pytest.MonkeyPatch())
print("ready", flush=True)
fakes.run(Path(sys.argv[1]), Path(sys.argv[2]), shard_documents=2)
"""


def test_killed_at_an_odd_time(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    fakes.run(seeds, tmp_path / "whole", **SETTINGS)
    data = tmp_path / "data"
    command = [sys.executable, "-c", RUN, str(seeds), str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.5))
        process.kill()
    fakes.run(seeds, data, **SETTINGS)
    assert published(data) == published(tmp_path / "whole")


def test_a_half_written_file_is_never_seen_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    child = os.fork()
    if child == 0:
        with atomic.replacing(path) as part:
            part.write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert list(tmp_path.glob("*.parquet")) == []

"""Extraction on a Dask scheduler and two workers, started as a user starts them."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline import engine
from pipeline.refresh import load_manifest, refresh
from pipeline.settings import Settings
from pipeline.store import addresses, lock
from tests.storage import served
from tests.unit import fakes

pytest.importorskip("distributed", reason="an optional extra")

ROOT = Path(__file__).parents[2]
LOG = "DASK_TEST_LOG"
READ_BEFORE, READ_AFTER = 4 + 4, 4
"""Articles that are read by the first two runs, and by the third before its scheduler is lost."""
PRELOAD = """
import os, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
import pipeline.refresh
from tests.unit import fakes
real = fakes.extract_articles
log = Path(os.environ[{log!r}])
def noted(articles):
    with log.open("a", encoding="utf-8") as file:
        file.write(str(os.getpid()) + "\\n")
    while True:
        readers = log.read_text("utf-8").split()
        if len(set(readers)) == 2 and len(readers) <= {most}:
            return real(articles)
        time.sleep(0.05)
pipeline.refresh.extract_articles = noted
"""
"""What a worker does: each waits for the other to have read one too, and reads no more than there are to read."""


def started(*command: str, log: Path) -> "subprocess.Popen[bytes]":
    """A process of Dask's, its output in a file."""
    env = os.environ | {"PYTHONPATH": str(ROOT), LOG: str(log.parent / "articles.log")}
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            stdout=out,
            stderr=out,
            env=env,
            cwd=log.parent,
        )


def until(found: str, log: Path, seconds: float = 120) -> None:
    """Wait for a line in a file."""
    end = time.monotonic() + seconds
    while not re.search(found, log.read_text("utf-8", "replace") if log.exists() else ""):
        if time.monotonic() > end:
            pytest.fail(f"{found!r} never came: {log.read_text('utf-8', 'replace')}")
        time.sleep(0.05)


@dataclass(frozen=True)
class Cluster:
    """A scheduler with two workers, which know where the storage is."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    storage: Any


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with served() as storage, started_cluster(tmp_path) as (address, scheduler):
        yield Cluster(address, scheduler, storage)


@contextmanager
def started_cluster(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The address of a scheduler with two workers, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    (tmp_path / "preload.py").write_text(
        PRELOAD.format(root=str(ROOT), log=LOG, most=READ_BEFORE + READ_AFTER), encoding="utf-8"
    )
    plain = ("--no-dashboard",)
    processes = [
        started(
            "scheduler", "--host", "127.0.0.1", "--port", str(port), *plain, log=tmp_path / "scheduler.log"
        )
    ]
    try:
        until("Scheduler at", tmp_path / "scheduler.log")
        options = ("--nthreads", "1", "--no-nanny", "--preload", str(tmp_path / "preload.py"), *plain)
        processes += [started("worker", address, *options, log=tmp_path / f"worker{n}.log") for n in (1, 2)]
        for n in (1, 2):
            until("Registered to", tmp_path / f"worker{n}.log")
        yield address, processes[0]
    finally:
        for process in processes[::-1]:
            process.kill()
            process.wait()


def test_articles_are_read_on_the_workers_and_a_lost_scheduler_is_told(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    seeds.mkdir()
    for day in range(1, 5):
        (seeds / f"{day}.txt").write_text(f"date 2026-03-0{day}\n\nWord{day} came.\n", encoding="utf-8")
    settings = Settings(executor="dask", dask_scheduler=cluster.address)
    with lock.hold(data, wait=10):
        found = refresh(seeds, data, settings)
    assert (found.n_extracted, found.n_new) == (4, 4)
    readers = (tmp_path / "articles.log").read_text("utf-8").split()
    assert len(readers) == 4
    assert str(os.getpid()) not in readers
    assert len(set(readers)) == 2
    assert load_manifest(data)[0].rows.num_rows == 4
    far = addresses.local("s3://papers/tables", tmp_path / "work")
    with lock.hold(far, wait=10):
        assert refresh(seeds, far, settings).n_extracted == 4
    assert len(records(cluster)) == 4
    for day in range(5, 25):
        (seeds / f"{day}.txt").write_text(f"date 2026-03-{day:02}\n\nWord{day} came.\n", encoding="utf-8")
    killer = threading.Thread(target=killed_after, args=(cluster, 6))
    killer.start()
    lost = pytest.raises(engine.SchedulerLostError, match=re.escape(cluster.address))
    with lost, lock.hold(far, wait=10):
        refresh(seeds, far, settings)
    killer.join()
    other = addresses.local("s3://papers/tables", tmp_path / "other")
    monkeypatch.setattr("pipeline.refresh.extract_articles", fakes.extract_articles)
    with lock.hold(other, wait=10):
        assert refresh(seeds, other, Settings()).n_extracted <= 24 - 6  # what the workers had read is there


def records(cluster: Cluster) -> list[str]:
    """The records of articles that workers have left in the storage; a day has one each."""
    return list(cluster.storage.find("papers/tables/cache/extract"))


def killed_after(cluster: Cluster, n: int) -> None:
    """Kill the scheduler as soon as that many records are there."""
    end = time.monotonic() + 120
    while len(records(cluster)) < n and time.monotonic() < end:
        time.sleep(0.05)
    cluster.scheduler.kill()


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 0.5)
    settings = Settings(executor="dask", dask_scheduler="tcp://127.0.0.1:9")
    with (
        pytest.raises(engine.SchedulerLostError, match="does not answer"),
        engine.executor(settings, n_jobs=1, n_bytes=1),
    ):
        pass

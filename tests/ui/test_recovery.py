"""Dagster that looks after itself: a run that is stopped leaves nothing, and after a crash the next start goes on."""

import time
from pathlib import Path

import pytest

from tests.conftest import ARTICLES
from tests.ui.service import PATIENCE, Service, alive, command, family, started, until

pytestmark = pytest.mark.ui

N_ARTICLES = 40
STOPPED_WITHIN = 10.0
"""Seconds from a user's terminate until nothing of the run is left, on a machine that does nothing else."""


def crowded() -> float:
    """How many times as long as its own computing a process takes just now, since others compute too."""
    began, computed = time.monotonic(), time.process_time()
    while time.process_time() - computed < 1.0:
        pass
    return max(1.0, time.monotonic() - began)


def write_articles(seeds: Path) -> None:
    """Enough for a pool of processes; most of each is a table of figures, which nothing reads, so that it is soon done."""
    seeds.mkdir()
    text = next(path for path in ARTICLES.iterdir() if not path.name.isascii()).read_text("utf-8")
    for n in range(N_ARTICLES):
        told = "\n\n".join([f"date 2026-01-{1 + n % 28:02}", *[f"{text} {n} {part}" for part in range(4)]])
        figures = " ".join(str(n * k) for k in range(2500))
        (seeds / f"{n}.txt").write_text(f"{told[:1500]}\n\n{figures[:8000]}", encoding="utf-8")


def with_workers(service: Service) -> tuple[str, set[int]] | None:
    """The run that goes on with a pool of processes, and those processes; None before there is one."""
    running = [run for run, status in service.runs().items() if status == "STARTED"]
    processes = run_processes(service)
    return (running[0], processes) if running and len(processes) >= 3 else None


def run_processes(service: Service) -> set[int]:
    """The processes of runs: those that the code server has spawned, and all of theirs. Its own tracker of spawned ones stays."""
    spawned = [pid for pid in family(service.process.pid) if "spawn_main" in command(pid)]
    return set().union(*map(family, spawned))


def test_what_is_stopped_leaves_nothing_and_what_is_killed_goes_on(tmp_path: Path) -> None:
    write_articles(tmp_path / "seeds")
    settings = {"WORKERS": 2, "SHARD_BYTES": 20_000, "WATCH_SECONDS": 5, "RETRY_SECONDS": "15,15,15,15"}
    with started(tmp_path, **settings) as service:
        stopped, processes = until(lambda: with_workers(service), "a run has its workers")
        limit, asked = STOPPED_WITHIN * crowded(), time.monotonic()
        assert service.terminate(stopped) == "TerminateRunSuccess"
        while (left := alive(processes)) and time.monotonic() < asked + limit:
            time.sleep(0.2)
        took = time.monotonic() - asked
        print(f"Gone {took:.1f} s after terminate, {STOPPED_WITHIN * took / limit:.1f} s on an idle machine.")
        assert not left, [command(pid) for pid in left]
        until(lambda: service.runs()[stopped] == "CANCELED", "the run is told as stopped")

        killed, _ = until(lambda: with_workers(service), "the next try has its workers")
        assert killed != stopped
        service.kill_all()
    with started(tmp_path, **settings) as service:
        assert service.runs()[killed] == "FAILURE"
        patience = PATIENCE * crowded()
        until(lambda: next(iter(service.runs().values())) == "SUCCESS", "it has gone on by itself", patience)
    text = (tmp_path / "log").read_text()
    assert f"Run {killed[:8]} had lost its process" in text
    assert "DEBUG" not in text

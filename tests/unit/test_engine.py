import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import engine
from pipeline.settings import Settings


def double(n: int) -> int:
    if n == 13:
        raise ValueError("unlucky")
    return 2 * n


def test_little_work_runs_here_and_much_in_processes() -> None:
    with engine.executor(Settings(workers=2), n_jobs=5, n_bytes=10) as pool:
        assert isinstance(pool, engine.InProcess)
    with engine.executor(Settings(workers=1), n_jobs=5, n_bytes=10**9) as pool:
        assert isinstance(pool, engine.InProcess)


@pytest.mark.parametrize("n_bytes", [10, 10**9])
def test_every_job_is_done_once(n_bytes: int) -> None:
    with engine.executor(Settings(workers=2), n_jobs=10, n_bytes=n_bytes) as pool:
        done = list(engine.each(pool, double, range(10), weight=lambda _: 1, label="Test"))
    assert sorted(done) == [2 * n for n in range(10)]


def test_no_cluster_is_started_for_little_work() -> None:
    with engine.executor(Settings(workers=2, executor="dask"), n_jobs=2, n_bytes=10) as pool:
        assert isinstance(pool, engine.InProcess)


def test_an_error_ends_the_work() -> None:
    with (
        pytest.raises(ValueError, match="unlucky"),
        engine.executor(Settings(), n_jobs=20, n_bytes=1) as pool,
    ):
        list(engine.each(pool, double, range(20), weight=lambda _: 1, label="Test"))


def end_at_once(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_lost_worker_is_told_with_what_to_do() -> None:
    with (
        pytest.raises(engine.WorkerLostError, match="NEWSTABLES_WORKERS"),
        engine.executor(Settings(workers=2), n_jobs=2, n_bytes=10**9) as pool,
    ):
        list(engine.each(pool, end_at_once, range(2), weight=lambda _: 1, label="Test"))


PARENT = """
import os, time
from pipeline import engine
from pipeline.settings import Settings
if __name__ == "__main__":
    with engine.executor(Settings(workers=2), n_jobs=2, n_bytes=10**9) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_workers_end_with_a_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    for _ in range(100):
        if not alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker is still there")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.store import lock

HOLD = """
import sys, time
from pathlib import Path
from pipeline.store import lock
with lock.hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def holder(data: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data), str(seconds)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_holds_it_is_said(tmp_path: Path) -> None:
    told: list[str] = []
    with holder(tmp_path, 60) as process:
        with pytest.raises(lock.LockedError) as error, lock.hold(tmp_path, wait=0.2, waiting=told.append):
            pass
        assert f"process {process.pid} on " in str(error.value)
        assert f"process {process.pid} on " in told[0]


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with holder(tmp_path, 60) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with lock.hold(tmp_path, wait=0):
            pass


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    start = time.monotonic()
    with holder(tmp_path, 0.5), lock.hold(tmp_path, wait=20):
        assert time.monotonic() - start >= 0.5


def test_one_process_may_nest_it_and_it_leaves_no_name(tmp_path: Path) -> None:
    with lock.hold(tmp_path, wait=0):
        with lock.hold(tmp_path, wait=0):
            pass
        assert (tmp_path / ".lock-holder.json").exists()
        other = subprocess.run(
            [sys.executable, "-c", HOLD.replace("]))", "]), wait=0)"), str(tmp_path), "0"],
            capture_output=True,
            check=False,
        )
        assert b"LockedError" in other.stderr
    assert not (tmp_path / ".lock-holder.json").exists()

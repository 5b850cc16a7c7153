"""Whether the process of a run is alive: each holds a file lock that the operating system takes back when it dies.

A number of a process can be given away again, and means nothing in another container; a lock does not lie.
"""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

_held: dict[Path, FileLock] = {}
"""Held until this process ends: a run that is over but has not said so yet is not taken for dead."""


def folder(instance: dg.DagsterInstance) -> Path | None:
    """Where the locks lie; None for an instance that is not on disk."""
    return None if instance.is_ephemeral else Path(instance.root_directory) / "alive"


def mark(instance: dg.DagsterInstance, run_id: str) -> None:
    """This process works on the run, until it ends."""
    here = folder(instance)
    if here is None:
        return
    here.mkdir(parents=True, exist_ok=True)
    path = here / f"{run_id}.lock"
    lock = FileLock(path, thread_local=False)
    with contextlib.suppress(Timeout):
        lock.acquire(timeout=0)
        _held[path] = lock
        path.with_suffix(".pid").write_text(str(os.getpid()), encoding="ascii")


def is_alive(instance: dg.DagsterInstance, run_id: str) -> bool | None:
    """Whether a process works on the run; None where none has said that it does."""
    here = folder(instance)
    path = None if here is None else here / f"{run_id}.lock"
    if path is None or not path.exists():
        return None
    if path in _held:
        return True
    try:
        with FileLock(path, thread_local=False).acquire(timeout=0):
            return False
    except Timeout:
        return True


def wait_for_end(instance: dg.DagsterInstance, run_id: str, seconds: float) -> bool:
    """Whether no process works on the run within some seconds."""
    end = time.monotonic() + seconds
    while is_alive(instance, run_id):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def send(instance: dg.DagsterInstance, run_id: str, number: signal.Signals) -> None:
    """Send a signal to the process that works on the run, where it is known on this machine."""
    here = folder(instance)
    if here is None or not is_alive(instance, run_id):
        return
    with contextlib.suppress(OSError, ValueError):
        os.kill(int((here / f"{run_id}.pid").read_text("ascii")), number)


Started = dict[int, str]
"""Processes by number, and when each was started: a number that is given away again is another process."""


def _listing() -> tuple[dict[int, int], Started]:
    """Of every process its parent and when it was started; nothing where the system has no `ps`."""
    try:
        told = subprocess.run(["ps", "-eo", "pid=,ppid=,lstart="], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}, {}
    rows = [line.split(maxsplit=2) for line in told.stdout.splitlines()]
    return {int(pid): int(of) for pid, of, _ in rows}, {int(pid): when for pid, _, when in rows}


def family(instance: dg.DagsterInstance, run_id: str) -> Started:
    """The process that works on the run, and all that it started."""
    here = folder(instance)
    if here is None or not is_alive(instance, run_id):
        return {}
    try:
        found = {int((here / f"{run_id}.pid").read_text("ascii"))}
    except (OSError, ValueError):
        return {}
    parents, started = _listing()
    while more := {child for child, of in parents.items() if of in found} - found:
        found |= more
    return {pid: started[pid] for pid in found if pid in started}


def kill(processes: Started) -> None:
    """End those of the processes that still run."""
    _, started = _listing()
    for pid, when in processes.items():
        if started.get(pid) == when:
            with contextlib.suppress(OSError):
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def forget(instance: dg.DagsterInstance, run_id: str) -> None:
    """Remove what a run that is over left behind."""
    here = folder(instance)
    if here is not None and not is_alive(instance, run_id):
        for suffix in (".lock", ".pid"):
            (here / f"{run_id}{suffix}").unlink(missing_ok=True)

"""One run at a time on a data folder. The operating system holds the lock, so a dead process holds none."""

import contextlib
import json
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.settings import settings
from pipeline.store import addresses, atomic, disk


class LockedError(RuntimeError):
    """Another run works on the data folder; the message says which."""


@contextlib.contextmanager
def hold(
    data: Path, *, wait: float | None = None, waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the data folder for the length of the block; a process may nest it.

    `wait`: seconds to wait for another run (the settings' without it); then raises LockedError.
    `waiting`: told once who is waited for.
    """
    with disk.guarding(data):
        data.mkdir(parents=True, exist_ok=True)
        data = data.resolve()  # a folder has one lock, however it is spelled
    holder = data / ".lock-holder.json"
    lock = FileLock(data / ".lock", is_singleton=True, thread_local=False)
    nested = lock.is_locked
    try:
        with disk.guarding(data):
            lock.acquire(timeout=0)
    except Timeout:
        who = _who(holder)
        if waiting is not None:
            waiting(who)
        try:
            lock.acquire(timeout=settings().lock_wait if wait is None else wait)
        except Timeout:
            raise LockedError(
                f"Another run works on {data}: {_who(holder)}. Wait for it or stop it, then run again."
            ) from None
    try:
        if not nested:
            me = {
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            }
            with contextlib.suppress(OSError):  # a full disk: the run itself will say so
                atomic.write_bytes(holder, json.dumps(me).encode())
        with contextlib.nullcontext() if nested else _up_to_date(data):
            yield
    finally:
        if not nested:
            holder.unlink(missing_ok=True)
        lock.release()


def _up_to_date(data: Path) -> contextlib.AbstractContextManager[None]:
    """A folder that stands for one on object storage is brought up to date first."""
    if addresses.address(data) is None:
        return contextlib.nullcontext()
    from pipeline.store import mirror  # needed there only

    return mirror.up_to_date(data)


def _who(holder: Path) -> str:
    try:
        me = json.loads(holder.read_text("utf-8"))
        return f"process {me['pid']} on {me['host']}, since {me['since']}"
    except (OSError, ValueError, KeyError):
        return "it did not say which"

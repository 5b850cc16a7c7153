"""Dagster's home: one service at a time works on it, and its settings are those of this release."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

MARK = "# newstables writes this file"
"""The first words of a `dagster.yaml` that is ours to replace."""
OLD_MARK = "# Dagster's settings: `python -m pipeline ui`"


class HomeInUseError(RuntimeError):
    """Another service works on this home; the message says which."""


@dataclass
class Held:
    """A home that is held."""

    path: Path
    inherited: tuple[int, ...]
    """What children must inherit, so that the home counts as in use while any of them lives."""
    facts: dict[str, Any]

    def note(self, children: list[int]) -> None:
        """Remember the processes that work on the home."""
        self.facts["children"] = children
        self.path.write_text(json.dumps(self.facts), encoding="utf-8")


@contextlib.contextmanager
def held(home: Path, url: str) -> Iterator[Held]:
    """Hold the home for the length of the block. HomeInUseError where another service does.

    What a killed service left running is ended first.
    """
    home.mkdir(parents=True, exist_ok=True)
    facts = {"pid": os.getpid(), "url": url, "children": []}
    note = home / "service.json"
    if os.name == "nt":
        from filelock import FileLock, Timeout

        try:
            with FileLock(home / "service.lock").acquire(timeout=0):
                yield Held(note, (), facts)
        except Timeout:
            raise HomeInUseError(_in_use(home, _read(note))) from None
        return
    import fcntl

    with (home / "service.lock").open("a") as lock:
        for last in (False, True):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                other = _read(note)
                if last or _lives(other.get("pid")):
                    raise HomeInUseError(_in_use(home, other)) from None
                _end(other.get("children", []))
        found = Held(note, (lock.fileno(),), facts)
        found.note([])
        yield found
        note.unlink(missing_ok=True)


def _read(note: Path) -> dict[str, Any]:
    try:
        facts = json.loads(note.read_text("utf-8"))
        return facts if isinstance(facts, dict) else {}
    except (OSError, ValueError):
        return {}


def _in_use(home: Path, facts: dict[str, Any]) -> str:
    where = f" at {facts['url']} (process {facts['pid']})" if "url" in facts else ""
    return f"Dagster runs already on {home}{where}: use that one, stop it, or set another DAGSTER_HOME."


def _lives(pid: object) -> bool:
    if not isinstance(pid, int):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _end(children: list[int]) -> None:
    for number in (signal.SIGINT, signal.SIGKILL):
        for child in children:
            with contextlib.suppress(OSError):
                os.killpg(child, number)
        end = time.monotonic() + 8
        while any(map(_lives, children)) and time.monotonic() < end:
            time.sleep(0.2)


def write_settings(home: Path) -> None:
    """Bring `dagster.yaml` up to date, unless the user made it his own."""
    path = home / "dagster.yaml"
    ours = (resources.files("pipeline.orchestration") / "dagster.yaml").read_text("utf-8")
    before = path.read_text("utf-8") if path.exists() else MARK
    if before.startswith((MARK, OLD_MARK)) and before != ours:
        path.write_text(ours, encoding="utf-8")

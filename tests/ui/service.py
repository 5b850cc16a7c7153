"""Dagster as users start it, for tests: its processes and what its own interface tells of runs."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

PATIENCE = float(os.environ.get("NEWSTABLES_TEST_PATIENCE", "120"))
"""Seconds that a slow machine may take for any one step."""
DONE = {"SUCCESS", "FAILURE", "CANCELED"}


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


def until(happened: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {seconds} seconds")


def family(pid: int) -> set[int]:
    """A process and all that descend from it."""
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parent = {int(child): int(of) for child, of in (line.split() for line in listing.splitlines())}
    found = {pid}
    while more := {child for child, of in parent.items() if of in found} - found:
        found |= more
    return found


def command(pid: int) -> str:
    """What a process was started with."""
    asked = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def alive(pids: set[int]) -> set[int]:
    """Those that still run; dead ones that nobody has asked about do not count."""
    listing = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    states = dict(line.split(maxsplit=1) for line in listing.splitlines())
    return {pid for pid in pids if not states.get(str(pid), "Z").startswith("Z")}


class Service:
    """The running service."""

    def __init__(self, port: int, folder: Path, process: "subprocess.Popen[bytes]") -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.seeds, self.data = folder / "seeds", folder / "data"
        self.process = process
        until(self.answers, "the server answers")

    def ask(self, query: str) -> dict[str, Any]:
        body = json.dumps({"query": query}).encode()
        request = urllib.request.Request(
            f"{self.address}/graphql", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            data: dict[str, Any] = json.load(answer)["data"]
            return data

    def answers(self) -> bool:
        assert self.process.poll() is None, "the service has ended"
        try:
            return bool(self.ask("{ version }"))
        except OSError:
            return False

    def runs(self) -> dict[str, str]:
        """Every run and its status, the latest first."""
        found = self.ask("{ runsOrError { ... on Runs { results { runId status } } } }")["runsOrError"]
        return {run["runId"]: run["status"] for run in found["results"]}

    def finished(self) -> list[str]:
        return [status for status in self.runs().values() if status in DONE]

    def terminate(self, run_id: str) -> str:
        call = f'terminateRun(runId: "{run_id}", terminatePolicy: SAFE_TERMINATE)'
        return str(self.ask(f"mutation {{ {call} {{ __typename }} }}")["terminateRun"]["__typename"])

    def kill_all(self) -> None:
        """As the machine does when it goes down."""
        whole = family(self.process.pid)
        for pid in whole:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(20)
        until(lambda: not alive(whole), "all are dead", 20)


@contextmanager
def started(folder: Path, **settings: object) -> Iterator[Service]:
    """The service on `seeds`, `data` and `home` below a folder."""
    folders = {"SEEDS_DIR": folder / "seeds", "DATA_DIR": folder / "data", "DAGSTER_HOME": folder / "home"}
    environment = {k: v for k, v in os.environ.items() if k != "DAGSTER_HOME"}
    environment |= {f"NEWSTABLES_{name}": str(value) for name, value in {**folders, **settings}.items()}
    port = free_port()
    command = [sys.executable, "-m", "pipeline", "ui", "--port", str(port)]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield Service(port, folder, process)
        finally:
            whole = family(process.pid)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(30)
                finally:
                    for pid in alive(whole):
                        os.kill(pid, signal.SIGKILL)

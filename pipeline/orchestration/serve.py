"""Dagster as one service: its web server, its daemon and one server for the code of newstables, started and stopped together.

A home has one service. Whatever was killed is cleared by the next start: processes without a parent, runs without a process.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg

import pipeline
from pipeline.orchestration import alive
from pipeline.orchestration import home as homes

STOP = 8.0
"""Seconds that the processes have to end by themselves."""
START = 180.0
"""Seconds until the code must be loaded."""
RESTARTS = 5
"""How often in ten minutes a process that fell over is started again."""


class ServeError(RuntimeError):
    """Dagster cannot be started; the message says why, in a line."""


def check_port(host: str, port: int) -> None:
    """Raise ServeError where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or str(error)
            raise ServeError(
                f"Port {port} on {host} cannot be had ({why}): choose another with --port."
            ) from None


def serve(home: Path, host: str, port: int, say: Callable[[str], None]) -> int:
    """Run Dagster until it is told to stop; returns the exit status. Raises ServeError where it cannot start."""
    check_port(host, port)
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with homes.held(home, url) as held, tempfile.TemporaryDirectory(prefix="newstables-") as scratch:
        homes.write_settings(home)
        for cleared in clear_dead_runs():
            say(cleared)
        commands, ready = _commands(Path(scratch), host, port)
        service = _Service(commands, held, say)
        try:
            with _stopping(service):
                service.start("code")
                _wait_for_code(service, ready)
                service.start("web")
                service.start("daemon")
                say(f"Dagster: {url} (stop it with Ctrl-C)")
                return service.watch()
        finally:
            service.stop()


def clear_dead_runs() -> Iterator[str]:
    """End the runs that lost their process, so that they do not hold up the queue; yields a line for each."""
    begun = [status for status in dg.DagsterRunStatus if status.value in ("STARTING", "STARTED", "CANCELING")]
    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs(dg.RunsFilter(statuses=begun)):
            if alive.is_alive(instance, run.run_id):
                continue
            if run.status is dg.DagsterRunStatus.CANCELING:
                instance.report_run_canceled(run, "Its process is gone.")
            else:
                instance.report_run_failed(run, "Its process is gone: killed, or the machine went down.")
            yield f"Run {run.run_id[:8]} had lost its process and is cleared; what it had done is kept."


def _commands(scratch: Path, host: str, port: int) -> tuple[dict[str, list[str]], Callable[[], bool]]:
    """The three processes, and whether the first one answers."""
    if os.name == "nt":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            where: dict[str, object] = {"host": "localhost", "port": free.getsockname()[1]}
    else:
        where = {"socket": str(scratch / "code.sock")}
    workspace = scratch / "workspace.yaml"
    server = {"location_name": "newstables", **where}
    workspace.write_text(
        json.dumps({"load_from": [{"grpc_server": server}]}), encoding="utf-8"
    )  # JSON is YAML
    python, root = [sys.executable, "-P", "-m"], str(Path(pipeline.__file__).parent.parent)
    at = [f"--{name}={value}" for name, value in where.items()]
    commands = {
        "code": [
            *python, "dagster", "api", "grpc", *at, "-m", "pipeline.definitions", "-d", root,
            "--location-name", "newstables", "--log-level", "warning", "--inject-env-vars-from-instance",
        ],
        "web": [
            *python, "dagster_webserver", "-h", host, "-p", str(port), "-w", str(workspace),
            "--dagster-log-level", "warning", "--uvicorn-log-level", "warning",
        ],
        "daemon": [*python, "dagster._daemon", "run", "-w", str(workspace), "--log-level", "warning"],
    }  # fmt: skip

    def ready() -> bool:
        from dagster._grpc.client import DagsterGrpcClient

        try:
            DagsterGrpcClient(**where, use_ssl=False).ping("")  # type: ignore[arg-type]
        except Exception:
            return False
        return True

    return commands, ready


def _wait_for_code(service: "_Service", ready: Callable[[], bool]) -> None:
    end = time.monotonic() + START
    while not ready():
        if service.ended("code") is not None:
            raise ServeError("The code of newstables could not be loaded; the lines above say why.")
        if time.monotonic() > end:
            raise ServeError(f"The code of newstables was not loaded within {START:.0f} seconds.")
        time.sleep(0.3)


@contextlib.contextmanager
def _stopping(service: "_Service") -> Iterator[None]:
    """Within the block, signals that end a process end the service in good order."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: service.ask_to_stop()) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@dataclass
class _Service:
    """Processes that live and end together, each in a group of its own."""

    commands: Mapping[str, list[str]]
    held: homes.Held
    say: Callable[[str], None]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    fell: list[float] = field(default_factory=list)
    stopping: bool = False

    def start(self, name: str) -> None:
        """Start a process."""
        if self.stopping:
            return
        root = str(Path(pipeline.__file__).parent.parent)
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
        options: dict[str, object] = {"env": environment}
        if os.name != "nt":
            options |= {"start_new_session": True, "pass_fds": self.held.inherited}
        self.processes[name] = subprocess.Popen(self.commands[name], **options)  # type: ignore[call-overload]
        self.held.note([process.pid for process in self.processes.values()])

    def ended(self, name: str) -> int | None:
        """The exit status of a process, None while it runs."""
        return self.processes[name].poll()

    def ask_to_stop(self) -> None:
        """End `watch` soon."""
        self.stopping = True

    def watch(self) -> int:
        """Wait until it is told to stop; start again what fell over."""
        while not self.stopping:
            time.sleep(0.5)
            for name in list(self.processes):
                status = self.ended(name)
                if status is None or self.stopping:
                    continue
                now = time.monotonic()
                self.fell = [then for then in self.fell if now - then < 600] + [now]
                if len(self.fell) > RESTARTS:
                    self.say(f"Dagster's {name} process keeps falling over (exit status {status}): stopped.")
                    return 1
                self.say(f"Dagster's {name} process ended (exit status {status}) and is started again.")
                self.start(name)
        return 0

    def stop(self) -> None:
        """End everything, in good order first."""
        self.stopping = True
        order = [self.processes[name] for name in ("daemon", "web", "code") if name in self.processes]
        for process in order:
            _signal(process, signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        end = time.monotonic() + STOP
        for process in order:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, end - time.monotonic()))
            _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """To a process and all that it started."""
    with contextlib.suppress(OSError):
        if os.name == "nt":
            process.send_signal(number)
        else:
            os.killpg(process.pid, number)

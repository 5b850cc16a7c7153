"""Dagster looks after itself: dead runs, old runs, its home."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import defs
from pipeline.orchestration import alive, care, home, serve
from pipeline.orchestration.launcher import LocalRunLauncher
from pipeline.settings import Settings
from tests.conftest import ROOT


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """An instance on disk, with the settings that newstables gives it."""
    folder = tmp_path / "home"
    folder.mkdir()
    home.write_settings(folder)
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    with dg.DagsterInstance.get() as found:
        yield found


def new_run(instance: dg.DagsterInstance, status: dg.DagsterRunStatus) -> str:
    return instance.create_run_for_job(defs.resolve_job_def("make_tables"), status=status).run_id


WORKER = """
import subprocess, sys, time
import dagster as dg
from pipeline.orchestration import alive
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL)
with dg.DagsterInstance.get() as instance:
    alive.mark(instance, sys.argv[1])
    print(child.pid, flush=True)
    time.sleep(600)
"""
"""It has a child that does not notice its end."""


def worker(run_id: str) -> tuple["subprocess.Popen[str]", int]:
    """A process that works on a run, and the number of its child."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, run_id],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def is_gone(pid: int) -> bool:
    """Whether a process has ended, asked about or not."""
    asked = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()[:1] in ("", "Z")


def test_our_settings_are_what_the_instance_takes(instance: dg.DagsterInstance) -> None:
    assert isinstance(instance.run_launcher, LocalRunLauncher)
    assert instance.run_monitoring_enabled
    assert not instance.telemetry_enabled


def test_a_run_is_alive_as_long_as_its_process(instance: dg.DagsterInstance) -> None:
    run = new_run(instance, dg.DagsterRunStatus.STARTED)
    assert alive.is_alive(instance, run) is None
    process, child = worker(run)
    try:
        assert alive.is_alive(instance, run) is True
        health = instance.run_launcher.check_run_worker_health(instance.get_run_by_id(run))  # type: ignore[arg-type]
        assert health.status.value == "RUNNING"
        assert list(serve.clear_dead_runs()) == []
    finally:
        os.kill(child, signal.SIGKILL)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert alive.is_alive(instance, run) is False
    health = instance.run_launcher.check_run_worker_health(instance.get_run_by_id(run))  # type: ignore[arg-type]
    assert health.status.value == "FAILED"
    (line,) = serve.clear_dead_runs()
    assert run[:8] in line
    found = instance.get_run_by_id(run)
    assert found is not None
    assert found.status is dg.DagsterRunStatus.FAILURE


def test_a_run_that_was_being_stopped_counts_as_stopped(instance: dg.DagsterInstance) -> None:
    canceling = new_run(instance, dg.DagsterRunStatus.CANCELING)
    waiting = new_run(instance, dg.DagsterRunStatus.NOT_STARTED)
    assert len(list(serve.clear_dead_runs())) == 1
    statuses = {run.run_id: run.status for run in instance.get_runs()}
    assert statuses == {canceling: dg.DagsterRunStatus.CANCELED, waiting: dg.DagsterRunStatus.NOT_STARTED}


def test_a_run_that_does_not_listen_is_ended_by_force_with_all_that_it_started(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.orchestration.launcher.PATIENCE", 0.5)
    run = new_run(instance, dg.DagsterRunStatus.STARTED)
    process, child = worker(run)
    process.send_signal(signal.SIGSTOP)  # hears nothing
    assert instance.run_launcher.terminate(run)
    assert process.wait(10) == -signal.SIGKILL
    assert is_gone(child)
    found = instance.get_run_by_id(run)
    assert found is not None
    assert found.status is dg.DagsterRunStatus.CANCELED


def test_a_run_that_listens_leaves_nothing_either(instance: dg.DagsterInstance) -> None:
    run = new_run(instance, dg.DagsterRunStatus.STARTED)
    process, child = worker(run)
    instance.run_launcher.terminate(run)
    assert process.wait(10) != 0
    assert is_gone(child)


def test_a_number_that_was_given_away_again_is_not_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as other:
        alive.kill({other.pid: "Thu Jan  1 00:00:00 1970"})
        assert other.poll() is None
        other.kill()


def test_old_runs_go_but_not_those_that_made_what_is_there(instance: dg.DagsterInstance) -> None:
    @dg.asset
    def thing() -> None: ...

    made = dg.materialize([thing], instance=instance).run_id
    runs = [new_run(instance, dg.DagsterRunStatus.SUCCESS) for _ in range(5)]
    assert list(care.forgettable(instance, keep_runs=2, keep_days=30)) == []
    forgotten = list(care.forgettable(instance, keep_runs=2, keep_days=0))
    assert forgotten == runs[:3]
    care.forget(instance, forgotten[0])
    assert instance.get_run_by_id(forgotten[0]) is None
    assert instance.get_run_by_id(made) is not None


def test_a_home_has_one_service(tmp_path: Path) -> None:
    with home.held(tmp_path, "http://127.0.0.1:1"):
        code = f"from pipeline.orchestration import home\nwith home.held(__import__('pathlib').Path({str(tmp_path)!r}), 'x'): pass"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert "HomeInUseError" in done.stderr
    assert f"process {os.getpid()}" in done.stderr
    with home.held(tmp_path, "http://127.0.0.1:1"):
        pass


def test_settings_of_ones_own_are_left_alone(tmp_path: Path) -> None:
    mine = "# Mine\ntelemetry:\n  enabled: false\n"
    (tmp_path / "dagster.yaml").write_text(mine)
    home.write_settings(tmp_path)
    assert (tmp_path / "dagster.yaml").read_text() == mine
    old = "# Dagster's settings: `python -m pipeline ui` puts this file into DAGSTER_HOME where none is.\n"
    (tmp_path / "dagster.yaml").write_text(old)
    home.write_settings(tmp_path)
    assert "LocalRunLauncher" in (tmp_path / "dagster.yaml").read_text()


def test_a_port_in_use_is_told_in_a_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.ServeError, match=f"Port {port} .* --port"):
            serve.check_port("127.0.0.1", port)


def test_bad_settings_are_told_in_a_line() -> None:
    for name, value in (("WORKERS", "many"), ("NIGHTLY", "at two"), ("RETRY_SECONDS", "soon"), ("PORT", "0")):
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "run"],
            cwd=ROOT,
            env={**os.environ, f"NEWSTABLES_{name}": value},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1, done.stderr
        assert f"NEWSTABLES_{name}" in done.stderr


def test_the_service_finds_its_own_code_whatever_stands_in_the_folder(tmp_path: Path) -> None:
    """A user's folder `pipeline/` beside the articles is not taken for ours."""
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "__init__.py").write_text("raise SystemExit('not ours')")
    commands, _ = serve._commands(tmp_path, "127.0.0.1", 3000)
    for command in commands.values():
        assert command[1] == "-P"
    code = "import sys; sys.argv = ['x']; import pipeline; print(pipeline.__file__)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(ROOT)


def test_a_failed_run_is_told_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @dg.op
    def bad() -> None:
        raise ValueError("The disk is full.")

    @dg.job
    def breaks() -> None:
        bad()

    told: list[dict[str, str]] = []
    monkeypatch.setattr(care, "settings", lambda: Settings(on_failure_command="tell"))
    monkeypatch.setattr(care, "notify", lambda _, facts: told.append(dict(facts)) or [])
    with dg.DagsterInstance.ephemeral() as instance:
        run = breaks.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            "failures", run.get_run_failure_event(), instance, run.dagster_run
        )
        care.failures(context.for_run_failure())
    assert told[0]["reason"] == "bad: ValueError: The disk is full."
    assert told[0]["id"] == run.run_id

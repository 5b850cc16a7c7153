import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.notify import notify
from pipeline.settings import Settings

FACTS = {"text": "newstables: run 1 failed. The disk is full.", "reason": "The disk is full.", "id": "1"}


def test_a_command_gets_the_reason(tmp_path: Path) -> None:
    script = tmp_path / "tell.py"
    script.write_text(
        "import os, pathlib, sys\n"
        f"pathlib.Path({str(tmp_path / 'told')!r}).write_text(sys.stdin.read() + os.environ['NEWSTABLES_RUN_ID'])\n"
    )
    assert notify(Settings(on_failure_command=f"{sys.executable} {script}"), FACTS) == []
    assert (tmp_path / "told").read_text() == FACTS["text"] + "1"


@pytest.mark.parametrize(
    "command", ["/no/such/command", f"{sys.executable} -c 'raise SystemExit(3)'", "'open"]
)
def test_a_command_that_fails_is_told_and_stops_nothing(command: str) -> None:
    (problem,) = notify(Settings(on_failure_command=command), FACTS)
    assert "NEWSTABLES_ON_FAILURE_COMMAND" in problem


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The address of a webhook, and what it was told."""
    told: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", told
    server.shutdown()


def test_a_webhook_gets_all_as_json(hook: tuple[str, list[dict[str, str]]]) -> None:
    address, told = hook
    assert notify(Settings(on_failure_webhook=address), FACTS) == []
    assert told == [FACTS]


def test_a_webhook_that_is_not_there_is_told() -> None:
    (problem,) = notify(Settings(on_failure_webhook="http://127.0.0.1:9/"), FACTS)
    assert "did not take it" in problem
    (problem,) = notify(Settings(on_failure_webhook="ftp://example.org"), FACTS)
    assert "must begin with http" in problem


def test_nobody_is_told_where_nobody_is_named() -> None:
    assert notify(Settings(), FACTS) == []

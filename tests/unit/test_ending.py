"""A command that ends without taking its objects to pieces does all else that an end is for."""

import subprocess
import sys

import pytest

WORK = """
import atexit, sys, tempfile, threading, time
from pathlib import Path
from pipeline.ending import as_process

class Held:
    def __del__(self):
        sys.stderr.write("taken to pieces\\n")

held, kept = Held(), tempfile.TemporaryDirectory()
Path(kept.name, "x").touch()
atexit.register(lambda: sys.stdout.write("called at the end\\n"))

def command():
    sys.stdout.write("done " + kept.name + "\\n")
    {what}

as_process(command)
"""


def ended(what: str) -> subprocess.CompletedProcess[str]:
    """A process that does something and ends."""
    return subprocess.run(
        [sys.executable, "-c", WORK.format(what=what)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("what", "status"), [("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(1)", 1), ("sys.exit(3)", 3)]
)
def test_output_files_and_callbacks_are_seen_to(what: str, status: int) -> None:
    done = ended(what)
    first, second = done.stdout.splitlines()
    assert (done.returncode, second) == (status, "called at the end")
    assert subprocess.run(["test", "-e", first.removeprefix("done ")], check=False).returncode == 1
    assert "taken to pieces" not in done.stderr


def test_a_reason_is_told() -> None:
    done = ended("sys.exit('too full')")
    assert (done.returncode, "too full" in done.stderr) == (1, True)


def test_an_error_is_told_with_where_it_came_from() -> None:
    done = ended("raise KeyError('lost')")
    assert (done.returncode, "KeyError: 'lost'" in done.stderr, "Traceback" in done.stderr) == (1, True, True)


def test_a_thread_that_still_writes_is_waited_for() -> None:
    work = "threading.Thread(target=lambda: (time.sleep(0.3), sys.stdout.write('written\\n'))).start(); sys.exit(2)"
    done = ended(work)
    assert (done.returncode, "written" in done.stdout) == (2, True)


def test_a_reader_of_the_output_that_left_changes_no_table() -> None:
    """`newstables run | head -1` closes the output early; the process ends with Python's own status for that."""
    program = WORK.format(what="sys.stdout.write('x' * 200000); sys.exit(0)")
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate()
    assert process.returncode != 0 and b"BrokenPipeError" in said

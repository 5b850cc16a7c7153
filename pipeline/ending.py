"""The end of a command: what is still to be done at the end is done, and the process is over."""

import atexit
import os
import sys
import threading
from collections.abc import Callable


def as_process(command: Callable[[], object]) -> None:
    """Run a command as all that this process does.

    Python would take to pieces what a run holds, object by object: an eighth of what one article costs. The system takes
    all memory back at once. Only an end that the command asked for, without another thread at work, is so short.
    """
    try:
        command()
    except SystemExit as end:
        if threading.active_count() > 1 or not isinstance(end.code, int | None):
            raise
        _end(end.code or 0)


def _end(status: int) -> None:
    """What Python does at an end, but for its objects: what asked to be called at the end, and output that waits."""
    atexit._run_exitfuncs()  # as the processes of `multiprocessing` end
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)

"""A run in a child process that ends, or finds the disk full, at the n-th time that it changes something on disk."""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

CHANGES = frozenset(
    {"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"}
)
REMOVES = frozenset({"os.remove", "os.rmdir"})


def _changes(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES


def changes(action: Callable[[], object]) -> list[str]:
    """What an action changes on disk, in order: the event, and the name of the file that it ends in."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        seen: list[str] = []

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if _changes(event, arguments):
                target = arguments[1] if event in ("os.rename", "os.link", "os.symlink") else arguments[0]
                seen.append(f"{event} {Path(str(target)).name}")

        sys.addaudithook(hook)
        action()
        with os.fdopen(write, "w") as told:
            told.write("\n".join(seen))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as found:
        names = found.read().splitlines()
    os.waitpid(child, 0)
    return names


def killed_at(n: int, action: Callable[[], object]) -> bool:
    """Run an action that is killed in place of its n-th change; False where it came through."""

    def kill(_: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    return os.WIFSIGNALED(_run(n, action, kill))


def full_at(n: int, action: Callable[[], object]) -> str:
    """Run an action whose disk is full from its n-th change on (removing still works); what it then said."""

    def refuse(event: str) -> None:
        if event not in REMOVES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    read, write = os.pipe()
    status = _run(n, action, refuse, write)
    os.close(write)
    with os.fdopen(read) as said:
        text = said.read()
    assert os.WIFEXITED(status), text
    return text


def _run(n: int, action: Callable[[], object], then: Callable[[str], None], tell: int | None = None) -> int:
    child = os.fork()
    if child == 0:
        left = [n]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if _changes(event, arguments):
                left[0] -= 1
                if left[0] < 0:
                    then(event)

        said = ""
        try:
            sys.addaudithook(hook)
            action()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        if tell is not None:
            os.write(tell, said.encode()[:4000])
        os._exit(0)
    return os.waitpid(child, 0)[1]

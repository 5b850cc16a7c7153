"""Files that are mapped: what was read of them counts as memory of this process until it lets go of it.

The system takes such pages back by itself where memory is short; who looks at what a process holds, or bounds it, sees them.
"""

import contextlib
import mmap
import os
from pathlib import Path
from typing import BinaryIO
from weakref import WeakSet

import pyarrow as pa

FEW = 16 << 20
"""Bytes of mapped files that are held without being let go of: each time all files are told, however little was read of them."""
_mapped: WeakSet[mmap.mmap] = WeakSet()
_left = [0]
"""Bytes of files that were held when these were let go of last: those of the program itself."""


def mapped(file: BinaryIO) -> pa.Buffer:
    """What an open file holds, read where it is looked at, also once the file is closed. Raises ValueError where it is empty."""
    found = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _mapped.add(found)
    return pa.py_buffer(found)


def let_go() -> None:
    """Let go of what was read of mapped files where it is more than a little; what is looked at again is read again, mostly from the system's own memory."""
    held = _held()
    _left[0] = min(_left[0], held)
    if held - _left[0] < FEW:
        return
    for each in list(_mapped):
        with contextlib.suppress(AttributeError, OSError):  # another system
            each.madvise(mmap.MADV_DONTNEED)
    _left[0] = _held()


def _held() -> int:
    """Bytes of files that this process holds; where the system does not tell, more than it may."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[2]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return _left[0] + FEW

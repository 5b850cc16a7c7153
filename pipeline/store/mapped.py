"""Files that are mapped: what was read of them counts as memory of this process until it lets go of it.

The system takes such pages back by itself where memory is short; who looks at what a process holds, or bounds it, sees them.
"""

import contextlib
import mmap
from typing import BinaryIO
from weakref import WeakSet

import pyarrow as pa

_mapped: WeakSet[mmap.mmap] = WeakSet()


def mapped(file: BinaryIO) -> pa.Buffer:
    """What an open file holds, read where it is looked at, also once the file is closed. Raises ValueError where it is empty."""
    found = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _mapped.add(found)
    return pa.py_buffer(found)


def let_go() -> None:
    """Let go of all that was read of mapped files; what is looked at again is read again, mostly from the system's own memory."""
    for each in list(_mapped):
        with contextlib.suppress(AttributeError, OSError):  # another system
            each.madvise(mmap.MADV_DONTNEED)

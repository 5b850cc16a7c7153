"""Memory that was let go of, given back to the system: what lies free between what is held counts as used until then."""

import ctypes
from collections.abc import Callable
from functools import cache

import pyarrow as pa

from pipeline.store.mapped import let_go


def give_back() -> None:
    """Give back what is free: Arrow's own, the gaps of the heap where the C library can (glibc), and what was read of mapped files."""
    let_go()
    pa.default_memory_pool().release_unused()
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    try:
        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return lambda _: None
    return found

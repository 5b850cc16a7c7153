"""How often Python looks for objects that only hold each other."""

import gc
from functools import cache

FIRST = 5_000_000
"""So many more objects than were let go of before Python looks for the first time: a run of one article is over by then."""
MANY = 50_000
"""So many from then on: Python looks through the newest ones, at each tenth time through those before them."""


@cache
def collect_rarely() -> None:
    """From now on, look for them more rarely in this process: a run holds a great many objects to its end, and at Python's own 700 each look through all of them finds nothing."""
    gc.set_threshold(FIRST, 10, 10)
    gc.callbacks.append(_looked)


def _looked(_phase: str, _told: dict[str, int]) -> None:
    """After the first look, more often."""
    gc.set_threshold(MANY, 10, 10)
    gc.callbacks.remove(_looked)

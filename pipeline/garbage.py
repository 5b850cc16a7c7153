"""How often Python looks for objects that only hold each other."""

import gc

MANY = 50_000
"""So many more objects than were let go of, and Python looks through the newest ones, at each tenth time through those before them."""


def collect_rarely() -> None:
    """Look for them more rarely in this process: a run holds a great many objects to its end, and at Python's own 700 each look through all of them finds nothing."""
    gc.set_threshold(MANY, 10, 10)

"""Pairs that lie in memory, as groups look them up."""

import numpy as np

from pipeline.link.candidates import Pairs, no_entries
from pipeline.link.kept import Lookup, based_on, no_since


def compared(n: int, pairs: Pairs) -> Lookup:
    """Rows that were compared with each other."""
    n_earlier, n_later = (np.bincount(side, minlength=n) for side in (pairs.right, pairs.left))
    base = based_on(no_entries(), pairs, n)
    return Lookup(base, no_since(), np.arange(n), n_earlier, n_earlier + n_later)

"""Articles that are instalments of one series: a daily release, a weekly bulletin. What they say in the same words they say of other days.

Their numbers stand between the same words and differ, some up and some down; in a newer version of one report they only grow.
"""

from typing import Protocol

import numpy as np

from pipeline.link.leads import Leads
from pipeline.link.rows import NO_DAY, Flags, Ints

LEAST = 2
"""Numbers that differ between the same words, from which on two articles are instalments."""
UNKNOWN = 2
"""Stands for an order of articles of which one has no date."""


class Printed(Protocol):
    """Reports or figures, of whose articles it is known when they were published."""

    leads: Leads
    doc: Ints
    articles: Ints
    """By which numbers `leads` knows the articles that `doc` numbers."""
    published: Ints


def of_one_series(rows: Printed, left: Ints, right: Ints) -> Flags:
    """Whether the articles of the rows of each pair are instalments of one series; each two articles are looked at once."""
    pairs = rows.doc[left].astype(np.int64) * (1 + int(rows.doc.max(initial=0))) + rows.doc[right]
    _, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    one, two = left[first], right[first]
    known = (rows.published[one] != NO_DAY) & (rows.published[two] != NO_DAY)
    later = np.where(known, np.sign(rows.published[two] - rows.published[one]), UNKNOWN)
    up, down = rows.leads.slots.grown(rows.articles[rows.doc[one]], rows.articles[rows.doc[two]])
    return instalments(up, down, later)[place]


def instalments(up: Ints, down: Ints, later: Ints) -> Flags:
    """Whether each two articles are of one series, by how many numbers are larger in the second and how many smaller.

    `later`: 1 where the second was published later, -1 where earlier, 0 on the same day, `UNKNOWN`. Of newer versions of one
    report it is known when they were published, and their numbers grow.
    """
    version = ((later == 1) | (later == 0)) & (down == 0) | ((later == -1) | (later == 0)) & (up == 0)
    return np.asarray((up + down >= LEAST) & ~version)

"""What the sources make of an incident: borne out, disputed, or told by one voice; and who speaks for each side."""

from itertools import combinations

import numpy as np

from pipeline.link.reports import Reports
from pipeline.link.rows import NO_DAY, Ints, parts
from pipeline.link.words import party_words

BLAMED = frozenset({"ASSAULT", "COERCE"})
"""Types where it is a dispute who did it."""
APART = 1.5
"""Factor by which two numbers of deaths differ that no slip of a count explains."""
AT_ONCE = 1
"""Days between two numbers of deaths within which none is the other's update."""

MOST = 40
"""Reports of an incident that are held against each other: bounds the time."""

Sides = tuple[int, int]
"""A report of each side."""


def who_sides(reports: Reports, rows: Ints) -> Sides | None:
    """Two reports that blame others: actors of other countries in two articles, or two sides that blame each other."""
    if len(rows) < 2 or reports.cells["event_type"][rows[0]] not in BLAMED:
        return None
    blaming = [int(row) for row in rows if reports.cells["actor_names"][row]][:MOST]
    for one, two in combinations(blaming, 2):
        if _other_countries(reports, one, two) or _each_other(reports, one, two):
            return one, two
    return None


def _other_countries(reports: Reports, one: int, two: int) -> bool:
    """Whether two articles name actors of different countries."""
    c = reports.cells
    first, second = (set(parts(c["actor_countries"][row])) for row in (one, two))
    return bool(first and second and not first & second) and c["doc_id"][one] != c["doc_id"][two]


def _each_other(reports: Reports, one: int, two: int) -> bool:
    """Whether two reports name other actors, and the source of one is the actor of the other or among those it was done to."""
    c = reports.cells
    if reports.actors[one] & reports.actors[two]:
        return False
    first, second = (party_words(c["actor_names"][row]) for row in (one, two))
    if not first or not second or first & second:
        return False
    sources = [party_words(c["attributed_to"][row]) for row in (one, two)]
    return bool(sources[0] & second or sources[1] & first)


def toll_sides(reports: Reports, rows: Ints) -> Sides | None:
    """Two named sources, at one time, whose numbers of deaths exclude each other."""
    c = reports.cells
    told = [int(row) for row in rows if not np.isnan(reports.fatalities[row]) and c["attributed_to"][row]][
        :MOST
    ]
    for one, two in combinations(told, 2):
        low, high = sorted((one, two), key=lambda row: (reports.fatalities[row], row))
        upper = reports.fatalities_high[low]
        days = abs(int(reports.published[one] - reports.published[two]))
        if (
            c["attributed_to"][one] != c["attributed_to"][two]
            and NO_DAY not in (reports.published[one], reports.published[two])
            and days <= AT_ONCE
            and not np.isnan(upper)
            and reports.fatalities[high] >= APART * max(1.0, float(upper))
        ):
            return one, two
    return None

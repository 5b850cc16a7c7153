"""Groups from scored pairs: row after row, each joins the group of earlier rows that fits it best, or begins one.

A row's choice depends on the rows before it alone. So where a few rows change, only the rows whose choice may depend on
them are looked at again, and those that depend on rows which then chose otherwise.
"""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from pipeline.link.candidates import Pairs
from pipeline.link.rows import Flags, Ints

UNKNOWN = -0.25
"""What a pair that was not compared counts, where a row might join a group; no more of these than of pairs that were."""


@dataclass(slots=True)
class Lists:
    """A list of rows for each row, end to end."""

    rows: Ints
    ends: Ints
    """Where each list ends; one entry more in front, where the first begins."""

    def of(self, some: Ints) -> Ints:
        """The lists of some rows, one after another."""
        starts, sizes = self.ends[some], self.ends[some + 1] - self.ends[some]
        before = np.cumsum(sizes) - sizes
        return np.asarray(self.rows[np.repeat(starts - before, sizes) + np.arange(sizes.sum())])


class _Groups:
    """The members of each group in order, kept up while rows move."""

    def __init__(self, group: Ints) -> None:
        self.order = np.argsort(group, kind="stable")
        self.sorted = group[self.order]
        self.moved: dict[int, list[int]] = {}

    def members(self, group: int) -> list[int]:
        """The rows of a group."""
        if group not in self.moved:
            start, end = np.searchsorted(self.sorted, [group, group + 1])
            self.moved[group] = self.order[start:end].tolist()
        return self.moved[group]

    def move(self, row: int, old: int, new: int) -> None:
        """Take a row out of one group and put it into another."""
        self.members(old).remove(row)
        bisect.insort(self.members(new), row)


def groups(pairs: Pairs, group: Ints, again: Flags, shrunk: Iterable[int] = ()) -> Ints:
    """The group of each row, named by its first row.

    The scores of `pairs` are multiples of a power of two, so that sums do not depend on their order. `group`: the groups so far, any name
    for a group whose first row is gone, its own number for a new row. `again`: the rows that are new, or lost or won a
    pair with an earlier row; the others may keep their group. `shrunk`: groups that lost a row.
    """
    n = len(group)
    table = csr_array((pairs.score, pairs.right, np.searchsorted(pairs.left, np.arange(n + 1))), shape=(n, n))
    later = Lists(table.indices, table.indptr)
    table = table.tocsc()
    earlier, scores, ends = table.indices, table.data, table.indptr.tolist()
    n_earlier = np.diff(table.indptr)
    group, todo = group.copy(), bytearray(again.tobytes())
    flags = np.frombuffer(todo, dtype=np.bool_)
    all_rows = bool(again.all())
    known = _Groups(group)
    for changed in shrunk:
        flags[_depend_on_size(known.members(changed), -1, later, n_earlier)] = True
    row = todo.find(1)
    while row >= 0:
        start, end = ends[row], ends[row + 1]
        near = group[earlier[start:end]].tolist()
        old, new = int(group[row]), _best(near, scores[start:end].tolist(), row, known)
        if new != old:
            known.move(row, old, new)
            group[row] = new
            if not all_rows:
                flags[later.of(np.array([row]))] = True
                for changed in (old, new):
                    flags[_depend_on_size(known.members(changed), row, later, n_earlier)] = True
        row = todo.find(1, row + 1)
    return group


def _best(near: list[int], scores: list[float], row: int, known: _Groups) -> int:
    """The group that a row joins, of those of the earlier rows `near` it; its own where none fits.

    A group fits where the mean score is above zero; of several the one with the best pair is taken, then the earliest.
    """
    scores_of: dict[int, list[float]] = {}
    for group, score in zip(near, scores, strict=True):
        scores_of.setdefault(group, []).append(score)
    best, strength = row, 0.0
    for group, found in scores_of.items():
        strongest = max(found)
        if strongest < strength or (strongest == strength and group > best) or strongest <= 0:
            continue
        unknown = min(bisect.bisect_left(known.members(group), row) - len(found), len(found))
        if sum(found) + UNKNOWN * unknown > 0:
            best, strength = group, strongest
    return best


def _depend_on_size(members: list[int], row: int, later: Lists, n_earlier: Ints) -> Ints:
    """The rows after `row` to whose choice it may matter how many rows the group has before them."""
    own = np.array(members[: 2 * int(n_earlier.max(initial=0)) + 2], dtype=np.int64)
    near = np.unique(later.of(own))
    near = near[near > row]
    return near[np.searchsorted(own, near) <= 2 * n_earlier[near] + 1]


def rows_of_groups(group: Ints) -> Iterator[tuple[int, Ints]]:
    """Each group's number and its rows, both in order."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        yield int(group[rows[0]]), rows

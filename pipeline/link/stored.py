"""Pairs that lie on disk: of all that are compared few are the same or about one thing, and these alone are held."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array

from pipeline.link.candidates import AT_ONCE, MOST_PARTS, Pairs, Small, in_parts, no_pairs
from pipeline.link.clusters import Near, no_near
from pipeline.link.rows import Flags, Ints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = TypeVar("Kind", bound="DataclassInstance")
IN_MEMORY = 2_000_000
"""Bytes of a column that are held before it is put down on disk."""
BLOCK = 1 << 22
"""Bytes that are read at a time."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """An array that is read some bytes at a time."""

    dtype: np.dtype[Any]
    size: int
    file: Any

    @property
    def shape(self) -> tuple[int]:
        """As an array has it."""
        return (self.size,)

    def blocks(self) -> Iterator[bytes]:
        """Its bytes, in order."""
        self.file.seek(0)
        while block := self.file.read(BLOCK):
            yield block


class Stored(Generic[Kind]):
    """Columns in order (pairs, entries), put down some at a time and read again so."""

    def __init__(self, nothing: Kind) -> None:
        """`nothing` is of no rows, and of the kind that is put down; the files are gone when the last one lets go of this."""
        self.kind = type(nothing)
        self.dtypes = {field.name: getattr(nothing, field.name).dtype for field in fields(nothing)}
        self.sizes: list[int] = []
        with ExitStack() as files:
            self.files = {
                name: files.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY)) for name in self.dtypes
            }
            self.open = files.pop_all()

    def add(self, some: Kind) -> None:
        """Put down rows that come after those before."""
        columns = [np.ascontiguousarray(getattr(some, name)) for name in self.files]
        self.sizes.append(len(columns[0]))
        for column, file in zip(columns, self.files.values(), strict=True):
            file.write(column.data)

    def __iter__(self) -> Iterator[Kind]:
        """The rows, as many at a time as were put down together; nothing may be put down meanwhile."""
        for file in self.files.values():
            file.seek(0)
        for size in self.sizes:
            yield self.kind(*(self._read(name, size) for name in self.files))

    def _read(self, name: str, size: int) -> npt.NDArray[Any]:
        dtype = self.dtypes[name]
        return np.frombuffer(self.files[name].read(size * dtype.itemsize), dtype=dtype)

    def columns(self) -> dict[str, OnDisk]:
        """The columns of all rows."""
        return {name: OnDisk(self.dtypes[name], sum(self.sizes), file) for name, file in self.files.items()}

    def close(self) -> None:
        """Let go of the files."""
        self.open.close()


NEAR = np.dtype([("row", np.int32), ("other", np.int32), ("score", np.float32)])


def near_rows(stored: Stored[Pairs], n: int) -> Stored[Near]:
    """The pairs of `n` rows that may decide on groups, from the side of either row, rows in order; on disk too.

    A row joins a group only by a pair above zero, and every row of a group did: so only pairs of rows that such pairs connect,
    by whatever way, are ever looked at.
    """
    part = connected(((pairs.left[up], pairs.right[up]) for pairs, up in _above_zero(stored)), n)
    n_each = np.zeros(n, dtype=np.int64)
    for some in _decisive(stored, part):
        for side in (some.left, some.right):
            n_each += np.bincount(side, minlength=n)
    at_once = max(AT_ONCE, int(n_each.sum()) // MOST_PARTS)
    part_of = (np.cumsum(n_each) // at_once).astype(np.uint16)
    found = Stored(no_near())
    for near in in_parts(_either_way(stored, part, part_of), 1 + int(part_of[-1]) if n else 0, NEAR):
        order = np.argsort(near["row"], kind="stable")
        found.add(Near(*(near[name].take(order) for name in found.files)))
    return found


def _decisive(stored: Stored[Pairs], part: Ints) -> Iterator[Pairs]:
    """The pairs of rows of one part."""
    for pairs in stored:
        yield pairs.taken(part[pairs.left] == part[pairs.right])


def _either_way(
    stored: Stored[Pairs], part: Ints, part_of: npt.NDArray[np.uint16]
) -> Iterator[tuple[npt.NDArray[np.uint16], npt.NDArray[Any]]]:
    """These from the side of either row, with what each row is counted to."""
    for some in _decisive(stored, part):
        for row, other in ((some.right, some.left), (some.left, some.right)):
            near = np.empty(len(some), dtype=NEAR)
            near["row"], near["other"], near["score"] = row, other, some.score
            yield part_of[row], near


LATER = np.dtype([("right", np.int32), ("place", np.int32)])


@dataclass(frozen=True, slots=True)
class Places:
    """Places of pairs."""

    places: Small


def by_right(stored: Stored[Pairs], n_each: Ints) -> Stored[Places]:
    """The places of pairs in order of their later row; on disk too. `n_each` tells of how many pairs each row is the later one."""
    at_once = max(AT_ONCE, int(n_each.sum()) // MOST_PARTS)
    part_of = (np.cumsum(n_each) // at_once).astype(np.uint16)
    found = Stored(Places(np.zeros(0, dtype=np.int32)))
    for later in in_parts(_later(stored, part_of), 1 + int(part_of[-1]) if len(part_of) else 0, LATER):
        found.add(Places(later["place"].take(np.argsort(later["right"], kind="stable"))))
    return found


def _later(
    stored: Stored[Pairs], part_of: npt.NDArray[np.uint16]
) -> Iterator[tuple[npt.NDArray[np.uint16], npt.NDArray[Any]]]:
    """The later row and the place of each pair, with what it is counted to."""
    begin = 0
    for some in stored:
        later = np.empty(len(some), dtype=LATER)
        later["right"], later["place"] = some.right, np.arange(begin, begin + len(some))
        begin += len(some)
        yield part_of[some.right], later


def that_tell(stored: Stored[Pairs], telling: Callable[[Pairs], Flags]) -> Pairs:
    """The pairs above zero, and those that tell something."""
    found = [no_pairs(), *(pairs.taken((pairs.score > 0) | telling(pairs)) for pairs in stored)]
    columns = ([getattr(some, field.name) for some in found] for field in fields(Pairs))
    return replace(no_pairs(), **dict(zip(stored.files, map(np.concatenate, columns), strict=True)))


def _above_zero(stored: Stored[Pairs]) -> Iterator[tuple[Pairs, Flags]]:
    for pairs in stored:
        yield pairs, pairs.score > 0


def connected(edges: Iterable[tuple[npt.NDArray[Any], npt.NDArray[Any]]], n: int) -> Ints:
    """The part of each of `n` rows that edges connect."""
    from scipy.sparse.csgraph import connected_components  # with all of linear algebra, for all rows only

    sides = list(edges)
    left, right = (
        np.concatenate([np.zeros(0, dtype=np.int32), *(edge[at] for edge in sides)]) for at in (0, 1)
    )
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

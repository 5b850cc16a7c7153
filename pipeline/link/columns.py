"""Columns of text that stay as they came, in Arrow's memory: cells are made Python's text some at a time, when they are asked for."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.link.rows import Flags, Ints, texts
from pipeline.store.mapped import let_go

AT_ONCE = 4096
"""Cells that are made text at a time."""


class Cells(Sequence[str], ABC):
    """Cells as text, one or some in a row."""

    @abstractmethod
    def cell(self, row: int) -> str:
        """A cell."""

    @abstractmethod
    def hold(self, rows: Ints) -> None:
        """Have some cells at hand, wherever they stand, in the place of those held before."""

    @abstractmethod
    def numbered(self) -> tuple[Ints, list[str]]:
        """The number of each cell among the distinct ones, and these: for columns whose values come again and again."""

    @abstractmethod
    def flags(self, test: Callable[[str], bool]) -> Flags:
        """Whether each cell passes a test; what comes again nearby is tested once."""

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        """A cell, or those of a slice."""
        if isinstance(row, slice):
            return [self.cell(at) for at in range(*row.indices(len(self)))]
        return self.cell(row)


class Column(Cells):
    """The cells of a column as text, missing ones empty; those near one that was asked for are at hand."""

    def __init__(self, values: Any, rows: Ints | None = None) -> None:
        """`values`: a series, an array (of Arrow's too) or a list. `rows` are the places, in order, of the cells that are meant; without them, all are."""
        arrow = getattr(getattr(values, "array", values), "__arrow_array__", None)
        told = arrow() if arrow else values if isinstance(values, pa.Array) else None
        if told is None or not (pa.types.is_string(told.type) or pa.types.is_large_string(told.type)):
            some = values if rows is None else np.asarray(values, dtype=object)[rows]
            told, rows = pa.array(texts(some), pa.large_string()), None
        if rows is not None and len(rows) <= AT_ONCE:
            told, rows = taken(told, rows), None
        self.cells, self.rows = told, rows
        self.begin = 0
        self.near: list[str] = []
        self.held: dict[int, str] = {}

    def _from(self, begin: int) -> list[str]:
        """Some cells from one on."""
        found: list[str] = self._slice(begin, AT_ONCE).fill_null("").to_pylist()
        let_go()
        return found

    def _slice(self, begin: int, n: int) -> Any:
        """Some cells from one on, in Arrow's memory; those between them that are not meant are not copied."""
        if self.rows is None:
            return self.cells.slice(begin, n)
        return taken(self.cells, self.rows[begin : begin + n])

    def __len__(self) -> int:
        """The number of cells."""
        return len(self.cells) if self.rows is None else len(self.rows)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        """A cell, or those of a slice; a cell at hand is found without another call."""
        if not isinstance(row, slice) and 0 <= row - self.begin < len(self.near):
            return self.near[row - self.begin]
        return super().__getitem__(row)

    def cell(self, row: int) -> str:
        """A cell."""
        at = row - self.begin
        if not 0 <= at < len(self.near):
            if row in self.held:
                return self.held[row]
            self.begin = row - row % AT_ONCE
            self.near, at = self._from(self.begin), row - self.begin
        return self.near[at]

    def alone(self, row: int) -> str:
        """A cell that is long, without those near it."""
        return self.cells[row if self.rows is None else int(self.rows[row])].as_py() or ""

    def hold(self, rows: Ints) -> None:
        """Have some cells at hand: rows that lie far apart would else each be read with all that lie near them."""
        self.held = dict(zip(rows.tolist(), self.some(rows), strict=True))

    def arrow(self) -> Any:
        """All cells in Arrow's memory; missing ones are null."""
        return self._slice(0, len(self))

    def at(self, rows: Ints) -> Any:
        """Some cells in Arrow's memory, empty where there is no such row (-1) or nothing in it."""
        return self.arrow().take(pa.array(rows, mask=rows < 0)).fill_null("")

    def numbered(self) -> tuple[Ints, list[str]]:
        """By Arrow's dictionary, in order of their first appearance."""
        return _numbered(self.arrow())

    def encoded(self) -> tuple[Ints, Any]:
        """The same, the distinct ones in Arrow's memory."""
        return _encoded(self.arrow())

    def flags(self, test: Callable[[str], bool]) -> Flags:
        """Tested some thousand cells at a time, so that not all distinct ones are held as Python's text."""
        found = [np.zeros(0, dtype=np.bool_)]
        for begin in range(0, len(self), AT_ONCE):
            numbers, told = _numbered(self._slice(begin, AT_ONCE))
            found.append(np.array([test(value) for value in told], dtype=np.bool_)[numbers])
            let_go()
        return np.concatenate(found)

    def lengths(self) -> Ints:
        """The characters of each cell."""
        found = pc.utf8_length(self._slice(0, len(self))).fill_null(0)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)

    def like_the_last(self) -> Flags:
        """Whether each cell is the same as the one before it; the first is not."""
        n = max(0, len(self) - 1)
        told = self._slice(0, len(self)).fill_null("")
        same = pc.equal(told.slice(1), told.slice(0, n)).to_numpy(zero_copy_only=False)
        return np.append(False, same)[: len(self)].astype(np.bool_)

    def some(self, rows: Ints) -> list[str]:
        """Some cells, wherever they stand."""
        places = rows if self.rows is None else self.rows[rows]
        found: list[str] = taken(self.cells, places).fill_null("").to_pylist()
        return found

    def __iter__(self) -> Iterator[str]:
        """All cells."""
        for begin in range(0, len(self), AT_ONCE):
            yield from self._from(begin)


class Picked(Cells):
    """Some cells of a column, and others in the place of a few."""

    def __init__(self, column: Cells, rows: Ints, other: Mapping[int, str]) -> None:
        """`rows` are the cells' places in `column`, `other` what stands at a place instead."""
        self.column, self.rows, self.other = column, rows, other

    def __len__(self) -> int:
        """The number of cells."""
        return len(self.rows)

    def cell(self, row: int) -> str:
        """A cell."""
        return self.other[row] if row in self.other else self.column[int(self.rows[row])]

    def hold(self, rows: Ints) -> None:
        """Have some cells at hand."""
        self.column.hold(self.rows[rows])

    def numbered(self) -> tuple[Ints, list[str]]:
        """As in the column, whose other cells are among the distinct ones too."""
        numbers, told = self.column.numbered()
        numbers = numbers[self.rows]
        known = {value: number for number, value in enumerate(told)} if self.other else {}
        for at, value in self.other.items():
            numbers[at] = known.setdefault(value, len(known))
        return numbers, list(known) or told

    def flags(self, test: Callable[[str], bool]) -> Flags:
        """Those of the column, and of what stands instead of its cells."""
        return self.tested(self.column.flags(test), test)

    def tested(self, of_column: Flags, test: Callable[[str], bool]) -> Flags:
        """The same from those of the column."""
        found = of_column[self.rows]
        for at, value in self.other.items():
            found[at] = test(value)
        return found

    def __iter__(self) -> Iterator[str]:
        """All cells."""
        for at, row in enumerate(self.rows.tolist()):
            yield self.other[at] if at in self.other else self.column[row]


def taken(cells: Any, rows: Ints) -> Any:
    """Some of Arrow's cells; of those that stand in pieces, as months do, only pieces that hold any are looked into: Arrow puts all of them together."""
    if not isinstance(cells, pa.ChunkedArray):
        return cells.take(pa.array(rows))
    ends = np.cumsum([len(piece) for piece in cells.chunks], dtype=np.int64)
    order = np.argsort(rows, kind="stable")
    of = np.searchsorted(ends, rows[order], side="right")
    starts = np.flatnonzero(np.diff(of, prepend=-1)).tolist()
    found = [pa.array([], cells.type)]
    for start, end in zip(starts, [*starts[1:], len(of)], strict=False):
        piece = cells.chunk(int(of[start]))
        some = rows[order[start:end]] - (ends[of[start]] - len(piece))
        found.append(piece.take(pa.array(some)))
    whole = pa.concat_arrays(found)
    return whole if (np.diff(order) == 1).all() else whole.take(pa.array(np.argsort(order, kind="stable")))


def rows_of(frame: pd.DataFrame, rows: Ints) -> pd.DataFrame:
    """Some rows of a frame, its text `taken`."""
    columns = {}
    for name, column in frame.items():
        told = Column(column).cells if isinstance(column.dtype, pd.StringDtype) else None
        columns[name] = column.iloc[rows].to_numpy() if told is None else taken(told, rows).to_pandas()
    return pd.DataFrame(columns)


def places(cells: Any, among: Any) -> Ints:
    """Where each cell of a column of keys stands in another (series, arrays or lists); -1 where it does not. Nothing is made Python's text."""
    told, known = Column(cells).cells, Column(among).cells
    whole = known.combine_chunks() if isinstance(known, pa.ChunkedArray) else known
    found = pc.index_in(told, value_set=whole.cast(told.type), skip_nulls=True)
    return np.asarray(found.fill_null(-1), dtype=np.int64)


def _numbered(cells: Any) -> tuple[Ints, list[str]]:
    """The number of each of Arrow's cells among the distinct ones, and these; missing is empty."""
    numbers, distinct = _encoded(cells)
    return numbers, distinct.to_pylist()


def _encoded(cells: Any) -> tuple[Ints, Any]:
    """The same with the distinct ones in Arrow's memory."""
    told = cells.fill_null("").dictionary_encode()
    if isinstance(told, pa.ChunkedArray):
        told = told.unify_dictionaries().combine_chunks()
    return told.indices.to_numpy(zero_copy_only=False).astype(np.int64), told.dictionary


def hold(columns: Iterable[Sequence[str]], rows: Ints) -> None:
    """Have some cells of each column at hand."""
    for column in columns:
        if isinstance(column, Cells):
            column.hold(rows)


class TextOf(Mapping[str, str]):
    """The text of each article; the one asked for last is at hand."""

    def __init__(self, documents: pd.DataFrame) -> None:
        """`documents` needs `doc_id` and `text`."""
        self.row = {doc: row for row, doc in enumerate(Column(documents["doc_id"]))}
        self.cells = Column(documents["text"]).cells
        self.last = "", ""

    def __len__(self) -> int:
        """The number of articles."""
        return len(self.row)

    def __iter__(self) -> Iterator[str]:
        """The articles."""
        return iter(self.row)

    def __contains__(self, doc_id: object) -> bool:
        """Whether there is such an article."""
        return doc_id in self.row

    def __getitem__(self, doc_id: str) -> str:
        """The text of an article."""
        if self.last[0] != doc_id:
            self.last = doc_id, self.cells[self.row[doc_id]].as_py() or ""
        return self.last[1]


def sentence_codes(docs: Ints, sentences: Sequence[str]) -> Ints:
    """A number for each sentence of each article: a hash, since a table of all would take much memory."""
    found = [np.zeros(0, dtype=np.uint64)]
    for begin in range(0, len(docs), AT_ONCE):
        some = np.array(sentences[begin : begin + AT_ONCE], dtype=object)
        found.append(pd.util.hash_array(some, categorize=False))
    whole = np.concatenate(found) ^ docs.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (whole >> np.uint64(1)).astype(np.int64)


def party_sets(events: Sequence[str], event_actors: pd.DataFrame) -> dict[str, list[frozenset[str]]]:
    """The actors on each side of each event; sets that are alike are one object."""
    known = event_actors[["event_id", "role", "actor_id"]].dropna()
    column = events if isinstance(events, Column) else Column(events)
    number, distinct = _encoded(column.arrow())
    row = places(known["event_id"], distinct)
    of_party, parties = Column(known["actor_id"]).numbered()
    party = np.array(parties, dtype=object)[of_party]
    made: dict[frozenset[str], frozenset[str]] = {}
    nobody: frozenset[str] = frozenset()
    out: dict[str, list[frozenset[str]]] = {}
    for side in ("actor", "recipient"):
        own = np.flatnonzero((known["role"] == side).to_numpy(dtype=np.bool_) & (row >= 0))
        own = own[np.argsort(row[own], kind="stable")]
        sets = [nobody] * len(distinct)
        starts = np.flatnonzero(np.diff(row[own], prepend=-1)).tolist()
        for begin, end in zip(starts, [*starts[1:], len(own)], strict=False):
            told = frozenset(party[own[begin:end]])
            sets[int(row[own[begin]])] = made.setdefault(told, told)
        out[side] = [sets[at] for at in number.tolist()]
    return out

"""A table in parts: its months, and where it has none runs of its rows. What is the same is known by a fingerprint, without its rows."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

UNDATED = "undated"
WHOLE = "all"
BLOCK = 64


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table, read when they are asked for."""

    month: str
    digest: str
    n_rows: int
    read: Callable[[], pa.Table]


@dataclass(frozen=True, slots=True)
class Parts:
    """A table, part after part."""

    schema: pa.Schema
    all: tuple[Part, ...]

    @property
    def num_rows(self) -> int:
        """The rows of all parts."""
        return sum(part.n_rows for part in self.all)

    def first(self, n: int) -> pa.Table:
        """The first rows, from as many parts as hold them."""
        found, left = [self.schema.empty_table()], n
        for part in self.all:
            if left <= 0:
                break
            found.append(part.read().slice(0, left))
            left -= part.n_rows
        return pa.concat_tables(found)

    def by_month(self) -> Iterator[tuple[str, list[Part]]]:
        """The parts of each month, in order."""
        for month, some in groupby(self.all, key=lambda part: part.month):
            yield month, list(some)

    def digests(self) -> dict[str, str]:
        """A fingerprint of each month."""
        return {month: " ".join(part.digest for part in some) for month, some in self.by_month()}


def cut(table: pa.Table) -> Parts:
    """A table that lies in memory, in parts."""
    found = [
        Part(month, digest(run), run.num_rows, lambda run=run: run)  # type: ignore[misc]
        for month, rows in months(table)
        for run in blocks(rows)
    ]
    return Parts(table.schema, tuple(found))


class _Hash(io.RawIOBase):
    """A file that only remembers the hash of what is written to it."""

    def __init__(self) -> None:
        """Nothing written yet."""
        self.sum = hashlib.blake2b(digest_size=20)

    def writable(self) -> bool:
        """It takes data."""
        return True

    def write(self, data: object) -> int:
        """Take data."""
        view = memoryview(data)  # type: ignore[arg-type]
        self.sum.update(view)
        return view.nbytes


def digest(rows: pa.Table) -> str:
    """A fingerprint of some rows, whatever stands before and after them and in which chunks."""
    sink = _Hash()
    rows = rows.combine_chunks().take(
        pa.array(range(rows.num_rows), pa.int64())
    )  # a slice shows its neighbours' bits
    with pa.ipc.new_stream(pa.PythonFile(sink, "w"), rows.schema) as writer:
        writer.write_table(rows)
    return sink.sum.hexdigest()


def months(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each month in order, and those without a date; an empty table has one part."""
    if "published_on" not in table.column_names:
        yield WHOLE, table
        return
    day = table["published_on"].combine_chunks()
    month = pc.add(pc.multiply(pc.year(day), 100), pc.month(day))
    runs = pc.run_end_encode(month)
    ends, found = runs.run_ends.to_pylist(), runs.values.to_pylist()
    names = [UNDATED if m is None else f"{m // 100:04}-{m % 100:02}" for m in found]
    if len(set(names)) < len(names):  # not in order of publication
        yield from months(table.sort_by("published_on"))
        return
    starts = [0, *ends]
    for start, end, name in zip(starts, ends, names, strict=False):
        yield name, table.slice(start, end - start)
    if not names:
        yield UNDATED, table


def blocks(rows: pa.Table) -> Iterator[pa.Table]:
    """The rows of a month; those of a table without months, which stand in order of their key, in runs of about `BLOCK`.

    A hash of the keys decides where a run ends, so that a row more or less changes one run, wherever it stands.
    """
    if "published_on" in rows.column_names or not rows.num_rows:
        yield rows
        return
    keys = rows.column(0).to_numpy(zero_copy_only=False)
    ends = np.flatnonzero(pd.util.hash_array(keys) % np.uint64(BLOCK) == 0) + 1
    for start, end in pairwise(sorted({0, *ends.tolist(), rows.num_rows})):
        yield rows.slice(start, end - start)


def digests_of_runs(rows: pa.Table, before: pa.Table, known: list[list[Any]]) -> Iterator[tuple[str, int]]:
    """The fingerprint and number of rows of each run; those runs are not hashed again that stood alike in a table before, whose runs are `known`."""
    place = same_rows(rows, before)
    ends = np.cumsum([0, *(n for _, n in known)])
    run_at = {int(start): (name, n) for start, (name, n) in zip(ends, known, strict=False)}
    start = 0
    for run in blocks(rows):
        was = place[start : start + run.num_rows]
        name, n = run_at.get(int(was[0]) if len(was) else -1, ("", -1))
        stood = n == run.num_rows and (was == was[0] + np.arange(n)).all()
        yield (name if stood else digest(run)), run.num_rows
        start += run.num_rows


def same_rows(rows: pa.Table, before: pa.Table) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """For each row the place of the very same one in a table of the same schema, found by their keys (the first column); -1 where there is none."""
    found = pc.index_in(rows.column(0).combine_chunks(), before.column(0).combine_chunks())
    place = np.array(found.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
    both = np.flatnonzero(place >= 0)
    ours, theirs = rows.take(pa.array(both)), before.take(pa.array(place[both]))
    same = np.ones(len(both), dtype=np.bool_)
    for one, two in zip(ours.itercolumns(), theirs.itercolumns(), strict=True):
        sides = [column.combine_chunks() for column in (one, two)]
        if pa.types.is_floating(one.type):
            sides = [side.view(pa.int64()) for side in sides]  # to the bit
        alike = pc.or_(pc.fill_null(pc.equal(*sides), False), pc.and_(*map(pc.is_null, sides)))
        same &= alike.to_numpy(zero_copy_only=False)
    place[both[~same]] = -1
    return place

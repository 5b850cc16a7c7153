"""Rows of a table across articles by their keys, held as columns: a row is put together when it is asked for, and what changed is told by column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.report.load import Row, whole
from pipeline.store import atomic
from pipeline.store.parts import WHOLE
from pipeline.store.record import file_state


class Rows(Mapping[str, Row]):
    """Rows by their keys. Most are only counted, sorted or passed over: those need no object each."""

    def __init__(self, table: pa.Table, key: str) -> None:
        """`key`: the column of the rows' keys."""
        self.table, self.key = table.combine_chunks(), key
        self._read: dict[str, Row] = {}

    @cached_property
    def _place(self) -> dict[str, int]:
        keys = self.table[self.key].to_pylist()
        return dict(zip(keys, range(len(keys)), strict=True))

    def __len__(self) -> int:
        """How many there are."""
        return int(self.table.num_rows)

    def __iter__(self) -> Iterator[str]:
        """The keys, in order of the table."""
        return iter(self._place)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a row."""
        return key in self._place

    def __getitem__(self, key: str) -> Row:
        """A row."""
        if key not in self._read:
            self.fetch([key])
        return self._read[key]

    def fetch(self, keys: Iterable[str]) -> None:
        """Put several rows together at once; KeyError where one is not there."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._read]
        places = pa.array([self._place[key] for key in missing], pa.int64())
        self._read.update(zip(missing, self.table.take(places).to_pylist(), strict=True))

    def of(self, keys: Iterable[str]) -> list[Row]:
        """The rows of some keys, in their order."""
        wanted = list(keys)
        self.fetch(wanted)
        return [self._read[key] for key in wanted]

    def column(self, name: str) -> list[Any]:
        """The values of a column, in order of the keys."""
        values: list[Any] = self.table[name].to_pylist()
        return values


@dataclass(frozen=True)
class Across:
    """A table across articles, beside what it was when pages were made the last time."""

    rows: Rows
    before: Rows | None
    """None where it is the same, or nothing is known of it."""
    changed: frozenset[str]
    """The keys of rows that came, went, or hold something else than then."""


def load_across(data: Path, state: Path, table: str, columns: Sequence[str], kept: list[int]) -> Across:
    """Some columns of a table, the first its key; `state` is where it is kept as it was, `kept` what `keep_across` told of it."""
    rows, now, then = Rows(whole(data, table, columns), columns[0]), _file(data, table), _copy(state, table)
    if not now.exists() or file_state(then) != kept:  # nothing is known, or somebody wrote into it
        return Across(rows, None, frozenset(rows))
    if now.samefile(then):
        return Across(rows, None, frozenset())
    read = pq.ParquetFile(then)
    if not set(rows.table.schema.names) <= set(read.schema_arrow.names):
        return Across(rows, None, frozenset(rows))
    names = rows.table.schema.names
    before = Rows(read.read(columns=names).select(names).cast(rows.table.schema), columns[0])
    return Across(rows, before, frozenset(changed(rows, before)))


def keep_across(data: Path, state: Path, table: str) -> list[int]:
    """Keep a table as it is for the next time; returns the size and time of change of what is kept."""
    now, then = _file(data, table), _copy(state, table)
    if now.exists() and not (then.exists() and now.samefile(then)):
        state.mkdir(parents=True, exist_ok=True)
        then.unlink(missing_ok=True)
        atomic.link(now, then)
    return file_state(then)


def _file(data: Path, table: str) -> Path:
    return data / "parquet" / table / f"{WHOLE}.parquet"


def _copy(state: Path, table: str) -> Path:
    return state / f"rows.{table}.parquet"


def changed(now: Rows, before: Rows) -> set[str]:
    """The keys of rows that came, went, or hold something else than before."""
    if now.table.schema.names != before.table.schema.names:
        return set(now) | set(before)
    ours, theirs = (rows.table[rows.key].combine_chunks() for rows in (now, before))
    place = pc.index_in(ours, theirs)
    both = pc.is_valid(place)
    came = ours.filter(pc.invert(both)).to_pylist()
    gone = theirs.filter(pc.invert(pc.is_in(theirs, ours))).to_pylist()
    ours, theirs = now.table.filter(both), before.table.take(place.drop_null())
    differs = pa.repeat(pa.scalar(False), ours.num_rows)
    for one, two in zip(ours.itercolumns(), theirs.itercolumns(), strict=True):
        none = pc.xor(pc.is_null(one), pc.is_null(two))
        other = pc.fill_null(pc.not_equal(one, two), False)
        differs = pc.or_(differs, pc.or_(none, other))
    return {*came, *gone, *ours.filter(differs)[now.key].to_pylist()}

"""Which rows of each month belong to an actor, an incident or a tally, and by what they would show that they changed.

It is kept for each month beside the pages, so that rows are read only for pages that are made, from the months that they stand in.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.load import Row, month_rows, part
from pipeline.report.often import FEW, MONTH, Months, Often
from pipeline.report.rows import Rows
from pipeline.report.ties import ROWS, SCHEMA, kept_of
from pipeline.report.words import title_of
from pipeline.store import sealed
from schemas.arrow import arrow_schema

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]
AT_HAND = 8
"""Months whose events are held, where the reports of disputes are looked up."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the rows of a table are grouped."""

    table: str
    key: str
    row: str
    """The column of the rows' own keys."""
    columns: tuple[str, ...]
    order: tuple[tuple[str, str], ...]
    """Columns and `ascending` or `descending`, within a group."""
    role: str | None = None
    """Where events are grouped by a party: its role."""
    titled: bool = False
    """Whether pages show the titles and sources of the rows' articles too."""
    most: int | None = None
    """How many rows a page shows, the newest; `order` begins with the newest then."""


class Groups:
    """Rows of one kind by the values of its key; rows without a value belong to no group. Rows are read when they are asked for."""

    def __init__(self, data: Path, kind: Kind, known: pa.Table, often: Often) -> None:
        """`known`: what is kept of the months, with a column `month`, of this kind alone; `often`: the rows that are kept of some groups."""
        self._data, self._kind, self._known, self._often = data, kind, known, often
        keys = known["key"].combine_chunks().dictionary_encode()
        self._codes, self._keys = keys.indices.to_numpy(), keys.dictionary
        self._read: dict[str, pa.Table] = {}

    @cached_property
    def _n(self) -> Counts:
        n = np.zeros(len(self._keys), dtype=np.int64)
        np.add.at(n, self._codes, self._known["n"].to_numpy())
        return n

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """How many rows each group has."""
        return dict(zip(self._keys.to_pylist(), self._n.tolist(), strict=True))

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where the first line of each group stands."""
        first = np.full(len(self._keys), len(self._codes), dtype=np.int64)
        first[self._codes[::-1]] = np.arange(len(self._codes))[::-1]
        return dict(zip(self._keys.to_pylist(), first.tolist(), strict=True))

    def sizes(self, keys: pa.ChunkedArray) -> Counts:
        """How many rows the groups of some keys have."""
        places = pc.index_in(keys, value_set=self._keys).fill_null(-1).to_numpy()
        found: Counts = np.append(self._n, 0)[places]
        return found

    def size(self, key: str) -> int:
        """How many rows a group has."""
        return self._sizes.get(key, 0)

    def first(self, key: str) -> tuple[str, str] | None:
        """The article and the key of a group's first row."""
        place = self._first.get(key)
        if place is None:
            return None
        return self._known["doc_id"][place].as_py(), self._known["other"][place].as_py()

    def of(self, key: str, limit: int | None = None) -> list[Row]:
        """The rows of a group in order, the first `limit` of them."""
        self.fetch([key])
        rows = self._read.get(key)
        return [] if rows is None else rows.slice(0, limit).to_pylist()

    def fetch(self, keys: Iterable[str]) -> None:
        """Read the rows of several groups, each month once; of a group that stands in many months only from those that changed since they were kept."""
        wanted = sorted(set(keys).intersection(self._sizes) - self._read.keys())
        if not wanted:
            return
        places = self._places(wanted)
        kept = {key: self._often.rows(key, months) for key, months in places.items() if len(months) > FEW}
        still = {key: set(rows[MONTH].unique().to_pylist()) for key, rows in kept.items() if rows is not None}
        by_month = dict[str, list[str]]()
        for key, months in places.items():
            for month in months.keys() - still.get(key, set()):
                by_month.setdefault(month, []).append(key)
        found = [rows for rows in kept.values() if rows is not None]
        for month, some in sorted(by_month.items()):
            rows = read(self._data, month, self._kind)
            rows = rows.filter(pc.is_in(rows[self._kind.key], pa.array(some, pa.string())))
            found.append(rows.append_column(MONTH, pa.repeat(pa.scalar(month), rows.num_rows)))
        rows = pa.concat_tables(found)
        rows = rows.sort_by([(self._kind.key, "ascending"), *self._kind.order]).combine_chunks()
        runs = pc.run_end_encode(rows[self._kind.key].combine_chunks())
        start = 0
        for key, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            own, start = rows.slice(start, end - start), end
            self._read[key] = own.drop_columns(MONTH)
            if key in kept and still.get(key) != places[key].keys():
                self._often.keep(key, own, places[key])

    def forget(self, keys: Iterable[str]) -> None:
        """Let go of what was kept of groups that do not stand in many months any more, of some that changed."""
        for key, months in self._places([*keys]).items():
            if len(months) <= FEW:
                self._often.forget(key)

    def _places(self, wanted: list[str]) -> dict[str, Months]:
        """The months that each group is to be read from: the newest months first, as far as a page shows their rows."""
        some = self._known.filter(pc.is_in(self._known["key"], pa.array(wanted, pa.string())))
        lines = zip(*(some[name].to_pylist() for name in ("month", "key", "n", "digest")), strict=True)
        enough, found = self._kind.most, {key: Months() for key in wanted}
        passed: dict[str, int] = {}
        dated = sorted(lines, key=lambda line: (line[0][0].isdigit(), line[0]), reverse=True)
        for month, key, n, digest in dated:
            if enough is None or passed.get(key, 0) < enough:
                found[key][month] = digest
            passed[key] = passed.get(key, 0) + n
        return found


@dataclass(frozen=True)
class Known:
    """What is kept of all months."""

    data: Path
    state: Path
    months: Mapping[str, pa.Table]
    kinds: Mapping[str, Kind]
    marks: Mapping[str, str]
    """By month, what its tables are."""
    looked_at: frozenset[str]
    """The articles of the months that are others than the last time."""
    changed: Mapping[str, frozenset[str]]
    """By kind, the groups and ties of these months that are others than the last time."""
    came: frozenset[str]
    """The articles that came, or hold something else than the last time."""
    went: frozenset[str]
    """Those that went, or held something else then."""
    articles: Rows
    """Every article without its text, with a title to show."""

    @cached_property
    def _by_kind(self) -> dict[str, pa.Table]:
        names = [*SCHEMA.names, "month"]
        empty = pa.table([*SCHEMA.empty_table().columns, pa.array([], pa.string())], names)
        found: dict[str, list[pa.Table]] = {"": [empty]}
        for lines in self.months.values():  # those of a kind stand together
            runs = pc.run_end_encode(lines["kind"].combine_chunks())
            start = 0
            for kind, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
                found.setdefault(kind, [empty]).append(lines.slice(start, end - start))
                start = end
        return {kind: pa.concat_tables(some) for kind, some in found.items()}

    def groups(self, kind: str) -> Groups:
        """The groups of a kind."""
        shape = self.kinds[kind]
        schema = arrow_schema(shape.table)
        columns = [str(schema.field(name)) for name in shape.columns if name in schema.names]
        often = Often(self.state, kind, f"{shape!r} {columns!r}")
        found = Groups(self.data, shape, self.of(kind), often)
        found.forget(self.changed.get(kind, ()))
        return found

    def pairs(self, tie: str, keys: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """The two ends of each tie of a kind (of some keys), each once, in order."""
        some = self.of(tie)
        if keys is not None:
            some = some.filter(pc.is_in(some["key"], pa.array(sorted(keys), pa.string())))
        return sorted(set(zip(some["key"].to_pylist(), some["other"].to_pylist(), strict=True)))

    def tied(self, tie: str, others: set[str]) -> set[str]:
        """What is tied to some others."""
        some = self.of(tie)
        return set(
            some.filter(pc.is_in(some["other"], pa.array(sorted(others), pa.string())))["key"].to_pylist()
        )

    def of_month(self, kind: str, month: str) -> list[str]:
        """The keys of a kind that a month has."""
        some = self.months[month]
        return sorted(some.filter(pc.equal(some["kind"], kind))["key"].to_pylist())

    def months_of(self, kind: str, keys: set[str]) -> set[str]:
        """The months that have some keys of a kind."""
        some = self.of(kind)
        found = some.filter(pc.is_in(some["key"], pa.array(sorted(keys), pa.string())))
        return set(pc.unique(found["month"]).to_pylist())

    @cached_property
    def events_of(self) -> Callable[[str, tuple[str, ...]], pa.Table]:
        """Some columns of a month's events; of the months asked for last they are still at hand."""
        return lru_cache(AT_HAND)(partial(part, self.data, "events"))

    def count(self, table: str, month: str | None = None) -> int:
        """How many rows of a table that is listed by month are published, or of a month of it."""
        return self._sizes.get((table, month), 0)

    @cached_property
    def _sizes(self) -> dict[tuple[str, str | None], int]:
        found: dict[tuple[str, str | None], int] = {}
        lines = self.of(ROWS)
        for table, month, n in zip(*(lines[name].to_pylist() for name in ("key", "month", "n")), strict=True):
            found[table, month] = n
            found[table, None] = found.get((table, None), 0) + n
        return found

    def of(self, kind: str) -> pa.Table:
        """What is kept of a kind, month after month."""
        return self._by_kind.get(kind, self._by_kind[""])


def load_known(data: Path, state: Path, kinds: Mapping[str, Kind], marks: Mapping[str, str]) -> Known:
    """What is kept of each month in the folder `state`; a month whose tables are others (`marks`) is looked through again."""
    found: dict[str, pa.Table] = {}
    articles = [_articles(None)]
    looked_at: set[str] = set()
    changed: dict[str, set[str]] = {}
    then, now = set[tuple[str, str]](), set[tuple[str, str]]()
    for month, mark in marks.items():
        of_month, read = _kept(state / f"groups.{month}.arrow"), _kept(state / f"articles.{month}.arrow")
        if any((part.schema.metadata or {}).get(b"mark") != mark.encode() for part in (of_month, read)):
            before, documents = of_month, month_rows(data, "documents", month)
            then |= _held(read)
            of_month, read = looked_through(data, month, kinds, documents), _articles(documents)
            for name, part in (("groups", of_month), ("articles", read)):
                marked = sealed.arrow_bytes(part.replace_schema_metadata({"mark": mark}))
                sealed.write(state / f"{name}.{month}.arrow", marked, sync=False)
            looked_at.update(read["doc_id"].to_pylist())
            now |= _held(read)
            _note_changes(changed, before, of_month)
        found[month] = of_month.replace_schema_metadata(None).append_column(
            "month", pa.repeat(pa.scalar(month), of_month.num_rows)
        )
        articles.append(read.replace_schema_metadata(None))
    for month in noted_months(state) - marks.keys():
        path = state / f"groups.{month}.arrow"
        _note_changes(changed, _kept(path), SCHEMA.empty_table())
        then |= _held(_kept(state / f"articles.{month}.arrow"))
        path.unlink(missing_ok=True)
        (state / f"articles.{month}.arrow").unlink(missing_ok=True)
    return Known(
        data,
        state,
        found,
        kinds,
        marks,
        frozenset(looked_at),
        {kind: frozenset(keys) for kind, keys in changed.items()},
        frozenset(key for key, _ in now - then),
        frozenset(key for key, _ in then - now),
        Rows(pa.concat_tables(articles), "doc_id"),
    )


def noted_months(state: Path) -> set[str]:
    """The months of which anything is kept."""
    return {path.name.split(".")[1] for path in state.glob("groups.*.arrow")}


def _kept(path: Path) -> pa.Table:
    """What is kept in a file; without a mark where there is none."""
    found = sealed.kept(path, sealed.arrow)
    return SCHEMA.empty_table() if found is None else found


def _held(articles: pa.Table) -> set[tuple[str, str]]:
    """The articles of a month, each with its content; none where nothing is kept of them."""
    if "sha256" not in articles.column_names:
        return set()
    return set(zip(articles["doc_id"].to_pylist(), articles["sha256"].to_pylist(), strict=True))


def _note_changes(changed: dict[str, set[str]], before: pa.Table, now: pa.Table) -> None:
    """Add, by kind, the keys of lines that are not in both tables."""
    lines = [
        set(zip(*(column.to_pylist() for column in part.columns), strict=True)) for part in (before, now)
    ]
    for kind, key, *_ in lines[0] ^ lines[1]:
        changed.setdefault(kind, set()).add(key)


def _articles(documents: list[Row] | None) -> pa.Table:
    """Articles without their texts, with a title to show."""
    known = arrow_schema("documents")
    schema = pa.schema([known.field(name) for name in known.names if name != "text"])
    return pa.Table.from_pylist([*map(_titled, documents or [])], schema)


def looked_through(data: Path, month: str, kinds: Mapping[str, Kind], documents: list[Row]) -> pa.Table:
    """The groups and ties of a month."""
    titled = {row["doc_id"]: _titled(row) for row in documents}
    groups = [_groups(name, read(data, month, kind), kind, titled) for name, kind in kinds.items()]
    return pa.concat_tables([*groups, *kept_of(data, month)]).combine_chunks()


def _titled(row: Row) -> Row:
    """An article without its text, with a title to show."""
    return {name: value for name, value in row.items() if name != "text"} | {"title": title_of(row)}


def read(data: Path, month: str, kind: Kind) -> pa.Table:
    """The rows of a kind that a month has, those without a key left out."""
    rows = part(data, kind.table, month, kind.columns)
    if kind.role:
        parties = part(data, "event_actors", month, ["event_id", "actor_id", "role"])
        chosen = parties.filter(pc.equal(parties["role"], kind.role)).select(["event_id", "actor_id"])
        once = chosen.group_by(["event_id", "actor_id"], use_threads=False).aggregate([])
        rows = once.join(rows, "event_id", join_type="inner", use_threads=False)
    return rows.filter(pc.is_valid(rows[kind.key]))


def _groups(name: str, rows: pa.Table, kind: Kind, documents: Mapping[str, Row]) -> pa.Table:
    rows = rows.sort_by([*kind.order]).combine_chunks()
    keys = rows[kind.key].combine_chunks().dictionary_encode()
    codes, size = keys.indices.to_numpy(), len(keys.dictionary)
    digest = np.zeros(size, dtype=np.uint64)
    np.add.at(digest, codes, _hashes(rows, documents if kind.titled else None))
    first = pa.array(np.unique(codes, return_index=True)[1])
    return pa.table(
        [
            pa.array([name] * size, pa.string()),
            keys.dictionary,
            rows[kind.row].take(first),
            rows["doc_id"].take(first),
            np.bincount(codes, minlength=size).astype(np.int64),
            digest,
        ],
        schema=SCHEMA,
    )


def _hashes(rows: pa.Table, documents: Mapping[str, Row] | None) -> Hashes:
    """A hash of each row, and of the article that it stands in."""
    frame = rows.to_pandas().astype(str)
    if documents is not None:
        of = {key: _hash(repr(documents.get(key))) for key in set(rows["doc_id"].to_pylist())}
        frame["article"] = [of[key] for key in rows["doc_id"].to_pylist()]
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

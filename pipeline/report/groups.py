"""Which rows of each month belong to an actor, an incident or a tally, and by what they would show that they changed.

It is kept for each month beside the pages, so that rows are read only for pages that are made, from the months that they stand in.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.load import Row, month_rows, part
from pipeline.report.words import title_of
from pipeline.store import sealed
from schemas.arrow import arrow_schema
from schemas.columns import SEPARATOR

_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("key", pa.string()),
        ("other", pa.string()),
        ("doc_id", pa.string()),
        ("n", pa.int64()),
        ("digest", pa.uint64()),
    ]
)
WITH, SOURCE, COUNT, NAMED, TITLED = "with", "source", "count", "named", "titled"
"""Ties of a month: an actor and the name of one that it acted with, a tally and who gave a figure of it, an incident and a tally
that its reports give; and the actors that the month names, and its articles with their titles."""
Hashes = npt.NDArray[np.uint64]


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

    def __init__(self, data: Path, kind: Kind, known: pa.Table) -> None:
        """`known`: what is kept of the months, with a column `month`, of this kind alone."""
        self._data, self._kind, self._known = data, kind, known
        keys = known["key"].combine_chunks().dictionary_encode()
        codes, size = keys.indices.to_numpy(), len(keys.dictionary)
        n, digest = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.uint64)
        np.add.at(n, codes, known["n"].to_numpy())
        np.add.at(digest, codes, known["digest"].to_numpy())
        names = keys.dictionary.to_pylist()
        self._sizes: dict[str, int] = dict(zip(names, n.tolist(), strict=True))
        self._digests: dict[str, int] = dict(zip(names, digest.tolist(), strict=True))
        self._first = dict(zip(names, np.unique(codes, return_index=True)[1].tolist(), strict=True))
        self._read: dict[str, pa.Table] = {}

    @property
    def keys(self) -> set[str]:
        """The groups."""
        return set(self._sizes)

    def size(self, key: str) -> int:
        """How many rows a group has."""
        return self._sizes.get(key, 0)

    def digest(self, key: str) -> int:
        """A number that changes when the group's rows do."""
        return self._digests.get(key, 0)

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
        """Read the rows of several groups, each month once."""
        wanted = sorted(set(keys).intersection(self._sizes) - self._read.keys())
        if not wanted:
            return
        found = []
        for month, some in sorted(self._months(wanted).items()):
            rows = read(self._data, month, self._kind)
            found.append(rows.filter(pc.is_in(rows[self._kind.key], pa.array(some, pa.string()))))
        rows = pa.concat_tables(found)
        rows = rows.sort_by([(self._kind.key, "ascending"), *self._kind.order]).combine_chunks()
        runs = pc.run_end_encode(rows[self._kind.key].combine_chunks())
        start = 0
        for key, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            self._read[key] = rows.slice(start, end - start)
            start = end

    def _months(self, wanted: list[str]) -> dict[str, list[str]]:
        """By month the groups that are to be read from it: the newest months first, as far as a page shows their rows."""
        some = self._known.filter(pc.is_in(self._known["key"], pa.array(wanted, pa.string())))
        lines = zip(*(some[name].to_pylist() for name in ("month", "key", "n")), strict=True)
        enough, found = self._kind.most, dict[str, list[str]]()
        passed: dict[str, int] = {}
        dated = sorted(lines, key=lambda line: (line[0][0].isdigit(), line[0]), reverse=True)
        for month, key, n in dated:
            if enough is None or passed.get(key, 0) < enough:
                found.setdefault(month, []).append(key)
            passed[key] = passed.get(key, 0) + n
        return found


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of all months."""

    data: Path
    months: Mapping[str, pa.Table]
    kinds: Mapping[str, Kind]
    marks: Mapping[str, str]
    """By month, what its tables are."""

    def groups(self, kind: str) -> Groups:
        """The groups of a kind."""
        return Groups(self.data, self.kinds[kind], self._of(kind))

    def pairs(self, tie: str) -> list[tuple[str, str]]:
        """The two ends of each tie of a kind, each once, in order."""
        some = self._of(tie)
        return sorted(set(zip(some["key"].to_pylist(), some["other"].to_pylist(), strict=True)))

    def tied(self, tie: str, others: set[str]) -> set[str]:
        """What is tied to some others."""
        some = self._of(tie)
        return set(
            some.filter(pc.is_in(some["other"], pa.array(sorted(others), pa.string())))["key"].to_pylist()
        )

    def documents(self) -> dict[str, Row]:
        """Every article without its text, with a title to show."""
        columns = [name for name in arrow_schema("documents").names if name != "text"]
        titles, found = dict(self.pairs(TITLED)), {}
        for month in self.months:
            for row in part(self.data, "documents", month, columns).to_pylist():
                found[row["doc_id"]] = row | {"title": titles[row["doc_id"]]}
        return found

    def of_month(self, kind: str, month: str) -> list[str]:
        """The keys of a kind that a month has."""
        some = self.months[month]
        return sorted(some.filter(pc.equal(some["kind"], kind))["key"].to_pylist())

    def _of(self, kind: str) -> pa.Table:
        empty = pa.table(
            [*_SCHEMA.empty_table().columns, pa.array([], pa.string())], [*_SCHEMA.names, "month"]
        )
        found = [some.filter(pc.equal(some["kind"], kind)) for some in self.months.values()]
        return pa.concat_tables([empty, *found]).combine_chunks()


def load_known(data: Path, state: Path, kinds: Mapping[str, Kind], marks: Mapping[str, str]) -> Known:
    """What is kept of each month in the folder `state`; a month whose tables are others (`marks`) is looked through again."""
    found: dict[str, pa.Table] = {}
    there = {f"groups.{month}.arrow": month for month in marks}
    for name, month in there.items():
        kept = sealed.kept(state / name, sealed.arrow)
        if kept is None or (kept.schema.metadata or {}).get(b"mark") != marks[month].encode():
            kept = looked_through(data, month, kinds)
            marked = kept.replace_schema_metadata({"mark": marks[month]})
            sealed.write(state / name, sealed.arrow_bytes(marked), sync=False)
        kept = kept.replace_schema_metadata(None)
        found[month] = kept.append_column("month", pa.array([month] * kept.num_rows, pa.string()))
    for path in state.glob("groups.*.arrow"):
        if path.name not in there:
            path.unlink()
    return Known(data, found, kinds, marks)


def looked_through(data: Path, month: str, kinds: Mapping[str, Kind]) -> pa.Table:
    """The groups and ties of a month, and the titles of its articles."""
    documents = {row["doc_id"]: _titled(row) for row in month_rows(data, "documents", month)}
    titles = _tie(TITLED, ((key, row["title"]) for key, row in documents.items()))
    groups = [_groups(name, read(data, month, kind), kind, documents) for name, kind in kinds.items()]
    return pa.concat_tables([titles, *groups, *_ties(data, month)]).combine_chunks()


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
        schema=_SCHEMA,
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


def _ties(data: Path, month: str) -> Iterator[pa.Table]:
    events = part(data, "events", month, ["event_id", "incident_id", "actor_names", "recipient_names"])
    parties = part(data, "event_actors", month, ["event_id", "actor_id", "role"])
    figures = part(data, "figures", month, ["event_id", "tally_id", "source_id"])
    told = _by_key(events)
    partners = {"actor": "recipient_names", "recipient": "actor_names"}
    yield _tie(
        WITH,
        (
            (row["actor_id"], name)
            for row in parties.to_pylist()
            if row["role"] in partners and row["event_id"] in told
            for name in (told[row["event_id"]][partners[row["role"]]] or "").split(SEPARATOR)
        ),
    )
    given = figures.to_pylist()
    yield _tie(SOURCE, ((row["tally_id"], row["source_id"]) for row in given))
    counts = ((told.get(row["event_id"], {}).get("incident_id"), row["tally_id"]) for row in given)
    yield _tie(COUNT, counts)
    mentions = part(data, "mentions", month, ["actor_id"])
    named = {*mentions["actor_id"].unique().to_pylist(), *parties["actor_id"].unique().to_pylist()}
    yield _tie(NAMED, ((key, key) for key in named))


def _by_key(rows: pa.Table) -> dict[Any, Row]:
    return {row[rows.column_names[0]]: row for row in rows.to_pylist()}


def _tie(tie: str, pairs: Iterable[tuple[str | None, str | None]]) -> pa.Table:
    """Ties of a kind, each once, those without an end left out."""
    found = sorted({(key, other) for key, other in pairs if key and other})
    size = len(found)
    keys, others = ([pair[side] for pair in found] for side in (0, 1))
    none = pa.nulls(size, pa.string())
    columns = [
        pa.array([tie] * size, pa.string()),
        pa.array(keys, pa.string()),
        pa.array(others, pa.string()),
        none,
    ]
    numbers = [np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.uint64)]
    return pa.table([*columns, *numbers], schema=_SCHEMA)

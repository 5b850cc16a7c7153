"""From the cache to whole tables: link the rows of all articles, give them their lasting keys, stage them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.extract.rows import ROW_TYPES
from pipeline.gather import LINKED as GATHERED
from pipeline.gather import Gathered, Month, gather, months, note
from pipeline.prepare import ENTITIES, LINKED, ByMonth, Store, WhoIsWho, with_keys
from pipeline.read.article import Rejection
from pipeline.refresh import cached, load_manifest, shards_path
from pipeline.store import disk, shards, staged
from schemas import TABLES
from schemas.arrow import arrow_schema, from_pandas

if TYPE_CHECKING:
    import numpy as np

ACTOR_COLUMNS = (
    ("mentions", "actor_id"),
    ("quotes", "speaker_id"),
    ("figures", "source_id"),
    ("figures", "subject_id"),
    ("event_actors", "actor_id"),
)
"""The columns of the extracted tables that hold an actor's key."""

Keys = Mapping[str, str]
Fill = tuple[str, str, str, Keys]
"""A table, a column to fill, the column by whose values it is looked up, the keys."""


@dataclass(frozen=True, slots=True)
class MonthKeys:
    """What linking found for the rows of a month: keys that hold across articles."""

    actor_of: Keys
    """By key of an actor within its article."""
    incident_of: Keys
    """By event."""
    tally_of: Keys
    """By figure."""
    copy_of: Keys
    """By article that is a copy."""
    names_of: Mapping[str, Keys]
    """By role of a party, by event."""


@dataclass(frozen=True, slots=True)
class Links:
    """What linking found: the tables that span articles, and for each month the keys of its rows."""

    tables: Mapping[str, pa.Table]
    marks: Mapping[str, str]
    """By month, a fingerprint of the keys that are filled into its rows."""
    keys: Callable[[str], MonthKeys]
    """Those of a month."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What was found for the rows of all months, in their order."""

    who: WhoIsWho
    rows: Mapping[str, ByMonth]
    incident_of: pa.ChunkedArray
    """Of each event."""
    tally_of: pa.ChunkedArray
    """Of each figure."""
    copy_of: pa.Array
    """Of each article, null for originals."""

    def keys(self, month: str) -> MonthKeys:
        """The keys of a month's rows."""
        actors, events = self.who.of_month(month), self.rows["events"].of[month]
        found = (("events", "event_id", self.incident_of), ("figures", "figure_id", self.tally_of))
        incident_of, tally_of, copy_of = (
            self._by_key(table, key, month, values)
            for table, key, values in (*found, ("documents", "doc_id", self.copy_of))
        )
        ids = events["event_id"].to_pylist()
        names_of = {
            role: dict(zip(ids, events[f"{role}_names"].to_pylist(), strict=True))
            for role in ("actor", "recipient")
        }
        actor_of = dict(zip(actors["entity_id"], actors["actor_id"], strict=True))
        return MonthKeys(actor_of, incident_of, tally_of, copy_of, names_of)

    def _by_key(self, table: str, key: str, month: str, values: Any) -> dict[str, str]:
        ids = self.rows[table].of[month][key].to_pylist()
        return dict(zip(ids, self.rows[table].slice(values, month).to_pylist(), strict=True))

    def mark(self, month: str, groups: "Mapping[str, np.ndarray[Any, Any]]") -> str:
        """A fingerprint of them; `groups` are the first rows of the groups of events and figures."""
        whole = hashlib.blake2b(self.who.mark(month).encode(), digest_size=16)
        for table, group in groups.items():
            of_table = self.rows[table]
            whole.update(of_table.column("number")[of_table.slice(group, month)].tobytes())
        copies = self.rows["documents"].slice(self.copy_of, month).to_pylist()
        whole.update("\0".join([key or "" for key in copies]).encode("utf-8", "surrogatepass"))
        return whole.hexdigest()


def assemble(data: Path) -> dict[str, int]:
    """Stage every table from the cache and return its number of rows; nothing is done where nothing changed.

    Needs a `refresh` before it. The caller holds the lock on `data`.
    """
    with disk.guarding(data):
        return _assemble(data)


def _assemble(data: Path) -> dict[str, int]:
    manifest, extractor = load_manifest(data)
    rejected = [*manifest.unreadable]
    of_months = months(shards.index(cached(data, extractor), manifest.rows, shards_path(data)))
    with staged.fingerprinted(data, _fingerprint(of_months, rejected, extractor), TABLES) as there:
        if not there:
            gathered = gather(data, of_months)
            links = _link(data, of_months, gathered)
            for table, rows in links.tables.items():
                staged.write(data, table, _in_schema(rows, table))
            _stage_extracted(of_months, gathered, links, data)
            _stage_rejected(rejected, data)
    return {table: staged.parts(data, table).num_rows for table in TABLES}


def _fingerprint(of_months: list[Month], rejected: list[Rejection], extractor: str) -> str:
    """Of all that decides what the tables hold: the articles, the extractor, the code and word lists that link and stage."""
    whole = hashlib.sha256(extractor.encode())
    for month in of_months:
        whole.update(f"{month.name} {month.mark}\n".encode())
    for rejection in rejected:
        whole.update(repr(rejection).encode())
    whole.update(_code().encode())
    return whole.hexdigest()


@cache
def _code() -> str:
    """A fingerprint of the code and word lists that link and stage."""
    whole, root = hashlib.sha256(), Path(__file__).parent
    for folder in (root, root / "link", root / "store", root.parent / "schemas"):
        for path in sorted(folder.glob("*.py")):
            whole.update(path.read_bytes())
    whole.update((root / "link" / "weights.csv").read_bytes())
    return whole.hexdigest()


def _link(data: Path, of_months: list[Month], gathered: Mapping[str, Gathered]) -> Links:
    """Run every link function over the rows of all articles."""
    from pipeline.link.copies import find_copies
    from pipeline.link.incidents import incidents_of
    from pipeline.link.leads import Leads
    from pipeline.link.memory import version
    from pipeline.link.register import actors_of
    from pipeline.link.tallies import tallies_of

    cache = data / "cache" / "link"
    cache.mkdir(parents=True, exist_ok=True)
    store = Store(data, gathered)
    marks = {month.name: f"{month.mark} {_code()} {version()}" for month in of_months}
    entities = ByMonth(ENTITIES, {name: store.entities(name, mark) for name, mark in marks.items()})
    actors = actors_of(entities.whole, cache / "actors.arrays")
    who = WhoIsWho(entities, actors)
    rows = store.all_linked({name: f"{mark} {who.mark(name)}" for name, mark in marks.items()}, who.of_month)
    note(store.folder)
    documents, events, parties, figures = (rows[table].whole.to_pandas() for table in LINKED)
    copies = find_copies(documents, cache=cache)
    documents["duplicate_of"] = copies.to_numpy()
    leads = Leads.read(documents)
    incidents = incidents_of(events, parties, documents, cache=cache, leads=leads)
    incident_of = _of_first(rows["events"].whole["event_id"], incidents.group, "#event", "#incident")
    events["incident_id"] = incident_of.to_pandas()
    tallies, tally = tallies_of(figures, events, documents, cache=cache, leads=leads)
    found = {
        "actors": actors.table,
        "incidents": incidents.incidents,
        "incident_links": from_pandas(incidents.incident_links, arrow_schema("incident_links")),
        "tallies": tallies,
    }
    tally_of = _of_first(rows["figures"].whole["figure_id"], tally, "#figure", "#tally")
    linked = Linked(who, rows, incident_of, tally_of, pa.array(copies, pa.string()))
    groups = {"events": incidents.group, "figures": tally}
    return Links(found, {name: linked.mark(name, groups) for name in marks}, linked.keys)


def _of_first(
    ids: pa.ChunkedArray, group: "np.ndarray[Any, Any]", kind: str, instead: str
) -> pa.ChunkedArray:
    """The key of each row's group, after its first row."""
    return pc.replace_substring(ids.take(pa.array(group)), kind, instead)


def _in_schema(rows: pa.Table, table: str) -> pa.Table:
    """A linked table in its schema, in order of its key (its first column), so that the order of linking does not show."""
    schema = arrow_schema(table)
    return rows.select(schema.names).cast(schema).sort_by(schema.names[0]).combine_chunks()


def _stage_extracted(
    of_months: list[Month], gathered: Mapping[str, Gathered], links: Links, data: Path
) -> None:
    """Stage the tables that hold rows of single articles, their keys filled in; months with the same articles and keys stay.

    What linking has `gathered` is not read from the shards once more.
    """
    extracted = tuple(table for table in TABLES if table in ROW_TYPES)
    staging = {table: staged.Staging(data, table) for table in extracted}
    for month in of_months:
        mark = hashlib.blake2b(
            f"{month.mark} {_code()} {links.marks[month.name]}".encode(), digest_size=16
        ).hexdigest()
        changed = tuple(table for table in extracted if not staging[table].keep(month.name, mark))
        if not changed:
            continue
        there = gathered[month.name]
        found = month.rows(tuple(table for table in changed if table not in GATHERED))
        found |= {table: there[table] for table in changed if table in GATHERED}
        fills = _fills(links.keys(month.name))
        for table in changed:
            for _, column, by, keys in (fill for fill in fills if fill[0] == table):
                found[table] = with_keys(found[table], column, by, keys)
            schema = arrow_schema(table)
            staging[table].write(month.name, found[table].select(schema.names).cast(schema), mark)
    for table in extracted:
        staging[table].save()


def _fills(links: MonthKeys) -> list[Fill]:
    """What linking fills in."""
    return [
        *((table, column, column, links.actor_of) for table, column in ACTOR_COLUMNS),
        ("events", "incident_id", "event_id", links.incident_of),
        ("events", "actor_names", "event_id", links.names_of.get("actor", {})),
        ("events", "recipient_names", "event_id", links.names_of.get("recipient", {})),
        ("figures", "tally_id", "figure_id", links.tally_of),
        ("documents", "duplicate_of", "doc_id", links.copy_of),
    ]


def _stage_rejected(rejected: list[Rejection], data: Path) -> None:
    schema = arrow_schema("rejected_documents")
    rows = [{"path": r.path, "reason": str(r.reason), "detail": r.detail} for r in rejected]
    staged.write(data, "rejected_documents", pa.Table.from_pylist(rows, schema))

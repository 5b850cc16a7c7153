"""From the cache to whole tables: link the rows of all articles, give them their lasting keys, stage them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.extract.rows import ROW_TYPES
from pipeline.gather import Month, gather, joined, months
from pipeline.read.article import Rejection
from pipeline.refresh import cached, load_keys, shards_path
from pipeline.store import disk, shards, staged
from schemas import TABLES
from schemas.arrow import arrow_schema

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
class Links:
    """What linking found: the tables that span articles, and for rows of one article the keys that hold across articles."""

    frames: dict[str, pd.DataFrame]
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


def assemble(data: Path) -> dict[str, int]:
    """Stage every table from the cache and return its number of rows; nothing is done where nothing changed.

    Needs a `refresh` before it. The caller holds the lock on `data`.
    """
    with disk.guarding(data):
        return _assemble(data)


def _assemble(data: Path) -> dict[str, int]:
    wanted, rejected, extractor = load_keys(data)
    of_months = months(shards.index(cached(data, extractor), wanted, shards_path(data)))
    with staged.fingerprinted(data, _fingerprint(of_months, rejected, extractor), TABLES) as there:
        if not there:
            rows = gather(data, of_months)
            links = _link(joined(rows), data / "cache" / "link")
            for table, frame in links.frames.items():
                staged.write(data, table, _from_pandas(frame, table))
            _stage_extracted(of_months, rows, links, data)
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


def _link(rows: Mapping[str, pa.Table], cache: Path) -> Links:
    """Run every link function over the rows of all articles, by table."""
    from pipeline.link.actors import link_actors
    from pipeline.link.copies import find_copies
    from pipeline.link.incidents import link_incidents
    from pipeline.link.leads import Leads
    from pipeline.link.parties import party_names
    from pipeline.link.tallies import link_tallies

    cache.mkdir(parents=True, exist_ok=True)
    documents = rows["documents"].to_pandas()
    actors, actor_of = link_actors(rows["entities"].to_pandas())
    copies = find_copies(documents, cache=cache).dropna()
    copy_of = dict(zip(copies.index, copies, strict=True))
    documents["duplicate_of"] = pd.Series([copy_of.get(key) for key in documents["doc_id"]], dtype="str")
    event_actors = _with_keys(rows["event_actors"], "actor_id", "actor_id", actor_of).to_pandas()
    figures = _with_keys(rows["figures"], "source_id", "source_id", actor_of).to_pandas()
    names_of = party_names(event_actors, actors)
    named = rows["events"]
    for role in ("actor", "recipient"):
        named = _with_keys(named, f"{role}_names", "event_id", names_of.get(role, {}))
    events = named.to_pandas()
    leads = Leads.read(documents)
    incidents, incident_links, incident_of = link_incidents(
        events, event_actors, documents, cache=cache, leads=leads
    )
    events["incident_id"] = pd.Series([incident_of.get(key) for key in events["event_id"]], dtype="str")
    tallies, tally_of = link_tallies(figures, events, documents, cache=cache, leads=leads)
    frames = {
        "actors": actors,
        "incidents": incidents,
        "incident_links": incident_links,
        "tallies": tallies,
    }
    return Links(frames, actor_of, incident_of, tally_of, copy_of, names_of)


def _from_pandas(frame: pd.DataFrame, table: str) -> pa.Table:
    """A linked table in its schema, in order of its key (its first column), so that the order of linking does not show."""
    schema = arrow_schema(table)
    frame = frame.sort_values(schema.names[0])
    columns = [
        pa.nulls(len(frame), field.type)  # pandas gives a column without values any type
        if frame[field.name].isna().all()
        else pa.array(frame[field.name], field.type, from_pandas=True)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _with_keys(rows: pa.Table, column: str, by: str, keys: Keys) -> pa.Table:
    """Fill a column with the keys that belong to the values of column `by`; null where there is none."""
    filled = pa.array(
        [keys.get(value) if value is not None else None for value in rows[by].to_pylist()], pa.string()
    )
    return rows.set_column(rows.column_names.index(column), column, filled)


def _stage_extracted(
    of_months: list[Month], rows: Mapping[str, Mapping[str, pa.Table]], links: Links, data: Path
) -> None:
    """Stage the tables that hold rows of single articles, their keys filled in; months with the same articles and keys stay."""
    extracted = tuple(table for table in TABLES if table in ROW_TYPES)
    staging = {table: staged.Staging(data, table) for table in extracted}
    fills = _fills(links)
    for month in of_months:
        mark = _made_from(month, rows[month.name], links)
        changed = tuple(table for table in extracted if not staging[table].keep(month.name, mark))
        if not changed:
            continue
        found = month.rows(changed)
        for table in changed:
            for _, column, by, keys in (fill for fill in fills if fill[0] == table):
                found[table] = _with_keys(found[table], column, by, keys)
            schema = arrow_schema(table)
            staging[table].write(month.name, found[table].select(schema.names).cast(schema), mark)
    for table in extracted:
        staging[table].save()


def _fills(links: Links) -> list[Fill]:
    """What linking fills in."""
    return [
        *((table, column, column, links.actor_of) for table, column in ACTOR_COLUMNS),
        ("events", "incident_id", "event_id", links.incident_of),
        ("events", "actor_names", "event_id", links.names_of.get("actor", {})),
        ("events", "recipient_names", "event_id", links.names_of.get("recipient", {})),
        ("figures", "tally_id", "figure_id", links.tally_of),
        ("documents", "duplicate_of", "doc_id", links.copy_of),
    ]


def _made_from(month: Month, rows: Mapping[str, pa.Table], links: Links) -> str:
    """A fingerprint of all that a month's tables are made from: its articles, the keys that are filled in, the code."""
    whole = hashlib.blake2b(f"{month.mark} {_code()}".encode(), digest_size=16)
    for found in _keys_of(rows, links):
        whole.update("\0".join([key or "" for key in found]).encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()


def _keys_of(rows: Mapping[str, pa.Table], links: Links) -> Iterator[list[str | None]]:
    """The keys that are filled into a month's rows, each once, in their order."""
    roles = (links.names_of.get("actor", {}), links.names_of.get("recipient", {}))
    for table, column, *of in (
        ("entities", "entity_id", links.actor_of),
        ("events", "event_id", links.incident_of, *roles),
        ("figures", "figure_id", links.tally_of),
        ("documents", "doc_id", links.copy_of),
    ):
        values = rows[table][column].to_pylist()
        for keys in of:
            yield [*map(keys.get, values)]


def _stage_rejected(rejected: list[Rejection], data: Path) -> None:
    schema = arrow_schema("rejected_documents")
    rows = [{"path": r.path, "reason": str(r.reason), "detail": r.detail} for r in rejected]
    staged.write(data, "rejected_documents", pa.Table.from_pylist(rows, schema))

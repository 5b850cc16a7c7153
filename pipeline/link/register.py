"""The actors of all articles, kept from run to run: only those are looked up again whose names new or changed articles share.

An actor is found by its name, a lone surname by its post (`pipeline.link.actors`). So whom an article means depends on no article
but those that share a name or a post with it, by however many others between them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.link import memory
from pipeline.link.actors import COLUMNS, known_by, link_actors
from pipeline.link.memory import Digests, digests, numbers, rows_now
from pipeline.link.rows import Flags, Ints
from schemas.arrow import arrow_schema, from_pandas

NO_POST = np.uint64(0)
SCHEMA = pa.schema([arrow_schema("actors").field(name) for name in COLUMNS])


class Actors(NamedTuple):
    """The actors, and who is who."""

    table: pa.Table
    """In order of their keys."""
    of: Ints
    """The row of each entity's actor."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run leaves to the next, an entry for each entity; numbers stand for what entities are known by."""

    digests: Digests
    known_by: Digests
    post: Digests
    of: Ints
    table: pa.Table


def prepared_entities(entities: pd.DataFrame) -> pd.DataFrame:
    """Entities with a digest, and with numbers for the name and the post that they are looked up by."""
    rows = pa.Table.from_pandas(entities, preserve_index=False).to_pylist()
    found = [known_by(row) for row in rows]
    return entities.assign(
        digest=digests(entities),
        known_by=numbers([":".join(name.split(":")[:2]) for name, _ in found]),
        post=np.where(
            [post is None for _, post in found], NO_POST, numbers([repr(post) for _, post in found])
        ),
    )


def actors_of(entities: pa.Table, path: Path | None = None) -> Actors:
    """The actors of prepared entities, as `link_actors` finds them among all; `path` is the file of what is kept."""
    now = {name: entities[name].to_numpy() for name in ("digest", "known_by", "post")}
    none = now["digest"][:0]
    kept = memory.load(path, Kept)
    if not memory.each_once(none if kept is None else kept.digests, now["digest"]):
        kept, path = None, None  # those that cannot be told apart cannot be found again
    if kept is None:
        kept = Kept(none, none, none, np.zeros(0, dtype=np.int64), SCHEMA.empty_table())
    if np.array_equal(kept.digests, now["digest"]):
        return Actors(kept.table, kept.of)
    row_of = rows_now(kept.digests, now["digest"])
    new, gone = np.ones(len(entities), dtype=np.bool_), row_of < 0
    new[row_of[~gone]] = False
    names = _reached(now["known_by"], now["post"], new, (kept.known_by[gone], kept.post[gone]))
    again = np.isin(now["known_by"], names)
    found = _updated(kept, row_of, np.isin(kept.known_by, names), entities, again)
    memory.save(path, Kept(now["digest"], now["known_by"], now["post"], found.of, found.table))
    return found


def _reached(known_by: Digests, post: Digests, new: Flags, gone: tuple[Digests, Digests]) -> Digests:
    """The names that are known by rows which are new or gone, and those that share a name or post with them, by however many others between."""
    names, posts = np.unique(np.append(known_by[new], gone[0])), np.unique(np.append(post[new], gone[1]))
    while True:
        near = np.isin(known_by, names) | np.isin(post, posts[posts != NO_POST])
        more = np.union1d(names, known_by[near]), np.union1d(posts, post[near])
        if len(more[0]) == len(names) and len(more[1]) == len(posts):
            return names
        names, posts = more


def _updated(kept: Kept, row_of: Ints, old: Flags, entities: pa.Table, again: Flags) -> Actors:
    """The actors after those of some entities (`old` among the kept ones, `again` among those of now) were looked up again."""
    stays = np.ones(kept.table.num_rows, dtype=np.bool_)
    stays[kept.of[old]] = False
    frame, keys = link_actors(entities.filter(pa.array(again)).to_pandas())
    table = pa.concat_tables(
        [kept.table.filter(pa.array(stays)), from_pandas(frame, SCHEMA)]
    ).combine_chunks()
    order = pc.sort_indices(table["actor_id"]).to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    of = np.full(len(entities), -1, dtype=np.int64)
    same = (row_of >= 0) & ~old
    of[row_of[same]] = np.append(place, -1)[np.cumsum(stays) - 1][kept.of[same]]
    table = table.take(pa.array(order))
    ids = pa.array(
        [keys[key] for key in entities["entity_id"].filter(pa.array(again)).to_pylist()], pa.string()
    )
    of[again] = pc.index_in(ids, table["actor_id"].combine_chunks()).to_numpy(zero_copy_only=False)
    return Actors(table, of)

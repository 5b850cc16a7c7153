"""The keys of each part of a table, and those of other tables in it, kept as numbers: what only all rows together show is asked of these.

Two keys may share a number. So where numbers say that a key stands twice, or has no row, the rows themselves are looked at.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store import sealed
from pipeline.store.parts import Part, Parts
from schemas import TABLES, Table

Numbers = npt.NDArray[np.uint64]
_SCHEMA = pa.schema([("digest", pa.string()), ("column", pa.string()), ("keys", pa.list_(pa.uint64()))])
_own: dict[tuple[Path, str], tuple[list[str], Numbers]] = {}
"""The keys of each table in order, and which rows they are of: several tables ask for them in one run."""
_read: dict[Path, tuple[list[str], pa.Table]] = {}
"""The keys of all parts of each table, and which rows they are of: asked for twice a run."""


def may_clash(data: Path, table: Table, parts_of: Callable[[str], Parts]) -> bool:
    """Whether a key may stand in two rows, or one of another table in none of its rows; never False where it does."""
    digests = [part.digest for part in parts_of(table.name).all]
    if len(set(digests)) < len(digests):
        return True
    own = own_keys(data, table.name, parts_of)
    if (own[1:] == own[:-1]).any():
        return True
    kept = _kept(data, table, parts_of(table.name))
    for column, target in table.foreign_keys.items():
        known = own_keys(data, target, parts_of)
        held = np.sort(_of_column(kept, column))  # in order they are looked up in a fraction of the time
        places = np.minimum(np.searchsorted(known, held), max(0, len(known) - 1))
        if len(held) and (not len(known) or (known[places] != held).any()):
            return True
    return False


def own_keys(data: Path, name: str, parts_of: Callable[[str], Parts]) -> Numbers:
    """The keys of all rows of a table as numbers, in order."""
    parts = parts_of(name)
    digests = [part.digest for part in parts.all]
    known = _own.get((data, name))
    if known is None or known[0] != digests:
        known = digests, np.sort(_of_column(_kept(data, TABLES[name], parts), TABLES[name].key))
        _own[data, name] = known
    return known[1]


def _kept(data: Path, table: Table, parts: Parts) -> pa.Table:
    """The keys of all parts; only of those that are new are the rows read."""
    path = data / "cache" / "verdicts" / f"{table.name}.keys.arrow"
    digests = [part.digest for part in parts.all]
    if path not in _read or _read[path][0] != digests:
        _read[path] = digests, _brought_up_to_date(path, table, parts)
    return _read[path][1]


def _brought_up_to_date(path: Path, table: Table, parts: Parts) -> pa.Table:
    """The same from what is kept in a file, which is written anew where it is not of these parts."""
    kept = sealed.kept(path, sealed.arrow)
    if kept is None or kept.schema != _SCHEMA:
        kept = _SCHEMA.empty_table()
    wanted = {part.digest: part for part in parts.all}
    new = wanted.keys() - set(kept["digest"].to_pylist())
    found = kept.filter(pc.is_in(kept["digest"], pa.array(list(wanted), pa.string())))
    if new or found.num_rows < kept.num_rows:
        lines = [line for key in sorted(new) for line in _lines(table, wanted[key])]
        found = pa.concat_tables([found, pa.Table.from_pylist(lines, _SCHEMA)]).combine_chunks()
        sealed.write(path, sealed.arrow_bytes(found), sync=False)
    return found


def _lines(table: Table, part: Part) -> list[dict[str, object]]:
    rows = part.read()
    return [
        {"digest": part.digest, "column": column, "keys": numbers_of(rows[column], once=column != table.key)}
        for column in dict.fromkeys((table.key, *table.foreign_keys))
    ]


def numbers_of(keys: pa.ChunkedArray, *, once: bool) -> Numbers:
    """Keys as numbers, those that there are; each `once`, or as often as it stands there."""
    there = keys.drop_null()
    there = pc.unique(there) if once else there
    return np.asarray(pd.util.hash_array(there.to_numpy(zero_copy_only=False)), dtype=np.uint64)


def _of_column(kept: pa.Table, column: str) -> Numbers:
    keys = kept.filter(pc.equal(kept["column"], column))["keys"].combine_chunks()
    return np.asarray(pc.list_flatten(keys).to_numpy(zero_copy_only=False), dtype=np.uint64)

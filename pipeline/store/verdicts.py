"""What the checks said of each month of a table (of each run of rows where it has no months), so that only others are checked again.

What needs all rows (a key given twice, a key of another table that it has not) is asked of what is kept of the keys (`pipeline.store.keys`).
"""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pandera
import pyarrow as pa

import schemas
from pipeline import lexicon
from pipeline.store import keys, sealed
from pipeline.store.parts import Part, Parts, cut
from schemas import TABLES, Table
from schemas.validation import Failures, across_rows, all_failures, has_wrong_columns, of_rows, validate

KEPT_FAILURES = 1_000
"""Failing rows of a month that are kept; a month with more is checked anew each time."""

Verdict = list[list[str]]


def check(
    data: Path, name: str, load: Callable[[str], pa.Table], parts: Callable[[str], Parts] | None = None
) -> Failures:
    """Every failing row of a table, as `schemas.validation.validate` finds them, but in their order.

    `load` gives any table by name, `parts` the same in parts.
    """
    parts_of = parts or (lambda name: cut(load(name)))
    table, rows = TABLES[name], parts_of(name)
    if has_wrong_columns(table, rows.schema.empty_table()):
        return validate(name, load)
    path = data / "cache" / "verdicts" / f"{name}.json"
    kept: dict[str, Verdict] = sealed.kept_json(path) or {}
    texts = dict(parts_of("documents").by_month()) if table.spans else {}
    across, found, now = _across(data, table, load, parts_of), list[list[str]](), dict[str, Verdict]()
    for part in rows.all:
        articles = texts.get(part.month, [])
        mark = _mark(name, part, articles)
        verdict = kept.get(mark, kept.get(f"{mark} {date.today()}"))  # may pass on another day
        if verdict is None:
            words = pa.concat_tables(some.read() for some in articles) if articles else None
            verdict = of_rows(table, part.read(), words).to_numpy().tolist()
        if not verdict:
            now[mark] = verdict
        elif len(verdict) <= KEPT_FAILURES:
            now[f"{mark} {date.today()}"] = verdict
        found += verdict
    if now != kept:
        sealed.write_json(path, now, sync=False)
    return all_failures([across, found])


def _across(
    data: Path, table: Table, load: Callable[[str], pa.Table], parts_of: Callable[[str], Parts]
) -> Failures:
    """What only all rows together show; they are looked at only where it may be that some fail."""
    told = table.name == "rejected_documents" or not parts_of(table.name).num_rows
    if told or keys.may_clash(data, table, parts_of):
        return across_rows(table, load(table.name), load)
    return all_failures([])


def _mark(name: str, part: Part, articles: list[Part]) -> str:
    """What decides on a verdict: the rows, the texts of their articles, the code."""
    digests = [part.digest, *(some.digest for some in articles)]
    return hashlib.blake2b(" ".join([name, _code(), *digests]).encode(), digest_size=12).hexdigest()


@cache
def _code() -> str:
    whole = hashlib.blake2b(
        f"{pandera.__version__} {pd.__version__} {pa.__version__}".encode(), digest_size=12
    )
    folders = (Path(schemas.__file__).parent, Path(lexicon.__file__).parent)  # vocabularies are word lists
    for path in sorted(path for folder in folders for path in folder.glob("*.*")):
        whole.update(path.read_bytes())
    return whole.hexdigest()

"""What the checks said of each month of a table (of each run of rows where it has no months), so that only others are checked again.

What needs all rows (a key given twice, a key of another table that it has not) is looked up in the columns of keys alone.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pandera
import pyarrow as pa

import schemas
from pipeline import lexicon
from pipeline.store import sealed
from pipeline.store.publish import blocks, digest, months
from schemas import TABLES
from schemas.validation import Failures, across_rows, all_failures, has_wrong_columns, of_rows, validate

KEPT_FAILURES = 1_000
"""Failing rows of a month that are kept; a month with more is checked anew each time."""

Verdict = list[list[str]]


def check(data: Path, name: str, load: Callable[[str], pa.Table]) -> Failures:
    """Every failing row of a table, as `schemas.validation.validate` finds them, but in their order."""
    table, rows = TABLES[name], load(name)
    if has_wrong_columns(table, rows):
        return validate(name, load)
    path = data / "cache" / "verdicts" / f"{name}.json"
    kept: dict[str, Verdict] = sealed.kept_json(path) or {}
    texts = dict(months(load("documents"))) if table.spans else {}
    found, now = [across_rows(table, rows, load)], {}
    for month, part in ((month, part) for month, of_month in months(rows) for part in blocks(of_month)):
        articles = texts.get(month)
        mark = _mark(name, part, articles)
        failures = _kept(kept, mark)
        if failures is None:
            failures = of_rows(table, part, articles)
        verdict = failures.to_numpy().tolist()
        if not verdict:
            now[mark] = verdict
        elif len(verdict) <= KEPT_FAILURES:
            now[f"{mark} {date.today()}"] = verdict
        found.append(failures)
    if now != kept:
        sealed.write_json(path, now, sync=False)
    return all_failures(found)


def _kept(kept: dict[str, Verdict], mark: str) -> Failures | None:
    """What was found of a month; a row that failed may pass on another day (one of tomorrow is no error then)."""
    known = kept.get(mark, kept.get(f"{mark} {date.today()}"))
    return None if known is None else all_failures([known])


def _mark(name: str, rows: pa.Table, articles: pa.Table | None) -> str:
    """What decides on a verdict: the rows, the texts of their articles, the code."""
    parts: Iterator[str] = (digest(part) for part in (rows, articles) if part is not None)
    return hashlib.blake2b(" ".join([name, _code(), *parts]).encode(), digest_size=12).hexdigest()


@cache
def _code() -> str:
    whole = hashlib.blake2b(
        f"{pandera.__version__} {pd.__version__} {pa.__version__}".encode(), digest_size=12
    )
    folders = (Path(schemas.__file__).parent, Path(lexicon.__file__).parent)  # vocabularies are word lists
    for path in sorted(path for folder in folders for path in folder.glob("*.*")):
        whole.update(path.read_bytes())
    return whole.hexdigest()

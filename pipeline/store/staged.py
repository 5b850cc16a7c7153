"""Whole tables between linking and publishing, one Arrow file each under `<data>/cache/staged/`, mapped not loaded."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.store import atomic, sealed


def folder(data: Path) -> Path:
    """Where a data folder's staged tables lie."""
    return data / "cache" / "staged"


def path(data: Path, table: str) -> Path:
    """The file of a staged table."""
    return folder(data) / f"{table}.arrow"


@contextlib.contextmanager
def writing(data: Path, table: str, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    """Stage a table in parts: call what this gives with each, in order and in `schema`."""
    with (
        sealed.writing(path(data, table)) as file,
        pa.ipc.new_file(pa.PythonFile(file, "w"), schema) as writer,
    ):
        yield writer.write_table


def write(data: Path, table: str, rows: pa.Table) -> None:
    """Stage a whole table."""
    with writing(data, table, rows.schema) as append:
        append(rows)


def load(data: Path, table: str) -> pa.Table:
    """A staged table, mapped from its file. FileNotFoundError where none is staged."""
    return sealed.arrow(sealed.read(path(data, table)))


def fingerprint(data: Path) -> str | None:
    """What the staged tables were made from; None where they are not complete."""
    found = sealed.kept_json(_mark(data))
    return found if isinstance(found, str) else None


@contextlib.contextmanager
def fingerprinted(data: Path, wanted: str, tables: Iterable[str]) -> Iterator[bool]:
    """True inside the block where all tables are staged from `wanted` already; else notes it when the block ends.

    A staged table that is damaged is named in a warning, and all are made again.
    """
    there = fingerprint(data) == wanted
    if there:
        whole = [sealed.kept(path(data, table), sealed.arrow) is not None for table in tables]
        there = all(whole)
    if not there:
        folder(data).mkdir(parents=True, exist_ok=True)
        atomic.remove(_mark(data))
    yield there
    if not there:
        sealed.write_json(_mark(data), wanted)


def _mark(data: Path) -> Path:
    return folder(data) / "fingerprint.json"

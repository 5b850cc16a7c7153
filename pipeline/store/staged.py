"""Whole tables between linking and publishing, one Arrow file each under `<data>/cache/staged/`, mapped not loaded."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.store import atomic


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
        atomic.replacing(path(data, table)) as part,
        pa.OSFile(str(part), "wb") as sink,
        pa.ipc.new_file(sink, schema) as writer,
    ):
        yield writer.write_table


def write(data: Path, table: str, rows: pa.Table) -> None:
    """Stage a whole table."""
    with writing(data, table, rows.schema) as append:
        append(rows)


def load(data: Path, table: str) -> pa.Table:
    """A staged table, mapped from its file. FileNotFoundError where none is staged."""
    with pa.memory_map(str(path(data, table))) as source:
        return pa.ipc.open_file(source).read_all()


@contextlib.contextmanager
def fingerprinted(data: Path, fingerprint: str, tables: Iterable[str]) -> Iterator[bool]:
    """True inside the block where all tables are staged from `fingerprint` already; else notes it when the block ends."""
    mark = folder(data) / "fingerprint"
    folder(data).mkdir(parents=True, exist_ok=True)
    there = (
        mark.is_file()
        and mark.read_text("utf-8") == fingerprint
        and all(path(data, t).is_file() for t in tables)
    )
    if not there:
        atomic.remove(mark)
    yield there
    if not there:
        atomic.write_bytes(mark, fingerprint.encode())

"""Tables between linking and publishing, under `<data>/cache/staged/`: an Arrow file a month, one for a table that spans articles.

Beside them stands for each table which files it has, what each was made from and the fingerprints of its rows: a month that is
made from the same is not made again, and who checks and publishes it need not read it. Files are mapped, not loaded.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.store import atomic, sealed
from pipeline.store.parts import UNDATED, WHOLE, Part, Parts, blocks, digest, digests_of_runs, months
from pipeline.store.record import file_state
from schemas.arrow import arrow_schema

Line = list[Any]
"""A month: its name, what it was made from, the size and time of its file, fingerprint and number of its rows run by run."""

_lists: dict[Path, tuple[list[int], list[Line]]] = {}
"""What each list held, and its size and time of change: several tables are asked for theirs again and again in a run."""
_opened: dict[str, Any] = {}
"""The file that was opened last."""
_parts: dict[Path, tuple[list[int], Parts]] = {}
"""The parts of each table, and the size and time of change of the list that they were told from."""


def folder(data: Path) -> Path:
    """Where a data folder's staged tables lie."""
    return data / "cache" / "staged"


class Staging:
    """The files of a table, brought up to date month by month. What is neither kept nor written is gone when it is saved."""

    def __init__(self, data: Path, table: str) -> None:
        """What the last run left."""
        self.data, self.table = data, table
        self._known = {str(line[0]): line for line in _listed(data, table)}
        self._now: list[Line] = []

    def keep(self, month: str, mark: str) -> bool:
        """Keep a month as it is; False where it was not made from `mark`, or its file is not the one that was written."""
        line = self._known.get(month)
        if line is None or line[1] != mark or not _is_there(self.data, self.table, line):
            return False
        self._now.append(line)
        return True

    def write(self, month: str, rows: pa.Table, mark: str = "") -> None:
        """Write a month anew; `mark` tells what it was made from."""
        path, rows = _path(self.data, self.table, month), rows.combine_chunks()
        runs = [[name, n] for name, n in self._runs(month, rows) if n or month == WHOLE]
        if rows.num_rows or month == WHOLE:
            with (
                sealed.writing(path) as file,
                pa.ipc.new_file(pa.PythonFile(file, "w"), rows.schema) as writer,
            ):
                writer.write_table(rows)
        self._now.append([month, mark, *(file_state(path) if runs else [-1, -1]), runs])

    def _runs(self, month: str, rows: pa.Table) -> Iterator[tuple[str, int]]:
        """The fingerprint and number of rows of each run; of a table without months only those that changed are hashed."""
        line = self._known.get(month) if month == WHOLE else None
        if line is not None and line[4] and _is_there(self.data, self.table, line):
            with contextlib.suppress(sealed.DamagedError, FileNotFoundError):
                before = _month(self.data, self.table, month)
                if before.schema == rows.schema and sum(n for _, n in line[4]) == before.num_rows:
                    return digests_of_runs(rows, before, line[4])
        return ((digest(run), run.num_rows) for run in blocks(rows))

    def save(self) -> None:
        """Forget the months that are gone, and keep what there is."""
        there = {_path(self.data, self.table, str(line[0])) for line in self._now if line[4]}
        for path in folder(self.data).glob(f"{self.table}.*.arrow"):
            if path not in there:
                atomic.remove(path)
        if self._now != [*self._known.values()] or not _list(self.data, self.table).is_file():
            sealed.write_json(_list(self.data, self.table), self._now)


def write(data: Path, table: str, rows: pa.Table) -> None:
    """Stage a whole table."""
    staging = Staging(data, table)
    for month, some in months(rows):
        staging.write(month, some)
    staging.save()


def parts(data: Path, table: str) -> Parts:
    """A staged table in parts; nothing is read before it is asked for. FileNotFoundError where none is staged."""
    if not _list(data, table).is_file():
        raise FileNotFoundError(_list(data, table))
    state = file_state(_list(data, table))
    known = _parts.get(_list(data, table))
    if known is None or known[0] != state:
        known = _parts[_list(data, table)] = state, _in_parts(data, table)
    return known[1]


def _in_parts(data: Path, table: str) -> Parts:
    found: list[Part] = []
    for month, _, _, _, runs in _listed(data, table):
        start, rows = 0, partial(_month, data, table, month)
        for name, n in runs:
            found.append(Part(month, name, n, partial(_read, rows, start, n)))
            start += n
    if not found:
        schema = arrow_schema(table)
        found.append(Part(UNDATED, digest(schema.empty_table()), 0, schema.empty_table))
        return Parts(schema, tuple(found))
    return Parts(_schema(data, table, found[0].month), tuple(found))


def load(data: Path, table: str) -> pa.Table:
    """A staged table, mapped from its files. FileNotFoundError where none is staged."""
    if not _list(data, table).is_file():
        raise FileNotFoundError(_list(data, table))
    found = [_month(data, table, line[0]) for line in _listed(data, table) if line[4]]
    return pa.concat_tables(found) if found else arrow_schema(table).empty_table()


def fingerprint(data: Path) -> str | None:
    """What the staged tables were made from; None where they are not complete."""
    found = sealed.kept_json(_mark(data))
    return found if isinstance(found, str) else None


@contextlib.contextmanager
def fingerprinted(data: Path, wanted: str, tables: Iterable[str]) -> Iterator[bool]:
    """True inside the block where all tables are staged from `wanted` already; else notes it when the block ends.

    A file that is not the one that was written is named in a warning where it is damaged, and made again.
    """
    there = fingerprint(data) == wanted
    if there:
        there = False not in [_whole(data, table) for table in tables]  # each damaged one is named
    if not there:
        folder(data).mkdir(parents=True, exist_ok=True)
        atomic.remove(_mark(data))
    try:
        yield there
    finally:
        close()
    if not there:
        sealed.write_json(_mark(data), wanted)


def close() -> None:
    """Let go of the file that was opened last: a folder of which a file is mapped can not be unmounted."""
    _opened.clear()


def _whole(data: Path, table: str) -> bool:
    there = [_is_there(data, table, line) for line in _listed(data, table)]
    return _list(data, table).is_file() and False not in there


def _is_there(data: Path, table: str, line: Line) -> bool:
    """Whether the file of a month is the one that was written, by its size and time of change."""
    path = _path(data, table, str(line[0]))
    if file_state(path) == line[2:4]:
        return True
    sealed.kept(path, sealed.arrow)  # says so where it is damaged
    return False


def _listed(data: Path, table: str) -> list[Line]:
    """The months that were staged."""
    path = _list(data, table)
    state = file_state(path)
    if path not in _lists or _lists[path][0] != state:
        _lists[path] = state, sealed.kept_json(path) or []
    return _lists[path][1]


def _read(rows: Callable[[], pa.Table], start: int, n: int) -> pa.Table:
    return rows().slice(start, n)


def _month(data: Path, table: str, month: object) -> pa.Table:
    path = _path(data, table, str(month))
    try:
        if _opened.get("which") != [path, *file_state(path)]:  # runs of one file: it is opened once
            _opened.update(rows=sealed.arrow(sealed.read(path)), which=[path, *file_state(path)])
        return _opened["rows"]
    except sealed.DamagedError as error:
        sealed.forget(path, error, "the next run makes it again")
        raise


def _schema(data: Path, table: str, month: str) -> pa.Schema:
    return _month(data, table, month).schema


def _path(data: Path, table: str, month: str) -> Path:
    return folder(data) / f"{table}.{month}.arrow"


def _list(data: Path, table: str) -> Path:
    return folder(data) / f"{table}.json"


def _mark(data: Path) -> Path:
    return folder(data) / "fingerprint.json"

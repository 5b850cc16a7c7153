"""`newstables.duckdb`: a version as one file that BI tools open, with the views that analysts write again and again.

It holds the rows themselves, so that it works wherever it is opened or copied to: DuckDB finds the files of a view
either by where they lay when it was made or from where the reader stands, and neither holds in a container or on another
machine. Where that would be too much to keep twice, the tables are views over the version's Parquet instead.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.store import atomic
from pipeline.store.parts import UNDATED, WHOLE
from pipeline.store.record import FOLDER, file_state
from schemas import TABLES, Table
from schemas.views import VIEWS

NAME = "newstables.duckdb"
STORAGE = "v1.0.0"
"""The oldest file format that DuckDB still writes: drivers of BI tools are seldom new."""
PARQUET = ".parquet"
TABLES_KIND, VIEWS_KIND = "tables", "views"


def write(folder: Path, kind: str = TABLES_KIND, before: Path | None = None) -> Path:
    """Write the database of the version in `folder`; `kind` says whether it holds the rows or views over the Parquet.

    `before` is the folder of an older version: where the same program made its database, that is copied and brought up to
    date, which costs what changed. The rows are then those of one made anew; their order, which SQL does not promise, is not.
    """
    path = folder / NAME
    if before is not None and kind == TABLES_KIND and _can_follow(before):
        atomic.put(path, lambda part: _follow(part, folder, before))
    else:
        atomic.put(path, lambda part: _write(part, folder, kind))
    return path


def mark(kind: str) -> str:
    """A file in the version's record whose name tells what made the database, so that another program makes it anew."""
    whole = hashlib.sha256(f"{kind} {STORAGE} {duckdb.__version__}".encode())
    for statement in statements(Path(), kind):
        whole.update(statement.encode())
    return f"{FOLDER}/database-{whole.hexdigest()[:12]}"


def _write(part: Path, folder: Path, kind: str) -> None:
    part.unlink(missing_ok=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach {quoted(str(part))} as new (storage_version {quoted(STORAGE)})")
        connection.execute("use new")
        connection.execute("begin")  # each statement would wait for the disk else
        for statement in statements(folder, kind):
            connection.execute(statement)
        connection.execute("commit")
        connection.execute("checkpoint new")
        connection.execute("use memory")
        connection.execute("detach new")


def _can_follow(before: Path) -> bool:
    """Whether this program made the database of a version, and most of it is in use."""
    path = before / NAME
    if not path.is_file() or not (before / mark(TABLES_KIND)).exists():
        return False
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute(
                "select used_blocks, free_blocks from pragma_database_size()"
            ).fetchone()
    except duckdb.Error:
        return False
    return found is not None and found[1] <= found[0]


def _follow(part: Path, folder: Path, before: Path) -> None:
    """The database of `before` with the rows of the files that are others in `folder`."""
    shutil.copyfile(before / NAME, part)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach {quoted(str(part))} as new")
        connection.execute("use new")
        connection.execute("begin")
        for table in TABLES.values():
            for month in changed_months(folder / "parquet" / table.name, before / "parquet" / table.name):
                for statement in _of_month(table, folder / "parquet" / table.name / f"{month}.parquet"):
                    connection.execute(statement)
        connection.execute("commit")
        connection.execute("checkpoint new")
        connection.execute("use memory")
        connection.execute("detach new")


def changed_months(now: Path, before: Path) -> list[str]:
    """The months of a table whose Parquet is another than in the version before, or gone: what stayed is the same file."""
    ours, theirs = _months(now), _months(before)
    return sorted(
        month
        for month in ours.keys() | theirs
        if month not in ours or month not in theirs or not _same_file(ours[month], theirs[month])
    )


def _months(folder: Path) -> dict[str, "os.DirEntry[str]"]:
    """The files of a table by their months."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name[: -len(PARQUET)]: entry for entry in entries if entry.name.endswith(PARQUET)}
    except FileNotFoundError:
        return {}


def _same_file(one: "os.DirEntry[str]", other: "os.DirEntry[str]") -> bool:
    """Whether two names are those of one file, or of two of the same size and time of change."""
    return one.inode() == other.inode() or file_state(Path(one.path)) == file_state(Path(other.path))


def _of_month(table: Table, parquet: Path) -> Iterator[str]:
    """The SQL that replaces a month of a table by what its file holds now: only rows that are others are touched."""
    name, key, month = table.name, identifier(table.key), parquet.stem
    within = "true"
    if month == UNDATED:
        within = "published_on is null"
    elif month != WHOLE:
        first = f"date '{month}-01'"
        within = f"published_on >= {first} and published_on < {first} + interval 1 month"
    if not parquet.exists():
        yield f"delete from {name} where {within}"
        return
    rows = f"(from read_parquet({quoted(str(parquet.absolute()))}))"
    yield f"create temp table fresh as from {rows} except (from {name} where {within})"
    yield (
        f"delete from {name} where {within} and ({key} not in (select {key} from {rows})"
        f" or {key} in (select {key} from fresh))"
    )
    yield f"insert into {name} from fresh"
    yield "drop table fresh"


def statements(folder: Path, kind: str) -> Iterator[str]:
    """The SQL that makes the database of a version."""
    for table in TABLES.values():
        yield from _table(table, folder / "parquet" / table.name, kind)
    for view in VIEWS.values():
        yield f"create view {view.name} as {view.sql}"
        yield from _comments("view", view.name, view.description, view.columns)
    yield from _relations()


def _table(table: Table, parquet: Path, kind: str) -> Iterator[str]:
    """A table, with its rows or over its files; empty where none was ever published."""
    what = "table" if kind == TABLES_KIND else "view"
    if any(parquet.glob("*.parquet")):
        files = quoted(str(parquet.absolute() / "*.parquet"))
        yield f"create {what} {table.name} as from read_parquet({files})"
    else:
        what = "table"
        columns = ", ".join(f"{identifier(c.name)} {_type(c.type)}" for c in table.columns.values())
        yield f"create table {table.name} ({columns})"
    meanings = {
        c.name: " ".join(filter(None, [c.description, _told(c.references)])) for c in table.columns.values()
    }
    yield from _comments(what, table.name, table.description, meanings)


def _type(arrow: object) -> str:
    return {
        "string": "varchar",
        "int64": "bigint",
        "double": "double",
        "bool": "boolean",
        "date32[day]": "date",
    }.get(str(arrow), "timestamptz")


def _told(references: str | None) -> str | None:
    return f"Key of {references}." if references else None


def _comments(what: str, name: str, description: str, columns: dict[str, str]) -> Iterator[str]:
    yield f"comment on {what} {name} is {quoted(description)}"
    for column, meaning in columns.items():
        yield f"comment on column {name}.{identifier(column)} is {quoted(meaning)}"


def _relations() -> Iterator[str]:
    """A table of the keys that tables hold of each other: the star, for tools and people that draw it."""
    rows = [
        f"({quoted(t.name)}, {quoted(column)}, {quoted(target)}, {quoted(TABLES[target].key)})"
        for t in TABLES.values()
        for column, target in t.foreign_keys.items()
    ]
    yield (
        "create table relations as select * from (values "
        + ", ".join(rows)
        + ') as r("table", "column", "references_table", "references_column")'
    )
    yield "comment on table relations is 'Which column holds the key of which table.'"


def identifier(name: str) -> str:
    """A name as SQL takes it, whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """Text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"

"""`newstables.duckdb`: a version as one file that BI tools open, with the views that analysts write again and again.

It holds the rows themselves, so that it works wherever it is opened or copied to: DuckDB finds the files of a view
either by where they lay when it was made or from where the reader stands, and neither holds in a container or on another
machine. Where that would be too much to keep twice, the tables are views over the version's Parquet instead.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.store import atomic
from pipeline.store.record import FOLDER
from schemas import TABLES, Table
from schemas.views import VIEWS

NAME = "newstables.duckdb"
STORAGE = "v1.0.0"
"""The oldest file format that DuckDB still writes: drivers of BI tools are seldom new."""
TABLES_KIND, VIEWS_KIND = "tables", "views"


def write(folder: Path, kind: str = TABLES_KIND) -> Path:
    """Write the database of the version in `folder`; `kind` says whether it holds the rows or views over the Parquet."""
    path = folder / NAME
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

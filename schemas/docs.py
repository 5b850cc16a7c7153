"""`docs/tables.md`, made from the schemas: `python -m schemas.docs`."""

from collections.abc import Iterator
from pathlib import Path

from schemas import TABLES, Column, Table
from schemas.columns import vocabulary
from schemas.validation import checks

PAGE = Path(__file__).parent.parent / "docs" / "tables.md"

_HEAD = """\
# Tables

<!-- Made from schemas/ by `make docs`. Do not edit: a test compares it. -->

Every table lies in `data/parquet/<table>/` and `data/csv/<table>.csv`. Keys are text and the same in every rerun.
`start` and `end` count characters of `documents.text`, the end exclusive, so that every row can be read where it stands.
Columns that list several values join them by " | ". A column may be empty only where it says so.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join(
        [
            _HEAD,
            *_contents(),
            *(line for table in TABLES.values() for line in _table(table)),
            *_vocabularies(),
        ]
    )


def _contents() -> Iterator[str]:
    yield "| table | a row is | filed by |"
    yield "|---|---|---|"
    for table in TABLES.values():
        filed = "month of publication" if table.by_month else "one file"
        yield f"| [{table.name}](#{table.name}) | {table.description} | {filed} |"
    yield ""


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield table.description
    yield ""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns.values():
        yield f"| `{column.name}` | {_type(column)} | {_meaning(column)} |"
    yield ""
    yield "Checked before it is published:"
    yield ""
    for check in checks(table):
        yield f"- `{check.name}`: {check.description}{'' if check.blocking else ' (warns only)'}"
    yield ""


def _type(column: Column) -> str:
    name = {"double": "number", "date32[day]": "day", "int64": "whole number", "string": "text"}[
        str(column.type)
    ]
    return name + (", may be empty" if column.nullable else "")


def _meaning(column: Column) -> str:
    said = [column.description]
    if column.unique:
        said.append("**Key.**")
    if column.references:
        said.append(f"Key of [{column.references}](#{column.references}).")
    if column.values:
        said.append(
            f"One{' or more' if column.listed else ''} of [{column.values}](#{column.values}-values)."
        )
    if column.unit:
        said.append(f"Unit: {column.unit}.")
    if column.source:
        said.append(f"Source: {column.source}.")
    return " ".join(said).replace("|", "\\|")


def _vocabularies() -> Iterator[str]:
    yield "# Vocabularies"
    yield ""
    used = {
        column.values: None for table in TABLES.values() for column in table.columns.values() if column.values
    }
    for name in used:
        yield f"## {name} values"
        yield ""
        yield "| value | meaning |"
        yield "|---|---|"
        for value, meaning in vocabulary(name).items():
            yield f"| `{value}` | {meaning} |"
        yield ""


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE)

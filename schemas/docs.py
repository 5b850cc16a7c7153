"""`docs/tables.md`, made from the schemas: `python -m schemas.docs [DATA]`.

With the folder of published tables, the example rows are taken from there anew.
"""

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from schemas import TABLES, Column, Table
from schemas.columns import vocabulary
from schemas.validation import checks
from schemas.views import VIEWS

PAGE = Path(__file__).parent.parent / "docs" / "tables.md"
EXAMPLES = Path(__file__).parent / "examples.json"
"""A real row of each table, from the articles in `seeds/`."""
_CELL = 100

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
            *_views(),
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
    example = _examples().get(table.name, {})
    yield "| column | type | meaning | for example |"
    yield "|---|---|---|---|"
    for column in table.columns.values():
        yield f"| `{column.name}` | {_type(column)} | {_meaning(column)} | {_cell(example.get(column.name))} |"
    yield ""
    yield "Checked before it is published:"
    yield ""
    for check in checks(table):
        yield f"- `{check.name}`: {check.description}{'' if check.blocking else ' (warns only)'}"
    yield ""


@cache
def _examples() -> dict[str, dict[str, Any]]:
    examples: dict[str, dict[str, Any]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return examples


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= _CELL else text[: _CELL - 1] + "…"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def take_examples(data: Path) -> None:
    """Keep of each table published under `data` the row that fills most columns (the first of them by key)."""
    examples = {}
    for table in TABLES.values():
        rows = ds.dataset(data / "parquet" / table.name, format="parquet").to_table().to_pylist()
        rows.sort(key=lambda row: (-sum(value is not None for value in row.values()), row[table.key]))
        if rows:
            examples[table.name] = {name: _short(value) for name, value in rows[0].items()}
    EXAMPLES.write_text(json.dumps(examples, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _short(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:_CELL]


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


def _views() -> Iterator[str]:
    yield "# Views"
    yield ""
    yield "In `data/current/newstables.duckdb`, beside all tables: what is asked again and again, without a join."
    yield "`relations` in the same file lists which column holds the key of which table."
    yield ""
    for view in VIEWS.values():
        yield f"## {view.name}"
        yield ""
        yield view.description
        yield ""
        yield "| column | meaning |"
        yield "|---|---|"
        for name, meaning in view.columns.items():
            yield f"| `{name}` | {meaning} |"
        yield ""


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
    if len(sys.argv) > 1:
        take_examples(Path(sys.argv[1]))
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE)

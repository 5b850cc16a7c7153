"""What Dagster shows of a table: its columns, a preview, its rows by month, and the rows that fail a check."""

from collections.abc import Mapping, Sequence

import dagster as dg
import pyarrow as pa

from pipeline.store.parts import Parts
from schemas import Column, Table
from schemas.columns import vocabulary
from schemas.datapackage import accuracy
from schemas.validation import Failures

PREVIEW_ROWS = 10
FAILING_ROWS = 50
"""How many failing rows a red check lists; their number is always told."""
_CELL = 100
_MONTHS = 24
_BAR = 30


def column_schema(table: Table) -> dg.TableSchema:
    """The columns of a table with their types, limits and meaning."""
    return dg.TableSchema(columns=[_column(table, column) for column in table.columns.values()])


def _column(table: Table, column: Column) -> dg.TableColumn:
    other = []
    if column.references:
        other.append(f"a key of {column.references}")
    if column.values:
        other.append("one of: " + ", ".join(vocabulary(column.values)))
    if column.unit:
        other.append(f"unit: {column.unit}")
    if column.source:
        other.append(f"source: {column.source}")
    return dg.TableColumn(
        name=column.name,
        type=str(column.type),
        description=column.description,
        constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=column.unique, other=other),
    )


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; long cells are cut, and nothing in a cell can break out of it."""
    lines = [header, ["---"] * len(header), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= _CELL else text[: _CELL - 1] + "…"
    for char, safe in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ("\\", "\\\\"),
        ("|", "\\|"),
        ("`", "\\`"),
        ("*", "\\*"),
        ("_", "\\_"),
    ):
        text = text.replace(char, safe)
    return text


PREVIEW_COLUMNS = 10
_PLACES = {"doc_id", "published_on", "sentence_id", "start", "end", "sentence"}
"""Columns that every extracted table has: they come last in a preview."""


def preview(table: Table, rows: pa.Table) -> dg.TableMetadataValue:
    """The first rows of a table, in the columns that say most: the words, then its own columns that are filled."""
    first = rows.slice(0, PREVIEW_ROWS)
    own = [
        name for name in first.column_names if name not in _PLACES and not name.endswith(("_start", "_end"))
    ]
    filled = sorted(own, key=lambda name: (name == table.key, first[name].null_count == first.num_rows))
    rest = [name for name in first.column_names if name not in own]
    chosen = set([*filled, *rest][:PREVIEW_COLUMNS])
    names = [name for name in first.column_names if name in chosen]
    records = [
        dg.TableRecord({name: _short(value) for name, value in row.items()})
        for row in first.select(names).to_pylist()
    ]
    columns = [dg.TableColumn(name, type=str(table.columns[name].type)) for name in names]
    return dg.MetadataValue.table(records, schema=dg.TableSchema(columns))


def _short(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def measured(table: Table) -> Mapping[str, dg.MetadataValue]:
    """How well the table was measured to do, where it was."""
    rows = [tuple(measure.values()) for measure in accuracy(table.name)]
    if not rows:
        return {}
    return {
        "accuracy": dg.MetadataValue.md(markdown_table(["set", "measure", "per cent", "others reach"], rows))
    }


def rows_by_month(parts: Parts) -> dg.MarkdownMetadataValue:
    """How many rows were published in each of the last months, with bars."""
    counts = [(month, n) for month, some in parts.by_month() if (n := sum(part.n_rows for part in some))]
    counts = counts[-_MONTHS:]
    most = max((n for _, n in counts), default=1)
    bars = [(month, n, "█" * max(1, round(_BAR * n / most))) for month, n in counts]
    return dg.MetadataValue.md(markdown_table(["month", "rows", ""], bars))


def failing_rows(failures: Failures) -> Mapping[str, dg.MetadataValue]:
    """Which rows fail, why, and how many."""
    reasons = failures.groupby(["column", "reason"], sort=True).size()
    return {
        "failing": dg.MetadataValue.int(len(failures)),
        "reasons": dg.MetadataValue.md(
            markdown_table(["column", "reason", "rows"], [(*key, n) for key, n in reasons.items()])  # type: ignore[misc]
        ),
        "failing_rows": dg.MetadataValue.table(
            records=[
                dg.TableRecord({str(name): str(value)[:_CELL] for name, value in row.items()})
                for row in failures.drop(columns="check").head(FAILING_ROWS).to_dict("records")
            ],
            schema=dg.TableSchema(
                columns=[dg.TableColumn(name) for name in ("column", "reason", "row", "value")]
            ),
        ),
    }

"""A table as facts: what every projection of a model is made from."""

import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from schemas.columns import TableModel

ARROW_TYPES: dict[str, pa.DataType] = {
    "string[pyarrow]": pa.string(),
    "str": pa.string(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32[day][pyarrow]": pa.date32(),
    "timestamp[us, tz=UTC][pyarrow]": pa.timestamp("us", "UTC"),
}
"""The types that a column may have, by the name that pandera gives them."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool
    unique: bool
    references: str | None
    values: str | None
    span: tuple[str, str] | None
    unit: str | None
    source: str | None
    listed: bool
    limits: dict[str, Any]
    """Pandera's simple checks by name: `ge`, `le`, `str_matches`, `isin` ..., as Frictionless words them elsewhere."""


@dataclass(frozen=True)
class Table:
    """A table: its model, and what follows from it."""

    name: str
    model: type[TableModel]
    group: str

    @property
    def description(self) -> str:
        """What a row is."""
        return inspect.cleandoc(self.model.__doc__ or "")

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Its columns, in order."""
        return {name: _column(name, column) for name, column in self.model.to_schema().columns.items()}

    @cached_property
    def key(self) -> str:
        """The column whose values tell its rows apart."""
        return next(column.name for column in self.columns.values() if column.unique)

    @cached_property
    def foreign_keys(self) -> dict[str, str]:
        """Columns that hold another table's key, and that table."""
        return {c.name: c.references for c in self.columns.values() if c.references}

    @cached_property
    def spans(self) -> dict[str, tuple[str, str]]:
        """Columns that repeat the article's words, and the columns of their first and last character."""
        return {c.name: c.span for c in self.columns.values() if c.span}

    @property
    def by_month(self) -> bool:
        """Whether its rows belong to one article each, and are filed by the month of its publication."""
        return "published_on" in self.columns


def _column(name: str, column: Any) -> Column:
    facts = dict(column.metadata)
    return Column(
        name=name,
        type=ARROW_TYPES[str(column.dtype)],
        description=column.description,
        nullable=column.nullable,
        unique=facts.pop("key"),
        limits={check.name: dict(check.statistics) for check in column.checks},
        **facts,
    )

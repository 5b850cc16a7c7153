"""The tables as a Frictionless Data Package, version 2: what each file holds, in the words of the standard.

https://datapackage.org/standard/data-package/
"""

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import pyarrow as pa

from schemas import TABLES, Column, Table
from schemas.columns import vocabulary
from schemas.views import VIEWS

_TYPES = {
    pa.string(): "string",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", "UTC"): "datetime",
}
_AS_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_AS_PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
_CONSTRAINTS = {
    "greater_than_or_equal_to": ("min_value", "minimum"),
    "less_than_or_equal_to": ("max_value", "maximum"),
    "str_matches": ("pattern", "pattern"),
    "isin": ("allowed_values", "enum"),
}
"""Pandera's checks, their argument, and the name that Frictionless gives to the same."""


def datapackage(
    files: Mapping[str, Mapping[str, Any]], *, version: str, about: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The descriptor of what is published.

    `files`: for each published table the facts of its CSV file (`path`, `bytes`, `hash`) and `parquet`, the same
    facts of each Parquet file; without one CSV file, `path` lists the Parquet files, and `csv` has the facts of those by month. `version`: of the program. `about`: which version of the tables this is, when it was made
    and what it holds back. But for that, the same tables have the same descriptor.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "newstables",
        "title": "Events, figures, actors and quotes in news articles",
        "version": version,
        **(about or {}),
        "resources": [_resource(TABLES[name], facts, set(files)) for name, facts in files.items()],
        "views": [
            {
                "name": view.name,
                "description": view.description,
                "fields": [{"name": name, "description": meaning} for name, meaning in view.columns.items()],
                "sql": view.sql,
            }
            for view in VIEWS.values()
        ],
    }


def _resource(table: Table, facts: Mapping[str, Any], published: Iterable[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.description,
        **facts,
        "accuracy": accuracy(table.name),
        **(_AS_CSV if isinstance(facts["path"], str) else _AS_PARQUET),
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(column) for column in table.columns.values()],
            "missingValues": [""],
            "primaryKey": [table.key],
            "foreignKeys": [
                {
                    "fields": [name],
                    "reference": {
                        "resource": "" if target == table.name else target,
                        "fields": [TABLES[target].key],
                    },
                }
                for name, target in table.foreign_keys.items()
                if target in published
            ],
        },
    }


def accuracy(table: str) -> list[dict[str, Any]]:
    """How well a table was measured to do: set, measure, per cent, and what others reach. [] where nothing measures it."""
    return [
        {
            "set": row["set"],
            "measure": row["measure"],
            "percent": float(row["percent"]),
            "others": row["others"],
        }
        for row in _measured()
        if row["table"] == table
    ]


@cache
def _measured() -> list[dict[str, str]]:
    """What was measured of all tables."""
    text = (resources.files("schemas") / "accuracy.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    for check, (argument, name) in _CONSTRAINTS.items():
        if check in column.limits:
            constraints[name] = column.limits[check][argument]
    if column.values and column.listed:
        constraints["pattern"] = _listed(column.values)
    field = {"name": column.name, "type": _TYPES[column.type], "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    if column.source:
        field["source"] = column.source
    return field | ({"constraints": constraints} if constraints else {})


def _listed(values: str) -> str:
    one = f"({'|'.join(vocabulary(values))})"
    return rf"^{one}( \| {one})*$"

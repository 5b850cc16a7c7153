"""Values that no column holds: whole numbers beyond 64 bits, numbers that are not finite."""

import dataclasses
import math
import types
import typing
from functools import cache
from typing import Any

from pipeline.extract.rows import ROW_TYPES, Extract

LARGEST = 2**63 - 1


@cache
def _numbers(table: str) -> tuple[tuple[str, bool], ...]:
    """The columns of a row type that hold numbers, and whether each may be empty."""
    hints = typing.get_type_hints(ROW_TYPES[table])
    kinds = {
        name: set(typing.get_args(h)) if isinstance(h, types.UnionType) else {h} for name, h in hints.items()
    }
    return tuple((name, type(None) in kind) for name, kind in kinds.items() if kind & {int, float})


def bounded(found: Extract) -> Extract:
    """The rows whose numbers fit their columns. One that does not is left out, or its row where it must be given.

    The document's note says how many.
    """
    n_left_out = 0
    kept: dict[str, list[Any]] = {}
    for table in ROW_TYPES:
        kept[table] = []
        for row in getattr(found, table):
            beyond = [(name, empty) for name, empty in _numbers(table) if not _fits(getattr(row, name))]
            n_left_out += len(beyond)
            if all(empty for _, empty in beyond):
                kept[table].append(
                    dataclasses.replace(row, **{name: None for name, _ in beyond}) if beyond else row
                )
    if not n_left_out:
        return found
    what = "One number is" if n_left_out == 1 else f"{n_left_out} numbers are"
    return noted(Extract(**kept), f"{what} larger than a column holds and left out.")


def _fits(value: float | None) -> bool:
    if value is None or isinstance(value, bool):
        return True
    return math.isfinite(value) if isinstance(value, float) else -LARGEST <= value <= LARGEST


def noted(found: Extract, note: str) -> Extract:
    """Rows whose document says something about them."""
    documents = [
        dataclasses.replace(document, note=" ".join(filter(None, [document.note, note])))
        for document in found.documents
    ]
    return dataclasses.replace(found, documents=documents)

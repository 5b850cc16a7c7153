"""Word lists as CSV files, each row with its source; the one way to read them."""

import csv
import io
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lexicon/<name>.csv`, a dict a row. An unknown name raises FileNotFoundError."""
    text = (files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    names, *rows = csv.reader(io.StringIO(text))
    return tuple(dict(zip(names, row, strict=True)) for row in rows)

"""Word lists as CSV files, each row with its source; the one way to read them."""

import csv
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lexicon/<name>.csv`, a dict a row. An unknown name raises FileNotFoundError."""
    with (files(__name__) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))

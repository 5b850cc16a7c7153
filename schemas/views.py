"""The views of `newstables.duckdb`: what analysts write again and again, said once in SQL.

Each stands in `schemas/sql/<name>.sql`: the first comment says what a row is, the comment behind a column what it holds.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

NAMES = ("event_pairs", "dyads_by_month", "counts", "latest_tallies", "said", "disputes")
"""In the order in which they are made: later ones use earlier ones."""

_COLUMN = re.compile(r"^    (?P<what>\S.*?),?  -- (?P<meaning>.+)$", re.MULTILINE)
_NAME = re.compile(r"(\w+)$")


@dataclass(frozen=True)
class View:
    """A view over the tables of a version."""

    name: str

    @cached_property
    def sql(self) -> str:
        """The query."""
        return (resources.files("schemas") / "sql" / f"{self.name}.sql").read_text("utf-8")

    @property
    def description(self) -> str:
        """What a row is."""
        return self.sql.split("\n", 1)[0].removeprefix("-- ")

    @cached_property
    def columns(self) -> dict[str, str]:
        """Its columns in order, and what each holds."""
        found = {}
        for line in _COLUMN.finditer(self.sql):
            name = _NAME.search(line["what"])
            assert name is not None, line["what"]
            found[name[1]] = line["meaning"]
        return found


VIEWS: dict[str, View] = {name: View(name) for name in NAMES}

"""What pages are made from, and what of it leads elsewhere than when they were made the last time."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.report.actors import ActorRows
from pipeline.report.folder import Pages
from pipeline.report.groups import Known
from pipeline.report.lists import Context


@dataclass(frozen=True)
class Moved:
    """What leads elsewhere, or is called otherwise, than when pages were made the last time."""

    actors: set[str]
    incidents: set[str]
    tallies: set[str]


@dataclass(frozen=True)
class Build:
    """What the pages are made from, and where they go."""

    data: Path
    pages: Pages
    design: str
    anew: bool
    """Another program made the pages that are there, or none."""
    known: Known
    actors: ActorRows
    context: Context

    @cached_property
    def leading(self) -> dict[str, dict[str, Any]]:
        """What articles and lists say of what they lead to: names of actors, how many articles and figures."""
        incidents, tallies = self.context.incidents, self.context.tallies
        found: dict[str, dict[str, Any]] = {"actors": self.context.actors}
        for table, of_table, number in (
            ("incidents", incidents, "n_documents"),
            ("tallies", tallies, "n_figures"),
        ):
            numbers = zip(of_table.rows, of_table.rows.column(number), strict=True)
            found[table] = {key: n for key, n in numbers if key in of_table.paged}
        return found

    @cached_property
    def moved(self) -> Moved:
        """What of it is not as it was."""
        then = self.pages.known("leading")
        sides = {name: (now, then.get(name, {})) for name, now in self.leading.items()}
        return Moved(
            **{
                name: set() if now == before else {key for key, _ in now.items() ^ before.items()}
                for name, (now, before) in sides.items()
            }
        )

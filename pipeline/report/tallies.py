"""The pages of tallies that more than one figure gives: how a count grew, by whose word, with every sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from pipeline.report import charts, names
from pipeline.report.groups import Groups, Kind, Known
from pipeline.report.load import Row
from pipeline.report.rows import Across, Rows
from pipeline.report.ties import SOURCE
from pipeline.report.views import Line, Link, View, between, counted
from pipeline.report.words import NO_SOURCE, day_of, figure_words, meant, source_of, unit_words

TALLY = [
    "tally_id",
    "measure",
    "counted",
    "unit",
    "value_low",
    "value_high",
    "latest_value",
    "latest_on",
    "first_on",
    "place",
    "incident_id",
    "n_figures",
    "n_documents",
    "agreement",
]
_FIGURE = [
    "figure_id",
    "doc_id",
    "published_on",
    "start",
    "text",
    "value",
    "value_high",
    "comparator",
    "unit",
    "source_id",
    "tally_id",
    "sentence",
]
_IN_ORDER = (("published_on", "ascending"), ("doc_id", "ascending"), ("start", "ascending"))
KINDS = {"figures": Kind("figures", "tally_id", "figure_id", tuple(_FIGURE), _IN_ORDER, titled=True)}
"""How the rows of a tally's page are grouped."""


@dataclass(frozen=True)
class Tallies:
    """What the pages of tallies show."""

    across: Across
    """Every tally by its key, and which of them changed."""
    figures: Groups
    documents: Mapping[str, Row]
    actors: Mapping[str, str]
    """actor_id -> name."""
    paged: frozenset[str]
    """Tallies that have a page."""
    known: Known

    @property
    def rows(self) -> Rows:
        """Every tally by its key."""
        return self.across.rows

    def href(self, key: str | None, root: str) -> str | None:
        """Where a tally is shown: its page, or its only figure's place."""
        if key is None or key not in self.rows:
            return None
        if key in self.paged:
            return names.tally(key, root)
        first = self.figures.first(key)
        return names.place(*first, root) if first else None

    def changed(self, incidents: set[str]) -> set[str]:
        """The tallies whose pages may show something else than before, but for the names of who gives their figures.

        `incidents`: those that got or lost a page.
        """
        of_incident = zip(self.rows, self.rows.column("incident_id"), strict=True) if incidents else ()
        led = {key for key, incident in of_incident if incident in incidents}
        return {*self.across.changed} | self.known.changed.get("figures", frozenset()) | led

    def named_otherwise(self, before: Mapping[str, str]) -> set[str]:
        """The tallies that were given a figure by an actor who is named otherwise than in `before`."""
        if before == self.actors:
            return set()
        moved = {key for key, _ in before.items() ^ self.actors.items()}
        return self.known.tied(SOURCE, moved) & self.paged

    def source(self, figure: Row) -> str:
        """By whose word: who gives the number in the text, else whose article it is."""
        document = self.documents.get(figure["doc_id"], {})
        said = self.actors.get(figure["source_id"]) if figure["source_id"] else None
        return said or source_of(document) or NO_SOURCE


def load_tallies(
    across: Across, documents: Mapping[str, Row], actors: Mapping[str, str], known: Known
) -> Tallies:
    """Read what the pages of tallies show."""
    table = across.rows.table
    paged = frozenset(table.filter(pc.greater(table["n_figures"], 1))["tally_id"].to_pylist())
    return Tallies(across, known.groups("figures"), documents, actors, paged, known)


def heading_of(row: Row, *, placed: bool = False) -> str:
    """What a tally counts, in words; `placed`: and where, if that is told."""
    counted, measure = row["counted"], row["measure"]
    words = f"{counted}, {measure}" if counted and measure and measure not in counted else counted or measure
    where = f" in {row['place']}" if placed and row.get("place") else ""
    return f"{words or 'figure'}{where}"


def tally_pages(
    tallies: Tallies, keys: set[str], incidents: frozenset[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some tallies, and what the template shows of it; `incidents`: those that have a page."""
    tallies.figures.fetch(keys)
    for key in sorted(keys):
        row = tallies.rows[key]
        incident = row.get("incident_id")
        figures = tallies.figures.of(key)
        points = _points(tallies, figures)
        yield (
            key,
            {
                "root": names.DEEP,
                "tables": True,
                "charts": bool(points),
                "tally": row,
                "heading": heading_of(row, placed=True),
                "agreement": meant("agreement", row["agreement"]),
                "values": f"{between(row['value_low'], row['value_high'])}{unit_words(row['unit'])}",
                "incident": names.incident(incident, names.DEEP) if incident in incidents else None,
                "spec": charts.tally(points, (row["unit"] or "count")) if points else None,
                "figures": _figures(tallies, figures),
            },
        )


def _points(tallies: Tallies, figures: list[Row]) -> list[Row]:
    """What the chart draws: dated figures with the bounds that their words give."""
    return [
        {
            "day": str(row["published_on"]),
            "value": row["value"],
            "high": row["value_high"] if row["value_high"] is not None else row["value"],
            "words": figure_words(row),
            "source": tallies.source(row),
            "sentence": row["sentence"],
            "href": names.place(row["doc_id"], row["figure_id"], names.DEEP),
        }
        for row in figures
        if row["published_on"]
    ]


def _figures(tallies: Tallies, figures: list[Row]) -> View:
    lines = []
    for row in figures:
        document = tallies.documents.get(row["doc_id"], {})
        lines.append(
            Line(
                [
                    day_of(row),
                    counted(row["value"], figure_words(row)),
                    tallies.source(row),
                    Link(document.get("title") or row["doc_id"], names.article(row["doc_id"], names.DEEP)),
                    Link(row["sentence"], names.place(row["doc_id"], row["figure_id"], names.DEEP)),
                ]
            )
        )
    columns = ["published", "value", "by whose count", "article", "words"]
    return View(columns, lines, frozenset({"value"}), len(lines))

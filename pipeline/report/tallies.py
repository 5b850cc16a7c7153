"""The pages of tallies that more than one figure gives: how a count grew, by whose word, with every sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.report import charts, names
from pipeline.report.load import Groups, Row, frame, records, whole
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


@dataclass(frozen=True)
class Tallies:
    """What the pages of tallies show."""

    rows: dict[str, Row]
    """Every tally by its key."""
    figures: Groups
    documents: Mapping[str, Row]
    actors: Mapping[str, str]
    """actor_id -> name."""
    paged: frozenset[str]
    """Tallies that have a page."""

    def href(self, key: str | None, root: str) -> str | None:
        """Where a tally is shown: its page, or its only figure's place."""
        if key is None or key not in self.rows:
            return None
        if key in self.paged:
            return names.tally(key, root)
        doc_id, figure_id = (self.figures.column(key, name, 1) for name in ("doc_id", "figure_id"))
        return names.place(doc_id[0], figure_id[0], root) if figure_id else None

    def digests(self) -> dict[str, str]:
        """tally_id -> a text that changes when what its page shows does."""
        found = {}
        for key in sorted(self.paged):
            documents = [self.documents.get(doc_id) for doc_id in self.figures.column(key, "doc_id")]
            sources = [self.actors.get(source) for source in self.figures.column(key, "source_id")]
            found[key] = repr((self.rows[key], self.figures.digest(key), documents, sources))
        return found

    def source(self, figure: Row) -> str:
        """By whose word: who gives the number in the text, else whose article it is."""
        document = self.documents.get(figure["doc_id"], {})
        said = self.actors.get(figure["source_id"]) if figure["source_id"] else None
        return said or source_of(document) or NO_SOURCE


def load_tallies(data: Path, documents: Mapping[str, Row], actors: Mapping[str, str]) -> Tallies:
    """Read what the pages of tallies show."""
    rows = {row["tally_id"]: row for row in records(frame(data, "tallies", TALLY))}
    order = [("published_on", "ascending"), ("doc_id", "ascending"), ("start", "ascending")]
    figures = Groups(whole(data, "figures", _FIGURE), "tally_id", order)
    paged = frozenset(key for key, row in rows.items() if row["n_figures"] > 1)
    return Tallies(rows, figures, documents, actors, paged)


def heading_of(row: Row, *, placed: bool = False) -> str:
    """What a tally counts, in words; `placed`: and where, if that is told."""
    counted, measure = row["counted"], row["measure"]
    words = f"{counted}, {measure}" if counted and measure and measure not in counted else counted or measure
    where = f" in {row['place']}" if placed and row.get("place") else ""
    return f"{words or 'figure'}{where}"


def tally_pages(
    tallies: Tallies, keys: set[str], incident_href: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some tallies, and what the template shows of it."""
    for key in sorted(keys):
        row = tallies.rows[key]
        figures = tallies.figures.of(key)
        points = _points(tallies, figures)
        yield (
            key,
            {
                "root": "../",
                "tables": True,
                "charts": bool(points),
                "tally": row,
                "heading": heading_of(row, placed=True),
                "agreement": meant("agreement", row["agreement"]),
                "values": f"{between(row['value_low'], row['value_high'])}{unit_words(row['unit'])}",
                "incident": incident_href.get(row.get("incident_id") or ""),
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
            "href": names.place(row["doc_id"], row["figure_id"]),
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
                    Link(document.get("title") or row["doc_id"], names.article(row["doc_id"])),
                    Link(row["sentence"], names.place(row["doc_id"], row["figure_id"])),
                ]
            )
        )
    columns = ["published", "value", "by whose count", "article", "words"]
    return View(columns, lines, frozenset({"value"}), len(lines))

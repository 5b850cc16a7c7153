"""Lists of all rows of a table by month, drawn in the browser: filters a column, sorts by value, saves what is left as CSV."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report import names
from pipeline.report.actors import actor_cell
from pipeline.report.incidents import Incidents
from pipeline.report.load import Row, month_rows
from pipeline.report.rows import Rows
from pipeline.report.tallies import Tallies, heading_of
from pipeline.report.views import Cell, Line, Link, View, between, counted, listed, packed, several
from pipeline.report.words import NO_SOURCE, day_of, figure_words, meant, source_of, told

ROWS = 10_000
"""Rows of one list page; a longer month goes on on the next page."""
_SENTENCE = 240


@dataclass(frozen=True)
class Context:
    """What the rows of the lists lead to."""

    documents: Rows
    actors: dict[str, str]
    """actor_id -> name, of the actors that have a page."""
    incidents: Incidents
    tallies: Tallies


def _short(text: str) -> str:
    return text if len(text) <= _SENTENCE else text[: _SENTENCE - 1].rstrip() + "…"


def _document(row: Row, context: Context) -> list[Cell]:
    copied = row["duplicate_of"]
    original = context.documents.get(copied or "", {}).get("title") or copied
    return [
        day_of(row),
        Link(context.documents[row["doc_id"]]["title"], names.article(row["doc_id"])),
        source_of(row) or NO_SOURCE,
        row.get("author"),
        counted(row["n_words"]),
        Link(original, names.article(copied)) if copied else None,
    ]


def _event(row: Row, context: Context) -> list[Cell]:
    incident = context.incidents.href(row["incident_id"], "../")
    n = context.incidents.rows.get(row["incident_id"] or "", {}).get("n_reports", 1)
    return [
        day_of(row),
        row["event_type"],
        row["event_mode"],
        meant("status", row["status"]),
        listed(row["actor_names"]),
        listed(row["recipient_names"]),
        between(row["date_from"], row["date_to"]),
        row["place"],
        counted(row["fatalities_low"], between(row["fatalities_low"], row["fatalities_high"])),
        Link(f"{n} reports", incident) if incident and n > 1 else None,
        Link(_short(row["sentence"]), names.place(row["doc_id"], row["event_id"])),
    ]


def _quote(row: Row, context: Context) -> list[Cell]:
    return [
        day_of(row),
        row["quote_kind"],
        actor_cell(row["speaker_id"], row["speaker"], context.actors),
        row["cue"],
        Link(_short(row["content"]), names.place(row["doc_id"], row["quote_id"])),
    ]


def _figure(row: Row, context: Context) -> list[Cell]:
    tally = context.tallies.rows.get(row["tally_id"] or "")
    href = context.tallies.href(row["tally_id"], "../") if tally and tally["n_figures"] > 1 else None
    return [
        day_of(row),
        counted(row["value"], figure_words(row)),
        row["unit"],
        row["counted"] or row["attribute"],
        row["measure"],
        actor_cell(row["subject_id"], row["subject"], context.actors),
        actor_cell(row["source_id"], None, context.actors),
        Link(heading_of(tally), href) if tally and href else None,
        Link(_short(row["sentence"]), names.place(row["doc_id"], row["figure_id"])),
    ]


def incident_cells(row: Row, incidents: Incidents, root: str = "../") -> list[Cell]:
    """An incident as a line of a list."""
    href = incidents.href(row["incident_id"], root)
    return [
        str(row["last_reported_on"] or "undated"),
        row["event_type"],
        meant("status", row.get("status")),
        Link(told(row), href) if href else told(row),
        between(row["date_from"], row["date_to"]),
        row["place"],
        counted(row["n_reports"]),
        counted(row["n_sources"]),
        meant("corroboration", row["corroboration"]),
        _short(row["summary"]),
    ]


def tally_cells(row: Row, tallies: Tallies, root: str = "../") -> list[Cell]:
    """A tally as a line of a list."""
    href = tallies.href(row["tally_id"], root)
    words = heading_of(row)
    return [
        str(row["latest_on"] or "undated"),
        Link(words, href) if href else words,
        row.get("place"),
        row["unit"],
        counted(row["value_low"]),
        counted(row["value_high"]),
        counted(row["latest_value"]),
        counted(row["n_figures"]),
        counted(row["n_documents"]),
        meant("agreement", row["agreement"]),
    ]


def actor_cells(row: Row, known: dict[str, str], root: str = "../") -> list[Cell]:
    """An actor as a line of a list."""
    return [
        str(row["last_seen_on"] or "undated"),
        actor_cell(row["actor_id"], row["name"], known, root),
        row["actor_type"],
        row["country"],
        row["role"],
        counted(row["n_mentions"]),
        counted(row["n_documents"]),
    ]


@dataclass(frozen=True)
class _List:
    """How a table is listed."""

    title: str
    columns: list[str]
    cells: Callable[[Row, Context], list[Cell]]


INCIDENT_COLUMNS = [
    "last told",
    "type",
    "status",
    "what",
    "when",
    "where",
    "reports",
    "sources",
    "verdict",
    "words",
]
TALLY_COLUMNS = [
    "latest",
    "counted",
    "where",
    "unit",
    "least",
    "most",
    "last",
    "figures",
    "articles",
    "verdict",
]
ACTOR_COLUMNS = ["last seen", "actor", "type", "country", "role", "mentions", "articles"]

MONTHLY = {
    "documents": _List(
        "Articles", ["published", "article", "source", "author", "words", "copy of"], _document
    ),
    "events": _List(
        "Events",
        [
            "published",
            "type",
            "mode",
            "status",
            "who",
            "to whom",
            "when",
            "where",
            "dead",
            "incident",
            "words",
        ],
        _event,
    ),
    "quotes": _List("Quotes", ["published", "kind", "speaker", "cue", "words"], _quote),
    "figures": _List(
        "Figures",
        ["published", "value", "unit", "of what", "measure", "whose", "by whose count", "tally", "words"],
        _figure,
    ),
}
ACROSS = {
    "incidents": _List("Incidents", INCIDENT_COLUMNS, lambda row, c: incident_cells(row, c.incidents)),
    "tallies": _List("Tallies", TALLY_COLUMNS, lambda row, c: tally_cells(row, c.tallies)),
    "actors": _List("Actors", ACTOR_COLUMNS, lambda row, c: actor_cells(row, c.actors)),
}
DAY = {"incidents": "last_reported_on", "tallies": "latest_on", "actors": "last_seen_on"}
LISTED = ("documents", "incidents", "events", "quotes", "figures", "tallies", "actors")
"""Tables that have lists, in the order of the navigation."""


def title_of_list(table: str) -> str:
    """What a table's lists are called."""
    return (MONTHLY.get(table) or ACROSS[table]).title


def month_of(day: Any) -> str:
    """The month of a day, `undated` without one."""
    return str(day)[:7] if day else "undated"


Keys = Any
"""Keys of rows in order, an array of Arrow's."""


def across_by_month(context: Context, actors: Rows) -> dict[str, dict[str, Keys]]:
    """Keys of the tables across articles by the month in which they were last told of: table -> month -> keys."""
    tables = {"incidents": context.incidents.rows, "tallies": context.tallies.rows, "actors": actors}
    return {table: _by_month(rows, DAY[table]) for table, rows in tables.items()}


def _by_month(rows: Rows, day: str) -> dict[str, Keys]:
    days = rows.table[day].combine_chunks().dictionary_encode()
    month_of_day = [*map(month_of, days.dictionary.to_pylist()), month_of(None)]  # few, of many rows
    months = sorted(set(month_of_day))
    number = np.array([months.index(month) for month in month_of_day])
    months_of = number[pc.fill_null(days.indices, -1).to_numpy()]
    keys = rows.table[rows.key].combine_chunks()
    order = pc.array_sort_indices(keys).to_numpy()
    order = order[np.argsort(months_of[order], kind="stable")]
    found = keys.take(pa.array(order))
    ends = np.cumsum(np.bincount(months_of, minlength=len(months))).tolist()
    starts = [0, *ends]
    return {
        month: found.slice(start, end - start)
        for month, start, end in zip(months, starts, ends, strict=False)
        if end > start
    }


def list_pages(
    table: str, month: str, rows: list[Row], context: Context
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of a table's month: file name below the report, and what the list template shows."""
    described = MONTHLY.get(table) or ACROSS[table]
    lines = [described.cells(row, context) for row in rows]
    parts = [lines[i : i + ROWS] for i in range(0, len(lines), ROWS)] or [[]]
    paths = [f"{table}/{month}{f'-{n + 1}' if n else ''}.html" for n in range(len(parts))]
    for n, part in enumerate(parts):
        yield (
            paths[n],
            {
                "root": "../",
                "tables": True,
                "title": described.title,
                "table": table,
                "month": month,
                "total": several(len(lines), "row"),
                "part": n + 1 if len(parts) > 1 else None,
                "parts": [Link(str(i + 1), Path(path).name) for i, path in enumerate(paths)],
                "grid": {
                    "columns": described.columns,
                    "rows": [[packed(cell) for cell in cells] for cells in part],
                },
            },
        )


def monthly_rows(data: Path, table: str, month: str) -> list[Row]:
    """A month's rows of an extracted table in the order of a list: by article, by place in it."""
    rows = month_rows(data, table, month)
    return sorted(rows, key=lambda row: (row["doc_id"], row.get("start") or 0, row.get("end") or 0))


def view_of(columns: list[str], rows: list[list[Cell]], total: int, more: str | None) -> View:
    """Some lines of a list as a table of a page, with the way to all of them."""
    numeric = frozenset(
        {"reports", "sources", "least", "most", "last", "figures", "articles", "mentions", "dead"}
    )
    return View(columns, [Line(row) for row in rows], numeric & set(columns), total, more)

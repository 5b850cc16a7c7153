"""Where sources differ: disputed incidents, conflicting and growing counts, each with both sides' words."""

from dataclasses import dataclass
from heapq import nlargest

import pyarrow.compute as pc

from pipeline.report import names
from pipeline.report.incidents import Incidents
from pipeline.report.load import Row
from pipeline.report.rows import Rows
from pipeline.report.tallies import Tallies, heading_of
from pipeline.report.views import Cell, between
from pipeline.report.words import NO_SOURCE, day_of, few, figure_words, meant, source_of, told, unit_words
from schemas.columns import SEPARATOR


@dataclass(frozen=True, slots=True)
class Side:
    """One side's words: by whose word, when, what it says, the sentence and where it stands."""

    source: str
    day: Cell
    says: str
    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that sources tell differently."""

    what: str
    href: str
    verdict: Cell
    sides: tuple[Side, ...]


def disputed(incidents: Incidents, limit: int) -> tuple[list[Difference], int]:
    """The newest disputed incidents with two sides each; and how many there are."""
    told_last = ("last_reported_on", "n_sources", "incident_id")
    rows, total = _newest(incidents.rows, ("corroboration", "disputed"), told_last, limit)
    found = []
    for row in rows:
        found.append(
            Difference(
                f"{row['event_type']}: {told(row)}",
                incidents.href(row["incident_id"], "") or "",
                meant("corroboration", row["corroboration"]),
                tuple(
                    _report(incidents, report, _says(row["disputed_over"], report, n))
                    for n, report in enumerate(incidents.sides(row["incident_id"]))
                ),
            )
        )
    return found, total


def _says(over: str | None, report: Row, n: int) -> str:
    """What a side of a dispute says about what is disputed; the first claims, the second counters."""
    subject = (over or "").split(SEPARATOR)[0]
    if subject == "whether":
        return "denies it" if n else "tells it"
    if subject == "who":
        return few(report["actor_names"]) or "names nobody"
    dead = between(report["fatalities_low"], report["fatalities_high"])
    return f"{dead} dead" if dead else report["status"]


def _report(incidents: Incidents, report: Row, says: str) -> Side:
    document = incidents.documents.get(report["doc_id"], {})
    return Side(
        report["attributed_to"] or source_of(document) or NO_SOURCE,
        day_of(report),
        says,
        report["sentence"],
        names.place(report["doc_id"], report["event_id"], ""),
    )


def counts(tallies: Tallies, agreement: str, limit: int) -> tuple[list[Difference], int]:
    """The newest tallies of an agreement with their least and greatest figure; and how many there are."""
    told_last = ("latest_on", "n_documents", "tally_id")
    rows, total = _newest(tallies.rows, ("agreement", agreement), told_last, limit)
    found = []
    for row in rows:
        figures = tallies.figures.of(row["tally_id"])
        least, most = _first(figures, row["value_low"]), _first(figures, row["value_high"])
        found.append(
            Difference(
                heading_of(row, placed=True),
                tallies.href(row["tally_id"], "") or "",
                meant("agreement", row["agreement"]),
                tuple(_figure(tallies, f) for f in ([least] if least is most else [least, most])),
            )
        )
    return found, total


def _newest(
    rows: Rows, having: tuple[str, str], order: tuple[str, str, str], limit: int
) -> tuple[list[Row], int]:
    """The last rows by day, number and key (the columns `order`) of those that have a value in a column; and how many have it."""
    some = rows.table.filter(pc.equal(rows.table[having[0]], having[1]))
    lines = zip(*(some[name].to_pylist() for name in order), strict=True)
    last = nlargest(limit, ((str(day or ""), n, key) for day, n, key in lines))
    return rows.of(key for *_, key in last), some.num_rows


def _first(figures: list[Row], value: float) -> Row:
    return next((f for f in figures if value in (f["value"], f["value_high"])), figures[0])


def _figure(tallies: Tallies, figure: Row) -> Side:
    return Side(
        tallies.source(figure),
        day_of(figure),
        f"{figure_words(figure)}{unit_words(figure['unit'])}",
        figure["sentence"],
        names.place(figure["doc_id"], figure["figure_id"], ""),
    )

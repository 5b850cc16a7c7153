"""Where sources differ: disputed incidents, conflicting and growing counts, each with both sides' words."""

from dataclasses import dataclass

from pipeline.report import names
from pipeline.report.incidents import Incidents
from pipeline.report.load import Row
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
    rows = incidents.rows.of(incidents.rows.where("corroboration", "disputed"))
    rows.sort(
        key=lambda row: (str(row["last_reported_on"] or ""), row["n_sources"], row["incident_id"]),
        reverse=True,
    )
    found = []
    for row in rows[:limit]:
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
    return found, len(rows)


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
    rows = tallies.rows.of(tallies.rows.where("agreement", agreement))
    rows.sort(
        key=lambda row: (str(row["latest_on"] or ""), row["n_documents"], row["tally_id"]), reverse=True
    )
    found = []
    for row in rows[:limit]:
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
    return found, len(rows)


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

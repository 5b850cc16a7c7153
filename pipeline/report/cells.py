"""The cells of an article's rows, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.report.load import Row
from pipeline.report.views import Cell, Link, Links, badge, between, counted, listed
from pipeline.report.words import deed, figure_words, meant

ActorLink = Callable[[str | None, str | None], Cell]
"""From an actor's key and the words that stand for it to a cell: a link to its page where it has one."""

COLUMNS = {
    "event": ["what", "who", "to whom", "status", "when", "where", "dead", "also told"],
    "quote": ["kind", "speaker", "cue"],
    "figure": ["value", "unit", "of what", "measure", "whose", "by whose count", "tally"],
    "date": ["days", "precision", "basis"],
    "mention": ["kind", "type", "actor"],
}
"""Heads of the columns behind the row's own words."""


@dataclass(frozen=True)
class Elsewhere:
    """Where an article's rows lead outside of it."""

    incidents: dict[str, Link]
    """incident_id -> its page, for incidents that other reports tell too."""
    tallies: dict[str, Link]
    """tally_id -> its page."""


class Cells:
    """Cells of the rows of one article; `parties` are its rows of `event_actors`."""

    def __init__(self, parties: list[Row], actor: ActorLink, elsewhere: Elsewhere) -> None:
        """Look up the parties by event and role."""
        self._actor = actor
        self._elsewhere = elsewhere
        self._parties: dict[tuple[str, str], list[Cell]] = {}
        for party in parties:
            cell = actor(party["actor_id"], party["text"])
            self._parties.setdefault((party["event_id"], party["role"]), []).append(cell)

    def of(self, kind: str, row: Row) -> list[Cell]:
        """The cells of a row, in the order of `COLUMNS[kind]`."""
        cells: list[Cell] = getattr(self, f"_{kind}")(row)
        return cells

    def _named(self, row: Row, role: str) -> Cell:
        found = self._parties.get((row["event_id"], role), [])
        if found and all(isinstance(cell, Link) for cell in found):
            unique = tuple(dict.fromkeys(cell for cell in found if isinstance(cell, Link)))
            return unique[0] if len(unique) == 1 else Links(unique)
        return listed(row.get(f"{role}_names"))

    def _event(self, row: Row) -> list[Cell]:
        sides = [self._named(row, role) for role in ("actor", "recipient")]
        when = between(row["date_from"], row["date_to"])
        dead = between(row["fatalities_low"], row["fatalities_high"])
        incident = self._elsewhere.incidents.get(row["incident_id"] or "")
        return [deed(row), *sides, meant("status", row["status"]), when, row["place"], dead, incident]

    def _quote(self, row: Row) -> list[Cell]:
        return [row["quote_kind"], self._actor(row["speaker_id"], row["speaker"]), row["cue"]]

    def _figure(self, row: Row) -> list[Cell]:
        value = counted(row["value"], figure_words(row))
        source = self._actor(row["source_id"], None)
        tally = self._elsewhere.tallies.get(row["tally_id"] or "")
        what = row["counted"] or row["attribute"]
        unit = f"{row['unit']} per {row['per']}" if row["per"] else row["unit"]
        whose = self._actor(row["subject_id"], row["subject"])
        return [value, unit, what, badge(row["measure"]), whose, source, tally]

    def _date(self, row: Row) -> list[Cell]:
        return [between(row["date_from"], row["date_to"]), row["date_precision"], row["basis"]]

    def _mention(self, row: Row) -> list[Cell]:
        return [row["mention_kind"], row["entity_type"], self._actor(row["actor_id"], row["text"])]

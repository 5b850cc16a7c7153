"""The cells of an article's rows, kind by kind."""

from collections.abc import Callable

from pipeline.report.load import Row
from pipeline.report.views import Cell, badge, between

ActorLink = Callable[[str | None, str | None], Cell]
"""From an actor's key and the words that stand for it to a cell: a link to its page where it has one."""

COLUMNS = {
    "event": ["type", "actor", "recipient", "status", "when", "where", "dead"],
    "quote": ["kind", "speaker", "cue"],
    "figure": ["", "value", "unit", "counted", "measure", "source"],
    "date": ["days", "precision", "basis"],
    "mention": ["kind", "type", "actor"],
}
"""Heads of the columns behind the row's own words."""


class Cells:
    """Cells of the rows of one article; `parties` are its rows of `event_actors`."""

    def __init__(self, parties: list[Row], actor: ActorLink) -> None:
        """Look up the parties by event and role."""
        self._actor = actor
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
        return found[0] if len(found) == 1 else row.get(f"{role}_names")

    def _event(self, row: Row) -> list[Cell]:
        kind = f"{row['event_type']} {row['event_mode'] or ''}".strip()
        sides = [self._named(row, role) for role in ("actor", "recipient")]
        when = between(row["date_from"], row["date_to"])
        dead = between(row["fatalities_low"], row["fatalities_high"])
        return [kind, *sides, badge(row["status"]), when, row["place"], dead]

    def _quote(self, row: Row) -> list[Cell]:
        return [row["quote_kind"], self._actor(row["speaker_id"], row["speaker"]), row["cue"]]

    def _figure(self, row: Row) -> list[Cell]:
        value = between(row["value"], row["value_high"])
        counted = [row["unit"], row["counted"], row["measure"]]
        return [row["comparator"], value, *counted, self._actor(row["source_id"], None)]

    def _date(self, row: Row) -> list[Cell]:
        return [between(row["date_from"], row["date_to"]), row["date_precision"], row["basis"]]

    def _mention(self, row: Row) -> list[Cell]:
        return [row["mention_kind"], row["entity_type"], self._actor(row["actor_id"], None)]

"""Rows of `events` and `event_actors`: who did what to whom, in PLOVER."""

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Entity, Event, EventActor, Figure, Mention, Quote


def extract_events(
    parsed: ParsedArticle,
    *,
    mentions: list[Mention],
    entities: list[Entity],
    dates: list[Date],
    quotes: list[Quote],
    figures: list[Figure],
) -> tuple[list[Event], list[EventActor]]:
    """Every report of a political event, in order of the text, and its parties.

    Writes `event_id` into the figures that belong to an event.
    """
    return [], []

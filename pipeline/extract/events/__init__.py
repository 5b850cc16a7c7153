"""Rows of `events` and `event_actors`: who did what to whom, in PLOVER, with status.

A trigger lexicon names the events, syntax their parties, the words around them their status; PLOVER's order of
decision fixes the type. `docs/method/events.md` tells the whole way.
"""

from pipeline.extract.events.assemble import Assembler
from pipeline.extract.events.figures import tie_figures
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Entity, Event, EventActor, Figure, Mention, Quote

__all__ = ["extract_events"]


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
    events, event_actors = Assembler(parsed, mentions, entities, dates, quotes, figures).rows()
    tie_figures(parsed, figures, events)
    return events, event_actors

"""Rows of `events` and `event_actors`: who did what to whom, in PLOVER, how sure that is, and whether it happened.

Candidates are words; a trained judge says which of them report an event, of which type; trained rankings say who of the
article's own actors did it to whom, and which date holds. `docs/method/events.md` tells the whole way.
"""

from pipeline.extract.events.figures import tie_figures
from pipeline.extract.events.judge import find_events
from pipeline.extract.events.parties import find_parties
from pipeline.extract.events.reading import Reading
from pipeline.extract.events.rows import make_rows
from pipeline.extract.events.when import find_dates
from pipeline.extract.events.where import find_places
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Entity, Event, EventActor, Figure, Mention, Quote
from pipeline.settings import settings

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
    reading = Reading(parsed, mentions, entities, dates, quotes, figures)
    told = find_events(reading, settings().event_confidence)
    # dates come before rows: they tell which events are history
    found = find_parties(reading, told), find_dates(reading, told), find_places(reading, told)
    events, event_actors = make_rows(reading, told, *found)
    tie_figures(parsed, figures, events)
    return events, event_actors

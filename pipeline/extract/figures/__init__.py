"""Rows of `figures`: numbers that count or measure."""

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Figure, Mention, Quote


def extract_figures(
    parsed: ParsedArticle, *, mentions: list[Mention], quotes: list[Quote], dates: list[Date]
) -> list[Figure]:
    """Every number that measures or counts, in order of the text; `event_id` is filled later, by the events."""
    return []

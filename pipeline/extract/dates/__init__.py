"""Rows of `dates`: expressions of time, resolved against the article's date."""

from pipeline.extract.dates.find import find
from pipeline.extract.dates.reading import Found
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date
from pipeline.settings import settings

__all__ = ["extract_dates"]


def extract_dates(parsed: ParsedArticle) -> list[Date]:
    """Every expression of time that can be put on a calendar, in order of the text.

    Without a date of publication only explicit dates have days; the rows of the others are kept, with null days.
    """
    taken: set[str] = set()
    return [_row(parsed, found, taken) for found in find(parsed, day_first=settings().day_first)]


def _row(parsed: ParsedArticle, found: Found, taken: set[str]) -> Date:
    period = found.reading.period
    return Date(
        **parsed.place(found.start, found.end),
        date_id=parsed.key("date", found.start, taken),
        date_from=period.first if period else None,
        date_to=period.last if period else None,
        date_precision=period.precision if period else "unknown",
        basis=found.reading.basis,
    )

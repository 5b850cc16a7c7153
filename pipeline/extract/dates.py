"""Rows of `dates`: expressions of time, resolved against the article's date."""

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date


def extract_dates(parsed: ParsedArticle) -> list[Date]:
    """Every expression of time that can be put on a calendar, in order of the text."""
    return []

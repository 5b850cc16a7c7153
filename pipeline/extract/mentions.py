"""Rows of `mentions`, and the actors of one article that they resolve to."""

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention


def extract_mentions(parsed: ParsedArticle) -> tuple[list[Mention], list[Entity]]:
    """Names, demonyms, titles, nouns and pronouns in order of the text, and the article's actors."""
    return [], []

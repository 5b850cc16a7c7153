"""Rows of `quotes`: who said what."""

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Mention, Quote


def extract_quotes(parsed: ParsedArticle, mentions: list[Mention]) -> list[Quote]:
    """Every attribution of words or thoughts to a source, in order of the text.

    `speaker_id` is the actor of the mention that the speaker's words head, where there is one.
    """
    return []

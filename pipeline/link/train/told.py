"""Stories together with the rows of their articles."""

import pandas as pd

from pipeline.link.train.stories import Story
from pipeline.link.train.tables import extracted

Told = tuple[list[Story], dict[str, pd.DataFrame]]
"""Stories, and the rows of their articles by table."""


def read(stories: list[Story]) -> Told:
    """Stories with the rows of their articles."""
    return stories, extracted(article for story in stories for article in story.articles)


def without(told: Told, measured: str) -> Told:
    """The stories of which no article is among those that links are measured on."""
    away = [story for story in told[0] if not any(article.doc_id in measured for article in story.articles)]
    kept = {article.doc_id for story in away for article in story.articles}
    return away, {table: frame[frame["doc_id"].isin(kept)] for table, frame in told[1].items()}


def joined(*parts: Told) -> Told:
    """All stories and their rows."""
    rows = {table: pd.concat([some[table] for _, some in parts], ignore_index=True) for table in parts[0][1]}
    return [story for stories, _ in parts for story in stories], rows

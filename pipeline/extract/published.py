"""Rows read from an article's mended text, put where they stand in the text as it was published."""

from dataclasses import fields
from typing import Any

from pipeline.extract.rows import ROW_TYPES, Event, Extract, Figure, Quote
from pipeline.read.article import Article

_PLACES = {
    table: [
        (f"{name}_start", f"{name}_end", name) if name else ("start", "end", "text")
        for name in ("", "cue", "speaker")
        if {f"{name}_start" if name else "start"} <= {field.name for field in fields(row)}
    ]
    for table, row in ROW_TYPES.items()
}
"""By table: the columns of a place's first character, of the one behind its last, and of its words."""


def as_published(rows: Extract, article: Article) -> Extract:
    """The same rows with places and words of the published text; what was derived from the words stays as it was read."""
    reading = article.reading
    if reading is None:
        return rows
    sentences = {row.text: row for row in rows.sentences}
    for table, places in _PLACES.items():
        for row in getattr(rows, table):
            for start, end, words in places:
                _put(row, start, end, words, article)
    published = {words: row.text for words, row in sentences.items()}
    told: tuple[Quote | Figure | Event, ...] = (*rows.quotes, *rows.figures, *rows.events)
    for one in told:
        one.sentence = published.get(one.sentence, one.sentence)
    for quote in rows.quotes:
        ends = [reading.place(*map(int, span.split("-"))) for span in quote.spans.split(";")]
        quote.spans = ";".join(f"{start}-{end}" for start, end in ends)
        quote.content = " … ".join(reading.published[start:end] for start, end in ends)
    for document in rows.documents:
        document.text = reading.published
        document.body_start, document.body_end = reading.place(document.body_start, document.body_end)
    return rows


def _put(row: Any, start: str, end: str, words: str, article: Article) -> None:
    """Move one place of a row."""
    first, last = getattr(row, start), getattr(row, end)
    if first is None or last is None or article.reading is None:
        return
    first, last = article.reading.place(first, last)
    setattr(row, start, first)
    setattr(row, end, last)
    setattr(row, words, article.reading.published[first:last])

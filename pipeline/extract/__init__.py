"""One article in, rows out: a module a phenomenon, each a pure function of the parsed article.

The order in `extract` is the order of need: speakers need mentions, sources need quotes, tolls need figures.
"""

from typing import TYPE_CHECKING, Any

from pipeline.extract.rows import ROW_TYPES, Extract

if TYPE_CHECKING:
    from pipeline.extract.parsed import ParsedArticle

EXTRACTOR_VERSION = "1"
"""Raise it with any change that changes rows: every article is then extracted again."""


def extract(parsed: "ParsedArticle") -> Extract:
    """Every row that an article yields. Never raises, whatever the text."""
    # Here, not above: whoever needs the rows' types alone does without spaCy, which takes two seconds to load.
    from pipeline.extract.dates import extract_dates
    from pipeline.extract.documents import extract_document
    from pipeline.extract.events import extract_events
    from pipeline.extract.figures import extract_figures
    from pipeline.extract.mentions import extract_mentions
    from pipeline.extract.quotes import extract_quotes
    from pipeline.extract.sentences import extract_sentences

    document, sentences = extract_document(parsed), extract_sentences(parsed)
    if document.language != parsed.doc.lang_:  # what is read from a language that nobody knows is invented
        rest: dict[str, list[Any]] = {
            table: [] for table in ROW_TYPES if table not in ("documents", "sentences")
        }
        return Extract(documents=[document], sentences=sentences, **rest)
    dates = extract_dates(parsed)
    mentions, entities = extract_mentions(parsed)
    quotes = extract_quotes(parsed, mentions)
    figures = extract_figures(parsed, mentions=mentions, quotes=quotes, dates=dates)
    events, event_actors = extract_events(
        parsed, mentions=mentions, entities=entities, dates=dates, quotes=quotes, figures=figures
    )
    return Extract(
        documents=[document],
        sentences=sentences,
        mentions=mentions,
        entities=entities,
        dates=dates,
        quotes=quotes,
        figures=figures,
        events=events,
        event_actors=event_actors,
    )

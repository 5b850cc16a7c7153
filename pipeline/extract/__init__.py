"""One article in, rows out: a module a phenomenon, each a pure function of the parsed article.

The order in `extract` is the order of need: speakers need mentions, sources need quotes, tolls need figures.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipeline.extract.rows import ROW_TYPES, Extract

if TYPE_CHECKING:
    from pipeline.extract.parsed import ParsedArticle

EXTRACTOR_VERSION = "1"
"""Raise it with any change that changes rows: every article is then extracted again."""


def extract(parsed: "ParsedArticle") -> Extract:
    """Every row that an article yields. Where an extractor fails on it, the others' rows stay and the document's note says so."""
    # Here, not above: whoever needs the rows' types alone does without spaCy, which takes two seconds to load.
    from pipeline.extract.bounds import bounded, noted
    from pipeline.extract.mentions.kept import keep_actors
    from pipeline.extract.published import as_published

    found, failed = read_all(parsed)
    found = as_published(keep_actors(found), parsed.article)
    return bounded(noted(found, " ".join(failed)) if failed else found)


def read_all(parsed: "ParsedArticle") -> tuple[Extract, list[str]]:
    """What every extractor reads, with all that may be actors, and what each of those that failed says."""
    from pipeline.extract.dates import extract_dates
    from pipeline.extract.documents import extract_document
    from pipeline.extract.events import extract_events
    from pipeline.extract.figures import extract_figures
    from pipeline.extract.mentions import extract_mentions
    from pipeline.extract.quotes import extract_quotes
    from pipeline.extract.sentences import extract_sentences

    nothing: dict[str, list[Any]] = {table: [] for table in ROW_TYPES}
    found = Extract(**nothing)
    found.documents = [extract_document(parsed)]
    failed: list[str] = []

    def read(tables: str, extractor: Callable[[], Any]) -> None:
        """Add the rows of an extractor, which gives one list a table."""
        names = tables.split()
        try:
            rows = extractor()
        except (ImportError, OSError):
            raise  # the installation is broken, not the article
        except Exception as error:
            failed.append(f"No {' and no '.join(names)} could be read ({type(error).__name__}: {error}).")
            return
        for name, some in zip(names, rows if len(names) > 1 else (rows,), strict=True):
            setattr(found, name, some)

    read("sentences", lambda: extract_sentences(parsed))
    if parsed.sentences:
        read("dates", lambda: extract_dates(parsed))
        read("mentions entities", lambda: extract_mentions(parsed))
        read("quotes", lambda: extract_quotes(parsed, found.mentions))
        read(
            "figures",
            lambda: extract_figures(
                parsed,
                mentions=found.mentions,
                quotes=found.quotes,
                dates=found.dates,
                entities=found.entities,
            ),
        )
        read(
            "events event_actors",
            lambda: extract_events(
                parsed,
                mentions=found.mentions,
                entities=found.entities,
                dates=found.dates,
                quotes=found.quotes,
                figures=found.figures,
            ),
        )
    return found, failed

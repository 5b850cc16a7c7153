"""Parse a text as an article, with the project's own language pipeline loaded once."""

import datetime as dt
from collections.abc import Iterable

import pytest
import spacy
from spacy.language import Language

from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.language import load
from pipeline.read.article import Article
from pipeline.read.layout import blocks

PUBLISHED = dt.date(2025, 6, 18)
"""A Wednesday."""


class Reader:
    """Parses texts as articles. `prime` parses many at once, which costs little more than one."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._known: dict[tuple[str, dt.date | None], ParsedArticle] = {}

    def prime(self, texts: Iterable[str]) -> None:
        articles = [article_of(text, PUBLISHED) for text in dict.fromkeys(texts)]
        for article, parsed_article in zip(articles, parse(articles, self._nlp), strict=True):
            self._known[article.text, PUBLISHED] = parsed_article

    def __call__(self, text: str, published_on: dt.date | None = PUBLISHED) -> ParsedArticle:
        known = self._known.get((text, published_on))
        return known or next(parse([article_of(text, published_on)], self._nlp))


def article_of(text: str, published_on: dt.date | None) -> Article:
    """A text without header as an article of a day."""
    laid_out, credit = blocks(text, 0)
    return Article(
        doc_id="doc",
        path="doc.txt",
        sha256="0" * 64,
        encoding="utf-8",
        text=text,
        published_on=published_on,
        title=None,
        credit=credit,
        body_start=laid_out[0].start if laid_out else 0,
        body_end=laid_out[-1].end if laid_out else 0,
        blocks=laid_out,
    )


@pytest.fixture(scope="module")
def parsed(request: pytest.FixtureRequest) -> Reader:
    """Parses a text without header, published on PUBLISHED unless told otherwise.

    The texts of all parametrised tests of the module are parsed at once.
    """
    reader = Reader(load())
    own = (item for item in request.session.items if item.path == request.path and hasattr(item, "callspec"))
    texts = (item.callspec.params.get("text") for item in own)
    reader.prime(text for text in texts if isinstance(text, str))
    return reader


@pytest.fixture(scope="session")
def tokenized() -> Reader:
    """The same without tags and trees, fast: for what must hold of any text."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return Reader(nlp)

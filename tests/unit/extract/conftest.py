"""Parse a text as an article, with the project's own language pipeline loaded once."""

import datetime as dt
from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language

from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.language import load
from pipeline.read.article import Article
from pipeline.read.layout import blocks

PUBLISHED = dt.date(2025, 6, 18)
"""A Wednesday."""


def _reader(nlp: Language) -> Callable[..., ParsedArticle]:
    def read(text: str, published_on: dt.date | None = PUBLISHED) -> ParsedArticle:
        laid_out, credit = blocks(text, 0)
        article = Article(
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
        return next(parse([article], nlp))

    return read


@pytest.fixture(scope="session")
def parsed() -> Callable[..., ParsedArticle]:
    """Parses a text without header, published on PUBLISHED unless told otherwise."""
    return _reader(load())


@pytest.fixture(scope="session")
def tokenized() -> Callable[..., ParsedArticle]:
    """The same without tags and trees, fast: for what must hold of any text."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return _reader(nlp)

"""The row of `documents`."""

import re

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Document

_WORD = re.compile(r"\w+(?:['’.,:/-]\w+)*")
"""A word or figure of a text that is not read."""


def extract_document(parsed: ParsedArticle) -> Document:
    """The article itself; words are tokens that are neither space nor punctuation."""
    article, doc, told = parsed.article, parsed.doc, parsed.article.metadata
    unread = " ".join(article.text[s.start : s.end] for s in parsed.unread_sentences)
    notes = [*([article.note] if article.note else []), *parsed.unread.notes]
    return Document(
        doc_id=article.doc_id,
        published_on=article.published_on,
        path=article.file,
        sha256=article.sha256,
        encoding=article.encoding,
        title=article.title,
        credit=article.credit,
        language=parsed.unread.language or doc.lang_,
        text=article.text,
        body_start=article.body_start,
        body_end=article.body_end,
        n_words=sum(not (t.is_space or t.is_punct) for t in doc) + len(_WORD.findall(unread)),
        n_sentences=sum(s.kind == "body" for s in parsed.every_sentence),
        outlet=told.outlet,
        author=told.author,
        url=told.url,
        section=told.section,
        headline=told.headline or article.title,
        format=article.format,
        published_at=told.published_at,
        date_basis=told.date_basis,
        note=" ".join(notes) or None,
    )

"""Rows of `sentences`."""

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Sentence


def extract_sentences(parsed: ParsedArticle) -> list[Sentence]:
    """A row for each sentence, heading and credit line, in order."""
    text = parsed.article.text
    return [
        Sentence(
            doc_id=parsed.article.doc_id,
            published_on=parsed.article.published_on,
            sentence_id=s.sentence_id,
            start=s.start,
            end=s.end,
            text=text[s.start : s.end],
            kind=s.kind,
            position=s.position,
            paragraph=s.paragraph,
        )
        for s in parsed.every_sentence
    ]

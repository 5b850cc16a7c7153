"""The row of `documents`."""

from pipeline.extract.languages import identify, in_other_languages
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Document


def foreign_paragraphs(parsed: ParsedArticle, language: str) -> set[int]:
    """Numbers of the paragraphs of an article in `language` that are not read, since they are in another than the model's."""
    text, blocks = parsed.article.text, parsed.article.blocks
    other = in_other_languages([text[b.start : b.end] for b in blocks], language, parsed.doc.lang_)
    return {block.paragraph for block, is_other in zip(blocks, other, strict=True) if is_other}


def extract_document(parsed: ParsedArticle) -> Document:
    """The article itself; words are tokens that are neither space nor punctuation."""
    article, doc, told = parsed.article, parsed.doc, parsed.article.metadata
    language = identify(article.text[article.body_start : article.body_end], doc.lang_)
    notes = [article.note] if article.note else []
    unread, all_of_them = foreign_paragraphs(parsed, language), {b.paragraph for b in article.blocks}
    if language != doc.lang_ and unread >= all_of_them:
        notes.append(f"The article's language is {language}: beyond its sentences nothing was read from it.")
    elif unread:
        some = f"{len(unread)} of {len(all_of_them)} paragraphs"
        notes.append(f"{some} are in another language: beyond their sentences nothing was read from them.")
    return Document(
        doc_id=article.doc_id,
        published_on=article.published_on,
        path=article.file,
        sha256=article.sha256,
        encoding=article.encoding,
        title=article.title,
        credit=article.credit,
        language=language,
        text=article.text,
        body_start=article.body_start,
        body_end=article.body_end,
        n_words=sum(not (t.is_space or t.is_punct) for t in doc),
        n_sentences=sum(s.kind == "body" for s in parsed.sentences),
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

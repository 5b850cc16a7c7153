"""Web archives (WARC, warcio): an article a page."""

import io
from collections.abc import Iterator

from pipeline.read.formats.draft import Draft, UnreadableError, part
from pipeline.read.formats.pages import article_of, page_text


def read_warc(data: bytes) -> Iterator[Draft | UnreadableError]:
    """The pages that an archive holds: answers with HTML that were no errors or detours."""
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(io.BytesIO(data)):
        headers = record.http_headers
        if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
            continue
        if "html" not in (headers.get_header("Content-Type") or "").lower():
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        try:
            html, encoding = page_text(record.content_stream().read())
        except UnreadableError as error:
            error.key = url
            yield error
            continue
        text, told = article_of(html)
        if text.strip():
            yield part(text, {**told, "url": url or told.get("url", "")}, "warc", encoding=encoding)

"""RSS and Atom feeds (feedparser) and JSON Feed: an article an entry."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.read.article import Reason
from pipeline.read.characters import mended
from pipeline.read.formats.draft import Draft, UnreadableError, part
from pipeline.read.formats.streams import feed_parts

_SUMMARY = "The feed holds only a summary of the article."


def read_feed(data: bytes) -> Iterator[Draft | UnreadableError]:
    """The entries of an RSS or Atom feed."""
    import feedparser

    found, why = False, None
    for part_of in feed_parts(data):
        feed = feedparser.parse(io.BytesIO(part_of), sanitize_html=False, resolve_relative_uris=False)
        why = why or feed.get("bozo_exception")
        outlet = str(feed.feed.get("title", ""))
        for entry in feed.entries:
            found = True
            yield _draft(entry, outlet)
    if not found:
        raise UnreadableError(Reason.FORMAT, f"The feed holds no entries{f' ({why})' if why else ''}.")


def _draft(entry: Any, outlet: str) -> Draft:
    contents = [str(c.get("value", "")) for c in entry.get("content", [])]
    body = max([*contents, ""], key=len)
    notes = () if body else (_SUMMARY,)
    told = {
        "headline": words(str(entry.get("title", ""))),
        "outlet": str((entry.get("source") or {}).get("title") or outlet),
        "author": str(entry.get("author", "")),
        "url": str(entry.get("link", "")),
        "section": ", ".join(str(tag.get("term") or "") for tag in entry.get("tags", [])[:3]),
        "published": str(entry.get("published", "")),
    }
    text = words(body or str(entry.get("summary", "")))
    return part(text, told, "feed", key=str(entry.get("id", "")), notes=notes)


def read_json_feed(outlet: str, items: Iterable[Any]) -> Iterator[Draft]:
    """The items of a JSON Feed."""
    for item in items:
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") or ([item["author"]] if isinstance(item.get("author"), dict) else [])
        body = str(item.get("content_text") or "") or words(str(item.get("content_html") or ""))
        notes = () if body else (_SUMMARY,)
        told = {
            "headline": str(item.get("title") or ""),
            "outlet": outlet,
            "author": ", ".join(str(a.get("name") or "") for a in authors if isinstance(a, dict)),
            "url": str(item.get("url") or item.get("external_url") or ""),
            "section": ", ".join(map(str, (item.get("tags") or [])[:3])),
            "published": str(item.get("date_published") or ""),
        }
        yield part(
            body or str(item.get("summary") or ""),
            told,
            "json_feed",
            key=str(item.get("id") or ""),
            notes=notes,
        )


def words(html: str) -> str:
    """The words of a piece of HTML: blocks on lines of their own, entities and tags gone."""
    return mended(html)[0].text.strip() if "<" in html or "&" in html else html.strip()

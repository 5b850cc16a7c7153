"""Saved web pages: the article without what stands around it (trafilatura), and what the page's own marks tell of it."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.read.article import Reason
from pipeline.read.decoding import NotTextError, decode
from pipeline.read.formats.draft import Draft, UnreadableError, with_headline

_CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{2,20})", re.I)
_HEAD = 4_096
_EMBEDDED = re.compile(rb"(?<=data:)[\w/+.;=-]{1,80},[A-Za-z0-9+/=%]{200,}")
LARGEST = 5_000_000
"""Bytes of a page without the pictures and fonts embedded in it: its tree takes thirty times as much."""
_MARKS = {
    "published": ("article:published_time", "datepublished", "date", "pubdate", "publishdate", "publication_date", "dc.date.issued", "dc.date", "dcterms.date", "sailthru.date", "parsely-pub-date", "og:published_time"),
    "headline": ("og:title", "twitter:title", "dc.title"),
    "outlet": ("og:site_name", "application-name", "dc.publisher"),
    "author": ("author", "article:author_name", "dc.creator", "parsely-author", "byl"),
    "section": ("article:section", "section", "parsely-section"),
    "url": ("og:url",),
}  # fmt: skip
"""Names of meta elements by field, the surest first."""
_LAID_OUT = ".//h1 | .//h2 | .//table | .//p[string-length(.) > 200] | .//td[count(.//p) > 2]"
"""What stands in a table that lays out a page, and not in one that holds data."""
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report", re.I)


def read_page(data: bytes) -> Iterator[Draft]:
    """The article of a page."""
    html, encoding = page_text(data)
    text, told = article_of(html)
    if not text.strip():
        raise UnreadableError(
            Reason.NO_TEXT, "The page holds no article that could be told from what stands around it."
        )
    yield Draft(text, "", encoding, "html", told)


def page_text(data: bytes) -> tuple[str, str]:
    """The characters of a page and the name of its encoding: the one that it declares, where it is none of ours."""
    data = _EMBEDDED.sub(b",", data)
    if len(data) > LARGEST:
        raise UnreadableError(
            Reason.TOO_LARGE, f"{len(data):,} bytes of markup, the limit for one page is {LARGEST:,}."
        )
    declared = _CHARSET.search(data[:_HEAD])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if name and name not in ("utf-8", "utf8", "iso-8859-1", "windows-1252", "latin1", "utf-16"):
        try:
            return data.decode(codecs.lookup(name).name), "declared"
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decode(data)
    except NotTextError as error:
        raise UnreadableError(error.reason, str(error)) from None


def article_of(html: str) -> tuple[str, dict[str, str]]:
    """The words of a page's article, its headline first, and what the page tells of it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura import extract

    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", {}
    told = _told(tree)
    body = extract(
        _without_layout_tables(tree) or html,
        include_comments=False,
        include_tables=False,
        include_images=False,
        include_links=False,
        include_formatting=False,
        deduplicate=False,
        fast=False,
    )
    headline = told.get("headline") or _first_text(tree, "//h1")
    if headline:
        told["headline"] = headline
    paragraphs = (body or "").replace("\n", "\n\n")
    return with_headline(headline, paragraphs) if paragraphs.strip() else "", told


def _without_layout_tables(tree: Any) -> str | None:
    """The page with boxes for tables that lay it out, so that columns of links are told from the article; None where there is none."""
    from lxml.html import tostring

    layout = [table for table in tree.iter("table") if table.xpath(_LAID_OUT)]
    for table in layout:
        for element in table.iter("table", "tbody", "tr", "td", "th"):
            element.tag = "div"
            element.attrib.pop("colspan", None)
    return str(tostring(tree, encoding="unicode")) if layout else None


def _told(tree: Any) -> dict[str, str]:
    """What JSON-LD, meta elements and a time element tell, in this order."""
    told: dict[str, str] = {}
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(loaded):
            if _ARTICLE_TYPES.search(str(thing.get("@type"))):
                for name, key in (
                    ("published", "datePublished"),
                    ("headline", "headline"),
                    ("outlet", "publisher"),
                    ("author", "author"),
                    ("section", "articleSection"),
                    ("url", "url"),
                ):
                    if words := _name(thing.get(key)):
                        told.setdefault(name, words)
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, meta.get("content").strip())
    for field, names in _MARKS.items():
        for name in names:
            if metas.get(name):
                told.setdefault(field, metas[name])
    for link in tree.xpath("//link[@rel='canonical']/@href"):
        told.setdefault("url", str(link))
    times = tree.xpath(
        "//time[@pubdate]/@datetime | //time[@itemprop='datePublished']/@datetime"
    ) or tree.xpath("//article//time/@datetime | //header//time/@datetime")
    if times:
        told.setdefault("published", str(times[0]))
    return {name: value for name, value in told.items() if value}


def _things(loaded: object) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD: one, a list, or a graph."""
    for thing in loaded if isinstance(loaded, list) else [loaded]:
        if isinstance(thing, dict):
            yield thing
            if isinstance(thing.get("@graph"), list):
                yield from (t for t in thing["@graph"] if isinstance(t, dict))


def _name(value: object) -> str:
    """A value of JSON-LD as words."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    return " ".join(str(value).split()) if value is not None else ""


def _first_text(tree: Any, path: str) -> str:
    found = tree.xpath(path)
    return " ".join(found[0].text_content().split()) if len(found) == 1 else ""

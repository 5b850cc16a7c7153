"""Markup that was left in a text: HTML tags and Markdown marks, as edits that leave the words."""

import re
from collections.abc import Iterator

from pipeline.read.reading import Edit

_BLOCK_TAGS = "p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|tbody|thead|blockquote|article|section|header|footer|hr|figure|figcaption|aside|main|nav|pre|dl|dt|dd|body|html|head|title|caption|iframe|form|option|address"
_INLINE_TAGS = "a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|img|ins|kbd|label|mark|q|s|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|meta|link|input|button|picture|source|video|audio|svg|path|o:p|st1:[a-z]+"
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK_TAGS})|(?:{_INLINE_TAGS}))(?:\s[^<>]{{0,2000}})?/?>", re.I)
_UNREAD = re.compile(
    r"<!--|<(?P<name>script|style|noscript|template)\b[^<>]{0,2000}>|<!doctype[^<>]{0,500}>|<\?xml[^<>]{0,500}>",
    re.I,
)
_LINK = re.compile(
    r"(?P<image>!)?\[(?P<words>[^\[\]\n]{0,500})\]\((?:<[^<>\n]{0,1000}>|(?:https?://|mailto:|/|#|\.\.?/|www\.)[^\s()]{0,1500}(?:\([^\s()]{0,200}\)[^\s()]{0,500})?)(?:\s+[\"'][^\"'\n]{0,300}[\"'])?\)"
)
_BARE_LINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,1500}>")
_STRONG = re.compile(
    r"(?<![\w*_\\])(?P<mark>\*\*\*|\*\*|___|__)(?=[^\s*_])(?P<words>[^*_\n]{1,1000}?)(?<=[^\s*_])(?P=mark)(?![\w*_])"
)
_LIGHT = re.compile(
    r"(?<![\w*_\\])(?P<mark>[*_])(?=[^\s*_])(?P<words>[^*_\n]{1,1000}?)(?<=[^\s*_])(?P=mark)(?![\w*_])"
)
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,500}~~|\[\^[\w-]{1,20}\](?::[^\n]{0,1000})?")
"""Words struck out, marks of footnotes, and footnotes, which stand apart from the text."""
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+(?=\S)|(?:>[ \t]?)+(?=\S))", re.M)
_ESCAPED = re.compile(r"\\(?=[*_\[\]#>`~|-])")


def html_tags(text: str) -> Iterator[Edit]:
    """Tags give way to nothing, tags of blocks to line ends; scripts, styles and comments go with what is in them."""
    if "<" not in text:
        return
    done = 0
    for start, end in [*_unread(text), (len(text), len(text))]:
        for found in _TAG.finditer(text, done, start):
            yield found.start(), found.end(), "\n\n" if found["block"] else ""
        if start < end:
            yield start, end, "" if text.startswith("<!--", start) else "\n"
        done = end


def _unread(text: str) -> Iterator[tuple[int, int]]:
    """Comments, scripts and styles with all that is in them, and declarations."""
    lower = text.lower()
    missing: set[str] = set()
    at = 0
    while found := _UNREAD.search(text, at):
        at = found.end()
        name = found["name"]
        close = "-->" if found[0] == "<!--" else f"</{name.lower()}" if name else ""
        if close in missing:
            continue
        if close:
            end = lower.find(close, at)
            if end < 0:
                missing.add(close)
                continue
            at = end + len(close)
            at = at if close == "-->" else max(at, text.find(">", at) + 1)
        yield found.start(), at


def markdown_marks(text: str) -> Iterator[Edit]:
    """Links become their words, images go, marks of emphasis, headings and quoted lines go."""
    edits: dict[int, Edit] = {}

    def take(start: int, end: int, new: str = "") -> None:
        if start < end:
            edits.setdefault(start, (start, end, new))

    for found in _LINK.finditer(text):
        if found["image"]:
            take(*found.span())
        else:
            take(found.start(), found.start("words"))
            take(found.end("words"), found.end())
    for pattern in (_BARE_LINK, _STRUCK):
        for found in pattern.finditer(text):
            take(*found.span())
    for pattern in (_STRONG, _LIGHT):
        for found in pattern.finditer(text):
            take(*found.span("mark"))
            take(found.end("words"), found.end())
    for found in _LINE_MARK.finditer(text):
        take(*found.span())
    for found in _ESCAPED.finditer(text):
        take(*found.span())
    done = 0
    for start in sorted(edits):
        if start >= done:
            yield edits[start]
            done = edits[start][1]

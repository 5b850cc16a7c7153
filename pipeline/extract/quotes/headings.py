"""Headlines that name their source: "Poll: most voters want a new vote"."""

import re
from bisect import bisect_left

from pipeline.extract.mentions.words import role_heads
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.sources import source_nouns
from pipeline.extract.quotes.tree import Tree

_SOURCE = re.compile(r"([A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){0,3}): (?=\S+ \S+ \S+)")
_MARKS = frozenset("\"'“”‘’")
_DOCUMENTS = frozenset(
    {
        "poll",
        "report",
        "reports",
        "study",
        "survey",
        "research",
        "official",
        "officials",
        "police",
        "source",
        "sources",
    }
)


def heading_drafts(parsed: ParsedArticle, tree: Tree) -> list[Draft]:
    """A draft for each heading (and the first line) of the form "Source: statement"."""
    drafts: list[Draft] = []
    text = parsed.article.text
    for n, sentence in enumerate(parsed.sentences):
        if n and (sentence.kind != "heading" or sentence.paragraph == parsed.sentences[n - 1].paragraph):
            continue
        found = _SOURCE.match(text, sentence.start, sentence.end)
        if not found:
            continue
        name = range(bisect_left(tree.start, found.start(1)), bisect_left(tree.start, found.end(1)))
        if not _is_source(parsed, tree, name):
            continue
        start, end = found.end(), sentence.end
        while end > start and text[end - 1] in ".; ":
            end -= 1
        if end - 1 > start and text[start] in _MARKS and text[end - 1] in _MARKS:
            start, end = start + 1, end - 1
        if end > start and _tells(tree, name.stop, end):
            head = name[-1] if tree.head[name[-1]] not in name else tree.head[name[-1]]
            drafts.append(Draft([(start, end)], [name.stop], list(name), head, "heading"))
    return drafts


def _tells(tree: Tree, first: int, end: int) -> bool:
    """Whether the words from a token to a character hold a verb: "Kenya: three golds" tells nothing."""
    inside = range(first, bisect_left(tree.start, end))
    return any(tree.pos[i] in ("VERB", "AUX") and tree.tag[i] != "VBG" for i in inside)


def _is_source(parsed: ParsedArticle, tree: Tree, name: range) -> bool:
    """Whether words before a colon are who speaks: a name, a document, "UN chief", "city officials"."""
    last = tree.lower[name[-1]]
    if last in _DOCUMENTS:
        return True
    small = any(not parsed.words[i][0].isupper() for i in name if tree.is_word(i))
    if small:
        return last in role_heads() or source_nouns().get(last) in ("voice", "body", "person", "office")
    return any(parsed.doc[i].ent_type_ for i in name)

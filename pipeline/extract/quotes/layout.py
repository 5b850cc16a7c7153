"""Quotations in their paragraph: what stands before and behind each, and which are titles."""

from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.marks import Quotation, pair_marks
from pipeline.extract.quotes.speech import tail_cue
from pipeline.extract.quotes.tree import Tree

STOPS = frozenset(".!?")
PAUSES = frozenset(",;—–-")
BRACKETS = " )]'’\"”“"
_MAX_TITLE = 6


@dataclass(slots=True)
class Part:
    """A quotation in its paragraph, with the words of its sentence outside marks, before it and behind it."""

    quotation: Quotation
    words: int
    final: str
    """The last character in the marks."""
    lead: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    prior: list[int] = field(default_factory=list)
    """The whole sentence that stands between the quotation before it (or the paragraph's start) and its own sentence."""
    first: bool = False
    last: bool = False
    draft: Draft | None = None
    stopped: bool = False
    """Whether a final stop stands right behind the closing mark, as in British print."""

    @property
    def stops(self) -> bool:
        """Whether it ends like a sentence."""
        return self.final in ".!?…"


def find_quotations(parsed: ParsedArticle, tree: Tree) -> list[Quotation]:
    """The quotations of each paragraph, in order; writes into the tree which tokens stand in one."""
    text = parsed.article.text
    found: list[Quotation] = []
    for start, end in paragraphs(parsed):
        found.extend(pair_marks(text, start, end))
    tree.quotation = [-1] * len(tree.head)
    n = 0
    for i, at in enumerate(tree.start):
        while n < len(found) and found[n].right <= at:
            n += 1
        if n < len(found) and found[n].start <= at < found[n].end:
            tree.quotation[i] = n
    capital = {q.left for q in found if text[q.start].isupper()}
    tree.split_before({q.left for q in found}, capital)
    return found


def paragraphs(parsed: ParsedArticle) -> list[tuple[int, int]]:
    """First and last character of each paragraph."""
    spans: list[tuple[int, int]] = []
    number = -1
    for sentence in parsed.sentences:
        if sentence.paragraph == number:
            spans[-1] = (spans[-1][0], sentence.end)
        else:
            spans.append((sentence.start, sentence.end))
            number = sentence.paragraph
    return spans


def lay_out(text: str, tree: Tree, parts: list[Part], tokens: list[int]) -> None:
    """Fill in what stands around each quotation of a paragraph."""
    outside: list[list[int]] = [[] for _ in range(len(parts) + 1)]
    n = 0
    for i in tokens:
        while n < len(parts) and tree.start[i] >= parts[n].quotation.right:
            n += 1
        if n == len(parts) or tree.end[i] <= parts[n].quotation.left:
            outside[n].append(i)
    parts[0].first = not any(tree.is_word(i) for i in outside[0])
    for k, part in enumerate(parts):
        sentences = _sentences(tree, outside[k])
        own = k == 0 or _ends(
            text, tree, parts[k - 1], outside[k]
        )  # the words before are not of the one before
        part.lead = sentences.pop() if sentences else []
        whole = sentences if own else sentences[1:]
        part.prior = next((s for s in reversed(whole) if any(tree.is_word(i) for i in s)), [])
        behind = _sentences(tree, outside[k + 1])
        own = not behind or _ends(text, tree, part, outside[k + 1])
        part.tail = [] if own else behind[0]
    rest = behind if own else behind[1:]
    parts[-1].last = not any(tree.is_word(i) for s in rest for i in s)


def _sentences(tree: Tree, tokens: list[int]) -> list[list[int]]:
    """Tokens outside marks cut behind each final stop; the last piece is what stands behind the last stop."""
    found: list[list[int]] = [[]]
    for i in tokens:
        found[-1].append(i)
        split = i + 1 < len(tree.sentence) and tree.sentence[i + 1] != tree.sentence[i]
        if tree.lower[i] in STOPS or (split and tree.lower[i].endswith(".")):
            found.append([])
    return found if tokens else []


def _ends(text: str, tree: Tree, part: Part, behind: list[int]) -> bool:
    """Whether a sentence ends with the quotation: a stop within the marks and no speech clause right behind."""
    if not behind:
        return True
    if not part.stops or tree.lower[behind[0]] in STOPS or tree.lower[behind[0]] in PAUSES:
        return False
    opening = text[tree.start[behind[0]]]
    if opening.islower():
        return False
    return part.final in ".…" or tail_cue(tree, behind[:5]) is None


def is_title(text: str, tree: Tree, part: Part, first: int, end: int) -> bool:
    """A short name in marks that a preposition or genitive brings in: on Radio Norland's "The Morning Hour"."""
    inside = text[part.quotation.start : part.quotation.end].split()
    if (
        len(inside) > _MAX_TITLE
        or not all(w[0].isupper() or len(w) < 4 for w in inside)
        or not inside[0][0].isupper()
    ):
        return False
    at = bisect_left(tree.start, part.quotation.left, first, end)
    return at > first and (tree.pos[at - 1] == "ADP" or tree.tag[at - 1] in ("POS", "DT", "PRP$"))

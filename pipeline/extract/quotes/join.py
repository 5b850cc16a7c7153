"""From drafts to rows: content that cuts a quotation is mended, doubles go, the kind is read off the marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.marks import Quotation
from pipeline.extract.quotes.tree import Tree

SPOKEN = frozenset({"turn", "statement"})
"""What is said whole, though no marks stand around it."""
_AND = re.compile(r"\s*,?\s*(?:and|or)\s*")


def join_drafts(
    text: str, tree: Tree, quotations: list[Quotation], direct: list[Draft], indirect: list[Draft]
) -> Iterator[tuple[Draft, str]]:
    """The drafts that become rows, with their kind (direct, mixed, indirect), in order of the text."""
    lefts = [q.left for q in quotations]
    covered = _reported(tree, indirect)
    drafts = [d for d in direct if not _within(tree, d, covered)]
    for draft in _outer(indirect, covered):
        draft.spans = _mend(text, draft.spans, quotations, lefts)
        drafts.append(draft)
    seen: set[tuple[tuple[int, int], ...]] = set()
    for draft in sorted(drafts, key=lambda d: (d.spans[0][0], -d.spans[-1][1])):
        key = tuple(draft.spans)
        if key not in seen:
            seen.add(key)
            spoken = draft.frame in SPOKEN
            yield draft, "direct" if spoken else _kind(text, draft, quotations, lefts)


def _reported(tree: Tree, drafts: list[Draft]) -> list[int]:
    """How many reported clauses each token stands in."""
    depth = [0] * (len(tree.start) + 1)
    for draft in drafts:
        if draft.reports:
            for start, end in draft.spans:
                depth[bisect_left(tree.start, start)] += 1
                depth[bisect_left(tree.start, end)] -= 1
    return list(accumulate(depth))


def _outer(drafts: list[Draft], covered: list[int]) -> list[Draft]:
    """The drafts but for those within a reported clause, of which only reports stay.

    "The mayor said he supports the plan" attributes one statement to the mayor, and no support.
    """
    return [d for d in drafts if d.says or not d.cue or not covered[d.cue[0]]]


def _within(tree: Tree, draft: Draft, covered: list[int]) -> bool:
    """Whether words in marks are only told of: "he said he would stand there shouting “Vote!”"."""
    if draft.frame != "cue, quotation" or not draft.cue or not covered[draft.cue[0]]:
        return False
    return tree.tag[draft.cue[0]] in ("VB", "VBG", "VBN")


def _at(quotations: list[Quotation], lefts: list[int], char: int) -> Quotation | None:
    """The quotation around a character, its marks included."""
    n = bisect_right(lefts, char) - 1
    return quotations[n] if n >= 0 and char < quotations[n].right else None


def _mend(
    text: str, spans: list[tuple[int, int]], quotations: list[Quotation], lefts: list[int]
) -> list[tuple[int, int]]:
    """Stretch spans that cut through a quotation to its marks, where they hold half of it."""
    mended: list[tuple[int, int]] = []
    for start, end in spans:
        first = _at(quotations, lefts, start)
        if first and end > first.right and first.end - start > (first.end - first.start) / 2:
            start = first.start if end <= first.right else first.left
        last = _at(quotations, lefts, end - 1)
        if last and start < last.left and end - last.start > (last.end - last.start) / 2:
            end = last.right if last.closed else last.end
        end = _and_more(text, end, quotations, lefts)
        if mended and start <= mended[-1][1]:
            mended[-1] = (mended[-1][0], max(end, mended[-1][1]))
        else:
            mended.append((start, end))
    return mended


def _and_more(text: str, end: int, quotations: list[Quotation], lefts: list[int]) -> int:
    """The end of the quotations that "and" adds: "a mistake" and "a crime"."""
    while True:
        n = bisect_right(lefts, end)
        if n == 0 or n >= len(quotations) or not quotations[n - 1].end <= end <= quotations[n - 1].right:
            return end
        if not _AND.fullmatch(text, quotations[n - 1].right, quotations[n].left):
            return end
        end = quotations[n].end


def _kind(text: str, draft: Draft, quotations: list[Quotation], lefts: list[int]) -> str:
    """Direct: all words stand in marks; mixed: some; indirect: none."""
    inside = outside = 0
    for start, end in draft.spans:
        at = start
        while at < end:
            quotation = _at(quotations, lefts, at)
            if quotation:
                stop = min(end, quotation.right)
                inside += sum(c.isalnum() for c in text[at:stop])
            else:
                n = bisect_right(lefts, at)
                stop = min(end, lefts[n]) if n < len(lefts) else end
                outside += sum(c.isalnum() for c in text[at:stop])
            at = stop
    return "direct" if inside and not outside else "mixed" if inside else "indirect"

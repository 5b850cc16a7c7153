"""Constructions read off the quotation marks right behind a verb, however the words were parsed."""

from pipeline.extract.quotes.bounds import FINITE, to_the_end, trim
from pipeline.extract.quotes.verb import Found, Verb

_NAMED = 7
"""Words of an object before its label."""
_NAMING = ("DET", "ADJ", "NOUN", "PROPN", "PART", "PRON", "NUM")
_ENDS = frozenset({";", ":", "—", "–", "--", ",", ".", "-"})


def called(verb: Verb) -> Found | None:
    """A label in marks right behind the verb and its object: "called the plan "a gift"", however it was parsed."""
    tree, i = verb.tree, verb.i
    if verb.passive or not verb.takes("small") or verb.cue.cue_class == "thinking":
        return None
    at = i + 1
    while at < min(i + _NAMED, len(tree.head)) and tree.quotation[at] < 0 and tree.pos[at] in _NAMING:
        at += 1
    found = _through_marks(verb, at) if at > i + 1 or verb.takes("quotation") else None
    if found is None:
        return None
    content = found[0]
    at, marked = content[-1] + 1, False
    while at < len(tree.head) and tree.sentence[at] == tree.sentence[i] and tree.lower[at] not in _ENDS:
        marked = marked or tree.dep[at] == "mark"  # "... a mistake" because so few came
        if tree.dep[at] == "cc" or (tree.tag[at] in FINITE and not marked):
            break
        content.append(at)
        at += 1
    return content, []


def quoted(verb: Verb) -> Found | None:
    """A statement that begins with quoted words: "says "the wind is with us" despite the loss"."""
    if verb.passive or not verb.takes("quotation") or not verb.takes("clause"):
        return None
    found = _through_marks(verb, verb.i + 1)
    if found is None:
        return None
    tree, last = verb.tree, found[0][-1]
    same = tree.sentence[last] == tree.sentence[verb.i] and tree.lower[last + 1 : last + 2] not in (
        ["."],
        [","],
    )
    more = to_the_end(tree, last + 1) if same and last + 1 < len(tree.head) else []
    return trim(tree, verb.i, found[0] + more), []


def _through_marks(verb: Verb, at: int) -> Found | None:
    """The words behind the verb to the end of the quotation that opens at a token."""
    tree = verb.tree
    first = at if at < len(tree.head) and tree.quotation[at] >= 0 else at + 1
    if first >= len(tree.head) or tree.quotation[first] < 0 or tree.sentence[at] != tree.sentence[verb.i]:
        return None
    end = first
    while end < len(tree.head) and tree.quotation[end] == tree.quotation[first]:
        end += 1
    return list(range(verb.i + 1, end)), []

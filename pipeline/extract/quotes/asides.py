"""Speech clauses and phrases that stand aside: "The road, the mayor said, is open", "..., according to the army".

Read from where they stand between commas, because parsers attach them unreliably.
"""

from pipeline.extract.quotes.bounds import FINITE
from pipeline.extract.quotes.speakers import is_time, phrase_head
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.quotes.verb import Verb

_EDGES = frozenset({",", "—", "–", "--", ";", "”", '"', "''", ")"})
_ENDS = frozenset({".", "!", "?", ";", "—", "–", "--", ")"})
_WHEN = frozenset({"after", "before", "since"})
_JOINERS = frozenset({"and", "but", ","})
_TURNS = frozenset({"but", "though", "although", "while", "yet", "whereas", "as"})
_NAMING = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "ADP", "PART")
_MAX_ADDED = 8
"""Words that may stand behind the verb of an aside: "the mayor said late on Monday"."""


def sentence_range(tree: Tree, i: int) -> tuple[int, int]:
    """First token of the sentence around a token, and the one after its last."""
    start = end = i
    number = tree.sentence[i]
    while start > 0 and tree.sentence[start - 1] == number:
        start -= 1
    while end < len(tree.sentence) and tree.sentence[end] == number:
        end += 1
    return start, end


def aside(verb: Verb) -> tuple[list[int], int] | None:
    """The statement around a speech clause that stands between commas, and its speaker; None where it is no aside."""
    tree, i = verb.tree, verb.i
    if tree.dep[i] in ("acl", "acl:relcl"):
        return None
    if (
        verb.passive
        or not verb.takes("clause")
        or verb.cue.cue_class not in ("saying", "thinking", "showing")
    ):
        return None
    if tree.tag[i] not in ("VBD", "VBZ", "VBP") and not (
        tree.tag[i] == "VBN" and verb.child("aux") is not None
    ):
        return None
    start, end = sentence_range(tree, i)
    found = _inverted(verb, start, end)
    if found is None and not any(c > i for c in verb.children("obj", "xcomp")):
        found = _before(verb, start)
    if found is None:
        return None
    first, close, source = found
    if tree.lower[first] in ("and", "but"):
        return None  # "The crowd sang, and the police answered": a clause beside it
    last = _short(verb, close, end)
    if last is None or tree.lower[source] in ("who", "which", "that"):
        return None
    closing = tree.lower[last + 1] if last + 1 < end else "."
    after = list(range(last + 1, end))
    if first == start:
        return (after, source) if tree.lower[first] == "as" and closing == "," else None
    content = without_joiner(tree, statement(tree, list(range(start, first)), after, closing))
    return (content, source) if _says(tree, content) else None


def without_joiner(tree: Tree, content: list[int]) -> list[int]:
    """Content without the "And" or "But" that joins it to the sentence before."""
    at = 0
    while at < len(content) and tree.lower[content[at]] in _JOINERS and at < 2:
        at += 1
    return content[at:] if at and tree.lower[content[0]] != "," else content


def _says(tree: Tree, content: list[int]) -> bool:
    """Whether words make a statement: a finite verb, or one that the tagger took for a participle of the subject."""
    return any(
        tree.tag[j] in FINITE or (tree.tag[j] == "VBN" and tree.dep[j] == "acl" and tree.head[j] < j)
        for j in content
    )


def _before(verb: Verb, start: int) -> tuple[int, int, int] | None:
    """First and last token and speaker of ", the mayor said": the subject stands before the verb."""
    tree, i, source = verb.tree, verb.i, verb.source
    edge = i - 1
    while edge >= start and tree.lower[edge] not in _EDGES:
        edge -= 1
    if edge == i - 1 and (behind := _described(tree, start, edge)) is not None:
        return behind
    nouns = [
        j for j in range(edge + 1, i) if tree.pos[j] in ("NOUN", "PROPN", "PRON") and not is_time(tree, j)
    ]
    if any(tree.tag[j] in FINITE and tree.dep[j] not in ("aux", "acl:relcl") for j in range(edge + 1, i)):
        return None
    if any(tree.lower[j] == "than" for j in range(edge + 1, i)):
        return None
    if nouns:
        if source is None or source not in nouns:
            source = phrase_head(tree, nouns[0], set(nouns))
        return edge + 1, i, source
    if source is None or tree.head[source] != i or source > i or edge < 0:
        return None
    first = tree.subtree(source)[0]
    outside = first == start or tree.lower[first - 1] in _EDGES
    return (first, i, source) if outside else None


def _described(tree: Tree, start: int, edge: int) -> tuple[int, int, int] | None:
    """First and last token and speaker of "..., the head of the union, Ana Duro, told": a noun phrase and a name."""
    firsts: list[int] = []
    at = edge - 1
    while at >= start and len(firsts) < 2:
        stop = at
        while at >= start and tree.lower[at] not in _EDGES:
            at -= 1
        if at < start or any(tree.pos[j] not in _NAMING for j in range(at + 1, stop + 1)):
            break
        firsts.append(at + 1)
        at -= 1
    if len(firsts) < 2 or tree.pos[firsts[1]] not in ("DET", "PRON", "PROPN"):
        return None
    nouns = [j for j in range(firsts[1], firsts[0]) if tree.pos[j] in ("NOUN", "PROPN", "PRON")]
    whole = any(tree.tag[j] in FINITE for j in range(start, firsts[1]))
    if not nouns or not whole:
        return None
    return firsts[1], edge + 1, phrase_head(tree, nouns[0], set(range(firsts[1], firsts[0])))


def _inverted(verb: Verb, start: int, end: int) -> tuple[int, int, int] | None:
    """First and last token and speaker of ", said the mayor": the subject stands behind the verb."""
    tree, i = verb.tree, verb.i
    if i == start or tree.lower[i - 1] not in _EDGES or "recipient" in verb.cue.frames:
        return None
    if any(c < i for c in verb.children("nsubj")) and verb.child("obj", "iobj") is not None:
        return None  # "The council, which met late, denied any delay"
    stop = i + 1
    while stop < end and tree.lower[stop] not in _ENDS and tree.lower[stop] != ",":
        stop += 1
    nouns = [
        j for j in range(i + 1, stop) if tree.pos[j] in ("NOUN", "PROPN", "PRON") and not is_time(tree, j)
    ]
    if not nouns or tree.lower[i + 1] in ("that", "it", "he", "she", "they", "we", "i", "there"):
        return None
    if any(tree.tag[j] in FINITE for j in range(i + 1, stop)):
        return None
    source = phrase_head(tree, nouns[0], set(nouns))
    whole = any(tree.tag[j] in FINITE and tree.dep[j] != "acl:relcl" for j in range(start, i))
    if tree.dep[source] == "obj" and verb.takes("object") and not whole:
        return None
    last = stop - 1
    while last + 1 < end and tree.lower[last + 1] == "," and _appositive(tree, source, last + 2, end):
        last += 2
        while last + 1 < end and tree.lower[last + 1] not in _ENDS and tree.lower[last + 1] != ",":
            last += 1
    return i, last, source


def _appositive(tree: Tree, source: int, start: int, end: int) -> bool:
    """Whether the words behind a comma tell who the speaker is: ", an expert on Russia,"."""
    if start >= end:
        return False
    if tree.lower[start] in ("a", "an", "the", "who", "whose", "which"):
        stop = start
        while stop < end and tree.lower[stop] != "," and tree.lower[stop] not in _ENDS:
            stop += 1
        relative = tree.lower[start] in ("who", "whose", "which")
        return relative or not any(tree.tag[j] in FINITE for j in range(start, stop))
    if tree.pos[start] in ("NOUN", "ADJ", "PROPN"):  # "Ana Duro, head of research at ..."
        return not any(tree.tag[j] in FINITE or tree.lower[j] == "," for j in range(start, end))
    return False


def _short(verb: Verb, last: int, end: int) -> int | None:
    """The last token of a speech clause: the verb or its subject, and short adverbials; None where more follows."""
    tree, stop = verb.tree, last + 1
    while stop < end and tree.lower[stop] not in _ENDS and tree.lower[stop] != ",":
        plain = tree.pos[stop] not in ("VERB", "AUX", "SCONJ") and tree.lower[stop] not in ("that", "to", ":")
        if not plain or tree.quotation[stop] >= 0 or stop - last > _MAX_ADDED:
            return None
        stop += 1
    return stop - 1


def statement(tree: Tree, before: list[int], after: list[int], closing: str) -> list[int]:
    """The words of the statement that an aside interrupts or ends."""
    cuts = [n for n, j in enumerate(before) if tree.lower[j] == ";"]
    before = before[cuts[-1] + 1 :] if cuts else before
    words = [j for j in after if tree.is_word(j)]
    whole = any(tree.tag[j] in FINITE for j in before)
    last = next((j for j in reversed(before) if tree.is_word(j)), None)
    if last is not None and words and (tree.tag[last] in ("WDT", "WP") or tree.lower[last] == "that"):
        return after
    if closing in _ENDS or not words:
        return before
    if not whole:
        return before + after
    if tree.lower[words[0]] in _TURNS or tree.tag[words[0]] == "VBG" or _apart(tree, words):
        return before
    return before + after


def _apart(tree: Tree, words: list[int]) -> bool:
    """Whether words behind an aside are the article's own: ", hours after ...", ", in what ... called ..."."""
    if [tree.lower[j] for j in words[:2]] == ["in", "what"]:
        return True
    when = next((n for n, j in enumerate(words[:4]) if tree.lower[j] in _WHEN), 0)
    return when > 0 and all(tree.pos[j] in ("NUM", "NOUN", "DET", "ADV", "ADJ") for j in words[:when])

"""Direct quotations: words in marks that stand as utterances, and the speech clause beside them.

Read from the geometry of a paragraph, which outlives errors of the parser: a quotation opens a sentence or follows a
speech clause; its speech clause stands behind it, before it or between its parts.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes import cues
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.marks import Quotation, pair_marks
from pipeline.extract.quotes.speakers import before_commas, is_time, noun_phrase, phrase_head, subject_of
from pipeline.extract.quotes.tree import Tree

_STOPS = frozenset(".!?")
_PAUSES = frozenset(",;—–-")
_BRACKETS = " )]'’\"”“"
_NOMINAL = ("PROPN", "NOUN", "PRON", "NUM", "ADJ")
_TURN = re.compile(r"[\"'“”‘]{0,2}([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):\s")
_MAX_TITLE = 6
_BESIDE = ("advmod", "obj", "iobj", "compound:prt", "obl:unmarked")
_RECIPIENTS = frozenset({"him", "her", "them", "us", "me", "reporters", "it"})
_CUT_OFF = ("acl", "acl:relcl", "amod", "compound")


@dataclass(slots=True)
class _Part:
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

    @property
    def stops(self) -> bool:
        """Whether it ends like a sentence."""
        return self.final in ".!?…"


@dataclass(slots=True)
class _Reader:
    """What the walk over the paragraphs remembers."""

    text: str
    tree: Tree
    drafts: list[Draft] = field(default_factory=list)
    before: list[_Part] = field(default_factory=list)
    """The quotations of the paragraph before."""
    colon: list[int] = field(default_factory=list)
    """The sentence that ended the paragraph before, where it ended in a colon."""


def find_quotations(parsed: ParsedArticle, tree: Tree) -> list[Quotation]:
    """The quotations of each paragraph, in order; writes into the tree which tokens stand in one."""
    text = parsed.article.text
    found: list[Quotation] = []
    for start, end in _paragraphs(parsed):
        found.extend(pair_marks(text, start, end))
    tree.quotation = [-1] * len(tree.head)
    n = 0
    for i, at in enumerate(tree.start):
        while n < len(found) and found[n].right <= at:
            n += 1
        if n < len(found) and found[n].start <= at < found[n].end:
            tree.quotation[i] = n
    tree.split_before({q.left for q in found})
    return found


def _paragraphs(parsed: ParsedArticle) -> list[tuple[int, int]]:
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


def direct_drafts(parsed: ParsedArticle, tree: Tree, quotations: list[Quotation]) -> list[Draft]:
    """The utterances in quotation marks, each with its cue and speaker where the text gives them."""
    reader = _Reader(parsed.article.text, tree)
    turns = _turns(reader.text, _paragraphs(parsed))
    n = token = 0
    for start, end in _paragraphs(parsed):
        parts: list[_Part] = []
        while n < len(quotations) and quotations[n].left < end:
            inside = reader.text[quotations[n].start : quotations[n].end]
            final = inside.rstrip(_BRACKETS)[-1:] or inside[-1]
            parts.append(_Part(quotations[n], len(inside.split()), final))
            n += 1
        first = token
        while token < len(tree.start) and tree.start[token] < end:
            token += 1
        parts = [p for p in parts if not _is_title(reader, p, first, token)]
        outside = [i for i in range(first, token) if tree.pos[i] != "SPACE"]
        name = turns.get(start)
        if name is not None:
            _turn(reader, parts, outside, name, end)
        elif parts:
            _lay_out(reader, parts, outside)
            for k in range(len(parts)):
                _attribute(reader, parts, k)
        reader.colon = []
        if outside and tree.lower[outside[-1]] == ":":
            reader.colon = [i for i in outside if tree.sentence[i] == tree.sentence[outside[-1]]]
        reader.before = parts
    return reader.drafts


def _turns(text: str, paragraphs: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Start of a paragraph -> the name in capitals that a transcript opens it with, where there are several such."""
    found = {start: match.span(1) for start, end in paragraphs if (match := _TURN.match(text, start, end))}
    return found if len(found) > 1 else {}


def _turn(reader: _Reader, parts: list[_Part], outside: list[int], name: tuple[int, int], end: int) -> None:
    """A turn of a transcript: "NAME: words to the paragraph's end"."""
    tree, text = reader.tree, reader.text
    tokens = range(bisect_left(tree.start, name[0]), bisect_left(tree.start, name[1]))
    colon = tokens.stop
    start = colon + 1
    if start >= len(tree.start) or tree.start[start] >= end:
        return
    while end > tree.start[start] and text[end - 1] in _BRACKETS:
        end -= 1
    draft = Draft([(tree.start[start], end)], [colon], list(tokens), tokens.stop - 1, "turn")
    reader.drafts.append(draft)
    for part in parts:
        part.draft = draft


def _is_title(reader: _Reader, part: _Part, first: int, end: int) -> bool:
    """A short name in marks that a preposition or genitive brings in: on NBC's "Meet the Press"."""
    tree = reader.tree
    inside = reader.text[part.quotation.start : part.quotation.end].split()
    if (
        len(inside) > _MAX_TITLE
        or not all(w[0].isupper() or len(w) < 4 for w in inside)
        or not inside[0][0].isupper()
    ):
        return False
    at = bisect_left(tree.start, part.quotation.left, first, end)
    return at > first and (tree.pos[at - 1] == "ADP" or tree.tag[at - 1] in ("POS", "DT", "PRP$"))


def _lay_out(reader: _Reader, parts: list[_Part], tokens: list[int]) -> None:
    """Fill in what stands around each quotation of a paragraph."""
    tree = reader.tree
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
        own = k == 0 or _ends(reader, parts[k - 1], outside[k])  # the words before are not of the one before
        part.lead = sentences.pop() if sentences else []
        whole = sentences if own else sentences[1:]
        part.prior = next((s for s in reversed(whole) if any(tree.is_word(i) for i in s)), [])
        behind = _sentences(tree, outside[k + 1])
        own = not behind or _ends(reader, part, outside[k + 1])
        part.tail = [] if own else behind[0]
    rest = behind if own else behind[1:]
    parts[-1].last = not any(tree.is_word(i) for s in rest for i in s)


def _sentences(tree: Tree, tokens: list[int]) -> list[list[int]]:
    """Tokens outside marks cut behind each final stop; the last piece is what stands behind the last stop."""
    found: list[list[int]] = [[]]
    for i in tokens:
        found[-1].append(i)
        if tree.lower[i] in _STOPS:
            found.append([])
    return found if tokens else []


def _ends(reader: _Reader, part: _Part, behind: list[int]) -> bool:
    """Whether a sentence ends with the quotation: a stop within the marks and no speech clause right behind."""
    tree = reader.tree
    if not behind:
        return True
    if not part.stops or tree.lower[behind[0]] in _STOPS or tree.lower[behind[0]] in _PAUSES:
        return False
    opening = reader.text[tree.start[behind[0]]]
    if opening.islower():
        return False
    return part.final in ".…" or _tail_cue(tree, behind[:5]) is None


def _quotative(tree: Tree, i: int) -> bool:
    """A verb that can bring in a quotation."""
    if tree.pos[i] not in ("VERB", "AUX") and tree.lower[i] not in ("said", "says"):
        return False
    cue = cues.verb_cue(tree.lower[i])
    return cue is not None and "quotation" in cue.frames


def _tail_cue(tree: Tree, tail: list[int]) -> int | None:
    """The speech verb of a clause behind a quotation: "said X", "X said", "X, who leads Y, told Z"."""
    relative = False
    if any(tree.pos[i] == "SCONJ" for i in tail[:2]) and not any(
        tree.dep[i].startswith("nsubj") for i in tail[:1]
    ):
        return None
    for i in tail:
        if tree.lower[i] in ("who", "which", "whose", "whom"):
            relative = True
        if relative and not (tree.lower[i - 1] in "),—" and _quotative(tree, i)):
            continue
        if tree.dep[i] == "cc" and tree.head[i] not in tail[:1]:
            if all(not tree.is_word(t) for t in tail if t < i):
                return None
            continue
        if tree.tag[i] == "VBG" and tree.child(i, "aux") is None:
            if _quotative(tree, i):
                return None
            continue
        if _quotative(tree, i) and (
            tree.dep[i] not in _CUT_OFF or i == tail[0] or tree.pos[i - 1] in _NOMINAL
        ):
            return i + 1 if i + 1 in tail[1:3] and _quotative(tree, i + 1) else i  # "Hedge said"
        if tree.pos[i] in ("VERB", "AUX") and tree.dep[i] not in _CUT_OFF and not _below_noun(tree, i, tail):
            if tree.dep[i] not in ("aux", "aux:pass"):
                return None
    return None


def _below_noun(tree: Tree, i: int, tokens: list[int]) -> bool:
    """Whether a verb stands in a clause that a noun of the same tokens carries."""
    at = i
    for _ in range(4):
        if tree.dep[at] in _CUT_OFF:
            return True
        if tree.head[at] == at:
            return False
        at = tree.head[at]
    return False


def _lead_cue(tree: Tree, lead: list[int]) -> int | None:
    """The speech verb of a clause before a quotation, the nearest one."""
    found = next((i for i in reversed(lead) if _quotative(tree, i)), None)
    if tree.lower[lead[-1]] == "," and found not in lead[-4:]:
        # a form that the tagger took for a noun: "Hillary shot back, ..."
        for i in lead[-3:]:
            cue = cues.verb_cue(tree.lower[i])
            if cue and "quotation" in cue.frames and i > lead[0] and tree.pos[i - 1] in ("PROPN", "PRON"):
                return i
    return found


def _speaker(tree: Tree, cue: int, tokens: list[int]) -> int | None:
    """The head of a speech verb's subject: by the parse, else by where it stands among the clause's tokens."""
    head = subject_of(tree, cue)
    if head is not None and tree.quotation[head] < 0 and (head in tokens or head < cue):
        return before_commas(tree, cue, head)
    before = [
        i for i in tokens if i < cue and tree.pos[i] in ("PROPN", "NOUN", "PRON") and not is_time(tree, i)
    ]
    if before:
        return phrase_head(tree, before[0], set(before))
    words = [i for i in tokens if i < cue and tree.is_word(i)]
    if words and len(words) < 4:
        return words[-1]
    after: list[int] = []
    for i in tokens:
        if i > cue:
            if tree.lower[i] in _PAUSES or (after and tree.dep[i] == "case"):
                break
            if tree.pos[i] in ("PROPN", "NOUN", "PRON") and not is_time(tree, i):
                after.append(i)
    if after:
        return phrase_head(tree, after[0], set(after))
    return cue + 1 if cue + 1 in tokens and tree.is_word(cue + 1) else None


def _any_subject(tree: Tree, tokens: list[int]) -> int | None:
    """The head of the first subject among tokens, or the one that their verb borrows."""
    for i in tokens:
        if tree.dep[i].startswith("nsubj") and not is_time(tree, i) and tree.pos[i] in _NOMINAL:
            return i
    verb = next((i for i in tokens if tree.pos[i] == "VERB"), None)
    found = subject_of(tree, verb) if verb is not None else None
    return found if found is not None else next((i for i in tokens if tree.pos[i] == "PROPN"), None)


def _new(reader: _Reader, part: _Part, cue: list[int], head: int | None, frame: str) -> None:
    """Begin an attribution with a quotation."""
    tree = reader.tree
    speaker = [] if head is None else noun_phrase(tree, head, frozenset(cue))
    span = (part.quotation.start, part.quotation.end)
    part.draft = Draft(spans=[span], cue=cue, speaker=speaker, head=head, frame=frame)
    reader.drafts.append(part.draft)


def _add(part: _Part, draft: Draft) -> None:
    """Go on with an attribution."""
    draft.spans.append((part.quotation.start, part.quotation.end))
    part.draft = draft


def _behind(tree: Tree, part: _Part) -> tuple[list[int], int | None] | None:
    """The cue of the clause behind a quotation and the head of its speaker."""
    if not (part.final in ",!?…—-." or (part.tail and tree.lower[part.tail[0]] in _PAUSES)):
        return None
    words = [i for i in part.tail if tree.is_word(i)]
    for sequence in cues.phrases().get(tree.lower[words[0]], ()) if words else ():
        if tuple(tree.lower[i] for i in words[: len(sequence)]) == sequence and len(words) > len(sequence):
            first = words[len(sequence)]
            return words[: len(sequence)], phrase_head(tree, first, set(words[len(sequence) :]))
    cue = _tail_cue(tree, part.tail)
    if cue is None:
        return None
    if any(tree.is_word(i) for i in part.lead) and (
        _has_own_clause(tree, cue) or tree.child(cue, "obj", "discourse") is not None
    ):
        return None
    return [cue], _speaker(tree, cue, part.tail)


def _has_own_clause(tree: Tree, cue: int) -> bool:
    """Whether a verb has a clause of its own behind it, and none in the quotation before it."""
    clauses = [c for c in tree.children[cue] if tree.dep[c] == "ccomp"]
    if any(c < cue for c in clauses):
        return False
    return any(
        tree.quotation[c] < 0
        and tree.child(c, "nsubj", "nsubj:pass") is not None
        and tree.lower[cue + 1] != ","
        for c in clauses
    )


def _attribute(reader: _Reader, parts: list[_Part], k: int) -> None:
    """Find the attribution of the k-th quotation of a paragraph, if it is an utterance."""
    tree, part = reader.tree, parts[k]
    previous = parts[k - 1] if k else None
    words = [i for i in part.lead if tree.is_word(i)]
    behind = _behind(tree, part)
    if words and not all(tree.dep[i] in ("cc", "advmod", "discourse") for i in words):
        shared = bool(previous and previous.tail and previous.tail[0] == part.lead[0])
        if shared and previous and previous.draft:
            cue = _lead_cue(tree, part.lead)
            if (cue is None or [cue] == previous.draft.cue) and tree.lower[part.lead[-1]] in ",:;—":
                _add(part, previous.draft)
                return
        if _by_lead(reader, part):
            return
        if behind is not None and not shared and part.final in ",!?":
            _new(reader, part, *behind, "quotation, cue")
            if _lead_cue(tree, part.lead) is None and part.draft:
                part.draft.spans[0] = (tree.start[words[0]], part.quotation.end)
        return
    if behind is not None:
        _new(reader, part, *behind, "quotation, cue")
        if (
            previous
            and previous.draft is None
            and previous.stops
            and not part.prior
            and previous.first
            and part.draft
        ):
            part.draft.spans.insert(0, (previous.quotation.start, previous.quotation.end))
            previous.draft = part.draft
        return
    if part.stops or not part.quotation.closed or (part.words > 4 and part.final == ","):
        _without_cue(reader, parts, k)


def _by_lead(reader: _Reader, part: _Part) -> bool:
    """Attribute a quotation to the speech clause before it: "X said, ...", "X said: ..."."""
    tree = reader.tree
    last = part.lead[-1]
    cue = _lead_cue(tree, part.lead)
    capital = reader.text[part.quotation.start].isupper()
    if tree.lower[last] == ":" and cue is None:
        if part.words < 4 and not part.stops:
            return False
        _new(reader, part, [last], _any_subject(tree, part.lead), "colon")
        return True
    if cue is None:
        return False
    start: int | None = None
    if tree.lower[last] in ",:":
        if (
            tree.lower[last] == ","
            and not capital
            and (not part.stops or _inside_clause(tree, cue, part.lead))
        ):
            return False
    else:
        closes = part.final in ",.!?…" or not part.tail or tree.lower[part.tail[0]] in _PAUSES | _STOPS
        beside = (
            last == cue
            or (tree.head[last] == cue and tree.dep[last] in _BESIDE)
            or (tree.lower[last] in _RECIPIENTS and tree.head[last] == cue)
        )
        if not closes or not beside:
            return False
        if last != cue and not capital:
            start = cue + 1  # "saying he "has failed"": the words between belong to it
    that = next((i for i in part.lead if i > cue and tree.lower[i] == "that" and tree.dep[i] == "mark"), None)
    start = that if that is not None else start
    _new(reader, part, [cue], _speaker(tree, cue, part.lead), "cue, quotation")
    if start is not None and part.draft:
        part.draft.spans[0] = (tree.start[start], part.quotation.end)
    return True


def _inside_clause(tree: Tree, cue: int, lead: list[int]) -> bool:
    """Whether a speech clause interrupts the clause that the quotation ends: "It was, she said, "a bargain"."."""
    if any(c in lead and tree.dep[c] == "ccomp" for c in tree.children[cue]):
        return True
    return tree.dep[cue] == "parataxis" and tree.head[cue] in lead


def _without_cue(reader: _Reader, parts: list[_Part], k: int) -> None:
    """Attribute a quotation that is a sentence of its own: it goes on with what was said before it."""
    tree, part = reader.tree, parts[k]
    previous = parts[k - 1] if k else None
    if previous and previous.draft and not part.prior:
        _add(part, previous.draft)
        return
    if part.prior:
        cue = _lead_cue(tree, part.prior)
        if cue is not None:
            _new(reader, part, [cue], _speaker(tree, cue, part.prior), "sentence before")
        elif part.words > 2:
            _new(reader, part, [], _any_subject(tree, part.prior), "sentence before")
        return
    if not part.first:
        return
    if (
        reader.before
        and reader.before[-1].draft
        and (not reader.before[-1].quotation.closed or reader.before[-1].last)
    ):
        _add(part, reader.before[-1].draft)
    elif reader.colon:
        cue = _lead_cue(tree, reader.colon)
        head = _speaker(tree, cue, reader.colon) if cue is not None else _any_subject(tree, reader.colon)
        _new(reader, part, [cue if cue is not None else reader.colon[-1]], head, "colon")

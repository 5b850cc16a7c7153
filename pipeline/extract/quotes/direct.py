"""Direct quotations: words in marks that stand as utterances, and the speech clause beside them.

Read from the geometry of a paragraph, which outlives errors of the parser: a quotation opens a sentence or follows a
speech clause; its speech clause stands behind it, before it or between its parts.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes import cues
from pipeline.extract.quotes.bounds import FINITE
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.layout import (
    BRACKETS,
    PAUSES,
    STOPS,
    Part,
    is_title,
    lay_out,
    paragraphs,
)
from pipeline.extract.quotes.marks import Quotation
from pipeline.extract.quotes.speakers import noun_phrase, phrase_head
from pipeline.extract.quotes.speech import (
    any_subject,
    has_own_clause,
    inside_clause,
    lead_cue,
    speaker_of,
    tail_cue,
)
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.quotes.turns import Turn, find_turns

_BESIDE = ("advmod", "obj", "iobj", "compound:prt", "obl:unmarked")
_DASHES = frozenset({"-", "–", "—", "--"})
_MIN_SIGNED = 3
_RECIPIENTS = frozenset({"him", "her", "them", "us", "me", "reporters", "it"})


@dataclass(slots=True)
class _Reader:
    """What the walk over the paragraphs remembers."""

    text: str
    tree: Tree
    drafts: list[Draft] = field(default_factory=list)
    before: list[Part] = field(default_factory=list)
    """The quotations of the paragraph before."""
    colon: list[int] = field(default_factory=list)
    """The sentence that ended the paragraph before, where it ended in a colon."""


def direct_drafts(parsed: ParsedArticle, tree: Tree, quotations: list[Quotation]) -> list[Draft]:
    """The utterances in quotation marks, each with its cue and speaker where the text gives them."""
    reader = _Reader(parsed.article.text, tree)
    turns = find_turns(parsed, paragraphs(parsed))
    n = token = 0
    for start, end in paragraphs(parsed):
        parts: list[Part] = []
        while n < len(quotations) and quotations[n].left < end:
            inside = reader.text[quotations[n].start : quotations[n].end]
            final = inside.rstrip(BRACKETS)[-1:] or inside[-1]
            behind = reader.text[quotations[n].right : quotations[n].right + 1]
            parts.append(Part(quotations[n], len(inside.split()), final, stopped=behind in STOPS))
            n += 1
        first = token
        while token < len(tree.start) and tree.start[token] < end:
            token += 1
        parts = [p for p in parts if not is_title(reader.text, tree, p, first, token)]
        outside = [i for i in range(first, token) if tree.pos[i] != "SPACE"]
        turn = turns.get(start)
        if turn is not None:
            _turn(reader, parts, outside, turn, end)
        elif parts:
            lay_out(reader.text, tree, parts, outside)
            for k in range(len(parts)):
                _attribute(reader, parts, k)
        reader.colon = []
        if outside and tree.lower[outside[-1]] == ":":
            reader.colon = [i for i in outside if tree.sentence[i] == tree.sentence[outside[-1]]]
        reader.before = parts
    return reader.drafts


def _turn(reader: _Reader, parts: list[Part], outside: list[int], turn: Turn, end: int) -> None:
    """A paragraph of a turn: "NAME: words to the paragraph's end", a question, an answer, or words with which the turn before goes on."""
    tree, text = reader.tree, reader.text
    first, tokens = _labelled(tree, outside, turn)
    if first is None or tree.start[first] >= end:
        return
    while end > tree.start[first] and text[end - 1] in BRACKETS:
        end -= 1
    span = (tree.start[first], end)
    if turn.kind == "more" and reader.drafts:
        reader.drafts[-1].spans.append(span)
    elif turn.kind in ("question", "answer"):
        reader.drafts.append(Draft([span], [], [], None, "question" if turn.kind == "question" else "turn"))
    elif turn.label is not None:
        cue = [i for i in range(tokens.stop, first) if tree.lower[i] == ":"]
        reader.drafts.append(Draft([span], cue, list(tokens), tokens.stop - 1, "turn"))
    for part in parts:
        part.draft = reader.drafts[-1]


def _labelled(tree: Tree, outside: list[int], turn: Turn) -> tuple[int | None, range]:
    """The first word that is said in a paragraph of a turn, and the tokens of its label."""
    if turn.label is None:
        return next((i for i in outside if tree.is_word(i)), None), range(0)
    tokens = range(bisect_left(tree.start, turn.label[0]), bisect_left(tree.start, turn.label[1]))
    first = tokens.stop + int(tree.lower[tokens.stop : tokens.stop + 1] in ([":"], ["."]))
    return (first if first < len(tree.start) else None), tokens


def _new(reader: _Reader, part: Part, cue: list[int], head: int | None, frame: str) -> None:
    """Begin an attribution with a quotation."""
    tree = reader.tree
    speaker = [] if head is None else noun_phrase(tree, head, frozenset(cue))
    span = (part.quotation.start, part.quotation.end)
    part.draft = Draft(spans=[span], cue=cue, speaker=speaker, head=head, frame=frame)
    reader.drafts.append(part.draft)


def _add(part: Part, draft: Draft) -> None:
    """Go on with an attribution."""
    draft.spans.append((part.quotation.start, part.quotation.end))
    part.draft = draft


def _behind(tree: Tree, part: Part) -> tuple[list[int], int | None] | None:
    """The cue of the clause behind a quotation and the head of its speaker."""
    if not (part.final in ",!?…—-." or (part.tail and tree.lower[part.tail[0]] in PAUSES)):
        return None
    words = [i for i in part.tail if tree.is_word(i)]
    for sequence in cues.phrases().get(tree.lower[words[0]], ()) if words else ():
        if tuple(tree.lower[i] for i in words[: len(sequence)]) == sequence and len(words) > len(sequence):
            first = words[len(sequence)]
            return words[: len(sequence)], phrase_head(tree, first, set(words[len(sequence) :]))
    cue = tail_cue(tree, part.tail)
    if cue is None:
        return None
    if tree.lower[cue + 1 : cue + 2] in (["yes"], ["no"]):
        return None
    if any(tree.is_word(i) for i in part.lead) and (
        has_own_clause(tree, cue) or tree.child(cue, "obj", "discourse") is not None
    ):
        return None
    return [cue], speaker_of(tree, cue, part.tail)


def _attribute(reader: _Reader, parts: list[Part], k: int) -> None:
    """Find the attribution of the k-th quotation of a paragraph, if it is an utterance."""
    tree, part = reader.tree, parts[k]
    previous = parts[k - 1] if k else None
    words = [i for i in part.lead if tree.is_word(i)]
    behind = _behind(tree, part)
    if words and not all(tree.dep[i] in ("cc", "advmod", "discourse") for i in words):
        shared = bool(previous and previous.tail and previous.tail[0] == part.lead[0])
        if shared and previous and previous.draft:
            cue = lead_cue(tree, part.lead)
            same = cue is None or [cue] == previous.draft.cue or _goes_on(reader, part, previous.draft)
            if same and tree.lower[part.lead[-1]] in ",:;—":
                _add(part, previous.draft)
                return
        heralded = tree.lower[part.lead[-1]] == ":" and behind is not None and part.final in ",!?"
        if not heralded and _by_lead(reader, part):
            return
        if behind is not None and not shared and part.final in ",!?":
            _new(reader, part, *behind, "quotation, cue")
            inner = lead_cue(tree, part.lead)
            open_ = inner is not None and tree.lower[part.lead[-1]] not in ",:"
            words = words[1:] if tree.dep[words[0]] == "cc" else words
            if not heralded and (inner is None or open_) and part.draft:
                part.draft.spans[0] = (tree.start[words[0]], part.quotation.end)
        return
    if words and previous and previous.draft is None and previous.tail[:1] == part.lead[:1]:
        return  # "words like "soon" and "later", she said"
    if behind is not None:
        _new(reader, part, *behind, "quotation, cue")
        if not part.prior:
            _with_opening(part, previous)
        return
    name = _signature(tree, part)
    if name is not None:
        _new(reader, part, part.tail[:1], name, "colon")
        return
    whole = part.stopped and part.words > 2 and reader.text[part.quotation.start].isupper()
    if part.stops or whole or not part.quotation.closed or (part.words > 4 and part.final == ","):
        _without_cue(reader, parts, k)


def _with_opening(part: Part, previous: Part | None) -> None:
    """Let a draft begin with the quotation that opens the paragraph, where nobody is named for that one."""
    if previous and part.draft and previous.draft is None and previous.stops and previous.first:
        part.draft.spans.insert(0, (previous.quotation.start, previous.quotation.end))
        previous.draft = part.draft


def _goes_on(reader: _Reader, part: Part, draft: Draft) -> bool:
    """Whether a quotation goes on in small letters behind its speech clause and a participle: "she said, pointing at it, "and ..."."""
    opening = reader.text[part.quotation.start]
    return opening.islower() and bool(draft.cue) and draft.cue[0] in part.lead


def _signature(tree: Tree, part: Part) -> int | None:
    """Who stands behind a dash and says nothing more: “It is over.” – President Ana Ruiz."""
    tail = part.tail
    if not tail or tree.lower[tail[0]] not in _DASHES or part.words < _MIN_SIGNED or not part.stops:
        return None
    stop = next((n for n, i in enumerate(tail) if tree.lower[i] == ","), len(tail))
    names = [i for i in tail[1:stop] if tree.pos[i] in ("PROPN", "NOUN")]
    if not any(tree.pos[i] == "PROPN" for i in names) or any(tree.tag[i] in FINITE for i in tail):
        return None
    return phrase_head(tree, names[0], set(tail[1:stop]))


def _by_lead(reader: _Reader, part: Part) -> bool:
    """Attribute a quotation to the speech clause before it: "X said, ...", "X said: ..."."""
    tree = reader.tree
    last = part.lead[-1]
    cue = lead_cue(tree, part.lead)
    capital = reader.text[part.quotation.start].isupper()
    if tree.lower[last] == ":" and cue is None:
        if part.words < 4 and not part.stops and not _is_whole(tree, part):
            return False
        _new(reader, part, [last], _before_colon(tree, part.lead), "colon")
        return True
    if cue is None:
        return False
    start: int | None = None
    if tree.lower[last] in ",:":
        if (
            tree.lower[last] == ","
            and not capital
            and (not part.stops or inside_clause(tree, cue, part.lead))
        ):
            return False
    else:
        closes = part.final in ",.!?…" or not part.tail or tree.lower[part.tail[0]] in PAUSES | STOPS
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
    _new(reader, part, [cue], speaker_of(tree, cue, part.lead), "cue, quotation")
    if start is not None and part.draft:
        part.draft.spans[0] = (tree.start[start], part.quotation.end)
    return True


def _is_whole(tree: Tree, part: Part) -> bool:
    """Whether a line holds a name, a colon and a quotation, and nothing else: "Minister Ana Ruiz: 'No new taxes'"."""
    named = any(tree.pos[i] == "PROPN" for i in part.lead)
    verb = any(tree.pos[i] in ("VERB", "AUX") for i in part.lead)
    return named and not verb and not part.prior and not any(tree.is_word(i) for i in part.tail)


def _before_colon(tree: Tree, lead: list[int]) -> int | None:
    """Who speaks behind a colon without a cue: the subject, or where that is a thing, the name right before the colon."""
    name = next((i for i in reversed(lead) if tree.is_word(i)), None)
    if name is not None and not any(tree.pos[i] in ("VERB", "AUX") for i in lead):
        return _named_before(tree, lead, name)
    head = any_subject(tree, lead)
    if head is None or name is None or tree.pos[head] != "NOUN" or tree.pos[name] != "PROPN":
        return head
    return phrase_head(tree, name, {i for i in lead if tree.pos[i] in ("NOUN", "PROPN") and i > head})


def _named_before(tree: Tree, lead: list[int], last: int) -> int:
    """Who speaks behind a colon with no verb before it: the name right before it, else what the words are about."""
    edge = next((i for i in reversed(lead) if tree.lower[i] in PAUSES), lead[0] - 1)
    inside = {i for i in lead if i > edge}
    if tree.pos[last] != "PROPN":
        inside, last = set(lead), lead[0]
    first = next((i for i in sorted(inside) if tree.pos[i] in ("PROPN", "NOUN", "PRON")), last)
    return phrase_head(tree, first, inside)


def _without_cue(reader: _Reader, parts: list[Part], k: int) -> None:
    """Attribute a quotation that is a sentence of its own: it goes on with what was said before it."""
    tree, part = reader.tree, parts[k]
    previous = parts[k - 1] if k else None
    if previous and previous.draft and not part.prior:
        _add(part, previous.draft)
        return
    if part.prior:
        cue = lead_cue(tree, part.prior)
        if cue is None and previous and previous.draft and any_subject(tree, part.prior) is None:
            _add(part, previous.draft)  # "And now?"
        elif cue is not None:
            _new(reader, part, [cue], speaker_of(tree, cue, part.prior), "sentence before")
        elif part.words > 2:
            _new(reader, part, [], any_subject(tree, part.prior), "sentence before")
            _with_opening(part, previous)  # “It was dark.” Ruiz paused. “Then it rang.”
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
        cue = lead_cue(tree, reader.colon)
        head = speaker_of(tree, cue, reader.colon) if cue is not None else any_subject(tree, reader.colon)
        _new(reader, part, [cue if cue is not None else reader.colon[-1]], head, "colon")

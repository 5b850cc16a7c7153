"""Statements without marks behind a speech clause and a colon: "The minister said: ...", paragraphs and list items below it too."""

import re
from bisect import bisect_left, bisect_right

from pipeline.extract.parsed import ParsedArticle, ParsedSentence
from pipeline.extract.quotes import cues
from pipeline.extract.quotes.bounds import FINITE
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.layout import paragraphs
from pipeline.extract.quotes.speakers import noun_phrase, subject_of
from pipeline.extract.quotes.speech import quotative, speaker_of
from pipeline.extract.quotes.tree import Tree

_ITEM = re.compile(r"\s*(?:[-•*–—▪·]|\(?\d{1,2}[.)])\s+")
_SIGNED = re.compile(r"[^:\n]{2,80}:\s*[\"'“‘«„]")
"""An item with a speaker of its own."""
_MARKS = frozenset("\"'“”‘’«»„`")
_OWN = frozenset({"i", "we", "our", "my", "us", "me", "ours", "you", "your"})
"""Words of who speaks, and to whom: what holds them goes on with a statement."""
_PAST = frozenset({"VBD"})
_MIN_WORDS = 3
_MOST = 40
"""Paragraphs looked at below one, so that time stays linear."""


def statement_drafts(parsed: ParsedArticle, tree: Tree, known: list[Draft]) -> list[Draft]:
    """A draft for each colon that a clause of saying ends and a statement without marks follows; none where `known` ones stand."""
    every = paragraphs(parsed)
    starts = [start for start, _ in every]
    turns = (span for draft in known if draft.frame in ("turn", "question") for span in draft.spans)
    told = {bisect_right(starts, start) - 1 for start, _ in turns}
    whole = [span for n, span in enumerate(every) if n not in told]
    reader = _Statements(parsed, tree, whole)
    taken = {i for draft in known for i in draft.cue}
    found = (draft for n in range(len(whole)) for draft in reader.of(n))
    return [draft for draft in found if not taken.intersection(draft.cue)]


class _Statements:
    """Reads the statements of an article, a paragraph at a time."""

    def __init__(self, parsed: ParsedArticle, tree: Tree, spans: list[tuple[int, int]]) -> None:
        self.text, self.tree, self.paragraphs = parsed.article.text, tree, spans
        starts = {start: n for n, (start, _) in enumerate(spans)}
        self.sentences: list[list[ParsedSentence]] = [[] for _ in spans]
        number = -1
        for sentence in parsed.sentences:
            number = starts.get(sentence.start, number)
            if 0 <= number < len(spans) and sentence.end <= spans[number][1]:
                self.sentences[number].append(sentence)

    def of(self, n: int) -> list[Draft]:
        """The statement that a colon of the n-th paragraph brings in."""
        for k, sentence in enumerate(self.sentences[n]):
            for colon in range(sentence.span.start, sentence.span.end):
                if self.tree.lower[colon] == ":" and self.tree.quotation[colon] < 0:
                    lead = list(range(sentence.span.start, colon))
                    found = self._behind(n, k, lead, colon)
                    return [found] if found else []
        return []

    def _behind(self, n: int, k: int, lead: list[int], colon: int) -> Draft | None:
        """The statement behind a colon, where the words before it tell who says something."""
        last = colon + 1 >= self.sentences[n][-1].span.end
        items = self._items(n) if last else []
        cue = self._cue(lead, listed=bool(items))
        if cue is None:
            return None
        spans = items or (self._next(n) if last else self._rest(n, k, colon))
        if not spans:
            return None
        head = speaker_of(self.tree, cue, lead)
        if head is None or self.tree.quotation[head] >= 0:
            return None
        return Draft(spans, [cue], noun_phrase(self.tree, head, frozenset({cue})), head, "statement")

    def _cue(self, lead: list[int], *, listed: bool) -> int | None:
        """The verb of saying of the clause before a colon, with nothing said before the colon; any verb of a cue before a list."""
        tree = self.tree
        verbs = [i for i in lead if tree.tag[i] in FINITE or quotative(tree, i)]
        verbs = [i for i in verbs if tree.pos[i] == "VERB" and tree.tag[i] != "MD"]
        if not verbs:
            return None
        cue = verbs[-1]
        if listed:
            found = cues.verb_cue(tree.lower[cue])
            named = any(tree.pos[i] == "NOUN" and cues.noun_cue(tree.lower[i]) for i in lead if i > cue)
            return cue if (found is not None and found.cue_class != "thinking") or named else None
        said = tree.child(cue, "obj", "xcomp") is not None
        return cue if quotative(tree, cue) and not said and subject_of(tree, cue) is not None else None

    def _items(self, n: int) -> list[tuple[int, int]]:
        """The list items right below a paragraph."""
        spans: list[tuple[int, int]] = []
        for start, end in self.paragraphs[n + 1 : n + _MOST]:
            mark = _ITEM.match(self.text, start, end) or _ITEM.search(self.text, max(0, start - 6), start)
            if mark is None:
                break
            spans.append((max(mark.end(), start), self._trimmed(start, end)))
        return spans if len(spans) > 1 and all(self._is_said(*span) for span in spans) else []

    def _is_said(self, start: int, end: int) -> bool:
        """Whether words are a statement without marks: words enough, a finite verb, no mark at the start or behind a name."""
        inside = [i for i in self._tokens(start, end) if self.tree.is_word(i)]
        finite = any(self.tree.tag[i] in FINITE for i in inside)
        marked = self.text[start] in _MARKS or _SIGNED.match(self.text, start, end)
        return finite and len(inside) >= _MIN_WORDS and not marked

    def _next(self, n: int) -> list[tuple[int, int]]:
        """The paragraph below one that ends in a colon, and those behind it in which who speaks says "we" or "I"."""
        spans: list[tuple[int, int]] = []
        for m in range(n + 1, min(n + _MOST, len(self.paragraphs))):
            start, end = self.paragraphs[m]
            body = all(s.kind == "body" for s in self.sentences[m])
            if not body or not self._is_said(start, end) or (spans and not self._owned(start, end)):
                break
            spans.append((start, self._trimmed(start, end)))
        return spans

    def _rest(self, n: int, k: int, colon: int) -> list[tuple[int, int]]:
        """The words behind a colon to the end of their sentence, and the sentences that go on with them."""
        own = self.sentences[n][k:]
        if colon + 1 == own[0].span.end:  # the parser ended the sentence there
            own = own[1:]
        start, end, follows = self.tree.start[colon + 1], own[0].end, own[1:]
        if not self.text[start].isupper() or not self._is_said(start, end):
            return []
        now = not self._past(start, end)
        for sentence in follows:
            whose = self._owned(sentence.start, sentence.end)
            if not whose and not (now and not self._past(sentence.start, sentence.end)):
                break
            if self.tree.quotation[sentence.span.start] >= 0 or self.text[sentence.start] in _MARKS:
                break
            end = sentence.end
        return [(start, self._trimmed(start, end))]

    def _tokens(self, start: int, end: int) -> range:
        """The tokens between two characters."""
        return range(bisect_left(self.tree.start, start), bisect_left(self.tree.start, end))

    def _owned(self, start: int, end: int) -> bool:
        """Whether words are those of who speaks: "we", "your"."""
        return any(self.tree.lower[i] in _OWN for i in self._tokens(start, end))

    def _past(self, start: int, end: int) -> bool:
        """Whether words tell of what was, as an article does."""
        return any(self.tree.tag[i] in _PAST for i in self._tokens(start, end))

    def _trimmed(self, start: int, end: int) -> int:
        """The end of words without the blank space behind them."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return end

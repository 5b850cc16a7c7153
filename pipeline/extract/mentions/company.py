"""Whom a person or body stands beside: the countries of kin, of people of one surname, of those named in one breath and of the neighbours.

Only actors whose country a word tells count. What each kind of company weighs is learned with the other signs of a country (`guesses`).
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import bare, kin
from pipeline.extract.parsed import ParsedArticle

_FEW = 4
"""Occurrences of an actor that are looked at."""
_BEFORE, _BEHIND = 4, 8
"""Words before and behind a name among which a noun of kinship ties it to somebody."""
_CHAIN = 6
"""Steps up to the first member of a list."""
_BACK = 60
"""Words before a noun of kinship in which he or she is named whose kin it is ("his sister")."""
Beside = dict[str, float]


class Company:
    """The actors of an article whose country a word tells, by where they stand."""

    def __init__(self, parsed: ParsedArticle, known: Iterable[Actor]) -> None:
        """Note where `known` actors are named."""
        self.parsed = parsed
        self.at: dict[int, Actor] = {}
        self.bearers: dict[str, list[Actor]] = {}
        """People by their surnames."""
        for actor in known:
            for span in actor.spans:
                self.at.update(dict.fromkeys(range(span.start, span.end), actor))
            if actor.type == "person":
                for surname in _surnames(actor):
                    self.bearers.setdefault(surname, []).append(actor)

    def of(self, actor: Actor, countries: Iterable[str]) -> dict[str, Beside]:
        """Features of each country: who of it stands by an actor, and whether only others do."""
        named = [s for s in actor.spans if s.kind != "pronoun"][:_FEW]
        kind = "person" if actor.type == "person" else "body"
        found: dict[str, set[str]] = {}
        for span in named:
            for how, other in self._around(actor, span):
                found.setdefault(how, set()).add(other.country or "")
        if actor.type == "person":
            alike = (a for surname in _surnames(actor) for a in self.bearers.get(surname, ()))
            same = {a.country or "" for a in alike if a is not actor}
            if same:
                found["surname"] = same
        return {
            c: {
                f"{kind} {how}" if c in of else f"{kind} {how} of another": 1.0 / len(of) if c in of else 1.0
                for how, of in found.items()
            }
            for c in countries
        }

    def _around(self, actor: Actor, span: ActorSpan) -> list[tuple[str, Actor]]:
        doc = self.parsed.doc
        found = [("joined", self.at[t.i]) for t in _joined(doc[span.end - 1]) if t.i in self.at]
        relative = self._relative(doc, span)
        if relative is not None:
            found.append(("kin", relative))
        sentence = self.parsed.sentence_of(doc[span.start]).span
        before = self._last(sentence.start, span.start)
        if before is not None:
            found.append(("behind", before))
        after = next((self.at[i] for i in range(span.end, sentence.end) if i in self.at), None)
        if after is not None:
            found.append(("before", after))
        return [(how, other) for how, other in found if other is not actor]

    def _last(self, first: int, end: int) -> Actor | None:
        """The known actor named last in a stretch of tokens."""
        return next((self.at[i] for i in range(end - 1, first - 1, -1) if i in self.at), None)

    def _relative(self, doc: Doc, span: ActorSpan) -> Actor | None:
        """Whose kin a person is said to be: "Ruiz's son, X", "his sister X", "X, a daughter of Ruiz"."""
        around = [
            *range(max(0, span.start - _BEFORE), span.start),
            *range(span.end, min(len(doc), span.end + _BEHIND)),
        ]
        for i in around:
            if bare(doc[i].text) not in kin():
                continue
            owners = [c for c in doc[i].subtree if c.dep_ in ("nmod:poss", "nmod") and c.i != i]
            for owner in owners:
                if owner.i in self.at:
                    return self.at[owner.i]
            if any(c.tag_ == "PRP$" for c in owners):
                return self._last(max(0, i - _BACK), i)
        return None


def _joined(token: Token) -> list[Token]:
    """The other members of the list in which a word stands: "X, Y and Z"."""
    top = token
    for _ in range(_CHAIN):
        if top.dep_ in ("flat", "compound", "conj") and top.head.i != top.i:
            top = top.head
    members, ahead = [top], [top]
    while ahead:
        found = [c for t in ahead for c in t.children if c.dep_ == "conj"]
        members += found
        ahead = found
    return [t for t in members if t.i != token.i]


def _surnames(actor: Actor) -> set[str]:
    names = (fold(s.name).split() for s in actor.spans if s.kind == "name")
    return {words[-1] for words in names if len(words) > 1}

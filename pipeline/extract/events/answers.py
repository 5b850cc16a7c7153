"""To whom an answer goes: what somebody condemns, denies, rejects or welcomes was done or said by somebody before.

"The minister denounced the raid" criticises whoever raided, "Quito denied the allegation" answers whoever made it. The noun tells what
kind of report to look back for; the latest of that kind within reach gives the recipient.
"""

from dataclasses import dataclass

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.report import Report
from pipeline.extract.events.tree import Tree

REACH = 3
"""Paragraphs that an answer looks back."""
FAR = 8
"""The same for the very word that told the deed ("the raid")."""
HARM = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "REJECT", "PROTEST"})
KINDNESS = frozenset({"CONCEDE", "RETREAT", "AGREE", "AID", "COOPERATE", "SUPPORT"})
WORDS = frozenset({"ACCUSE", "THREATEN"})
ANSWERED: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"allegation", "criticism", "charge", "blame"}), WORDS),
    (frozenset({"demand"}), frozenset({"REQUEST", "THREATEN"})),
    (frozenset({"proposal"}), frozenset({"AGREE", "REQUEST", "CONCEDE"})),
)
"""Word classes of what is answered, and the types of report that say it."""
DEEDS = frozenset(
    {
        "event",
        "assault",
        "hostilities",
        "sanction",
        "restriction",
        "ban",
        "blockade",
        "decision",
        "stance",
        "law",
    }
)
ANSWERS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
DONE = frozenset({"COERCE", "SANCTION", "ASSAULT"})
"""What is done to people."""
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "its", "his", "her", "their"})


STATES = frozenset({"country", "government", "military"})


@dataclass(frozen=True, slots=True)
class Told:
    """A report that may be answered."""

    event_type: str
    lemma: str
    paragraph: int
    by: tuple[str, ...]
    to: tuple[str, ...]


class Answers:
    """Remembers the reports of an article, and looks up whom a later one answers."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Start with nothing told."""
        self.tree, self.cast = tree, cast
        self.told: list[Told] = []

    def note(self, report: Report, paragraph: int, by: list[str], to: list[str]) -> None:
        """Remember who did what to whom."""
        if by and report.status not in ("hypothetical", "negated"):
            lemma = self.tree.lemmas[report.head]
            self.told.append(Told(report.event_type, lemma, paragraph, tuple(by), tuple(to)))

    def recipients(self, report: Report, paragraph: int, acting: set[str | None]) -> list[str]:
        """The actors whom a report answers; none where it names a party itself, or nothing fits."""
        if report.event_type == "REQUEST" and not report.recipients:
            return self._captors(report, acting)
        if report.event_type not in ANSWERS or any(
            self.cast.actor(r) or self.cast.is_party(r) for r in report.recipients
        ):
            return []
        noun = next(
            (x for x in self.tree.patients(report.head) if self.tree.pos[x] in ("NOUN", "PRON")), None
        )
        types = self._types(noun, report.event_type) if noun is not None else frozenset[str]()
        deny = self.tree.lemmas[report.head] == "deny"
        sides = {self._side(a) for a in acting if a}
        lemma = self.tree.lemmas[noun] if noun is not None else ""
        best: tuple[str, ...] = ()
        for t in reversed(self.told):
            gap = paragraph - t.paragraph
            if gap > FAR:
                break
            if gap > REACH and t.lemma != lemma:
                continue
            if any(self._same(a, b) for a in t.by for b in acting if b):
                continue
            if deny and t.event_type == "ACCUSE" and sides & {self._side(a) for a in t.to}:
                return list(t.by)
            if t.event_type in types and (not best or t.lemma == lemma):
                best = t.by
                if t.lemma == lemma:
                    break
        return list(best)

    def agents(self, report: Report) -> list[str]:
        """Who did a deed whose word names only the one who suffered it, where an earlier report of it tells."""
        sufferers = {a for r in report.recipients if (a := self.cast.actor(r)) is not None}
        if report.event_type not in DONE or not sufferers or not all(map(self._is_person, sufferers)):
            return []
        return self._by(frozenset({report.event_type}), sufferers)

    def _captors(self, report: Report, acting: set[str | None]) -> list[str]:
        """Who holds the one whose release is asked for; by a pronoun, the one held last."""
        tree = self.tree
        freedom = [
            o for o in tree.patients(report.head) if tree.lemmas[o] in ("release", "freedom", "return")
        ]
        held = [
            c
            for o in freedom
            for c in tree.kids(o, "nmod:poss", "nmod")
            if tree.case(c) in ("", "of", "'s", "’s")
        ]
        names = {a for c in held if (a := self.cast.actor(c)) is not None} - acting
        if not names and any(tree.pos[c] == "PRON" for c in held):
            last = next((t for t in reversed(self.told) if t.event_type in DONE and t.to), None)
            return list(last.by) if last is not None and all(map(self._is_person, last.to)) else []
        return self._by(DONE, names)

    def _by(self, types: frozenset[str], sufferers: set[str]) -> list[str]:
        """Who did something of some types to one of those, as told last."""
        for t in reversed(self.told):
            if t.event_type in types and sufferers & set(t.to):
                return list(t.by)
        return []

    def _is_person(self, actor: str) -> bool:
        entity = self.cast.entities.get(actor)
        return entity is not None and entity.actor_type == "person"

    def _types(self, noun: int, answer: str) -> frozenset[str]:
        """The types of report that a noun may point back to."""
        tree = self.tree
        kinds = tree.classes[noun]
        if tree.pos[noun] == "PRON":
            return frozenset()
        if self.cast.describes(noun) or any(self.cast.is_party(c) for c in tree.kids(noun, "nmod")):
            return frozenset()
        pointing = any(tree.words[c] in POINTING for c in tree.kids(noun, "det", "nmod:poss"))
        summing = tree.deps[noun] in ("appos", "parataxis") and bool(tree.kids(noun, "acl:relcl"))
        if summing and kinds & DEEDS:  # ", a move that the council condemned"
            return HARM | KINDNESS
        for words, types in ANSWERED:
            if kinds & words and (pointing or summing or tree.tags[noun] == "NNS"):
                return types
        if not pointing or not kinds & DEEDS:
            return frozenset()
        if answer == "SUPPORT":
            return KINDNESS | {"COERCE", "SANCTION"}
        return frozenset({"ASSAULT"}) if "assault" in kinds else HARM

    def _same(self, a: str, b: str) -> bool:
        """Whether two actors are one, or both the state of one country."""
        states = [self.cast.entities[x].actor_type in STATES for x in (a, b) if x in self.cast.entities]
        return a == b or (len(states) == 2 and all(states) and self._side(a) == self._side(b))

    def _side(self, actor: str) -> str:
        entity = self.cast.entities.get(actor)
        return entity.country or actor if entity is not None else actor

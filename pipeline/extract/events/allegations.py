"""Allegations of intent: "X says that Y wants to topple the government" accuses Y, though no word of accusing stands there."""

from collections.abc import Iterable

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.report import Report
from pipeline.extract.events.status import CONDITIONS, modality
from pipeline.extract.events.tree import CLAUSAL, Tree

DENYING = frozenset({"deny", "doubt", "confirm", "acknowledge"})
SAYING = frozenset({"say", "tell"})
OWN = frozenset({"our", "his", "her", "my"})


class Allegations:
    """Finds who ascribes a hostile intent to somebody else."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Keep what the search reads."""
        self.tree, self.cast = tree, cast

    def read(self, start: int, end: int, taken: Iterable[int]) -> list[Report]:
        """The allegations between tokens `start` and `end`; none where a word in `taken` already tells it."""
        told, out = set(taken), []
        for i in range(start, end):
            if "intent_verb" not in self.tree.classes[i] or self.tree.pos[i] != "VERB" or i in told:
                continue
            report = self._allegation(i, told)
            if report is not None:
                told |= {report.head}
                out.append(report)
        return out

    def _allegation(self, intent: int, told: set[int]) -> Report | None:
        tree = self.tree
        aims = [a for c in tree.kids(intent, "xcomp", "ccomp", "advcl") for a in tree.coordinated(c)]
        if told & {*aims} or not any(self._aimed(a) for a in aims):
            return None
        how = modality(tree, intent)
        if how.negated or how.supposed or how.future or tree.is_passive(intent):
            return None
        cue, noun = self._cue(intent)
        if cue is None or cue in told or noun in told or modality(tree, cue).negated:
            return None
        accused = tree.surface_subjects(intent)
        speakers = [x for x in tree.surface_subjects(cue) if x not in accused]
        named = [x for x in speakers if self.cast.actor(x) is not None]
        own = {self.cast.actor(x) for x in named}
        accused = [x for x in accused if self.cast.actor(x) not in own | {None}]
        if not named or not accused or self._same_side(named[0], accused[0]):
            return None
        if not any(self._hostile(a, named[0]) for a in aims):
            return None
        last = cue if noun is None or not cue < noun <= cue + 4 else noun
        return Report(cue, cue, last, "ACCUSE", "allege", "actual", speakers, accused)

    def _same_side(self, speaker: int, accused: int) -> bool:
        """A minister who tells of the plans of the own state accuses nobody."""
        by = self.cast.entities.get(self.cast.actor(speaker) or "")
        of = self.cast.entities.get(self.cast.actor(accused) or "")
        if by is None or of is None or by.country is None or by.country != of.country:
            return False
        return by.sector is not None and of.actor_type in ("country", "government", "military")

    def _aimed(self, aim: int) -> bool:
        """An infinitive of a verb of harm, with an object."""
        tree = self.tree
        if not any(tree.words[c] == "to" for c in tree.kids(aim, "mark", "aux")) and tree.deps[aim] != "conj":
            return False
        return bool(tree.classes[aim] & {"hostile_aim", "hostile_to_party"}) and bool(tree.kids(aim, "obj"))

    def _hostile(self, aim: int, speaker: int) -> bool:
        """To topple is hostile by itself; to seize or to attack where the speaker's side would suffer it."""
        tree, cast = self.tree, self.cast
        if not self._aimed(aim):
            return False
        if "hostile_aim" in tree.classes[aim]:
            return True
        home = cast.country(speaker)
        for o in tree.kids(aim, "obj"):
            if tree.words[o] == "us" or any(tree.words[c] in OWN for c in tree.kids(o, "nmod:poss")):
                return True
            if home is not None and home in {cast.country(x) for x in (o, *cast.describes(o))}:
                return True
        return False

    def _cue(self, intent: int) -> tuple[int | None, int | None]:
        """The verb that ascribes the intent, and the noun between them ("reiterated his belief that ...")."""
        tree = self.tree
        head, label = tree.heads[intent], tree.deps[intent]
        if any(tree.words[c] in CONDITIONS for c in tree.kids(intent, "mark")):
            return None, None
        for c in tree.kids(intent, "parataxis"):
            if self._ascribes(c):
                return c, None
        if label in ("ccomp", "parataxis") and self._ascribes(head):
            return head, next((o for o in tree.kids(head, "obj") if "conviction" in tree.classes[o]), None)
        if label in ("acl", "ccomp", "acl:relcl") and "conviction" in tree.classes[head]:
            verb = tree.heads[head]
            if tree.deps[head] == "obj" and tree.pos[verb] in CLAUSAL and "voicing" in tree.classes[verb]:
                return verb, head
        return None, None

    def _ascribes(self, i: int) -> bool:
        lemma = self.tree.lemmas[i]
        return lemma in SAYING or (
            self.tree.pos[i] == "VERB" and "reporting" in self.tree.classes[i] and lemma not in DENYING
        )

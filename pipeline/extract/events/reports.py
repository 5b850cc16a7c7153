"""The events that a sentence reports: triggers read in their context, those that belong to another left out."""

from itertools import pairwise

from pipeline.extract.events.allegations import Allegations
from pipeline.extract.events.cast import Cast
from pipeline.extract.events.decide import complement_mode, decide
from pipeline.extract.events.lexicon import Trigger, mode_words
from pipeline.extract.events.merge import merge, pass_on, share
from pipeline.extract.events.parties import Parties
from pipeline.extract.events.report import ACTS, Report
from pipeline.extract.events.status import CONDITIONS, REFUSING, modality
from pipeline.extract.events.tree import CLAUSAL, MAX_CLIMB, Tree
from pipeline.extract.events.triggers import COOPERATIVE, TIME_MARKS, Matcher

CONSUMING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
"""Types whose complement says what is promised, asked, refused or threatened: no event of its own."""
SPAN_REACH = 5
COMPLEMENT_REACH = 60
ASIDE = frozenset({"parataxis", "appos", "acl:relcl"})
SLOTS = {"obj": "obj", "iobj": "obj", "nsubj:pass": "obj", "nsubj": "subj"}
MODE_ASIDE = frozenset({"ccomp", "parataxis", "conj", "appos", "nmod:poss"})
MODE_REACH = 15
ANSWERING = frozenset({"REQUEST", "REJECT", "THREATEN"})
OWN_MEANS = frozenset(
    {"abduct", "torture", "sexual", "crowd-control", "visit", "phone", "martial-law", "curfew"}
)
"""Modes that a trigger tells by itself, whatever weapons or mediators stand beside it."""
POINTERS = frozenset(["the", "this", "that", "these", "those", "such", "its", "their", "his", "her"])


class Reader:
    """Reads the events of one sentence after another."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Set up the look-ups over the whole article."""
        self.tree, self.cast = tree, cast
        self.matcher = Matcher(tree, cast)
        self.parties = Parties(tree, cast, self.matcher)
        self.allegations = Allegations(tree, cast)

    def read(self, start: int, end: int) -> list[Report]:
        """The events reported between tokens `start` and `end`, in order of the text."""
        found = {i: t for i in range(start, end) if (t := self.matcher.match(i)) is not None}
        owner: dict[int, int] = {}
        for i, trigger in found.items():
            for x in self._owned(i, trigger, found):
                owner.setdefault(x, i)
        reports = []
        for i, trigger in found.items():
            if i not in owner:
                report = self._report(
                    i, trigger, [x for x, o in owner.items() if o == i and x in found], found
                )
                if report is not None:
                    reports.append(report)
        reports += self._obligations(start, end, {r.head for r in reports})
        reports += self.allegations.read(start, end, {r.head for r in reports})
        reports = merge(self.tree, self.cast, sorted(reports, key=lambda r: r.head))
        share(self.tree, self.cast, reports)
        pass_on(self.tree, reports)
        for before, r in pairwise(reports):
            # "He has not spoken to her since a conversation they had": both.
            if (
                r.event_type == "CONSULT"
                and [self.tree.words[a] for a in r.actors] == ["they"]
                and len(before.actors) > 1
            ):
                r.actors = before.actors
        return reports

    def _owned(self, i: int, trigger: Trigger, found: dict[int, Trigger]) -> set[int]:
        """Triggers that only say what this one is about."""
        tree = self.tree
        out: set[int] = set()
        if (
            trigger.event_type in CONSUMING
            or trigger.event_mode == "allege"
            or trigger.lemma in ("support", "back")
        ):
            heads = self.matcher.complements(i)
            if trigger.event_type in ("SUPPORT", "AID"):
                heads = [c for c in heads if tree.deps[c] != "obl"]
            if trigger.event_type in ("REQUEST", "THREATEN", "AGREE"):
                heads = heads + [
                    c
                    for c in tree.kids(i, "advcl")
                    if any(tree.words[g] in ("if", "unless", "until") for g in tree.kids(c, "mark"))
                ]
            for c in heads:
                if tree.deps[c] == "obl" and trigger.event_type == "REQUEST" and tree.case(c) == "in":
                    continue
                for x in tree.subtree(c, skip=ASIDE, reach=COMPLEMENT_REACH):
                    if trigger.lemma in REFUSING and self._denied_deed(c, x, found):
                        continue
                    if x in found and not self._aside(x, i, means=trigger.event_type in ("SUPPORT", "AID")):
                        out.add(x)
        elif (
            trigger.event_type != "SUPPORT"
            and trigger.event_mode != "disapprove"
            and any(k.slot in ("obj", "subj", "of", "for", "to", "on") for k in trigger.conditions)
        ):
            for c in [*self.matcher.complements(i), *tree.kids(i, "nsubj")]:
                if tree.pos[c] in ("NOUN", "PROPN") and self._needed(i, c, trigger):
                    out |= {c, *tree.kids(c, "compound", "amod")}
                    out |= {x for x in tree.kids(c, "conj") if tree.pos[x] not in CLAUSAL}
                    out |= {
                        x
                        for g in tree.kids(c, "nmod")
                        if tree.case(g) == "of"
                        for x in tree.subtree(g, skip=frozenset({"acl:relcl"}))
                    }
        if trigger.event_type == "PROTEST":
            for c in tree.kids(i, "advcl", "xcomp", "acl"):
                out |= {
                    x for x in tree.subtree(c) if x in found and found[x].event_type in ("REQUEST", "PROTEST")
                }
        return {x for x in out if x in found and x != i}

    def _denied_deed(self, clause: int, x: int, found: dict[int, Trigger]) -> bool:
        """Whether a token is the deed that a denied clause tells: "denied that its jets hit the town" reports it too."""
        if x not in found or found[x].event_type not in ACTS:
            return False
        if self.tree.pos[x] not in CLAUSAL:
            return self._denier(x) is not None
        if "allegation" in self.tree.classes[clause]:  # "rejected claims that its jets had hit the town"
            return x in self.tree.kids(clause, "acl", "ccomp", "acl:relcl")
        return x in (clause, *self.tree.kids(clause, "conj"))

    def _denier(self, i: int) -> int | None:
        """The verb that denies a share in an act named by a noun: "denied any part in the bombing"."""
        tree = self.tree
        for _ in range(MAX_CLIMB):
            head, label = tree.heads[i], tree.deps[i]
            if head == i or label not in ("nmod", "obl", "obj"):
                return None
            shared = label == "obl" and any("involvement" in tree.classes[o] for o in tree.kids(head, "obj"))
            if tree.lemmas[head] == "deny" and (shared or "involvement" in tree.classes[i]):
                return head
            if tree.pos[head] in CLAUSAL:
                return None
            i = head
        return None

    def _needed(self, i: int, c: int, trigger: Trigger) -> bool:
        """Whether a noun is what the trigger's entry asked for."""
        tree = self.tree
        slot = SLOTS.get(tree.deps[c]) or tree.case(c)
        wanted = [k for k in trigger.conditions if k.slot == slot]
        kinds = frozenset[str]().union(*(k.classes for k in wanted)) - {"event", "stance"}
        lemmas = frozenset[str]().union(*(k.lemmas for k in wanted))
        return bool(tree.classes[c] & kinds) or tree.lemmas[c] in lemmas

    def _aside(self, x: int, i: int, *, means: bool) -> bool:
        """Whether a token stands in a clause of time or cause between it and the trigger: a report of its own."""
        tree = self.tree
        while x != i and tree.heads[x] != x:
            if tree.deps[x] == "advcl" and any(
                tree.words[c] in TIME_MARKS for c in tree.kids(x, "mark", "case")
            ):
                return True
            if tree.deps[x] in ("obl", "nmod") and tree.case(x) in (
                "after",
                "following",
                "during",
                "since",
                "amid",
                "despite",
            ):
                return True
            if tree.deps[x] == "acl" and tree.kids(x, "obl:agent"):
                return True
            if means and tree.case(x) in ("with", "by"):
                return True
            x = tree.heads[x]
        return False

    def _report(self, i: int, trigger: Trigger, owned: list[int], found: dict[int, Trigger]) -> Report | None:
        tree = self.tree
        how = modality(tree, i)
        denier = self._denier(i) if trigger.pos == "NOUN" else None
        how.negated |= denier is not None
        nested = self._nested(i, owned, found)
        kind, mode = trigger.event_type, trigger.event_mode or complement_mode(trigger.event_type, nested)
        if (
            trigger.event_type == "AGREE"
            and nested is not None
            and nested[0] in COOPERATIVE
            and self._refused(i)
        ):
            kind, mode = "REJECT", None
        if trigger.event_type == "AGREE" and nested is not None and nested[0] == "ASSAULT":
            kind, mode = "THREATEN", "violence"
        if nested is None and trigger.event_mode is None and kind in ANSWERING:
            mode = self._mode_of_complement(i, kind) or mode
        if trigger.event_mode not in OWN_MEANS:
            mode = self._mode(i, kind) or mode
        if trigger.pos == "ADJ" and trigger.event_type == "AGREE":
            how.intended = False
        if how.supposed and trigger.pos == "VERB" and self._conditional(i):
            how.supposed, how.future = False, True
        decided = decide(kind, mode, how, nominal=trigger.pos == "NOUN")
        if decided is None:
            return None
        kind, mode, status = decided
        if kind == "AGREE" and "scheduled" in tree.classes[i] and status == "actual":
            status = "future"
        if status == "hypothetical" and (how.intended or trigger.pos == "NOUN"):
            return None
        actors = self.parties.actors(i, trigger) if denier is None else tree.surface_subjects(denier)
        if kind in ACTS and self._natural(i):
            return None
        recipients = self.parties.recipients(i, trigger, actors)
        if "all" in trigger.actor and kind != trigger.event_type and len(actors) > 1:
            subjects = [a for a in actors if a in tree.agents(i)]
            if subjects:
                actors, recipients = subjects, [a for a in actors if a not in subjects]
        if trigger.pos == "NOUN" and not actors and not recipients and self._repeats(i):
            return None
        first, last = self._span(i, trigger, owned)
        return Report(
            i, first, last, kind, mode, status, actors, recipients, spoken="speaker" in trigger.actor
        )

    def _conditional(self, i: int) -> bool:
        """ "may cut off aid if ...": a threat, and an offer where the act is kind."""
        tree = self.tree
        head, own = tree.heads[i], tree.kids(i, "nsubj")
        said = tree.deps[i] == "ccomp" and "reporting" in tree.classes[head]
        if said and own and tree.words[own[0]] in ("it", "he", "she", "they", "we", "i"):
            possible = any(tree.words[c] in ("may", "might", "could") for c in tree.kids(i, "aux"))
            if possible:
                return True  # "it could impose tariffs, Washington said"
        possible = any(tree.words[c] in ("may", "might", "could", "would") for c in tree.kids(i, "aux"))
        return possible and any(
            tree.words[g] in ("if", "unless") for c in tree.kids(i, "advcl") for g in tree.kids(c, "mark")
        )

    def _natural(self, i: int) -> bool:
        """Whether a storm, a beast or a train does it: no party's act."""
        tree = self.tree
        agents = tree.agents(i) if tree.pos[i] in CLAUSAL else []
        named = [
            c for a in agents for c in tree.kids(a, "compound", "flat", "nmod:desc") if tree.pos[a] == "PROPN"
        ]
        return any("nature" in tree.classes[x] for x in (*agents, *named))

    def _repeats(self, i: int) -> bool:
        """Whether a noun only points back: "the attack", "these strikes"."""
        tree = self.tree
        if any(tree.case(c) == "of" for c in tree.kids(i, "nmod")):
            return False
        return any(tree.words[c] in POINTERS for c in tree.kids(i, "det", "nmod:poss"))

    def _refused(self, i: int) -> bool:
        return any(
            any(self.tree.words[g] in ("not", "never") for g in self.tree.children[c])
            for c in self.tree.kids(i, "xcomp", "advcl", "ccomp")
        )

    def _nested(self, i: int, owned: list[int], found: dict[int, Trigger]) -> tuple[str, str | None] | None:
        """Type and mode of what a complement names: the trigger closest to the governor."""
        plain = [x for x in owned if not self._under_condition(x, i)]
        best = min(plain, key=lambda x: (self._depth(x, i), x), default=None)
        if best is None:
            return None
        return found[best].event_type, found[best].event_mode

    def _under_condition(self, x: int, top: int) -> bool:
        """Whether an "if" or "unless" stands between a token and the trigger above it."""
        tree = self.tree
        while x != top and tree.heads[x] != x:
            if any(tree.words[c] in CONDITIONS for c in tree.kids(x, "mark")):
                return True
            x = tree.heads[x]
        return False

    def _depth(self, x: int, top: int) -> int:
        depth = 0
        while x != top and self.tree.heads[x] != x:
            x, depth = self.tree.heads[x], depth + 1
        return depth

    def _mode(self, i: int, event_type: str) -> str | None:
        """The mode that the words around a trigger tell: its own phrase, its clause's means and subject."""
        words = mode_words().get(event_type)
        if not words:
            return None
        tree = self.tree
        if tree.pos[i] in CLAUSAL:
            near = self._beneath(i, MODE_ASIDE | {"obj"})
            near += [
                x
                for n in (*tree.agents(i), *tree.patients(i))
                for x in tree.kids(n, "compound", "amod", "nmod")
            ]
            near += tree.agents(i)
            near += [x for x in tree.patients(i) if event_type == "MOBILIZE" or "launched" in tree.classes[x]]
        else:
            near = self._beneath(i, MODE_ASIDE)
            head = tree.heads[i]
            if tree.deps[i] in ("obl", "nsubj", "nsubj:pass", "obj"):
                near += [head, *tree.kids(head, "obl", "advcl")]
        found = {words[tree.lemmas[x]] for x in near if tree.lemmas[x] in words}
        return next((mode for mode in dict.fromkeys(words.values()) if mode in found), None)

    def _mode_of_complement(self, i: int, event_type: str) -> str | None:
        """What is asked, refused or threatened, by a word for it that names no event of its own."""
        words = mode_words().get(event_type, {})
        tree = self.tree
        near = [x for c in self.matcher.complements(i) for x in self._beneath(c, ASIDE)]
        return next((words[tree.lemmas[x]] for x in sorted(near) if tree.lemmas[x] in words), None)

    def _beneath(self, i: int, skip: frozenset[str]) -> list[int]:
        return list(self.tree.subtree(i, skip=skip, reach=MODE_REACH))

    def _span(self, i: int, trigger: Trigger, owned: list[int]) -> tuple[int, int]:
        """The word or short phrase that names the event."""
        tree = self.tree
        first = last = i
        if trigger.pos == "NOUN":
            mods = [
                c
                for c in tree.kids(i, "compound", "amod")
                if c == i - 1 and "kind_of_force" in tree.classes[c]
            ]
            return (mods[0] if mods else i), i
        for c in tree.kids(i, "compound:prt"):
            last = max(last, c) if c - i <= 2 else last
        near = [o for o in (*tree.patients(i), *tree.kids(i, "obl")) if i < o <= i + SPAN_REACH]
        needed = [
            o for o in near if self._needed(i, o, trigger) and (tree.case(o) == "" or tree.case(o) == "on")
        ]
        if trigger.event_type == "AGREE":
            needed += [x for x in owned if i < x <= i + SPAN_REACH]
        if needed:
            last = max(last, min(needed))
        return first, last

    def _obligations(self, start: int, end: int, taken: set[int]) -> list[Report]:
        """ "X must do": a request to X by whoever says so."""
        tree, out = self.tree, []
        for i in range(start, end):
            if tree.lemmas[i] != "must" or tree.deps[i] != "aux":
                continue
            verb = tree.heads[i]
            told = [s for s in tree.surface_subjects(verb) if self.cast.is_party(s)]
            if not told or verb in taken:
                continue
            speaker = [x for x in self.parties.holders.speaker(verb) if x not in told]
            first, last = min(i, verb), max(i, verb)
            out.append(Report(verb, first, last, "REQUEST", "change", "actual", speaker, told, spoken=True))
        return out

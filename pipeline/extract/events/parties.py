"""Who acts and who undergoes: fill the slots that a trigger names for its actor and its recipient."""

from collections.abc import Iterable

from pipeline.extract.events.cast import EMPTY, Cast
from pipeline.extract.events.holders import Holders
from pipeline.extract.events.lexicon import Trigger
from pipeline.extract.events.tree import CLAUSAL, Tree
from pipeline.extract.events.triggers import FORCEFUL, Matcher

AHEAD = frozenset({"against", "between", "with", "to", "on", "from", "by"})
REACH = 14
AIMING = frozenset({"aim", "direct", "target", "fire", "launch"})
FORCE = frozenset({"ASSAULT", "COERCE"})
MAX_DEPTH = 3
LOCATIVE = frozenset({"in", "at", "near", "inside", "outside"})


class Parties:
    """Finds the parties of a trigger in its sentence."""

    def __init__(self, tree: Tree, cast: Cast, matcher: Matcher) -> None:
        """Keep what the search reads."""
        self.tree, self.cast, self.matcher = tree, cast, matcher
        self.holders = Holders(tree, cast)
        self.depth = 0

    def actors(self, i: int, trigger: Trigger) -> list[int]:
        """Heads of those who act; for mutual events ("all") everyone who takes part."""
        if "all" in trigger.actor:
            slots = ("subj",) if trigger.pos != "NOUN" else ("poss", "mod", "between", "subj")
            found = [x for slot in slots for x in self.slot(i, slot)]
            for slot in trigger.recipient:
                more = self._parties(self.slot(i, slot))
                if more:
                    return self._distinct([*found, *more])
            return self._distinct(found)
        suffered = frozenset(self._sufferer(i, trigger))
        found = self._first(i, trigger.actor, lax=trigger.pos != "NOUN", without=suffered)
        intransitive = trigger.pos == "VERB" and "subj" in trigger.actor and trigger.recipient[:1] != ("obj",)
        if not found and intransitive and self.tree.is_passive(i) and not self.tree.kids(i, "aux:pass"):
            # It has no passive: what looks like one is a misread past tense.
            found = self._parties(self.tree.patients(i))
        if not found and trigger.event_type == "ASSAULT" and self.tree.is_passive(i):
            found = self._as_they_acted(i)
        return found

    def _as_they_acted(self, i: int) -> list[int]:
        """Who killed those who were killed "when police opened fire"."""
        tree = self.tree
        for c in tree.kids(i, "advcl"):
            act = self.matcher.match(c)
            circumstance = any(
                tree.words[g] in ("when", "as", "after") for g in tree.kids(c, "mark", "advmod")
            )
            if (
                circumstance
                and act is not None
                and act.event_type in ("ASSAULT", "COERCE")
                and "all" not in act.actor
            ):
                found = self._first(c, act.actor, lax=False)
                if found:
                    return found
        return []

    def _sufferer(self, i: int, trigger: Trigger) -> list[int]:
        """Who owns a noun of what is done to its owner ("the mayor's arrest"); none where "of" tells to whom."""
        if trigger.pos != "NOUN" or "poss" in trigger.actor or "poss" not in trigger.recipient:
            return []
        return [] if self._parties(self.slot(i, "of")) else self.slot(i, "poss")

    def recipients(self, i: int, trigger: Trigger, actors: list[int]) -> list[int]:
        """Heads of those to whom it is done; empty for mutual events."""
        if "all" in trigger.actor or ("between" in trigger.actor and not self._strict(i, trigger, actors)):
            return []
        if trigger.event_type == "REQUEST" and not self._parties(self.tree.kids(i, "obj", "iobj")):
            asked = [x for x in self._of_clause(i) if x not in actors]
            if asked:  # "demanded that Peru pull out"
                return self._distinct(asked)
        if trigger.event_type in ("ACCUSE", "SUPPORT"):
            blamed = [x for x in self._of_act(i) if x not in actors]
            if blamed:
                return self._distinct(blamed)
        slots = trigger.recipient
        if trigger.event_type == "THREATEN" and "obj" in slots and self._addressed(i):
            slots = ("obj", *slots)
        found = self._first(i, slots, lax=True, without=frozenset(actors))
        if trigger.event_type in FORCE and trigger.pos == "VERB":
            if not found:
                found = self._aimed_at(i) or self._counted(i) or self._purpose(i)
            found = self._distinct([*found, *(x for f in found for x in self._included(f))])
        return found

    def _aimed_at(self, i: int) -> list[int]:
        """What is fired is aimed at somebody: "fired shells aimed at a village"."""
        tree = self.tree
        aimed = [
            c
            for o in tree.kids(i, "obj")
            for c in tree.kids(o, "acl", "acl:relcl")
            if tree.lemmas[c] in AIMING
        ]
        found = [x for c in aimed for x in (tree.obliques(c, "at") or tree.kids(c, "obj"))]
        return [x for x in found if self.cast.is_party(x) or "physical" in tree.classes[x]]

    def _counted(self, i: int) -> list[int]:
        """People of whom only the number is told: "detained at least 20"."""
        tree = self.tree
        objects = [
            c
            for c in tree.kids(i, "obj", "obl", "nsubj:pass")
            if tree.pos[c] == "NUM" and not tree.is_time(c)
        ]
        return [c for c in objects if tree.case(c) in ("", "at", "up", "more") and tree.words[c - 1] != "at"][
            :1
        ]

    def _included(self, i: int) -> list[int]:
        """Those named among many: "20 people, including the mayor"."""
        tree = self.tree
        named = [c for c in tree.kids(i, "nmod") if tree.case(c) == "including"]
        return [x for c in named for x in tree.coordinated(c) if self.cast.actor(x) is not None]

    def _purpose(self, i: int) -> list[int]:
        """Against whom force is used to an end: "fired tear gas to disperse the crowd"."""
        tree = self.tree
        ends = [
            c
            for c in tree.kids(i, "advcl", "xcomp")
            if any(tree.words[g] == "to" for g in tree.kids(c, "mark"))
        ]
        found = [x for c in ends for x in self._parties(tree.kids(c, "obj"))]
        return [y for x in found for y in tree.coordinated(x)]

    def _addressed(self, i: int) -> bool:
        """Whether a threat has somebody as its object: "threatened both countries with tariffs"."""
        return any(
            self.cast.is_party(x) and self.matcher.match(x) is None for x in self.tree.kids(i, "obj", "iobj")
        )

    def _of_act(self, i: int) -> list[int]:
        """Who did what is condemned: "condemned the army's attack on", "the killing of ... by the militia"."""
        tree = self.tree
        if tree.pos[i] not in CLAUSAL:
            return []
        condemned = self.matcher.match(i)
        condemned = condemned if condemned is not None and condemned.event_type == "ACCUSE" else None
        for o in tree.patients(i):
            if tree.words[o] == "what":
                return self._called(i, o)
            act = self.matcher.match(o) if tree.pos[o] == "NOUN" else None
            if act is not None and condemned and act.event_type in FORCEFUL and "all" not in act.actor:
                found = self._parties(self._first(o, [s for s in act.actor if s != "subj"], lax=False))
                if found:
                    return found
        return []

    def _called(self, i: int, what: int) -> list[int]:
        """Whose the deed is in "criticised what she called Kenya's interference"."""
        tree = self.tree
        clause = [*tree.kids(what, "acl:relcl"), *tree.kids(i, "ccomp")]
        for x in sorted(y for c in clause for y in tree.subtree(c, reach=REACH)):
            if tree.pos[x] == "NOUN" and (found := self._parties(self.cast.describes(x))):
                return found
        return []

    def _strict(self, i: int, trigger: Trigger, actors: list[int]) -> bool:
        return len(actors) < 2

    def _first(
        self, i: int, slots: Iterable[str], *, lax: bool, without: frozenset[int] = frozenset()
    ) -> list[int]:
        """The first slot that holds a party; failing that, or before a mere place, a thing that could be one."""
        second: list[int] = []
        for slot in slots:
            if second and slot in LOCATIVE:
                break
            found = [x for x in self.slot(i, slot) if x not in without]
            parties = self._parties(found)
            if parties:
                return self._distinct(parties)
            if not second and lax and slot not in ("poss", "mod") and not slot.endswith(".poss"):
                concrete = slot in ("obj", "of", "subj")
                second = [x for x in found if self._thing(x) and (concrete or self._could_undergo(x))]
        return self._distinct(second)

    def _could_undergo(self, i: int) -> bool:
        return (
            "physical" in self.tree.classes[i] or self.tree.pos[i] == "PROPN" or bool(self.cast.describes(i))
        )

    def _parties(self, found: list[int]) -> list[int]:
        return [x for x in found if self.cast.is_party(x)]

    def _thing(self, i: int) -> bool:
        """A noun with words of its own that is no other event."""
        tree = self.tree
        return (
            tree.pos[i] in ("NOUN", "PROPN", "NUM")
            and tree.words[i] not in EMPTY
            and not tree.is_time(i)
            and self.matcher.match(i) is None
            and not tree.classes[i] & {"event", "stance"}
        )

    def slot(self, i: int, slot: str) -> list[int]:
        """Heads that fill a slot of token `i`."""
        tree = self.tree
        first, _, second = slot.partition(".")
        if second:
            return [x for o in self.slot(i, first) for x in self._below(o, second)]
        if slot == "subj":
            if tree.pos[i] in CLAUSAL or tree.kids(i, "cop"):
                found = [y for x in tree.agents(i) for y in self.holders.antecedents(x, i)]
                if tree.deps[i] in ("acl", "conj") and not self._parties(found):
                    return self.holders.of_list(i) or found
                return found
            return self.holders.holders(i)
        if slot == "obj":
            return tree.patients(i)
        if slot == "iobj":
            return tree.kids(i, "iobj")
        if slot == "poss":
            return self.holders.possessors(i)
        if slot == "mod":
            found = self.cast.describes(i)
            if not found and tree.deps[i] == "conj" and tree.pos[tree.heads[i]] == "NOUN":
                return self.cast.describes(tree.heads[i])
            return found
        if slot == "by" and tree.pos[i] == "NOUN":
            return tree.modifiers(i, "by") or self._ahead(i, "by")
        if slot == "speaker":
            return self.holders.speaker(i)
        if slot == "comp":
            return self._of_complement(i)
        if tree.pos[i] in CLAUSAL or tree.pos[i] == "ADJ":
            return tree.obliques(i, slot) or self._ahead(i, slot)
        found = tree.modifiers(i, slot)
        if not found and slot not in ("of", "by") and tree.deps[i] in ("obj", "nsubj:pass"):
            # "imposed sanctions ... on X": the phrase may hang on the verb.
            found = [
                c for c in tree.kids(tree.heads[i], "obl") if tree.case(c) == slot and not tree.is_time(c)
            ]
        return found or self._ahead(i, slot)

    def _ahead(self, i: int, preposition: str) -> list[int]:
        """The party behind the next such preposition of the clause, wherever the parser hung it."""
        tree = self.tree
        if preposition not in AHEAD:
            return []
        for j in range(i + 1, min(i + REACH, len(tree.words))):
            if (tree.pos[j] == "VERB" and tree.tags[j] in ("VBD", "VBZ", "VBP")) or tree.words[j] in (
                ";",
                ".",
                "after",
            ):
                return []
            if preposition == "by" and tree.pos[j] == "VERB":
                return []  # "a strike on a camp used by rebels": theirs is the use
            if tree.words[j] == preposition and tree.deps[j] == "case" and tree.heads[j] > j:
                noun = tree.heads[j]
                fit = self.cast.is_party(noun) or "physical" in tree.classes[noun]
                return tree.coordinated(noun) if fit else []
        return []

    def _below(self, noun: int, slot: str) -> list[int]:
        tree = self.tree
        first, _, second = slot.partition(".")
        if second:
            return [x for o in self._below(noun, first) for x in self._below(o, second)]
        if slot == "poss":
            return self.cast.describes(noun)
        if slot == "comp":
            return self._of_complement(noun)
        found = tree.modifiers(noun, slot)
        if slot == "by" and not found:  # "a march staged by students"
            found = [x for c in tree.kids(noun, "acl") if tree.is_passive(c) for x in tree.agents(c)]
            found = found or self._ahead(noun, "by")
        return found

    def _of_complement(self, i: int) -> list[int]:
        """The party inside a trigger's complement, so many complements deep."""
        if self.depth >= MAX_DEPTH:
            return []
        self.depth += 1
        found = self._in_complement(i)
        self.depth -= 1
        return found

    def _in_complement(self, i: int) -> list[int]:
        """The party inside a trigger's complement: who shall act, or whom the act would touch."""
        tree = self.tree
        subjects = self._of_clause(i)
        if subjects:
            return subjects
        for c in self.matcher.complements(i):
            if tree.deps[c] == "obj" and tree.pos[c] in ("NOUN", "PROPN") and not self.matcher.match(c):
                inner = tree.kids(c, "acl")
                if not inner:
                    continue
            found = self._deep(c)
            if found:
                return found
        return []

    def _of_clause(self, i: int) -> list[int]:
        """The parties that are subject of the clause that a trigger governs."""
        tree = self.tree
        for c in self.matcher.complements(i):
            marks = [g for g in tree.kids(c, "mark") if tree.words[g] == "that"]
            if (
                marks
                and tree.deps[c] == "ccomp"
                and tree.pos[c] == "NOUN"
                and not tree.kids(c, "nsubj", "cop")
            ):
                # "that Peru cease operations", its verb read as a noun: the name right behind "that"
                near = range(marks[0] + 1, min(marks[0] + 4, c))
                named = [x for x in near if tree.ents[x] and self.cast.is_party(x)]
                if named:
                    return named[:1]
        asked = self.matcher.match(i)  # "demanded that the men be freed" is not asked of the men
        labels = (
            ("nsubj",) if asked is not None and asked.event_type == "REQUEST" else ("nsubj", "nsubj:pass")
        )
        for c in self.matcher.complements(i):
            if tree.pos[c] in CLAUSAL or tree.kids(c, "nsubj", "cop"):
                own = [s for s in tree.kids(c, *labels) if tree.words[s] not in EMPTY]
                subjects = self._parties([x for s in own for x in tree.coordinated(s)])
                mine = set(tree.surface_subjects(i))
                subjects = [
                    s
                    for s in subjects
                    if s not in mine and tree.words[s] not in ("they", "he", "she", "it", "we", "i")
                ]
                if subjects:
                    return subjects
        return []

    def _deep(self, head: int) -> list[int]:
        """Parties below the head of a complement, by the nested trigger's own slots where there is one."""
        tree, cast = self.tree, self.cast
        order = sorted(
            tree.subtree(head, skip=frozenset({"acl:relcl", "parataxis", "appos", "nsubj"}), reach=40)
        )
        for x in order[:40]:
            nested = self.matcher.match(x)
            if nested is not None:
                found = (
                    self.recipients(x, nested, []) if "all" not in nested.actor else self._mutual(x, nested)
                )
                found = self._parties(found)
                if found:
                    return found
        for x in order[:40]:
            named = tree.pos[x] in ("NOUN", "PROPN") and cast.is_party(x)
            if (
                named
                and tree.deps[x] in ("obj", "obl", "nmod", "iobj")
                and tree.case(x) not in ("by", "during")
            ):
                return tree.coordinated(x)
        for x in order[:40]:
            described = cast.describes(x) if tree.pos[x] == "NOUN" else []
            if described:
                return described
        return []

    def _mutual(self, i: int, trigger: Trigger) -> list[int]:
        for slot in trigger.recipient:
            found = self._parties(self.slot(i, slot))
            if found:
                return found
        return []

    def _distinct(self, found: list[int]) -> list[int]:
        seen: list[int] = []
        for x in found:
            if x not in seen and (self.tree.words[x] not in EMPTY or self.cast.actor(x) is not None):
                seen.append(x)
        return seen

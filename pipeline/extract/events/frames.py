"""The trigger lexicon as evidence: which entries of a word have what they ask for beside it, and who fills their slots."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.lexicon import Condition, Trigger, idioms, triggers
from pipeline.extract.events.tree import MAX_CLIMB, Tree

PARTICLE_REACH = 4
NEAR = 12
"""Tokens behind a verb in which "guilty" or "hostage" belongs to it."""
BESIDE = {
    "responsible": frozenset({"responsible", "accountable"}),
    "guilty": frozenset({"guilty"}),
    "non-grata": frozenset({"grata", "gratae"}),
    "hostage": frozenset({"hostage", "captive", "hostages"}),
}
CONSTRUCTIONS: dict[str, Callable[[Tree, int], bool]] = {
    "to-inf": lambda tree, i: bool(_infinitives(tree, i)),
    "to-vbg": lambda tree, i: any(
        tree.tags[g] == "VBG"
        for c in tree.kids(i, "xcomp", "advcl", "acl", "ccomp", "obl", "obj")
        for g in (c, *tree.kids(c, "aux"))
    ),
    "that": lambda tree, i: any(tree.kids(c, "nsubj", "nsubj:pass", "csubj") for c in tree.kids(i, "ccomp")),
    "noobj": lambda tree, i: not tree.kids(i, "obj"),
    "reflexive": lambda tree, i: any(tree.words[c].endswith(("self", "selves")) for c in tree.kids(i, "obj")),
    "passive": lambda tree, i: tree.is_passive(i),
    "plural": lambda tree, i: _plural(tree, tree.agents(i)),
    "subjunctive": lambda tree, i: any(
        (tree.tags[c] == "VB" and not tree.kids(c, "aux"))
        or any(tree.words[g] in ("should", "must") for g in tree.kids(c, "aux"))
        for c in tree.kids(i, "ccomp")
    ),
    "modal": lambda tree, i: any(
        tree.tags[g] == "MD" for c in tree.kids(i, "ccomp") for g in tree.kids(c, "aux")
    ),
    "cop": lambda tree, i: (
        any(tree.lemmas[c] == "be" for c in tree.kids(i, "cop", "aux")) or tree.deps[i] == "xcomp"
    ),
}
"""Conditions that ask for a construction, not for a word."""
SOFT = frozenset({"coop", "conflict", "violent", "party", "done-to"})
"""Conditions on what the event is about: the judge weighs that from the words around."""
FLAGS = frozenset(CONSTRUCTIONS) | SOFT | frozenset(BESIDE)
NAMES_OF = {
    "PERSON": frozenset({"person", "leader", "party"}),
    "LOC": frozenset({"place", "physical", "country", "territory", "people", "agent", "political", "party"}),
    "NORP": frozenset({"physical", "people", "country", "agent", "political", "party"}),
    "ORG": frozenset({"government", "agent", "igo", "organization", "media", "party"}),
}
"""The word classes that names of a kind may stand for."""
PEOPLE = frozenset({"he", "she", "him", "her", "i", "they", "them", "who"})


class Frames:
    """The lexicon's entries in one article; nothing is computed before it is asked for."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Keep what the search reads."""
        self.tree, self.cast = tree, cast
        self._fit: dict[int, tuple[Trigger, ...]] = {}

    def entries(self, i: int) -> tuple[Trigger, ...]:
        """What the lexicon has for a word in its part of speech."""
        pos = "NOUN" if self.tree.pos[i] == "PROPN" else self.tree.pos[i]
        return triggers().get((self.tree.lemmas[i], pos), ())

    def fitting(self, i: int) -> tuple[Trigger, ...]:
        """The entries that have all they ask for, the one that asks for most first."""
        if i not in self._fit:
            self._fit[i] = tuple(e for e in self.entries(i) if all(self._holds(i, c) for c in e.conditions))
        return self._fit[i]

    def is_idiom(self, i: int) -> bool:
        """Whether a word stands in a figure of speech: "a heart attack", "fight inflation"."""
        every = idioms().get((self.tree.lemmas[i], self.tree.pos[i]), ())
        return any(all(self._holds(i, c) for c in conditions) for conditions in every)

    def _holds(self, i: int, condition: Condition) -> bool:
        slot = condition.slot
        if slot.lstrip("!") in SOFT:
            return True
        if slot.startswith("!"):
            return not self._holds(i, replace(condition, slot=slot[1:]))
        if slot in CONSTRUCTIONS and not (condition.lemmas or condition.classes):
            return CONSTRUCTIONS[slot](self.tree, i)
        if slot in BESIDE:
            return bool(BESIDE[slot].intersection(self.tree.words[i + 1 : i + NEAR]))
        if slot == "+":
            return self._particle(i, next(iter(condition.lemmas)))
        if slot == "case":
            return self.tree.case(i) in condition.lemmas
        found = _infinitives(self.tree, i) if slot == "to-inf" else self.fill(i, slot)
        return any(self._is(f, condition) for f in found)

    def _particle(self, i: int, particle: str) -> bool:
        words = self.tree.words
        if particle in words[i + 1 : i + PARTICLE_REACH]:
            return words[i + 1] == particle or any(words[c] == particle for c in self.tree.children[i])
        return any(words[c] == particle for c in self.tree.children[i])

    def _is(self, i: int, condition: Condition, depth: int = 0) -> bool:
        """Whether a word is what a condition asks for."""
        tree, kinds = self.tree, condition.classes
        if condition.any_filler or {tree.lemmas[i], tree.words[i]} & condition.lemmas:
            return True
        if tree.classes[i] & kinds or kinds & NAMES_OF.get(self.cast.kind(i), frozenset()):
            return True
        if kinds & {"person", "leader", "party", "physical"} and tree.words[i] in PEOPLE:
            return True
        if ("quantity" in tree.classes[i] or tree.pos[i] == "NUM") and depth < MAX_CLIMB:
            below = [c for c in tree.kids(i, "nmod", "obl") if tree.case(c) == "of"]
            return any(self._is(c, condition, depth + 1) for c in below)
        return "handing_on" in tree.classes[i] and any(
            tree.classes[c] & kinds or tree.lemmas[c] in condition.lemmas for c in tree.kids(i, "compound")
        )

    def fill(self, i: int, slot: str) -> list[int]:
        """The nouns that stand in a slot of a word: "obj", "subj", "mod", a preposition, "obj.of" ..."""
        first, _, rest = slot.partition(".")
        if rest:
            return [x for o in self.fill(i, first) for x in self.fill(o, rest)]
        tree = self.tree
        if slot == "subj":
            return tree.agents(i) if tree.pos[i] in ("VERB", "AUX", "ADJ") else tree.holder(i)
        if slot == "obj":
            return tree.patients(i)
        if slot in ("mod", "poss"):
            return self.cast.describes(i) if slot == "poss" else _modifiers(tree, i)
        if slot in ("mod-obj", "mod-subj"):
            nouns = tree.patients(i) if slot == "mod-obj" else tree.agents(i)
            return [g for o in nouns for g in _modifiers(tree, o)]
        if slot == "iobj":
            return tree.kids(i, "iobj")
        if slot == "comp":
            return self._complement(i)
        if slot == "pred":
            return _predicates(tree, i)
        return [] if slot in ("all", "speaker") else tree.behind(i, slot)

    def _complement(self, i: int) -> list[int]:
        """Who is subject of the clause that a word governs, else whom that clause tells of."""
        tree = self.tree
        clauses = tree.kids(i, "ccomp", "xcomp", "advcl", "acl")
        subjects = [x for c in clauses for x in tree.kids(c, "nsubj")]
        return subjects or [x for c in clauses for x in (*tree.kids(c, "nsubj:pass"), *tree.patients(c))]


def _infinitives(tree: Tree, i: int) -> list[int]:
    """Infinitives that depend on a word or on its object."""
    below = tree.kids(i, "xcomp", "advcl", "acl", "ccomp", "csubj", "obj", "conj")
    below += [a for o in tree.kids(i, "obj") for a in tree.kids(o, "acl")]
    return [c for c in below if any(tree.words[g] == "to" for g in tree.kids(c, "mark", "aux"))]


def _plural(tree: Tree, agents: list[int]) -> bool:
    """Several act: a plural, or names joined."""
    return len(agents) > 1 or any(
        tree.tags[a] in ("NNS", "NNPS") or tree.words[a] in ("they", "we", "both") for a in agents
    )


def _modifiers(tree: Tree, i: int) -> list[int]:
    """Words before a noun that say what kind it is, and what modifies those."""
    labels = ("amod", "compound", "nmod:poss", "nmod", "nummod")
    found = [c for c in tree.kids(i, *labels) if c < i]
    return found + [g for c in found for g in tree.kids(c, *labels)]


def _predicates(tree: Tree, i: int) -> list[int]:
    """What a verb of calling calls its object: "called the vote a farce", "described it as an insult"."""
    objects = tree.kids(i, "obj")
    found = [*tree.kids(i, "xcomp", "ccomp"), *objects[1:]]
    found += [c for x in (i, *objects) for c in tree.kids(x, "obl", "advcl", "nmod") if tree.case(c) == "as"]
    found += [g for c in found for g in tree.kids(c, "nmod") if tree.case(g) == "of"]
    return [x for c in found for x in (c, *tree.kids(c, "conj", "amod"))]

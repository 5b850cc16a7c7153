"""Find the words that name an event: look a lemma up, then check what must stand beside it."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.lexicon import Condition, Trigger, triggers, verb_of_form
from pipeline.extract.events.slots import fillers, gerund_noun
from pipeline.extract.events.status import CONDITIONS
from pipeline.extract.events.tree import CLAUSAL, FINITE, MAX_CLIMB, Tree

COOPERATIVE = frozenset(["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"])
FORCEFUL = frozenset(["SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "THREATEN", "PROTEST"])
PARTICLE_REACH = 4
MAX_DEPTH = 6
"""Complements within complements that are looked into."""
PARTY_PREPOSITIONS = frozenset(["by", "of", "between", "against", "on", "with", "from"])
TIME_MARKS = frozenset(
    [
        "after",
        "as",
        "when",
        "while",
        "because",
        "since",
        "before",
        "following",
        "though",
        "although",
        "during",
        "whereas",
        "where",
    ]
)


FLAGS = frozenset(
    [
        "to-inf",
        "to-vbg",
        "that",
        "noobj",
        "reflexive",
        "passive",
        "plural",
        "subjunctive",
        "modal",
        "cop",
        "coop",
        "conflict",
        "violent",
        "party",
        "done-to",
        "responsible",
        "guilty",
        "hostage",
        "non-grata",
    ]
)
"""Conditions that ask for a construction, not for a word."""


class Matcher:
    """Matches the trigger lexicon against a tree."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Nothing is computed before it is asked for."""
        self.tree, self.cast = tree, cast
        self.lexicon = triggers()
        self.memo: dict[int, Trigger | None] = {}
        self.depth = 0
        self.first: set[int] = set()
        """Tokens that start a sentence."""
        self.title_case: set[int] = set()
        """Tokens of headings."""
        self.flags: dict[str, Callable[[int], bool]] = {
            "to-inf": self._infinitive,
            "to-vbg": self._gerund,
            "that": lambda i: any(
                tree.kids(c, "nsubj", "nsubj:pass", "csubj") for c in tree.kids(i, "ccomp")
            ),
            "noobj": lambda i: not tree.kids(i, "obj"),
            "reflexive": lambda i: any(
                tree.words[c].endswith(("self", "selves")) for c in tree.kids(i, "obj")
            ),
            "passive": tree.is_passive,
            "plural": self._plural,
            "subjunctive": self._subjunctive,
            "modal": self._modal,
            "cop": lambda i: (
                any(tree.lemmas[c] == "be" for c in tree.kids(i, "cop", "aux")) or tree.deps[i] == "xcomp"
            ),
            "coop": lambda i: self._complement_type(i, COOPERATIVE),
            "conflict": lambda i: self._complement_type(i, FORCEFUL),
            "violent": self._violent,
            "party": self._has_party,
            "done-to": lambda i: self._has_party(i) or self._done_to(i),
            "responsible": lambda i: self._beside(i, "responsible", "accountable"),
            "guilty": lambda i: self._beside(i, "guilty"),
            "non-grata": lambda i: self._beside(i, "grata", "gratae"),
            "hostage": lambda i: self._beside(i, "hostage", "captive", "hostages"),
        }

    def match(self, i: int) -> Trigger | None:
        """The trigger that token `i` is, by the entry that asks for most and gets it."""
        if i not in self.memo:
            if self.depth >= MAX_DEPTH:
                return None
            self.memo[i] = None  # A complement may ask back for its governor.
            self.depth += 1
            self.memo[i] = self._match(i)
            self.depth -= 1
        return self.memo[i]

    def _match(self, i: int) -> Trigger | None:
        tree = self.tree
        pos = "NOUN" if tree.pos[i] == "PROPN" else tree.pos[i]
        entries = self.lexicon.get((tree.lemmas[i], pos), ())
        if pos == "VERB" and (not entries or gerund_noun(tree, i)):
            entries = (
                (self.lexicon.get((tree.words[i], "NOUN"), ()) if gerund_noun(tree, i) else ())
                or self.lexicon.get((verb_of_form(tree.words[i]) or "", "VERB"))
                or self.lexicon.get((tree.words[i], "ADJ"), ())
                or self.lexicon.get((tree.lemmas[i], "NOUN"), ())
            )
        if not entries and pos == "ADJ":
            entries = self.lexicon.get((tree.words[i], "ADJ"), ())
        if not entries and pos == "NOUN" and tree.tags[i] in ("NNS", "NNPS") and tree.lemmas[i].endswith("s"):
            entries = self.lexicon.get((tree.lemmas[i][:-1], pos), ())
        if not entries or (pos == "VERB" and self._nominal(i)):
            return None
        if tree.pos[i] == "PROPN" and self.cast.in_name(i):
            return None
        if pos == "NOUN" and tree.deps[i] == "compound" and tree.pos[tree.heads[i]] in ("NOUN", "PROPN"):
            # "aid workers", "bombing raids": the head tells what it is; "sanctions listings" are sanctions.
            entries = tuple(
                e for e in entries if e.event_type == "SANCTION" and self.match(tree.heads[i]) is None
            )
        if self._in_title(i):
            return None
        if pos == "NOUN" and tree.case(i) == "as" and "calling" in tree.classes[tree.heads[i]]:
            return None  # "described the tariff as an attack on workers"
        if (
            pos == "NOUN"
            and tree.kids(i, "cop")
            and tree.case(i) not in ("behind", "in", "out", "on", "under")
        ):
            # "was an attack", "is one strike": a judgement or a definition, but "is an outrage" accuses
            entries = tuple(e for e in entries if any(c.slot == "cop" for c in e.conditions))
        for entry in entries:
            if all(self._holds(i, c) for c in entry.conditions):
                return entry
        return None

    def _in_title(self, i: int) -> bool:
        """Capitalised between capitalised words within a sentence in lower case: the title of a work or programme."""
        shapes = self.tree.shapes
        if not shapes[i][:1].isupper() or i == 0 or i + 1 >= len(shapes) or i in self.title_case:
            return False
        if self.tree.deps[i] == "ROOT" or (
            not shapes[i - 1][:1].isalpha() and shapes[i - 1] not in ("'s", "’s", ":")
        ):
            beside = shapes[i + 1 : i + 3]
            return any(w[:1].isupper() for w in beside) and self.tree.pos[i] == "VERB" and i not in self.first
        return shapes[i - 1][:1].isupper() and i not in self.first

    def _nominal(self, i: int) -> bool:
        """A participle used as an adjective or a noun ("killed soldiers", "the wounded")."""
        tree = self.tree
        if tree.kids(i, "nmod:poss") and not tree.kids(i, "nsubj", "nsubj:pass", "aux", "obj"):
            return True  # "our resolve to stand firm"
        if tree.deps[i] in ("amod", "compound"):
            return tree.tags[i] not in FINITE and not tree.kids(i, "aux")
        return tree.tags[i] == "VBN" and bool(tree.kids(i, "det"))

    def _holds(self, i: int, condition: Condition) -> bool:
        if condition.slot.startswith("!"):
            return not self._holds(i, replace(condition, slot=condition.slot[1:]))
        flag = self.flags.get(condition.slot)
        if flag is not None and not (condition.lemmas or condition.classes):
            return flag(i)
        tree, slot = self.tree, condition.slot
        if slot == "+":
            (particle,) = condition.lemmas
            after = tree.words[i + 1 : i + 1 + PARTICLE_REACH]
            if after[:1] == [particle] or any(
                tree.words[c] == particle and tree.pos[c] != "VERB" for c in tree.children[i]
            ):
                return True
            # "pulled its forces out of the town": the particle stands before its complement.
            return particle == "out" and any(tree.case(c) == particle for c in tree.kids(i, "obl", "nmod"))
        if slot == "case":
            return tree.case(i) in condition.lemmas
        if slot == "to-inf":
            heads = [
                c
                for c in tree.kids(i, "xcomp", "advcl", "ccomp", "csubj")
                if any(tree.words[g] == "to" for g in tree.kids(c, "mark", "aux"))
            ]
            return any(
                tree.lemmas[c] in condition.lemmas or tree.classes[c] & condition.classes for c in heads
            )
        found = fillers(tree, i, slot)
        if slot == "obj" and not found and condition.any_filler:
            return False
        return any(self._fits(f, condition) for f in found)

    def _fits(self, i: int, condition: Condition, depth: int = 0) -> bool:
        tree = self.tree
        if condition.any_filler or tree.lemmas[i] in condition.lemmas or tree.words[i] in condition.lemmas:
            return True
        kinds = condition.classes
        if tree.classes[i] & kinds:
            return True
        name = self.cast.kind(i)
        if "party" in kinds and self.cast.is_party(i):
            return True
        if kinds & {"person", "leader"} and (
            name == "PERSON" or tree.words[i] in ("he", "she", "him", "her", "i")
        ):
            return True
        if kinds & {"person"} and tree.words[i] in ("they", "them", "who"):
            return True
        if kinds & {"place", "physical", "country", "territory"} and name == "LOC":
            return True
        if kinds & {"physical"} and (name in ("ORG", "NORP") or tree.pos[i] == "PRON"):
            return name != "ORG" or tree.pos[i] == "PRON"
        if kinds & {"government", "agent", "igo", "organization", "media"} and name == "ORG":
            return True
        if kinds & {"people", "country", "agent", "political"} and name in ("NORP", "LOC"):
            return True
        if "quantity" in tree.classes[i] or tree.pos[i] == "NUM":
            below = [c for c in tree.kids(i, "nmod", "obl") if tree.case(c) == "of"]
            return depth < MAX_CLIMB and any(self._fits(c, condition, depth + 1) for c in below)
        # "aid deliveries", "air links": what a compound says of its head; "efforts to", "group of" hand on.
        return tree.pos[i] == "NOUN" and any(
            tree.classes[c] & kinds or tree.lemmas[c] in condition.lemmas
            for c in tree.kids(i, "compound")
            if "handing_on" in tree.classes[i]
        )

    def _infinitive(self, i: int) -> bool:
        """Whether an infinitive depends on a verb, or, since attachment errs, on its object."""
        tree = self.tree
        below = tree.kids(i, "xcomp", "advcl", "acl", "ccomp", "csubj", "obj", "conj")
        below += [a for o in tree.kids(i, "obj") for a in tree.kids(o, "acl")]
        return any(any(tree.words[g] == "to" for g in tree.kids(c, "mark", "aux")) for c in below)

    def _subjunctive(self, i: int) -> bool:
        """ "insisted that he leave": a demand, where "that he left" is a statement."""
        tree = self.tree
        return any(
            (tree.tags[c] == "VB" and not tree.kids(c, "aux"))
            or (tree.tags[c] == "VBP" and any(tree.tags[s] in ("NN", "NNP") for s in tree.kids(c, "nsubj")))
            or any(tree.words[g] in ("should", "must") for g in tree.kids(c, "aux"))
            for c in tree.kids(i, "ccomp")
        )

    def _modal(self, i: int) -> bool:
        """A clause about what shall be."""
        tree = self.tree
        return any(tree.tags[g] == "MD" for c in tree.kids(i, "ccomp") for g in tree.kids(c, "aux"))

    def _plural(self, i: int) -> bool:
        """Several act: a plural, or names joined."""
        agents = self.tree.agents(i)
        return len(agents) > 1 or any(
            self.tree.tags[a] in ("NNS", "NNPS") or self.tree.words[a] in ("they", "we", "both")
            for a in agents
        )

    def _gerund(self, i: int) -> bool:
        """Whether a gerund depends on a verb: "denied shelling", "denied having shelled"."""
        tree = self.tree
        return any(
            tree.tags[g] == "VBG"
            for c in tree.kids(i, "xcomp", "advcl", "acl", "ccomp", "obl", "obj")
            for g in (c, *tree.kids(c, "aux"))
        )

    def _beside(self, i: int, *words: str) -> bool:
        return any(w in self.tree.words[i + 1 : i + 12] for w in words)

    def complements(self, i: int) -> list[int]:
        """Heads of what a trigger is about: its clauses, objects and prepositional complements."""
        tree = self.tree
        out = []
        for c in tree.children[i]:
            label = tree.deps[c]
            if label in ("xcomp", "ccomp", "csubj", "obj", "acl", "nsubj:pass"):
                out.append(c)
            elif label == "advcl":
                marks = {tree.words[g] for g in tree.kids(c, "mark", "case", "advmod")}
                if not marks & (TIME_MARKS | CONDITIONS) and c > i:
                    out.append(c)
            elif label in ("obl", "nmod") and tree.case(c) in (
                "to",
                "for",
                "of",
                "on",
                "with",
                "from",
                "into",
                "against",
                "upon",
                "in",
            ):
                out.append(c)
        return out

    def _complement_type(self, i: int, wanted: frozenset[str]) -> bool:
        return any(
            (found := self.match(x)) is not None and found.event_type in wanted
            for c in self.complements(i)
            for x in self.tree.subtree(c, skip=frozenset({"acl:relcl", "parataxis", "appos"}), reach=20)
        )

    def _violent(self, i: int) -> bool:
        """Killing and wounding count where somebody does it: an agent, or an attack in the same clause."""
        tree = self.tree
        for agent in tree.agents(i):
            if tree.classes[agent] & {"cause", "military", "armed", "police", "troops", "agent"}:
                return True
            if not tree.is_passive(i) and (
                tree.ents[agent] in ("ORG", "NORP", "LOC") or self.cast.actor(agent) is not None
            ):
                return True
        return any(
            tree.classes[x] & {"cause"} and tree.pos[x] in ("NOUN", "PROPN")
            for x in tree.subtree(i, skip=frozenset({"acl:relcl", "ccomp", "parataxis", "conj"}))
        ) or (
            tree.deps[i] in ("advcl", "conj")
            and self.match(tree.heads[i]) is not None
            and tree.pos[tree.heads[i]] in CLAUSAL
        )

    def _done_to(self, i: int) -> bool:
        """A noun of force that says to what: "the seizure of two ships"."""
        tree = self.tree
        return any(
            (tree.case(c) in ("of", "on", "against") and "physical" in tree.classes[c])
            or (tree.case(c) in ("for", "in", "at", "over") and tree.ents[c] == "LOC")
            for c in tree.kids(i, "nmod")
        )

    def _has_party(self, i: int) -> bool:
        """A noun names an event only where it says whose it is."""
        tree, cast = self.tree, self.cast
        if cast.describes(i):
            return True
        around = [c for c in tree.kids(i, "nmod", "obl") if tree.case(c) in PARTY_PREPOSITIONS]
        following = around or (tree.words[i + 1 : i + 2] and tree.words[i + 1] in PARTY_PREPOSITIONS)
        if any(cast.is_party(c) for c in around) or (following and tree.kids(i, "nmod:poss")):
            return True
        told = [
            c
            for c in tree.kids(i, "acl:relcl", "acl")
            if "light_verb" in tree.classes[c] or tree.lemmas[c] == "have"
        ]
        if any(cast.is_party(a) for c in told for a in tree.kids(c, "nsubj")):
            return True  # "a conversation they had"
        head = tree.heads[i]
        return (
            tree.deps[i] in ("obj", "nsubj:pass")
            and tree.pos[head] in CLAUSAL
            and "light_verb" in tree.classes[head]
            and any(cast.is_party(a) for a in tree.agents(head))
        )

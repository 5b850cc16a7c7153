"""The parse as plain lists, and the questions that events ask of it: who is subject, object, passive, coordinated.

Tokens are numbers into the article's Doc. The rules lean on several cues at once, since a parser errs most on
attachment: a passive is known by its auxiliary, its subject's label or its tag alone.
"""

from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from pipeline.extract.events.lexicon import classes_of
from pipeline.extract.events.repair import join_hyphens, repair

CLAUSAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
PARTICLES = frozenset(["off", "over", "up", "down", "out", "back", "away", "around"])
CASE_POS = frozenset({"ADP", "SCONJ", "PART", "ADV", "VERB"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose", "where"})
MEANS = frozenset({"phone", "telephone", "video", "videolink", "email", "letter"})
"""By which people speak; no agents."""
MAX_APART = 3
"""Tokens from one verb to the next that shares its object."""
MAX_CLIMB = 6
"""How many heads a search goes up: sentences nest no deeper in news."""


class Tree:
    """Dependency arcs of a Doc with children and lower-case forms at hand."""

    def __init__(self, doc: Doc, dated: frozenset[int] = frozenset()) -> None:
        """Read the parse once. `dated`: tokens within an expression of time."""
        self.dated = dated
        self.words = [t.lower_ for t in doc]
        self.shapes = [t.text for t in doc]
        self.lemmas = [_lemma(t) for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.tags = [t.tag_ for t in doc]
        self.deps = [t.dep_ for t in doc]
        self.heads = [t.head.i for t in doc]
        self.ents = [t.ent_type_ for t in doc]
        join_hyphens(self)
        for span in doc.sents:
            repair(self, span.start, span.end)
        self.children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    @cached_property
    def classes(self) -> list[frozenset[str]]:
        """The word classes of each token's lemma, or of the word where the lemma has none."""
        return [
            classes_of(lemma) or classes_of(word) for lemma, word in zip(self.lemmas, self.words, strict=True)
        ]

    def kids(self, i: int, *labels: str) -> list[int]:
        """Children of a token by relation."""
        return [c for c in self.children[i] if self.deps[c] in labels]

    def case(self, i: int) -> str:
        """The preposition that introduces a noun, "" without one; two words keep the first ("out of" is "out")."""
        for c in self.children[i]:
            if c < i and self.deps[c] == "case" and self.pos[c] in CASE_POS:
                return self.words[c]
            if c < i and self.deps[c] in ("nmod:desc", "amod", "compound", "nummod"):
                inner = self.kids(c, "case")
                if inner and inner[0] < c:
                    return self.words[inner[0]]
        return ""

    def is_time(self, i: int) -> bool:
        """A word of the calendar, which a parser likes to call subject or object."""
        if i in self.dated:
            return True
        if self.lemmas[i] in ("march", "may") and self.pos[i] != "PROPN":
            return False
        return "time" in self.classes[i] and not self.kids(i, "nmod:poss")

    def is_passive(self, i: int, depth: int = 0) -> bool:
        """A verb in the passive voice."""
        labels = {self.deps[c] for c in self.children[i] if self.lemmas[c] not in MEANS}
        auxiliaries = {self.lemmas[c] for c in self.kids(i, "aux", "aux:pass")}
        if "have" in auxiliaries and not auxiliaries & {"be", "get"}:
            return False  # "have criticised", whatever its subject was read as
        if labels & {"nsubj:pass", "aux:pass", "obl:agent"}:
            return True
        if self.tags[i] != "VBN" or "aux" in labels:
            return False
        if self.deps[i] == "acl":
            # A headless sentence ("Ministers agreed to ..." read as a noun and its participle) is active.
            headless = self.deps[self.heads[i]] == "ROOT" and bool(labels & {"xcomp", "ccomp", "advcl"})
            return "obj" not in labels and not headless
        if self.deps[i] == "conj" and not labels & {"nsubj", "obj"}:
            head = self.heads[i]
            return self.tags[head] == "VBN" and depth < MAX_CLIMB and self.is_passive(head, depth + 1)
        return False

    def coordinated(self, i: int) -> list[int]:
        """A noun and those joined to it by "and", "or" or a comma."""
        out, waiting = [], [i]
        while waiting:
            x = waiting.pop()
            out.append(x)
            joined = [c for c in self.kids(x, "conj") if self.pos[c] in NOMINAL or self.pos[c] == "ADJ"]
            joined = [c for c in joined if not self._starts_clause(c, x)]
            waiting.extend(reversed(joined))
        return out

    def _starts_clause(self, c: int, x: int) -> bool:
        """Whether a noun joined to an object is the subject of what follows: "met Kenya and Uganda is angry"."""
        if self.deps[x] in ("nsubj", "nsubj:pass", "ROOT", "conj") or c + 1 >= len(self.words):
            return False
        return self.tags[c + 1] in ("VBZ", "VBP", "MD") and self.pos[c + 1] == "AUX"

    def surface_subjects(self, i: int, depth: int = 0) -> list[int]:
        """Grammatical subjects of a verb, its own or its controller's."""
        own = [self._beside_time(c) for c in self.kids(i, "nsubj", "nsubj:pass") if self.words[c] != "there"]
        own = [c for c in own if not self.is_time(c)]
        if not own and (self.pos[i] == "ADJ" or self.kids(i, "obj")):
            own = self.kids(i, "expl")  # "Syria says it is willing": no expletive, whatever the parser says
        if len(own) > 1 and self._is_relative(own[0]) and not self.is_passive(i):
            own = own[1:]  # "which the council has criticised": the relative is the object.
        if own:
            first = own[0]
            if self._is_relative(first):
                return self._antecedent(i)
            return [x for s in own for x in self.coordinated(s)]
        if self._lost_subject(i):
            beside = [c for c in self.kids(i, "parataxis") if c < i and self.tags[c] in FINITE]
            if beside and depth < MAX_CLIMB and any(c < i for c in self.kids(i, "cc")):
                return self.surface_subjects(beside[0], depth + 1)  # "X accused Y and vowed": taken for two
            return self._left_neighbour(i)
        if depth >= MAX_CLIMB or self.heads[i] == i:
            return []
        return self._controller(i, depth)

    def _lost_subject(self, i: int) -> bool:
        """A finite verb that the parser took for a modifier, or gave no subject and no governor that lends one."""
        auxiliaries = self.kids(i, "aux", "aux:pass")
        finite = self.tags[i] in FINITE or any(self.tags[c] in (*FINITE, "MD") for c in auxiliaries)
        return finite and self.deps[i] not in ("conj", "advcl", "acl:relcl", "xcomp")

    def _left_neighbour(self, i: int) -> list[int]:
        """The noun phrase that ends right before a verb and its auxiliaries."""
        j = min([i, *self.kids(i, "aux", "aux:pass", "advmod")]) - 1
        if j < 0 or self.pos[j] not in ("NOUN", "PROPN") or self.is_time(j):
            return []
        joined = {"flat", "conj", "compound", "nmod"}
        while self.deps[j] in joined and self.heads[j] < j and self.pos[self.heads[j]] in ("NOUN", "PROPN"):
            j = self.heads[j]
        return self.coordinated(j)

    def _is_relative(self, i: int) -> bool:
        return self.words[i] in RELATIVES and self.pos[i] == "PRON"

    def _beside_time(self, i: int) -> int:
        """The name that a weekday was read to belong to: "Mr Ode Wednesday rejected ..."."""
        if self.is_time(i):
            for c in self.kids(i, "nmod"):
                if self.case(c) in (
                    "after",
                    "before",
                ):  # "hours after rebels killed ...", "hours" read as subject
                    return c
            for c in reversed(self.kids(i, "compound", "nmod", "flat", "nmod:desc")):
                if self.ents[c] or self.pos[c] == "PROPN":
                    return c
        return i

    def _antecedent(self, i: int) -> list[int]:
        """The noun that a relative clause, or a verb joined to it, describes."""
        for _ in range(MAX_CLIMB):
            if self.deps[i] in ("acl:relcl", "acl"):
                return [self._before_relative(i) or self.heads[i]]
            if self.deps[i] not in ("conj", "xcomp", "ccomp", "advcl") or self.heads[i] == i:
                return []
            i = self.heads[i]
        return []

    def _before_relative(self, i: int) -> int | None:
        """The name right before a relative pronoun, which a parser may pass over for an earlier noun."""
        for c in self.children[i]:
            if self._is_relative(c) and c >= 2:
                before = c - 2 if self.words[c - 1] == "," else c - 1
                if self.ents[before] in ("LOC", "ORG", "PERSON"):
                    return before
        return None

    def _controller(self, i: int, depth: int) -> list[int]:
        """Who is meant as the subject of a verb that has none of its own."""
        head, label = self.heads[i], self.deps[i]
        if label == "acl:relcl":
            return [head]
        if label == "acl":
            if self.tags[i] in ("VBG", "VBN"):
                return [head]
            return self.holder(head, depth + 1)
        if label == "ccomp" and self.tags[i] not in ("VB", "VBG"):
            return []
        if label == "conj" and self.tags[i] in FINITE and self.pos[head] in ("NOUN", "PROPN"):
            return self.coordinated(
                head
            )  # "the minister, X, spoke to Y and promised": joined to its own subject
        if label in ("xcomp", "advcl", "ccomp", "obl", "nmod", "obj", "dep"):
            if "object_control" in self.classes[head]:
                objects = [c for c in self.kids(head, "obj", "iobj") if not self.is_time(c)]
                objects += [c for c in self.kids(head, "obl") if self.case(c) in ("on", "upon", "to", "from")]
                if not objects and self.is_passive(head):
                    objects = self.kids(head, "nsubj:pass")
                if objects:
                    return self.coordinated(objects[0])
            if self.pos[head] in CLAUSAL or self.pos[head] == "ADJ":
                return self.surface_subjects(head, depth + 1)
            return self.holder(head, depth + 1)
        if label in ("conj", "parataxis") and (self.pos[head] in CLAUSAL or self.kids(head, "nsubj", "cop")):
            return self.surface_subjects(head, depth + 1)
        return []

    def holder(self, noun: int, depth: int = 0) -> list[int]:
        """Who has or does what a noun names: its possessor, or the subject of the verb that governs it."""
        owners = self.kids(noun, "nmod:poss")
        if owners and self.pos[owners[0]] != "PRON":
            return self.coordinated(owners[0])
        i = noun
        for _ in range(MAX_CLIMB):
            label, head = self.deps[i], self.heads[i]
            if head == i:
                break
            if label in ("obj", "obl", "xcomp", "ccomp", "advcl", "obl:agent") and self.pos[head] in CLAUSAL:
                found = self.surface_subjects(head, depth + 1) if depth < MAX_CLIMB else []
                return found if noun not in found else []
            if label == "nmod:poss":
                break
            i = head
        return owners

    def agents(self, i: int) -> list[int]:
        """Who does what a verb says."""
        if not self.is_passive(i):
            return self.surface_subjects(i)
        by = self.kids(i, "obl:agent") or [c for c in self.kids(i, "obl", "nmod") if self.case(c) == "by"]
        if not by:
            for c in self.kids(i, "obl", "nsubj:pass"):
                by += [g for g in self.kids(c, "nmod", "obl:agent") if self.case(g) == "by"]
        return [x for b in by if not self.is_time(b) and self.pos[b] != "VERB" for x in self.coordinated(b)]

    def patients(self, i: int) -> list[int]:
        """To whom or what a verb is done: the object, or the subject of a passive."""
        objects = [c for c in self.kids(i, "obj") or self.kids(i, "iobj") if not self.is_time(c)]
        if self.is_passive(i):
            return self.surface_subjects(i) + [x for o in objects for x in self.coordinated(o)]
        if not objects and self.deps[i] in ("amod", "compound") and self.tags[i] in FINITE:
            following = [self.heads[i], i + 1, i + 2]
            objects = [x for x in following if i < x < len(self.pos) and self.pos[x] in ("NOUN", "PROPN")][:1]
        if not objects:
            objects = [c for c in self.kids(i, "ccomp", "xcomp", "dep") if self.pos[c] in ("NOUN", "PROPN")]
            objects = [c for c in objects if not self.kids(c, "cop", "case", "mark")]
        if (
            not objects
            and self.words[i + 1 : i + 2]
            and self.words[i + 1] in PARTICLES
            and self.words[i + 2 : i + 3] != ["of"]
        ):
            # "hand over weapons": the particle was read as a preposition.
            objects = [
                c for c in self.kids(i, "obl") if self.case(c) == self.words[i + 1] and not self.is_time(c)
            ]
        if not objects:
            objects = self._bare_obliques(i) or self._shared_objects(i)
        if not objects and self.tags[i] in FINITE:
            objects = self._right_neighbour(i)
        subjects = self.kids(i, "nsubj", "nsubj:pass")
        if not objects and self.deps[i] == "acl:relcl" and any(not self._is_relative(s) for s in subjects):
            return [self.heads[i]]
        if objects and self._is_relative(objects[0]):
            return self._antecedent(i) or objects
        return [x for o in objects for x in self.coordinated(o)]

    def _shared_objects(self, i: int) -> list[int]:
        """What stands behind the second of two verbs side by side: "stopped and then searched the ship"."""
        verb = next((c for c in self.kids(i, "conj") if self.pos[c] == "VERB" and c - i <= MAX_APART), None)
        if verb is None or any(self.pos[x] not in ("CCONJ", "ADV") for x in range(i + 1, verb)):
            return []
        return self.kids(verb, "obj")

    def _bare_obliques(self, i: int) -> list[int]:
        """Objects read as adverbials: "shot down two drones", "donated ten million dollars"."""
        bare = [c for c in self.kids(i, "obl", "obl:unmarked") if c > i and not self.case(c)]
        return [
            c
            for c in bare
            if not self.is_time(c) and (self.kids(i, "compound:prt") or "money" in self.classes[c])
        ]

    def _right_neighbour(self, i: int) -> list[int]:
        """The noun phrase right behind a verb that lost its object to another one."""
        for j in range(i + 1, min(i + 7, len(self.pos))):
            if (
                self.pos[j] in ("NOUN", "PROPN")
                and self.heads[j] != j + 1
                and self.heads[j] - j not in (2, 3)
            ):
                lost = self.deps[j] in ("nsubj", "dep", "iobj") and self.tags[self.heads[j]] not in (
                    *FINITE,
                    "VBN",
                )
                return [j] if lost and not self.is_time(j) else []
            if self.pos[j] not in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PART"):
                return []
        return []

    def obliques(self, i: int, preposition: str) -> list[int]:
        """Nouns behind a preposition: of the verb, or, since attachment errs, of its objects and obliques."""
        near = [c for c in self.children[i] if self.pos[c] in NOMINAL or self.pos[c] == "ADJ"]
        own = [
            c
            for c in near
            if self.deps[c] in ("obl", "nmod", "obl:agent", "advmod", "obj", "iobj", "xcomp", "advcl", "dep")
        ]
        for level in (own, [g for c in own for g in self.kids(c, "nmod", "obl")]):
            found = [c for c in level if self._introduced(c, preposition) and not self.is_time(c)]
            if found:
                return [x for f in found for x in self.coordinated(f)]
        return []

    def _introduced(self, i: int, preposition: str) -> bool:
        """Whether a preposition introduces a noun; "out of" counts as "out" and as "of"."""
        if self.case(i) == preposition:
            return True
        return preposition == "of" and any(
            "of" in self.words[c : c + 2] for c in self.kids(i, "case") if c < i
        )

    def modifiers(self, i: int, preposition: str) -> list[int]:
        """Nouns that depend on a noun by a preposition."""
        found = [
            c
            for c in self.kids(i, "nmod", "obl", "acl")
            if self.case(c) == preposition and not self.is_time(c)
        ]
        return [x for f in found for x in self.coordinated(f)]

    def subtree(self, i: int, *, skip: frozenset[str] = frozenset(), reach: int = 10**9) -> Iterator[int]:
        """A token and all below it, without the branches of some relations, or what lies further than `reach`."""
        stack = [i]
        while stack:
            x = stack.pop()
            yield x
            stack.extend(c for c in self.children[x] if self.deps[c] not in skip and abs(c - i) <= reach)


def _lemma(token: Token) -> str:
    """The lemma in lower case; a plural that the lemmatiser left as it is loses its "s" where the lexicon knows the rest."""
    lemma = token.lemma_.lower()
    if (
        token.tag_ in ("NNS", "NNPS")
        and lemma.endswith("s")
        and not classes_of(lemma)
        and classes_of(lemma[:-1])
    ):
        return lemma[:-1]
    if token.tag_ == "NNS" and lemma.endswith("ies") and not classes_of(lemma):
        return lemma[:-3] + "y"
    return lemma

"""The parse as plain lists, and the questions that events ask of it: who is subject, object, passive, coordinated.

Tokens are numbers into the article's Doc; labels are Universal Dependencies.
"""

from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

from pipeline.extract.events.lexicon import classes_of, irregular_verbs, triggers

CLAUSAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
CASE_POS = frozenset({"ADP", "SCONJ", "PART", "ADV", "VERB"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose", "where"})
CONTROLLED = frozenset({"xcomp", "advcl", "ccomp", "obl", "nmod", "obj", "dep"})
"""Clauses without a subject, whose subject is one of the word that they hang on."""
MAX_CLIMB = 6
"""How many heads a search goes up: sentences nest no deeper in news."""


Answer = TypeVar("Answer")


def once(question: Callable[["Tree", int], Answer]) -> Callable[["Tree", int], Answer]:
    """Let a question about a token be answered once; the answers are shared, so nobody may change one."""
    name = question.__name__

    @wraps(question)
    def answered(tree: "Tree", i: int) -> Answer:
        known: dict[int, Answer] = tree.answers.setdefault(name, {})
        if i not in known:
            known[i] = question(tree, i)
        return known[i]

    return answered


class Tree:
    """Dependency arcs of a Doc with children and lower-case forms at hand."""

    def __init__(self, doc: Doc, dated: frozenset[int] = frozenset()) -> None:
        """Read the parse once. `dated`: tokens within an expression of time."""
        self.answers: dict[str, dict[int, Any]] = {}
        """What was asked `once`, by question and token."""
        self.dated = dated
        self.words = [t.lower_ for t in doc]
        self.shapes = [t.text for t in doc]
        self.lemmas = [_lemma(t) for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.tags = [t.tag_ for t in doc]
        self.deps = [t.dep_ for t in doc]
        self.heads = [t.head.i for t in doc]
        self.ents = [t.ent_type_ for t in doc]
        self._join_hyphens()
        self.children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    def _join_hyphens(self) -> None:
        """Give "sit-in", "cease-fire" and "test-fired", which stand as three tokens, the lemma of the whole."""
        for hyphen in range(1, len(self.words) - 1):
            if self.words[hyphen] != "-":
                continue
            left, right = hyphen - 1, hyphen + 1
            joined = f"{self.words[left]}-{self.lemmas[right]}"
            if (joined, "VERB") in triggers() or (joined, "NOUN") in triggers() or classes_of(joined):
                self.lemmas[left if self.heads[right] == left else right] = joined

    @cached_property
    def classes(self) -> list[frozenset[str]]:
        """The word classes of each token's lemma, or of the word where the lemma has none."""
        return [
            classes_of(lemma) or classes_of(word) for lemma, word in zip(self.lemmas, self.words, strict=True)
        ]

    def kids(self, i: int, *labels: str) -> list[int]:
        """Children of a token by relation."""
        children, deps = self.children[i], self.deps
        return [c for c in children if deps[c] in labels] if children else []

    def case(self, i: int) -> str:
        """The preposition that introduces a noun, "" without one; two words keep the first ("out of" is "out")."""
        for c in self.children[i]:
            if c < i and self.deps[c] == "case" and self.pos[c] in CASE_POS:
                return self.words[c]
        return ""

    @once
    def is_time(self, i: int) -> bool:
        """A word of the calendar."""
        if i in self.dated:
            return True
        if self.lemmas[i] in ("march", "may") and self.pos[i] != "PROPN":
            return False
        return "time" in self.classes[i] and not self.kids(i, "nmod:poss")

    @once
    def is_passive(self, i: int) -> bool:
        """A verb in the passive voice."""
        return self._is_passive(i, 0)

    def _is_passive(self, i: int, depth: int) -> bool:
        labels = {self.deps[c] for c in self.children[i]}
        if labels & {"nsubj:pass", "aux:pass", "obl:agent"}:
            return True
        if self.tags[i] != "VBN" or labels & {"aux", "nsubj", "obj"}:
            return False
        if self.deps[i] == "conj":
            return depth < MAX_CLIMB and self._is_passive(self.heads[i], depth + 1)
        return self.deps[i] in ("acl", "advcl", "amod")

    def coordinated(self, i: int) -> list[int]:
        """A noun and those joined to it by "and", "or" or a comma."""
        out, waiting = [], [i]
        while waiting:
            x = waiting.pop()
            out.append(x)
            joined = [c for c in self.kids(x, "conj") if self.pos[c] in NOMINAL or self.pos[c] == "ADJ"]
            waiting.extend(reversed(joined))
        return out

    @once
    def subjects(self, i: int) -> list[int]:
        """Grammatical subjects of a verb or noun: its own, the antecedent of a relative, or its controller's."""
        return self._subjects(i, 0)

    def _subjects(self, i: int, depth: int) -> list[int]:
        own = [
            c for c in self.kids(i, "nsubj", "nsubj:pass") if self.words[c] != "there" and not self.is_time(c)
        ]
        if own:
            if self.words[own[0]] in RELATIVES and self.pos[own[0]] == "PRON":
                return self._antecedent(i)
            return [x for s in own for x in self.coordinated(s)]
        if depth >= MAX_CLIMB or self.heads[i] == i:
            return []
        return self._controller(i, depth)

    def _antecedent(self, i: int) -> list[int]:
        """The noun that a relative clause, or a verb joined to it, describes."""
        for _ in range(MAX_CLIMB):
            if self.deps[i] in ("acl:relcl", "acl"):
                return [self.heads[i]]
            if self.deps[i] not in ("conj", "xcomp", "ccomp", "advcl") or self.heads[i] == i:
                return []
            i = self.heads[i]
        return []

    def _controller(self, i: int, depth: int) -> list[int]:
        """Who is meant as the subject of a verb that has none of its own."""
        head, label = self.heads[i], self.deps[i]
        participle = label == "acl" and self.tags[i] in ("VBG", "VBN")
        if label == "acl:relcl" or participle:
            return [head]
        if label in CONTROLLED and "object_control" in self.classes[head]:
            objects = [c for c in self.kids(head, "obj", "iobj", "nsubj:pass") if not self.is_time(c)]
            if objects:
                return self.coordinated(objects[0])
        if label in CONTROLLED or label in ("conj", "parataxis", "acl"):
            if self.pos[head] in CLAUSAL or self.pos[head] == "ADJ" or self.kids(head, "nsubj", "cop"):
                return self._subjects(head, depth + 1)
            return self._holder(head, depth + 1)
        return []

    @once
    def holder(self, noun: int) -> list[int]:
        """Who has or does what a noun names: its possessor, or the subject of the verb that governs it."""
        return self._holder(noun, 0)

    def _holder(self, noun: int, depth: int) -> list[int]:
        owners = self.kids(noun, "nmod:poss")
        if owners:
            return self.coordinated(owners[0])
        i = noun
        for _ in range(MAX_CLIMB):
            label, head = self.deps[i], self.heads[i]
            if head == i or label == "nmod:poss" or depth >= MAX_CLIMB:
                return []
            if self.pos[head] in CLAUSAL:
                found = [] if label.startswith("nsubj") else self._subjects(head, depth + 1)
                return [] if noun in found else found
            i = head
        return []

    @once
    def agents(self, i: int) -> list[int]:
        """Who does what a verb says."""
        if not self.is_passive(i):
            return self.subjects(i)
        by = self.kids(i, "obl:agent") or [c for c in self.kids(i, "obl", "nmod") if self.case(c) == "by"]
        return [x for b in by if not self.is_time(b) for x in self.coordinated(b)]

    @once
    def patients(self, i: int) -> list[int]:
        """To whom or what a verb is done: the object, or the subject of a passive."""
        objects = [c for c in self.kids(i, "obj") or self.kids(i, "iobj") if not self.is_time(c)]
        found = [x for o in objects for x in self.coordinated(o)]
        if self.is_passive(i):
            return self.subjects(i) + found
        if not objects:
            verbs = [c for c in self.kids(i, "conj") if self.pos[c] == "VERB" and c - i <= 3]
            found = [x for v in verbs for x in self.kids(v, "obj")]
        if not found and self.deps[i] == "acl:relcl" and self.kids(i, "nsubj"):
            relative = self.words[self.kids(i, "nsubj")[0]] in RELATIVES
            return [] if relative else [self.heads[i]]
        if found and self.words[found[0]] in RELATIVES and self.pos[found[0]] == "PRON":
            return self._antecedent(i) or found
        return found

    def behind(self, i: int, preposition: str) -> list[int]:
        """Nouns behind a preposition: of the word itself, else of what hangs on it."""
        near = [
            c for c in self.children[i] if self.deps[c] not in ("nsubj", "conj", "parataxis", "acl:relcl")
        ]
        below = [g for c in near for g in self.kids(c, "nmod", "obl")]
        for level in (near, below):
            found = [c for c in level if self.case(c) == preposition and not self.is_time(c)]
            if found:
                return [x for f in found for x in self.coordinated(f)]
        return []

    def subtree(self, i: int, *, skip: frozenset[str] = frozenset(), reach: int = 10**9) -> Iterator[int]:
        """A token and all below it, without the branches of some relations, or what lies further than `reach`."""
        stack = [i]
        while stack:
            x = stack.pop()
            yield x
            stack.extend(c for c in self.children[x] if self.deps[c] not in skip and abs(c - i) <= reach)

    def above(self, i: int, most: int = MAX_CLIMB) -> Iterator[int]:
        """The words that a token hangs on, the nearest first."""
        for _ in range(most):
            head = self.heads[i]
            if head == i:
                return
            yield head
            i = head

    @once
    def chain(self, i: int) -> dict[int, int]:
        """A token and the words that it hangs on, the nearest first, by how many steps away they are."""
        return {x: n for n, x in enumerate((i, *self.above(i, 12)))}

    def path(self, i: int, j: int, most: int = 7) -> str:
        """The relations from `i` up to a common head and down to `j` ("^ccomp nsubj"); "far" past so many."""
        up, down = list(self.chain(i)), list(self.chain(j))
        place = self.chain(i)
        meet = next((n for n, x in enumerate(down) if x in place), None)
        if meet is None or place[down[meet]] + meet > most:
            return "far"
        rising = ["^" + self.deps[x] for x in up[: place[down[meet]]]]
        return " ".join(rising + [self.deps[x] for x in reversed(down[:meet])])


def _lemma(token: Token) -> str:
    """The lemma in lower case; of irregular pasts and of plurals that the lemmatiser got wrong, the one that the lexicon knows."""
    lemma = token.lemma_.lower()
    if token.tag_ in ("VBD", "VBN"):
        return irregular_verbs().get(token.lower_, lemma)  # "flew" is no form of "flow"
    if token.tag_ in ("NNS", "NNPS") and lemma.endswith(("s", "e")) and not classes_of(lemma):
        if classes_of(lemma[:-1]):
            return lemma[:-1]  # "marches": "marche"
        if lemma.endswith("ies"):
            return lemma[:-3] + "y"
    return lemma

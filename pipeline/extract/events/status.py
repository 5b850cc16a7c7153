"""Whether an event happened: negation, modality, hedges, conditions and purposes around its trigger."""

from dataclasses import dataclass

from pipeline.extract.events.tree import CLAUSAL, MAX_CLIMB, Tree

NEGATIONS = frozenset(["not", "n't", "n’t", "never", "neither", "nor", "hardly"])
REFUSING = frozenset(["deny", "reject", "dismiss", "refute", "rebut", "repudiate"])
POSSIBLE = frozenset(["may", "might", "could", "can", "should", "ought"])
RANKS = frozenset(["first", "second", "third", "last", "latest", "only"])
CONDITIONS = frozenset(["if", "unless", "whether", "until", "till", "once", "lest", "provided"])


@dataclass(slots=True)
class Modality:
    """How an event is put. `supposed`: somebody could do it; `intended`: it is a purpose or a complement, not a report."""

    negated: bool = False
    future: bool = False
    supposed: bool = False
    intended: bool = False
    hedged: bool = False
    obliged: bool = False
    decided: bool = False
    """What somebody decided to do: done where words do it."""

    @property
    def plain(self) -> bool:
        """A fact as the sentence has it."""
        return not (self.negated or self.future or self.supposed or self.intended or self.obliged)


def modality(tree: Tree, i: int) -> Modality:
    """Read the words around a trigger, and around the verbs that it hangs on."""
    found = Modality()
    if tree.pos[i] not in CLAUSAL and not tree.kids(i, "cop"):
        _noun(tree, i, found)
        i = _clause_of(tree, i, found)
        if i < 0:
            return found
    for _ in range(MAX_CLIMB):
        _auxiliaries(tree, i, found)
        above = _climb(tree, i, found)
        if above < 0:
            break
        i = above
    return found


def _noun(tree: Tree, i: int, found: Modality) -> None:
    for c in tree.children[i]:
        if tree.deps[c] == "det" and tree.words[c] in ("no", "neither"):
            found.negated = True
        elif tree.deps[c] in ("amod", "advmod", "compound"):
            found.hedged |= "hedge" in tree.classes[c] or tree.words[c] in (
                "reported",
                "alleged",
                "suspected",
            )
            found.future |= "planned" in tree.classes[c] or tree.words[c] in (
                "planned",
                "proposed",
                "scheduled",
            )
            found.supposed |= tree.words[c] in (
                "possible",
                "potential",
                "hypothetical",
                "any",
                "further",
                "future",
            )
        elif tree.deps[c] == "case" and tree.words[c] in ("without", "against", "amid"):
            found.intended |= tree.words[c] == "without"


def _clause_of(tree: Tree, i: int, found: Modality) -> int:
    """The verb that a noun is subject, object or phrase of; -1 where its words are all there is to tell."""
    for _ in range(MAX_CLIMB):
        head, label = tree.heads[i], tree.deps[i]
        if head == i:
            return -1
        if (
            label in ("nmod", "obl", "acl")
            and "irrealis" in tree.classes[head]
            and tree.case(i) in ("of", "for", "to", "on", "against")
        ):
            found.intended = True
            return -1
        if tree.pos[head] in CLAUSAL:
            if label == "nsubj:pass" and "scheduled" in tree.classes[head]:
                found.future = True
            far = label == "obl" and tree.case(i) in ("for", "to", "into", "against", "about", "over")
            if far and "light_verb" not in tree.classes[head]:
                found.intended |= tree.case(i) == "for" and "irrealis" in tree.classes[head]
                return -1
            return (
                head
                if label in ("obj", "nsubj", "nsubj:pass", "xcomp", "ccomp")
                or "light_verb" in tree.classes[head]
                else -1
            )
        if label not in ("nmod", "conj", "compound", "appos"):
            return -1
        if label == "nmod" and "quantity" not in tree.classes[head]:
            return -1
        i = head
    return -1


def _auxiliaries(tree: Tree, i: int, found: Modality) -> None:
    for c in tree.children[i]:
        word, label = tree.words[c], tree.deps[c]
        if label in ("aux", "aux:pass", "mark") and word == "to" and tree.tags[i] == "VB":
            # "is to visit": the copula of the future, where no other verb governs it
            found.future |= any(tree.lemmas[g] == "be" for g in tree.kids(i, "aux"))
        if label in ("aux", "aux:pass"):
            if word in ("will", "shall", "'ll", "’ll", "wo"):
                found.future = True
            elif word in ("would", "'d"):
                found.future, found.supposed = (
                    (True, found.supposed) if _told(tree, i) else (found.future, True)
                )
            elif word in POSSIBLE or word == "ca":
                found.supposed = True
            elif word == "must":
                found.obliged = True
        elif (
            (label in ("advmod", "cc:preconj", "det") and word in NEGATIONS)
            or (label in ("nsubj", "nsubj:pass") and word in ("nobody", "none", "neither"))
            or (
                label in ("nsubj", "nsubj:pass")
                and any(tree.words[g] in ("no", "neither") for g in tree.kids(c, "det"))
            )
        ):
            found.negated = True
        elif label == "advmod" and "hedge" in tree.classes[c]:
            found.hedged = True
        elif label == "mark" and word in CONDITIONS:
            found.supposed = True


def _told(tree: Tree, i: int) -> bool:
    """Whether "would" is the past of "will" in reported speech."""
    for _ in range(MAX_CLIMB):
        if any("reporting" in tree.classes[c] for c in tree.kids(i, "parataxis")):
            return True
        head = tree.heads[i]
        if head == i:
            return False
        if tree.deps[i] in ("ccomp", "parataxis", "conj", "acl:relcl") and "reporting" in tree.classes[head]:
            return tree.deps[i] != "conj"
        i = head
    return False


def _climb(tree: Tree, i: int, found: Modality) -> int:
    """The verb above whose modality this one shares, noting what the step means; -1 at the top."""
    head, label = tree.heads[i], tree.deps[i]
    if head == i:
        return -1
    to = any(tree.words[c] == "to" for c in tree.kids(i, "mark", "aux"))
    infinitive = to and (tree.tags[i] == "VB" or bool(tree.kids(i, "aux", "aux:pass")))
    kinds = tree.classes[head]
    if label in ("xcomp", "ccomp") and "attempt_verb" in kinds:
        return head
    if (
        label in ("xcomp", "ccomp", "advcl")
        and infinitive
        and (
            (label != "advcl" and "future_verb" in kinds)
            or tree.words[head] in ("due", "going", "set", "about", "scheduled", "slated", "expected")
        )
    ):
        found.future = True
        return head
    if label in ("xcomp", "advcl") and infinitive and "causing_verb" in kinds:
        return head  # "prompting it to suspend flights"
    if label in ("xcomp", "ccomp") and infinitive and "decision_verb" in kinds:
        found.decided = True
        return head
    if label == "acl" and infinitive and "decision" in kinds and tree.pos[head] == "NOUN":
        found.decided = True  # "the decision to double tariffs"
        return -1
    if tree.words[head] == "short" and any(tree.words[c] == "of" for c in tree.kids(i, "mark", "case")):
        found.negated = True  # "stopped short of endorsing"
        return -1
    if label == "xcomp" and tree.lemmas[head] in ("have", "need") and infinitive:
        found.obliged |= tree.lemmas[head] == "have"
        found.supposed |= tree.lemmas[head] == "need"
        return head
    if label in ("ccomp", "xcomp") and tree.lemmas[head] in ("deny", "doubt"):
        found.negated = True
        return -1
    if label == "ccomp" and "reporting" in kinds:
        found.hedged |= tree.lemmas[head] in ("claim", "allege", "report")
        return -1
    refusing = tree.lemmas[i] in REFUSING
    content = label in ("acl", "ccomp") or (label == "acl:relcl" and bool(tree.kids(i, "mark")))
    if content and "allegation" in kinds and tree.pos[head] == "NOUN" and not refusing:
        # "reports that", "dismissed claims that"
        verb = tree.heads[head] if tree.deps[head] == "obj" else head
        found.negated |= tree.lemmas[verb] in REFUSING
        found.hedged = True
        return -1
    if infinitive and any(tree.words[c] in RANKS for c in tree.kids(head, "amod")):
        return -1  # "became the first country to recognise": it did
    if infinitive and label in ("advcl", "acl", "xcomp", "ccomp", "conj", "parataxis", "acl:relcl"):
        if any(tree.lemmas[c] == "be" for c in tree.kids(i, "aux")):
            found.future = True
        elif label == "xcomp" and "reporting" in kinds:
            found.hedged |= tree.is_passive(head) or tree.lemmas[head] in ("claim", "allege")
        elif label == "conj":
            return head
        else:
            found.intended = True
        return -1
    if tree.tags[i] == "VBG" and label in ("acl", "advcl", "obl", "nmod", "xcomp"):
        marks = {tree.words[c] for c in tree.kids(i, "mark", "case")}
        if marks & {"of"} and "irrealis" not in kinds and tree.pos[head] == "NOUN":
            return -1  # "a policy of", "the practice of"
        if marks & {"of", "for", "to", "from", "without", "about", "against"}:
            found.intended = True
            found.negated |= "without" in marks
            return -1
        return -1
    if label == "conj" and tree.pos[head] in CLAUSAL and not tree.kids(i, "nsubj", "nsubj:pass", "aux"):
        return head
    if label == "advcl" and any(tree.words[c] in CONDITIONS for c in tree.kids(i, "mark")):
        found.supposed = True
        return -1
    return -1

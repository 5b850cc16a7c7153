"""Verbs that the parser read as participles or nouns: "hooded men smashed windows", "which Rome denies"."""

from pipeline.extract.events.lexicon import classes_of, is_irregular_past, triggers, verb_of_form
from pipeline.extract.events.nominals import NOUNS, Arcs

FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOUN_REACH = 5
REACH = 60
"""Arcs that the way to the root may have."""


def noun_for_verb(tree: Arcs, i: int, start: int) -> None:
    """A relative clause has a verb ("which Rome denies"), and so has a form that no noun has ("stormed it and shot at")."""
    if tree.deps[i] == "obl" and tree.lemmas[i] == tree.words[i] and is_irregular_past(tree.words[i]):
        _after(tree, i)
    if (tree.lemmas[i], "NOUN") in triggers() or tree.deps[i] not in ("acl:relcl", "advcl:relcl", "conj"):
        return
    lemma = verb_of_form(tree.words[i])
    if lemma is None or not (tree.pos[i] == "NOUN" or tree.tags[i] == "NNS"):
        return
    head = tree.heads[i]
    if tree.deps[i] == "conj":
        if (
            start <= head < i
            and tree.pos[head] == "VERB"
            and tree.tags[head] in FINITE
            and tree.tags[i] == "NN"
        ):
            tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", "VBD", lemma
        return
    tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", "VBZ" if tree.words[i].endswith("s") else "VBD", lemma
    before = i - 1
    if tree.heads[before] == i and tree.pos[before] in NOUNS:
        tree.deps[before] = "nsubj"


def verb_for_noun(tree: Arcs, i: int, span: range) -> None:
    """ "both the rebel attack at dawn and the raids": no plural verb without an object stands right behind one name or thing."""
    subject = i - 1
    if (tree.lemmas[i], "NOUN") not in triggers() or subject not in span:
        return
    below = [c for c in span if tree.heads[c] == i and c != i]
    if (
        tree.deps[subject] not in ("nsubj", "compound")
        or tree.heads[subject] != i
        or tree.tags[subject] not in ("NN", "NNP")
    ):
        return
    if any(tree.deps[c] in ("obj", "ccomp", "xcomp", "advmod", "aux") for c in below):
        return
    if any(tree.heads[c] == subject and tree.deps[c] == "conj" for c in span):
        return
    above = tree.heads[i]
    tree.pos[i], tree.tags[i] = "NOUN", "NN"
    tree.deps[subject] = "compound"
    for c in span:
        if c < subject and tree.heads[c] == subject and tree.deps[c] in ("det", "amod"):
            tree.heads[c] = i
    taken = any(tree.heads[c] == above and tree.deps[c] == "obj" for c in span)
    if tree.deps[i] in ("parataxis", "ccomp") and above < i and tree.pos[above] == "VERB" and not taken:
        tree.deps[i] = "obj"


def behind_time(tree: Arcs, i: int, start: int) -> None:
    """ "signed the accord and last week asked for help": the second verb, read as a participle of the time."""
    time = tree.heads[i]
    verb = tree.heads[time] if start <= time < i else i
    if time not in tree.dated or time != i - 1 or tree.pos[verb] != "VERB" or not start <= verb < time:
        return
    first = next(x for x in range(time, start - 1, -1) if x == start or x - 1 not in tree.dated)
    if tree.words[first - 1] != "and" or not tree.words[i].endswith("ed"):
        return
    tree.heads[i], tree.deps[i], tree.tags[i] = verb, "conj", "VBD"
    tree.heads[first - 1] = tree.heads[time] = i


def _after(tree: Arcs, i: int) -> None:
    """ "after rebels overran a town", its verb read as a noun that no dictionary has."""
    before, lemma = i - 1, verb_of_form(tree.words[i])
    if lemma is None or (tree.words[i], "NOUN") in triggers() or classes_of(tree.words[i]):
        return
    if tree.heads[before] == i and tree.pos[before] in NOUNS and tree.tags[before] in ("NNS", "NNP", "NNPS"):
        tree.pos[i], tree.tags[i], tree.lemmas[i], tree.deps[i] = "VERB", "VBD", lemma, "advcl"
        tree.deps[before] = "nsubj"


def between_nouns(tree: Arcs, i: int, start: int) -> None:
    """ "hooded men smashed windows", read as men and smashed windows: no participle stands between two bare nouns."""
    noun, left = tree.heads[i], i - 1
    while left > start and tree.pos[left] == "ADV":
        left -= 1
    lemma = verb_of_form(tree.words[i])
    if (
        lemma is None
        or "participle_after_noun" in classes_of(tree.words[i])
        or not i < noun <= i + NOUN_REACH
    ):
        return
    if left < start or left in tree.dated:
        return
    if tree.pos[left] == "CCONJ" and "participle_of_state" not in classes_of(tree.words[i]):
        _joined_verb(tree, i, noun, lemma, start)
        return
    own = tree.heads[left] == i and tree.deps[left] == "compound"
    if tree.tags[left] not in ("NNS", "NNP", "NNPS", "PRP") and tree.pos[left] != "PROPN" and not own:
        return
    nominal = start <= tree.heads[noun] < i and tree.pos[tree.heads[noun]] in NOUNS
    subject = tree.heads[noun] if nominal and not own else left
    for _ in range(NOUN_REACH):
        above = tree.heads[subject]
        if not start <= above < i or above == subject or tree.pos[above] not in NOUNS:
            break
        subject = above
    above, label = tree.heads[subject], tree.deps[subject]
    if above == subject or not _free(tree, above, {i, noun, subject}):
        above, label = i, "ROOT"
    tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", "VBD", lemma
    tree.heads[i], tree.deps[i] = above, label if label not in ("nsubj", "compound", "nmod") else "parataxis"
    for x in range(start, left):
        if tree.heads[x] == noun:
            tree.heads[x] = left if tree.deps[x] in ("det", "amod", "nmod:poss", "compound") else i
    tree.heads[noun], tree.deps[noun] = i, "obj"
    tree.heads[subject], tree.deps[subject] = i, "nsubj"


def _joined_verb(tree: Arcs, i: int, noun: int, lemma: str, start: int) -> None:
    """ "smashed windows and pelted officers", read as windows and officers."""
    verb = tree.heads[noun]
    for _ in range(NOUN_REACH):
        if not start <= verb < i or tree.pos[verb] == "VERB" or tree.heads[verb] == verb:
            break
        verb = tree.heads[verb]
    if not start <= verb < i or tree.pos[verb] != "VERB" or tree.tags[verb] not in (*FINITE, "VBN"):
        return
    if tree.deps[noun] != "conj":
        return
    tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", tree.tags[verb], lemma
    tree.heads[i], tree.deps[i] = verb, "conj"
    tree.heads[noun], tree.deps[noun] = i, "obj"


def _free(tree: Arcs, i: int, taken: set[int]) -> bool:
    """Whether the way from a token to the root passes by none of `taken`: an arc to it makes no circle."""
    for _ in range(REACH):
        if i in taken:
            return False
        if tree.heads[i] == i:
            return True
        i = tree.heads[i]
    return False

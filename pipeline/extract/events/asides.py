"""Mend sentences whose subject and verb are parted by an aside: "The minister, Ana Ruiz, accused President Silva of ...".

A parser likes to read the verb behind the second comma as a modifier of the next noun ("accused President Silva"), or as one more verb
of a relative clause. It becomes the verb of the noun before the first comma, the noun behind it its object.
"""

from typing import NamedTuple

from pipeline.extract.events.lexicon import triggers, verb_of_form
from pipeline.extract.events.nominals import NOUNS, Arcs, top

PAST = frozenset({"VBD", "VBN"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RELATIVE = frozenset({"who", "which", "whose", "whom", "that", "where"})
OBJECT_STARTS = frozenset({"DET", "PROPN", "NOUN", "PRON", "NUM", "ADJ"})
MODIFIES = frozenset({"amod", "compound"})
TIMES = frozenset({"day", "week", "month", "year", "night", "morning", "time"})
LONGEST = 45
"""Tokens of an aside, at most."""


class Aside(NamedTuple):
    """A subject, the comma that opens the aside behind it, the comma that closes it, and the verb after that."""

    subject: int
    opens: int
    closes: int
    verb: int


def mend_asides(tree: Arcs, start: int, end: int) -> None:
    """Give each verb behind an aside, from token `start` to `end`, its subject and object."""
    commas = [i for i in range(start, end) if tree.words[i] == ","]
    for n, closes in enumerate(commas[1:], 1):
        verb = _verb(tree, closes, end)
        if verb is None or tree.heads[verb] == verb or _has_subject(tree, verb, closes):
            continue
        for opens in commas[:n]:
            subject = _subject(tree, opens, closes, start) if closes - opens <= LONGEST else None
            if subject is not None:
                _mend(tree, Aside(subject, opens, closes, verb), start, end)
                break
    for i in range(start + 1, end - 1):
        if tree.deps[i] in MODIFIES and tree.pos[i] == "VERB":
            if tree.pos[i - 1] == "CCONJ":
                _joined(tree, i, start)
            else:
                _with_subject(tree, i)


def _verb(tree: Arcs, comma: int, end: int) -> int | None:
    """The verb in the past or with an auxiliary right behind a comma; None where it may well be a participle."""
    i, helped = comma + 1, False
    while i < end and tree.pos[i] in ("ADV", "AUX") and i - comma <= 3:
        helped |= tree.pos[i] == "AUX"
        i += 1
    if i + 1 >= end or tree.words[i + 1] == "by" or (helped and tree.pos[i] != "VERB"):
        return None
    if tree.pos[i] == "VERB" and tree.tags[i] in PAST:
        known = tree.tags[i] == "VBD" or helped or tree.pos[i + 1] in OBJECT_STARTS
        return i if known else None
    form = verb_of_form(tree.words[i]) if tree.words[i].endswith("ed") else None
    return i if form is not None and tree.pos[i] == "ADJ" and tree.deps[i] in MODIFIES else None


def _has_subject(tree: Arcs, verb: int, closes: int) -> bool:
    """Whether a verb has a subject that is no relative pronoun of the aside."""
    own = [c for c in range(max(0, verb - LONGEST), verb) if tree.heads[c] == verb]
    subjects = [c for c in own if tree.deps[c] in ("nsubj", "nsubj:pass")]
    relative = any(
        tree.words[x] in RELATIVE and tree.words[x - 1] == "," and tree.deps[verb] == "acl:relcl"
        for x in range(max(1, verb - LONGEST), closes)
    )
    return bool(subjects) and not (relative and all(c < closes for c in subjects))


def _subject(tree: Arcs, opens: int, closes: int, start: int) -> int | None:
    """The head of the noun phrase that ends at a comma, where it lacks a verb of its own on its left."""
    if opens <= start or tree.pos[opens - 1] not in (*NOUNS, "PRON"):
        return None
    head = top(tree, opens - 1, start)
    if any(tree.heads[c] == head and tree.deps[c] == "case" for c in range(start, head)):
        return None
    if start <= tree.heads[head] < head or (head < tree.heads[head] <= closes):
        return None
    inside = range(opens + 1, closes)
    if tree.words[opens + 1] not in RELATIVE and any(tree.tags[x] in FINITE for x in inside):
        return None
    return head


def _mend(tree: Arcs, aside: Aside, start: int, end: int) -> None:
    subject, verb = aside.subject, aside.verb
    above = tree.heads[subject]
    noun = _object(tree, verb, end)
    if above == subject:
        place = verb, "ROOT"
    elif above == noun:
        place = (verb if tree.heads[noun] == noun else tree.heads[noun]), tree.deps[noun]
    elif noun is None or tree.heads[verb] == above:
        return  # a participle of the subject, or a verb joined to its own
    elif any(tree.pos[x] == "CCONJ" for x in range(max(verb, above - 3), above)):
        place = (verb if tree.heads[above] == above else tree.heads[above]), tree.deps[above]
        tree.heads[above], tree.deps[above] = verb, "conj"
    else:
        return
    if tree.heads[verb] != verb and not _below(tree, subject, verb, start):
        return
    _as_verb(tree, verb)
    _relative(tree, aside)
    for x in range(aside.opens + 1, aside.closes):
        if (
            tree.heads[x] in (verb, noun)
            and tree.deps[x] in MODIFIES | {"obj", "nsubj"}
            and tree.pos[x] in NOUNS
        ):
            tree.heads[x], tree.deps[x] = subject, "appos"
    tree.heads[verb], tree.deps[verb] = place
    tree.heads[subject], tree.deps[subject] = verb, "nsubj"
    if noun is not None:
        tree.heads[noun], tree.deps[noun] = verb, "obj"
    for x in range(verb + 1, end):
        if start <= tree.heads[x] < verb:
            tree.heads[x] = verb
            tree.deps[x] = _label(tree, x, verb)


def _below(tree: Arcs, subject: int, verb: int, start: int) -> bool:
    """Whether the way up from a verb meets its subject, or the verb that its subject was given to."""
    goals, i = {subject, tree.heads[subject]}, verb
    for _ in range(LONGEST):
        i = tree.heads[i]
        if i in goals:
            return True
        if i < start or tree.heads[i] == i:
            break
    return False


def _object(tree: Arcs, verb: int, end: int) -> int | None:
    """The noun that a verb was read to modify, with the names that belong to it."""
    if tree.deps[verb] not in MODIFIES or tree.heads[verb] <= verb:
        return None
    noun = tree.heads[verb]
    while verb < tree.heads[noun] < end and tree.deps[noun] in ("compound", "flat", "nmod:desc", "amod"):
        noun = tree.heads[noun]
    return noun


def _as_verb(tree: Arcs, verb: int) -> None:
    if tree.pos[verb] != "VERB":
        tree.lemmas[verb] = verb_of_form(tree.words[verb]) or tree.lemmas[verb]
    helped = any(tree.heads[c] == verb and tree.pos[c] == "AUX" for c in range(max(0, verb - 4), verb))
    tree.pos[verb] = "VERB"
    tree.tags[verb] = "VBN" if helped else "VBD"


def _relative(tree: Arcs, aside: Aside) -> None:
    """Give what stood under the verb within a relative clause to the verb of that clause."""
    inside = range(aside.opens + 1, aside.closes)
    mine = [x for x in inside if tree.heads[x] == aside.verb and tree.deps[x] != "punct"]
    own = next((x for x in inside if tree.pos[x] == "VERB" and tree.tags[x] in FINITE | PAST), None)
    if not mine or own is None:
        return
    noun = tree.heads[own] if tree.deps[own] in MODIFIES and tree.heads[own] > own else None
    for x in mine:
        tree.heads[x] = own
    tree.heads[own], tree.deps[own] = aside.subject, "acl:relcl"
    if noun is not None:
        tree.heads[noun], tree.deps[noun] = own, "obj"


def _label(tree: Arcs, x: int, verb: int) -> str:
    """The relation of something that moves under a verb."""
    label = tree.deps[x]
    if label in ("conj", "punct", "cc", "advmod", "parataxis"):
        return label
    marked = any(tree.heads[c] == x and tree.deps[c] in ("case", "mark") for c in range(verb, x))
    if tree.pos[x] in (*NOUNS, "PRON", "NUM"):
        return "obl" if marked else "obj"
    if tree.tags[x] == "VB" and marked:
        return "xcomp"
    return "advcl" if tree.pos[x] == "VERB" else label


def _with_subject(tree: Arcs, verb: int) -> None:
    """A modifier that has a subject of its own on its left is the verb of a clause."""
    noun = tree.heads[verb]
    own = [c for c in range(max(0, verb - LONGEST), verb) if tree.heads[c] == verb]
    if noun < verb or tree.tags[verb] not in PAST or not any(tree.deps[c] == "nsubj" for c in own):
        return
    tree.heads[verb], tree.deps[verb] = (
        (verb, "ROOT") if tree.heads[noun] == noun else (tree.heads[noun], tree.deps[noun])
    )
    if tree.deps[verb] in ("nmod", "appos", "obj", "obl", "nsubj"):
        tree.deps[verb] = "parataxis"
    first = min(own)
    while first > 0 and tree.heads[first - 1] in own:
        first -= 1
    if first > 0 and tree.lemmas[first - 1] in TIMES:  # "the day the army announced strikes"
        tree.heads[verb], tree.deps[verb] = first - 1, "acl"
    tree.tags[verb] = "VBD"
    tree.heads[noun], tree.deps[noun] = verb, "obj"


def _joined(tree: Arcs, verb: int, start: int) -> None:
    """ "closed the road and accused the mayor": a verb behind "and", read as a modifier though an article follows it."""
    noun = tree.heads[verb]
    past = tree.tags[verb] in PAST and (tree.words[verb].endswith("ed") or tree.tags[verb] == "VBD")
    if (
        not past
        or noun <= verb
        or tree.deps[noun] != "conj"
        or tree.pos[verb + 1] not in ("DET", "PROPN", "NUM")
    ):
        return
    first = top(tree, tree.heads[noun], start)
    governor = tree.heads[first]
    if governor >= first or tree.pos[governor] != "VERB" or tree.deps[first] not in ("obj", "obl"):
        return
    lemma = verb_of_form(tree.words[verb]) or tree.lemmas[verb]
    if (lemma, "VERB") not in triggers():
        return
    tree.pos[verb], tree.tags[verb], tree.lemmas[verb] = "VERB", "VBD", lemma
    tree.heads[verb], tree.deps[verb] = governor, "conj"
    tree.heads[noun], tree.deps[noun] = verb, "obj"

"""Mend sentences whose main verb the parser did not see.

A past tense right after its subject ("The junta extended martial law") may come out as an adjective or a participle,
and the sentence then has no verb at all. Where a sentence has no finite verb and such a word is a known trigger
right behind a noun, it becomes the root: the noun before it the subject, the noun behind it the object.
"""

from pipeline.extract.events.asides import mend_asides
from pipeline.extract.events.lexicon import classes_of, is_irregular_past, triggers, verb_of_form
from pipeline.extract.events.misread import behind_time, between_nouns, noun_for_verb, verb_for_noun
from pipeline.extract.events.nominals import NOUNS, Arcs, top

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MODIFYING = frozenset({"amod", "compound", "acl"})
MARKS = frozenset({"as", "when", "while", "after", "before", "since", "until"})
ONE = frozenset({"leader", "official", "diplomat", "person", "political"})
"""What a name in apposition is the name of."""
REACH = 60
"""Tokens on either side within which a verb's dependents are sought."""


def join_hyphens(tree: Arcs) -> None:
    """Give "sit-in", "cease-fire" and "test-fired", which stand as three tokens, the lemma of the whole."""
    for hyphen in range(1, len(tree.words) - 1):
        if tree.words[hyphen] != "-":
            continue
        left, right = hyphen - 1, hyphen + 1
        joined = f"{tree.words[left]}-{tree.lemmas[right]}"
        pos = "VERB" if (joined, "VERB") in triggers() else "NOUN"
        if pos == "NOUN" and (joined, pos) not in triggers() and not classes_of(joined):
            continue
        whole, part = (left, right) if tree.heads[right] == left else (right, left)
        tree.lemmas[whole], tree.pos[whole], tree.pos[part] = joined, pos, "X"
        before = left - 1
        if pos == "VERB" and before >= 0 and tree.heads[before] == part and tree.pos[before] in NOUNS:
            tree.heads[before], tree.deps[before] = whole, "nsubj"
            tree.deps[part] = "compound"


def repair(tree: Arcs, start: int, end: int) -> None:
    """Make a missed verb of the sentence from token `start` to `end` a verb, and a missed main verb its root."""
    span = range(start, end)
    mend_asides(tree, start, end)
    for i in span:
        _named_twice(tree, i, start)
        if tree.deps[i] == "acl" and tree.tags[i] == "VBD":
            _behind_mark(tree, i, start)
        elif tree.deps[i] == "acl" and tree.tags[i] == "VBN":
            behind_time(tree, i, start)
        if tree.pos[i] in ("NOUN", "ADP", "SCONJ"):
            _noun_with_subject(tree, i, span)
            if tree.pos[i] == "NOUN":
                noun_for_verb(tree, i, start)
        elif tree.tags[i] == "VBP":
            verb_for_noun(tree, i, span)
        elif tree.tags[i] == "NNS" and tree.deps[i] in ("acl:relcl", "advcl:relcl"):
            noun_for_verb(tree, i, start)
        elif tree.tags[i] == "VBZ" and tree.deps[i] in ("nsubj", "nsubj:pass"):
            _plural(tree, i)
        elif tree.deps[i] == "csubj" and tree.pos[tree.heads[i]] == "ADJ":
            _due(tree, i, span)
        elif tree.deps[i] == "amod":
            between_nouns(tree, i, start)
        if tree.words[i] == "dead":
            _shot_dead(tree, i, span)
        elif tree.lemmas[i] == "have" and i + 2 < end:
            adverb = tree.pos[i + 1] == "ADV" and i + 3 < end
            _perfect(tree, i, i + 2 if adverb else i + 1)
    finite = [i for i in span if tree.tags[i] in FINITE and not _modifies(tree, i)]
    if finite or not any(tree.words[i] == "." for i in range(max(start, end - 3), end)):
        return  # A line without a stop is a heading: its participles are passives.
    for i in span[1:]:
        past = tree.words[i].endswith("ed") or tree.tags[i] == "VBD" or is_irregular_past(tree.words[i])
        present = tree.tags[i] == "NNS" and (tree.lemmas[i], "NOUN") not in triggers()
        lemma = verb_of_form(tree.words[i]) if past or present else None
        left = i - 1
        while left > start and tree.pos[left] in ("AUX", "ADV"):
            left -= 1
        if lemma is None or tree.pos[left] not in NOUNS or (i + 1 < end and tree.words[i + 1] == "by"):
            continue
        _make_root(tree, i, left, lemma, start, end)
        return


def _named_twice(tree: Arcs, i: int, start: int) -> None:
    """ "The president, Ana Ruiz, said": the name is no second subject or second party, but says who the first is."""
    if tree.pos[i] != "PROPN" or tree.deps[i] not in ("nsubj", "nsubj:pass", "obj", "conj") or i - start < 2:
        return
    before = i - 1
    while before > start and tree.heads[before] == i and tree.deps[before] == "nmod:desc":
        before -= 1
    if tree.words[before] != ",":
        return
    first = top(tree, before - 1, start)
    parallel = tree.heads[first] == tree.heads[i] and tree.deps[first] in (
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
    )
    joined = tree.deps[i] == "conj" and tree.heads[i] == first
    if tree.pos[first] != "NOUN" or not (parallel or joined) or not classes_of(tree.lemmas[first]) & ONE:
        return
    following = range(i + 1, min(i + 6, len(tree.words)))
    closed = next((x for x in following if tree.words[x] in (",", ".", "and", ";")), None)
    plural = tree.tags[first] in ("NNS", "NNPS")
    if closed is not None and tree.words[closed] != "and" and not plural:
        bare = not any(tree.heads[c] == first and tree.deps[c] == "case" for c in range(start, first))
        if parallel and bare and tree.deps[i].startswith("nsubj"):
            tree.deps[first] = tree.deps[i]
        tree.heads[i], tree.deps[i] = first, "appos"


def _behind_mark(tree: Arcs, verb: int, start: int) -> None:
    """ "fell as soldiers opened fire": a conjunction read as a preposition, its verb as a participle of the noun."""
    noun = tree.heads[verb]
    mark = next((c for c in range(start, noun) if tree.heads[c] == noun and tree.deps[c] == "case"), None)
    if mark is None or tree.words[mark] not in MARKS or not start <= tree.heads[noun] < mark:
        return
    tree.heads[verb], tree.deps[verb] = tree.heads[noun], "advcl"
    tree.heads[noun], tree.deps[noun] = verb, "nsubj"
    tree.heads[mark], tree.deps[mark] = verb, "mark"


def _noun_with_subject(tree: Arcs, i: int, span: range) -> None:
    """A noun has a subject only beside a copula; without one it is a verb ("The council cut ties")."""
    word = tree.words[i]
    past = is_irregular_past(word) or word.endswith("ed")
    lemma = word if (word, "VERB") in triggers() else verb_of_form(word) if past else None
    if lemma is None:
        return
    below = [c for c in span if tree.heads[c] == i and c != i]
    labels = {tree.deps[c] for c in below}
    if labels & {"cop", "case", "det", "amod", "nmod:poss"}:
        return
    before = i - 1
    acts = is_irregular_past(word) and any(tree.deps[c] == "conj" and tree.tags[c] == "VBD" for c in below)
    acts = acts or ("obj" in labels and lemma != word)
    if "nsubj" not in labels and acts and before in below and tree.deps[before] == "compound":
        tree.deps[before] = "nsubj"  # "Police shot and killed ...", "Hungary vetoed the plan"
        labels.add("nsubj")
    if "nsubj" in labels:
        tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", "VBD", lemma


def _plural(tree: Arcs, i: int) -> None:
    """A subject is no verb ("Clashes broke out", at the start of a sentence): it is a plural noun."""
    word = tree.words[i]
    for lemma in (word[:-2], word[:-1]):
        if word.endswith("s") and ((lemma, "NOUN") in triggers() or classes_of(lemma)):
            tree.pos[i], tree.tags[i], tree.lemmas[i] = "NOUN", "NNS", lemma
            return


def _due(tree: Arcs, i: int, span: range) -> None:
    """ "is due to visit": the infinitive beside a subject is no second subject."""
    if any(tree.heads[c] == tree.heads[i] and tree.deps[c] == "nsubj" for c in span):
        tree.deps[i] = "xcomp"


def _shot_dead(tree: Arcs, dead: int, span: range) -> None:
    """ "shot dead a mayor": the mayor is the verb's object, not the adjective's."""
    verb = dead - 1
    if verb not in span or tree.heads[dead] != verb:
        return
    for c in span:
        if tree.heads[c] == dead and tree.deps[c] in ("obj", "obl", "nsubj") and c > dead:
            tree.heads[c] = verb


def _perfect(tree: Arcs, have: int, i: int) -> None:
    """ "had tortured villagers", read as having villagers who are tortured."""
    if tree.deps[i] != "amod" or tree.heads[i] <= i or tree.heads[tree.heads[i]] != have:
        return
    lemma = verb_of_form(tree.words[i]) if tree.words[i].endswith("ed") else None
    if lemma is None or tree.pos[have] == "AUX":
        return
    noun = tree.heads[i]
    tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", "VBN", lemma
    tree.heads[i] = tree.heads[have] if tree.heads[have] != have else i
    tree.deps[i] = tree.deps[have]
    for x in range(max(0, have - REACH), min(len(tree.heads), have + REACH)):
        if tree.heads[x] == have and x != i:
            tree.heads[x] = i
    tree.heads[noun], tree.deps[noun] = i, "obj"
    tree.heads[have], tree.deps[have], tree.pos[have] = i, "aux", "AUX"


def _modifies(tree: Arcs, i: int) -> bool:
    """Whether a verb, or the one that it helps, was read as a modifier."""
    if tree.deps[i] == "aux":
        i = tree.heads[i]
    return tree.deps[i] in MODIFYING


def _make_root(tree: Arcs, i: int, left: int, lemma: str, start: int, end: int) -> None:
    for _ in range(end - start):
        head = tree.heads[left]
        if not start <= head < i or head == left:
            break
        left = head
    old = next((x for x in range(start, end) if tree.heads[x] == x), left)
    tree.pos[i], tree.tags[i], tree.lemmas[i] = "VERB", "VBD", lemma
    tree.heads[i], tree.deps[i] = i, "ROOT"
    tree.heads[left], tree.deps[left] = i, "nsubj"
    for x in range(i + 1, end):
        if tree.heads[x] < i or (x == old and x != left):
            tree.heads[x] = i
            if tree.pos[x] in NOUNS:
                cased = any(tree.heads[c] == x and tree.deps[c] == "case" for c in range(i + 1, x))
                tree.deps[x] = "obl" if cased else "obj"
    for x in range(start, i):
        if x != left and tree.heads[x] >= i and tree.deps[x] != "aux":
            tree.heads[x] = (
                left if tree.deps[x] in ("nmod:poss", "amod", "compound", "det", "nmod:desc") else i
            )

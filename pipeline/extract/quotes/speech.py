"""Speech clauses beside a quotation: their verb and their subject, among the tokens before or behind it."""

from pipeline.extract.quotes import cues
from pipeline.extract.quotes.sources import inscribed
from pipeline.extract.quotes.speakers import before_commas, is_time, nearest_subject, phrase_head, subject_of
from pipeline.extract.quotes.tree import Tree

_PAUSES = frozenset(",;—–-")
_NOMINAL = ("PROPN", "NOUN", "PRON", "NUM", "ADJ")
_NAMES = ("PROPN", "PRON", "NOUN")
_CUT_OFF = ("acl", "acl:relcl", "amod", "compound")


def quotative(tree: Tree, i: int) -> bool:
    """A verb that can bring in a quotation."""
    if tree.pos[i] not in ("VERB", "AUX") and (
        tree.lower[i] not in ("said", "says") or tree.pos[i] == "PROPN"
    ):
        return False
    cue = cues.verb_cue(tree.lower[i])
    return cue is not None and "quotation" in cue.frames


def tail_cue(tree: Tree, tail: list[int]) -> int | None:
    """The speech verb of a clause behind a quotation: "said X", "X said", "X, who leads Y, told Z"."""
    relative = False
    if any(tree.pos[i] == "SCONJ" for i in tail[:2]) and not any(
        tree.dep[i].startswith("nsubj") for i in tail[:1]
    ):
        return None
    for i in tail:
        if tree.lower[i] in ("who", "which", "whose", "whom"):
            relative = True
        if relative and not (tree.lower[i - 1] in "),—" and quotative(tree, i)):
            continue
        if tree.dep[i] == "cc" and tree.head[i] not in tail[:1]:
            if all(not tree.is_word(t) for t in tail if t < i):
                return None
            continue
        if tree.tag[i] == "VBG" and tree.child(i, "aux") is None:
            if quotative(tree, i):
                return i if tree.lower[i - 1] == "as" else None  # "is quoted as saying"
            continue
        if quotative(tree, i) and (
            tree.dep[i] not in _CUT_OFF or i == tail[0] or tree.pos[i - 1] in _NOMINAL
        ):
            return i + 1 if i + 1 in tail[1:3] and quotative(tree, i + 1) else i  # "Hedge said"
        plain = tree.pos[i] in ("VERB", "AUX") and tree.dep[i] not in (*_CUT_OFF, "aux", "aux:pass")
        if plain and not _below_noun(tree, i):
            return None
    for i in tail[1:4]:  # a verb that the tagger took for a noun: "the Saudis state"
        cue = cues.verb_cue(tree.lower[i])
        if tree.tag[i] in ("NN", "NNS") and cue and "quotation" in cue.frames and tree.pos[i - 1] in _NAMES:
            return i
    return None


def _below_noun(tree: Tree, i: int) -> bool:
    """Whether a verb stands in a clause that a noun carries."""
    at = i
    for _ in range(4):
        if tree.dep[at] in _CUT_OFF:
            return True
        if tree.head[at] == at:
            return False
        at = tree.head[at]
    return False


def lead_cue(tree: Tree, lead: list[int]) -> int | None:
    """The speech verb of a clause before a quotation, the nearest one."""
    verbs = [i for i in lead if quotative(tree, i) and not inscribed(tree, i)]
    if (
        lead and tree.lower[lead[-1]] == ":"
    ):  # a colon belongs to the sentence, not to a relative clause in it
        verbs = [i for i in verbs if not _below_noun(tree, i)] or verbs
    found = verbs[-1] if verbs else None
    if tree.lower[lead[-1]] == "," and found not in lead[-4:]:
        # a form that the tagger took for a noun: "Hillary shot back, ..."
        for i in lead[-3:]:
            cue = cues.verb_cue(tree.lower[i])
            if cue and "quotation" in cue.frames and i > lead[0] and tree.pos[i - 1] in ("PROPN", "PRON"):
                return i
    return found


def speaker_of(tree: Tree, cue: int, tokens: list[int]) -> int | None:
    """The head of a speech verb's subject: by the parse, else by where it stands among the clause's tokens."""
    head = subject_of(tree, cue)
    if head is None and tree.tag[cue] == "VBG":
        head = nearest_subject(tree, cue)
    if head is not None and tree.quotation[head] < 0 and (head in tokens or head < cue):
        return before_commas(tree, cue, head)
    before = [
        i
        for i in tokens
        if i < cue
        and (tree.pos[i] in ("PROPN", "NOUN", "PRON") or tree.lower[i - 1 : i + 1] == ["-", "old"])
        and not is_time(tree, i)
    ]
    if before:
        return phrase_head(tree, before[0], set(before))
    words = [i for i in tokens if i < cue and tree.is_word(i)]
    if words and len(words) < 4:
        return words[-1]
    after: list[int] = []
    for i in tokens:
        if i > cue:
            if tree.lower[i] in _PAUSES or (after and tree.dep[i] == "case"):
                break
            if tree.pos[i] in ("PROPN", "NOUN", "PRON") and not is_time(tree, i):
                after.append(i)
    if after:
        return phrase_head(tree, after[0], set(after))
    return cue + 1 if cue + 1 in tokens and tree.is_word(cue + 1) else None


def any_subject(tree: Tree, tokens: list[int]) -> int | None:
    """The head of the first subject among tokens, or the one that their verb borrows."""
    for i in tokens:
        if tree.dep[i].startswith("nsubj") and not is_time(tree, i) and tree.pos[i] in _NOMINAL:
            return i
    verb = next((i for i in tokens if tree.pos[i] == "VERB"), None)
    found = subject_of(tree, verb) if verb is not None else None
    return found if found is not None else next((i for i in tokens if tree.pos[i] == "PROPN"), None)


def has_own_clause(tree: Tree, cue: int) -> bool:
    """Whether a verb has a clause of its own behind it, and none in the quotation before it."""
    clauses = [c for c in tree.children[cue] if tree.dep[c] == "ccomp"]
    if any(c < cue for c in clauses):
        return False
    return any(
        tree.quotation[c] < 0
        and tree.child(c, "nsubj", "nsubj:pass") is not None
        and tree.lower[cue + 1] != ","
        for c in clauses
    )


def inside_clause(tree: Tree, cue: int, lead: list[int]) -> bool:
    """Whether a speech clause interrupts the clause that the quotation ends: "It was, she said, "a bargain"."."""
    if any(c in lead and tree.dep[c] == "ccomp" for c in tree.children[cue]):
        return True
    return tree.dep[cue] == "parataxis" and tree.head[cue] in lead

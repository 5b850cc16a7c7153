"""Where a reported clause ends: what the parser hung behind it that the article, or another attribution, says."""

from pipeline.extract.quotes import cues
from pipeline.extract.quotes.tree import Tree

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "expl")
_TOLD = frozenset({"saying", "accusing", "urging"})
_RELATIVE = frozenset({"which", "who", "whose", "where", "as", "while", "after"})
_REFERRING = frozenset({"citing", "quoting", "contradicting", "disregarding", "referring", "alluding"})
"""Participles that tell of the statement itself: ", citing the law"."""
OCCASIONS = frozenset(
    {
        "statement",
        "interview",
        "interviews",
        "conference",
        "briefing",
        "speech",
        "address",
        "letter",
        "announcement",
        "broadcast",
        "television",
        "radio",
        "twitter",
        "facebook",
        "tweet",
        "email",
        "e-mail",
        "telegram",
        "communique",
    }
)
"""Where and how something is said."""
_SUMS = frozenset({"break", "change", "decision", "departure", "move", "reversal", "shift", "step"})
"""What one does by saying something, beside the nouns that attribute: "a claim", "charges"."""
_IN_ONE = frozenset({"in", "at", "during", "on"})
_AHEAD = 60
"""Words looked at behind a mark, so that time stays linear."""
_ASIDE = 8
_NAMING = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "ADP", "PART")
_JOINERS = frozenset({"and", "but"})


def trim(tree: Tree, verb: int, content: list[int]) -> list[int]:
    """The content of a clause behind `verb`, cut where another statement begins.

    Cut at a semicolon before a clause, at ", adding ...", at ", which he called ..." and at "and called for ...", where the
    next verb attributes and shares the subject of `verb`.
    """
    finite = False
    for n, i in enumerate(content):
        if n and tree.quotation[i] < 0 and finite and _begins(tree, verb, content, n):
            return content[:n]
        finite = finite or tree.tag[i] in FINITE
    return content


def _begins(tree: Tree, verb: int, content: list[int], n: int) -> bool:
    """Whether another statement begins at the n-th token of the content."""
    i = content[n]
    word = tree.lower[i]
    rest = content[n + 1 : n + _AHEAD]
    if word == ";":
        return any(tree.tag[j] in FINITE for j in rest)
    if word == "," and rest and tree.lower[rest[0]] in _RELATIVE:
        return any(_tells(tree, j) for j in rest)
    if word == "," and len(rest) <= _ASIDE and _aside(tree, rest):
        return True
    if word in _IN_ONE and n > 2 and _occasion(tree, content, n):
        return True
    if word in _REFERRING and tree.tag[i] == "VBG":
        return True
    following = next((j for j in rest[:3] if tree.pos[j] not in ("ADV", "PUNCT")), None)
    if following is None:
        return False
    cue = cues.verb_cue(tree.lower[following])
    if cue is None or cue.cue_class not in _TOLD:
        return False
    if word == ",":
        return tree.tag[following] == "VBG" and bool(cue.frames & {"clause", "quotation"})
    return (
        word in _JOINERS
        and tree.tag[following] in ("VBD", "VBZ", "VBP")
        and tree.tag[following] == tree.tag[verb]
        and tree.child(following, *_SUBJECTS) is None
    )


def without_sum(tree: Tree, content: list[int]) -> list[int]:
    """Content without the noun behind a comma that says what it is: ", a claim that nobody believed"."""
    for n in range(1, len(content) - 1):
        i = content[n]
        if tree.lower[i] == "," and tree.quotation[i] < 0 and _sums_up(tree, content[n + 1 : n + 5]):
            return content[:n]
    return content


def _sums_up(tree: Tree, rest: list[int]) -> bool:
    """Whether words begin with an indefinite noun of saying, promising or deciding."""
    noun = next((j for j in rest if tree.pos[j] == "NOUN"), None)
    if noun is None or not (tree.lower[noun] in _SUMS or cues.noun_cue(tree.lower[noun])):
        return False
    within = rest[: rest.index(noun)]
    labels = {tree.dep[c] for c in tree.children[noun]}
    if not within:
        return tree.tag[noun] == "NNS" and "acl:relcl" in labels  # ", charges he denied"
    indefinite = tree.lower[rest[0]] in ("a", "an") and bool(labels & {"acl:relcl", "acl", "nmod"})
    return indefinite and all(tree.pos[j] in ("DET", "ADJ", "ADV") for j in within)


def _occasion(tree: Tree, content: list[int], n: int) -> bool:
    """Whether the rest tells where it was said: "in an interview with the paper"; not "that he had lied in an interview"."""
    rest = content[n + 1 : n + 6]
    noun = next((j for j in rest if tree.pos[j] == "NOUN" and tree.lower[j] in OCCASIONS), None)
    if noun is None or tree.lower[rest[0]] not in ("a", "an"):
        return False
    within = rest[1 : rest.index(noun)]
    said = any(tree.pos[j] == "VERB" and cues.verb_cue(tree.lower[j]) for j in content[:n])
    later = any(tree.tag[j] in FINITE for j in content[n + 1 : n + _AHEAD])
    return not said and not later and all(tree.pos[j] in ("ADJ", "NOUN", "VERB") for j in within)


def _aside(tree: Tree, rest: list[int]) -> bool:
    """Whether the last words are a speech clause of their own: ", the release said"."""
    verb = next((j for j in rest if tree.tag[j] in FINITE), None)
    if verb is None or verb == rest[0] or not _tells(tree, verb):
        return False
    return all(tree.pos[j] in _NAMING for j in rest if j < verb) and tree.child(verb, "obj", "xcomp") is None


def _tells(tree: Tree, i: int) -> bool:
    """Whether a finite verb attributes."""
    cue = cues.verb_cue(tree.lower[i]) if tree.tag[i] in ("VBD", "VBZ", "VBP") else None
    return cue is not None and cue.cue_class in _TOLD


def to_the_end(tree: Tree, start: int) -> list[int]:
    """The words from a token to the sentence's end or to ", adding ..."."""
    stop = start
    while stop < len(tree.head) and tree.sentence[stop] == tree.sentence[start]:
        if stop > start and tree.lower[stop] == "," and tree.tag[stop + 1 : stop + 2] == ["VBG"]:
            break
        stop += 1
    return list(range(start, stop))

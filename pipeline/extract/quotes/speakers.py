"""Who speaks: the words that stand as the source of a cue."""

from pipeline.extract.mentions.words import role_heads
from pipeline.extract.quotes.tree import Tree

_TIMES = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "week",
        "month",
        "year",
        "morning",
        "afternoon",
        "evening",
        "night",
        "time",
        "date",
    }
)
_FINITE = ("VBD", "VBZ", "VBP")
_MARKS = frozenset({'"', "”", "''", "’"})
_WALLS = frozenset({";", ":", "—", '"', "“", "”", "''", "``"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer", "dislocated")
_NAMING = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "ADP", "ADV", "PART", "SYM")
_CHAIN = ("conj", "xcomp", "advcl", "parataxis", "ccomp", "acl:relcl", "acl")
_BRACKETS = 8
"""Tokens between brackets at most."""
_DROPPED = ("acl:relcl", "punct", "cc", "mark", "parataxis", "ccomp", "advcl", "dep")


def is_time(tree: Tree, i: int) -> bool:
    """A weekday, month or other time that the parser may take for a subject."""
    return tree.lower[i] in _TIMES and tree.tag[i] != "PRP"


def noun_phrase(tree: Tree, i: int, without: frozenset[int] = frozenset()) -> list[int]:
    """The words of the noun phrase that `i` heads, without relative clauses; names and appositions included."""
    cut = {
        c
        for c in tree.children[i]
        if tree.dep[c] in _DROPPED
        or c in without
        or (c > i and is_time(tree, c))
        or (
            c > i
            and tree.dep[c] in ("nmod", "obl")
            and any(tree.lower[j] == "," for j in range(i + 1, c) if tree.head[j] == c)
        )
        or (
            tree.dep[c] in ("case", "advmod")
            and c < i
            and tree.lower[c] not in ("only", "even", "almost", "nearly")
        )
    }
    words = [j for j in tree.subtree(i, without=cut | without) if tree.quotation[j] == tree.quotation[i]]
    if words and tree.tag[words[-1]] == "POS":
        words.pop()
    if tree.pos[i] == "PROPN":  # a name that the parser cut
        end = i + 1
        while (
            end < len(tree.pos)
            and tree.pos[end] == "PROPN"
            and tree.sentence[end] == tree.sentence[i]
            and end not in without
        ):
            end += 1
        words = sorted({*words, *range(i, end)})
    return words


def phrase_head(tree: Tree, i: int, within: set[int]) -> int:
    """The head of the phrase that a token stands in."""
    for _ in range(10):
        if tree.head[i] not in within or tree.head[i] == i:
            break
        i = tree.head[i]
    return i


def subject_of(tree: Tree, verb: int, *, depth: int = 4) -> int | None:
    """The head of the subject of a verb, through coordination, participles and infinitives; None for a passive's.

    A relative clause's subject is its own pronoun ("who"); a participle that stands with a noun has that noun.
    """
    at = verb
    if tree.tag[verb] == "VBG" and verb > 0 and tree.lower[verb - 1] in (",", "before", "after", "while"):
        at = _main_verb(tree, verb)
    for _ in range(depth):
        own = [c for c in tree.children[at] if tree.dep[c] in _SUBJECTS and not is_time(tree, c)]
        if own:
            near = [c for c in own if tree.pos[c] in ("PROPN", "PRON", "NOUN")] or own
            near = [c for c in near if tree.quotation[c] == tree.quotation[at]] or near
            if len(near) > 1 and near[0] < near[1] < at and one_phrase(tree, near[0], near[1]):
                titled = tree.lower[near[0]] in role_heads() and tree.pos[near[1]] == "PROPN"
                return near[1] if titled else near[0]  # "the premier of Mali Ana Duro said"
            return min(near) if at < min(near) else max(c for c in near if c < at or len(near) == 1)
        above = tree.head[at]
        if above == at or tree.dep[at] not in _CHAIN:
            return None
        if tree.dep[at] == "acl" and tree.tag[at] == "VBG" and tree.child(at, "mark", "case") is not None:
            return None  # "the possibility of discussing ..."
        if tree.dep[at] in ("acl", "acl:relcl") and tree.pos[above] in ("NOUN", "PROPN", "PRON"):
            if (
                tree.dep[at] == "acl:relcl"
                or tree.lower[at - 1] != ","
                or tree.dep[above].startswith("nsubj")
            ):
                return above
            while tree.pos[above] not in ("VERB", "AUX") and tree.head[above] != above:
                above = tree.head[
                    above
                ]  # ", saying ...": the clause's subject, not the noun before the comma
        if tree.dep[at] == "ccomp" and any(tree.dep[c] == "mark" for c in tree.children[at]):
            return None
        at = above
    return None


def one_phrase(tree: Tree, first: int, second: int) -> bool:
    """Whether two subjects are a noun phrase that the parser cut: no word and no comma between them."""
    return tree.subtree(first)[-1] + 1 == tree.subtree(second)[0] and tree.tag[first] not in ("PRP", "WDT")


def _main_verb(tree: Tree, participle: int) -> int:
    """The verb whose subject a participle behind a comma shares: the outermost, but for relative clauses."""
    at = participle
    for _ in range(6):
        above = tree.head[at]
        if above == at or tree.dep[at] == "acl:relcl":
            break
        if at != participle and tree.dep[at] != "ccomp" and tree.child(at, *_SUBJECTS) is not None:
            break
        at = above
    return at if tree.pos[at] in ("VERB", "AUX") else participle


def before_commas(tree: Tree, verb: int, source: int | None) -> int | None:
    """The subject of "X, who leads Y, said" and "X, an expert, said" where the parser took one between the commas, or none."""
    edge = verb - 1
    while edge > 0 and tree.pos[edge] in ("AUX", "ADV") and tree.sentence[edge] == tree.sentence[verb]:
        edge -= 1
    if tree.lower[edge] in _MARKS and tree.lower[edge - 1] == ",":
        edge -= 1
    if tree.lower[edge] != "," or (source is not None and source > verb):
        return source
    first = edge
    while (
        first > 0 and tree.sentence[first - 1] == tree.sentence[verb] and tree.lower[first - 1] not in _WALLS
    ):
        first -= 1
    own = _own_clause(tree, first, edge)
    begin, comma = _first_phrase(tree, own, edge)
    shared = first < own and source is not None and first <= source < own  # the clause before's subject
    if source is not None and not shared and not begin < comma < source:
        return source
    nouns = [
        j for j in range(begin, comma) if tree.pos[j] in ("NOUN", "PROPN", "PRON") and not is_time(tree, j)
    ]
    if comma == edge or not nouns:
        return source
    return phrase_head(tree, nouns[0], set(range(begin, comma)))


def _own_clause(tree: Tree, first: int, edge: int) -> int:
    """Where the clause before a verb begins: behind the ", and" of "The chair called it late, and the envoy, Ana Duro, said"."""
    whole, begin = False, first
    for j in range(first, edge):
        if whole and tree.tag[j] == "CC" and tree.lower[j - 1] == ",":
            begin, whole = j + 1, False
        whole = whole or (tree.tag[j] in _FINITE and tree.dep[j] != "acl:relcl")
    return begin


def _first_phrase(tree: Tree, first: int, edge: int) -> tuple[int, int]:
    """Where the noun phrase begins and ends that commas and a verb follow; adverbials before it are skipped."""
    begin = first
    while begin < edge:
        comma = next((j for j in range(begin, edge) if tree.lower[j] == ","), edge)
        plain = comma > begin and all(tree.pos[j] in _NAMING for j in range(begin, comma))
        noun = any(tree.pos[j] in ("NOUN", "PROPN") and not is_time(tree, j) for j in range(begin, comma))
        if plain and noun and tree.pos[begin] not in ("ADP", "ADV"):
            return begin, comma
        if not plain:
            return first, edge
        begin = comma + 1
    return first, edge


def nearest_subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb that the parser left without one: the noun before it, or the sentence's for ", saying"."""
    first = verb
    while first > 0 and tree.sentence[first - 1] == tree.sentence[verb]:
        first -= 1
    if tree.tag[verb] == "VBG" and verb > first and tree.lower[verb - 1] == ",":
        return next(
            (j for j in range(first, verb) if tree.dep[j] in _SUBJECTS and not is_time(tree, j)), None
        )
    if tree.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    edge = _before_brackets(tree, first, verb - 1)
    last = edge
    while edge >= first and (tree.pos[edge] in _NAMING or tree.tag[edge] == "VBN"):
        edge -= 1
    nouns = [
        j
        for j in range(edge + 1, last + 1)
        if tree.pos[j] in ("NOUN", "PROPN", "PRON", "NUM") and not is_time(tree, j)
    ]
    return phrase_head(tree, nouns[0], set(nouns)) if nouns else None


def _before_brackets(tree: Tree, first: int, edge: int) -> int:
    """The token before the brackets that close at `edge`: "the Red Cross (ICRC) said"; `edge` itself without any."""
    if edge <= first or tree.lower[edge] not in (")", "]"):
        return edge
    opening = ("(", "[")
    opens = next((j for j in range(edge, max(first, edge - _BRACKETS), -1) if tree.lower[j] in opening), None)
    return edge if opens is None else opens - 1


def is_passive(tree: Tree, verb: int) -> bool:
    """A passive: an auxiliary or subject says so, or a participle behind a noun without an -ing."""
    labels = {tree.dep[c] for c in tree.children[verb]}
    if labels & {"aux:pass", "nsubj:pass", "obl:agent"}:
        return True
    if labels & {"aux", *_SUBJECTS} or _misread(tree, verb):
        return False
    opens = tree.dep[verb] == "advcl" and verb < tree.head[verb]
    return (tree.tag[verb] == "VBN" and tree.dep[verb] in ("acl", "advcl", "amod")) or (
        opens and tree.tag[verb] == "VBD"
    )


def _misread(tree: Tree, verb: int) -> bool:
    """A sentence's only verb, read as a participle of its subject: "The envoy called for a truce"."""
    above = tree.head[verb]
    if tree.dep[verb] != "acl" or verb < above:
        return False
    while tree.head[above] != above:
        above = tree.head[above]
    return not any(tree.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in tree.subtree(above) if j != verb)


def agent_of(tree: Tree, verb: int) -> int | None:
    """The head of "by ..." with a passive."""
    for c in tree.children[verb]:
        if tree.dep[c] == "obl:agent" or (
            tree.dep[c] == "obl"
            and any(tree.dep[k] == "case" and tree.lower[k] == "by" for k in tree.children[c])
        ):
            return c if not is_time(tree, c) else None
    return None

"""Attributions read from the parse: a cue word, what depends on it as content, and its subject as the source."""

from collections.abc import Iterator
from functools import cache

from pipeline.extract.mentions.words import body_nouns
from pipeline.extract.quotes import cues
from pipeline.extract.quotes.asides import aside, sentence_range, statement, without_joiner
from pipeline.extract.quotes.bounds import FINITE
from pipeline.extract.quotes.constructions import first_construction
from pipeline.extract.quotes.cues import Cue, inflect
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.sources import deed_objects, inscribed, source_nouns
from pipeline.extract.quotes.speakers import (
    agent_of,
    before_commas,
    is_passive,
    nearest_subject,
    noun_phrase,
    phrase_head,
    subject_of,
)
from pipeline.extract.quotes.tree import Tree, spans_of
from pipeline.extract.quotes.verb import Verb, has_to, marker

_LIGHT = (
    ("have", "has had having"),
    ("make", "made making"),
    ("give", "gave given giving"),
    ("take", "took taken taking"),
    ("hold", "held"),
    ("express", ""),
    ("voice", ""),
    ("issue", ""),
    ("offer", ""),
    ("raise", ""),
    ("repeat", ""),
    ("reiterate", ""),
    ("reaffirm", ""),
    ("announce", ""),
    ("renew", ""),
    ("show", "shown"),
)
_UNNAMED = frozenset({"named", "identified", "quoted"})
_EVIDENCE = frozenset({"show", "demonstrate", "prove", "mean"})
"""Verbs whose subject may be a fact, which nobody says."""
_TELLING = frozenset({"say", "tell", "answer", "respond", "elaborate", "specify"})
_SILENT = _TELLING | {
    "comment",
    "confirm",
    "detail",
    "disclose",
    "discuss",
    "explain",
    "name",
    "reply",
    "reveal",
    "speak",
    "talk",
}
"""What is refused by who says nothing."""
_GOING_ON = frozenset(
    form
    for verb in ("continue", "begin", "start", "tend", "appear", "seem")
    for form in inflect(verb, "began begun" if verb == "begin" else "")
)
"""Verbs that tell of how something is done: "continues to support it"."""
_AS_SAYING = 9
"""Words between "quoted" and "saying" at most."""
_QUOTING = frozenset({"quote", "cite"})
_NAMING = ("DET", "ADJ", "NOUN", "PROPN", "PART", "ADP", "PRON")
_NAMED = ("object", "infinitive", "preposition")
_SOURCED = ("object", "preposition", "behind")
"""Constructions that attribute nothing where the text names no source."""
_REPORTS = ("clause", "behind", "aside")
_WEAK = ("parenthetical", "object", "clause")


def indirect_drafts(tree: Tree, *, taken: frozenset[int]) -> Iterator[Draft]:
    """Every attribution of the article's parse, but for cues that are `taken` and those within quotation marks."""
    phrases = cues.phrases()
    claimed: set[int] = set()
    """First tokens of clauses that a verb has: not a noun's besides ("said in a statement that")."""
    for i, form in enumerate(tree.lower):
        if i in taken or tree.quotation[i] >= 0:
            continue
        pos = tree.pos[i]
        if pos == "VERB" or pos == "AUX":
            particle = tree.child(i, "compound:prt")
            phrasal = cues.verb_cue(f"{form} {tree.lower[particle]}") if particle is not None else None
            cue = phrasal or cues.verb_cue(form)
            drafts = list(_verb(tree, i, cue, claimed)) if cue else []
            mind = cues.adjective_cue(form) if tree.tag[i] == "VBN" and not drafts else None
            mind = mind if mind and mind.cue_class == "thinking" else None  # "are concerned that"
            yield from drafts or (_adjective(tree, i, mind) if mind else ())
        elif pos == "NOUN":
            cue = cues.noun_cue(form)
            if cue:
                yield from _noun(tree, i, cue, claimed)
        elif pos == "ADJ":
            cue = cues.adjective_cue(form)
            if cue:
                yield from _adjective(tree, i, cue)
        if form in phrases:
            for words in phrases[form]:
                if tuple(tree.lower[i : i + len(words)]) == words:
                    yield from _phrase(tree, i, len(words))
                    break


def _draft(tree: Tree, tokens: list[int], cue: list[int], head: int | None, frame: str) -> Iterator[Draft]:
    """A draft where there is content."""
    spans = spans_of(tree, tokens)
    if spans:
        inside = frozenset(cue)
        speaker = [] if head is None else noun_phrase(tree, head, inside)
        if head is not None and cue:
            speaker = [j for j in speaker if (j < cue[0] if head < cue[0] else j > cue[0])]
        yield Draft(spans=spans, cue=cue, speaker=speaker, head=head, frame=frame)


def _verb(tree: Tree, i: int, cue: Cue, claimed: set[int]) -> Iterator[Draft]:
    """A verb's attribution: the first construction that the verb takes and the parse shows."""
    if cue.lemma in _QUOTING and _as_saying(tree, i) is not None:
        yield from _quoted_as(tree, i)
        return
    passive = is_passive(tree, i)
    source = agent_of(tree, i) if passive else subject_of(tree, i)
    if source is None and not passive:
        source = nearest_subject(tree, i)
    if source is None and not passive and tree.dep[i] == "conj":
        source = nearest_subject(tree, tree.head[i])
    if not passive and (source is not None or tree.tag[i] in ("VBD", "VBZ", "VBP", "VBN")):
        teller = _of_teller(tree, i)
        source = before_commas(tree, i, source if teller is None else teller)
        source = _quoted_person(tree, i, source)
    verb = Verb(tree, i, cue, passive, source)
    found = first_construction(verb)
    around = aside(verb) if found is None or found[0] in _WEAK or found[1][0] < i else None
    if around:
        found, source = ("aside", around[0], []), around[1]
    if found is None:
        return
    name, content, preposition = found
    if inscribed(tree, i) or (
        _sourceless(verb, name) if source is None else _says_nothing(verb, name, source)
    ):
        return
    if _unsaid(tree, i, cue, name, content):
        return
    if name in _NAMED and has_to(tree, i) and not _is_done(tree, i):
        return  # "to support X": an act that nobody is said to have done
    if name == "object" and _as_noun(tree, content, i, claimed):
        return
    if _hollow(tree, cue, name, content):
        return
    if name in _REPORTS:
        claimed.add(content[0])
    words = sorted([i, *(c for c in tree.children[i] if tree.dep[c] == "compound:prt"), *preposition])
    for draft in _draft(tree, content, words, source, name):
        draft.reports = name in _REPORTS
        draft.says = draft.reports and cue.cue_class == "saying"
        yield draft


def _is_done(tree: Tree, i: int) -> bool:
    """Whether an infinitive tells of what is done: "continues to support it"."""
    return tree.dep[i] == "xcomp" and tree.lower[tree.head[i]] in _GOING_ON


def _as_saying(tree: Tree, i: int) -> int | None:
    """The "saying" of "quoted (by Y) as saying"; None where it is missing."""
    _, end = sentence_range(tree, i)
    stop = min(end - 1, i + _AS_SAYING)
    return next(
        (j + 1 for j in range(i + 1, stop) if tree.lower[j] == "as" and tree.lower[j + 1] == "saying"), None
    )


def _quoted_person(tree: Tree, i: int, source: int | None) -> int | None:
    """The object of "Y quoted X as saying", "... as urging": X says it, not Y."""
    above = tree.head[i]
    cue = cues.verb_cue(tree.lower[above])
    if tree.lower[i - 1] != "as" or tree.tag[i] != "VBG" or cue is None or cue.lemma not in _QUOTING:
        return source
    if not above < i or is_passive(tree, above):
        return source
    # The parser may take the words behind the verb for a second subject.
    told = (c for c in tree.children[above] if above < c < i and tree.dep[c] in ("obj", "nsubj", "iobj"))
    return next(told, source)


def _quoted_as(tree: Tree, i: int) -> Iterator[Draft]:
    """ "The deal is dead, he was quoted as saying": what stands before it; what stands behind belongs to "saying" itself."""
    start, _ = sentence_range(tree, i)
    source = tree.child(i, "nsubj:pass", "nsubj")
    if source is None or source > i:
        return
    first = min(tree.subtree(source, without={i}))
    before = [j for j in range(start, first) if tree.quotation[j] < 0]
    if before and tree.lower[before[-1]] == "," and any(tree.tag[j] in FINITE for j in before):
        for draft in _draft(tree, before, [i], source, "aside"):
            draft.reports = draft.says = True
            yield draft


def _mute(tree: Tree, source: int) -> bool:
    """Whether a subject says nothing: a thing that the text points back to, "these attacks show that ..."."""
    if tree.pos[source] != "NOUN" or source_nouns().get(tree.lower[source]) is not None:
        return False
    return any(tree.lower[c] in ("this", "these", "that", "those") for c in tree.children[source])


def _sourceless(verb: Verb, name: str) -> bool:
    """Whether nothing is attributed by a verb without a source: "was found dead", "to say that it is late"."""
    tree, cue = verb.tree, verb.cue
    if name in ("clause", "behind") and tree.tag[verb.i] in ("VB", "VBG"):
        return True
    return name in _SOURCED or cue.lemma == "ask" or (verb.passive and cue.cue_class == "showing")


def _says_nothing(verb: Verb, name: str, source: int) -> bool:
    """Whether a verb's source is a thing: a law that allows, attacks that show."""
    if name not in _REPORTS and _thing(verb.tree, source):
        return True
    return verb.cue.lemma in _EVIDENCE and _mute(verb.tree, source)


def _thing(tree: Tree, source: int) -> bool:
    """Whether "that" or "which" stands for a thing, which says and wants nothing: "a law that would allow it"."""
    if tree.tag[source] != "WDT":
        return False
    at = source
    while tree.dep[at] != "acl:relcl" and tree.head[at] != at:
        at = tree.head[at]
    noun = tree.head[at]
    body = tree.lower[noun] in body_nouns() or source_nouns().get(tree.lower[noun]) is not None
    return tree.pos[noun] == "NOUN" and not body


def _of_teller(tree: Tree, verb: int) -> int | None:
    """The subject of "denied that it was late but acknowledged that ...", hung within the clause that was denied."""
    at = tree.head[verb]
    if tree.dep[verb] != "conj" or tree.dep[at] not in ("ccomp", "acl", "advcl"):
        return None
    if (
        tree.child(verb, "nsubj", "nsubj:pass", "cc") is None
        or tree.child(verb, "nsubj", "nsubj:pass") is not None
    ):
        return None
    teller = tree.head[at]
    cue = cues.verb_cue(tree.lower[teller])
    shared = (
        tree.tag[teller] == tree.tag[verb] and cue is not None and cue.cue_class in ("saying", "accusing")
    )
    return subject_of(tree, teller) if shared else None


def _unsaid(tree: Tree, verb: int, cue: Cue, name: str, content: list[int]) -> bool:
    """Whether nothing is said: "did not say why", "declined to comment", "declined to say why"."""
    negated = any(tree.lower[c] in ("not", "n't", "never") for c in tree.children[verb])
    above = cues.verb_cue(tree.lower[tree.head[verb]]) if tree.dep[verb] == "xcomp" else None
    if cue.lemma in _TELLING and above is not None and above.cue_class == "refusing":
        return True
    if negated and cue.cue_class == "saying":
        return name != "aside"
    if cue.cue_class != "refusing" or name != "infinitive":
        return False
    act = next((cues.verb_cue(tree.lower[t]) for t in content if tree.pos[t] == "VERB"), None)
    return act is not None and act.cue_class == "saying" and act.lemma in _SILENT


def _hollow(tree: Tree, cue: Cue, name: str, content: list[int]) -> bool:
    """Whether the content tells nothing: "thinks about it", "asked not to be named", "citing two officials"."""
    if len(content) == 1 and tree.pos[content[0]] == "PRON":
        return name in ("preposition", "object")
    if name in ("object", "predicate") and any(j in deed_objects(cue.lemma) for j in _tops(tree, content)):
        return True  # "reported a profit", "found him guilty"
    if name == "infinitive":
        if any(tree.lower[j] in ("anonymous", "name") for j in content[1:5]):
            return True  # "asked to remain anonymous", "declined to give his name"
        return any(tree.lower[j] in _UNNAMED and tree.lower[j - 1] == "be" for j in content[1:5])
    if name == "object" and cue.lemma in _QUOTING:
        noun = next((j for j in content if tree.head[j] not in content), content[0])
        return (
            cue.lemma == "quote"
            or tree.pos[noun] == "PROPN"
            or source_nouns().get(tree.lower[noun]) is not None
        )
    return False


def _tops(tree: Tree, content: list[int]) -> list[str]:
    """The words of a content that hang on none of its other words."""
    inside = set(content)
    return [tree.lower[j] for j in content if tree.head[j] not in inside or tree.head[j] == j]


def _as_noun(tree: Tree, content: list[int], verb: int, claimed: set[int]) -> bool:
    """Whether the object is a noun that attributes itself: "repeated his claim that ...", not "rejected the idea that ..."."""
    object_ = tree.child(verb, "obj")
    cue = cues.noun_cue(tree.lower[object_]) if object_ is not None and tree.pos[object_] == "NOUN" else None
    if cue is None or object_ is None:
        return False
    inner, preposition = _complement(tree, object_, cue)
    owner = tree.child(object_, "nmod:poss")
    own = owner is not None and tree.pos[owner] == "PRON"
    if inner and (own or tree.lower[verb] in _light_verbs()):
        return True
    if inner and owner is None:
        claimed.add(inner[0])
    return bool(inner) and owner is not None and not preposition


def _complement(tree: Tree, i: int, cue: Cue) -> tuple[list[int], list[int]]:
    """What a noun or adjective takes as content: its words, and the preposition that brings it in."""
    for c in tree.children[i]:
        if c < i:
            continue
        label = tree.dep[c]
        mark = next((k for k in tree.children[c] if tree.dep[k] in ("mark", "case")), None)
        word = tree.lower[mark] if mark is not None else ""
        if (
            label in ("ccomp", "acl", "acl:relcl", "advcl", "xcomp")
            and "clause" in cue.frames
            and word in ("that", "whether", "if")
        ):
            return tree.subtree(c), []
        if label == "ccomp" and "clause" in cue.frames:
            return tree.subtree(c), []
        if label in ("acl", "xcomp", "advcl", "ccomp") and "infinitive" in cue.frames and word == "to":
            return tree.subtree(c), []
        if label in ("nmod", "obl", "acl", "advcl") and word in cue.prepositions and mark is not None:
            return tree.subtree(c, without={mark}), [mark]
    return [], []


def _noun(tree: Tree, i: int, cue: Cue, claimed: set[int]) -> Iterator[Draft]:
    """A noun's attribution: "his claim that ...", "the minister made a promise to ..."."""
    content, preposition = _complement(tree, i, cue)
    if not content or content[0] in claimed:
        return
    words = [i, *preposition]
    source = tree.child(i, "nmod:poss")
    above = tree.head[i]
    if source is None and tree.dep[i] == "obj" and tree.lower[above] in _light_verbs():
        source = subject_of(tree, above) if not is_passive(tree, above) else agent_of(tree, above)
        words = [above, *words] if above < i else words
    if source is None:
        for c in tree.children[i]:
            if tree.dep[c] == "nmod" and marker(tree, c) in ("by", "from", "among") and c not in content:
                source = c
    clause = tree.lower[content[0]] in ("that", "whether")
    if source is None and (not clause or any(tree.lower[c] == "no" for c in tree.children[i])):
        return  # "there is no evidence that ..."
    if cue.cue_class == "thinking" and preposition and words[0] == i and tree.lower[preposition[0]] == "of":
        return  # "his love of the sea"
    for draft in _draft(tree, content, words, source, "noun"):
        draft.reports = clause
        draft.says = clause and cue.cue_class == "saying"
        yield draft


@cache
def _light_verbs() -> frozenset[str]:
    """Forms of the verbs that lend a noun their subject: "made a promise"."""
    return frozenset(form for verb in _LIGHT for form in inflect(*verb))


def _adjective(tree: Tree, i: int, cue: Cue) -> Iterator[Draft]:
    """A predicate's attribution: "the minister is confident that ..."."""
    if tree.child(i, "cop", "aux:pass") is None and tree.dep[i] not in ("xcomp", "conj", "advcl", "acl"):
        return
    content, preposition = _complement(tree, i, cue)
    source = subject_of(tree, i)
    if content and source is not None and tree.lower[source] not in ("it", "that", "this", "there", "which"):
        yield from _draft(tree, content, [i, *preposition], source, "adjective")


def _phrase(tree: Tree, i: int, length: int) -> Iterator[Draft]:
    """An adverbial of the source: "according to the ministry, ...", "..., according to the ministry"."""
    start, end = sentence_range(tree, i)
    first = i + length
    if first >= end:
        return
    source, last = _phrase_source(tree, i, first, end)
    opens = not any(tree.is_word(j) and tree.dep[j] != "cc" for j in range(start, i))
    if opens and last + 2 >= end:  # nothing left to say: the source ends at the comma
        comma = next((j for j in range(first, end) if tree.lower[j] == ","), end)
        source, last = phrase_head(tree, first, set(range(first, comma))), comma - 1
    closing = tree.lower[last + 1] if last + 1 < end else "."
    cue = list(range(i, first))
    if opens:
        content = list(range(last + 1, end))
    else:
        begin = _clause_start(tree, i, start)
        content = statement(tree, list(range(begin, i)), list(range(last + 1, end)), closing)
    content = without_joiner(tree, content)
    for draft in _draft(tree, content, cue, source, "phrase"):
        draft.reports = draft.says = True
        yield draft


def _phrase_source(tree: Tree, i: int, first: int, end: int) -> tuple[int, int]:
    """Head and last token of the source behind the "according to" at a token."""
    source = phrase_head(tree, first, set(range(first, end)))
    borne = tree.head[i]
    if tree.dep[i] == "case" and first <= borne < end and tree.tag[source] in FINITE:
        source = borne  # "a March 14, 2019 letter", with the statement hung above it
    relative = {c for c in tree.children[source] if tree.dep[c] == "acl:relcl"}
    own = [j for j in tree.subtree(source, without=relative) if j >= first]
    if not any(tree.tag[j] in FINITE for j in own):
        return source, max([source, *own, *(tree.subtree(c)[-1] for c in relative)])
    # the parser took in the statement
    stop = first
    while stop < end and (tree.pos[stop] in _NAMING or tree.tag[stop] in ("HYPH", "VBN", "POS", "CC", "CD")):
        stop += 1
    inside = set(range(first, stop))
    noun = next((j for j in range(first, stop) if tree.pos[j] in ("NOUN", "PROPN", "PRON")), first)
    return phrase_head(tree, noun, inside), stop - 1


def _clause_start(tree: Tree, i: int, start: int) -> int:
    """Where the finite clause before a phrase starts: the sentence, or a relative clause behind a comma."""
    for j in range(i - 1, start, -1):
        if tree.tag[j] in ("WDT", "WP", "WP$") and tree.lower[j - 1] == ",":
            return j
        if tree.lower[j] in (",", ";", "—", "--") and tree.lower[j + 1] in ("but", "with"):
            return j + 1
        if tree.dep[j] == "mark" and tree.lower[j] == "that":
            return j
    return start

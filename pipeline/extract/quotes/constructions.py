"""What a verb attributes: the constructions of the parse in which a cue verb has content, one function each."""

from collections.abc import Callable

from pipeline.extract.quotes import cues
from pipeline.extract.quotes.bounds import FINITE, OCCASIONS, to_the_end, trim, without_sum
from pipeline.extract.quotes.labels import called, quoted
from pipeline.extract.quotes.sources import source_nouns
from pipeline.extract.quotes.speakers import is_time, one_phrase
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.quotes.verb import Found, Verb, has_to, marker

_OPINIONS = ("saying", "thinking", "showing")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_REACH = 16
"""Words behind a speech verb in which its "that" may stand."""
_STOPS = frozenset({";", ":", "—", "–", "--"})
_PLAIN = frozenset({"clause", "quotation", "preposition"})
_LATER = ("obl", "advcl", "obl:unmarked", "xcomp", "ccomp", "advmod", "acl")
_ASKING = frozenset({"ask", "question", "query", "inquire", "enquire", "wonder", "quiz"})
_OPEN = frozenset({"if", "whether", "why", "how", "what", "when", "where", "who"})
_MEANWHILE = frozenset(
    {
        "after",
        "before",
        "during",
        "while",
        "when",
        "whenever",
        "although",
        "though",
        "despite",
        "following",
        "amid",
    }
)
"""What brings in when a deed of the mind was done, and in spite of what: "rejected the offer after a vote"."""


def first_construction(verb: Verb) -> tuple[str, list[int], list[int]] | None:
    """Name, content and preposition of the first construction that the verb takes and the parse shows."""
    for name, construction in _ORDER:
        found = construction(verb)
        if found is not None and found[0]:
            return name, without_sum(verb.tree, found[0]), found[1]
    return None


def _without_coordinated(tree: Tree, content: list[int], head: int) -> list[int]:
    """Content without a coordinated clause that attributes itself: "they were worried, and others said ..."."""
    finite = tree.tag[head] in FINITE or any(
        tree.dep[c] in ("aux", "cop") and tree.tag[c] in FINITE for c in tree.children[head]
    )
    for c in content:
        beside = tree.dep[c] == "conj" or (
            tree.dep[c] == "advcl" and marker(tree, c) in ("while", "but", "though")
        )
        if not beside or tree.head[c] not in content or tree.pos[c] != "VERB":
            continue
        cue = cues.verb_cue(tree.lower[c])
        if cue is None or tree.tag[c] not in ("VBD", "VBZ", "VBP", "VBN"):
            continue
        subject = tree.child(c, *_SUBJECTS)
        if (subject is not None and tree.pos[subject] != "PRON") or (not finite and tree.tag[c] != "VBN"):
            first = tree.subtree(c)[0]
            return [t for t in content if t < first] or content
    return content


def _with_rest(verb: Verb, content: list[int], *, commas: bool = True) -> list[int]:
    """Content and what the parser hung on the verb behind it: mostly it belongs to the content."""
    tree, known = verb.tree, set(content)
    last = max(content)
    for c in tree.children[verb.i]:
        own = _own(verb, c) or not (commas or _belongs(tree, c))
        if c > last and tree.dep[c] in _LATER and not own:
            more = tree.subtree(c)
            if commas or "," not in (tree.lower[more[0] - 1], tree.lower[more[0]]):
                content = content + more
    content = sorted(set(content) | known)
    beside = next((c for c in tree.children[verb.i] if c > content[-1] and _goes_on(verb, c)), None)
    if beside is not None:
        content = [*content, *range(content[-1] + 1, tree.subtree(beside)[-1] + 1)]
    end = content[-1] + 1
    if tree.lower[end : end + 1] == [","]:
        end += 1
    joined = tree.lower[end : end + 1] in (["and"], ["but"], ["or"])
    if joined and tree.lower[end + 1 : end + 2] == ["that"]:  # "that A, and that B"
        while end < len(tree.head) and tree.sentence[end] == tree.sentence[verb.i]:
            content.append(end)
            end += 1
    return content


def _goes_on(verb: Verb, c: int) -> bool:
    """Whether a coordinated clause goes on with what is said: ", and the road will stay shut", in another tense than "said"."""
    tree = verb.tree
    joined = tree.dep[c] == "conj" and any(tree.lower[k] == "and" for k in tree.children[c])
    if not joined or tree.child(c, *_SUBJECTS) is None or tree.tag[c] == tree.tag[verb.i]:
        return False
    return cues.verb_cue(tree.lower[c]) is None and all(tree.quotation[j] < 0 for j in tree.subtree(c))


def _own(verb: Verb, c: int) -> bool:
    """Whether a later dependent is the speech clause's own: a time, a source, ", adding ..."."""
    tree = verb.tree
    if is_time(tree, c) or marker(tree, c) == "according":
        return True
    if tree.lower[c] in OCCASIONS and marker(tree, c) in ("in", "on", "at", "during", "via", "through"):
        return True
    cue = cues.verb_cue(tree.lower[c]) if tree.tag[c] == "VBG" else None
    return cue is not None


def _belongs(tree: Tree, c: int) -> bool:
    """Whether a phrase behind an object belongs to it, and does not tell when it was praised, refused or asked for."""
    mark = marker(tree, c) or tree.lower[tree.subtree(c)[0]]
    return mark not in _MEANWHILE and not _as_clause(tree, c)


def _as_clause(tree: Tree, c: int) -> bool:
    """Whether "as" brings in a clause: "as she left", not "as a mistake"."""
    return marker(tree, c) == "as" and tree.child(c, *_SUBJECTS) is not None


def _clause(verb: Verb) -> Found | None:
    """A finite clause: "X said that ...", "... , X said", "It was, X said, ..."."""
    tree = verb.tree
    clauses = verb.children("ccomp")
    behind = next((c for c in clauses if c > verb.i), None)
    near = behind is not None and not any(
        tree.pos[j] == "PUNCT" or (tree.pos[j] == "SCONJ" and tree.lower[j] not in ("that", "if", "whether"))
        for j in range(verb.i + 1, min(tree.subtree(behind)) + 1)
    )
    clause = behind if near or not _set_off(verb) else next(iter(clauses), None)
    if clause is None or not verb.takes("clause", "quotation"):
        return None
    if has_to(tree, clause) and not verb.takes("clause"):
        return None
    content = _without_coordinated(tree, tree.subtree(clause, without={verb.i}), clause)
    if clause > verb.i and not any(tree.tag[t] in FINITE for t in content):  # cut short by the parser
        content = to_the_end(tree, content[0])
    subjects = [c for c in verb.children(*_SUBJECTS) if not is_time(tree, c)]
    cut = len(subjects) > 1 and one_phrase(tree, subjects[0], subjects[1])
    if len(subjects) > 1 and not cut and tree.child(clause, *_SUBJECTS) is None:
        content = sorted([t for c in subjects if c != verb.source for t in tree.subtree(c)] + content)
    if clause < verb.i:
        behind_it = [t for t in content if t > verb.i]
        if verb.source in content and any(tree.tag[t] in FINITE for t in behind_it):
            content = trim(
                tree, verb.i, behind_it
            )  # "She called it late, and the envoy, Ana Duro, said it was"
        return content, []
    if any(c > verb.i for c in tree.children[clause] if tree.dep[c] in _SUBJECTS):
        content = [t for t in content if t > verb.i]  # the verb's own subject, hung on the clause
    content = _with_rest(verb, content)
    after = content[-1] + 1
    if after < len(tree.tag) and tree.tag[after] in FINITE and tree.sentence[after] == tree.sentence[verb.i]:
        content = to_the_end(tree, content[0])  # the parser lost the clause's verb
    return trim(tree, verb.i, content), []


def _told(verb: Verb) -> Found | None:
    """A clause without "that" behind who is told, or a question: "assured them he would come", "asked them if ..."."""
    tree, i = verb.tree, verb.i
    asks = verb.cue.lemma in _ASKING
    if verb.passive or not (asks or verb.takes("recipient")):
        return None
    for c in verb.children("parataxis", "advcl"):
        first = tree.subtree(c)[0]
        if c < i or first <= i + 1 or tree.quotation[first] >= 0:
            continue
        told = (
            verb.takes("recipient") and tree.dep[c] == "parataxis" and tree.child(c, *_SUBJECTS) is not None
        )
        if told or (asks and tree.lower[first] in _OPEN):
            return trim(tree, i, tree.subtree(c)), []
    return None


def _set_off(verb: Verb) -> bool:
    """Whether a comma or mark stands before the verb and its subject, so that a clause before them can be content."""
    tree, i = verb.tree, verb.i
    start = i if verb.source is None or verb.source > i else min(tree.subtree(verb.source, without={i}))
    return any(
        tree.pos[j] == "PUNCT" for j in range(max(0, start - 4), i) if tree.sentence[j] == tree.sentence[i]
    )


def _that(verb: Verb) -> Found | None:
    """A clause with "that" behind the verb's own phrases, wherever the parser hung it: "told the meeting that ..."."""
    tree, i = verb.tree, verb.i
    if verb.passive or verb.cue.cue_class not in _OPINIONS or not verb.takes("clause", "quotation"):
        return None
    at = _far_that(verb)
    if at is None or any(c > i and tree.subtree(c)[0] == at for c in verb.children("ccomp")):
        return None
    if at > i + 2 and verb.child("obj") in range(i, at) and not verb.takes("addressee"):
        return None  # "announced a plan that the council had dropped"
    return trim(tree, i, to_the_end(tree, at)), []


def _far_that(verb: Verb) -> int | None:
    """The "that" of a clause behind a verb and its recipient, place and time."""
    tree, i = verb.tree, verb.i
    for j in range(i + 1, min(i + _REACH, len(tree.head) - 1)):
        if tree.sentence[j] != tree.sentence[i] or tree.quotation[j] >= 0 or tree.lower[j] in _STOPS:
            return None
        if tree.lower[j] == "that" and tree.dep[j] != "det":
            relative = tree.tag[j + 1] in FINITE and j > i + 1
            return None if relative else j
        if tree.tag[j] in FINITE or tree.tag[j] in ("TO", "WP", "WP$", "WRB") or tree.pos[j] == "SCONJ":
            return None
    return None


def _behind(verb: Verb) -> Found | None:
    """A finite clause that the parser did not hang on the verb: the words behind it to the sentence's end."""
    tree, i = verb.tree, verb.i
    if verb.passive or not verb.takes("clause") or verb.cue.cue_class not in _OPINIONS:
        return None
    start = i + 1
    plain = (verb.takes("quotation") and not verb.takes("object", "addressee")) or verb.cue.frames <= _PLAIN
    if verb.source is not None and source_nouns().get(tree.lower[verb.source]) == "document":
        plain = True  # "the study found sea ice had thinned"
    lost = verb.child("obj", "xcomp", "ccomp", "obl") is None and not verb.takes("addressee")
    plain = plain or lost  # "he implied they were late"
    while (
        start < len(tree.head)
        and tree.sentence[start] == tree.sentence[i]
        and (is_time(tree, start) or tree.lower[start] == "on")
    ):
        start += 1
    if start >= len(tree.head) or tree.sentence[start] != tree.sentence[i]:
        return None
    content = to_the_end(tree, start)
    if tree.tag[i] == "VBG" and tree.head[i] > i:  # "Noting he had read it, Ms Berg said ..."
        comma = next((n for n, j in enumerate(content) if tree.lower[j] == "," and j < tree.head[i]), 0)
        content = content[:comma] or content
    stop = start + len(content)
    if not (
        tree.lower[start] == "that"
        or (plain and tree.pos[start] in ("DET", "PROPN", "PRON", "NOUN", "ADJ", "NUM"))
    ):
        return None
    finite = next(
        (j for j in range(start, stop) if tree.tag[j] in FINITE and tree.dep[j] != "acl:relcl"), None
    )
    if finite is None or any(tree.lower[j] in (",", ";", ":") for j in range(start, finite)):
        return None
    return trim(tree, i, content), []


def _parenthetical(verb: Verb) -> Found | None:
    """A statement with its speech clause hung below it: "The road is open, as the mayor said"."""
    tree = verb.tree
    above = tree.head[verb.i]
    if verb.passive or not verb.takes("clause") or verb.cue.cue_class not in _OPINIONS:
        return None
    if above == verb.i or verb.child("obj", "xcomp") is not None:
        return None
    has_subject = verb.child(*_SUBJECTS) is not None
    if verb.source is None:
        return None
    mark, label = marker(tree, verb.i), tree.dep[verb.i]
    hung = label in ("parataxis", "advcl") and mark == "as" and has_subject
    return (tree.subtree(above, without={verb.i}), []) if hung else None


def _infinitive(verb: Verb) -> Found | None:
    """An infinitive, with the object that is to do it: "plans to ...", "urged them to ...", "is expected to ..."."""
    tree = verb.tree
    if not verb.takes("infinitive"):
        return None
    clause = next((c for c in verb.children("xcomp", "advcl", "ccomp") if has_to(tree, c)), None)
    if clause is None:
        return _asked(verb)
    content = tree.subtree(clause)
    object_, subject = verb.child("obj", "iobj") or _called_on(verb), verb.child("nsubj:pass", "nsubj")
    if verb.passive and subject is not None:
        content = sorted(set(tree.subtree(subject) + content))
    elif object_ is not None and object_ < clause:
        cut = {k for k in tree.children[object_] if tree.dep[k] == "case"}
        content = sorted(set(tree.subtree(object_, without=cut) + content))
    return _with_rest(verb, content, commas=False), []


def _asked(verb: Verb) -> Found | None:
    """An infinitive that the parser hung on who is to act: "asked the council to meet"."""
    tree = verb.tree
    who = verb.child("obj", "iobj")
    if who is None or verb.passive or not (verb.takes("addressee") or verb.cue.cue_class == "urging"):
        return None
    if not any(tree.dep[c] in ("acl", "advcl") and has_to(tree, c) for c in tree.children[who]):
        return None
    return _with_rest(verb, tree.subtree(who), commas=False), []


def _called_on(verb: Verb) -> int | None:
    """Who is to act: "called on the council to meet", "appealed to donors to give"."""
    tree, marks = verb.tree, verb.cue.prepositions & {"on", "upon", "to", "for"}
    return next((c for c in verb.children("obl") if marker(tree, c) in marks and not is_time(tree, c)), None)


def _passive(verb: Verb) -> Found | None:
    """A passive's subject and predicate: "was called a liar by ..."."""
    tree, subject = verb.tree, verb.child("nsubj:pass", "nsubj")
    if not verb.passive:
        return None
    if subject is None or not verb.takes("object", "as", "small", "gerund"):
        return None
    marks = verb.cue.prepositions | {"as"}
    rest = [
        t
        for c in verb.children("xcomp", "advcl", "obl")
        if c > verb.i and (tree.dep[c] == "xcomp" or marker(tree, c) in marks)
        for t in tree.subtree(c)
    ]
    return (sorted(tree.subtree(subject) + rest), []) if rest or verb.source is not None else None


def _predicate(verb: Verb) -> Found | None:
    """An object and what is said of it: "called him a liar", "described it as ...", "accused them of ..."."""
    tree, object_ = verb.tree, verb.child("obj")
    if verb.passive or object_ is None or not verb.takes("as", "small", "gerund"):
        return None
    marks = (verb.cue.prepositions if verb.takes("gerund") else frozenset()) | (
        {"as"} if verb.takes("as") else frozenset()
    )
    rest = [
        c
        for c in verb.children("obl", "advcl", "xcomp", "ccomp")
        if c > object_
        and (marker(tree, c) in marks or (tree.dep[c] == "xcomp" and verb.takes("small")))
        and not _as_clause(tree, c)
    ]
    first = verb.child("iobj")
    if first is not None and verb.takes("small"):  # "called him a liar", read as two objects
        return _with_rest(verb, sorted(tree.subtree(first) + tree.subtree(object_))), []
    two = [c for c in (*verb.children("xcomp"), object_) if c > verb.i and not has_to(tree, c)]
    if len(two) > 1 and verb.takes("small") and not rest:
        return sorted({t for c in two for t in tree.subtree(c)}), []
    if not rest:
        quoted = verb.takes("small") and any(tree.quotation[t] >= 0 for t in tree.subtree(object_))
        return (_with_rest(verb, tree.subtree(object_)), []) if quoted else None
    content = sorted(tree.subtree(object_) + [t for c in rest for t in tree.subtree(c)])
    return _with_rest(verb, content, commas=False), []


def _figure(verb: Verb) -> Found | None:
    """An estimate: "put the toll at 40"."""
    tree, object_ = verb.tree, verb.child("obj")
    if verb.passive or object_ is None or not verb.takes("figure"):
        return None
    for c in verb.children("obl"):
        number = tree.pos[c] in ("NUM", "SYM") or tree.child(c, "nummod") is not None
        if c > object_ and number and marker(tree, c) == "at":
            return sorted(tree.subtree(object_) + tree.subtree(c)), []
    return None


def _gerund(verb: Verb) -> Found | None:
    """A participle as object: "proposed closing the road", "denied having met them"."""
    tree = verb.tree
    if verb.passive or verb.cue.cue_class not in ("saying", "thinking") or not verb.takes("gerund", "object"):
        return None
    clause = next((c for c in verb.children("xcomp", "ccomp") if c > verb.i), None)
    if clause is None or has_to(tree, clause) or verb.child("obj") is not None:
        return None
    content = tree.subtree(clause)
    participle = tree.tag[content[0]] == "VBG" or tree.tag[clause] == "VBG"
    return (_with_rest(verb, content, commas=False), []) if participle else None


def _preposition(verb: Verb) -> Found | None:
    """A phrase with the verb's preposition: "called for talks", "talked about leaving"."""
    tree = verb.tree
    if verb.passive:
        return None
    for c in verb.children("obl", "advcl"):
        if c > verb.i and marker(tree, c) in verb.cue.prepositions and not is_time(tree, c):
            cut = {k for k in tree.children[c] if tree.dep[k] in ("case", "mark")}
            content = _without_coordinated(tree, tree.subtree(c, without=cut), c)
            return _with_rest(verb, content, commas=False), sorted(cut)
        about = next((k for k in tree.children[c] if k > verb.i and marker(tree, k) == "about"), None)
        if about is not None and "about" in verb.cue.prepositions:  # "talked to voters about the road"
            case = {k for k in tree.children[about] if tree.dep[k] in ("case", "mark")}
            return tree.subtree(about, without=case), sorted(case)
    return None


def _object(verb: Verb) -> Found | None:
    """A noun phrase: "announced a truce"."""
    object_ = verb.child("obj")
    if verb.passive or object_ is None or not verb.takes("object"):
        return None
    return _with_rest(verb, verb.tree.subtree(object_), commas=False), []


def _relative(verb: Verb) -> Found | None:
    """The noun that a relative clause is about: "the plan that he announced"."""
    tree, above = verb.tree, verb.tree.head[verb.i]
    if verb.passive or not verb.takes("object") or tree.dep[verb.i] != "acl:relcl":
        return None
    if tree.pos[above] not in ("NOUN", "PROPN") or verb.source in (None, above):
        return None
    if verb.source is not None and tree.lower[verb.source] in ("who", "which", "that"):
        return None
    return tree.subtree(above, without={verb.i}), []


_ORDER: tuple[tuple[str, Callable[[Verb], Found | None]], ...] = (
    ("clause", _that),
    ("clause", _clause),
    ("behind", _behind),
    ("parenthetical", _parenthetical),
    ("clause", _told),
    ("clause", quoted),
    ("infinitive", _infinitive),
    ("object", _gerund),
    ("passive", _passive),
    ("predicate", called),
    ("predicate", _figure),
    ("predicate", _predicate),
    ("preposition", _preposition),
    ("object", _object),
    ("relative", _relative),
)

"""Attributions read from the parse: a cue word, what depends on it as content, and its subject as the source."""

from collections.abc import Iterator

from pipeline.extract.quotes import cues
from pipeline.extract.quotes.cues import Cue
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.speakers import agent_of, is_passive, is_time, noun_phrase, subject_of
from pipeline.extract.quotes.tree import Tree, spans_of

_CLAUSE_CLASSES = ("saying", "thinking", "showing")
_PREDICATES = ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADV")


def indirect_drafts(tree: Tree, *, taken: frozenset[int]) -> Iterator[Draft]:
    """Every attribution of the article's parse, but for cues that are `taken` and those within quotation marks."""
    phrases = cues.phrases()
    for i, form in enumerate(tree.lower):
        if i in taken or tree.quotation[i] >= 0:
            continue
        pos = tree.pos[i]
        if pos == "VERB" or pos == "AUX":
            cue = cues.verb_cue(form)
            if cue:
                yield from _verb(tree, i, cue)
        elif pos == "NOUN":
            cue = cues.noun_cue(form)
            if cue:
                yield from _noun(tree, i, cue)
        elif pos == "ADJ":
            cue = cues.adjective_cue(form)
            if cue:
                yield from _adjective(tree, i, cue)
        if form in phrases:
            for words in phrases[form]:
                if tuple(tree.lower[i : i + len(words)]) == words:
                    yield from _phrase(tree, i, len(words))
                    break


def _source(tree: Tree, verb: int) -> int | None:
    return agent_of(tree, verb) if is_passive(tree, verb) else subject_of(tree, verb)


def _draft(tree: Tree, tokens: list[int], cue: list[int], head: int | None, frame: str) -> Iterator[Draft]:
    """A draft where there is content."""
    spans = spans_of(tree, tokens)
    if spans:
        inside = frozenset(cue)
        speaker = [] if head is None else noun_phrase(tree, head, inside)
        yield Draft(spans=spans, cue=cue, speaker=speaker, head=head, frame=frame)


def _cue_words(tree: Tree, verb: int) -> list[int]:
    return sorted([verb, *(c for c in tree.children[verb] if tree.dep[c] == "compound:prt")])


def _verb(tree: Tree, i: int, cue: Cue) -> Iterator[Draft]:
    """A verb's attribution: the first construction that the verb takes and the parse shows."""
    frames = cue.frames
    words = _cue_words(tree, i)
    passive = is_passive(tree, i)
    source = _source(tree, i)
    children = tree.children[i]
    clause = next((c for c in children if tree.dep[c] == "ccomp"), None)
    subjects = [
        c for c in children if tree.dep[c] in ("nsubj", "nsubj:pass", "nsubj:outer") and not is_time(tree, c)
    ]
    moved = (
        [t for c in subjects if passive or c != source for t in tree.subtree(c)]
        if len(subjects) > 1 or passive
        else []
    )
    object_ = tree.child(i, "obj")
    infinitive = next(
        (c for c in children if tree.dep[c] in ("xcomp", "advcl", "ccomp") and _has_to(tree, c)), None
    )
    if (
        ("clause" in frames or "quotation" in frames)
        and clause is not None
        and not (clause == infinitive and "clause" not in frames)
    ):
        content = tree.subtree(clause, without={i})
        if moved and not any(tree.dep[c].startswith("nsubj") for c in tree.children[clause]):
            content = sorted(moved + content)
        yield from _draft(tree, content, words, source, "clause")
        return
    if "clause" in frames and cue.cue_class in _CLAUSE_CLASSES and not passive:
        host = _host_clause(tree, i)
        if host is not None:
            yield from _draft(
                tree, [t for t in tree.subtree(host, without={i})], words, source, "parenthetical"
            )
            return
    if infinitive is not None and (frames & {"infinitive"}):
        content = tree.subtree(infinitive)
        if passive:
            content = sorted(set(moved + content))
        elif object_ is not None and object_ < infinitive:
            content = sorted(tree.subtree(object_) + content)
        yield from _draft(tree, content, words, source, "infinitive")
        return
    if passive:
        subject = tree.child(i, "nsubj:pass", "nsubj")
        if subject is not None and frames & {"object", "as", "small", "gerund"}:
            rest = [
                t
                for c in children
                if c > i
                and tree.dep[c] in ("xcomp", "advcl", "obl")
                and (tree.dep[c] == "xcomp" or _marker(tree, c) in (cue.prepositions | {"as"}))
                for t in tree.subtree(c)
            ]
            if source is not None or rest:
                yield from _draft(tree, sorted(tree.subtree(subject) + rest), words, source, "passive")
        return
    if object_ is not None and frames & {"as", "small", "gerund"}:
        marks = (cue.prepositions if "gerund" in frames else frozenset()) | (
            {"as"} if "as" in frames else frozenset()
        )
        rest = [
            c
            for c in children
            if c > object_
            and tree.dep[c] in ("obl", "advcl", "xcomp", "ccomp")
            and (_marker(tree, c) in marks or (tree.dep[c] == "xcomp" and "small" in frames))
        ]
        if rest:
            content = sorted(tree.subtree(object_) + [t for c in rest for t in tree.subtree(c)])
            yield from _draft(tree, content, words, source, "as/of")
            return
    if "preposition" in frames or cue.prepositions:
        for c in children:
            if (
                tree.dep[c] in ("obl", "advcl")
                and _marker(tree, c) in cue.prepositions
                and not is_time(tree, c)
                and c > i
            ):
                cut = {k for k in tree.children[c] if tree.dep[k] in ("case", "mark")}
                yield from _draft(
                    tree, tree.subtree(c, without=cut), sorted([*words, *cut]), source, "preposition"
                )
                return
    if "gerund" in frames:
        for c in children:
            if (
                tree.dep[c] in ("xcomp", "ccomp", "advcl")
                and tree.tag[c] == "VBG"
                and c > i
                and not _marker(tree, c)
            ):
                yield from _draft(tree, tree.subtree(c), words, source, "gerund")
                return
    if "object" in frames and object_ is not None:
        if (
            tree.pos[object_] == "NOUN"
            and cues.noun_cue(tree.lower[object_])
            and any(True for _ in _noun(tree, object_, cues.noun_cue(tree.lower[object_])))
        ):
            return
        yield from _draft(tree, tree.subtree(object_), words, source, "object")
        return
    if (
        "object" in frames
        and tree.dep[i] == "acl:relcl"
        and object_ is None
        and tree.pos[tree.head[i]] in ("NOUN", "PROPN")
    ):
        if (
            source is not None
            and source != tree.head[i]
            and tree.lower[source] not in ("who", "which", "that")
        ):
            above = tree.head[i]
            yield from _draft(tree, tree.subtree(above, without={i}), words, source, "relative")


def _has_to(tree: Tree, i: int) -> bool:
    return any(tree.dep[c] == "mark" and tree.lower[c] == "to" for c in tree.children[i])


def _marker(tree: Tree, i: int) -> str:
    """The preposition or conjunction that brings in a phrase or clause."""
    return next((tree.lower[c] for c in tree.children[i] if tree.dep[c] in ("case", "mark")), "")


def _host_clause(tree: Tree, verb: int) -> int | None:
    """The clause that a parenthetical speech clause stands in: "The road is open, the mayor said"."""
    above = tree.head[verb]
    if above == verb or tree.child(verb, "obj", "xcomp") is not None:
        return None
    has_subject = any(tree.dep[c].startswith("nsubj") for c in tree.children[verb])
    marker = _marker(tree, verb)
    if tree.dep[verb] in ("parataxis", "advcl") and (marker == "as" or (marker == "" and has_subject)):
        return above
    if tree.dep[verb] == "conj" and has_subject and tree.child(verb, "cc") is None and verb > above:
        return above
    return None


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


def _noun(tree: Tree, i: int, cue: Cue) -> Iterator[Draft]:
    """A noun's attribution: "his claim that ...", "the minister made a promise to ..."."""
    content, preposition = _complement(tree, i, cue)
    if not content:
        return
    words = [i, *preposition]
    source = tree.child(i, "nmod:poss")
    above = tree.head[i]
    if source is None and tree.dep[i] in ("obj", "obl", "xcomp") and tree.pos[above] in ("VERB", "AUX"):
        source = subject_of(tree, above) if not is_passive(tree, above) else agent_of(tree, above)
        words = [above, *words] if above < i else words
    if source is None:
        for c in tree.children[i]:
            if tree.dep[c] == "nmod" and _marker(tree, c) in ("by", "from", "among") and c not in content:
                source = c
    clause = any(tree.lower[c] in ("that", "whether") for c in content[:1])
    if source is not None or clause:
        yield from _draft(tree, content, words, source, "noun" if source is not None else "noun, no source")


def _adjective(tree: Tree, i: int, cue: Cue) -> Iterator[Draft]:
    """A predicate's attribution: "the minister is confident that ..."."""
    if tree.child(i, "cop") is None and tree.dep[i] not in ("xcomp", "conj", "advcl", "acl"):
        return
    content, preposition = _complement(tree, i, cue)
    source = subject_of(tree, i)
    if content and source is not None and tree.lower[source] not in ("it", "that", "this", "there", "which"):
        yield from _draft(tree, content, [i, *preposition], source, "adjective")


def _phrase(tree: Tree, i: int, length: int) -> Iterator[Draft]:
    """An adverbial of the source: "according to the ministry, ..."."""
    cue = list(range(i, i + length))
    first = i + length
    if first >= len(tree.head):
        return
    source = tree.head[i] if tree.dep[i] == "case" else tree.head[first - 1]
    if source < first or tree.sentence[source] != tree.sentence[i]:
        source = first
        while source + 1 < len(tree.head) and tree.head[source] > source:
            source = tree.head[source]
    host = tree.head[source]
    if host == source or tree.sentence[host] != tree.sentence[i]:
        return
    while (
        tree.pos[host] in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM")
        and tree.head[host] != host
        and tree.child(host, "cop", "nsubj") is None
    ):
        host = tree.head[host]
    content = tree.subtree(host, without={source, i})
    yield from _draft(tree, content, cue, source, "phrase")

"""Mends of the parse where names or tags know better: parts of a person's name, the main verb behind a long subject."""

from dataclasses import dataclass

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(slots=True)
class Arcs:
    """Head (index in the document, a root's is its own) and relation of each token."""

    head: list[int]
    relation: list[str]


@Language.component("mend_trees", requires=["doc.ents", "token.dep"], assigns=["token.dep", "token.head"])
def mend_trees(doc: Doc) -> Doc:
    """Mend heads and relations in place, inside sentences only."""
    if not doc.has_annotation("DEP"):
        return doc
    arcs = Arcs([token.head.i for token in doc], [token.dep_ for token in doc])
    before = (list(arcs.head), list(arcs.relation))
    for name in doc.ents:
        if name.label_ == "PERSON" and len(name) > 1:
            _join_name(name, arcs)
    for sentence in doc.sents:
        _raise_main_verb(sentence, arcs)
    if before == (arcs.head, arcs.relation):
        return doc
    strings = doc.vocab.strings
    values = np.empty((len(doc), 2), dtype="uint64")
    values[:, 0] = np.array([head - i for i, head in enumerate(arcs.head)], dtype="int64").view("uint64")
    values[:, 1] = [strings.add(relation) for relation in arcs.relation]
    return doc.from_array([HEAD, DEP], values)  # type: ignore[arg-type]  # its stub says floats


def _join_name(name: Span, arcs: Arcs) -> None:
    """Universal Dependencies: the first part of a name is its head, the others are `flat` below it."""
    start, end = name.start, name.end
    if not all(token.is_alpha or token.text[-1] == "." for token in name) or name[0].sent != name[-1].sent:
        return
    while start < end - 1 and arcs.relation[start] == "nmod:desc":  # a title taken into the name
        start += 1
    tops = [i for i in range(start, end) if arcs.head[i] == i or not start <= arcs.head[i] < end]
    if len(tops) == 2 and tops[0] == start and arcs.head[arcs.head[tops[1]]] == start:
        _rotate(start, arcs.head[tops[1]], arcs.relation[tops[1]], arcs)
    elif len(tops) != 1:
        return
    elif tops[0] != start:
        top = tops[0]
        arcs.head[start] = start if arcs.head[top] == top else arcs.head[top]
        arcs.relation[start] = arcs.relation[top]
    for i in range(name[0].sent.start, name[0].sent.end):
        if start < i < end:
            arcs.head[i], arcs.relation[i] = start, "flat"
        elif start < arcs.head[i] < end:
            arcs.head[i] = start


def _rotate(first: int, verb: int, relation: str, arcs: Arcs) -> None:
    """`Ana <- Duarte`, each half of a name on another side of a verb: the verb takes the first half's place, the name hangs below it."""
    arcs.head[verb] = verb if arcs.head[first] == first else arcs.head[first]
    arcs.relation[verb] = arcs.relation[first]
    arcs.head[first], arcs.relation[first] = verb, relation


def _raise_main_verb(sentence: Span, arcs: Arcs) -> None:
    """`The minister, a critic, resigned`: a finite verb without a subject below a noun that passes for the root is the root."""
    places = range(sentence.start, sentence.end)
    root = next((i for i in places if arcs.head[i] == i), None)
    if root is None or sentence.doc[root].pos_ not in _NOMINAL:
        return
    below = [i for i in places if arcs.head[i] == root and i != root]
    if any(arcs.relation[i] == "cop" for i in below):
        return
    verb = next((i for i in below if i > root and _main(sentence.doc[i], arcs)), None)
    if verb is None:
        return
    passive = any(child.dep_ == "aux:pass" for child in sentence.doc[verb].children)
    for i in below:
        if i >= verb:
            arcs.head[i] = verb
    arcs.relation[verb] = "ROOT"
    arcs.head[root], arcs.relation[root] = verb, "nsubj:pass" if passive else "nsubj"


def _main(token: Token, arcs: Arcs) -> bool:
    subject = any(child.dep_.startswith(("nsubj", "csubj", "expl")) for child in token.children)
    return (
        arcs.relation[token.i] in ("acl", "parataxis")
        and token.tag_ in _FINITE
        and token.pos_ == "VERB"
        and not subject
    )

"""Mends of the parse: parts of a name, the main verb behind a long subject."""

import spacy
from spacy.tokens import Doc, Span

from pipeline.language.trees import mend_trees

VOCAB = spacy.blank("en").vocab


def parsed(rows: list[tuple[str, str, str, int, str]], person: tuple[int, int] | None = None) -> Doc:
    """A document of (word, part of speech, tag, head, relation)."""
    words, pos, tags, heads, deps = map(list, zip(*rows, strict=True))
    doc = Doc(VOCAB, words=words, pos=pos, tags=tags, heads=heads, deps=deps)
    if person:
        doc.ents = [Span(doc, *person, label="PERSON")]
    return doc


def arcs(doc: Doc) -> list[tuple[str, str]]:
    return [(token.head.text, token.dep_) for token in doc]


def test_first_part_of_a_name_is_its_head():
    doc = parsed(
        [
            ("Mayor", "NOUN", "NN", 2, "nmod:desc"),
            ("Ana", "PROPN", "NNP", 2, "compound"),
            ("Duarte", "PROPN", "NNP", 3, "nsubj"),
            ("resigned", "VERB", "VBD", 3, "ROOT"),
        ],
        (1, 3),
    )
    assert arcs(mend_trees(doc)) == [
        ("Ana", "nmod:desc"),
        ("resigned", "nsubj"),
        ("Ana", "flat"),
        ("resigned", "ROOT"),
    ]
    assert len(list(doc.sents)) == 1


def test_title_inside_a_name_stays_a_title():
    doc = parsed(
        [
            ("Mayor", "NOUN", "NN", 1, "nmod:desc"),
            ("Duarte", "PROPN", "NNP", 2, "nsubj"),
            ("left", "VERB", "VBD", 2, "ROOT"),
        ],
        (0, 2),
    )
    before = arcs(doc)
    assert arcs(mend_trees(doc)) == before


def test_main_verb_behind_an_apposition():
    doc = parsed(
        [
            ("Duarte", "PROPN", "NNP", 0, "ROOT"),
            (",", "PUNCT", ",", 3, "punct"),
            ("a", "DET", "DT", 3, "det"),
            ("critic", "NOUN", "NN", 0, "appos"),
            (",", "PUNCT", ",", 0, "punct"),
            ("resigned", "VERB", "VBD", 0, "acl"),
            (".", "PUNCT", ".", 0, "punct"),
        ]
    )
    found = arcs(mend_trees(doc))
    assert (found[0], found[5], found[6]) == (
        ("resigned", "nsubj"),
        ("resigned", "ROOT"),
        ("resigned", "punct"),
    )


def test_participle_is_no_main_verb():
    doc = parsed(
        [
            ("homes", "NOUN", "NNS", 0, "ROOT"),
            ("built", "VERB", "VBN", 0, "acl"),
            ("there", "ADV", "RB", 1, "advmod"),
        ]
    )
    before = arcs(doc)
    assert arcs(mend_trees(doc)) == before


def test_unparsed_text_stays_as_it_is():
    assert mend_trees(Doc(VOCAB, words=["Hello"])).text.strip() == "Hello"

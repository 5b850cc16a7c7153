"""News constructions made out of treebank sentences."""

from random import Random

import pytest

from pipeline.language.train.conllu import Sentence, Word
from pipeline.language.train.constructions import bare_number, heading, trailing_attribution, weekday


def sentence(*rows: tuple[str, str, str, int, str]) -> Sentence:
    """Words as (form, lemma, part of speech and tag, head, relation)."""
    tags = {"NOUN": "NN", "VERB": "VBD", "PUNCT": ".", "SCONJ": "IN", "DET": "DT"}
    feats = {"VERB": "Mood=Ind|Tense=Past|VerbForm=Fin"}
    words = [
        Word(form, lemma, upos, tags[upos], feats.get(upos, ""), head, dep)
        for form, lemma, upos, head, dep in rows
    ]
    words[-2].space = words[-1].space = False
    return Sentence(words)


@pytest.fixture
def said():
    return sentence(
        ("The", "the", "DET", 1, "det"),
        ("bank", "bank", "NOUN", 2, "nsubj"),
        ("said", "say", "VERB", 2, "ROOT"),
        ("that", "that", "SCONJ", 6, "mark"),
        ("the", "the", "DET", 5, "det"),
        ("prices", "price", "NOUN", 6, "nsubj"),
        ("hit", "hit", "VERB", 2, "ccomp"),
        ("homes", "home", "NOUN", 6, "obj"),
        (".", ".", "PUNCT", 2, "punct"),
    )


def text(found: Sentence) -> str:
    return "".join(word.form + " " * word.space for word in found.words)


def arcs(found: Sentence) -> set[tuple[str, str, str]]:
    return {(word.form.lower(), word.dep, found.words[word.head].form.lower()) for word in found.words}


@pytest.mark.parametrize(
    ("draw", "expected"),
    [(0.9, "The prices hit homes, the bank said."), (0.1, "The prices hit homes, said the bank.")],
)
def test_attribution_goes_behind_the_statement(said, draw, expected):
    class Fixed(Random):
        def random(self) -> float:
            return draw

    found = trailing_attribution(said, Fixed())
    assert text(found) == expected
    kept = {arc for arc in arcs(said) if arc[0] != "that"}
    assert arcs(found) == kept | {(",", "punct", "said")}


def test_no_attribution_without_a_verb_of_saying(said):
    said.words[2].lemma = "see"
    assert trailing_attribution(said, Random(0)) is None


def test_weekday_behind_a_verb_without_object(said):
    found = weekday(said, Random(0))
    day = found.words[3]
    assert (day.dep, found.words[day.head].form, day.form.endswith("day")) == ("obl:unmarked", "said", True)
    assert {arc for arc in arcs(found) if arc[0] != day.form.lower()} == arcs(said)


def test_heading_loses_its_stop_and_gains_capitals(said):
    class Fixed(Random):
        def random(self) -> float:
            return 0.9

    found = heading(said, Fixed())
    assert text(found).strip() == "The Bank Said that the Prices Hit Homes"
    assert len(said.words) == len(found.words) + 1


def test_number_alone_takes_the_place_of_people():
    words = [
        Word("Bombs", "bomb", "NOUN", "NNS", "", 1, "nsubj"),
        Word("killed", "kill", "VERB", "VBD", "", 1, "ROOT"),
        Word("12", "12", "NUM", "CD", "", 3, "nummod"),
        Word("people", "person", "NOUN", "NNS", "", 1, "obj", space=False),
        Word("there", "there", "ADV", "RB", "", 1, "advmod"),
    ]
    found = bare_number(Sentence(words))
    assert [(w.form, w.dep, w.head) for w in found.words] == [
        ("Bombs", "nsubj", 1),
        ("killed", "ROOT", 1),
        ("12", "obj", 1),
        ("there", "advmod", 1),
    ]
    assert bare_number(Sentence(words[:2])) is None

"""Headings in title case, and which texts count as such."""

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.language.headings import TABLE, in_title_case


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


@pytest.mark.parametrize(
    "text",
    [
        "Court Blocks New Fuel Tax",
        "Floods Kill Dozens in the North of Ghana",
        "MINISTERS DEMAND ANSWERS FROM BANKS",
    ],
)
def test_title_case(blank, text):
    assert in_title_case(blank(text))


@pytest.mark.parametrize(
    "text",
    [
        "Court blocks new fuel tax",
        "President Ana Duarte Lopez Resigned.",
        "Ghana Prices",
        "",
        " ",
        "Court Blocks\nNew Fuel Tax",
    ],
)
def test_other_texts(blank, text):
    assert not in_title_case(blank(text))


def test_read_in_lower_case_and_given_back(blank):
    nlp = spacy.blank("en")

    @spacy.Language.component("tag_by_case")
    def tag_by_case(doc: Doc) -> Doc:
        for token in doc:
            token.pos_ = "VERB" if token.text == "blocks" else "PROPN" if token.text[0].isupper() else "NOUN"
            token.lemma_ = token.lower_
        return doc

    nlp.add_pipe("tag_by_case")
    nlp.add_pipe("title_case").lookups.add_table(
        TABLE, {"court": True, "blocks": True, "fuel": True, "tax": True}
    )
    doc = nlp("Court Blocks Duarte Fuel Tax")
    assert [t.text for t in doc] == ["Court", "Blocks", "Duarte", "Fuel", "Tax"]
    assert [t.pos_ for t in doc] == ["NOUN", "VERB", "PROPN", "NOUN", "NOUN"]
    assert doc[1].lemma_ == "blocks"

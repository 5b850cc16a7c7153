"""The language pipeline: it loads, it parses, and it does so the same way each time."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from pipeline.language import MODEL, load

TEXT = "Kenyan officials met Ana Duarte in Geneva on Monday. “We exported less,” she said."


@pytest.fixture(scope="module")
def nlp():
    return load()


def test_loaded_once(nlp):
    assert load() is nlp


def test_tokenizer_is_that_of_the_folder(nlp):
    as_spacy_loads_it = spacy.load(MODEL, exclude=["encoder_reader", "hybrid_lemmatizer"]).tokenizer
    assert nlp.tokenizer.to_bytes(exclude=["vocab"]) == as_spacy_loads_it.to_bytes(exclude=["vocab"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("anti-government", ["anti-government"]),
        ("Non-profit", ["Non-profit"]),
        ("pro-EU", ["pro-EU"]),
        ("canti-lever", ["canti", "-", "lever"]),
        ("twenty-one", ["twenty", "-", "one"]),
    ],
)
def test_affixes_keep_their_hyphen_and_only_where_they_stand_alone(nlp, text, words):
    assert [token.text for token in nlp.make_doc(text)] == words


def test_parse_names_and_lemmas(nlp):
    doc = nlp(TEXT)
    assert [s.text for s in doc.sents] == [
        "Kenyan officials met Ana Duarte in Geneva on Monday.",
        "“We exported less,” she said.",
    ]
    assert {(e.text, e.label_) for e in doc.ents} >= {
        ("Kenyan", "NORP"),
        ("Ana Duarte", "PERSON"),
        ("Geneva", "LOC"),
    }
    by = {t.text: t for t in doc}
    assert (by["officials"].dep_, by["officials"].head.text) == ("nsubj", "met")
    assert (by["Ana"].dep_, by["exported"].lemma_, by["met"].tag_, by["met"].pos_) == (
        "obj",
        "export",
        "VBD",
        "VERB",
    )


def test_same_in_any_batch(nlp):
    alone = nlp(TEXT).to_json()
    assert [d.to_json() for d in nlp.pipe([TEXT, "He left.", TEXT], batch_size=2)][2] == alone


def test_same_alone_and_joined(nlp):
    """A paragraph's vectors do not hang on what else is read: bit for bit, also behind longer and shorter ones."""
    texts = ["He left.", TEXT, "Prices of wheat rose. " * 60, TEXT]
    joined = Doc.from_docs([nlp(text) for text in texts], ensure_whitespace=False)
    alone = nlp(TEXT)
    assert np.array_equal(joined.tensor[-len(alone) :], alone.tensor)
    assert alone.tensor.shape == (len(alone), 384) and alone.tensor.any(axis=1).all()


def test_one_root_a_sentence(nlp):
    doc = nlp(TEXT + " " + "The bank cut rates, and the ministers of Ghana, Mali and Chad agreed. " * 40)
    assert len(list(doc.sents)) > 30
    for sentence in doc.sents:
        assert [t.dep_ for t in sentence if t.head is t or t.head.i == t.i] == ["ROOT"]
        assert all(t.head.sent.start == sentence.start for t in sentence)


def test_heading_is_no_name(nlp):
    doc = nlp("Brazil Condemns New Tariffs on Steel Imports")
    assert len(list(doc.sents)) == 1
    assert max((len(e) for e in doc.ents), default=0) <= 2
    assert next(t for t in doc if t.text == "Condemns").pos_ == "VERB"


def test_dateline_takes_no_part(nlp):
    doc = nlp("NAIROBI (Reuters) - President Ana Duarte said on Monday that prices would fall.")
    said = next(t for t in doc if t.text == "said")
    assert next(t for t in said.children if t.dep_ == "nsubj").text == "Ana"
    assert said.sent.text.startswith("President")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "”",
        "a" * 3000,
        "😀" * 300,
        "\x00\x07 a",
        "(" * 300,
        "א ב",
        "\u200b\u200d",
        " a\n \nb ",
    ],
)
def test_any_text(nlp, text):
    assert nlp(text).text == text


def test_unknown_model_says_what_to_do():
    with pytest.raises(OSError, match="NEWSTABLES_LANGUAGE_MODEL"):
        load("no_such_model")


def test_model_of_another_kind_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="Universal Dependencies"):
        load(str(tmp_path / "blank"))

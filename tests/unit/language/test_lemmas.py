"""Lemmas: the trained one, or the rule's where the trained one is no word."""

import spacy
from spacy.lookups import Lookups
from spacy.tokens import Doc

from pipeline.language.lemmas import HybridLemmatizer


def lemmatizer(nlp) -> HybridLemmatizer:
    component = nlp.add_pipe("hybrid_lemmatizer")
    tables = Lookups()
    tables.add_table("lemma_rules", {"verb": [["ed", "e"], ["ed", ""]], "noun": [["s", ""]], "adj": []})
    tables.add_table("lemma_exc", {"verb": {"fell": ["fall"]}, "noun": {}, "adj": {}})
    tables.add_table(
        "lemma_index",
        {"verb": {"spark": True, "export": True, "fall": True}, "noun": {"minister": True}, "adj": {}},
    )
    component.set_tables(tables)
    return component


def lemmas(component, nlp, words, pos, given):
    return [t.lemma_ for t in component(Doc(nlp.vocab, words=words, pos=pos, lemmas=given))]


def test_only_unknown_lemmas_are_replaced():
    nlp = spacy.blank("en")
    component = lemmatizer(nlp)
    words = ["Ministers", "sparked", "exported", "fell", "Sparked"]
    given = ["minister", "sparke", "export", "felle", "Sparked"]
    pos = ["NOUN", "VERB", "VERB", "VERB", "PROPN"]
    assert lemmas(component, nlp, words, pos, given) == ["minister", "spark", "export", "fall", "Sparked"]


def test_tables_survive_saving(tmp_path):
    nlp = spacy.blank("en")
    lemmatizer(nlp)
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert lemmas(again.get_pipe("hybrid_lemmatizer"), again, ["sparked"], ["VERB"], ["sparke"]) == ["spark"]

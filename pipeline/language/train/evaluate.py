"""Scores of a language pipeline on raw text with its own tokenizer: tags and trees by paragraph, names by text."""

from collections import Counter
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.pipeline.morphologizer import morphologizer_score
from spacy.pipeline.tagger import tagger_score
from spacy.tokens import Doc
from spacy.training import Example

from pipeline.language.train import corpora

TREEBANKS = ("gumnews-devtest", "gum-test", "ewt-test")
NAMES = (
    "ner-gumnews-devtest",
    "ner-gum-test",
    "ner-uner-test",
    "ner-wikigold-test",
    "ner-re3d-test",
    "ner-re3d-bbc",
    "ner-btcnews-test",
    "ner-gmb-test",
)
IN_MEAN = tuple(name for name in NAMES if name != "ner-gmb-test")
LABELS = ("PERSON", "ORG", "LOC", "NORP")
_MEASURES = {
    "upos": "pos_acc",
    "xpos": "tag_acc",
    "feats": "morph_acc",
    "lemma": "lemma_acc",
    "uas": "dep_uas",
    "las": "dep_las",
    "sentence_f1": "sents_f",
}
RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "ccomp",
    "xcomp",
    "advcl",
    "conj",
    "appos",
    "nmod",
    "nmod:desc",
    "flat",
    "parataxis",
)

Scores = dict[str, dict[str, float]]


def tree_scores(nlp: Language, gold: list[Doc]) -> dict[str, float]:
    """Accuracies and F1 in per cent, attachment without punctuation (spaCy's scorer); `las_<relation>` is a relation's F1."""
    examples = [Example(nlp(doc.text), doc) for doc in gold]
    found: dict[str, Any] = {}
    for score in (tagger_score, morphologizer_score, lemmatizer_score, parser_score):
        found |= score(examples)
    scores = {name: _percent(found[key]) for name, key in _MEASURES.items()}
    by_relation = found["dep_las_per_type"] or {}
    scores.update({f"las_{r}": _percent(by_relation[r]["f"]) for r in RELATIONS if r in by_relation})
    return scores


def name_scores(nlp: Language, gold: list[Doc]) -> dict[str, float]:
    """F1, precision and recall of names in per cent (span and label), then F1 of each label; gold words of unknown status are passed over."""
    counts: Counter[tuple[str, str]] = Counter()
    found = list(nlp.pipe([doc.text for doc in gold]))
    for doc, predicted in zip(gold, found, strict=True):
        words = Example(predicted, doc).alignment.x2y
        right = {(e.label_, e.start, e.end) for e in doc.ents}
        counts.update((label, "gold") for label, _, _ in right)
        for name in predicted.ents:
            at = words[name.start : name.end]
            if len(at) and all(token.ent_iob != 0 for token in doc[at[0] : at[-1] + 1]):
                counts[name.label_, "found"] += 1
                counts[name.label_, "right"] += (name.label_, int(at[0]), int(at[-1]) + 1) in right
    total = {kind: sum(counts[label, kind] for label in LABELS) for kind in ("gold", "found", "right")}
    scores = {
        "f1": _f1(total["right"], total["found"], total["gold"]),
        "precision": _percent(total["right"] / max(1, total["found"])),
        "recall": _percent(total["right"] / max(1, total["gold"])),
    }
    by_label = {
        label: _f1(counts[label, "right"], counts[label, "found"], counts[label, "gold"]) for label in LABELS
    }
    return scores | by_label | {"names": float(total["gold"])}


def evaluate(nlp: Language, data: Path) -> Scores:
    """All scores by set, and `names_mean` over the sets IN_MEAN."""
    scores: Scores = {}
    for name in TREEBANKS:
        scores[name] = tree_scores(nlp, corpora.paragraphs(nlp.vocab, data, name))
    for name in NAMES:
        scores[name] = name_scores(nlp, corpora.names(nlp.vocab, data, name))
    scores["names_mean"] = {"f1": round(sum(scores[name]["f1"] for name in IN_MEAN) / len(IN_MEAN), 1)}
    return scores


def _percent(value: float) -> float:
    return round(100 * value, 1)


def _f1(right: int, found: int, gold: int) -> float:
    return round(200 * right / (found + gold), 1) if found + gold else 0.0

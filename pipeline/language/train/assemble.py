"""Join the trained parts into one pipeline: names, sentence starts, tagger to parser, lemmas."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.tokens import Doc

from pipeline.language.headings import TABLE, TitleCase
from pipeline.language.lemmas import HybridLemmatizer
from pipeline.language.train import corpora, rows

ABOUT = {
    "lang": "en",
    "name": "newstables",
    "version": "1.0.0",
    "description": "English news: tags, morphology, lemmas, Universal Dependencies, names (PERSON ORG LOC NORP).",
    "license": "CC BY-SA 4.0",
    "notes": "How it was trained and how well it does: docs/language.md of newstables.",
    "sources": [
        {"name": name, "author": author, "license": licence}
        for name, author, licence in (
            ("UD English-EWT", "Natalia Silveira and others", "CC BY-SA 4.0"),
            (
                "GUM, genres without a non-commercial clause",
                "Amir Zeldes and others",
                "CC BY 4.0; texts CC BY, CC BY-SA or public domain",
            ),
            ("UNER English-EWT, dev", "Universal NER contributors", "CC BY-SA 4.0"),
            ("wikigold", "Dominic Balasuriya and others", "CC BY 4.0"),
            ("re3d without BBC", "Dstl", "public domain, OGL 3, CC BY-SA 3.0, CC BY 3.0 AU"),
            ("Broad Twitter Corpus", "Leon Derczynski and others", "CC BY 4.0"),
            ("WNUT17", "Leon Derczynski and others", "CC BY 4.0"),
            (
                "Groningen Meaning Bank, newswire",
                "Johan Bos and others",
                "Open Database Licence, as published with the copy used",
            ),
            ("WordNet 3.0, as packed in spacy-lookups-data", "Princeton University", "WordNet 3.0 licence"),
        )
    ],
}
_EDITED = ("ner-gmb-train", "ner-gum-train", "ner-wikigold-train", "ner-re3d-train")
_STARTS = frozenset('.?!"“:')
_OPEN = ("VERB", "NOUN", "ADJ")


def assemble(parser: Path, names: Path, data: Path, out: Path) -> Language:
    """Write the pipeline to `out`: the parser's parts, the names' with a tok2vec of their own, and the rule components.

    `data` holds the data files: their lemmas count as known words, their spelling says which words are written in lower case.
    """
    nlp = spacy.load(parser)
    ner = spacy.load(names)
    ner.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    # Names come first: spaCy lets no name cross a sentence start, and predicted starts are sometimes wrong.
    nlp.add_pipe("ner", source=ner, first=True)
    nlp.add_pipe("news_sentences", after="ner")
    nlp.add_pipe("mend_trees", after="parser")
    lemmatizer = nlp.add_pipe("hybrid_lemmatizer", last=True)
    assert isinstance(lemmatizer, HybridLemmatizer)
    lemmatizer.set_tables(lemma_tables(corpora.treebanks(data)))
    title_case = nlp.add_pipe("title_case", last=True)
    assert isinstance(title_case, TitleCase)
    title_case.lookups.add_table(TABLE, dict.fromkeys(lower_case_words(data), True))
    nlp.meta.update(ABOUT)
    nlp.meta["performance"] = {}
    nlp.to_disk(out)
    return nlp


def lemma_tables(treebanks: Iterable[Doc]) -> Lookups:
    """WordNet's tables from spacy-lookups-data, open classes only, with the lemmas of the treebanks as further words."""
    source = load_lookups("en", ["lemma_rules", "lemma_exc", "lemma_index"])
    seen: dict[str, set[str]] = {pos: set() for pos in _OPEN}
    for doc in treebanks:
        for token in doc:
            if token.pos_ in seen:
                seen[token.pos_].add(token.lemma_.lower())
    tables = Lookups()
    for name in source.tables:
        table = source.get_table(name)
        kept = {pos.lower(): table[pos.lower()] for pos in _OPEN}
        if name == "lemma_index":
            kept = {
                pos: dict.fromkeys(sorted({*words, *seen[pos.upper()]}), True) for pos, words in kept.items()
            }
        tables.add_table(name, kept)
    return tables


def lower_case_words(data: Path) -> list[str]:
    """Words that the training texts write in lower case at least twice as often as with a capital inside a sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for words in _running_text(data):
        for before, word in zip([".", *words], words, strict=False):
            if word[:1].isalpha() and word == word.lower():
                small[word] += 1
            elif word[:1].isupper() and before not in _STARTS:
                capital[word.lower()] += 1
    return sorted(word for word, n in small.items() if n > 2 * capital[word])


def _running_text(data: Path) -> Iterator[list[str]]:
    for doc in corpora.treebanks(data):
        yield from ([token.text for token in sentence] for sentence in doc.sents)
    for name in _EDITED:
        yield from (row.words for row in rows.training_rows(data, name))


def record_scores(model: Path, scores: dict[str, object]) -> None:
    """Put the scores into a model's meta.json."""
    path = model / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["performance"] = scores
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

"""Join the trained network, the tokenizer and the lemma tables into one pipeline of spaCy."""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.tokens import Doc

from pipeline.language.lemmas import HybridLemmatizer
from pipeline.language.pieces import Pieces, Splitter
from pipeline.language.reader import LABELS, PIECES, EncoderReader
from pipeline.language.train import corpora
from pipeline.language.train.export import export
from pipeline.language.train.net import Net
from pipeline.language.train.tokenizer import adapt

ABOUT = {
    "lang": "en",
    "spacy_version": ">=3.8.7,<3.9.0",
    "name": "newstables",
    "version": "2.0.0",
    "description": "English news: tags, morphology, lemmas, Universal Dependencies, names (PERSON ORG LOC NORP).",
    "license": "CC BY-SA 4.0",
    "notes": "How it was trained and how well it does: docs/language.md of newstables.",
    "sources": [
        {"name": name, "author": author, "license": licence}
        for name, author, licence in (
            (
                "all-MiniLM-L6-v2, the encoder that training starts from",
                "sentence-transformers (Nils Reimers and others), after MiniLM by Microsoft",
                "Apache-2.0",
            ),
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
_OPEN = ("VERB", "NOUN", "ADJ")
_EVERY, _WORDS = 30, 150
"""On which paragraphs of the treebanks the network's numbers are measured: one of so many, so many words of it."""


def assemble(net: Net, pieces: Path, data: Path, out: Path) -> Language:
    """Write the pipeline to `out`.

    `pieces`: the encoder's tokenizer.json. `data` holds the data files: the lemmas of the treebanks count as known words.
    """
    files = out.with_name(f"{out.name}.files")
    files.mkdir(parents=True, exist_ok=True)
    export(net, files, list(_texts(data, Splitter(pieces))))
    net.labels.save(files / LABELS)
    shutil.copyfile(pieces, files / PIECES)
    nlp = spacy.blank("en")
    adapt(nlp)
    nlp.add_pipe("news_sentences")
    reader = nlp.add_pipe("encoder_reader")
    assert isinstance(reader, EncoderReader)
    reader.from_disk(files)
    lemmatizer = nlp.add_pipe("hybrid_lemmatizer")
    assert isinstance(lemmatizer, HybridLemmatizer)
    lemmatizer.set_tables(lemma_tables(corpora.treebanks(data)))
    nlp.meta.update(ABOUT)
    nlp.meta["performance"] = {}
    nlp.to_disk(out)
    shutil.rmtree(files)
    return nlp


def _texts(data: Path, splitter: Splitter) -> Iterator[Pieces]:
    """Paragraphs of the treebanks, as the network takes them."""
    vocab = spacy.blank("en").vocab
    for name in corpora.TREEBANKS:
        for doc in corpora.paragraphs(vocab, data, name)[::_EVERY]:
            window = doc[:_WORDS]
            yield splitter([token.text for token in window], [bool(token.whitespace_) for token in window])


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


def record_scores(model: Path, scores: dict[str, object]) -> None:
    """Put the scores into a model's meta.json."""
    path = model / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["performance"] = scores
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

"""Lemmas: the trained lemma where it is a word, the rule's where it is none.

A trained lemmatizer knows the context but makes up verbs ("sparke", "reiterat"); rules over WordNet's word list do not.
"""

from collections.abc import Iterable
from pathlib import Path

from spacy.lang.en import English
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.symbols import ADJ, NOUN, VERB
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList

_OPEN = {"verb": VERB, "noun": NOUN, "adj": ADJ}


class HybridLemmatizer(EnglishLemmatizer):
    """spaCy's rule lemmatizer (tables of WordNet), put to use only on lemmas that its word list does not know."""

    _known: dict[int, dict[str, bool]]

    def __call__(self, doc: Doc) -> Doc:
        """Mend the lemmas of verbs, nouns and adjectives in place."""
        for token in doc:
            known = self._known.get(token.pos)
            if known is not None and token.lemma_.lower() not in known:
                token.lemma_ = self.rule_lemmatize(token)[0]
        return doc

    def set_tables(self, lookups: Lookups) -> None:
        """Take `lemma_rules`, `lemma_exc` and `lemma_index` (words as keys: lists would be slow to ask), each by part of speech."""
        self.lookups = lookups
        index = lookups.get_table("lemma_index")
        self._known = {pos: index[name] for name, pos in _OPEN.items()}
        self._validated = True

    def from_disk(
        self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()
    ) -> "HybridLemmatizer":
        """Load the tables from a model's folder."""
        super().from_disk(path, exclude=exclude)
        self.set_tables(self.lookups)
        return self

    def from_bytes(
        self, bytes_data: bytes, *, exclude: Iterable[str] = SimpleFrozenList()
    ) -> "HybridLemmatizer":
        """Load the tables from bytes."""
        super().from_bytes(bytes_data, exclude=exclude)
        self.set_tables(self.lookups)
        return self


@English.factory("hybrid_lemmatizer", requires=["token.pos", "token.lemma"], assigns=["token.lemma"])
def make_hybrid_lemmatizer(nlp: Language, name: str) -> HybridLemmatizer:
    """The component, without its tables yet."""
    return HybridLemmatizer(nlp.vocab, None, name, mode="rule", overwrite=True)

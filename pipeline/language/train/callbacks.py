"""Callbacks that the training configurations name."""

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.util import registry

from pipeline.language.train.tokenizer import adapt


@registry.callbacks("newstables.tokenizer")  # type: ignore[untyped-decorator]
def tokenizer() -> Callable[[Language], None]:
    """For `initialize.before_init`: the tokenizer of the project."""
    return adapt


@registry.callbacks("newstables.copy_tok2vec")  # type: ignore[untyped-decorator]
def copy_tok2vec(source: str) -> Callable[[Language], Language]:
    """For `initialize.after_init`: start from the word vectors of a trained pipeline of the same width."""

    def copy(nlp: Language) -> Language:
        trained, new = (pipeline.get_pipe("tok2vec") for pipeline in (spacy.load(source), nlp))
        assert isinstance(trained, Tok2Vec) and isinstance(new, Tok2Vec)
        new.model.from_bytes(trained.model.to_bytes())
        return nlp

    return copy

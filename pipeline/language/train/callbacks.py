"""Callbacks that the training configurations name."""

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.pipeline import EditTreeLemmatizer, Tok2Vec
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


@registry.callbacks("newstables.lemma_labels")  # type: ignore[untyped-decorator]
def lemma_labels() -> Callable[[Language], Language]:
    """For `initialize.after_init` when training goes on: spaCy forgets on loading which label a lemma's edit tree has."""

    def restore(nlp: Language) -> Language:
        pipe = dict(nlp.components)[
            "trainable_lemmatizer"
        ]  # get_pipe does not see it: it is disabled while others are initialised
        assert isinstance(pipe, EditTreeLemmatizer)
        pipe.tree2label = {tree: label for label, tree in enumerate(pipe.cfg["labels"])}
        return nlp

    return restore

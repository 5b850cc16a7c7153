"""The spaCy pipeline that every extraction reads from: the project's own model, or another one that the settings name.

How the own model was trained: `pipeline.language.train`. Its scores: docs/language.md.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry

# importing them registers the components that a model names
from pipeline.language import lemmas, reader, sentences
from pipeline.settings import settings

MODEL = Path(__file__).parent / "model"
"""The project's own model."""

_EMPTY = "newstables.EmptyTokenizer.v1"

__all__ = ["MODEL", "lemmas", "load", "reader", "sentences"]


@registry.tokenizers(_EMPTY)  # type: ignore[untyped-decorator]
def make_empty_tokenizer() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules, for a model whose folder holds them: spaCy would first make its own English ones."""
    return lambda nlp: Tokenizer(nlp.vocab)


@cache
def load(name: str | None = None) -> Language:
    """The language pipeline, loaded once a process.

    `name`: a spaCy package or folder with Universal Dependencies labels; without one, the settings', or else the project's own.
    Feed it a paragraph or heading at a time. Raises OSError where the model cannot be loaded, ValueError where it lacks
    Universal Dependencies labels or names.
    """
    model = name or settings().language_model or str(MODEL)
    own = {"nlp.tokenizer.@tokenizers": _EMPTY} if model == str(MODEL) else {}
    try:
        nlp = spacy.load(model, config=own)
    except OSError as error:
        raise OSError(
            f"No language model at {model!r}. Set NEWSTABLES_LANGUAGE_MODEL to a folder or an installed package of a spaCy pipeline "
            "with Universal Dependencies labels, or unset it to use the model that comes with newstables."
        ) from error
    _check(nlp, model)
    return nlp


def _check(nlp: Language, model: str) -> None:
    """Complain about a pipeline that extraction cannot read from."""
    labels = {label for found in nlp.pipe_labels.values() for label in found}
    if not {"nsubj", "obj", "obl", "ccomp"} <= labels or not labels & {"PERSON", "PER"}:
        raise ValueError(
            f"The language model {model!r} needs a parser with Universal Dependencies labels (nsubj, obj, obl, ccomp ...) and a component "
            "for names. Set NEWSTABLES_LANGUAGE_MODEL to one that has both, or unset it."
        )

"""The spaCy pipeline that every extraction reads from."""

from functools import cache

import spacy
from spacy.language import Language

from pipeline.settings import settings


@cache
def load(name: str | None = None) -> Language:
    """The language pipeline, loaded once a process.

    `name`: a spaCy package or folder with Universal Dependencies labels; without one, the settings' (the project's own).
    """
    return spacy.load(name or settings().language_model)

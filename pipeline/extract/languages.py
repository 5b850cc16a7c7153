"""Which language an article is written in, where that is clear. Rules made for one language must not read another."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 4_000
_MIN_LETTERS = 20
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_SURE, _SURE_OF_SCRIPT = 0.95, 0.5
_ENGLISHES = frozenset({"en", "pcm", "sco"})
"""English, and what news in English is taken for where it tells of Nigeria or Scotland."""


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str, expected: str) -> str:
    """The ISO 639 code of the language that a text is surely in, else the expected one.

    Short texts and doubtful cases are as expected: a sentence of names and figures looks like any language.
    """
    sample = text[:_SAMPLE]
    n_letters = len(_LETTER.findall(sample))
    if n_letters < _MIN_LETTERS:
        return expected
    found, probability = _identifier().classify(sample)
    if found in _ENGLISHES:
        found = "en"
    latin = len(_LATIN.findall(sample)) >= n_letters / 2
    sure = _SURE if latin else _SURE_OF_SCRIPT
    return str(found) if probability >= sure else expected

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
_MIN_PARAGRAPH = 80
"""Letters of a paragraph from which on its language can be told."""
_COMMON = re.compile(r"\b(?:the|of|and|to|in|that|was|for|on|with|said|by)\b", re.I)
_ENGLISH_SHARE = 0.12
"""Share of the commonest English words among all words: no other language has as many, most English paragraphs have more."""
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
    if expected == "en" and _is_english(sample):
        return expected  # the model of all languages takes a second to load
    found, probability = _identifier().classify(sample)
    if found in _ENGLISHES:
        found = "en"
    latin = len(_LATIN.findall(sample)) >= n_letters / 2
    sure = _SURE if latin else _SURE_OF_SCRIPT
    return str(found) if probability >= sure else expected


def in_other_languages(paragraphs: list[str], language: str, expected: str) -> list[bool]:
    """For each paragraph of an article in `language`, whether it is not to be read as the expected language.

    In an article of the expected language the paragraphs that are surely in another; in any other article all that are
    not surely in the expected one. Short paragraphs follow the article.
    """
    foreign = language != expected
    out = []
    for text in paragraphs:
        if len(_LETTER.findall(text[:_SAMPLE])) < _MIN_PARAGRAPH:
            out.append(foreign)
        elif expected == "en" and _is_english(text):
            out.append(False)
        else:
            out.append(identify(text, "" if foreign else expected) != expected)
    return out


def _is_english(text: str) -> bool:
    return len(_COMMON.findall(text)) >= _ENGLISH_SHARE * len(text.split())

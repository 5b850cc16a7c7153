"""Content words of a sentence, weighted by their distance from the word that the row is about."""

import calendar
import re
from functools import lru_cache

import snowballstemmer
from spacy.lang.en.stop_words import STOP_WORDS

WINDOW = 14
"""Words on each side that still belong to the row's surroundings."""
HALVED_AT = 6.0
"""Distance in words at which a word counts half."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BREAK = re.compile(r"[;:—–\n]|\s-\s")
_STEMMER = snowballstemmer.stemmer("english")
_CALENDAR = {
    name.lower() for name in (*calendar.day_name, *calendar.month_name, *calendar.month_abbr) if name
}
_SAYING = {
    "say",
    "said",
    "says",
    "saying",
    "tell",
    "told",
    "according",
    "report",
    "reported",
    "reportedly",
    "add",
    "added",
    "statement",
    "official",
    "officials",
}
_NO_CONTENT = STOP_WORDS | _CALENDAR | _SAYING


@lru_cache(maxsize=200_000)
def stem(word: str) -> str | None:
    """The stem of a content word; None for function words, days, months and words of saying."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) < 2 or word in _NO_CONTENT:
        return None
    return str(_STEMMER.stemWord(word))


def stems(text: str | None) -> frozenset[str]:
    """The stems of all content words."""
    return frozenset(s for word in _WORD.findall(text or "") if (s := stem(word)))


def surroundings(sentence: str, start: int, end: int) -> dict[str, float]:
    """Stems around characters `start` to `end` of a sentence, with weights from 1 down; the words there are left out.

    Words behind a dash, colon or semicolon count half: they belong to another clause.
    """
    left = list(_WORD.finditer(sentence, 0, max(0, start)))[-WINDOW:]
    right = list(_WORD.finditer(sentence, end))[:WINDOW]
    weights: dict[str, float] = {}
    for words, edge in ((reversed(left), start), (iter(right), end)):
        for distance, match in enumerate(words):
            found = stem(match[0])
            if found is None:
                continue
            between = sentence[min(edge, match.end()) : max(edge, match.start())]
            weight = 1.0 / (1.0 + distance / HALVED_AT)
            if _BREAK.search(between):
                weight /= 2
            weights[found] = max(weights.get(found, 0.0), weight)
    return weights

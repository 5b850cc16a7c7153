"""Sentence starts in edited text, set before the network reads; it keeps what is set here.

A reader trained on web text starts sentences inside news sentences ("strikes | against five boats"), which costs the whole
tree. In edited text a sentence starts only after final punctuation; a dateline stands apart, or it takes the subject's place.
"""

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import table

_CLOSING = frozenset("”’»\"')]")
_BRACKETS = frozenset(")]")
_FINAL = frozenset(".?!…:;")
_WORD = r"[A-ZÀ-Þ][\w.’'-]*"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]+)*"
_REGION = rf"(?:, {_WORD}(?: {_WORD})*)?"
_DAY = r"(?:, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+))"
_AGENCY = rf" ?\({_WORD}(?:[ /&]{_WORD})*\)"
_DATELINE = re.compile(
    rf"\s*(?:{_WORD}(?: {_WORD})*{_REGION}{_DAY}?{_AGENCY} ?(?:--|[-–—:])"
    rf"|{_CAPITALS}{_REGION}{_DAY} ?(?:--|[-–—])|{_CAPITALS}{_REGION} ?(?:--|[–—]))\s+(?=[A-ZÀ-Þ\"“‘'])"
)
"""`LONDON (Reuters) - `, `KYIV, Ukraine (AP) — `, `GENEVA -- `, `PARIS, Jan 3 - `"""
_MAX_DATELINE = 80
_SHORT = re.compile(r"[ap]\.m\.|(?:[A-Z]\.){2,}|(?:Inc|Corp|Ltd|Co|Jr|Sr|etc)\.")
_OPENERS = frozenset(
    [
        "The",
        "He",
        "She",
        "It",
        "They",
        "We",
        "In",
        "On",
        "At",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "His",
        "Her",
        "Their",
        "Its",
        "There",
        "Then",
        "When",
        "After",
        "If",
    ]
)
"""Words that are no names: with a capital behind a stop they begin a sentence."""


@Language.component("news_sentences", assigns=["token.is_sent_start"])
def news_sentences(doc: Doc) -> Doc:
    """Forbid sentence starts that edited text does not have, and part a dateline from the sentence that follows it."""
    dateline, words = _dateline_end(doc), [token.text for token in doc]
    for i in range(1, len(doc)):
        if i < dateline:
            doc[i].is_sent_start = False
        elif i == dateline:
            doc[i].is_sent_start = True
        elif not _may_end(doc, words, i - 1) or _closes(doc, i) or _opens(doc, i - 1) or _abbreviated(doc, i):
            doc[i].is_sent_start = False
        elif _opens_anew(doc, i):
            doc[i].is_sent_start = True
    return doc


def _dateline_end(doc: Doc) -> int:
    """The token after the dateline that the text begins with; 0 without one."""
    found = _DATELINE.match(doc.text[: 2 * _MAX_DATELINE])
    if not found or found.end() > _MAX_DATELINE:
        return 0
    return next((token.i for token in doc if token.idx >= found.end()), 0)


def _closes(doc: Doc, i: int) -> bool:
    """Whether a token is the quotation mark that closes the sentence before it."""
    before, token = doc[i - 1], doc[i]
    closing = token.text in ("”", "’", "»") or (
        token.text in ('"', "'") and (bool(token.whitespace_) or i + 1 == len(doc))
    )
    return closing and not before.whitespace_ and before.text[-1:] in ".?!…,"


def _opens(doc: Doc, i: int) -> bool:
    """Whether a token is a quotation mark that opens: the sentence starts with it, not behind it."""
    token = doc[i]
    apart = i == 0 or bool(doc[i - 1].whitespace_)
    return not token.whitespace_ and (token.text in ("“", "‘", "«") or (apart and token.text in ('"', "'")))


def _may_end(doc: Doc, words: list[str], i: int) -> bool:
    """Whether a sentence may end with a token: a bracket, final punctuation, behind it closing quotation marks, or a new line."""
    if (
        words[i] in _BRACKETS and doc[i].whitespace_
    ):  # "[3]" behind a stop ends one, "(Reuters)" does not: the network's to say
        return True
    last = i
    while i > 0 and words[i] in _CLOSING:
        i -= 1
    return words[i][-1:] in _FINAL or "\n" in words[i] or "\n" in words[last]


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["before"] for row in table("abbreviations")}


def _abbreviated(doc: Doc, i: int) -> bool:
    """Whether the stop before a token belongs to an abbreviation that goes on with it: `No. 2`, `Maj. Gen. Ruiz`, `case no. 45`."""
    word, first = doc[i - 1].text, i - 1
    if word == "." and i > 1 and not doc[i - 2].whitespace_:
        word, first = f"{doc[i - 2].text}.", i - 2
    before = _abbreviations().get(word)
    if word == "no." and first > 0 and doc[first - 1].lower_ in _numbered():
        before = "number"
    if before is None:
        return False
    follows = doc[i].text
    if before == "name":
        return follows[0].isupper() and not doc[i].is_stop
    return before == "any" or follows[0].isdigit()


def _opens_anew(doc: Doc, i: int) -> bool:
    """Whether a small word with a capital stands behind `5 p.m.`, `the U.S.`, `Inc.` or a stop that closes a quotation."""
    if doc[i].text not in _OPENERS or not doc[i - 1].whitespace_:
        return False
    if doc[i - 1].text in ("”", '"'):
        return i > 1 and doc[i - 2].text[-1:] == "." and not doc[i - 2].whitespace_
    word = doc[i - 1].text
    if word == "." and i > 1 and not doc[i - 2].whitespace_:
        word = f"{doc[i - 2].text}."
    return bool(_SHORT.fullmatch(word))


@cache
def _numbered() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("numbered_nouns"))

"""The words of a noun phrase as the text has them."""

from collections.abc import Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import NOUNS, modifiers


def measured_text(noun: Token, taken: Set[int]) -> str:
    """The measured noun with its modifiers and its of-phrase as the text has them."""
    first = phrase_begin(noun, taken)
    last = noun
    for child in noun.children:
        near = child.dep_ == "nmod" and noun.i < child.i < noun.i + 8 and child.pos_ in NOUNS
        free = near and taken.isdisjoint(range(noun.i + 1, child.i + 1))
        if free and any(c.lower_ == "of" for c in child.children):
            last = child
            break
    end = last.i + 1
    if end + 1 < len(noun.doc) and noun.doc[end].text == "-" and not last.whitespace_ and end not in taken:
        end += 2  # "start-up"
    while (
        end < len(noun.doc)
        and noun.doc[end].dep_ == "flat"
        and noun.doc[end].pos_ == "PROPN"
        and end not in taken
    ):
        end += 1
    if (
        end < len(noun.doc)
        and noun.doc[end].like_num
        and end not in taken
        and noun.doc[end].text[0].isdigit()
    ):
        end += 1  # "S&P 500"
    return str(noun.doc[first:end].text)


def phrase_begin(noun: Token, taken: Set[int]) -> int:
    """Where the unbroken phrase before a noun begins: what the parser hangs on it from afar is another phrase."""
    kept = {t.i for t in modifiers(noun, taken)}
    first = noun.i
    while first and first - 1 not in taken:
        before = noun.doc[first - 1]
        joins = before.lower_ in ("-", "and", "or") and first - 2 in kept
        numbered = before.like_num and first > 1 and before.nbor(-1).pos_ in NOUNS  # "S&P 500 futures"
        hyphened = (
            before.text == "-" and first > 1 and not before.whitespace_ and not before.nbor(-1).whitespace_
        )
        if hyphened and first - 2 not in taken:
            first -= 1  # "break-up"
        elif first - 1 not in kept and not joins and not (numbered and not before.is_sent_start):
            break
        first -= 1
    return first

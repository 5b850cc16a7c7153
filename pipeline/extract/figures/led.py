"""The measured noun right before a figure: "a depth of 10km", "aid worth $4m", "claims rose by 5%"."""

from collections.abc import Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import NOUNS
from pipeline.extract.figures.nouns import is_light, names_quantity, only_tells, usable
from pipeline.extract.figures.phrases import phrase_begin
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import moves

_JOINS = frozenset({"of", "for", "from", "among", "in", "with", "on", "to", "between", "at"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OF = frozenset({"of"})
_MAX_PHRASE = 6
_REACH = 5
"""Words of a comparator between "worth" and its number."""


def worth(first: Token, taken: Set[int]) -> Token | None:
    """The noun whose worth a sum is: "medicines worth $40,000", "a deal, worth more than $3m"."""
    for at in range(first.i - 1, max(first.sent.start, first.i - _REACH), -1):
        if first.doc[at].lower_ == "worth":
            at -= 2 if first.doc[at - 1].text == "," else 1
            noun = first.doc[at]
            return noun if at >= first.sent.start and noun.pos_ in NOUNS and usable(noun, taken) else None
        if first.doc[at].pos_ not in ("ADV", "ADJ", "ADP", "DET", "PART"):
            return None
    return None


def amounting(first: Token, taken: Set[int]) -> Token | None:
    """ "Restitution in the amount of $6m", "put the value of the work in the range of $5m": what comes to it."""
    at = first.i - 1
    while at > first.sent.start and first.doc[at].pos_ in ("ADV", "ADJ"):
        at -= 1
    if at - 3 <= first.sent.start or first.doc[at].lower_ != "of" or not is_light(first.doc[at - 1]):
        return None
    light = first.doc[at - 1]
    if first.doc[at - 2].lower_ != "the" or first.doc[at - 3].lower_ not in ("in", "to"):
        return None
    over = light.head
    if over.pos_ == "VERB":
        over = next((c for c in over.children if c.dep_ in ("obj", "nsubj:pass")), over)
    return over if usable(over, taken) else None


def opening(quantity: Quantity, tokens: list[Token]) -> Token:
    """The first token of a figure with its comparator: "up" of "up to 80 km/h"."""
    first, left = tokens[0], quantity.amount_start - quantity.start
    while left > 0 and first.i > first.sent.start:
        first = first.nbor(-1)
        left -= len(first.text_with_ws)
    return first


def beside(first: Token, taken: Set[int]) -> Token | None:
    """What stands right before its size or its distance: "a plume 20 metres high", "a farm, 8 km north of the town"."""
    at = first.i - 1
    if at > first.sent.start and first.doc[at].text == ",":
        at -= 1
        if first.doc[at].pos_ != "PROPN" and first.doc[at].ent_type_ not in _PLACES:
            return None
    noun = first.doc[at]
    return phrase_head(noun, taken, _OF) if at >= first.sent.start and usable(noun, taken) else None


def led_noun(first: Token, taken: Set[int], *, sized: bool = False) -> Token | None:
    """The noun with nothing but "of" or "at" before the figure: "a depth of about 10km", "carbon levels at 1,200 ppm".

    `sized`: the figure is a length or the like, of which a range is one too ("a range of 40 km").
    """
    at = first.i - 1
    while (
        at > first.sent.start and first.i - at < _MAX_PHRASE and first.doc[at].pos_ in ("ADV", "ADJ", "DET")
    ):
        at -= 1
    if at <= first.sent.start or first.doc[at].lower_ not in ("of", "at"):
        return None
    noun = first.doc[at - 1]
    if not usable(noun, taken) or (is_light(noun) and not (sized and names_quantity(noun))):
        return None
    return noun if first.doc[at].lower_ == "of" else phrase_head(noun, taken)


def phrase_head(noun: Token, taken: Set[int], joins: Set[str] = _JOINS) -> Token:
    """The noun that a prepositional phrase hangs on: "support" of "support for independence"."""
    for _ in range(3):
        start = phrase_begin(noun, taken) - 1
        while start > 0 and noun.doc[start].pos_ == "DET":
            start -= 1
        before = noun.doc[start - 1] if start > 0 else noun
        if start <= 0 or noun.doc[start].lower_ not in joins or not usable(before, taken):
            break
        noun = before
    return noun


def subject_of_level(first: Token, taken: Set[int]) -> Token | None:
    """What stands right before "rose by" or "stands at", where the parser gave the verb no subject."""
    at = first.i - 1
    while (
        at > first.sent.start and first.i - at < _MAX_PHRASE and first.doc[at].pos_ in ("ADP", "ADV", "ADJ")
    ):
        at -= 1
    verb = first.doc[at]
    if not only_tells(verb) and not (
        moves(verb.lower_) and verb.tag_ in ("VBN", "VBD", "VBZ", "NNS", "NN", "JJ")
    ):
        return None
    if any(c.dep_.startswith("nsubj") for c in verb.children) or verb.dep_ == "conj":
        return None
    at -= 1
    while at > first.sent.start and first.doc[at].pos_ in ("AUX", "ADV"):
        at -= 1
    noun = first.doc[at]
    return phrase_head(noun, taken) if at >= first.sent.start and usable(noun, taken) else None

"""Which nouns can be counted or measured, and which only tell how a number was taken or when."""

from collections.abc import Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import NOUNS, PLURALS
from pipeline.extract.figures.units import unit_named
from pipeline.lexicon import table

_KINDS = {row["noun"]: row["kind"] for row in table("measured_nouns")}
MEMBERED = frozenset(noun for noun, kind in _KINDS.items() if kind in ("group", "crowd"))
"""Nouns in the singular that name several: a crew, a family."""
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
    | {"north-east", "north-west", "south-east", "south-west"}
)
"""Where something moves, which is nothing that is measured: "moving north to northwest at 13 km/h"."""
_QUANTITIES = frozenset(row["noun"] for row in table("attributes"))


def names_quantity(noun: Token) -> bool:
    """Whether a noun names a quantity of something or an amount: "inflation", "price", "sales"."""
    lemma = noun.lemma_.lower()
    return lemma in _QUANTITIES or _KINDS.get(lemma) == "amount"


def is_crowd(noun: Token) -> bool:
    """Whether a noun in the singular has members that are counted: "a crowd of 2,500"."""
    return _KINDS.get(noun.lemma_.lower()) == "crowd"


def has_members(noun: Token) -> bool:
    """Whether a noun in the singular names what has members: "a crew", "a fleet"."""
    return _KINDS.get(noun.lemma_.lower()) in ("crowd", "group") or noun.lower_ in PLURALS


def is_countable(noun: Token) -> bool:
    """Whether a plural names things that are counted ("cases"), not amounts ("prices", "exports")."""
    return _KINDS.get(noun.lemma_.lower()) not in ("amount", "light", "time")


def is_light(noun: Token) -> bool:
    """ "A total of", "a record": tells how the number was taken, not what it measures."""
    return _KINDS.get(noun.lemma_.lower()) == "light"


def tells_time(noun: Token) -> bool:
    """Whether a noun tells when or how long, not what: "quarter", "season"."""
    if noun.ent_type_ == "PERSON":
        return False  # "Doris Day"
    if noun.lower_ == "period" and any(_tells_kind(c) for c in noun.children):
        return False  # "a seven-day mourning period"
    if _KINDS.get(noun.lower_) == "time":
        return True
    unit = unit_named(noun.lemma_)
    return unit is not None and unit.dimension == "time"


def _tells_kind(child: Token) -> bool:
    return child.dep_ == "compound" and child.pos_ == "NOUN" and unit_named(child.lemma_) is None


def usable(token: Token, taken: Set[int]) -> bool:
    """Whether a token can be what is measured: a noun of no other figure or date, no length of time, no unit."""
    return (
        token.pos_ in NOUNS
        and token.i not in taken
        and not tells_time(token)
        and _KINDS.get(token.lower_) != "verb"
        and token.lower_ not in _DIRECTIONS
    )


def only_tells(word: Token) -> bool:
    """Whether a word is a verb of standing at a level, which parsers take for a noun: "stands", "costs"."""
    return _KINDS.get(word.lower_) == "verb"

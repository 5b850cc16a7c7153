"""Whose a figure is, and which quantity of it the figure gives: the profit of Ford, the height of the wall.

`measured` finds the noun that a measurement measures; here that noun is told apart: a quantity ("profit") is an attribute
and its owner the subject, a thing or person is the subject itself.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from pipeline.extract.figures.counted import (
    NOUNS,
    counted_phrase,
    has_case,
    head_of,
    is_plural,
    modifiers,
    singular,
)
from pipeline.extract.figures.measured import tells_time
from pipeline.extract.figures.measures import deed_of
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import moves
from pipeline.lexicon import table

_ATTRIBUTES = {row["noun"]: row["kind"] for row in table("attributes")}
_VERBS = {row["word"]: row["attribute"] for row in table("dimension_words") if row["place"] == "verb"}
_AFTER = {row["word"]: row["attribute"] for row in table("dimension_words") if row["place"] == "after"}
_BEHIND = re.compile(
    r"(?:\s\([^()]{1,40}\))?[\s-](?:to\sthe\s)?(?P<word>"
    + "|".join(sorted((re.escape(w) for w in _AFTER), key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)
_OWNED = frozenset({"of", "for", "in", "on", "by", "from", "at"})
_PARTIES = frozenset({"between", "against", "among"})
_DIMENSIONS = {"age": "age", "temperature": "temperature", "speed": "speed", "seismic": "magnitude"}
_STUFF = frozenset({"mass", "volume", "area", "length", "data", "energy"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_SPEAKS = frozenset(row["lemma"] for row in table("counting_verbs") if row["kind"] == "tells")
_NO_PASTIME = frozenset(
    {
        "be",
        "have",
        "take",
        "need",
        "require",
        "give",
        "get",
        "use",
        "want",
        "allow",
        "mean",
        "do",
        "make",
        "come",
        "go",
    }
)
"""Verbs that do not say what is done over a length of time."""
_RELATIVE = frozenset({"that", "which", "who", "whom", "what"})
_MAX_CLIMB = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure tells: `counted` for counts and parts of a mass, else `attribute`; `subjects` tell whose."""

    counted: str | None = None
    attribute: str | None = None
    subjects: tuple[Token, ...] = ()
    """Heads of the words for whose, the nearest owner first."""


def quantity_kind(noun: str) -> str | None:
    """`rate` or `level` for a noun that names a quantity ("inflation", "profit"), None for any other noun."""
    return _ATTRIBUTES.get(noun.lower())


def told_by_count(tokens: list[Token], noun: Token | None, counted: str | None, taken: Set[int]) -> Told:
    """Whose things are counted: "Ford has 13,000 workers", "Israel's 120 lawmakers"; no subject where none is named."""
    owners: list[Token | None] = []
    own = noun if noun is not None and noun.i > tokens[0].i else None  # not what an earlier number counted
    if own is not None and counted is not None:
        possessor = _possessor(own)
        owners.append(possessor if possessor is not None and _usable(possessor, taken) else None)
        over = own.head
        part = own.dep_ == "nmod" and over.pos_ in NOUNS and over.i < tokens[0].i and _usable(over, taken)
        if part and deed_of(over) is None and not _takes_part(own):
            owners.append(over)  # "a fleet of 12 ships"
    if own is None or not _takes_part(own):
        owners.extend(_doers(own if own is not None else head_of(tokens), taken))
    return Told(counted=counted, attribute=_held(own, tokens[0]), subjects=_known(*owners))


def _takes_part(own: Token) -> bool:
    """Whether those counted are parties of their own to what is told: "was seized by six men", "a row between two firms"."""
    cases = {c.lower_ for c in own.children if c.dep_ == "case"}
    helpers = {c.dep_ for c in own.head.children if c.dep_.startswith("aux")}
    passive = "aux:pass" in helpers or (own.head.tag_ == "VBN" and not helpers)
    return bool(cases & _PARTIES) or (passive and "by" in cases)


def _held(own: Token | None, first: Token) -> str | None:
    """The quantity that a count gives: "a population of 50 people", "a crew of 12"."""
    over = own.head if own is not None else None
    if own is None or over is None or own.dep_ != "nmod" or not over.i < first.i:
        return None
    return over.lower_ if over.tag_ == "NN" and quantity_kind(over.lower_) == "level" else None


def told_by_size(
    text: str, quantity: Quantity, tokens: list[Token], noun: Token | None, taken: Set[int]
) -> Told:
    """What a measurement tells of whom; `noun` is what it measures, None where the sentence does not name it."""
    derived = _derived(text, quantity, tokens)
    if noun is None or _served(quantity, tokens) or _lasts(quantity, tokens, noun):
        derived = derived or _of_dimension(quantity, tokens)
        return Told(attribute=derived, subjects=tuple(_doers(head_of(tokens), taken)))
    if _is_part_of(quantity, tokens, noun):
        return Told(counted=counted_phrase(noun, taken), subjects=_known(*_owners(noun, taken), noun))
    named = quantity_kind(noun.lemma_) is not None
    if not named and (derived or _bears(noun, tokens)):
        derived = derived or _of_dimension(quantity, tokens)
        return Told(attribute=derived, subjects=(noun,))
    phrase = " ".join([*(t.text for t in modifiers(noun, taken) if _names_kind(t)), singular(noun)]).lower()
    owners = _owners(noun, taken)
    held = noun.dep_ not in _SUBJECTS and not moves(noun.head.lower_)  # who cuts taxes has no share in them
    if held and (named or quantity.unit.dimension in ("money", "time", "share")):
        owners.extend(_doers(noun, taken))
    return Told(attribute=phrase, subjects=_known(*owners, noun))


def _of_dimension(quantity: Quantity, tokens: list[Token]) -> str | None:
    """What a size is where no noun names it: square kilometres are an area, hours the time of something."""
    if quantity.unit.dimension == "time":
        return _time_spent(tokens)
    return "area" if quantity.unit.dimension == "area" else None


def _time_spent(tokens: list[Token]) -> str:
    """Which time a length of time is: "served as president for five years" gives the time served as president."""
    node, head = _verb_over(tokens), head_of(tokens)
    if node is None or head is None:
        return "time"
    behind = [*node.children, *tokens[-1].children, *(c for t in tokens for c in t.children)]
    office = next((c for c in behind if c.pos_ in NOUNS and has_case(c, "as")), None)
    over = head.head == node and {c.lower_ for c in head.children if c.dep_ == "case"} <= {"for"}
    spent = _spent(node) if over or node.lemma_.lower() == "serve" else "time"
    if office is None:
        return spent
    words = " ".join([*(t.text for t in modifiers(office, frozenset()) if _names_kind(t)), office.text])
    return f"{spent} as {words.lower()}"


def _verb_over(tokens: list[Token]) -> Token | None:
    """The verb that a figure hangs on, at most three words up."""
    node = head_of(tokens)
    for _ in range(3):
        if node is None or node.head == node or node.pos_ == "VERB":
            break
        node = node.head
    return node if node is not None and node.pos_ == "VERB" else None


def _spent(verb: Token) -> str:
    """ "Time served", "time held", "time spent fighting", "time to isolate"."""
    lemma = verb.lemma_.lower()
    if lemma == "serve":
        return "time served"
    if lemma in _NO_PASTIME:
        return "time"
    if lemma == "spend":
        doing = (c.lower_ for c in verb.children if c.tag_ == "VBG" and c.i > verb.i)
        return " ".join(["time", "spent", *islice(doing, 1)])
    return f"time {verb.lower_}" if verb.tag_ in ("VBN", "VBD", "VBG") else f"time to {lemma}"


def _served(quantity: Quantity, tokens: list[Token]) -> bool:
    """ "Served eight years of a longer sentence", "serve five years in prison": how long, whatever follows."""
    head = head_of(tokens)
    served = quantity.unit.dimension == "time" and head is not None and head.head.lemma_.lower() == "serve"
    return served and head is not None and head.dep_ in ("obj", "obl:unmarked", "obl:tmod")


def _lasts(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """ "They were in the cave for nine days": how long something went on, not how long a thing is that stands before."""
    head = head_of(tokens)
    if quantity.unit.dimension != "time" or head is None or not has_case(head, "for") or noun.i > head.i:
        return False
    acts = noun.head == head.head and noun.dep_ in (*_SUBJECTS, "obj")
    return (not acts and head.head != noun) or has_case(noun, "in")


def _known(*owners: Token | None) -> tuple[Token, ...]:
    return tuple(owner for owner in owners if owner is not None)


def _bears(noun: Token, tokens: list[Token]) -> bool:
    """Whether a noun names somebody or something that has quantities and is none: a name, a pronoun, whoever acts."""
    named = noun.pos_ in ("PROPN", "PRON") or noun.ent_type_ in ("PERSON", "ORG", "GPE")
    return named or (noun.dep_ in _SUBJECTS and noun.i < tokens[0].i)


def _names_kind(modifier: Token) -> bool:
    """Whether a modifier tells which kind of quantity it is ("mortality rate") and not whose ("US deficit")."""
    capital = modifier.text[:1].isupper() and not modifier.is_sent_start
    return modifier.pos_ in ("NOUN", "ADJ") and not capital


def _derived(text: str, quantity: Quantity, tokens: list[Token]) -> str | None:
    """The attribute that an adjective behind the figure, its verb or its unit tells: "30 km long", "weighs", "°C"."""
    if quantity.unit.dimension in _DIMENSIONS:
        return _DIMENSIONS[quantity.unit.dimension]
    sized = quantity.unit.dimension in ("length", "area", "mass", "volume")
    if sized and (found := _BEHIND.match(text, quantity.end)):
        return _AFTER[found["word"].lower()]
    node = head_of(tokens)
    for _ in range(4):
        if node is None or node.head == node:
            break
        if node.pos_ == "VERB":
            break
        node = node.head
    word = _VERBS.get(node.lower_) if node is not None else None
    if word is not None and _fits(word, quantity.unit.dimension):
        return word
    return None


def _fits(attribute: str, dimension: str) -> bool:
    if attribute in ("distance", "length", "weight"):
        return dimension == ("mass" if attribute == "weight" else "length")
    if attribute in ("duration", "sentence"):
        return dimension == "time"
    return dimension == "money"


def _is_part_of(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """ "1,000 kilograms of marijuana", "two thirds of the members": the figure counts out a part of the noun."""
    if noun.i <= tokens[-1].i or quantity_kind(noun.lemma_):
        return False
    led = any(t.lower_ == "of" for t in noun.doc[tokens[-1].i + 1 : noun.i])
    if quantity.unit.dimension == "share":
        return is_plural(noun)
    return led and quantity.unit.dimension in _STUFF


def _owners(noun: Token, taken: Set[int]) -> list[Token | None]:
    """Whose quantity a noun names: by a possessive, an of-phrase or a name before it."""
    owners = [_possessor(noun)]
    for child in noun.children:
        behind = child.dep_ == "nmod" and noun.i < child.i < noun.i + 9 and child.pos_ in NOUNS | {"PRON"}
        if behind and _usable(child, taken) and any(c.lower_ in _OWNED for c in child.children):
            owners.append(child)
    for child in noun.children:
        before = noun.i - 5 < child.i < noun.i and child.dep_ in ("compound", "amod", "nmod")
        if before and child.text[:1].isupper() and child.i not in taken and not child.is_sent_start:
            owners.append(child)
    return owners


def _usable(noun: Token, taken: Set[int]) -> bool:
    return noun.i not in taken and not tells_time(noun)


def _possessor(noun: Token) -> Token | None:
    return next((c for c in noun.children if c.dep_ == "nmod:poss" and c.i < noun.i), None)


def _doers(node: Token | None, taken: Set[int]) -> list[Token]:
    """The subject of the verb over a noun that is no subject itself; behind a pronoun those of the clauses over it.

    Who only tells the number is none.
    """
    out: list[Token] = []
    for _ in range(_MAX_CLIMB):
        if node is None or node.head == node or (node.dep_ in _SUBJECTS and not out):
            return out
        node = node.head
        subject = next((c for c in node.children if c.dep_ in _SUBJECTS and _usable(c, taken)), None)
        if subject is None:
            continue
        if node.lemma_.lower() in _SPEAKS and not out:
            return out
        if subject.lower_ in _RELATIVE:  # "Ford, which has 13,000 workers"
            return [node.head] if node.dep_.startswith("acl") and _usable(node.head, taken) else out
        if subject.lower_ == "there":
            return out
        out.append(subject)
        if subject.pos_ != "PRON":
            return out
    return out

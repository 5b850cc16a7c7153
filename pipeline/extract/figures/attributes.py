"""Which quantity a figure gives: what its unit tells, an adjective behind it, its verb, or the thing that it is the size of."""

import re

from spacy.tokens import Token

from pipeline.extract.figures.counted import has_case, head_of, is_plural
from pipeline.extract.figures.nouns import is_countable, is_light, tells_time
from pipeline.extract.figures.owners import GROUPS
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.times import time_spent
from pipeline.extract.figures.trends import moves
from pipeline.lexicon import table

_ATTRIBUTES = {row["noun"]: row["kind"] for row in table("attributes")}
_VERBS = {row["word"]: row["attribute"] for row in table("dimension_words") if row["place"] == "verb"}
_AFTER = {row["word"]: row["attribute"] for row in table("dimension_words") if row["place"] == "after"}
DIMENSIONS = frozenset(_AFTER)
"""Words behind a size that tell which it is: "wide", "tall"."""
BEHIND = re.compile(
    r"(?:\s\([^()]{1,40}\))?[\s-](?:to\sthe\s)?(?P<word>"
    + "|".join(sorted((re.escape(w) for w in _AFTER), key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)
"""Such a word right behind a size."""
_WORTH = re.compile(r"\bworth\s$", re.IGNORECASE)
_DIMENSIONS = {"age": "age", "temperature": "temperature", "speed": "speed", "seismic": "magnitude"}
_STUFF = frozenset({"mass", "volume", "area", "length", "data", "energy"})


def quantity_kind(noun: str) -> str | None:
    """`rate` or `level` for a noun that names a quantity ("inflation", "profit"), None for any other noun."""
    return _ATTRIBUTES.get(noun.lower())


_EXTENTS = {row["noun"]: row["attribute"] for row in table("extents")}
_FAR = frozenset({"kilometre", "mile", "nautical mile"})


def extent(quantity: Quantity, noun: Token) -> str:
    """Which way a thing is measured: the length of a ship, the height of a tower (but of no 200-mile wall), else its size."""
    way = _EXTENTS.get(noun.lemma_.lower(), "size")
    return "length" if way == "height" and quantity.unit.name in _FAR else way


_SIZES = {"area": "area", "mass": "weight", "volume": "volume", "money": "value"}


def size_of(text: str, quantity: Quantity, tokens: list[Token], noun: Token) -> str | None:
    """Which quantity a size right before a thing gives: "a 155-metre ship", "a $2 billion pipeline"; None before "a $5 fee"."""
    last = tokens[-1].i
    between = noun.doc[last + 1 : noun.i]
    verbs = (t for t in between if t.pos_ == "VERB" and t.tag_ != "VBN")  # "a 33-tonne, wooden-hulled ferry"
    led = any(t.pos_ in ("ADP", "DET", "PRON") or t.lower_ == "worth" for t in between) or any(verbs)
    named = (
        noun.i + 1 < len(noun.doc) and noun.nbor(1).ent_type_ == "PERSON"
    )  # "400 metres champion Ann Hall"
    if noun.i <= last or led or named or is_quantity(noun) or is_person(noun) or tells_time(noun):
        return None
    if found := BEHIND.match(text, quantity.end):
        told = _AFTER[found["word"].lower()]  # "a decade-long war"
        return "duration" if quantity.unit.dimension == "time" and told == "length" else told
    if quantity.unit.dimension == "length":
        return extent(quantity, noun)
    return _SIZES.get(quantity.unit.dimension)


def is_quantity(noun: Token) -> bool:
    """Whether a noun or one that tells its kind names a quantity: "fee", "price tag", "cuts"."""
    lemma = noun.lemma_.lower()
    kinds = (c.lower_ for c in noun.children if c.dep_ == "compound" and c.i < noun.i)
    return (
        quantity_kind(lemma) is not None
        or not is_countable(noun)
        or is_light(noun)
        or moves(lemma)
        or any(quantity_kind(kind) for kind in kinds)
    )


def of_dimension(quantity: Quantity, tokens: list[Token]) -> str | None:
    """What a size is where no noun names it: square kilometres are an area, hours the time of something."""
    if quantity.unit.dimension == "time":
        return time_spent(tokens)
    head = head_of(tokens)
    if quantity.unit.dimension == "length":
        return "distance" if head is not None and is_way(head) else None
    return "area" if quantity.unit.dimension == "area" else None


def is_way(head: Token) -> bool:
    """Whether a length is how far something is done: "followed it for 40 miles", "were taken 300 miles", not "measures 15 cm"."""
    verb = head.head
    done = verb.pos_ == "VERB" and not moves(verb.lower_) and verb.lemma_.lower() != "measure"
    return has_case(head, "for") or (done and head.dep_.startswith("obl"))


def derived_from(text: str, quantity: Quantity, tokens: list[Token]) -> str | None:
    """The attribute that an adjective behind the figure, its verb or its unit tells: "30 km long", "weighs", "°C"."""
    if quantity.unit.dimension in _DIMENSIONS:
        return _DIMENSIONS[quantity.unit.dimension]
    sized = quantity.unit.dimension in ("length", "area", "mass", "volume")
    if sized and (found := BEHIND.match(text, quantity.end)):
        return _AFTER[found["word"].lower()]
    if quantity.unit.dimension == "money" and _WORTH.search(text, max(0, quantity.start - 8), quantity.start):
        return "value"
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
    if attribute in ("distance", "length", "weight", "altitude"):
        return dimension == ("mass" if attribute == "weight" else "length")
    if attribute in ("duration", "sentence"):
        return dimension == "time"
    return dimension == "money"


def is_part_of(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """ "1,000 kilograms of marijuana", "two thirds of the members": the figure counts out a part of the noun."""
    led = any(t.lower_ == "of" for t in noun.doc[tokens[-1].i + 1 : noun.i])
    if noun.i <= tokens[-1].i:
        return False
    head = head_of(tokens)
    moved_by = head is not None and has_case(head, "by")  # "turnout fell by 2% of the electorate"
    if quantity.unit.dimension == "share" and led and noun.lemma_.lower() in GROUPS and not moved_by:
        return True  # "30% of the population", "a third of the cabinet"
    if quantity_kind(noun.lemma_):
        return False
    if quantity.unit.dimension == "share":
        moved = any(
            t.lower_ in ("in", "to") for t in noun.doc[tokens[-1].i + 1 : noun.i]
        )  # "a 10% drop in deaths"
        return not moved and (is_plural(noun) or is_person(noun))  # "two-thirds of the staff"
    return led and quantity.unit.dimension in _STUFF

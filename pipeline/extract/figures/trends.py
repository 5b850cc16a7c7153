"""Whether a figure tells a rise or a fall: "rose 5%", "fell to 12", "down 3%"."""

import re

from spacy.tokens import Token

from pipeline.extract.figures.counted import head_of
from pipeline.extract.figures.quantities import Quantity
from pipeline.lexicon import table

_TRENDS = {row["lemma"]: row["trend"] for row in table("trends")}
_PARTICLE = re.compile(r"\b(up|down|off)\s(?:by\s|another\s|a\sfurther\s)?$", re.IGNORECASE)
_TRANSITIVE = frozenset(
    [
        "add",
        "lose",
        "shed",
        "cut",
        "raise",
        "boost",
        "lift",
        "hike",
        "slash",
        "trim",
        "reduce",
        "lower",
        "shave",
        "erase",
        "gain",
        "expand",
        "advance",
    ]
)
_DELTAS = frozenset({"percent", "percentage point", "basis point", "point", "cent", "penny", "sen"})


def trend(text: str, quantity: Quantity, tokens: list[Token]) -> str | None:
    """`up`, `down` or None. A verb of growth counts for its amount ("by 5%") and, without one, for its end ("to 12")."""
    if particle := _PARTICLE.search(text, max(0, quantity.start - 14), quantity.start):
        return _TRENDS.get(particle[1].lower())
    head = head_of(tokens)
    if head is None or head.head == head:
        return None
    verb, direction = head.head, _TRENDS.get(head.head.lemma_.lower())
    if (
        direction is None
        or verb.pos_ != "VERB"
        or head.dep_ not in ("obj", "obl", "obl:unmarked", "iobj", "xcomp", "advmod", "nummod", "dep")
    ):
        return None
    case = next((c.lower_ for c in head.children if c.dep_ == "case"), "")
    if case in (
        "from",
        "in",
        "at",
        "on",
        "since",
        "for",
        "over",
        "of",
        "within",
        "after",
        "with",
        "against",
        "as",
        "during",
    ):
        return None
    if case == "to" and _has_amount(verb, head):
        return None
    if verb.lemma_.lower() in _TRANSITIVE and case not in ("by", "to") and quantity.unit.name not in _DELTAS:
        return None
    return direction


def _has_amount(verb: Token, end: Token) -> bool:
    """Whether another number of the verb says by how much."""
    for child in verb.children:
        if child == end or child.i < verb.i or child.dep_ not in ("obj", "obl", "obl:unmarked"):
            continue
        numeric = child.pos_ in ("NUM", "SYM") or any(c.pos_ in ("NUM", "SYM") for c in child.children)
        if numeric and not any(
            c.lower_ in ("in", "on", "at", "since", "to") for c in child.children if c.dep_ == "case"
        ):
            return True
    return False

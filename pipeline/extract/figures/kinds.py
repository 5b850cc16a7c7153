"""What kind of value a figure gives: a level, a change, a share, a rate, a rank or a toll."""

import re

from pipeline.extract.figures.attributes import quantity_kind
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import is_end

TOLLS = frozenset(
    [
        "killed",
        "injured",
        "casualties",
        "missing",
        "displaced",
        "evacuated",
        "abducted",
        "arrested",
        "captured",
        "infected",
        "sick",
    ]
)
"""Measures of what befell people."""
_CHANGE_BEHIND = re.compile(
    r"[\s-](?:(?!(?:and|or|but|that|which|with|in|for|to|when|while)\s)[\w’'-]+\s){0,2}?(?:drops?|falls?|rises?|increases?|decreases?|declines?|cuts?|gains?|jumps?|hikes?|raises?|reductions?"
    r"|slumps?|surges?|growth|swings?|more|less|fewer|higher|lower|cheaper|dearer|faster|slower|larger|smaller)\b",
    re.IGNORECASE,
)
_AMOUNT_OF_CHANGE = re.compile(
    r"[\s-](?:[\w’'-]+\s)?(?:drop|fall|rise|increase|decrease|decline|cut|jump|hike|reduction|slump|surge)s?\b",
    re.IGNORECASE,
)
"""What makes a figure the amount of a change whatever leads it: "due to the 9% decrease"."""
_CHANGE_BEFORE = re.compile(
    r"\b(?:drop|fall|rise|increase|decrease|decline|cut|gain|jump|hike|reduction|slump|surge|growth|change)\sof\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_APART = re.compile(r"\s(?:behind|ahead|clear|adrift|in\sfront|lead|deficit|advantage|gap)\b", re.IGNORECASE)
"""What makes points a distance between two, no change of one."""
_RANK = re.compile(
    r"\b(?:ranks?|ranked|ranking|placed)\s(?:\w+\s){0,2}?(?:at\s|number\s|no\.\s)?$", re.IGNORECASE
)


def value_kind(
    text: str,
    quantity: Quantity,
    *,
    trend: str | None,
    measure: str | None,
    attribute: str | None,
    per: str | None,
    counted: str | None,
) -> str:
    """The kind of a figure's value, from the words around it and from what is known of it so far."""
    start = min(quantity.start, quantity.amount_start)
    ends = is_end(text, quantity) and not _AMOUNT_OF_CHANGE.match(text, quantity.end)
    if not ends and (trend is not None or _is_change(text, quantity, start)):
        return "change"
    if quantity.unit.name == "count" and counted is None and _RANK.search(text, max(0, start - 30), start):
        return "rank"
    if measure in TOLLS and quantity.unit.name == "count":
        return "toll"
    if per is not None or quantity.unit.dimension in ("speed", "frequency"):
        return "rate"
    if quantity.unit.name == "percentage point":
        return "level"
    part = quantity.unit.name == "fraction" or text.startswith(" of ", quantity.end)
    if quantity.unit.dimension == "share" and part:
        return "share"  # "60% of GDP", "a two-thirds majority"
    if quantity.unit.dimension == "share":
        nouns = (attribute or "").split()
        return (
            "rate"
            if nouns and quantity_kind(nouns[-1]) and nouns[-1] not in ("share", "support")
            else "share"
        )
    return "level"


def _is_change(text: str, quantity: Quantity, start: int) -> bool:
    """ "A rise of 3%", "a $5 drop": nouns tell it as well as verbs."""
    if quantity.unit.name in ("percentage point", "basis point"):
        return not _APART.match(text, quantity.end)
    if quantity.unit.name == "count":
        return False
    before = _CHANGE_BEFORE.search(text, max(0, start - 40), start)
    return bool(before or _CHANGE_BEHIND.match(text, quantity.end))

"""Whether a figure tells a rise or a fall: "rose 5%", "fell to 12", "down 3%".

Read from the words right before the figure: parsers often take "rose" or "slid" for a noun there.
"""

import re

from spacy.tokens import Token

from pipeline.extract.figures.counted import head_of
from pipeline.extract.figures.quantities import Quantity
from pipeline.lexicon import table

_ROWS = [row for row in table("trends") if row["kind"] in ("move", "change")]
_TRENDS = {form: row for row in _ROWS for form in (row["lemma"], *row["forms"].split("|"))}
_PARTICLES = {row["lemma"]: row["trend"] for row in table("trends") if row["kind"] == "particle"}
_VERB = re.compile(
    r"(?<![\w-])(?P<verb>" + "|".join(sorted(_TRENDS, key=len, reverse=True)) + r")"
    r"(?:\s(?:\w+ly|up|down|back|only|just|further|again|even|as\s(?:much|many|low|high|far)\sas))*"
    r"(?:\s(?P<lead>by|to))?(?:\s(?:only|just|another|an\sadditional|a\sfurther|a\swhopping|as\s(?:much|many|low|high|far)\sas|a\srecord))?\s$",
    re.IGNORECASE,
)
_NOUN_LED = re.compile(r"\b(?:an?|the|this|that|its|their|his|her|our)\s$")
"""What makes a word of change a noun: "a rally by thousands"."""
_PARTICLE = re.compile(
    r"(?P<before>[\w’'.%&)]+|[^\w\s])\s?\b(?P<particle>up|down|off)\s(?:(?P<lead>by|to)\s)?(?:another\s|a\sfurther\s|as\smuch\sas\s)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s(?P<way>higher|lower|up|down|off)(?!\s(?:than|from|to|by)\b)\b", re.IGNORECASE)
_CARRIES = frozenset(
    form
    for row in table("trends")
    if row["kind"] == "carrier"
    for form in (row["lemma"], *row["forms"].split("|"))
)
"""Verbs that only carry "up" or "down": "went up 5%", "closed down 3%", "settled 2 cents higher"."""
_STANDS = frozenset({"is", "was", "were", "are", "be", "been", "being", "’s", "'s", "'re", "’re"})
_BOTH = frozenset(
    {"drop", "grow", "leap", "dive", "shrink", "ease", "swell", "accelerate", "rally", "weaken", "strengthen"}
)
_TAKES = frozenset({"lose", "gain", "shed", "shave", "trim"})
"""Verbs of change for lengths, masses and the like ("lost 400 m"), not for counts or money ("lost 5 tanks")."""
"""Verbs that also take an object ("dropped 500 bombs"): they tell a trend of measurements, not of counts."""
_DELTAS = frozenset({"percent", "percentage point", "basis point", "point", "cent", "penny", "sen"})
_SIZES = frozenset({"length", "mass", "area", "volume", "temperature"})
_WINDOW = 60


def moves(word: str) -> bool:
    """Whether a word is a form of a verb that rises, falls or carries "up" and "down"."""
    return word in _CARRIES or word in _TRENDS


def changes(verb: Token) -> bool:
    """Whether a verb makes something rise or fall: "raise", "cut"."""
    return verb.pos_ == "VERB" and _TRENDS.get(verb.lower_, {}).get("kind") == "change"


_END = re.compile(
    r"\b(?:to|from|at|reach(?:ed|es|ing)?|hit|hits|hitting|top(?:ped|s)?|pass(?:ed|es)?)\s"
    r"(?:an?\s|the\s|only\s|just\s|about\s|around\s|nearly\s|almost\s|some\s|as\s(?:much|many|low|high)\sas\s)*(?:record\s|(?:\w+\s)?(?:low|high|peak)\sof\s)?$",
    re.IGNORECASE,
)


def is_end(text: str, quantity: Quantity) -> bool:
    """Whether a figure is where a change began or ended ("rose to 12", "up from 9"), not how large it was."""
    starts = {quantity.start, quantity.amount_start}
    return any(_END.search(text, max(0, start - 40), start) for start in starts)


def trend(text: str, quantity: Quantity, tokens: list[Token]) -> str | None:
    """`up`, `down` or None. A verb of growth counts for its amount ("by 5%") and, without one, for its end ("to 12")."""
    start = max(0, quantity.start - _WINDOW)
    if (found := _VERB.search(text, start, quantity.start)) and not (
        _opens_clause(tokens) or _NOUN_LED.search(text, max(0, found.start() - 24), found.start())
    ):
        row = _TRENDS[found["verb"].lower()]
        if (
            row["kind"] == "move"
            or found["lead"]
            or quantity.unit.name in _DELTAS
            or (row["lemma"] in _BOTH and quantity.unit.name != "count")
            or (row["lemma"] in _TAKES and quantity.unit.dimension in _SIZES)
            or (row["kind"] == "change" and text.startswith(" off ", quantity.end))
        ):
            return row["trend"]
        return None
    found = _PARTICLE.search(text, start, quantity.start)
    if found and _reports(found, tokens, text[found.end("before") : quantity.amount_start]):
        return _PARTICLES[found["particle"].lower()]
    if (behind := _BEHIND.match(text, quantity.end)) and _carried(tokens[0]):
        return _PARTICLES[behind["way"].lower()]
    return _by_verb(tokens)


def _opens_clause(tokens: list[Token]) -> bool:
    """Whether a figure is the subject of a verb behind it: "if the wind rises, hundreds of tents will be moved"."""
    head = head_of(tokens)
    node = head.head if head is not None and head.dep_ in ("nummod", "compound") else head
    return node is not None and node.dep_.startswith("nsubj") and node.head.i > tokens[-1].i


def _reports(found: re.Match[str], tokens: list[Token], between: str) -> bool:
    """Whether "up" or "down" tells a state ("shares were up 5%") and is no part of another verb ("gave up 5")."""
    before = found["before"].lower()
    if found["lead"] == "to":  # "edged down to 5%", but "up to 5%" is a bound
        return before in _CARRIES
    if before in _STANDS or before in _CARRIES or before in _TRENDS or not before[0].isalpha():
        return True
    at = tokens[0].i - len(between.split())
    previous = tokens[0].doc[max(0, at - 1)]
    return previous.pos_ not in ("VERB", "AUX")


def _carried(first: Token) -> bool:
    """Whether the word before a figure is a verb that takes "higher" or "lower" behind it."""
    return first.i > first.sent.start and first.nbor(-1).lower_ in _CARRIES


def _by_verb(tokens: list[Token]) -> str | None:
    """ "increased last year by 18 degrees": the amount stands away from its verb."""
    head = head_of(tokens)
    if head is None or not any(c.lower_ == "by" for c in head.children if c.dep_ == "case"):
        return None
    if any(c.dep_ in ("det", "nmod:poss") for c in head.head.children):
        return None  # "a rally by thousands"
    row = _TRENDS.get(head.head.lower_)
    return row["trend"] if row else None

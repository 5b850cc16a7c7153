"""Whether two amounts are the ends of a range, the ends of a change, or the sides of a vote. No parse in here."""

import re
from dataclasses import dataclass, replace

from pipeline.extract.figures import numbers
from pipeline.extract.figures.amounts import Amount
from pipeline.extract.figures.units import Unit
from pipeline.lexicon import table

_LINK = re.compile(
    r"\s?(?:[-–—]|-?\b(?:(?:up\s)?to|and|or)\b-?)\s?(?:(?:about|around|as\s(?:much|many)\sas|up\sto)\s)?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s(?:up\s|down\s)?to\s(?:(?:about|around|just|only|some|nearly|a\srecord)\s)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|anywhere\sbetween)\s(?:about\s|around\s)?$", re.IGNORECASE)
_BY = re.compile(r"\bby\s(?:about\s|around\s|some\s)?$", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom\s(?:(?:its|the|their|his|her|an?)\s(?:\w+\s){0,2}(?:level|total|rate|average|figure|high|low|record|number|peak)\sof\s)?(?:about\s|around\s|up\sto\s)?$",
    re.IGNORECASE,
)
_SENTENCED = re.compile(r"\b(?:sentenc|condemn|jail)\w*\s(?:the\s)?$", re.IGNORECASE)
_STEADY = frozenset({"end", "close", "finish", "settle", "open", "trade", "mark"})
"""Verbs that carry "up" and "down" and yet tell no change from one value to another."""


def _forms(*kinds: str) -> str:
    """The forms of the verbs of change of some kinds as alternatives of a pattern, the longest first."""
    rows = (row for row in table("trends") if row["kind"] in kinds and row["lemma"] not in _STEADY)
    forms = {form for row in rows for form in (row["lemma"], *filter(None, row["forms"].split("|")))}
    return "|".join(sorted(forms, key=len, reverse=True))


_MOVED = re.compile(
    rf"\b(?:(?:{_forms('move', 'change')})|(?:{_forms('carrier')})\s(?:up|down))(?:\s(?:by|up|down|back|only|just|again|further|another|\w+ly))*\s$",
    re.IGNORECASE,
)
_MOVED_FROM = re.compile(
    rf"\b(?:(?:{_forms('move', 'change')}|promoted|upgraded|downgraded|changed?)\b[^.;:!?]{{0,60}}|(?:{_forms('carrier')})\b[^.,;:!?]{{0,60}})$",
    re.IGNORECASE,
)
_VOTED = re.compile(
    r".*\b(?P<verb>vot(?:e|es|ed|ing)(?:\sof)?|pass(?:ed|es|ing)?|approv(?:ed|es|ing|al)|reject(?:ed|s)?|adopt(?:ed|s)?|ratif(?:ied|ies)"
    r"|endorsed|back(?:ed|s)|support(?:ed|s)|clear(?:ed|s)|enact(?:ed|s)|block(?:ed|s)|defeat(?:ed|s)|censured?|fail(?:ed|s)|ousted|overturned|repealed|acquitted|impeached|overrode|confirmed)\b(?P<gap>[^.;:!?]{0,70})$",
    re.IGNORECASE | re.DOTALL,
)
"""The last verb of voting before a number."""
_VOTES_BEHIND = re.compile(r"\s(?:\w+\s)?(?:votes?|margin|majority)\b", re.IGNORECASE)
_VOTES_NEXT = re.compile(r"\svotes?\b", re.IGNORECASE)
_NO_NOUN = re.compile(r"\s*(?:[.,;:)]|$|(?:in|on|by|after|with|when|late|against|and|but)\b)")
_MANY_VOTES = 10
"""Fewer on both sides are a score or a bench of judges, unless "voted" stands right before."""


@dataclass(frozen=True, slots=True)
class Ends:
    """A range: where it starts with "between" or "from", its values, and what joins them."""

    start: int
    low: float
    high: float
    mark: str


def as_millions(text: str, low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Both ends of what may be a range: the "3m" of "€2m to 3m" and the "2m" of "2m to 3m euros" are no lengths."""
    if not _LINK.fullmatch(text[low.end : high.start]):
        return low, high
    if _in_millions(low) and _is_metres(text, high):
        return low, _millions(high, low.unit)
    if (_in_millions(high) or (high.unit is None and high.number.scale == "m")) and _is_metres(text, low):
        return _millions(low, high.unit), high  # "2m to 3m euros", "2m-3m trees"
    return low, high


def _in_millions(amount: Amount) -> bool:
    return bool(amount.unit is not None and amount.unit.dimension == "money" and amount.number.scale)


def _is_metres(text: str, amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.name == "metre" and text[amount.end - 1] == "m"


def _millions(amount: Amount, unit: Unit | None) -> Amount:
    """What was read as metres, as so many millions of a unit."""
    value = numbers.times(amount.number.value, 1e6)
    return replace(amount, number=replace(amount.number, value=value, end=amount.end, scale="m"), unit=unit)


def is_vote(text: str, low: Amount, high: Amount) -> bool:
    """ "Voted 231 to 188", "approved it 52-48", "a 218-214 vote": how many were for and against."""
    link = text[low.end : high.start]
    if low.unit or high.unit or not re.fullmatch(r"\s?[-–—]\s?|\sto\s|-to-", link):
        return False
    values = low.number.value, high.number.value
    if values[0] == values[1] or not all(v.is_integer() and v < 1000 for v in values) or low.number.scale:
        return False
    found = _VOTED.search(text, max(0, low.start - 90), low.start)
    counted = found is not None and found["verb"].lower().startswith("vot")
    close = found is not None and counted and len(found["gap"].split()) <= 1
    if min(values) < _MANY_VOTES and not (close and max(values) < 2 * _MANY_VOTES):
        return bool(found) and (close or _VOTES_NEXT.match(text, high.end) is not None)
    falls = values[0] > values[1] or (
        found is not None and _lost(found) and bool(_NO_NOUN.match(text, high.end))
    )
    return bool(found and (falls or close)) or bool(falls and _VOTES_BEHIND.match(text, high.end))


def _lost(voted: re.Match[str]) -> bool:
    """ "Failed 31-64", "was defeated by 41-58": the smaller number may stand first."""
    return voted["verb"].lower().startswith(("fail", "defeat", "reject")) and len(voted["gap"].split()) <= 1


def links(text: str, low: Amount, high: Amount) -> bool:
    """Whether two amounts are the ends of a change: "fell $2 million to $9 million", "from 7.2 to 6.9 percent"."""
    if not _TO.fullmatch(text[low.end : high.start]):
        return False
    if text[low.number.start : low.end].endswith("fold"):
        return False
    if _SENTENCED.search(text, max(0, low.start - 16), low.start):
        return False  # "sentenced one to 16 months"
    same = low.unit is None or high.unit is None or low.unit.name == high.unit.name
    return same and (changes(text, low) or (low.unit is None and high.unit is not None))


def changes(text: str, low: Amount) -> bool:
    """Whether a verb of change leads to an amount: "rose", "was cut from"."""
    if (found := _FROM.search(text, max(0, low.start - 60), low.start)) is not None:
        return bool(_MOVED_FROM.search(text, max(0, found.start() - 80), found.start()))
    start = low.start
    return bool(_MOVED.search(text, max(0, start - 50), start) or _BY.search(text, max(0, start - 12), start))


def range_of(text: str, low: Amount, high: Amount) -> Ends | None:
    """The range that two amounts make ("40 to 50 questions", "$3-5 million"), else None."""
    link = text[low.end : high.start]
    if (
        len(link) > 16
        or not _LINK.fullmatch(link)
        or {"vague", "fraction"} & {low.number.style, high.number.style}
    ):
        return None
    led = _FROM.search(text, max(0, low.start - 60), low.start)
    shared = low.joined == "before" or led  # "$3-5 million", "from 208 pounds to 193"
    if low.unit and (low.unit.name != high.unit.name if high.unit else not shared):
        return None
    word = link.strip().lower().strip("-") or "-"
    if word.endswith("to") and _SENTENCED.search(text, max(0, low.start - 16), low.start):
        return None  # "sentenced one to 16 months"
    between = _BETWEEN.search(text, max(0, low.start - 25), low.start)
    if text[low.number.start : low.end].endswith("fold") or (word.endswith("to") and changes(text, low)):
        return None
    if word.startswith("and") and not between:
        return None
    lowest, highest = _scaled(low, high), high.number.value
    if word.startswith("or") and not _neighbours(lowest, highest):
        return None
    hyphen = word in ("-", "–", "—")
    highest = abs(highest) if hyphen else highest
    if highest < lowest:
        mixed = low.number.style != high.number.style
        if not hyphen or (mixed and link != link.strip()):
            return None  # "the 10 — six men", "from 7.2 to 6.9 percent", "58 percent to 51": two figures, not the ends of a range
        lowest, highest = (highest, lowest) if high.unit or low.unit else (lowest, highest)
    lead = between or led
    return Ends(lead.start() if lead else low.start, lowest, highest, word)


def _scaled(low: Amount, high: Amount) -> float:
    """The lower end with the scale that only the upper one names: "five to six thousand", "13 to 14,000"."""
    lowest, highest = low.number.value, high.number.value
    if high.number.scale and not low.number.scale:
        scaled = numbers.times(lowest, high.number.factor)
        if lowest < high.number.value / high.number.factor * 10 and scaled <= high.number.value:
            return scaled
    thousands = lowest * 1000
    if high.number.end - high.number.start > 4 and lowest < 1000 and thousands < highest <= 2 * thousands:
        return thousands
    return lowest


def _neighbours(low: float, high: float) -> bool:
    """ "Three or four", "ten or fifteen", "twenty or thirty thousand": an approximation, not two figures."""
    if low <= 0 or not (low.is_integer() and high.is_integer()):
        return False
    step = 1.0
    while low % (step * 10) == 0 and high % (step * 10) == 0:
        step *= 10
    return low + step == high or (low + 5 * step == high and low % (5 * step) == 0)

"""A number with the unit or currency at it, by characters; what is written in two parts ("5ft 11in") is one amount."""

import re
from dataclasses import dataclass, replace

from pipeline.extract.figures import numbers, units
from pipeline.extract.figures.numbers import Number
from pipeline.extract.figures.units import Unit

_SUBUNITS = {"cent": 100.0, "penny": 100.0, "sen": 100.0}
_AFTER_CODE = re.compile(r"\s(million|billion|trillion|bn|mn)\b", re.IGNORECASE)
_MANY_POUNDS = 1e6
"""So many pounds are money, unless pounds "of" something."""
_INCHES = re.compile(r"['’′]\s?(\d{1,2})\s?(?:[\"”″]|''|’’)")
"""Behind the feet of a height: 6'3"."""
_LARGE = 1000
"""So large a number may have a letter for its currency: "N5,000", but "K9"."""
_SCALED_END = re.compile(r"\d\s?[A-Za-z]{1,4}$")
_AND_A_HALF = re.compile(
    r"\sand\sa\s(half|quarter)\b(?!\s(?:hundred|thousand|million|billion|dozen))", re.IGNORECASE
)
_OR_MORE = re.compile(r"\sor\s(?:more|fewer|less|so)(?=\s)", re.IGNORECASE)
_MINUS = re.compile(r"(?:(?<![^\s(])[-−–]|\bminus\s)$", re.IGNORECASE)
"""Before a currency sign: "-$3 billion"."""
_LETTERED = re.compile(r"(?:^|[\s(])[A-Z]$")
"""A lone capital at a number's hyphen."""
_OF_A = re.compile(r"\sof\san?(?=\s)")
_PARTS_OF = {("foot", "inch"): 12.0, ("pound", "ounce"): 16.0, ("stone", "pound"): 14.0}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit, before ranges are joined."""

    number: Number
    start: int
    end: int
    unit: Unit | None
    joined: str
    per: str | None = None


_LETTER = re.compile(r"\s([MB])\b(?=\s(?P<noun>[a-z]{3,})|[.,;:)]|\s|$)")
"""A scale in one letter that a blank parts from its number: "$8 B", "8 B people"."""


def _with_letter(text: str, number: Number, *, money: bool) -> Number:
    """The number with such a scale, where a currency stands before it or a plural right behind."""
    found = _LETTER.match(text, number.end) if number.style == "digits" and not number.scale else None
    if found is None or not (money or (found["noun"] or "").endswith(("s", "people"))):
        return number
    value = numbers.times(number.value, numbers.SCALES[found[1].lower()])
    return replace(number, value=value, end=found.end(1), scale=found[1].lower())


def amount(text: str, number: Number) -> Amount | None:
    """The number with the currency before or the unit after it; None where letters stick to it and make it a name."""
    sign = units.currency_before(text, number.start, large=False)
    number = _with_letter(text, number, money=sign is not None)
    money = units.currency_before(text, number.start, large=bool(number.scale) or number.value >= _LARGE)
    after = _unit_behind(text, number)
    if number.style == "digits" and not number.scale and (code := units.scaled_code_after(text, number.end)):
        scaled = numbers.times(number.value, numbers.SCALES["m" if code[0].startswith("m") else code[0]])
        return Amount(replace(number, value=scaled), number.start, code[2], Unit(code[1], "money"), "")
    if inches := _INCHES.match(text, number.end):
        number = replace(number, value=round(number.value + int(inches[1]) / 12, 9), end=inches.end())
        return Amount(number, number.start, inches.end(), Unit("foot", "length"), "")
    if _is_name_part(text, number, money=money is not None, unit=after is not None):
        return None
    if money:
        return _money(text, number, *money)
    if after is None:
        follows = text[number.end : number.end + 1]
        if follows.isalpha() and number.style == "digits":
            return None
        return _metres(text, number) or Amount(number, number.start, number.end, None, "")
    return _with_unit(text, number, *after)


def _unit_behind(text: str, number: Number) -> tuple[Unit, int, str] | None:
    digits = number.style == "digits"
    after = units.unit_after(text, number.end, digits=digits)
    if after is None and (more := _OR_MORE.match(text, number.end)):
        after = units.unit_after(text, more.end(), digits=digits)  # "1,000 or more kilograms"
    vague = number.style == "vague" or text[number.start : number.end].endswith("s")  # "many billions"
    if vague and after is None and text.startswith(" of ", number.end):
        after = units.unit_after(text, number.end + 3, digits=digits)  # "hundreds of millions of dollars"
    if number.style == "fraction" and after is None and (of := _OF_A.match(text, number.end)):
        after = units.unit_after(text, of.end(), digits=digits)  # "a quarter of a percentage point"
    return after


def _is_name_part(text: str, number: Number, *, money: bool, unit: bool) -> bool:
    """Whether letters before a number make it a name: "B52", "Covid-19"; "$1.2bn-1.5bn" is none."""
    touching = text[number.start - 1 : number.start] if number.start else ""
    if touching.isalpha():
        return not (money and number.style == "digits") or text[number.start] == "."  # "H.R.1424"
    before = text[max(0, number.start - 8) : number.start - 1]
    if touching == "+" and before[-1:].isalnum():
        return True  # "the P5+1"
    hyphenated = touching in ("-", "–") and before[-1:].isalpha()
    if hyphenated and _LETTERED.search(before):
        return True  # "the K-one cup"
    if not hyphenated or money or unit or before.endswith("-to"):
        return False
    return not (number.scale and _SCALED_END.search(before))


def _with_unit(text: str, number: Number, unit: Unit, end: int, joined: str) -> Amount:
    if unit.name == "pound" and number.value >= _MANY_POUNDS and not text.startswith(" of ", end):
        unit = Unit("GBP", "money")
    if unit.dimension == "money" and not number.scale and (scale := _AFTER_CODE.match(text, end)):
        value = numbers.times(number.value, numbers.SCALES[scale[1].lower()])
        number, end = replace(number, value=value), scale.end()
    if unit.dimension in ("time", "length") and (part := _AND_A_HALF.match(text, end)):
        value = number.value + (0.5 if part[1].lower() == "half" else 0.25)
        number, end = replace(number, value=value), part.end()  # "an hour and a half"
    unit, below, end = units.per(text, unit, end) or (unit, None, end)
    return Amount(number, number.start, end, unit, joined, below)


def _money(text: str, number: Number, code: str, start: int) -> Amount:
    end = number.end
    after = units.unit_after(text, end, digits=True)
    if after and after[0].dimension == "money" and after[0].name not in ("cent", "penny"):
        # "$5 dollars", "$75 U.S.", "$5 Canadian dollars": the later word tells which dollar.
        code, end = after[0].name if after[0].name != "USD" else code, after[1]
    unit, below, end = units.per(text, Unit(code, "money"), end) or (Unit(code, "money"), None, end)
    if minus := _MINUS.search(text, max(0, start - 8), start):
        number, start = replace(number, value=-number.value), minus.start()
    return Amount(number, start, end, unit, "before", below)


def _metres(text: str, number: Number) -> Amount | None:
    """ "30m" is thirty metres where nothing follows that could be counted in millions."""
    if number.scale != "m" or re.match(
        r"\s(?!(?:long|wide|tall|high|deep|above|below|from|away|race|sprint|hurdles|dash|relay|final|freestyle|butterfly|backstroke|breaststroke|medley|individual|steeplechase|champion|runner|record|walk|thick|underground|offshore|in|to|and|of(?!\s(?:its|the|their|those|these|his|her|them|us)\b)|off|at|or|on|for|the|by)\b)[a-z]",
        text[number.end : number.end + 40],
    ):
        return None
    value = round(number.value / 1e6, 12)
    return Amount(
        replace(number, value=value, end=number.end - 1, scale=""),
        number.start,
        number.end,
        Unit("metre", "length"),
        "",
    )


def merged(text: str, amounts: list[Amount]) -> list[Amount]:
    """Feet and inches, pounds and ounces, dollars and cents as one amount ("5ft 11in"); "four (4)" told once."""
    out: list[Amount] = []
    for this in amounts:
        last = out[-1] if out else None
        if last is None:
            out.append(this)
        elif this.start >= last.end:  # else the inches of a height
            whole = _as_one(text, last, this)
            out[-1:] = [whole] if whole else [last, this]
    return out


def _as_one(text: str, last: Amount, this: Amount) -> Amount | None:
    """Two amounts as one, None where they are two."""
    gap = text[last.end : this.start]
    if (
        gap == " ("
        and text.startswith(")", this.end)
        and not last.unit
        and last.number.value == this.number.value
    ):
        number = replace(last.number, end=this.end + 1)
        return amount(text, number)  # "four (4) boats"
    if (
        last.number.style == "fraction"
        and not last.unit
        and gap == " of "
        and this.number.value == 1
        and this.unit
    ):
        return Amount(
            replace(last.number, style="words"), last.start, this.end, this.unit, ""
        )  # "half of 1 percent"
    if last.unit is None or this.unit is None:
        return None
    share = _PARTS_OF.get((last.unit.name, this.unit.name), 0) if gap.strip() == "" and len(gap) < 3 else 0
    if last.unit.dimension == "money" and last.unit.name not in _SUBUNITS and gap in (" ", " and "):
        share = _SUBUNITS.get(this.unit.name, 0)
    if not share:
        return None
    value = round(last.number.value + this.number.value / share, 9)
    return replace(last, number=replace(last.number, value=value), end=this.end)

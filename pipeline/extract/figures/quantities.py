"""Quantities in text: a number with its range, unit or currency and comparator, by characters. No parse in here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.extract.figures import comparators, numbers, units
from pipeline.extract.figures.numbers import Number
from pipeline.extract.figures.units import COUNT, FRACTION, Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that may be a figure: `start` to `end` with comparator and unit, from `amount_start` without the comparator."""

    start: int
    end: int
    amount_start: int
    number_start: int
    number_end: int
    value: float
    value_high: float | None
    comparator: str
    unit: Unit
    style: str
    joined: str
    """What joins number and unit: "", "-" ("11-year") or "before" (a currency sign)."""
    range_mark: str = ""
    per: str | None = None
    """What the quantity is for one of: "barrel", "day"."""
    scaled: bool = False
    """Whether a scale stands with the number: "2.2 billion"."""


_RANGE = re.compile(
    r"\s?(?:[-–—]|-?\b(?:(?:up\s)?to|and|or)\b-?)\s?(?:(?:about|around|as\s(?:much|many)\sas|up\sto)\s)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|anywhere\sbetween)\s(?:about\s|around\s)?$", re.IGNORECASE)
_BY = re.compile(r"\bby\s$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|up\sto\s)?$", re.IGNORECASE)
_SUBUNITS = {"cent": 100.0, "penny": 100.0, "sen": 100.0}
_AFTER_CODE = re.compile(r"\s(million|billion|trillion|bn|mn)\b", re.IGNORECASE)
_MANY_POUNDS = 1e6
"""So many pounds are money, unless pounds "of" something."""
_INCHES = re.compile(r"['’′]\s?(\d{1,2})\s?(?:[\"”″]|''|’’)")
"""Behind the feet of a height: 6'3"."""
_OF_A = re.compile(r"\sof\san?(?=\s)")
_PARTS_OF = {("foot", "inch"): 12.0, ("pound", "ounce"): 16.0, ("stone", "pound"): 14.0}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number and its unit, before ranges are joined."""

    number: Number
    start: int
    end: int
    unit: Unit | None
    joined: str
    per: str | None = None


def quantities(text: str, dated: Callable[[int, bool], bool]) -> list[Quantity]:
    """All quantities of a text, left to right. `dated` tells whether the number at a character belongs to a date."""
    found = (amount for number in numbers.scan(text) if (amount := _amount(text, number)))
    outside = (
        a for a in found if not dated(a.number.start, a.unit is not None and a.unit.dimension == "time")
    )
    amounts = _merged(text, list(outside))
    out: list[Quantity] = []
    i = 0
    while i < len(amounts):
        this, following = amounts[i], amounts[i + 1] if i + 1 < len(amounts) else None
        quantity = _ranged(text, this, following) if following else None
        if (
            quantity is None
            and following
            and this.unit is None
            and following.unit
            and not text[this.number.start : this.end].endswith("fold")
            and text[this.end : following.start] == " to "
        ):
            this = replace(this, unit=following.unit)
        i += 2 if quantity else 1
        out.append(_compared(text, quantity or _single(this)))
    return out


def _amount(text: str, number: Number) -> _Amount | None:
    """The number with the currency before or the unit after it; None where letters stick to it and make it a name."""
    money = units.currency_before(text, number.start)
    after = units.unit_after(text, number.end)
    if number.style == "vague" and after is None and text.startswith(" of ", number.end):
        after = units.unit_after(text, number.end + 3)  # "hundreds of millions of dollars"
    if number.style == "fraction" and after is None and (of := _OF_A.match(text, number.end)):
        after = units.unit_after(text, of.end())  # "a quarter of a percentage point"
    if number.style == "digits" and not number.scale and (code := units.scaled_code_after(text, number.end)):
        scaled = numbers.times(number.value, numbers.SCALES["m" if code[0].startswith("m") else code[0]])
        return _Amount(replace(number, value=scaled), number.start, code[2], Unit(code[1], "money"), "")
    if inches := _INCHES.match(text, number.end):
        number = replace(number, value=round(number.value + int(inches[1]) / 12, 9), end=inches.end())
        return _Amount(number, number.start, inches.end(), Unit("foot", "length"), "")
    touching = text[number.start - 1 : number.start] if number.start else ""
    if touching.isalpha() and not (money and number.style == "digits"):
        return None
    hyphenated = touching in ("-", "–") and text[max(0, number.start - 2) : number.start - 1].isalpha()
    if hyphenated and not money and after is None and text[max(0, number.start - 4) : number.start] != "-to-":
        return None
    if money:
        return _money(text, number, *money)
    if after is None:
        follows = text[number.end : number.end + 1]
        if follows.isalpha() and number.style == "digits":
            return None
        return _metres(text, number) or _Amount(number, number.start, number.end, None, "")
    unit, end, joined = after
    if unit.name == "pound" and number.value >= _MANY_POUNDS and not text.startswith(" of ", end):
        unit = Unit("GBP", "money")
    if unit.dimension == "money" and not number.scale and (scale := _AFTER_CODE.match(text, end)):
        number, end = (
            replace(number, value=numbers.times(number.value, numbers.SCALES[scale[1].lower()])),
            scale.end(),
        )
    unit, below, end = units.per(text, unit, end) or (unit, None, end)
    return _Amount(number, number.start, end, unit, joined, below)


def _money(text: str, number: Number, code: str, start: int) -> _Amount:
    end = number.end
    after = units.unit_after(text, end)
    if after and after[0].dimension == "money" and after[0].name not in ("cent", "penny"):
        # "$5 dollars", "$75 U.S.", "$5 Canadian dollars": the later word tells which dollar.
        code, end = after[0].name if after[0].name != "USD" else code, after[1]
    unit, below, end = units.per(text, Unit(code, "money"), end) or (Unit(code, "money"), None, end)
    return _Amount(number, start, end, unit, "before", below)


def _metres(text: str, number: Number) -> _Amount | None:
    """ "30m" is thirty metres where nothing follows that could be counted in millions."""
    if number.scale != "m" or re.match(
        r"\s(?!long|wide|tall|high|deep|above|below|from|away|race|sprint|hurdles|dash|relay|final|freestyle|butterfly|backstroke|breaststroke|medley|individual|steeplechase|champion|runner|record|walk|thick|underground|offshore|in|to|and|of(?!\s(?:its|the|their|those|these|his|her|them|us)\b)|off|at|or|on|for|the|by)[a-z]",
        text[number.end : number.end + 12],
    ):
        return None
    value = round(number.value / 1e6, 12)
    return _Amount(
        replace(number, value=value, end=number.end - 1, scale=""),
        number.start,
        number.end,
        Unit("metre", "length"),
        "",
    )


def _merged(text: str, amounts: list[_Amount]) -> list[_Amount]:
    """Feet and inches, pounds and ounces, dollars and cents as one amount ("5ft 11in")."""
    out: list[_Amount] = []
    for this in amounts:
        last = out[-1] if out else None
        key = (last.unit.name, this.unit.name) if last and last.unit and this.unit else ("", "")
        gap = text[last.end : this.start] if last else "?"
        share = _PARTS_OF.get(key, 0) if gap.strip() == "" and len(gap) < 3 else 0
        if (
            last
            and last.unit
            and last.unit.dimension == "money"
            and key[0] not in _SUBUNITS
            and gap in (" ", " and ")
        ):
            share = _SUBUNITS.get(key[1], 0)
        if last and this.start < last.end:
            continue  # the inches of a height
        if (
            last
            and last.number.style == "fraction"
            and not last.unit
            and gap == " of "
            and this.unit
            and this.number.value == 1
        ):
            value = last.number.value  # "half of 1 percent"
            out[-1] = _Amount(
                replace(last.number, value=value, style="words"), last.start, this.end, this.unit, ""
            )
        elif last and share:
            value = round(last.number.value + this.number.value / share, 9)
            out[-1] = replace(last, number=replace(last.number, value=value), end=this.end)
        else:
            out.append(this)
    return out


def _unit_of(amount: _Amount) -> Unit:
    return amount.unit or (FRACTION if amount.number.style == "fraction" else COUNT)


def _single(amount: _Amount) -> Quantity:
    number = amount.number
    return Quantity(
        amount.start,
        amount.end,
        amount.start,
        number.start,
        number.end,
        number.value,
        None,
        "=",
        _unit_of(amount),
        number.style,
        amount.joined,
        per=amount.per,
        scaled=bool(number.scale),
    )


def _ranged(text: str, low: _Amount, high: _Amount) -> Quantity | None:
    """The range that two amounts make ("40 to 50 questions", "$3-5 million"), else None."""
    link = text[low.end : high.start]
    if len(link) > 16 or not _RANGE.fullmatch(link) or "vague" in (low.number.style, high.number.style):
        return None
    lead_from = _FROM.search(text, max(0, low.start - 20), low.start)
    shared = low.joined == "before" or lead_from  # "$3-5 million", "from 208 pounds to 193"
    if low.unit and (low.unit.name != high.unit.name if high.unit else not shared):
        return None
    word = link.strip().lower().strip("-") or "-"
    lead_between = _BETWEEN.search(text, max(0, low.start - 25), low.start)
    if text[low.number.start : low.end].endswith("fold"):
        return None
    if _BY.search(text, max(0, low.start - 4), low.start):
        return None  # "rose by 2 to 12": an amount and an end
    if word.startswith("and") and not lead_between:
        return None
    if word.startswith("or") and not _neighbours(low, high):
        return None
    if low.number.style == "fraction" or high.number.style == "fraction":
        return None
    lowest = low.number.value
    if (
        high.number.scale
        and not low.number.scale
        and lowest < high.number.value / numbers.SCALES.get(high.number.scale, 1e9) * 10
    ):
        lowest = numbers.times(
            lowest, numbers.SCALES.get(high.number.scale) or numbers.SCALES[high.number.scale.lower()]
        )
    unit = high.unit or low.unit or COUNT
    hyphen = word in ("-", "–", "—")
    highest = abs(high.number.value) if hyphen else high.number.value
    if highest < lowest:
        if not hyphen:
            return None  # "from 7.2 to 6.9 percent", "58 percent to 51": two figures, not the ends of a range
        lowest, highest = (highest, lowest) if unit.name != "count" else (lowest, highest)
    lead = lead_between or lead_from
    return Quantity(
        lead.start() if lead else low.start, high.end, low.start, low.number.start, high.number.end, lowest, highest, "=", unit,
        low.number.style, "before" if low.joined == "before" else high.joined, word, low.per or high.per,
    )  # fmt: skip


def _neighbours(low: _Amount, high: _Amount) -> bool:
    """ "three or four", "8 or $9": an approximation, not two figures."""
    a, b = low.number.value, high.number.value
    return a + 1 == b


def _compared(text: str, quantity: Quantity) -> Quantity:
    found = comparators.before(text, quantity.start, quantity.unit.dimension)
    if found:
        quantity = replace(quantity, comparator=found[0], start=found[1])
    later = comparators.after(text, quantity.end)
    if later and (later[0] != "=" and quantity.comparator == "="):
        quantity = replace(quantity, comparator=later[0], end=later[1])
    if quantity.style == "vague":
        quantity = replace(quantity, comparator=">=")
    return quantity

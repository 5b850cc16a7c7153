"""Quantities in text: a number with its range, unit or currency and comparator, by characters. No parse in here."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.extract.figures import comparators, numbers
from pipeline.extract.figures.amounts import Amount, amount, merged
from pipeline.extract.figures.ranges import as_millions, is_vote, links, range_of
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
    sign: str = ""
    """How the number's own words bound it: "several hundred"."""
    vote: bool = False
    """One side of a vote: "52-48"."""


def quantities(text: str, dated: Callable[[int, bool], bool]) -> list[Quantity]:
    """All quantities of a text, left to right. `dated` tells whether the number at a character belongs to a date."""
    found = numbers.scan(text, lambda start: dated(start, False))
    read = (a for number in found if (a := amount(text, number)))
    outside = [
        a for a in read if not dated(a.number.start, a.unit is not None and a.unit.dimension == "time")
    ]
    amounts = merged(text, outside)
    out: list[Quantity] = []
    i = 0
    while i < len(amounts):
        this, following = amounts[i], amounts[i + 1] if i + 1 < len(amounts) else None
        pair: list[Quantity] = []
        if following is not None and i + 2 < len(amounts) and (three := _to_range(text, *amounts[i : i + 3])):
            out.extend(_compared(text, quantity) for quantity in three)
            i += 3
            continue
        if following is not None:
            this, following = as_millions(text, this, following)
            pair = _pair(text, this, following)
        out.extend(_compared(text, quantity) for quantity in pair or [_single(this)])
        i += 2 if pair else 1
    return out


def _to_range(text: str, this: Amount, low: Amount, high: Amount) -> list[Quantity]:
    """A change that ends in a range: "grow from 24.2 to 33-35 billion euros"; its start leans on the same unit and scale."""
    if high.unit is None or low.unit is not None or not links(text, this, replace(low, unit=high.unit)):
        return []
    ends = range_of(text, low, high)
    if ends is None or ends.mark not in ("-", "–", "—"):
        return []
    scaled = numbers.times(this.number.value, high.number.factor)
    if high.number.scale and not this.number.scale and scaled <= 10 * ends.high:
        this = replace(this, number=replace(this.number, value=scaled, scale=high.number.scale))
    return [_single(replace(this, unit=this.unit or high.unit)), *_pair(text, low, high)]


def _pair(text: str, this: Amount, following: Amount) -> list[Quantity]:
    """Two amounts that belong together: a range, the ends of a change, the sides of a vote; else nothing."""
    if is_vote(text, this, following):
        return [replace(_single(side), vote=True) for side in (this, following)]
    if ends := range_of(text, this, following):
        quantity = replace(
            _single(this),
            start=ends.start,
            end=following.end,
            number_end=following.number.end,
            value=ends.low,
            value_high=ends.high,
            unit=following.unit or this.unit or COUNT,
            joined="before" if this.joined == "before" else following.joined,
            range_mark=ends.mark,
            per=this.per or following.per,
        )
        return [quantity]
    if not links(text, this, following):
        return []
    if following.unit and this.unit is None:
        this = replace(this, unit=following.unit)  # "from 7.2 to 6.9 percent"
    elif this.joined == "before" and following.unit is None and (this.number.scale or following.number.scale):
        following = replace(following, unit=this.unit)  # "from $3 million to 5 million"
    return [_single(this), _single(following)]


def _unit_of(amount: Amount) -> Unit:
    return amount.unit or (FRACTION if amount.number.style == "fraction" else COUNT)


def _single(amount: Amount) -> Quantity:
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
        sign=number.sign,
    )


def _compared(text: str, quantity: Quantity) -> Quantity:
    found = comparators.before(text, quantity.start, quantity.unit.dimension)
    if found and not comparators.is_rise(text, found[1], quantity.end):
        quantity = replace(quantity, comparator=found[0], start=found[1])
    later = comparators.after(text, quantity.end)
    if later and (later[0] != "=" and quantity.comparator == "="):
        quantity = replace(quantity, comparator=later[0], end=later[1])
    elif quantity.comparator == "=" and (inside := comparators.after(text, quantity.number_end)):
        quantity = replace(quantity, comparator=inside[0]) if inside[1] <= quantity.end else quantity
    if quantity.style == "vague":
        quantity = replace(quantity, comparator=">=")
    elif quantity.sign and quantity.comparator == "=":
        quantity = replace(quantity, comparator=quantity.sign)
    return quantity

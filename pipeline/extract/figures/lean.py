"""What a figure takes from the one before it: all of a conversion, the subject of a comparison, where a change began."""

import re

from pipeline.extract.figures.context import OTHER_TIME
from pipeline.extract.figures.kinds import TOLLS
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import moves
from pipeline.extract.rows import Figure

_SAME_AGAIN = re.compile(
    r"(?:\s?[(/]|,?\sor\s|,?\s(?:the\s)?equivalent\s(?:of|to)\s)\s?(?:about\s|around\s|roughly\s|some\s)?",
    re.IGNORECASE,
)
_OTHER_END = re.compile(
    r",?\s(?:back\s)?(?:to|from|up|down|up\sfrom|down\sfrom)\s(?:an?\s|only\s|just\s|about\s|around\s)?",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?P<before>[\w’'%]+)?[\s,;(–—-]*\b(?:(?:up|down)\sfrom|compared\s(?:with|to)|versus|vs\.?|against|instead\sof)\s"
    r"(?:the\s|an?\s)?(?:(?:[\w’'-]+\s){0,3}(?:average|mean|norm|total|figure)\sof\s)?$",
    re.IGNORECASE,
)


def _compared(text: str, quantity: Quantity) -> bool:
    """Whether a figure is what another is compared with: ", up from 16%", but not "went up from 98"."""
    for end in {quantity.start, quantity.amount_start}:
        found = _COMPARED.search(text, max(0, end - 60), end)
        if found and not moves((found["before"] or "").lower()):
            return True
    return False


_BEGAN = re.compile(
    r",?\s(?:back\s)?(?:up|down|higher|lower|increase|decrease|rise|fall|change)?\s?(?:from|compared\s(?:with|to)|versus|against)\s"
    r"(?:an?\s|the\s|only\s|just\s|about\s|around\s|some\s|nearly\s)*$",
    re.IGNORECASE,
)
_UP_FROM = re.compile(r",\s(?:up|down)\sfrom\s(?:about\s)?$")
_FROM = re.compile(r"\bfrom\s(?:an?\s|only\s|just\s|about\s|around\s|some\s|nearly\s)*$", re.IGNORECASE)
_TO = re.compile(
    r"(?:[\s,](?:[\w’']+\s){0,3}?)?(?:to|up\sto|down\sto)\s(?:an?\s|only\s|just\s|about\s|around\s|some\s|nearly\s)*",
    re.IGNORECASE,
)


def lean(text: str, quantity: Quantity, figure: Figure, last: Figure, offset: int, *, own: bool) -> None:
    """What a figure takes from the one before: all of a conversion ("30km (19 miles)"), the subject of a comparison.

    `offset`: where `text` starts in the article; `own`: the figure names what it measures itself.
    """
    gap = text[last.end - offset : quantity.start]
    behind = text[quantity.end : quantity.end + 20]
    if figure.unit == last.unit == "count":
        began = last.start - offset
        _people(figure, last, gap, behind, part=bool(_PART_BEFORE.search(text, max(0, began - 30), began)))
    _gapped(figure, last, gap, behind)
    _change(text, quantity, figure, last, gap, offset)
    again = _SAME_AGAIN.fullmatch(gap) if (last.dimension == "time") == (figure.dimension == "time") else None
    ends = _OTHER_END.fullmatch(gap) or (figure.unit == last.unit and _compared(text, quantity))
    if figure.unit == "count" or own:
        return
    parallel = _PARALLEL.fullmatch(gap) if last.attribute else None
    if parallel and text.startswith(f" {parallel['case']} ", quantity.end):
        figure.attribute, figure.counted = last.attribute, last.counted
        if last.trend and figure.unit == last.unit and figure.trend is None and last.value_kind == "change":
            figure.trend, figure.value_kind, figure.measure = last.trend, "change", last.measure
        own_only = last.subject is not None and last.subject in gap  # "49% for the first group"
        figure.subject, figure.subject_id = (None, None) if own_only else (last.subject, last.subject_id)
        return
    if figure.unit == last.unit and OTHER_TIME.fullmatch(text[last.end - offset : quantity.start]):
        _take(figure, last)  # "a margin of 3.1 percent in 2018 and 2.5 last year"
        return
    told = figure.attribute or figure.counted
    if figure.unit == last.unit == "percent" and not told and not ends:
        figure.attribute, figure.counted = last.attribute, last.counted  # "won 40% of the vote, Lund 31%"
    unnamed = figure.attribute is None and figure.counted is None and figure.subject is None
    if (last.unit != "count" and (again or ends or unnamed)) or (unnamed and again):
        _take(figure, last)
    if again and figure.unit != last.unit:
        figure.trend = figure.trend or last.trend
        figure.value_kind = last.value_kind
        if figure.comparator == "=":
            figure.comparator = last.comparator


_PARALLEL = re.compile(
    r"\s(?P<case>for|in|among|at|on)\s[^.;:()]{1,60}?(?:,|,?\sand|,?\swhile|,?\sbut)\s(?:to\s|only\s|just\s|about\s)?"
)
"""Between the figures of one quantity for several: "49% for the first group, 53% for the second"."""
_PART = re.compile(
    r"[^.;:()]{0,40}\b(?:including|among\s(?:them|whom)|amongst\sthem|of\swhom|of\sthem)\s(?:at\sleast\s|the\s)?",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:including|among\s(?:them|whom)|amongst\sthem|of\swhom|of\sthem)\s(?:at\sleast\s|the\s)?$"
)
_TOTAL = re.compile(
    r"[^.;]{0,60}\b(?:bring|brings|bringing|brought|take|takes|taking|took|raise|raises|raising|raised|push|pushes|pushing|pushed)\s"
    r"(?:the|its|their|that|this|an?)\s(?:\w+\s){0,3}(?:total|tally|count|number|figure|toll)(?:\s\w+){0,4}?\sto\s(?:at\sleast\s|about\s)?",
    re.IGNORECASE,
)
_OR = re.compile(
    r",?\s(?:and|or|but|to)\s(?:(?:possibly|perhaps|maybe|probably|even|as\smany\sas|up\sto)\s?){0,3}",
    re.IGNORECASE,
)


_PLACES = re.compile(
    r"(?:\s[a-z]+){0,4}?\s(?:in|at|on|from|near)\s[^.;:()]{1,60}?(?:,|,?\sand|,?\swhile|,?\sbut)\s(?:a\sfurther\s|another\s|at\sleast\s)?"
)
"""Between the tolls of several places: "45 dead in Bor, 12 in Juba and seven in Yei"."""
_PLACED = re.compile(r"\s(?:more\s|others\s|each\s)?(?:in|at|on|from|near)\s")
_GAPPED = re.compile(
    r"[^.;:()]{0,30},?\s(?:and\s|while\s|but\s)?(?:the\s)?(?:[A-Z0-9][\w&.’'-]*\s){1,4}(?:by\s)?(?:about\s|nearly\s|almost\s)?"
)
"""Between the changes of several: "shares of Ford were up 2%, Fiat by 3% and Renault 4%"."""


def _gapped(figure: Figure, last: Figure, gap: str, behind: str) -> None:
    """Take the rise or fall of the figure before where only another name stands between: "Ford fell 2% and Fiat 3%"."""
    unmoved = figure.trend is None and figure.unit == last.unit and figure.unit != "count"
    if (
        unmoved
        and last.trend
        and last.value_kind == "change"
        and (
            _GAPPED.fullmatch(gap)
            or OTHER_TIME.fullmatch(gap)
            or (gap == " and " and behind.startswith(" respectively"))
        )
    ):
        figure.trend, figure.value_kind = last.trend, "change"
        figure.measure = "change" if figure.measure == "share" else figure.measure


def _people(figure: Figure, last: Figure, gap: str, behind: str, *, part: bool) -> None:
    """Part and whole of a toll: "killed 10, including three nurses", "bringing the total to 35", "14 and as many as 20 died".

    `part`: the figure before is part of a toll itself.
    """
    same = figure.counted in (None, last.counted) and figure.measure is None
    if last.measure in TOLLS and same and _PLACES.fullmatch(gap) and _PLACED.match(behind):
        figure.measure, figure.value_kind, figure.counted = last.measure, "toll", last.counted
        return
    going_on = part and figure.measure is None and _OR.fullmatch(gap)  # "including 3 nurses and 2 guards"
    if last.measure in TOLLS and (
        _PART.fullmatch(gap) or going_on or (_TOTAL.fullmatch(gap) and figure.measure is None)
    ):
        own = figure.measure if figure.measure in TOLLS else last.measure
        figure.measure, figure.value_kind = own, "toll"  # "casualties of 80, including 30 killed"
        figure.counted = figure.counted or last.counted
    elif (
        figure.measure is not None
        and last.measure is None
        and last.counted in (None, figure.counted)
        and _OR.fullmatch(gap)
    ):
        last.measure, last.value_kind, last.counted = figure.measure, figure.value_kind, figure.counted


def _take(figure: Figure, last: Figure) -> None:
    """The same thing is measured: of the same subject."""
    if last.attribute or last.counted:
        figure.attribute, figure.counted = last.attribute, last.counted
    if last.subject:
        figure.subject, figure.subject_id = last.subject, last.subject_id


def _change(text: str, quantity: Quantity, figure: Figure, last: Figure, gap: str, offset: int) -> None:
    """Tell where a change began on the figure in which it ended: "from 7.2 to 6.9 %", "112, up from 97", "fell $2m to $9m"."""
    if figure.unit != last.unit and figure.unit is not None and last.unit is not None:
        return
    began = last.start - offset
    if _TO.fullmatch(gap):
        if _FROM.search(text, max(0, began - 30), began):
            figure.from_value = last.value
        elif (
            last.value_kind == "change"
            and last.trend
            and figure.dimension in ("money", "length", "mass", "count")
        ):
            moved = last.value if last.trend == "up" else -last.value
            figure.from_value = round(figure.value - moved, 9)
    elif (
        (
            _BEGAN.fullmatch(gap)
            or (figure.unit == last.unit != "count" and figure.per == last.per and _UP_FROM.search(gap))
        )
        and last.value_kind != "change"
        and figure.counted in (None, last.counted)
    ):
        last.from_value = figure.value

"""The day of publication in the names of a file and its folders, in the usual orders, where it is certain."""

import re
from datetime import date

from pipeline.read.days import MONTHS, month_number, numeric, on_calendar, settled

_APART = r"(?<![0-9])"
_SEP = r"[-_. ]"
_PATTERNS = (
    re.compile(rf"{_APART}(?P<year>\d{{4}}){_SEP}?(?P<month>\d\d){_SEP}?(?P<day>\d\d)(?![0-9])"),
    re.compile(rf"{_APART}(?P<year>\d{{4}})(?P<sep>{_SEP})(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?![0-9])"),
    re.compile(rf"{_APART}(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?![0-9])"),
    re.compile(
        rf"{_APART}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_SEP}*(?P<name>{MONTHS})(?![a-z]){_SEP}*,?(?P<year>\d{{4}})(?![0-9])", re.I
    ),
    re.compile(
        rf"(?<![a-z])(?P<name>{MONTHS})(?![a-z]){_SEP}*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,|{_SEP})+{_SEP}*(?P<year>\d{{4}})(?![0-9])",
        re.I,
    ),
    re.compile(rf"{_APART}(?P<year>\d{{4}}){_SEP}*(?P<name>{MONTHS})(?![a-z]){_SEP}*(?P<day>\d{{1,2}})(?![0-9])", re.I),
)  # fmt: skip
_TURNED = re.compile(
    rf"{_APART}(?P<a>\d{{1,2}})(?P<sep>{_SEP})(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}})(?![0-9])"
)
_TURNED_COMPACT = re.compile(rf"{_APART}(?P<a>\d\d)(?P<b>\d\d)(?P<year>(?:19|20)\d\d)(?![0-9])")
_YEAR, _MONTH, _DAY = (
    re.compile(r"(?:19|20)\d\d"),
    re.compile(rf"\d{{1,2}}|(?:\d\d?[-_ ])?(?:{MONTHS})", re.I),
    re.compile(r"\d{1,2}"),
)
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[-_.]?(\d\d)")

_YEARS = range(1600, 2200)
"""Other numbers of four digits are no years."""

Found = tuple[date | None, str | None]
"""The day, or why a date that was seen gave none."""


def day_in_name(name: str) -> Found:
    """The day in a name without its suffix; two days, or one that may be two, give none."""
    days = {day for pattern in _PATTERNS for found in pattern.finditer(name) if (day := _named(found))}
    doubts: list[str] = []
    if not days:
        for pattern in (_TURNED, _TURNED_COMPACT):
            for found in pattern.finditer(name):
                separator = found.groupdict().get("sep") or "-"
                several = settled(numeric(int(found["a"]), int(found["b"]), int(found["year"]), separator))
                days.update(several if len(several) == 1 else [])
                if len(several) > 1:
                    doubts.append(f"“{found[0]}” may be {several[0]} or {several[1]}")
    if len(days) == 1:
        return days.pop(), None
    if days:
        return None, f"“{name[:80]}” holds several dates"
    return None, doubts[0] if doubts else None


def day_in_folders(folders: list[str]) -> Found:
    """The day that folders name, the innermost first: `2026-03-03`, or `2026/03/03` one below another."""
    for folder in reversed(folders):
        day, doubt = day_in_name(folder)
        if day or doubt:
            return day, doubt
    for n in range(len(folders) - 2, -1, -1):
        at = folders[n : n + 3]
        if whole := _YEAR_MONTH.fullmatch(at[0]):
            at = [whole[1], whole[2], *at[1:2]]
        if not (_YEAR.fullmatch(at[0]) and _MONTH.fullmatch(at[1])):
            continue
        month = month_number(re.sub(r"^\d+[-_ ]", "", at[1])) or int(re.match(r"\d*", at[1])[0] or 0)  # type: ignore[index]
        if len(at) > 2 and _DAY.fullmatch(at[2]) and (day := on_calendar(int(at[0]), month, int(at[2]))):
            return day, None
        if 1 <= month <= 12:
            return None, f"the folder “{'/'.join(at[:2])}” names a month, not a day"
    return None, None


def _named(found: re.Match[str]) -> date | None:
    given = found.groupdict()
    month = month_number(given["name"]) if given.get("name") else int(given["month"])
    year = int(given["year"])
    return on_calendar(year, month, int(given["day"])) if year in _YEARS else None

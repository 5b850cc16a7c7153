"""Days of publication as people and programs write them: read where they are certain, told apart where they are not.

`03/04/2026` is 3 April to one half of the world and March 4 to the other: it is certain only where the settings say
which, or where a weekday beside it decides. With stops between (`03.04.2026`) the day stands first everywhere.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from pipeline.settings import settings

_NUMBERS = {
    name.lower(): n
    for n in range(1, 13)
    for name in (calendar.month_name[n], calendar.month_abbr[n], *(["Sept"] if n == 9 else []))
}
MONTHS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WEEKDAYS = {name.lower(): n for n in range(7) for name in (calendar.day_name[n], calendar.day_abbr[n])} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b\.?,?\s+(?:the\s+)?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_ISO = r"(?P<y1>\d{4})(?P<sep1>[-/.])(?P<m1>\d{1,2})(?P=sep1)(?P<d1>\d{1,2})(?!\d)"
_COMPACT = r"(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?=T\d|\b)(?![.,]\d)"
_DAY_MONTH = rf"{_DAY.format(3)}(?:\s+of)?[\s./-]*(?P<n3>{MONTHS})\b\.?,?[\s./-]*(?P<y3>\d{{4}})(?!\d)"
_MONTH_DAY = rf"(?P<n4>{MONTHS})\b\.?[\s./-]*{_DAY.format(4)}(?:\s*,\s*|[\s./-]+)(?P<y4>\d{{4}})(?!\d)"
_YEAR_FIRST = rf"(?P<y5>\d{{4}})[\s,./-]+(?P<n5>{MONTHS})\b\.?[\s./-]*{_DAY.format(5)}(?!\d)"
_NUMERIC = r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y6>\d{4})(?!\d)"
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z", "est": "-05:00", "edt": "-04:00", "cdt": "-05:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00", "wet": "Z", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "jst": "+09:00",
}  # fmt: skip
"""Names of zones that mean one offset only; CST, IST and BST mean several and tell nothing."""
_OTHER_ZONES = "ET|CT|MT|PT|CST|MST|BST|IST|WAT|CAT|EAT|SAST|PKT|SGT|HKT|AEST|AEDT|NZST|NZDT"
_ANY_ZONE = "|".join([*map(str.upper, _ZONES), _OTHER_ZONES])
_TIME = (
    r"(?:\s*[,|·•@–—-]?\s*|\s*,?\s+at\s+|T)(?P<hour>[01]?\d|2[0-4])(?:[:h]|\.(?=\d\d\s*(?:[ap]\.?m\b|GMT|UTC|CET|hrs)))"
    r"(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    rf"(?:\s*\(?(?P<zone>[+-]\d\d:?\d\d|(?-i:(?:UTC|GMT)[+-]\d{{1,2}}(?::?\d\d)?|{_ANY_ZONE}))\)?(?!\w))?"
)
_WRITTEN = re.compile(
    rf"(?:{_WEEKDAY})?(?:{_ISO}|{_COMPACT}|{_DAY_MONTH}|{_MONTH_DAY}|{_YEAR_FIRST}|{_NUMERIC})(?:{_TIME})?",
    re.I,
)
_LIKE_A_DAY = re.compile(
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\b\d{{8}}\b|\b(?:{MONTHS})\b.{{0,6}}\d|\d.{{0,6}}\b(?:{MONTHS})\b|\b(?:19|20)\d\d\b",
    re.I,
)
_YEARS = range(1000, 10000)
MAX_WRITTEN = 80
"""Characters that a date with its time takes at most."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text."""

    day: date | None
    """None where it is not on the calendar, or may be two days."""
    at: str | None
    """The time of that day, ISO 8601, with the offset of its zone where one is told."""
    end: int
    """The character after its last one."""
    doubt: str | None = None
    """Why there is no day."""


def written_day(text: str, start: int = 0) -> Written | None:
    """The date that begins at character `start`; None where none does."""
    found = _WRITTEN.match(text, start, start + MAX_WRITTEN)
    if not found:
        return None
    given = found.groupdict()
    weekday = _WEEKDAYS.get((given["weekday"] or "").lower())
    days, doubt = _readings(given)
    if len(days) > 1 and weekday is not None:
        days = [day for day in days if day.weekday() == weekday] or days
    days = settled(days)
    if len(days) > 1:
        doubt = f"it may be {days[0]} or {days[1]}"
    elif days and weekday is not None and days[0].weekday() != weekday:
        days, doubt = [], f"{days[0]} is no {calendar.day_name[weekday]}"
    if len(days) != 1:
        return Written(None, None, found.end(), doubt)
    return Written(days[0], _time(days[0], given), found.end())


def whole_day(text: str) -> Written | None:
    """The date that a text is, nothing beside it but blank space and marks."""
    stripped = text.strip().strip("()[]\"'“”‘’|•·-–—*").strip()
    found = written_day(stripped)
    return found if found and not stripped[found.end :].strip(" .,;|)-–—") else None


def like_a_day(text: str) -> bool:
    """Whether a text looks as if it held a date, whether or not one can be read."""
    return bool(_LIKE_A_DAY.search(text[:MAX_WRITTEN]))


def on_calendar(year: int, month: int, day: int) -> date | None:
    """The day; None where no calendar has it."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for January; 0 for what is no month."""
    return _NUMBERS.get(name.lower().rstrip("."), 0)


def numeric(first: int, second: int, year: int, separator: str) -> list[date]:
    """The days that `first second year` may be, the one with the day first before the other."""
    days = [on_calendar(year, second, first)]
    if separator != ".":
        days.append(on_calendar(year, first, second))
    return list(dict.fromkeys(day for day in days if day))


def settled(days: list[date]) -> list[date]:
    """Of the days that `numeric` gives, the one that the settings ask for, where somebody set them."""
    if len(days) < 2 or "day_first" not in settings().model_fields_set:
        return days
    return days[:1] if settings().day_first else days[1:]


def _readings(given: dict[str, str | None]) -> tuple[list[date], str]:
    """The days that a date may be, and why there is none."""
    number = {name: int(value) for name, value in given.items() if value and value.isdigit()}
    if given["y6"]:
        days = numeric(number["a"], number["b"], number["y6"], given["sep"] or "")
    else:
        n = next(n for n in "12345" if given[f"y{n}"])
        month = number[f"m{n}"] if n in "12" else month_number(given[f"n{n}"] or "")
        day = on_calendar(number[f"y{n}"], month, number[f"d{n}" if n in "12" else f"day{n}"])
        days = [day] if day else []
    return days, "it is not on the calendar"


def _time(day: date, given: dict[str, str | None]) -> str | None:
    """The time of the day, ISO 8601."""
    if given["hour"] is None:
        return None
    hour, half = int(given["hour"]), (given["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    if hour > 23:
        return None
    seconds = f":{given['second']}" if given["second"] else ""
    return f"{day}T{hour:02}:{given['minute']}{seconds}{_offset(given['zone'] or '')}"


def _offset(zone: str) -> str:
    """The offset of a zone as ISO 8601 writes it; nothing where the name does not tell."""
    if zone.lower() in _ZONES:
        return _ZONES[zone.lower()]
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", zone, re.I)
    if not found or int(found[2]) > 14:
        return ""
    offset = f"{found[1]}{int(found[2]):02}:{found[3] or '00'}"
    return "Z" if offset[1:] == "00:00" else offset

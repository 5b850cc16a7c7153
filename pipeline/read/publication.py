"""When an article was published: its header, a line of its own, its file's and folders' names, or its dateline, whichever tells for certain."""

import re
from dataclasses import dataclass, replace
from datetime import date

from pipeline.read.article import Block
from pipeline.read.credits import is_byline
from pipeline.read.days import MAX_WRITTEN, MONTHS, Written, whole_day, written_day
from pipeline.read.names import Found, day_in_folders, day_in_name

_TOP = 6
"""Blocks at the top among which a line that tells the date may stand."""
_LABEL = re.compile(
    r"(?:(?:first )?(?:published|posted|issued|created|publication date|date)(?: on| at)?|(?P<later>(?:last )?(?:updated|modified|edited)(?: on| at)?)):?\s+",
    re.I,
)
_BEHIND_BYLINE = re.compile(
    r"(?P<by>.{3,80}?)\s*[|,•·/–—-]\s*(?=\(?(?:[A-Z][a-z]{2,8}\.?,? )?(?:\d|[A-Z][a-z]{2}))"
)
_PLACE = r"[A-ZÀ-Þ][\w.’' -]{1,40}(?:, [A-ZÀ-Þ][\w.’' -]{1,30}?)?"
_DATELINE = re.compile(
    rf"{_PLACE}(?:, | \(|, on )(?P<date>(?i:(?:{MONTHS})\b\.? \d{{1,2}}|\d{{1,2}} (?:{MONTHS})\b\.?)(?:,? \d{{4}})?)"
    r"\)?,?\s*(?:\([A-Z][\w ./&-]{1,30}\))?\s*(?:--|[-–—:])"
)


@dataclass(frozen=True, slots=True)
class Publication:
    """The day, the time and where they were read; without a day, what was seen."""

    day: date | None = None
    at: str | None = None
    basis: str | None = None
    seen: tuple[str, ...] = ()


def date_line(line: str) -> tuple[Written, bool] | None:
    """The date that is all a line tells, and whether it is that of a later change; None for other lines."""
    if len(line) > MAX_WRITTEN:
        return None
    label = _LABEL.match(line)
    found = whole_day(line[label.end() :] if label else line)
    if found is None and not label and (by := _BEHIND_BYLINE.match(line)) and is_byline(by["by"]):
        found = whole_day(line[by.end() :])
    return (found, bool(label and label["later"])) if found else None


def byline(line: str) -> str | None:
    """Who wrote the article, where a line says no more than that, or that and the date; None for other lines."""
    by = _BEHIND_BYLINE.match(line)
    written = by["by"] if by and date_line(line) else line
    return written[2:].strip() if is_byline(written) else None


def date_lines(text: str, blocks: tuple[Block, ...]) -> dict[int, tuple[Written, bool]]:
    """By number of its block: the lines at the top that tell no more than a date."""
    found = ((n, date_line(text[b.start : b.end])) for n, b in enumerate(blocks[:_TOP]))
    return {n: line for n, line in found if line}


def from_lines(lines: dict[int, tuple[Written, bool]]) -> Publication:
    """The day that such lines tell."""
    seen = []
    for written, later in lines.values():
        if written.day and not later:
            return Publication(written.day, written.at, "line")
        seen.append(
            f"a line tells {written.day} as the day of a change"
            if written.day
            else f"a line was not read as a date: {written.doubt}"
        )
    return Publication(seen=tuple(seen))


def from_path(path: str) -> Publication:
    """The day that the names of a file (below the seeds folder) and of its folders tell."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    tried: tuple[tuple[str, Found], ...] = (
        ("file_name", day_in_name(stem)),
        ("folder_name", day_in_folders(folders)),
    )
    seen = []
    for basis, (day, doubt) in tried:
        if day:
            return Publication(day, None, basis)
        if doubt:
            seen.append(doubt)
    return Publication(seen=tuple(seen))


def from_dateline(text: str, blocks: tuple[Block, ...]) -> Publication:
    """The day of the dateline that opens the body: certain only with its year."""
    first = next((b for b in blocks if b.kind == "body"), None)
    if first is None:
        return Publication()
    found = _DATELINE.match(text, first.start, min(first.end, first.start + 2 * MAX_WRITTEN))
    if not found:
        return Publication()
    written = written_day(text[: found.end("date")], found.start("date"))
    if written and written.day:
        return Publication(written.day, None, "dateline")
    return Publication(seen=(f"the dateline's “{found['date']}” names no year",))


def first_certain(*tried: Publication) -> Publication:
    """The first that tells a day; where none does, all that was seen."""
    for one in tried:
        if one.day:
            return one
    return replace(Publication(), seen=tuple(seen for one in tried for seen in one.seen))


def undated_note(seen: tuple[str, ...]) -> str:
    """What the note of an article without a day says."""
    if not seen:
        return "Undated: neither header, file name nor dateline tells a day."
    told = "; ".join(seen)
    return f"Undated: {told}."

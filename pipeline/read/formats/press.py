"""Exports of press databases as text: LexisNexis (`1 of 25 DOCUMENTS`, `End of Document`) and Factiva (`HD`, `Document ABCD0000...`).

Several articles stand in one file, each with its headline, outlet, day and byline in fixed places.
"""

import re
from collections.abc import Iterator

from pipeline.read.days import whole_day
from pipeline.read.formats.draft import Draft, part

_NUMBERED = re.compile(r"(?m)^[ \t\f]*(?:Document )?\d{1,5} of \d{1,5}(?: DOCUMENTS)?[ \t]*$")
_END = re.compile(r"(?m)^[ \t]*End of Document[ \t]*$")
_FACTIVA_END = re.compile(
    r"(?m)^[ \t]*(?:AN[ \t]+)?Document (?P<key>[A-Z0-9]{3,8}0{0,3}\d{8}[a-z0-9]{6,14})[ \t]*$"
)
_TAGGED = re.compile(
    r"(?m)^[ \t]*(?P<tag>SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM|VOL|ART)(?:[ \t]{1,}|[ \t]*$\n?)"
)
_FIELD = re.compile(
    r"(?m)^[ \t]*(?P<name>BYLINE|SECTION|LENGTH|DATELINE|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|HEADLINE|HIGHLIGHT|GRAPHIC|CORRECTION|URL|JOURNAL-CODE|TYPE|Byline|Section|Length|Dateline|Highlight|Load-Date|Language|Publication-Type|Graphic):[ \t]*(?P<value>[^\n]*)$"
)
_BODY, _CLASSIFICATION = (
    re.compile(r"(?m)^[ \t]*Body[ \t]*$"),
    re.compile(r"(?m)^[ \t]*(?:Classification|Graphic|Load-Date:.*|Correction)[ \t]*$"),
)
_COPYRIGHT = re.compile(r"(?im)^[ \t]*(?:copyright|\(c\)|©).*$")
_WORDS = re.compile(r"(?m)^[ \t]*\d[\d,]* words[ \t]*$")
_TAIL = frozenset(
    {"load-date", "language", "publication-type", "graphic", "correction", "url", "journal-code", "type"}
)
_TOP_LINES = 12


def press_articles(text: str, encoding: str, format: str = "press") -> Iterator[Draft]:
    """The articles of an export; none where the text is no such export."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    if _FACTIVA_END.search(text):
        pieces = _FACTIVA_END.split(text)
        for piece, key in zip(pieces[0::2], pieces[1::2], strict=False):
            told, body = _tagged(piece) if re.search(r"(?m)^[ \t]*HD\b", piece) else _factiva(piece)
            yield from _part(body, told, key, encoding)
    elif _END.search(text) and _BODY.search(text):
        for piece in _END.split(text)[:-1]:
            yield from _part(*_nexis(piece)[::-1], None, encoding)
    elif len(_NUMBERED.findall(text)) and _FIELD.search(text):
        for piece in _NUMBERED.split(text)[1:]:
            yield from _part(*_lexis(piece)[::-1], None, encoding)


def _part(body: str, told: dict[str, str], key: str | None, encoding: str) -> Iterator[Draft]:
    if body.strip():
        yield part(body, told, "press", key=key, encoding=encoding)


def _clean(value: str) -> str:
    return " ".join(value.split())


def _tagged(piece: str) -> tuple[dict[str, str], str]:
    """Factiva with a tag of two letters before each field."""
    marks = list(_TAGGED.finditer(piece))
    ends = [mark.start() for mark in marks[1:]] + [len(piece)]
    values: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        values.setdefault(mark["tag"], piece[mark.end() : end].strip())
    day = " ".join(filter(None, (_clean(values.get("PD", "")), _clean(values.get("ET", "")))))
    told = {
        "headline": _clean(values.get("HD", "")),
        "outlet": _clean(values.get("SN", "")),
        "author": _clean(values.get("BY", "")),
        "section": _clean(values.get("SE", "")),
        "published": day,
    }
    return told, "\n\n".join(filter(None, (values.get("LP", ""), values.get("TD", ""))))


def _factiva(piece: str) -> tuple[dict[str, str], str]:
    """Factiva without tags: headline, byline, `512 words`, day, time, outlet, code, page, language, copyright, then the text."""
    counted = _WORDS.search(piece)
    rights = _COPYRIGHT.search(piece, counted.end()) if counted else None
    if not counted or not rights:
        return {}, piece
    above = [_clean(line) for line in piece[: counted.start()].split("\n") if line.strip()]
    below = [_clean(line) for line in piece[counted.end() : rights.start()].split("\n") if line.strip()]
    told = {"published": "", "outlet": "", "author": "", "headline": ""}
    if above and re.match(r"(?i)by |.*\bstaff\b", above[-1]) and len(above) > 1:
        told["author"] = re.sub(r"(?i)^by ", "", above.pop())
    if above:
        told["headline"] = above[-1]
    if len(above) > 1:
        told["section"] = above[-2]
    for n, line in enumerate(below[:4]):
        if (found := whole_day(line)) and found.day:
            clock = (
                below[n + 1]
                if n + 1 < len(below) and re.fullmatch(r"\d{1,2}:\d\d(?: GMT)?", below[n + 1])
                else ""
            )
            told["published"] = f"{line} {clock}".strip()
            told["outlet"] = next(iter(below[n + (2 if clock else 1) :]), "")
            break
    return told, piece[rights.end() :]


def _lexis(piece: str) -> tuple[dict[str, str], str]:
    """LexisNexis of old: outlet, day, headline, then fields with names in capitals, the text, and more fields."""
    fields = list(_FIELD.finditer(piece))
    top = [_clean(line) for line in piece[: fields[0].start() if fields else 0].split("\n") if line.strip()]
    return _lexis_told(top, fields), _between_fields(piece, fields)


def _lexis_told(top: list[str], fields: list[re.Match[str]]) -> dict[str, str]:
    told: dict[str, str] = {}
    at = next((n for n, line in enumerate(top[:_TOP_LINES]) if (d := whole_day(_day(line))) and d.day), None)
    top = (
        [
            line
            for line in top
            if not _COPYRIGHT.match(line) and not re.match(r"(?i)all rights reserved", line)
        ]
        if at is None
        else top
    )
    if at is not None:
        told["published"] = _day(top[at])
        before = [
            line
            for line in top[:at]
            if not _COPYRIGHT.match(line) and not re.match(r"(?i)all rights reserved", line)
        ]
        after = [
            line
            for line in top[at + 1 :]
            if not _COPYRIGHT.match(line) and not re.match(r"(?i)all rights reserved|.{0,30} edition$", line)
        ]
        told["outlet"] = before[-1] if before else ""
        told["headline"] = (after or before[:-1] or [""])[0]
    for found in fields:
        name = found["name"].lower()
        for field, names in (
            ("author", ("byline",)),
            ("section", ("section",)),
            ("headline", ("headline",)),
            ("url", ("url",)),
        ):
            if name in names and found["value"].strip() and not (field == "headline" and told.get(field)):
                told[field] = _clean(found["value"])
    return told


def _day(line: str) -> str:
    """A day as LexisNexis writes it: `March 3, 2026 Tuesday 2:05 PM GMT`."""
    return re.sub(r"(?i)\b(\d{4}),? (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", r"\1", line)


def _between_fields(piece: str, fields: list[re.Match[str]]) -> str:
    """The text: from the last field of the head on to the first one of the tail."""
    head = [found for found in fields if found["name"].lower() not in _TAIL]
    start = head[-1].end() if head else 0
    tail = [found.start() for found in fields if found.start() > start]
    rights = [found.start() for found in _COPYRIGHT.finditer(piece, start)]
    return piece[start : min([*tail, *rights, len(piece)])]


def _nexis(piece: str) -> tuple[dict[str, str], str]:
    """Nexis Uni: headline, outlet, day, copyright, fields, `Body`, the text, `Classification`."""
    body = _BODY.search(piece)
    if not body:
        return {}, ""
    end = _CLASSIFICATION.search(piece, body.end())
    fields = list(_FIELD.finditer(piece, 0, body.start()))
    lines = [
        _clean(line)
        for line in piece[: fields[0].start() if fields else body.start()].split("\n")
        if line.strip()
    ]
    told = _lexis_told(lines, fields)
    at = next((n for n, line in enumerate(lines) if (d := whole_day(_day(line))) and d.day), 0)
    if at > 1:
        told["outlet"], told["headline"] = lines[at - 1], lines[at - 2]
    return told, piece[body.end() : end.start() if end else len(piece)]

"""The page of one article: its text with every row marked in place, and the rows beside it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.report import names
from pipeline.report.actors import actor_cell
from pipeline.report.cells import COLUMNS, Cells, Elsewhere
from pipeline.report.load import Row
from pipeline.report.marks import Mark, segments
from pipeline.report.views import Cell, Line, Link, View, number
from pipeline.report.words import short, source_of, title_of

KINDS = ("event", "quote", "figure", "date", "mention")
_TABLE = {"event": "events", "quote": "quotes", "figure": "figures", "date": "dates", "mention": "mentions"}
_HEADING_TAG = {"heading": "h2", "credit": "p", "body": "p"}
_QUOTED = 60
"""Characters of a row's words in its table."""
_OPEN = 200
"""Rows of a kind up to which its table stands in the page; a longer one is made on demand, so that long articles load at once."""
_PART = 2_000
"""Characters of a paragraph from which on it is shown in parts, each laid out only when it comes into view."""
_LONG = 20_000
"""Characters of a text from which on its paragraphs are laid out only when they come into view."""
_LINE = 80
"""Characters of a line, about: how high a part will be before it is laid out."""


@dataclass(frozen=True)
class ArticleRows:
    """All rows of one article, by table, in order of the text."""

    document: Row
    tables: dict[str, list[Row]]


def _row_ids(rows: ArticleRows) -> dict[str, list[tuple[str, Row]]]:
    """Each row with its name on the page (`event120`), by kind."""
    return {
        kind: [(names.anchor(row[f"{kind}_id"]), row) for row in rows.tables.get(_TABLE[kind], [])]
        for kind in KINDS
    }


def _marks(ids: dict[str, list[tuple[str, Row]]]) -> Iterable[Mark]:
    for kind, rows in ids.items():
        for row_id, row in rows:
            spans = [(row["start"], row["end"])]
            if kind == "quote":
                spans = [(int(a), int(b)) for a, b in (part.split("-") for part in row["spans"].split(";"))]
            for start, end in spans:
                yield Mark(row_id, kind, start, end)


def _blocks(rows: ArticleRows, marks: list[Mark]) -> list[dict[str, Any]]:
    """The header, paragraphs, headings and credit, cut into segments."""
    text: str = rows.document["text"]
    stretches: dict[tuple[int, str], list[int]] = {}
    for sentence in rows.tables.get("sentences", []):
        span = stretches.setdefault(
            (sentence["paragraph"], sentence["kind"]), [sentence["start"], sentence["end"]]
        )
        span[1] = max(span[1], sentence["end"])
    blocks: list[dict[str, Any]] = []
    ordered = sorted(marks, key=lambda mark: mark.start)
    starts = [mark.start for mark in ordered]
    at = first = 0
    for (_, kind), (start, end) in sorted(stretches.items(), key=lambda item: item[1]):
        blocks += _between(text, at, start)
        for a, b in parts(text, start, end):
            while first < len(ordered) and ordered[first].end <= a:
                first += 1
            inside = ordered[first : bisect_left(starts, b)]
            block = _block(_HEADING_TAG[kind], text, a, b, inside, soft=kind == "credit")
            blocks.append(block | {"goes_on": a > start})
        at = end
    return blocks + _between(text, at, len(text))


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph cut behind sentences, or else between words, into parts of about `_PART` characters."""
    while end - start > 2 * _PART:
        cut = max(text.rfind(stop, start + _PART // 2, start + _PART) for stop in (". ", "! ", "? ", "\n"))
        if cut < 0:
            cut = text.rfind(" ", start + _PART // 2, start + _PART)
        upto = start + _PART
        if cut >= 0:
            upto = cut + 1
            while upto < end and text[upto].isspace():
                upto += 1
        yield start, upto
        start = upto
    yield start, end


def _between(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """What stands between two paragraphs and is in no row, where it has words: the header, lines of the page."""
    words = text[start:end].strip()
    if not any(map(str.isalnum, words)):
        return []
    start = text.index(words, start)
    cut = parts(text, start, start + len(words))
    return [_block("p", text, a, b, [], soft=True) | {"head": True, "goes_on": a > start} for a, b in cut]


def _block(tag: str, text: str, start: int, end: int, marks: list[Mark], *, soft: bool) -> dict[str, Any]:
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cut = [
        {
            "text": segment.text,
            "marks": segment.marks,
            "first_of": segment.first_of,
            "kinds": " ".join(dict.fromkeys(mark.kind for mark in segment.marks)),
            "rows": " ".join(dict.fromkeys(mark.row for mark in segment.marks)),
        }
        for segment in segments(text, start, end, inside)
    ]
    lines = 1 + (end - start) // _LINE
    return {"tag": tag, "soft": soft, "segments": cut, "goes_on": False, "head": False, "lines": lines}


def _belongings(rows: ArticleRows) -> dict[str, str]:
    """event_id -> names on the page of the rows that belong to it: parties, place, day, figures."""
    mentions = rows.tables.get("mentions", [])
    by_span = {(row["start"], row["end"]): names.anchor(row["mention_id"]) for row in mentions}
    by_sentence: dict[str | None, list[Row]] = {}
    for row in [*mentions, *rows.tables.get("dates", [])]:
        by_sentence.setdefault(row["sentence_id"], []).append(row)
    found: dict[str, list[str]] = {}
    for party in rows.tables.get("event_actors", []):
        name = by_span.get((party["start"], party["end"]))
        if name:
            found.setdefault(party["event_id"], []).append(name)
    for figure in rows.tables.get("figures", []):
        if figure["event_id"]:
            found.setdefault(figure["event_id"], []).append(names.anchor(figure["figure_id"]))
    for event in rows.tables.get("events", []):
        for row in by_sentence.get(event["sentence_id"], ()):
            if "date_id" in row:
                same = row["date_from"] is not None and row["date_from"] == event["date_from"]
                key = row["date_id"]
            else:
                same = bool(event["place"]) and row["text"] == event["place"]
                key = row["mention_id"]
            if same:
                found.setdefault(event["event_id"], []).append(names.anchor(key))
    return {key: " ".join(dict.fromkeys(value)) for key, value in found.items()}


def _views(
    ids: dict[str, list[tuple[str, Row]]], cells: Cells, belongings: dict[str, str]
) -> dict[str, tuple[View, bool]]:
    """The table of each kind, and whether it stands open."""
    views = {}
    for kind in KINDS:
        lines = []
        for row_id, row in ids[kind]:
            words = Link(
                short(row["content"] if kind == "quote" else row["text"], _QUOTED), f"#t-{row_id}", row_id
            )
            lit = belongings.get(row["event_id"], "") if kind == "event" else ""
            lines.append(Line([words, *cells.of(kind, row)], row_id, lit))
        columns = ["words", *COLUMNS[kind]]
        view = View(columns, lines, frozenset({"value", "dead"}), len(lines))
        views[_TABLE[kind].capitalize()] = (view, len(lines) <= _OPEN)
    return views


def article_page(
    rows: ArticleRows, known: dict[str, str], titles: dict[str, str], elsewhere: Elsewhere
) -> dict[str, Any]:
    """What the article template shows.

    `known`: actor_id -> name of the actors that have a page; `titles`: doc_id -> title of the articles copied from.
    """
    document = rows.document
    ids = _row_ids(rows)
    month = str(document["published_on"])[:7] if document["published_on"] else "undated"

    def actor(actor_id: str | None, text: str | None) -> Cell:
        return actor_cell(actor_id, text, known, names.DEEP)

    facts = [
        str(document["published_on"] or "no date"),
        source_of(document),
        document.get("author"),
        document.get("section"),
        document["path"],
        f"{number(document['n_words'])} words",
        document.get("note"),
    ]
    copied: str | None = document.get("duplicate_of")
    return {
        "root": names.DEEP,
        "tables": True,
        "title": _whole_title(rows),
        "language": document["language"],
        "month": {"name": month, "href": f"{names.DEEP}documents/{month}.html"},
        "facts": [fact for fact in facts if fact],
        "original": Link(titles.get(copied) or copied, names.article(copied, names.DEEP)) if copied else None,
        "kinds": KINDS,
        "blocks": _blocks(rows, list(_marks(ids))),
        "long": len(document["text"]) > _LONG,
        "views": _views(ids, Cells(rows.tables.get("event_actors", []), actor, elsewhere), _belongings(rows)),
    }


def _whole_title(rows: ArticleRows) -> str:
    """The article's heading, or else its first sentence, whole."""
    document = rows.document
    first = next((row["text"] for row in rows.tables.get("sentences", []) if row["kind"] == "body"), None)
    return str(document.get("headline") or document["title"] or first or title_of(document))

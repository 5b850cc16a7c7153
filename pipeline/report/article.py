"""The page of one article: its text with every row marked in place, and the rows beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.report.cells import COLUMNS, Cells
from pipeline.report.load import Row
from pipeline.report.marks import Mark, segments
from pipeline.report.names import page_name
from pipeline.report.views import Cell, Line, Link, View, number

KINDS = ("event", "quote", "figure", "date", "mention")
_TABLE = {"event": "events", "quote": "quotes", "figure": "figures", "date": "dates", "mention": "mentions"}
_HEADING_TAG = {"heading": "h2", "credit": "p", "body": "p"}
_QUOTED = 60


@dataclass(frozen=True)
class ArticleRows:
    """All rows of one article, by table, in order of the text."""

    document: Row
    tables: dict[str, list[Row]]


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"


def _row_ids(rows: ArticleRows) -> dict[str, list[tuple[str, Row]]]:
    """A short id on the page for each row (`event0`), by kind."""
    return {
        kind: [(f"{kind}{n}", row) for n, row in enumerate(rows.tables.get(_TABLE[kind], []))]
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
    at = 0
    for (_, kind), (start, end) in sorted(stretches.items(), key=lambda item: item[1]):
        if text[at:start].strip():
            blocks.append(_block("p", text, at, start, [], soft=True))
        blocks.append(_block(_HEADING_TAG[kind], text, start, end, ordered, soft=kind == "credit"))
        at = end
    if text[at:].strip():
        blocks.append(_block("p", text, at, len(text), [], soft=True))
    return blocks


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
    return {"tag": tag, "soft": soft, "segments": cut}


def _views(ids: dict[str, list[tuple[str, Row]]], cells: Cells) -> dict[str, View]:
    views = {}
    for kind in KINDS:
        lines = []
        for row_id, row in ids[kind]:
            words = Link(_short(row["content"] if kind == "quote" else row["text"]), f"#t-{row_id}", row_id)
            lines.append(Line([words, *cells.of(kind, row)], row_id))
        columns = ["words", *COLUMNS[kind]]
        views[_TABLE[kind].capitalize()] = View(columns, lines, frozenset({"value", "dead"}), len(lines))
    return views


def article_page(rows: ArticleRows, names: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
    """What the article template shows.

    `names`: actor_id -> name of the actors that have a page; `titles`: doc_id -> title of the articles copied from.
    """
    document = rows.document
    ids = _row_ids(rows)
    month = str(document["published_on"])[:7] if document["published_on"] else "undated"

    def actor(actor_id: str | None, text: str | None) -> Cell:
        if actor_id is None or actor_id not in names:
            return text
        return Link(names[actor_id], f"../actors/{page_name(actor_id)}")

    facts = [
        str(document["published_on"] or "no date"),
        document["credit"],
        document["path"],
        f"{number(document['n_words'])} words",
    ]
    copied: str | None = document.get("duplicate_of")
    return {
        "root": "../",
        "tables": True,
        "title": title_of(document),
        "month": {"name": month, "href": f"../months/{month}.html"},
        "facts": [fact for fact in facts if fact],
        "original": Link(titles.get(copied) or copied, page_name(copied)) if copied else None,
        "kinds": KINDS,
        "blocks": _blocks(rows, list(_marks(ids))),
        "views": _views(ids, Cells(rows.tables.get("event_actors", []), actor)),
    }


def title_of(document: Row) -> str:
    """The article's heading, or else how its body begins."""
    if document["title"]:
        return str(document["title"])
    start: int = document["body_start"]
    return _short(" ".join(document["text"][start : start + 4 * _QUOTED].split())) or document["doc_id"]

"""Plain words beside the terms of the tables, and the words that every page uses for them."""

from functools import cache

from pipeline import lexicon
from pipeline.report.load import Row
from pipeline.report.views import Badge, Cell, number
from schemas.columns import SEPARATOR

DEEDS = frozenset({"actual", "reported"})
"""Statuses of what is said to have happened now: charts count these unless asked for all."""

NO_SOURCE = "source not named"

_TITLE = 120
"""Characters of a title that is taken from the body."""
_NAMED = 3
"""Names of one side in a heading."""


@cache
def plain_words(vocabulary: str) -> dict[str, str]:
    """Value -> what it means in a few plain words."""
    rows = lexicon.table("plain_words")
    return {row["value"]: row["words"] for row in rows if row["vocabulary"] == vocabulary}


def meant(vocabulary: str, value: str | None) -> Badge | None:
    """A value of a vocabulary as a badge that says what it means."""
    return Badge(value, plain_words(vocabulary).get(value, "")) if value else None


def source_of(document: Row) -> str | None:
    """Whose article it is: its outlet, else the credit that it bears."""
    return document.get("outlet") or document.get("credit")


def short(text: str, limit: int) -> str:
    """A text cut to some characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def title_of(document: Row) -> str:
    """The article's heading, or else how its body begins."""
    heading = document.get("headline") or document["title"]
    if heading:
        return str(heading)
    start: int = document["body_start"]
    return short(" ".join(document["text"][start : start + 2 * _TITLE].split()), _TITLE) or document["doc_id"]


def deed(event: Row) -> str:
    """Type and mode of an event (`ASSAULT aerial`)."""
    return f"{event['event_type']} {event.get('event_mode') or ''}".strip()


def few(value: str | None) -> str | None:
    """The first of several names, and how many more there are."""
    names = value.split(SEPARATOR) if value else []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more or None


def told(event: Row) -> str:
    """An event in one line: who, to whom, where."""
    who = few(event.get("actor_names")) or "somebody"
    whom = few(event.get("recipient_names"))
    where = f" in {event['place']}" if event.get("place") else ""
    return f"{who} → {whom}{where}" if whom else f"{who}{where}"


def figure_words(figure: Row) -> str:
    """A figure's value as it bounds: `at least 12`, `40 – 50`."""
    bound = {"~": "about ", ">=": "at least ", ">": "more than ", "<=": "up to ", "<": "less than "}
    high = number(figure.get("value_high"))
    value = f"{number(figure['value'])} – {high}" if high else number(figure["value"])
    return f"{bound.get(figure['comparator'], '')}{value}"


def unit_words(unit: str | None) -> str:
    """A unit behind a number; nothing for plain counts."""
    return "" if unit in (None, "count") else f" {unit}"


def day_of(row: Row, column: str = "published_on") -> Cell:
    """A day as a page shows it."""
    return str(row[column]) if row.get(column) else "undated"

"""What a page shows: tables of cells, cells that are plain values, links or badges. No HTML here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere; `row` is set where it leads to a row's place in the text of the same page."""

    text: str
    href: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A cell with one word of a closed vocabulary, such as `corroborated`."""

    badge: str


Cell = str | int | Link | Badge | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table on a page; `id` is the row's key on that page."""

    cells: Sequence[Cell]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A table on a page. `total` counts the rows there would be without the page's limit."""

    columns: Sequence[str]
    rows: Sequence[Line]
    numeric: frozenset[str] = field(default_factory=frozenset)
    total: int = 0


def number(value: Any) -> str | None:
    """A number as a reader writes it (1,200 or 0.5); None for none or not-a-number."""
    if value is None or value != value:
        return None
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def between(low: Any, high: Any) -> str | None:
    """Two numbers or days as one range, one of them where they are the same or only one is known."""
    low, high = (low if low == low else None), (high if high == high else None)
    first, second = (
        x if isinstance(x, str) else str(x)[:10] if hasattr(x, "year") else number(x) for x in (low, high)
    )
    if first is None or second is None or first == second:
        return first or second
    return f"{first} – {second}"


def badge(value: Any) -> Badge | None:
    """A badge, none for an empty value."""
    return Badge(str(value)) if value else None


def plain(value: Any) -> str | None:
    """A value as text; None for none or not-a-number."""
    return None if value is None or value != value else str(value)


def plain_view(rows: list[dict[str, Any]], columns: Sequence[str]) -> View:
    """Rows as a table of text and numbers."""
    numeric = frozenset(c for c in columns if rows and isinstance(rows[0][c], int | float))
    lines = [Line([number(row[c]) if c in numeric else plain(row[c]) for c in columns]) for row in rows]
    return View(columns, lines, numeric, len(rows))

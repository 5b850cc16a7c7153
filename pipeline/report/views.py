"""What a page shows: tables of cells, cells that are plain values, numbers, links or badges. No HTML here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.columns import SEPARATOR


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere; `row` is set where it leads to a row's place in the text of the same page, `value` where it is a number."""

    text: str
    href: str
    row: str | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """A cell with several links, one under another."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A cell with one word of a closed vocabulary, such as `corroborated`, and what it means."""

    badge: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that is sorted by its value, whatever it reads like ("at least 1,200")."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Differs:
    """A cell that says something else than the other rows of its column."""

    cell: "str | int | Link | Links | Badge | Number | None"


Cell = str | int | Link | Links | Badge | Number | Differs | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table on a page; `id` is the row's key on that page, `lit` the keys of the rows that belong to it."""

    cells: Sequence[Cell]
    id: str | None = None
    lit: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A table on a page. `total` counts the rows there would be without the page's limit; `more` leads to all of them."""

    columns: Sequence[str]
    rows: Sequence[Line]
    numeric: frozenset[str] = field(default_factory=frozenset)
    total: int = 0
    more: str | None = None


def number(value: Any) -> str | None:
    """A number as a reader writes it (1,200 or 0.5); None for none or not-a-number."""
    if value is None or value != value:
        return None
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.3g}"


def several(n: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 copy`, `1,200 copies`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def counted(value: Any, words: str | None = None) -> Cell:
    """A number as a cell that sorts by value; `words` where it reads otherwise."""
    text = words or number(value)
    if text is None or number(value) is None:
        return text  # "at most 12": no number to sort by
    return Number(float(value), text)


def between(low: Any, high: Any) -> str | None:
    """Two numbers or days as one range, one of them where they are the same or only one is known."""
    low, high = (low if low == low else None), (high if high == high else None)
    first, second = (
        x if isinstance(x, str) else str(x)[:10] if hasattr(x, "year") else number(x) for x in (low, high)
    )
    if first is None or second is None or first == second:
        return first or second
    return f"{first} – {second}"


def badge(value: Any, meaning: str = "") -> Badge | None:
    """A badge, none for an empty value."""
    return Badge(str(value), meaning) if value else None


def plain(value: Any) -> str | None:
    """A value as text; None for none or not-a-number."""
    return None if value is None or value != value else str(value)


def listed(value: str | None) -> str | None:
    """Several values of one column as a reader writes them."""
    return value.replace(SEPARATOR, ", ") if value else None


def plain_view(rows: Sequence[dict[str, Any]], columns: Sequence[str], leads: str | None = None) -> View:
    """Rows as a table of text and numbers; the cells of the column `leads` lead to the row's `href`."""
    numeric = frozenset(
        c
        for c in columns
        if rows and isinstance(rows[0][c], int | float) and not isinstance(rows[0][c], bool)
    )

    def cell(row: dict[str, Any], column: str) -> Cell:
        value = row[column]
        if column == leads:
            return Link(number(value) or "", row["href"], value=float(value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return counted(value) if column in numeric else plain(value)

    heads = [column.replace("_", " ") for column in columns]
    shown = frozenset(column.replace("_", " ") for column in numeric)
    return View(heads, [Line([cell(row, c) for c in columns]) for row in rows], shown, len(rows))


def told_apart(lines: Iterable[Line], columns: Sequence[int]) -> list[Line]:
    """The lines with the cells marked that differ from what most of the column says; empty cells never do."""
    rows = [list(line.cells) for line in lines]
    kept = list(lines)
    for column in columns:
        said = [_words(row[column]) for row in rows]
        known = [words for words in said if words]
        if len(set(known)) < 2:
            continue
        most = max(dict.fromkeys(known), key=known.count)
        alone = known.count(most) == 1
        for row, words in zip(rows, said, strict=True):
            if words and (alone or words != most):
                cell = row[column]
                row[column] = cell if isinstance(cell, Differs) else Differs(cell)
    return [Line(row, line.id, line.lit) for row, line in zip(rows, kept, strict=True)]


def _words(cell: Cell) -> str:
    """What a cell says, as text."""
    if isinstance(cell, Differs):
        return _words(cell.cell)
    if isinstance(cell, Links):
        return " ".join(link.text for link in cell.links)
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, Badge):
        return cell.badge
    if isinstance(cell, Number):
        return cell.words
    return "" if cell is None else str(cell)


def packed(cell: Cell) -> Any:
    """A cell for a table that the browser draws: text, or `{t: text, h: href, b: badge, v: value}` of what it has."""
    if isinstance(cell, Differs):
        return packed(cell.cell)
    if isinstance(cell, Link):
        return {"t": cell.text, "h": cell.href}
    if isinstance(cell, Links):
        return {"t": ", ".join(link.text for link in cell.links), "l": [[k.text, k.href] for k in cell.links]}
    if isinstance(cell, Badge):
        return {"t": cell.badge, "b": cell.badge, "m": cell.meaning}
    if isinstance(cell, Number):
        return {"t": cell.words, "v": cell.value}
    return cell

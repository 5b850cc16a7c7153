"""Marks in a text: rows that overlap in any way become a flat run of segments. Knows nothing of tables or pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A row's place in the text: characters `start` to `end` (exclusive)."""

    row: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks cover; the shortest mark stands first."""

    text: str
    marks: tuple[Mark, ...]
    first_of: tuple[str, ...]
    """Rows whose first character stands here."""


def segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut `text[start:end]` at every mark's edge; the segments joined are that text again.

    Marks that reach out of the stretch are cut to it; empty ones are left out.
    """
    clipped = [(max(start, m.start), min(end, m.end), m) for m in marks]
    inside = [(s, e, m) for s, e, m in clipped if s < e]
    edges = sorted({start, end, *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for s, e, mark in inside:
        opening.setdefault(s, []).append(mark)
        closing.setdefault(e, []).append(mark)
    active: dict[Mark, None] = {}
    for at, upto in pairwise(edges):
        for mark in closing.get(at, ()):
            active.pop(mark, None)
        for mark in opening.get(at, ()):
            active[mark] = None
        yield Segment(
            text=text[at:upto],
            marks=tuple(sorted(active, key=lambda m: (m.end - m.start, m.start, m.row))),
            first_of=tuple(dict.fromkeys(m.row for m in active if m.start == at)),
        )

"""How good rows are against what a careful reader marked: found, right, and right in each attribute."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

REACH = 80
"""Characters within a paragraph in which a row still tells the marked event."""


@dataclass(frozen=True)
class Row:
    """An event as a program tells it."""

    start: int
    end: int
    event_type: str
    score: float
    n: int = 0
    """Its number among the candidates."""


def pairs(events: list[dict[str, Any]], rows: list[Row], text: str) -> list[tuple[dict[str, Any], Row]]:
    """Marked events with the row that tells each, best fits first, none twice."""
    fits = sorted(
        ((_fit(event, row, text), -m, -n) for m, event in enumerate(events) for n, row in enumerate(rows)),
        reverse=True,
    )
    used: set[int] = set()
    found: set[int] = set()
    out = []
    for fit, m, n in fits:
        if fit > 0 and m not in found and n not in used:
            found.add(m)
            used.add(n)
            out.append((events[-m], rows[-n]))
    return out


def _fit(event: dict[str, Any], row: Row, text: str) -> float:
    if row.event_type not in (event["event_type"], *event["also_accept"]):
        return 0.0
    start, end = event["trigger"]
    gap = max(start, row.start) - min(end, row.end)
    if gap < 0:
        return 3.0 if row.event_type == event["event_type"] else 2.0
    apart = "\n\n" in text[min(end, row.end) : max(start, row.start)]
    return 0.0 if gap > REACH or apart else 1 / (1 + gap)


@dataclass
class Found:
    """Counts over articles: core events marked and found, rows made and right."""

    gold: int = 0
    hit: int = 0
    rows: int = 0
    right: int = 0

    def add(
        self, events: list[dict[str, Any]], rows: list[Row], text: str
    ) -> list[tuple[dict[str, Any], Row]]:
        """Count an article."""
        paired = pairs(events, rows, text)
        self.gold += sum(e.get("core", True) for e in events)
        self.hit += sum(e.get("core", True) for e, _ in paired)
        self.rows += len(rows)
        self.right += len(paired)
        return paired

    @property
    def recall(self) -> float:
        """Found of a hundred core events."""
        return 100 * self.hit / max(1, self.gold)

    @property
    def precision(self) -> float:
        """Right of a hundred rows."""
        return 100 * self.right / max(1, self.rows)

    def __str__(self) -> str:
        """For the report."""
        return f"found {self.recall:.1f} of {self.gold}, right {self.precision:.1f} of {self.rows}"


def confusion(pairs_of_types: list[tuple[str, str]]) -> str:
    """Which types were told for which, as lines of text."""
    count = Counter(pairs_of_types)
    types = sorted({t for pair in count for t in pair})
    lines = ["marked \\ told " + " ".join(t[:4] for t in types)]
    lines += [f"{a:13} " + " ".join(f"{count[a, b] or '.':>4}" for b in types) for a in types]
    return "\n".join(lines)

"""The parts of an article that are read at once: whole sentences, each part beginning with some of what stands before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

MOST = 320
"""Word pieces of a window; the network was trained on windows up to this length."""
BEFORE = 80
"""Word pieces at the start of a window that are read for what stands behind them only."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end`, of which those from `own` on are decided on."""

    start: int
    own: int
    end: int


def windows(lengths: Sequence[int], starts: Sequence[int]) -> list[Window]:
    """The windows of a text; each word is decided on in one of them.

    `lengths`: word pieces of each word; `starts`: the words that begin a sentence. A sentence longer than a window is cut.
    """
    before = [0, *accumulate(lengths)]
    parts = [part for sentence in _sentences(starts, len(lengths)) for part in _cut(before, *sentence)]
    out: list[Window] = []
    first = n = 0
    while n < len(parts):
        own = parts[n][0]
        while before[own] - before[parts[first][0]] > BEFORE:
            first += 1
        start = parts[first][0] if before[parts[n][1]] - before[parts[first][0]] <= MOST else own
        while n + 1 < len(parts) and before[parts[n + 1][1]] - before[start] <= MOST:
            n += 1
        out.append(Window(start, own, parts[n][1]))
        n += 1
    return out


def _sentences(starts: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    bounds = [0, *(start for start in starts if 0 < start < end), end]
    return ((a, b) for a, b in pairwise(bounds) if a < b)


def _cut(before: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in parts where it does not fit into a window."""
    first = start
    for i in range(start + 1, end):
        if before[i + 1] - before[first] > MOST:
            yield first, i
            first = i
    yield first, end

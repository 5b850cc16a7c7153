"""A text as it is analysed beside the text as it was published, and the way from the one's characters to the other's."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""First character, the one behind the last, and what stands in their place; an empty span inserts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made from a published one by edits. Characters that stayed keep their place; those of a replacement share
    the whole place of what they replace; what was inserted has an empty place.
    """

    text: str
    published: str
    starts: "array[int] | None" = None
    """For each character of `text`, the first published one that it stands for; None where both texts are the same length."""
    ends: "array[int] | None" = None
    """The published character behind the last one that it stands for."""

    @classmethod
    def of(cls, text: str) -> "Reading":
        """A text as it stands."""
        return cls(text, text)

    @property
    def is_changed(self) -> bool:
        """Whether the two texts differ."""
        return self.text != self.published

    def translated(self, table: dict[int, str]) -> "Reading":
        """Single characters replaced by single characters: no place changes."""
        return Reading(self.text.translate(table), self.published, self.starts, self.ends)

    def edited(self, edits: Iterable[Edit]) -> "Reading":
        """With some of its text replaced; the edits in order, none over another."""
        edits = list(edits)
        if not edits:
            return self
        n = len(self.text)
        old_starts = self.starts if self.starts is not None else array("q", range(n))
        old_ends = self.ends if self.ends is not None else array("q", range(1, n + 1))
        pieces: list[str] = []
        starts, ends = array("q"), array("q")
        done = 0
        for start, end, new in edits:
            pieces += (self.text[done:start], new)
            starts += old_starts[done:start]
            ends += old_ends[done:start]
            first = old_starts[start] if start < n else len(self.published)
            last = old_ends[end - 1] if end > start else first
            starts += array("q", [first]) * len(new)
            ends += array("q", [last]) * len(new)
            done = end
        pieces.append(self.text[done:])
        starts += old_starts[done:]
        ends += old_ends[done:]
        return Reading("".join(pieces), self.published, starts, ends)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The published characters that characters `start` to `end` stand for."""
        if self.starts is None or self.ends is None:
            return start, end
        first = self.starts[start] if start < len(self.text) else len(self.published)
        return first, max(first, self.ends[end - 1]) if end > start else first


def moved(edits: Iterable[Edit]) -> Callable[[int], int]:
    """Where a character that no edit touches stands when the edits are made."""
    ends, shifts = [0], [0]
    for start, end, new in edits:
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))
    return lambda character: character + shifts[bisect_right(ends, character) - 1]

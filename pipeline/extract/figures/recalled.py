"""What a bare number counts that points back at an earlier sentence: "all three", "the other seven", "two of them"."""

from spacy.tokens import Token

_THOSE = frozenset({"them", "those", "these"})
_ALL = frozenset({"all", "both"})
_REACH = 120
"""Tokens over which a number points back."""


class Recalled:
    """The counts of an article so far, the latest of each value."""

    def __init__(self) -> None:
        """Nothing has been counted yet."""
        self._phrases: dict[float, tuple[str, int]] = {}
        self._last: tuple[str, int] | None = None

    def note(self, value: float, counted: str | None, at: Token) -> None:
        """Remember what a number counted."""
        if counted is not None:
            self._last = self._phrases[value] = (counted, at.i)

    def of(self, value: float, tokens: list[Token]) -> str | None:
        """What a number without a noun counts where its words point back; None where they do not."""
        first, last = tokens[0], tokens[-1]
        before = first.nbor(-1).lower_ if first.i > first.sent.start else ""
        behind = [t.lower_ for t in last.doc[last.i + 1 : last.i + 3]]
        found = None
        if before in _ALL or (before == "the" and first.text[0].isdigit()):
            found = self._phrases.get(value)
        elif before == "other" or (behind[:1] == ["of"] and behind[1:] and behind[1] in _THOSE):
            found = self._last
        return found[0] if found is not None and first.i - found[1] < _REACH else None

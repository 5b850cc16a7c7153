"""An attribution before it becomes a row."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Draft:
    """Content as spans of characters; cue and speaker as indices of tokens, in order (empty: none in the text)."""

    spans: list[tuple[int, int]]
    cue: list[int] = field(default_factory=list)
    speaker: list[int] = field(default_factory=list)
    head: int | None = None
    """The speaker's head word."""
    frame: str = ""
    """The construction that it was read from."""
    reports: bool = False
    """Whether the content is a clause that somebody is said to say or think."""
    says: bool = False
    """Whether it is such a clause with a cue of saying."""

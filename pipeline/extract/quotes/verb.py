"""A cue verb in its sentence."""

from dataclasses import dataclass

from pipeline.extract.quotes.cues import Cue
from pipeline.extract.quotes.tree import Tree

Found = tuple[list[int], list[int]]
"""Tokens of the content, and those of the preposition that brings it in."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A cue verb in its sentence."""

    tree: Tree
    i: int
    cue: Cue
    passive: bool
    source: int | None

    def takes(self, *frames: str) -> bool:
        """Whether the verb has one of the frames."""
        return any(f in self.cue.frames for f in frames)

    def child(self, *labels: str) -> int | None:
        """The first child with one of the labels."""
        return self.tree.child(self.i, *labels)

    def children(self, *labels: str) -> list[int]:
        """The children with one of the labels."""
        return [c for c in self.tree.children[self.i] if self.tree.dep[c] in labels]


def marker(tree: Tree, i: int) -> str:
    """The preposition or conjunction that brings in a phrase or clause."""
    return next((tree.lower[c] for c in tree.children[i] if tree.dep[c] in ("case", "mark")), "")


def has_to(tree: Tree, i: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(tree.dep[c] == "mark" and tree.lower[c] == "to" for c in tree.children[i])

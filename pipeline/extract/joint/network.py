"""The trained network, run by ONNX Runtime: a window of words in, what each word may be and whom it points at out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.language.network import IN_32_BITS, NETWORK, PROBE, adds_eight_bits, feed, session
from pipeline.language.pieces import Pieces

Scores = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Said:
    """What the network says of a window: a row for each word, scores before they become shares.

    Whom a word points at is told by `below`, a part for each role of the word that points, `above`, of the word pointed at, and `nobody`.
    """

    event: Scores
    """No event, then each type."""
    status: Scores
    party_below: Halves
    party_above: Halves
    party_any: Scores
    """How likely a word is pointed at, whoever points."""
    party_nobody: Scores
    kind: Scores
    """No actor, then each kind of actor that a word names."""


OUTPUTS = tuple(field.name for field in fields(Said))
HALVES = frozenset(name for name in OUTPUTS if name.endswith(("_below", "_above")))
"""What is kept in sixteen bits: a long article holds much of it."""


class Network:
    """The graph, for processors that add eight bits rightly and for others."""

    def __init__(self, folder: Path) -> None:
        """Load the graph from a model's folder."""
        self._session = session(folder / (NETWORK if adds_eight_bits(folder / PROBE) else IN_32_BITS))

    def read(self, windows: Sequence[Pieces]) -> list[Said]:
        """Read windows, each for itself: of one the same is said whatever is read with it."""
        return [self._window(one) for one in windows]

    def _window(self, one: Pieces) -> Said:
        said = zip(OUTPUTS, self._session.run(OUTPUTS, feed([one])), strict=True)
        return Said(*(scores.astype(np.float16) if name in HALVES else scores for name, scores in said))

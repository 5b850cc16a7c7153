"""One network over the whole article: which words report an event, of which type and status, and whom and what words point at.

Its say is one voice among those that decide ([docs/method/joint.md](../../../docs/method/joint.md)); nothing here makes a row.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from pipeline.extract.events.linear import softmax
from pipeline.extract.joint.network import Network, Said, Scores
from pipeline.extract.joint.windows import Window, windows
from pipeline.language import MODEL as LANGUAGE
from pipeline.language.pieces import Splitter
from pipeline.language.reader import PIECES, text_of

MODEL = Path(__file__).parent / "model"
LABELS = "labels.json"
ROLES = ("actor", "recipient")
"""What an event's word points at."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the outputs stand for."""

    types: tuple[str, ...]
    statuses: tuple[str, ...]
    kinds: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> "Labels":
        """Read them from JSON."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(raw["types"]), tuple(raw["statuses"]), tuple(raw["kinds"]))


@dataclass(frozen=True, slots=True)
class Pointed:
    """Whom a word points at: tokens, and a share of belief for each role and token, nobody's first."""

    tokens: NDArray[np.int64]
    shares: Scores
    """[role, 1 + token]"""


class Joint:
    """What the network says of an article's tokens; blank tokens are no words, and nothing is said of them."""

    def __init__(
        self, labels: Labels, tokens: Sequence[int], own: Sequence[Window], said: Sequence[Said]
    ) -> None:
        """`tokens`: the token of each word; `said`: of each window."""
        self.labels = labels
        self._tokens = np.array(tokens, np.int64)
        self._word = {token: n for n, token in enumerate(tokens)}
        self._windows, self._said = own, said
        self._window = [n for n, window in enumerate(own) for _ in range(window.own, window.end)]

    def _decided(self, name: str) -> Scores:
        """The scores of all words, each from the window that decides on it."""
        rows = [
            getattr(said, name)[window.own - window.start :]
            for window, said in zip(self._windows, self._said, strict=True)
        ]
        return np.concatenate(rows) if rows else np.zeros((0, 1), np.float32)

    @cached_property
    def event(self) -> Scores:
        """[word, 1 + type]: no event, then each type, as shares."""
        return softmax(self._decided("event"))

    @cached_property
    def status(self) -> Scores:
        """[word, status]: if the word reports an event, as shares."""
        return softmax(self._decided("status"))

    @cached_property
    def kind(self) -> Scores:
        """[word, 1 + kind]: no actor, then each kind of actor that a word names, as shares."""
        return softmax(self._decided("kind"))

    def rows(self, tokens: Sequence[int]) -> NDArray[np.int64]:
        """The words of some tokens that are not blank."""
        return np.array([self._word[i] for i in tokens], np.int64)

    def points(self, token: int) -> Pointed:
        """Whom a word that reports an event points at within its window."""
        word = self._word[token]
        window, said = self._windows[self._window[word]], self._said[self._window[word]]
        below = said.party_below[word - window.start].astype(np.float32).reshape(len(ROLES), -1)
        above = said.party_above.astype(np.float32).reshape(len(said.party_above), *below.shape)
        scores = np.einsum("rp,wrp->rw", below, above) / sqrt(below.shape[1]) + said.party_any.T
        nobody = said.party_nobody[word - window.start]
        shares = softmax(np.concatenate([nobody[:, None], scores], axis=1))
        return Pointed(self._tokens[window.start : window.end], shares)


def read_jointly(doc: Doc, starts: Sequence[int]) -> Joint:
    """Read the tokens of an article; `starts`: those that begin a sentence."""
    labels, splitter, network = _model()
    words = [token for token in doc if not token.is_space]
    tokens, text, begins = [token.i for token in words], text_of(doc, words), set(starts)
    lengths = [len(splitter.word(word)) for word in text.words]
    own = windows(lengths, [n for n, i in enumerate(tokens) if i in begins])
    pieces = [splitter(text.words[w.start : w.end], text.spaces[w.start : w.end]) for w in own]
    return Joint(labels, tokens, own, network.read(pieces))


@cache
def _model() -> tuple[Labels, Splitter, Network]:
    """What was trained; word pieces are the language model's."""
    pieces = LANGUAGE / "encoder_reader" / PIECES
    return Labels.load(MODEL / LABELS), Splitter(pieces), Network(MODEL)

"""Linear models over named features and vectors: what `train` fits and what extraction asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array = NDArray[np.float64]
Floating = TypeVar("Floating", bound=np.floating[Any])
PARTS = ("bias", "named", "dense", "mean")
DIGITS = 6
"""Digits of a probability that count: less than that is the noise of the machine's arithmetic."""


def softmax(scores: NDArray[Floating]) -> NDArray[Floating]:
    """Shares that sum to one in each row."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def groups(owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each group of rows that stand together begins, and the number of each row's group; `owner`: what tells neighbouring groups apart."""
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    return starts, np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(owner)]))


def softmax_within(
    scores: NDArray[Floating], starts: NDArray[np.int64], number: NDArray[np.int64]
) -> NDArray[Floating]:
    """Shares that sum to one in each group of rows, by column where there are several; `starts`, `number`: from `groups`."""
    e = np.exp(scores - np.maximum.reduceat(scores, starts)[number])
    return np.asarray(e / np.add.reduceat(e, starts)[number])


def sigmoid(scores: Array) -> Array:
    """The probability that belongs to a score."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -500, 500))))


@dataclass(frozen=True)
class Vocabulary:
    """The names of features, numbered."""

    index: dict[str, int]

    @property
    def names(self) -> list[str]:
        """The names in order of their numbers."""
        return sorted(self.index, key=self.index.__getitem__)

    def matrix(self, features: Sequence[dict[str, float]]) -> sp.csr_matrix:
        """One row for each of the feature sets; unknown names are left out."""
        names, values = chain.from_iterable(features), chain.from_iterable(one.values() for one in features)
        columns = np.fromiter(map(self.index.get, names, repeat(-1)), np.int32)
        known = columns >= 0
        before = np.concatenate([[0], np.cumsum(known)])
        ends = before[np.cumsum([0, *map(len, features)])].astype(np.int32)
        parts = np.fromiter(values, float)[known], columns[known], ends
        return sp.csr_matrix(parts, (len(features), len(self.index)))


@dataclass(frozen=True)
class Head:
    """The weights of one decision: an output for each of `labels`."""

    labels: tuple[str, ...]
    bias: Array
    named: Array
    dense: Array
    mean: Array
    """The vector of a word that nothing is known of."""

    def scores(self, named: sp.csr_matrix, dense: Array) -> Array:
        """A score for each row and label; vectors of another language model than the one trained with are left out."""
        out = np.asarray(self.bias + named @ self.named)
        fit = len(self.dense) == dense.shape[1]
        return out + (dense - self.mean) @ self.dense if fit else out


@dataclass(frozen=True)
class Model:
    """Decisions over the same features."""

    vocabulary: Vocabulary
    heads: dict[str, Head]

    def scores(self, head: str, features: Sequence[dict[str, float]], dense: Array) -> Array:
        """A score for each row and label of a decision."""
        return self.heads[head].scores(self.vocabulary.matrix(features), dense)


def save(model: Model, path: Path) -> None:
    """Write a model; weights as single floats."""
    names = "\n".join(model.vocabulary.names).encode()
    arrays: dict[str, NDArray[np.generic]] = {"names": np.frombuffer(names, np.uint8)}
    for name, head in model.heads.items():
        arrays[name + ".labels"] = np.frombuffer("\n".join(head.labels).encode(), np.uint8)
        for part in PARTS:
            arrays[f"{name}.{part}"] = np.round(getattr(head, part), 4).astype(np.float32)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> Model:
    """Read a model that `save` wrote."""
    with np.load(path, allow_pickle=False) as file:
        names = bytes(file["names"]).decode().split("\n")
        heads = {
            key.removesuffix(".labels"): Head(
                tuple(bytes(file[key]).decode().split("\n")),
                *(file[key.replace(".labels", "." + part)].astype(float) for part in PARTS),
            )
            for key in file.files
            if key.endswith(".labels")
        }
    return Model(Vocabulary({name: n for n, name in enumerate(names)}), heads)

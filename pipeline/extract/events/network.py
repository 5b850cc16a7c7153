"""Small networks over named features and vectors: what `train` fits and extraction asks where a linear model is too plain."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pipeline.extract.events.linear import Array, Vocabulary

Weights = NDArray[np.floating[Any]]
LINEAR = 1 / 3
"""How much of the say a linear model has where networks are asked as well."""


class ByFeature:
    """Weights by feature, kept as they lie in a file: those of a feature are made numbers of eight bytes once a text has it. Few texts have more than a few in a hundred."""

    def __init__(self, kept: Weights) -> None:
        """`kept` has a row for each feature."""
        self.kept = kept
        self.whole, self.there = np.zeros(kept.shape), np.zeros(len(kept), dtype=np.bool_)

    def of(self, named: sp.csr_matrix) -> Array:
        """The sum of the weights of each row's features."""
        features = named.indices
        new = np.unique(features[~self.there[features]])
        self.whole[new], self.there[new] = self.kept[new], True
        return np.asarray(named @ self.whole)


@dataclass(frozen=True)
class Network:
    """Two hidden layers, and beside them a straight way from each named feature to each output."""

    embed: Weights
    """[feature, hidden]"""
    first: Weights
    """[number of the vector, hidden]"""
    first_bias: Weights
    second: Weights
    """[hidden, hidden]"""
    second_bias: Weights
    out: Weights
    """[hidden, output]"""
    out_bias: Weights
    straight: Weights
    """[feature, output]"""
    mean: Weights
    """The vector of a word that nothing is known of."""
    spread: Weights

    @cached_property
    def embedded(self) -> ByFeature:
        """`embed`, as features are looked up in it."""
        return ByFeature(self.embed)

    @cached_property
    def beside(self) -> ByFeature:
        """The same of `straight`."""
        return ByFeature(self.straight)

    def scores(self, named: sp.csr_matrix, dense: Weights) -> Array:
        """A score for each row and output; vectors of another language model than the one trained with are left out."""
        hidden: Array = self.embedded.of(named) + self.first_bias.astype(float)
        if len(self.mean) and len(self.mean) == dense.shape[1]:
            hidden = hidden + ((dense - self.mean) / self.spread) @ self.first
        hidden = np.maximum(np.maximum(hidden, 0) @ self.second + self.second_bias, 0)
        return np.asarray(hidden @ self.out + self.out_bias + self.beside.of(named))


PARTS = tuple(field.name for field in fields(Network))


@dataclass(frozen=True)
class Committee:
    """Networks that were trained alike from different starts, asked together; the linear model beside them names the features."""

    labels: tuple[str, ...]
    members: tuple[Network, ...]

    def scores(self, named: sp.csr_matrix, dense: Weights) -> list[Array]:
        """Each member's scores, a row for each set of features."""
        return [member.scores(named, dense) for member in self.members]


def together(linear: Array, others: Sequence[Array]) -> Array:
    """What a linear model and networks believe together: they err in different places."""
    return np.asarray(LINEAR * linear + (1 - LINEAR) * np.mean(others, axis=0))


def agreed(own: Array, said: Array, say: float, faint: float) -> Array:
    """What two voices both hold likely: the geometric mean of their shares, along the last axis.

    `say`: how much of the say `said` has; `faint`: a share below which none counts.
    """
    share = np.exp(say * np.log(said + faint) + (1 - say) * np.log(own + faint))
    return np.asarray(share / share.sum(axis=-1, keepdims=True))


def save(committee: Committee, path: Path) -> None:
    """Write a committee; weights as halves, which moves no decision."""
    arrays: dict[str, NDArray[np.generic]] = {
        "labels": np.frombuffer("\n".join(committee.labels).encode(), np.uint8)
    }
    for n, member in enumerate(committee.members):
        for part in PARTS:
            arrays[f"{n}.{part}"] = np.asarray(getattr(member, part), np.float16)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load(path: Path, vocabulary: Vocabulary) -> Committee:
    """Read a committee that `save` wrote; ValueError where it was trained over other features than a vocabulary's."""
    with np.load(path, allow_pickle=False) as file:
        labels = tuple(bytes(file["labels"]).decode().split("\n"))
        count = 1 + max(int(key.split(".")[0]) for key in file.files if "." in key)
        members = tuple(Network(*(_read(file[f"{n}.{part}"], part) for part in PARTS)) for n in range(count))
    if any(len(member.embed) != len(vocabulary.index) for member in members):
        raise ValueError(
            f"{path.name} was trained over other features: train both models of words in one run."
        )
    return Committee(labels, members)


def _read(weights: Weights, part: str) -> Weights:
    """A part of a network; those by feature stay as they lie."""
    return weights if part in {"embed", "straight"} else weights.astype(float)

"""Fitting of linear models: logistic regression of one or many outcomes, and rankings within groups."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pipeline.extract.events.linear import Array, Head, Vocabulary, groups, sigmoid, softmax, softmax_within

STEPS = 120
MEMORY = 8
"""Steps that the optimiser remembers."""
FLAT = 1e-4
"""The share of the first slope at which it stops."""


@dataclass(frozen=True)
class Strength:
    """How strongly weights are held near nothing, named features and vectors apart."""

    named: float
    dense: float = 1.0


def vocabulary(features: Sequence[dict[str, float]], groups: Sequence[int], *, least: int = 3) -> Vocabulary:
    """The names that at least so many groups (articles) have: what one article alone says is no knowledge."""
    seen = Counter[str]()
    by_group: dict[int, set[str]] = {}
    for one, group in zip(features, groups, strict=True):
        by_group.setdefault(group, set()).update(one)
    for names in by_group.values():
        seen.update(names)
    kept = sorted(name for name, n in seen.items() if n >= least)
    return Vocabulary({name: n for n, name in enumerate(kept)})


def _minimum(cost: Callable[[Array], tuple[float, Array]], x: Array) -> Array:
    """Where a smooth convex cost is least, by L-BFGS: scipy's spends most of its time on bounds that there are none of."""
    value, slope = cost(x)
    enough = FLAT * float(np.abs(slope).max())
    moves: list[tuple[Array, Array, float]] = []
    for _ in range(STEPS):
        if np.abs(slope).max() <= enough:
            break
        step = _direction(slope, moves)
        length, along = 1.0 if moves else 1 / float(np.abs(slope).sum()), float(step @ slope)
        for _ in range(20):
            there, rise = cost(x + length * step)
            if there <= value + 1e-4 * length * along:
                break
            length /= 2
        else:
            break
        moved, turned = length * step, rise - slope
        curve = float(moved @ turned)
        moves = [*moves[-MEMORY + 1 :], (moved, turned, curve)] if curve > 0 else moves
        x, value, slope = x + moved, there, rise
    return x


def _direction(slope: Array, moves: list[tuple[Array, Array, float]]) -> Array:
    """The way down that the last moves suggest."""
    q, shares = -slope, []
    for moved, turned, curve in reversed(moves):
        share = float(moved @ q) / curve
        q = q - share * turned
        shares.append(share)
    if moves:
        _, turned, curve = moves[-1]
        q = q * (curve / float(turned @ turned))
    for (moved, turned, curve), share in zip(moves, reversed(shares), strict=True):
        q = q + moved * (share - float(turned @ q) / curve)
    return q


class _Problem:
    """Features with their vectors made alike in spread; weights as one flat array for the optimiser."""

    def __init__(self, named: sp.csr_matrix, dense: Array, outputs: int, strength: Strength) -> None:
        self.named, self.outputs, self.strength = named, outputs, strength
        self.transposed = named.T.tocsr()
        self.mean = dense.mean(axis=0) if dense.shape[1] else np.zeros(0)
        self.spread = dense.std(axis=0) + 1e-3 if dense.shape[1] else np.ones(0)
        self.dense = (dense - self.mean) / self.spread

    def split(self, flat: Array) -> tuple[Array, Array, Array]:
        k, n = self.outputs, self.named.shape[1]
        return flat[:k], flat[k : k + n * k].reshape(n, k), flat[k + n * k :].reshape(-1, k)

    def solve(self, loss: Callable[[Array], tuple[float, Array]]) -> tuple[Array, Array, Array, Array]:
        """Weights for a loss that gives its value and its slope by score."""
        size = self.outputs * (1 + self.named.shape[1] + self.dense.shape[1])

        def cost(flat: Array) -> tuple[float, Array]:
            bias, named, dense = self.split(flat)
            value, slope = loss(bias + self.named @ named + self.dense @ dense)
            value += 0.5 * (self.strength.named * (named**2).sum() + self.strength.dense * (dense**2).sum())
            parts = (
                slope.sum(axis=0),
                self.transposed @ slope + self.strength.named * named,
                self.dense.T @ slope + self.strength.dense * dense,
            )
            return value, np.concatenate([p.ravel() for p in parts])

        bias, named, dense = self.split(_minimum(cost, np.zeros(size)))
        dense = dense / self.spread[:, None]
        return bias, named, dense, self.mean


def binary(named: sp.csr_matrix, dense: Array, truth: Array, weight: Array, strength: Strength) -> Head:
    """Whether something holds."""
    problem = _Problem(named, dense, 1, strength)
    y, w = truth[:, None], weight[:, None]

    def loss(scores: Array) -> tuple[float, Array]:
        p = sigmoid(scores)
        value = -(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        return float(value), w * (p - y)

    return Head(("yes",), *problem.solve(loss))


def classes(
    named: sp.csr_matrix,
    dense: Array,
    truth: NDArray[np.int64],
    weight: Array,
    labels: tuple[str, ...],
    strength: Strength,
) -> Head:
    """Which of several labels holds."""
    problem = _Problem(named, dense, len(labels), strength)
    y = np.zeros((len(truth), len(labels)))
    y[np.arange(len(truth)), truth] = 1

    def loss(scores: Array) -> tuple[float, Array]:
        p = softmax(scores)
        return float(-(weight[:, None] * y * np.log(p + 1e-12)).sum()), weight[:, None] * (p - y)

    return Head(labels, *problem.solve(loss))


def ranking(
    named: sp.csr_matrix,
    dense: Array,
    truth: Array,
    group: NDArray[np.int64],
    weight: Array,
    strength: Strength,
    *,
    alike: bool = False,
) -> Head:
    """Which row of each group holds: one of them does. `truth` sums to one in each group; groups stand together.

    `alike`: the rows with some truth say the same thing, and any of them will do.
    """
    problem = _Problem(named, dense, 1, strength)
    starts, number = groups(group)

    def loss(scores: Array) -> tuple[float, Array]:
        p = softmax_within(scores[:, 0], starts, number)
        if alike:
            right = p * (truth > 0)
            whole = np.add.reduceat(right, starts)
            value = -(weight[starts] * np.log(whole + 1e-12)).sum()
            return float(value), (weight * (p - right / (whole[number] + 1e-12)))[:, None]
        return float(-(weight * truth * np.log(p + 1e-12)).sum()), (weight * (p - truth))[:, None]

    return Head(("yes",), *problem.solve(loss))

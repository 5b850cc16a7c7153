"""Fitting of small networks that say which of several labels a word has. Seeds are fixed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pipeline.extract.events.linear import Array, groups, softmax, softmax_within
from pipeline.extract.events.network import Network, Weights

SPARSE = frozenset({"embed", "straight"})
"""Weights by feature: they are not made to decay, since most features are seen seldom."""
RATE, DECAY, WARM = 2e-3, 0.05, 100
"""The highest step, the weights' decay, and the steps until the highest one is reached."""
FIRST, SECOND = 0.9, 0.999

Numbers = NDArray[np.int64]
Slope = Callable[[NDArray[np.float32], Numbers], NDArray[np.float32]]
"""From the scores of some rows and their numbers to the loss's slope by score."""


@dataclass(frozen=True)
class Shape:
    """How large a network is and how it is trained."""

    hidden: int = 64
    passes: int = 4
    batch: int = 256
    drop: float = 0.3
    drop_features: float = 0.1


def classes(
    named: sp.csr_matrix, dense: Weights, truth: Numbers, weight: Array, outputs: int, shape: Shape, seed: int
) -> Network:
    """Which of several labels holds."""
    weight = weight.astype(np.float32)

    def slope(scores: NDArray[np.float32], rows: Numbers) -> NDArray[np.float32]:
        share = softmax(scores)
        share[np.arange(len(rows)), truth[rows]] -= 1
        return np.asarray(share * weight[rows, None] / len(rows), np.float32)

    def batches(chance: np.random.Generator) -> Iterator[Numbers]:
        order = chance.permutation(len(truth))
        for start in range(0, len(order), shape.batch):
            yield order[start : start + shape.batch]

    return _Fit(named, dense, outputs, shape, seed).run(slope, batches)


def ranking(
    named: sp.csr_matrix, dense: Weights, truth: Array, owner: Numbers, weight: Array, shape: Shape, seed: int
) -> Network:
    """Which row of each group holds, an output for each role.

    `truth`: [row, role], any positive number for what holds; a group without is not learned from in that role. `owner`: the
    group of each row, groups stand together; `weight`: by group; a batch is so many groups.
    """
    starts, _ = groups(owner)
    ends = np.r_[starts[1:], len(owner)]
    whole = np.add.reduceat(truth, starts, axis=0)[owner]
    goal = np.divide(truth, whole, out=np.zeros_like(truth), where=whole > 0).astype(np.float32)
    held = ((whole > 0) * weight[owner, None]).astype(np.float32)

    def slope(scores: NDArray[np.float32], rows: Numbers) -> NDArray[np.float32]:
        first, number = groups(owner[rows])
        share = softmax_within(scores, first, number)
        return np.asarray((share - goal[rows]) * held[rows] / len(first), np.float32)

    def batches(chance: np.random.Generator) -> Iterator[Numbers]:
        order = chance.permutation(len(starts))
        for begin in range(0, len(order), shape.batch):
            own = order[begin : begin + shape.batch]
            yield np.concatenate([np.arange(starts[k], ends[k]) for k in own])

    return _Fit(named, dense, truth.shape[1], shape, seed).run(slope, batches)


class _Fit:
    """One network in training: weights, their moments, and the way there and back."""

    def __init__(self, named: sp.csr_matrix, dense: Weights, outputs: int, shape: Shape, seed: int) -> None:
        self.shape, self.chance = shape, np.random.default_rng(seed)
        self.named = named.astype(np.float32).tocsr()
        self.mean, self.spread = dense.mean(axis=0), dense.std(axis=0) + 1e-3
        self.dense = ((dense - self.mean) / self.spread).astype(np.float32)
        hidden, wide = shape.hidden, dense.shape[1]

        def start(rows: int, columns: int, size: float) -> NDArray[np.float32]:
            return (self.chance.standard_normal((rows, columns)) * size).astype(np.float32)

        self.weights = {
            "embed": start(named.shape[1], hidden, 0.05),
            "first": start(wide, hidden, 0.5 / np.sqrt(max(1, wide))),
            "first_bias": np.zeros(hidden, np.float32),
            "second": start(hidden, hidden, 1 / np.sqrt(hidden)),
            "second_bias": np.zeros(hidden, np.float32),
            "out": start(hidden, outputs, 0.5 / np.sqrt(hidden)),
            "out_bias": np.zeros(outputs, np.float32),
            "straight": np.zeros((named.shape[1], outputs), np.float32),
        }
        self.moments = {name: (np.zeros_like(w), np.zeros_like(w)) for name, w in self.weights.items()}

    def run(self, slope: Slope, batches: Callable[[np.random.Generator], Iterator[Numbers]]) -> Network:
        """Pass over the data."""
        every = sum(1 for _ in batches(np.random.default_rng(0))) * self.shape.passes
        step = 0
        for _ in range(self.shape.passes):
            for rows in batches(self.chance):
                step += 1
                rate = RATE * min(1.0, step / WARM) * (1 - (step - 1) / every)
                self._step(self._slopes(rows, slope), rate, step)
        mean, spread = self.mean.astype(np.float32), self.spread.astype(np.float32)
        self.weights["embed"][self.named.getnnz(axis=0) == 0] = 0  # of what was never seen nothing is known
        return Network(**self.weights, mean=mean, spread=spread)

    def _kept(self, shape: tuple[int, ...], drop: float) -> NDArray[np.float32]:
        return ((self.chance.random(shape, dtype=np.float32) >= drop) / np.float32(1 - drop)).astype(
            np.float32
        )

    def _slopes(self, rows: Numbers, slope: Slope) -> dict[str, NDArray[np.float32]]:
        """The slope of the loss by each weight, over some rows, with parts of the network left out by chance."""
        w, drop = self.weights, self.shape.drop
        named = self.named[rows]
        named.data = named.data * self._kept(named.data.shape, self.shape.drop_features)
        dense = self.dense[rows]
        dense = dense * self._kept(dense.shape, drop)
        one = named @ w["embed"] + dense @ w["first"] + w["first_bias"]
        keep_one = (one > 0) * self._kept(one.shape, drop)
        one = one * keep_one
        two = one @ w["second"] + w["second_bias"]
        keep_two = (two > 0) * self._kept(two.shape, drop)
        two = two * keep_two
        back = slope(two @ w["out"] + w["out_bias"] + named @ w["straight"], rows)
        to_two = (back @ w["out"].T) * keep_two
        to_one = (to_two @ w["second"].T) * keep_one
        across = named.T.tocsr()
        return {
            "embed": across @ to_one,
            "first": dense.T @ to_one,
            "first_bias": to_one.sum(axis=0),
            "second": one.T @ to_two,
            "second_bias": to_two.sum(axis=0),
            "out": two.T @ back,
            "out_bias": back.sum(axis=0),
            "straight": across @ back,
        }

    def _step(self, slopes: dict[str, NDArray[np.float32]], rate: float, step: int) -> None:
        """One step of Adam, with the weights' decay apart from it."""
        for name, g in slopes.items():
            w, (m, v) = self.weights[name], self.moments[name]
            m *= FIRST
            m += (1 - FIRST) * g
            v *= SECOND
            v += (1 - SECOND) * g * g
            move = m / (1 - FIRST**step) / (np.sqrt(v / (1 - SECOND**step)) + 1e-8)
            if name not in SPARSE and w.ndim > 1:
                move = move + DECAY * w
            w -= np.float32(rate) * move

"""Logistic regression: weights of features, the threshold above which pairs are joined, and chances from sums."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from pipeline.link.count_features import SIGNS as COUNT_SIGNS
from pipeline.link.features import SIGNS
from pipeline.link.rows import Flags, Floats, Ints
from pipeline.link.weights import STEP, Model

PENALTY = 6.0
"""Weight of the squares of the weights: what few pairs tell counts little."""
FOR, AGAINST = 0.2, -0.5
"""What a feature counts that no pair has shown yet, by its sign."""
FOLDS = 5
PRECISION = {"across": 0.94, "within": None, "counts": 0.95}
"""Share of the pairs above the threshold that are to be right, on stories that the weights were not learned from; without one, the
threshold is where precision and recall are best together, precision counting more: a false join within an article spoils its account."""
RECALL = 1 / 16
"""How much recall counts beside precision, where no precision is asked for."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a model did on stories that it was not learned from."""

    scores: Floats
    threshold: float
    precision: float
    recall: float


def fitted(features: Floats, same: Flags, signs: Ints) -> Floats:
    """The weights of the features, the level last; `signs` say which may not be below zero (1) or above (-1)."""
    x = np.column_stack([features, np.ones(len(features))])
    y = np.where(same, 1.0, -1.0)
    penalty = np.full(x.shape[1], PENALTY)
    penalty[-1] = 0.0
    prior = np.append(np.where(signs > 0, FOR, np.where(signs < 0, AGAINST, 0.0)), 0.0)

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = y * (x @ w)
        value = float(np.logaddexp(0, -margin).sum() + 0.5 * penalty @ (w - prior) ** 2)
        slope = -x.T @ (y / (1 + np.exp(np.clip(margin, -500, 500)))) + penalty * (w - prior)
        return value, slope

    bounds = [(0.0 if sign > 0 else None, 0.0 if sign < 0 else None) for sign in (*signs.tolist(), 0)]
    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x)


def tried(features: Floats, same: Flags, story: Ints, signs: Ints, precision: float | None) -> Tried:
    """Scores of all pairs by weights learned from the other stories, and the least threshold that is precise enough."""
    scores = np.zeros(len(same))
    fold = np.unique(story, return_inverse=True)[1] % FOLDS
    for part in range(FOLDS):
        out = fold == part
        w = fitted(features[~out], same[~out], signs)
        scores[out] = features[out] @ w[:-1] + w[-1]
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(same[order])
    share = right / np.arange(1, len(order) + 1)
    ends = (
        np.diff(scores[order], append=-np.inf) < 0
    )  # pairs with one score are joined together or not at all
    if precision is None:
        best = right / (np.arange(1, len(order) + 1) + RECALL * same.sum())
        last = int(np.argmax(np.where(ends, best, -1.0)))
    else:
        enough = np.flatnonzero((share >= precision) & ends)
        last = int(enough[-1]) if len(enough) else 0
    return Tried(
        scores, float(scores[order[last]]) - STEP, float(share[last]), float(right[last] / same.sum())
    )


def chances(scores: Floats, same: Flags) -> tuple[float, float]:
    """Slope and level of the chance that a pair with a score above zero is right (Platt)."""
    above = scores > 0
    w = fitted(scores[above, None], same[above], np.ones(1, dtype=np.int64))
    return float(w[0]), float(w[1])


def model(
    names: tuple[str, ...], features: Floats, same: Flags, story: Ints, precision: float | None
) -> tuple[Model, Tried]:
    """The model that all stories give, with the threshold and chances that stories left out give."""
    signs = np.array([SIGNS.get(name, COUNT_SIGNS.get(name, 0)) for name in names])
    try_ = tried(features, same, story, signs, precision)
    w = np.rint(fitted(features, same, signs) / STEP) * STEP
    slope, level = chances(try_.scores - try_.threshold, same)
    weights = {name: float(weight) for name, weight in zip(names, w[:-1], strict=True) if weight}
    threshold = float(np.rint((w[-1] - try_.threshold) / STEP) * STEP)
    return Model(weights, threshold, slope, level), try_

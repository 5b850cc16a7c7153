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
SPLITS = 30
"""How often the stories are parted anew to be left out: by one parting alone the threshold is a matter of chance."""
PRECISION = {"across": 0.95, "within": 0.85, "counts": 0.95}
"""Share of the pairs above the threshold that are to be right, on stories that the weights were not learned from."""
SURER = {"within": 1.0}
"""What the threshold lies above that: among the surest pairs of one article are events told twice that no reader marked, so no share says how sure an account is."""
ALONE = frozenset({"within"})
"""Models with a second, lower threshold, where precision and recall are best together (F1): what no other article tells need be less sure."""
FLAT = 0.01
"""F1 so little below the best is as good: of such thresholds the highest is taken, since a false join is worse than none."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs with their features, whether they are of one event, and the story of each."""

    names: tuple[str, ...]
    features: Floats
    same: Flags
    story: Ints
    """The story of the left one; whole stories are left out to try the weights on."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a model did on stories that it was not learned from."""

    scores: Floats
    """Of all pairs, one parting of the stories after another."""
    same: Flags
    """Which of these are of one event."""
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
    number = np.unique(story, return_inverse=True)[1]
    chance = np.random.default_rng(0)
    scores = np.zeros((SPLITS, len(same)))
    for own in scores:
        fold = (chance.permutation(number.max() + 1) % FOLDS)[number]
        for part in range(FOLDS):
            out = fold == part
            w = fitted(features[~out], same[~out], signs)
            own[out] = features[out] @ w[:-1] + w[-1]
    told = np.tile(same, SPLITS)
    return Tried(scores.ravel(), told, *least_score(scores.ravel(), told, precision))


def least_score(scores: Floats, same: Flags, precision: float | None) -> tuple[float, float, float]:
    """The least threshold above which enough pairs are right, or the highest of those where F1 is best; and the precision and recall there."""
    order = np.argsort(-scores, kind="stable")
    right, n = np.cumsum(same[order]), np.arange(1, len(order) + 1)
    ends = (
        np.diff(scores[order], append=-np.inf) < 0
    )  # pairs with one score are joined together or not at all
    if precision is None:
        f1 = np.where(ends, 2 * right / (n + same.sum()), -1.0)
        last = int(np.flatnonzero(f1 >= f1.max() - FLAT)[0])
    else:
        enough = np.flatnonzero((right / n >= precision) & ends)
        last = int(enough[-1]) if len(enough) else 0
    return float(scores[order[last]]) - STEP, float(right[last] / n[last]), float(right[last] / same.sum())


def chances(scores: Floats, same: Flags, least: float = 0.0) -> tuple[float, float]:
    """Slope and level of the chance that a pair with a score above `least` is right (Platt)."""
    above = scores > least
    w = fitted(scores[above, None], same[above], np.ones(1, dtype=np.int64))
    return float(w[0]), float(w[1])


def model(name: str, examples: Examples) -> tuple[Model, Tried]:
    """The model of a name that all stories give, with the thresholds and chances that stories left out give."""
    features, same = examples.features, examples.same
    signs = np.array([SIGNS.get(feature, COUNT_SIGNS.get(feature, 0)) for feature in examples.names])
    try_ = tried(features, same, examples.story, signs, PRECISION[name])
    w = np.rint(fitted(features, same, signs) / STEP) * STEP
    weights = {
        feature: float(weight) for feature, weight in zip(examples.names, w[:-1], strict=True) if weight
    }
    bar = try_.threshold + SURER.get(name, 0.0)
    threshold = float(np.rint((w[-1] - bar) / STEP) * STEP)
    alone = 0.0
    if name in ALONE:
        least = least_score(try_.scores, try_.same, None)[0]
        alone = max(0.0, float(np.rint((bar - least) / STEP) * STEP))
    slope, level = chances(try_.scores - bar, try_.same, -alone)
    return Model(weights, threshold, slope, level, alone), try_

"""Learned weights, and scores as chances that two rows are of one event."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

from pipeline.link.rows import Flags, Floats

PATH = Path(__file__).parent / "weights.csv"
STEP = 2.0**-10
"""Weights and features are multiples of this: so their sums are exact."""
THRESHOLD, SLOPE, LEVEL, ALONE = "(threshold)", "(slope)", "(level)", "(alone)"
"""Rows of the file that are no features: what is added to the sum, so that a score above zero joins, how a score becomes a chance, and
how much lower it may be where no other article tells the event."""


Feature = tuple[str, Floats | Flags]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of features, and how sums of them are read."""

    weights: dict[str, float]
    threshold: float
    slope: float
    level: float
    alone: float = 0.0
    """How much less a join may score that is of one article alone."""


@cache
def learned(name: str, path: Path = PATH) -> Model:
    """The model of a name: `across` articles, `within` one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["feature"]: float(row["weight"]) for row in csv.DictReader(file) if row["model"] == name}
    special = [rows.pop(key, 0.0) for key in (THRESHOLD, SLOPE, LEVEL, ALONE)]
    return Model(rows, *special)


def quantized(values: Floats | Flags) -> Floats:
    """Values as multiples of `STEP`."""
    found = np.asarray(values, dtype=np.float64) * (
        1 / STEP
    )  # a power of two: as exact as a division, and quicker
    return np.asarray(np.rint(found, out=found) * STEP)


def exact(values: Floats | Flags) -> Floats | Flags:
    """Values of a feature as multiples of `STEP`: flags are, and stay flags."""
    return values if values.dtype == np.bool_ else quantized(values)


def weighed(features: Iterable[Feature], n: int, model: Model, crossed: tuple[str, ...] = ()) -> Floats:
    """The sum of each of `n` pairs, with the products of every two of the features `crossed`. It is exact, in whatever order the pairs come."""
    total = np.full(n, model.threshold)
    kept: dict[str, Floats | Flags] = {}
    for name, values in features:
        told = exact(values)
        if name in crossed:
            kept[name] = told
        if weight := model.weights.get(name):
            total += weight * told  # a flag adds the weight or nothing
    return (
        total + _of_products([kept[name] for name in crossed], _by_twos(model, crossed)) if crossed else total
    )


def with_products(features: Iterable[Feature], crossed: tuple[str, ...]) -> Iterator[Feature]:
    """Features, and the products of every two of those `crossed`, each by itself."""
    kept: dict[str, Floats | Flags] = {}
    for name, values in features:
        if name in crossed:
            kept[name] = exact(values)
        yield name, values
    for one, two in combinations(crossed, 2):
        yield _product(one, two), kept[one] * kept[two]


def _product(one: str, two: str) -> str:
    """The name of the product of two features."""
    return f"{one} & {two}"


@cache
def _by_twos(model: Model, crossed: tuple[str, ...]) -> Floats:
    """The weights of products of every two features, a row for the first of the two, a column for the second."""
    found = np.zeros((len(crossed), len(crossed)))
    for one, two in combinations(range(len(crossed)), 2):
        found[one, two] = model.weights.get(_product(crossed[one], crossed[two]), 0.0)
    return found


def _of_products(crossed: list[Floats | Flags], weights: Floats) -> Floats:
    """What the products of every two of some exact features add to each pair's sum: hundreds of products, multiplied as one matrix.

    The product of two fractions is no multiple of `STEP` and is made one by itself.
    """
    values, rest = np.stack(crossed).astype(np.float64, copy=False), weights.copy()
    total = np.zeros(values.shape[1])
    fractions = [at for at, told in enumerate(crossed) if told.dtype != np.bool_]
    for one, two in combinations(fractions, 2):
        total += weights[one, two] * quantized(values[one] * values[two])
        rest[one, two] = 0.0
    return np.asarray(total + np.einsum("ij,ij->j", rest.T @ values, values))


def confidence(score: float, *, across: bool) -> float:
    """The chance that a join with a score is right."""
    model = learned("across" if across else "within")
    return 1 / (1 + math.exp(-(model.level + model.slope * score)))

"""Learned weights, and scores as chances that two rows are of one event."""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.link.rows import Flags, Floats

PATH = Path(__file__).parent / "weights.csv"
STEP = 2.0**-10
"""Weights and features are multiples of this: so their sums are exact."""
THRESHOLD, SLOPE, LEVEL, ALONE = "(threshold)", "(slope)", "(level)", "(alone)"
"""Rows of the file that are no features: what is added to the sum, so that a score above zero joins, how a score becomes a chance, and
how much lower it may be where no other article tells the event."""


@dataclass(frozen=True, slots=True)
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


def weighed(features: Iterable[tuple[str, Floats | Flags]], n: int, *models: Model) -> list[Floats]:
    """The sums of `n` pairs by each model. They are exact, in whatever order the pairs come."""
    totals = [np.full(n, model.threshold) for model in models]
    for name, values in features:
        known = [(total, model.weights.get(name)) for total, model in zip(totals, models, strict=True)]
        exact = values if values.dtype == np.bool_ else quantized(values)  # a flag adds the weight or nothing
        for total, weight in known:
            if weight:
                total += weight * exact
    return totals


def confidence(score: float, *, across: bool) -> float:
    """The chance that a join with a score is right."""
    model = learned("across" if across else "within")
    return 1 / (1 + math.exp(-(model.level + model.slope * score)))

"""Scores as chances that two reports are of one event."""

import math


def confidence(score: float, *, across: bool) -> float:
    """How sure a join with a score is; `across` articles or within one."""
    return 1 / (1 + math.exp(-(1.0 + 2.0 * score if across else 0.5 + 2.0 * score)))

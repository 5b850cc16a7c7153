"""Ties between incidents that are about one thing and yet two: a plan and the deed, a denial and what it denies."""

import numpy as np
import pandas as pd

from pipeline.link.evidence import BASES
from pipeline.link.linking import Linked
from pipeline.link.rows import NO_DAY, Ints, ordinals, texts
from pipeline.link.same_event import ABOUT, CAMPAIGN
from pipeline.link.weights import confidence

LINK_COLUMNS = ["link_id", "from", "relation", "to", "from_event_id", "to_event_id", "confidence"]
SLACK = 2
"""Days by which a deed may lie before the publication of its plan."""


def relations(frame: pd.DataFrame, linked: Linked, keys: dict[int, str]) -> pd.DataFrame:
    """The ties, from pairs that are about the same and not the same; `frame` holds all reports in their stable order."""
    pairs = linked.pairs
    about = (pairs.score < ABOUT / 2) & (pairs.score > ABOUT)
    left, right = pairs.left[about].astype(np.int64), pairs.right[about].astype(np.int64)
    score = pairs.score[about].astype(np.float64) - ABOUT
    there = (pairs.why[about] >> BASES.index("same article")) & 1
    order = np.lexsort((right, left, -score))
    status, ids = texts(frame["status"]), texts(frame["event_id"])
    days = {name: ordinals(frame[name]) for name in ("date_from", "date_to", "published_on")}
    found: dict[str, dict[str, object]] = {}
    for at in order.tolist():
        tie = relation(status, days, int(left[at]), int(right[at]))
        if tie is None:
            continue
        one, name, two = tie
        source, target = keys[int(linked.group[one])], keys[int(linked.group[two])]
        key = f"{source}>{name.replace(' ', '-')}>{target}"
        if source != target and key not in found:
            sure = round(confidence(float(score[at]), across=not there[at]), 3)
            found[key] = dict(
                zip(LINK_COLUMNS, (key, source, name, target, ids[one], ids[two], sure), strict=True)
            )
    return pd.DataFrame([found[key] for key in sorted(found)], columns=LINK_COLUMNS)


def relation(status: list[str], days: dict[str, Ints], one: int, two: int) -> tuple[int, str, int] | None:
    """Which of two reports belongs to the other, and how."""
    denied = [row for row in (one, two) if status[row] == "negated"]
    if len(denied) == 1:
        return denied[0], "denial of", two if denied[0] == one else one
    planned = [row for row in (one, two) if status[row] in ("future", "hypothetical")]
    if len(planned) == 1:
        plan, deed = planned[0], two if planned[0] == one else one
        done = days["date_to"][deed] if days["date_to"][deed] != NO_DAY else days["published_on"][deed]
        told = days["published_on"][plan]
        late = NO_DAY not in (done, told) and done < told - SLACK
        return None if late else (plan, "plan of", deed)
    if not denied and not planned:
        width = [int(days["date_to"][row] - days["date_from"][row]) for row in (one, two)]
        if (
            NO_DAY not in (days["date_from"][one], days["date_from"][two])
            and abs(width[0] - width[1]) > CAMPAIGN
        ):
            return (one, "part of", two) if width[0] < width[1] else (two, "part of", one)
    return None

"""Answers that one sentence ties to what they answer: "condemned the strike", "expelled an envoy over the poisoning"."""

import re

import numpy as np
import pandas as pd

from pipeline.link.columns import Column
from pipeline.link.rows import Ints, first_place

ANSWERS = frozenset(
    {"ACCUSE", "REQUEST", "THREATEN", "PROTEST", "REJECT", "SANCTION", "COERCE", "MOBILIZE", "SUPPORT"}
)
"""Types of what may be an answer."""
DEEDS = frozenset(
    {"ASSAULT", "COERCE", "SANCTION", "REJECT", "MOBILIZE", "CONCEDE", "ACCUSE", "THREATEN", "RETREAT", "AID"}
)
"""Types of what is answered."""
REACH = 120
"""Characters between an answer and what it answers."""
DIRECT = 40
_TIE = re.compile(
    r"\b(?:over|following|because of|against|in (?:response|answer|reply|reaction) to"
    r"|in (?:retaliation|revenge|return) for|to avenge|days? after|hours? after|weeks? after)\s+(?:(?!(?:and|but)\b)[\w’'-]+\s+){0,7}$",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:following|(?:days?|hours?|weeks?) after)\b", re.IGNORECASE)
"""What ties a protest to a deed, and support only to what came before it."""
_OBJECT = re.compile(
    r"^\s*(?:(?:the|this|that|these|those|its|their|his|her|[A-Z]\w+['’]s)\s+)(?:(?!and\b)[\w-]+\s+){0,3}$"
)


def responses(frame: pd.DataFrame) -> Ints:
    """How many rows further what each report answers stands, 0 where it answers nothing; `frame` holds reports in their stable order."""
    columns = (Column(frame[name]) for name in ("doc_id", "sentence", "event_type", "status"))
    doc, sentence, kind, status = columns
    start = frame["start"].to_numpy(dtype=np.int64)
    starts, ends = start.tolist(), (start + Column(frame["text"]).lengths()).tolist()
    found = np.zeros(len(doc), dtype=np.int64)
    for row in range(len(doc) - 1):
        if kind[row] not in ANSWERS or status[row] == "negated":
            continue
        for other in range(row + 1, min(row + 4, len(doc))):
            if doc[other] != doc[row] or sentence[other] != sentence[row]:
                break
            if kind[other] in DEEDS and status[other] not in ("future", "hypothetical", "negated"):
                at = starts[row] - starts[other] + first_place(sentence[row], str(frame["text"].iat[other]))
                between = sentence[row][at + ends[row] - starts[row] : at + starts[other] - starts[row]]
                if answers(kind[row], between):
                    found[row] = other - row
                    break
    return found


def answers(kind: str, between: str) -> bool:
    """Whether the words between an answer and a deed tie the one to the other."""
    tie = _TIE.search(between) if len(between) <= REACH else None
    if tie and not (kind == "SUPPORT" and _LATER.match(tie[0])):
        return True
    return kind in ("ACCUSE", "REJECT") and len(between) <= DIRECT and bool(_OBJECT.match(between))

"""Whether a report tells a deed, a plan, a denial or a series: reports that differ in it are never of one event."""

import re

DEED, PLAN, DENIAL, SERIES = range(4)
"""What happened; what is planned, offered or supposed; what is denied; a whole row of deeds."""

WORDS_ONLY = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are words about what may come: their being planned makes no other event."""
AROUND = 90
"""Characters around a trigger that tell a series."""

_OFFERS = re.compile(
    r"\b(?:offer|promis|pledg|propos|vow|plan|willing|ready|open|will|would|invit)", re.IGNORECASE
)
_SERIES = re.compile(
    r"\b(?:(?:dozens? of|\d+|many|several|countless) times|(?:more than|over) a dozen times|repeatedly"
    r"|(?:almost|nearly) (?:daily|every (?:day|week|night))|every (?:day|week|night)"
    r"|for (?:\w+ )?(?:weeks|months|years|decades)|in (?:recent|past) (?:weeks|months|years)"
    r"|(?:in|over|during) the (?:past|last) (?:\w+ )?(?:weeks|months|years)"
    r"|(?:series|wave|campaign|string|spate|months|years) of|since the (?:spring|summer|autumn|winter|start|beginning))\b",
    re.IGNORECASE,
)


def standing(event_type: str, status: str, sentence: str, start: int, trigger: str) -> int:
    """What a report tells of: DEED, PLAN, DENIAL or SERIES; `start` is where the trigger stands in the sentence."""
    if status == "negated":
        return DENIAL
    planned = status in ("future", "hypothetical")
    if event_type == "AGREE":
        return PLAN if planned or _OFFERS.match(trigger) else DEED
    if planned and event_type not in WORDS_ONLY:
        return PLAN
    around = sentence[max(0, start - AROUND) : start + len(trigger) + AROUND]
    return SERIES if _SERIES.search(around) and event_type not in WORDS_ONLY else DEED

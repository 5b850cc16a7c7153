"""Whether a report tells a deed, a plan, a denial or a series: reports that differ in it are never of one event."""

import re

from pipeline.link.words import holds, things

DEED, PLAN, DENIAL, SERIES = range(4)
"""What happened; what is planned, offered or supposed; what is denied; a whole row of deeds."""

WORDS_ONLY = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are words about what may come: their being planned makes no other event."""
WISHES = frozenset({"REQUEST", "THREATEN"})
"""Of these the types that are about what is to come even where they are told as done."""
AROUND = 90
"""Characters around a trigger that tell a series."""

_OFFERS = re.compile(
    r"\b(?:offer|promis|pledg|propos|vow|plan|willing|ready|open|will|would|invit)", re.IGNORECASE
)
_SERIES = re.compile(
    r"\b(?:(?:dozens? of|\d+|many|several|countless) times|(?:more than|over) a dozen times|repeatedly"
    r"|(?:almost|nearly) (?:daily|every (?:day|week|night))|every (?:day|week|night)"
    r"|for (?:weeks|months|years|decades)|in (?:recent|past) (?:weeks|months|years)"
    r"|(?:in|over|during) the (?:past|last) (?:\w+ )?(?:weeks|months|years)"
    r"|(?:series|wave|campaign|string|spate|spree) of|since (?:the |this |last |early |late )*(?:spring|summer|autumn|winter|start|beginning|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|year))\b",
    re.IGNORECASE,
)


_DENIED = re.compile(
    r"\bden(?:y|ies|ied|ying)\b(?!\s(?:(?:any|all|its|his|her|their|having|had|being|a)\s){0,3}"
    r"(?:part|role|hand|responsibility|involvement|involved|knowledge|behind)\b)"
    r"(?:(?!\b(?:but|and|after|while|which|who|whose)\b)[^.;]){0,90}$",
    re.IGNORECASE,
)
"""Before what somebody denies; who denies a part in a deed, or that the missile which struck was his, does not deny the deed."""
_PLURAL = re.compile(
    r"(?:strike|attack|bombing|raid|killing|shooting|seizure|arrest|assassination|kidnapping|execution|abduction"
    r"|assault|detention|explosion|bombardment|incursion|ambush|murder|drone|missile)e?s$",
    re.IGNORECASE,
)
_PROTESTS = re.compile(
    r"(?:(?:protest|demonstration|rally|rallie|march|riot|strike|rebellion|uprising|sit-in|disturbance)e?s|unrest|rioting|turmoil)$",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"\b(?:the|these|those|\w+['’]s)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
"""Before deeds that a report takes for one: "condemned the killings in the village"."""
_SINGLE = re.compile(r"\b(?:the|this|that|an?)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_MORE_OF_IT = re.compile(
    r"\b(?:increas(?:ed|ing)|intensified|growing|stepped-up|heightened|continu(?:ed|ing))\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
"""Before what goes on and grows: "increased military activity"."""
_OF_MORE = ("increas", "intensif", "growing", "stepped-up", "heightened", "continu")
_OF_SERIES = (
    *("times", "repeatedly", "daily", "every", "weeks", "months", "years", "decades", "since"),
    *("series", "wave", "campaign", "string", "spate", "spree"),
)
"""The patterns need one of these."""
_ON_MANY = re.compile(r"^\s(?:on|against|of)\s(?:[a-z-]+\s){0,2}[a-z]{3,}s\b")
"""What follows deeds that were many: "strikes on boats"."""
_OF_MANY = re.compile(r"^\sof\s((?:[a-z-]+\s){0,3}[a-z]{3,}s)\b")
"""What follows one noun for many deeds, where it is things: "the destruction of boats"."""
_NO_OBJECT = re.compile(
    r"^\s*(?:[^\w\s]|$|(?:in|on|against|at|by|near|across|inside|over|that|which|who|have|has|had|were|are|since|targeting"
    r"|and|to|from|between|of|during|after|before|where)\b)"
)
"""What follows a noun and no verb: "strikes on", not "strikes a port"."""


def standing(
    event_type: str,
    status: str,
    sentence: str,
    start: int,
    trigger: str,
    *,
    dated: bool = False,
    ahead: bool = False,
) -> int:
    """What a report tells of: DEED, PLAN, DENIAL or SERIES.

    `start` is where the trigger stands in the sentence. Several deeds of one day (`dated`) are one event, and
    what is to come (its day is `ahead` of the article's) is planned, however it is told.
    """
    denied = event_type not in WORDS_ONLY and denies(sentence, start)
    if status == "negated" or denied:
        return DENIAL
    planned = (ahead and not trigger.endswith("ed")) or status in ("future", "hypothetical")
    if event_type == "AGREE":
        return PLAN if planned or _OFFERS.search(trigger) else DEED
    if planned and event_type not in WISHES:
        return PLAN
    around = _around(sentence, start, trigger)
    if event_type in WORDS_ONLY:
        return DEED
    end = start + len(trigger)
    after = sentence[end:][:20]
    if event_type == "PROTEST":
        several = bool(_PROTESTS.search(trigger))
    else:
        several = bool(_PLURAL.search(trigger)) and bool(_NO_OBJECT.match(after))
        several = several and not (_KNOWN.search(sentence[:start]) and not _ON_MANY.match(sentence[end:]))
    of_many = event_type == "ASSAULT" and _OF_MANY.match(sentence[end:])
    several = several or bool(of_many and things(of_many[1]))
    if (several or _grows(sentence[:start])) and not dated:
        return SERIES
    if not (holds(around, _OF_SERIES) and _SERIES.search(around)):
        return DEED
    single = _SINGLE.search(sentence[:start]) and not trigger.endswith(("s", "ed"))
    return DEED if single else SERIES


def goes_on(sentence: str, start: int, trigger: str) -> bool:
    """Whether words around a trigger tell that it was done again and again, or for long: "30 times in a year"."""
    return bool(_SERIES.search(sentence[max(0, start - AROUND) : start + len(trigger) + AROUND]))


_OTHER_CLAUSE = re.compile(
    r";|\b(?:since|after|when|before)\s(?:(?!last\b|early\b|late\b)[\w-]+\s){2}", re.IGNORECASE
)
"""What parts a sentence: what is said of the one part is not said of the other."""


def _around(sentence: str, start: int, trigger: str) -> str:
    """What stands around a trigger in its own part of a sentence."""
    end = start + len(trigger)
    before, after = sentence[max(0, start - AROUND) : start], sentence[end:][:AROUND]
    before = before[max((found.start() for found in _OTHER_CLAUSE.finditer(before)), default=0) :]
    return before + trigger + after


def _grows(before: str) -> bool:
    """Whether what stands before a trigger tells that there is more of it."""
    return holds(before, _OF_MORE) and bool(_MORE_OF_IT.search(before))


def denies(sentence: str, start: int) -> bool:
    """Whether somebody denies what stands at `start` of a sentence."""
    before = sentence[:start]
    return holds(before, ("den",)) and bool(_DENIED.search(before))

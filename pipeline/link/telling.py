"""How a sentence tells its event: as news, as the next of a series, as something told before."""

import re

from pipeline.link.words import holds

OPENING = 250
"""Characters at the beginning of an article in which the sentence of its news starts (behind a headline)."""

_FULL_STOP = re.compile(r"[.!?][\"'”’)]*\s")


def opens(text: str, begin: int, start: int) -> bool:
    """Whether a sentence at `start` is the first of an article whose body begins at `begin`; headlines have no full stop."""
    return 0 <= start - begin < OPENING and not _FULL_STOP.search(text, begin, start)


_NEXT = re.compile(
    r"\b(?:again|another|separate|a (?:second|third|fourth|fifth)|(?:second|third|fourth|fifth|sixth) (?:time|such)"
    r"|(?:hours|days|weeks) later)\b"
)
_LATEST = re.compile(r"\b(?:further|fresh|latest|new)\b")
BEFORE, AFTER = 70, 40
"""Characters around a trigger that tell whether it is the next of a series."""


_OF_SERIES = (
    *("again", "another", "separate", "second", "third", "fourth", "fifth", "sixth", "later"),
    *("further", "fresh", "latest", "new"),
)
"""Each of the patterns needs one of these."""


def series(sentence: str, start: int, trigger: str) -> int:
    """Whether a report tells that its event is not the first of a series: 2 plainly ("again", "another"), 1 perhaps ("new"), else 0."""
    bounds = max(0, start - BEFORE), start + len(trigger) + AFTER
    if not holds(sentence[slice(*bounds)], _OF_SERIES):
        return 0
    return 2 if _NEXT.search(sentence, *bounds) else int(bool(_LATEST.search(sentence, *bounds)))


_TURNS = re.compile(
    r"^\W*(?:elsewhere|meanwhile|separately|also|additionally|in (?:another|a separate|other)|on another)\b"
    r"|\b(?:separate|separately|elsewhere|in another|other news)\b",
    re.IGNORECASE,
)


_OF_TURNS = ("elsewhere", "meanwhile", "separate", "also", "additionally", "other")
"""The pattern needs one of these."""


def turns(sentence: str) -> bool:
    """Whether a sentence turns to another event ("Elsewhere ...")."""
    return holds(sentence, _OF_TURNS) and bool(_TURNS.search(sentence))


_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s$", re.IGNORECASE)


def points_back(sentence: str, start: int, trigger: str) -> bool:
    """Whether a report names its event as one already told: "the attack", not "the attack of Monday" or "attacked"."""
    after = sentence[start + len(trigger) : start + len(trigger) + 4]
    return bool(_DEFINITE.search(sentence, max(0, start - 40), start)) and not after.startswith(" of")


NOUN_BEFORE = 60
"""Characters before a noun that tell whether it is known."""
_KNOWN_NOUN = re.compile(
    r"(?:\b(?:the|this|that|these|those|both|its|his|her|their)|['’]s|s['’])\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
"""Before a noun for something known: "the deadly attack", "Monday's vote", "his resignation"."""
_HAD = re.compile(r"(?:\bhad|['’]d)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
"""Before a verb for what was done before: "had at first offered"."""


def noun_after(words: re.Pattern[str], sentence: str, start: int, trigger: str) -> bool:
    """Whether some words stand before a trigger that looks like a noun."""
    noun = not trigger.endswith(("ed", "ing"))
    return noun and bool(words.search(sentence[max(0, start - NOUN_BEFORE) : start]))


def known_noun(sentence: str, start: int, trigger: str) -> bool:
    """Whether a report names its event by a noun as something known."""
    return noun_after(_KNOWN_NOUN, sentence, start, trigger)


def told_before(sentence: str, start: int, trigger: str) -> bool:
    """Whether a report tells its event as known or as done before: "the arrest", "had at first offered"."""
    return known_noun(sentence, start, trigger) or bool(
        _HAD.search(sentence, max(0, start - NOUN_BEFORE), start)
    )


_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|\d{1,2}(?:st|nd|rd|th)?|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|last|this|\d{4})\b"
)
_RETOLD = re.compile(
    r"\b(?:the|this|that|these|those|after|since|over|following|about|for|against|of|from|by|despite|before|during|amid|to"
    r"|condemn\w*|denounc\w*|reject\w*|criticis\w*|deplor\w*|call\w*)\s"
    rf"(?:(?:the|this|that|these|those|an?|its|his|her|their|\w+['’]s?)\s)?(?:(?!{_DAY})[\w-]+\s){{0,2}}$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:ed|en|ew|uck|ung|ept)$|^(?:hit|quit|shot|said|laid|paid|met|held|set|put|cut|led|won|lost|sent|left|took|gave|broke|fell|threw|shut|called|turned|took|held)$"
)
_PARTICLES = frozenset(["", "away", "back", "down", "in", "off", "on", "out", "over", "up"])
"""What follows a verb as a part of it: "threw out", "broke off"."""
_OWN_DAY = re.compile(rf"^\s(?:[\w-]+\s){{0,3}}?(?:(?:on|of|in|late|early)\s)?{_DAY}", re.IGNORECASE)
_POSSESSIVE = re.compile(rf"\b(?:{_DAY}|yesterday)['’]s?\s(?:[\w-]+\s){{0,2}}$", re.IGNORECASE)


def retold(sentence: str, start: int, trigger: str) -> bool:
    """Whether a noun names an event as known ("condemned on Friday the strike"): a day of the sentence is seldom its own."""
    verb, _, rest = trigger.partition(" ")
    if _VERB.search(verb) and rest in _PARTICLES:
        return False
    before = sentence[max(0, start - BEFORE) : start]
    if _POSSESSIVE.search(before) or _OWN_DAY.search(sentence[start + len(trigger) :][:BEFORE]):
        return False
    return bool(_RETOLD.search(before))


_LOOKS_BACK = re.compile(
    r"\b(?:(?:years?|months|decades?) (?:after|ago|since|earlier|before|later|on)|anniversary|the year before|in (?:19|20)\d\d"
    r"|last (?:year|spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october"
    r"|november|december))\b",
    re.IGNORECASE,
)


_OF_LOOKING_BACK = ("year", "month", "decade", "anniversary", "in 19", "in 20", "last ")
"""The pattern needs one of these."""


def looks_back(sentence: str) -> bool:
    """Whether a sentence tells something of long before ("a year after floods killed 41 people")."""
    return holds(sentence, _OF_LOOKING_BACK) and bool(_LOOKS_BACK.search(sentence))


_SUBORDINATE = re.compile(
    r"\b(?:after|since|when|before|who|which|that|because|over|whom|where|once)\b", re.IGNORECASE
)


def main_clause(sentence: str, start: int) -> bool:
    """Whether what stands at `start` is told in the first clause of its sentence, so that the sentence's day is its day."""
    return not _SUBORDINATE.search(sentence, 0, start)

"""Two counts of one thing in one sentence, by two voices: "the police counted 900, the unions at least 2,000"."""

import re

from pipeline.link.words import holds

LONGEST = 110
"""Characters between two numbers that are two counts of one thing."""

_ABOUT = r"(?:(?:at least|some|about|only|around|almost|nearly|over|just|(?:more|fewer|no more|less) than|up to) )?"
_WHO = r"(?:(?:and|but|while|whereas) )?(?:[\w'’.-]+ ){1,4}"
_THEN = r"(?:[,;] | (?=(?:and|but|while|whereas) ))"
"""What parts the two."""
_BEFORE = {
    "of": re.compile(rf"\b(?:speaks?|spoke|talks?|talked|told) of {_ABOUT}$", re.IGNORECASE),
    "at": re.compile(rf"\bputs? (?:it|[\w'’ -]{{1,50}}) at {_ABOUT}$", re.IGNORECASE),
    "": re.compile(rf"\b(?:count(?:s|ed)?|estimate(?:s|d)?|claim(?:s|ed)?) {_ABOUT}$", re.IGNORECASE),
}
"""How one voice tells its number; the other may leave out the verb, and keeps the word behind it."""
_BETWEEN = {
    "of": re.compile(rf"{_THEN}{_WHO}of {_ABOUT}$"),
    "at": re.compile(rf"{_THEN}{_WHO}at {_ABOUT}$"),
    "": re.compile(rf"{_THEN}{_WHO}{_ABOUT}$"),
}
_TOLD = re.compile(
    r"\b(?:according to|by (?:(?:the|their|its|his|her) )?(?:own |official |[\w'’-]+['’]s? |[\w-]+ )?(?:counts?|tally|estimates?|reckoning|figures)"
    r"|by that of|sa(?:ys?|id)|sp(?:eaks?|oke) of|puts?|count(?:s|ed)|claim(?:s|ed)|estimate[sd]?)\b",
    re.IGNORECASE,
)
"""Tells whose a number is."""
_SECOND = re.compile(
    rf"(?:{_THEN}(?:and |but |while )?according to (?:[\w'’.-]+ ){{1,5}}(?:it was |there were |they were )?|{_THEN}{_WHO}(?:spoke of |speaks? of |said |says? |counted |counts |claim(?:s|ed) |puts? (?:it|the \w+) at )"
    rf"(?:that )?(?:it was |there were )?){_ABOUT}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?: (?:people|persons|men))? (?:according to|by (?:that|the (?:count|tally|estimate)|(?:[\w'’-]+ ){1,3}(?:count|tally|estimate)))\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:among|includ\w+|of (?:them|whom|these|those)|others?|another|more(?! than)|injur\w+|wound\w+|kill\w+|arrest\w+|died|dead|detain\w+"
    r"|later|earlier|before|after|(?:19|20)\d\d|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
"""What tells that one number is a part of the other, of another fate or of another time."""
_NOUN = re.compile(
    r"^ (?!by\b|according\b|in\b|at\b|on\b|of us\b|took\b|were\b|had\b|participants\b|people\b)[a-z]"
)
"""A noun behind the second number, which then counts something of its own."""
_CUES = ("according", "count", "spoke", "speak", "talk", " put", "sa", "estimat", "that of", "claim")
"""Letters that a sentence of two voices holds: most sentences are passed over by them."""
_NUMBER = re.compile(
    r"\b(?:\d[\d,]*(?:\.\d+)?|(?:[a-z]+ )?(?:hundred|thousand|million)s?|dozens)\b", re.IGNORECASE
)


def contested(sentence: str, start: int, text: str) -> bool:
    """Whether the sentence of the number `text` at `start` tells another voice's count of the same thing."""
    if not holds(sentence, _CUES):
        return False
    own = start, start + len(text)
    others = (found.span() for found in _NUMBER.finditer(sentence))
    return any(
        two_counts(sentence, own, other) for other in others if other[1] <= own[0] or own[1] <= other[0]
    )


def two_counts(sentence: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether two numbers of a sentence, told by their places, are two voices' counts of one thing."""
    (first, end), (second, last) = sorted((one, two))
    between = sentence[end:second]
    if not 0 < len(between) <= LONGEST or _PART.search(between):
        return False
    before, behind = sentence[:first], sentence[last:]
    if _NOUN.search(behind):
        return False
    if any(_BEFORE[way].search(before) and _BETWEEN[way].search(between.split(". ")[-1]) for way in _BEFORE):
        return True
    told = bool(_TOLD.search(before) or _TOLD.search(between))
    return told and bool(
        _SECOND.search(between) or (re.search(r"[,;]|\band\b", between) and _BEHIND.search(behind))
    )

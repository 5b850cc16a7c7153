"""How a sentence tells a number: what befell those that it counts, as a part or as a whole, as done or as thought of, and where."""

import calendar
import re
from datetime import date
from functools import cache

from pipeline.lexicon import table
from pipeline.link.rows import NO_DAY
from pipeline.link.words import holds, names

AROUND = 80
"""Characters before a number that tell how it is meant."""
CLOSE = 5
"""Characters between a number and the words that tell what it is one of: "brings to 77 the number of"."""
OPENING = 20
"""Characters of a sentence in which a year stands that is one of all that it tells."""
SHORT = 40
"""Characters of the longest slogan in quotation marks: "one country, two systems"."""

_TOLL = re.compile(
    r"\b(?:numbers?|toll|total|tally|count) of (?:[\w'’-]+ ){0,3}?([a-z]+)\b|\b(death) toll\b|\b(toll)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:another|additional|further|extra|other)\s(?:\w+\s)?$", re.IGNORECASE)
_ADDED_TO = re.compile(
    r"^(?:\s[a-z]+)?\s(?:more(?! than)|others)\b|\b(?:more(?! than)|another|others?|additional|further)\b"
)
_OF_ADDED = ("more", "other", "addition", "further", "extra")
_WHOLE = re.compile(
    r"\b(?:\d[\d,]*|[a-z]+) of (?:the |its |their |his |her |all )*((?:[^\W\d_a-z][\w.-]*[ -]?){0,4})(?:['’]s? )?$"
)
_THOUGHT_OF = re.compile(
    r"\b(?:suggest(?:s|ed|ing)?|propos(?:es?|ed|ing)|threat(?:ens?|ened|ening)|plan(?:s|ned|ning)?|vow(?:s|ed|ing)?|urg(?:es?|ed|ing)"
    r"|demand(?:s|ed|ing)?|consider(?:s|ed|ing)?|call(?:s|ed|ing)? for|could|would|may|might|should|offer(?:s|ed|ing)?)\b[^,.;:]*$"
)
_PART = re.compile(r"[,;:—–]|\b(?:which|who|whom|that|after|when|where|since|before|as|while)\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(calendar.day_name)})\b")
_BECAME = re.compile(
    r"^(?: [\w-]+){0,2}? (?:are|is|were|was)(?: now)? (?:known|feared|believed|thought|confirmed|reported|presumed|said) "
    r"(?:to (?:have (?:been )?|be ))?([a-z]+)\b"
)
"""Behind a number of people: "41 people are known to have died", "are feared dead"."""
_IN_YEAR = re.compile(r"\b[Ii]n (?:[A-Z]\w+ )?((?:19|20)\d\d)\b")
_HELD = re.compile(
    r"^(?: [\w-]+){0,2}? (?:(?:is|are|was|were|be|been|remain(?:s|ed)?|sat?|still|now|being|held|kept|taken|put|placed) )*"
    r"(?:(?:in|into) (?:custody|detention|(?:[\w-]+ )?cells?|(?:police )?(?:custody|detention))|under arrest|behind bars)\b"
)
"""Behind a number of people who are held: "38 people in custody", "31 are under arrest"."""
_TREATED = re.compile(
    r"^(?: [\w-]+){0,2}? (?:(?:is|are|was|were|been|remain(?:s|ed)?|still|now|being|treated|taken) )*(?:in|to) (?:a |the )?hospitals?\b"
)
"""Behind a number of people who were hurt: "five of her crew are in hospital"."""
_FIRST_DAY = re.compile(rf"^\W*(?:On |Late on |Early on )?({'|'.join(calendar.day_name)})\b")
_LOCAL = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round)\s(?:(?:the|an?|[a-z]+(?:ern)?)\s){0,3}((?:[^\W\d_a-z][\w.-]*(?:['’]s)?\s?)+)"
)


@cache
def _fates() -> dict[str, str]:
    """Forms of words for what befalls people -> measure: "dead", "killed", "deaths"."""
    found: dict[str, str] = {}
    for row in table("measures"):
        if row["measure"] in fates_of_people():
            lemma = row["lemma"]
            found |= dict.fromkeys(
                (lemma, f"{lemma}s", f"{lemma}ed", f"{lemma.removesuffix('e')}ed"), row["measure"]
            )
    return found


def toll_of(sentence: str, start: int, text: str) -> str:
    """What befell those whose number is told as such: "the number of soldiers killed has risen to 24", "the toll rose to 34", "41 are known to have died"; else empty."""
    became = _BECAME.search(sentence[start + len(text) :])
    if became and became[1] in _fates():
        return _fates()[became[1]]
    for behind, measure in ((_HELD, "arrested"), (_TREATED, "injured")):
        if behind.search(sentence[start + len(text) :]):
            return measure
    if not holds(sentence, ("number", "toll", "total", "tally", "count")):
        return ""
    for found in _TOLL.finditer(sentence):
        before, after = sentence[found.end() : start], sentence[start + len(text) : found.start()]
        if (found.start() < start and re.search(r"[,;:\d]", before)) or len(after) > CLOSE:
            continue
        if found[2] or found[3]:
            return "killed"
        told = (_fates().get(word) for word in found[0].lower().split())
        if measure := next(filter(None, told), ""):
            return measure
        if measure := _fates().get(_next_word(sentence, found.end()), ""):
            return measure
    return ""


def _next_word(sentence: str, at: int) -> str:
    found = re.match(r"\s([a-z]+)", sentence[at:])
    return found[1] if found else ""


def added(sentence: str, start: int, text: str) -> bool:
    """Whether a number comes on top of others: "an additional 10 people", "three more bodies"."""
    if not holds(sentence, _OF_ADDED):
        return False
    return bool(_ADDED.search(sentence[max(0, start - AROUND) : start]) or _ADDED_TO.search(text))


def thought_of(sentence: str, start: int) -> bool:
    """Whether what a number counts is suggested, threatened or possible, by the words before it: "suggested that it expel 35"."""
    return bool(_THOUGHT_OF.search(sentence, max(0, start - AROUND), start))


def whole(sentence: str, start: int) -> str:
    """Whose whole a number is ("31 of Northmark's 60": "Northmark"), a space where nobody's, empty where it is none."""
    found = _WHOLE.search(sentence, max(0, start - AROUND), start)
    return (found[1].strip() or " ") if found else ""


def slogan(sentence: str, start: int) -> bool:
    """Whether a number stands in a few quoted words, which name something: "the 'two systems' model"."""
    for left, right in (('"', '"'), ("“", "”")):
        opened = sentence.rfind(left, 0, start)
        if opened >= 0 and (left != right or sentence.count(left, 0, start) % 2):
            closed = sentence.find(right, opened + 1)
            if start < closed <= opened + SHORT and not re.search(r"[.!?]", sentence[opened:closed]):
                return True
    return False


def own_day(sentence: str, start: int, published: int) -> int:
    """The day (as a number) that a sentence names behind the number in its part, or first of all, the last before publication; NO_DAY where it names none, or tells a toll as of a day."""
    end = _PART.search(sentence, start)
    part = sentence[start : end.start() if end else len(sentence)]
    found = _WEEKDAY.findall(part) or _FIRST_DAY.findall(sentence[:start])
    if published == NO_DAY or len(found) != 1 or _TOLL.search(sentence):
        return NO_DAY
    day = [*calendar.day_name].index(found[0])
    return published - (date.fromordinal(published).weekday() - day) % 7


def own_year(sentence: str, start: int) -> int:
    """The year that a sentence names in the part of the number or first of all ("in 2019 three people died there"); 0 where it names none."""
    if not _IN_YEAR.search(sentence):
        return 0
    begin = max((found.end() for found in _PART.finditer(sentence, 0, start)), default=0)
    end = _PART.search(sentence, start)
    part = sentence[begin : end.start() if end else len(sentence)]
    found = _IN_YEAR.findall(part) or _IN_YEAR.findall(sentence[:OPENING])
    return int(found[0]) if len(found) == 1 else 0


def local_names(sentence: str) -> frozenset[str]:
    """Stems of names behind words of place ("in Baghdad's Sadr City"); countries left out."""
    found = " ".join(f"x {told}" for told in _LOCAL.findall(sentence))
    return names(found)


@cache
def fates_of_people() -> frozenset[str]:
    """Measures that only people undergo (killed, injured ...): two of them never count the same; votes are not of these."""
    counted: dict[str, set[str]] = {}
    for row in table("measures"):
        counted.setdefault(row["measure"], set()).add(row["counts"])
    return frozenset(
        measure for measure, what in counted.items() if "person" in what and "amount" not in what
    )

"""Units that a bare number takes from around it: ages, and the unit of the figure before."""

import re
from dataclasses import replace

from spacy.tokens import Token

from pipeline.extract.figures.counted import head_of
from pipeline.extract.figures.persons import PERSON_NOUNS
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.units import Unit

_AGE = Unit("year of age", "age")
_AGE_BEFORE = re.compile(
    r"\b(?:(?:ages?|aged|age\sof|ages\sof)\s(?:between\s)?|as\s(?:young|old)\sas\s)$", re.IGNORECASE
)
_AGE_NOUNS = frozenset({"age", "expectancy"})
_PERSONS = frozenset({"he", "she", "i"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP"})
_TOLD = frozenset({"report", "say", "believe", "think", "understand"})
_MAX_AGE = 125
_MIN_AGE = 15
"""Under which "the winner was 7" is hardly an age."""
_BOUND = re.compile(r"(?P<noun>[a-z]+)\s(?:aged\s)?(?:under|over|above|below)\s$")
_MAGNITUDE = re.compile(r"\bmagnitude[\s-](?:(?:of|at|was)\s)?$", re.IGNORECASE)
_RICHTER = re.compile(r"\son\s(?:the\s)?(?:open-ended\s)?Richter\b", re.IGNORECASE)
QUAKES = frozenset({"earthquake", "quake", "aftershock", "foreshock", "tremor", "temblor"})
_QUAKE = re.compile(rf"[\s-](?:{'|'.join(sorted(QUAKES))})\b", re.IGNORECASE)
_QUAKE_AT = re.compile(
    rf"\b(?:{'|'.join(sorted(QUAKES))})\s(?:at|measur(?:ing|ed)(?:\sat)?)\s(?:a\s)?$", re.IGNORECASE
)
_MAX_MAGNITUDE = 10
_MAX_QUAKE_AT = 30
"""Letters of "earthquake at a "."""
_OTHER_SUM = re.compile(
    r"\b(?:to|from|than|against|instead\sof|compared\s(?:with|to)|versus)\s(?:the\s|an?\s)?(?:previous\s|earlier\s)?$",
    re.IGNORECASE,
)
_TIME = r"\s(?:(?:in|for|during|by|since)\s(?:the\s)?(?:[12]\d{3}|[A-Z]\w+|\w+\s(?:year|month|quarter|week|season|half))|(?:last|this|next)\s\w+|(?:a\s)?\w+\s(?:earlier|before|ago|later))"
OTHER_TIME = re.compile(
    rf"[^.;:()]{{0,40}}{_TIME},?\s(?:and|but|after|against|from|versus|compared\swith|compared\sto)\s(?:about\s|just\s|only\s)?",
    re.IGNORECASE,
)
_AT_TIME = re.compile(_TIME, re.IGNORECASE)
"""Between two values of one quantity, each with its time."""
_AGED = re.compile(r"\baged\s$", re.IGNORECASE)
_CHILDREN = frozenset(
    {"son", "daughter", "baby", "infant", "girl", "boy", "toddler", "child", "grandson", "granddaughter"}
)
_TURNS = re.compile(r"\bturn(?:s|ed|ing)?\s$", re.IGNORECASE)
_TURNED = re.compile(
    r"[.,;:!?]|$|\s(?:in|on|this|last|next|today|tomorrow|yesterday|later|and|when|before|after|during)\b"
)
_AT_AGE = re.compile(r"(?:^|[.!?;]\s|[“\"]|,\s)[Aa]t\s$")
_WHO_IS = re.compile(r",\s(?:he|she|[A-Z])")
_SERVING = re.compile(r"\bserv(?:e|es|ed|ing)\s(?:only\s|just\s)?$", re.IGNORECASE)
_POLL = re.compile(
    r"\b(?:polls?|polled|polling(?!\s(?:stations?|places?|day))|pollsters?|surveys?|surveyed)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\s(?:behind|ahead|clear|adrift|in\sfront|lead|deficit|advantage|gap|swing)\b", re.IGNORECASE
)
_END_OF_CHANGE = re.compile(
    r"\b(?:to|from)\s(?:about\s|around\s|just\s|a\srecord\s|only\s|end\sat\s)?$", re.IGNORECASE
)


def with_age(text: str, quantity: Quantity, tokens: list[Token]) -> Quantity:
    """Give a bare number its unit where it is an age: "aged 44", "Ann Hall, 44," or "she is 44"."""
    if quantity.unit.dimension == "time" and _is_young(text, quantity, tokens):
        return replace(quantity, unit=Unit(f"{quantity.unit.name} of age", "age"))
    if quantity.unit.name != "count" or not 0 <= quantity.value <= _MAX_AGE or quantity.style == "vague":
        return quantity
    score = quantity.range_mark in ("-", "–") and (quantity.value_high or 0) < quantity.value
    told = _called_age(text, quantity) or (
        not score  # "beat Norway, 4-0,"
        and (
            _reached(text, quantity)
            or _bounds_age(text, quantity, tokens)
            or _is_years_old(text, quantity, tokens)
            or _beside_name(text, quantity, tokens)
        )
    )
    return replace(quantity, unit=_AGE) if told else quantity


def _is_young(text: str, quantity: Quantity, tokens: list[Token]) -> bool:
    """ "Her 11-month daughter", "she was aged 84 years"."""
    if _AGED.search(text, max(0, quantity.start - 6), quantity.start):
        return True
    following = tokens[-1].doc[tokens[-1].i + 1 : tokens[-1].i + 3]
    child = len(following) == 2 and following[0].lower_ in _CHILDREN and following[0].tag_ == "NN"
    return child and following[1].pos_ not in ("NOUN", "PUNCT" if following[1].text == "-" else "NOUN")


def _called_age(text: str, quantity: Quantity) -> bool:
    """ "Aged 44", "between the ages of 9 and 12"."""
    places = (quantity.start, quantity.amount_start)
    return any(_AGE_BEFORE.search(text, max(0, place - 20), place) for place in places)


def _reached(text: str, quantity: Quantity) -> bool:
    """ "She turns 19 next month", "At 86, he is"."""
    start = quantity.start
    if _TURNS.search(text, max(0, start - 12), start) and _TURNED.match(text, quantity.number_end):
        return True
    led = _AT_AGE.search(text, max(0, start - 5), start)
    return bool(led and _WHO_IS.match(text, quantity.number_end))


def _is_years_old(text: str, quantity: Quantity, tokens: list[Token]) -> bool:
    """Whether a number is told of a person or of an age: "she is 44", "since he was four,", "Hall is said to be 21 or 22."."""
    head = head_of(tokens)
    if head is None or any(c.dep_ == "case" for c in head.children):
        return False  # "he is among the 10"
    if not any(c.dep_ == "cop" for c in head.children):
        return False
    over = head.head if head.dep_ == "xcomp" and head.head.lemma_ in _TOLD else head
    subject = next((c for c in over.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    if subject is None:
        return False
    alone = _stands_alone(text, quantity, tokens)
    if quantity.style == "words":
        return subject.lower_ in _PERSONS and alone
    if quantity.style != "digits":
        return False
    if over == head and (subject.lower_ in _PERSONS or subject.lemma_ in _AGE_NOUNS):
        return True
    grown = subject.tag_ == "NN" and subject.lemma_.lower() in PERSON_NOUNS and quantity.value >= _MIN_AGE
    return alone and (subject.ent_type_ == "PERSON" or subject.lower_ in _PERSONS or grown)


def _beside_name(text: str, quantity: Quantity, tokens: list[Token]) -> bool:
    """Whether a number follows whoever is of that age: "Ann Hall, 44,", "Ann and Ivo Hall, both 22,", "Ann Hall, 44 and her son"."""
    first = tokens[0]
    if quantity.style != "digits":
        return False
    if first.i > 2 and first.nbor(-1).lower_ in ("now", "then", "both", "each"):
        first = first.nbor(-1)
    if first.i < 2 or first.nbor(-1).text not in (",", "("):
        return False
    name, bracket = first.nbor(-2), first.nbor(-1).text == "("
    while name.i > 1 and name.nbor(-1).text == "-" and name.dep_ == "flat":
        name = name.nbor(-2)  # "Jon Ki-mun, 68,"
    if name.pos_ not in ("PROPN", "NOUN") or (bracket and name.ent_type_ in _PLACES):
        return False  # "crews from Peru (2) and Chile (19)"
    if not _stands_alone(text, quantity, tokens):
        return not bracket and _goes_on(name, tokens[-1])
    several = first.lower_ in ("both", "each") or text.startswith(" and ", quantity.number_end)
    one = name.tag_ != "NNS" or several
    return one and (name.text[0].isupper() or name.lemma_.lower() in PERSON_NOUNS)


def _goes_on(name: Token, last: Token) -> bool:
    """Whether the clause of a named person goes on behind an age without a comma: "Ann Hall, 44 and her son", not "for Hall, 12 are"."""
    while name.dep_ == "flat" and name.head.i < name.i:
        name = name.head
    led = any(c.dep_ == "case" for c in name.children)
    if name.ent_type_ != "PERSON" or led or last.i + 1 >= last.sent.end:
        return False
    following = last.nbor(1)
    return following.pos_ in ("CCONJ", "VERB") or following.lower_ in ("was", "is", "has", "had")


def _stands_alone(text: str, quantity: Quantity, tokens: list[Token]) -> bool:
    """Whether nothing follows that the number could count: "Ann Hall, 44," and "his sons, 9 and 12,"."""
    if text[quantity.number_end : quantity.number_end + 1] in (",", ".", ";", ")"):
        return True
    if text.startswith(" at the time", quantity.number_end):
        return True  # "Ann Hall, 16 at the time, said"
    following = tokens[-1].doc[tokens[-1].i + 1 : tokens[-1].i + 4]
    return (
        len(following) == 3
        and following[0].lower_ == "and"
        and following[1].like_num
        and following[2].text in (",", ".", ";", ")")
    )


def _bounds_age(text: str, quantity: Quantity, tokens: list[Token]) -> bool:
    """ "Children under five", "women over 50": no noun follows, and persons stand before."""
    found = _BOUND.search(text, max(0, quantity.amount_start - 30), quantity.amount_start)
    if not found or quantity.value > _MAX_AGE:
        return False
    last = tokens[-1]
    follows = last.nbor(1) if last.i + 1 < len(last.doc) else None
    noun = found["noun"].removesuffix("s")
    if follows is not None and follows.pos_ in ("NOUN", "PROPN", "ADJ"):
        return False
    return noun in PERSON_NOUNS or found["noun"] in ("children", "women", "men", "people", "babies")


def age_or(unit: Unit, noun: Token) -> Unit:
    """Years of age where a noun like "life expectancy" is measured, else the unit given."""
    return _AGE if noun.lemma_ in _AGE_NOUNS else unit


def with_magnitude(text: str, quantity: Quantity) -> Quantity:
    """ "A magnitude 6.1 earthquake" has its unit before the number, "a 7.4 quake" and "6 on the Richter scale" only tell it."""
    if quantity.unit.name != "count" or not 0 < quantity.value < _MAX_MAGNITUDE:
        return quantity
    told = (
        _MAGNITUDE.search(text, max(0, quantity.start - 14), quantity.start)
        or _RICHTER.match(text, quantity.number_end)
        or (not quantity.value.is_integer() and _QUAKE.match(text, quantity.number_end))
        or _QUAKE_AT.search(text, max(0, quantity.start - _MAX_QUAKE_AT), quantity.start)
    )
    return replace(quantity, unit=Unit("magnitude", "seismic")) if told else quantity


def is_polled(sentence: str) -> bool:
    """Whether a sentence tells what a poll found."""
    return _POLL.search(sentence) is not None


def apart(text: str, quantity: Quantity, sentence: str) -> Quantity:
    """ "14 points behind": percentage points where the sentence tells a poll or shares."""
    shares = is_polled(sentence) or "%" in sentence or "per cent" in sentence or "percent" in sentence
    if quantity.unit.name == "point" and shares and _APART.match(text, quantity.end):
        return replace(quantity, unit=Unit("percentage point", "share"))
    return quantity


_SIDE = re.compile(r"\s(?:in\sfavou?r\b|against(?=[.,;]|\sand\b|$))", re.IGNORECASE)
_VOTE = re.compile(r"\bvot(?:e|es|ed|ing)\b", re.IGNORECASE)


def is_side(text: str, quantity: Quantity, sentence: str) -> bool:
    """Whether a bare number is one side of a vote: "the vote was 114 in favour, 18 against and 44 abstentions"."""
    told = quantity.unit.name == "count" and _SIDE.match(text, quantity.end)
    return bool(told) and _VOTE.search(sentence) is not None


_OF_TIME = re.compile(
    r"\sof\s(?:the|its|his|her|their|those)\s(?:last|past|first|next|previous)\s(?:[\w-]+\s)?(?P<unit>year|month|week|day|hour|decade)s\b",
    re.IGNORECASE,
)


def of_time(text: str, quantity: Quantity) -> Quantity:
    """ "Under arrest for 13 of the last 19 years": a length of time by the one that it is part of."""
    if quantity.unit.name == "count" and (found := _OF_TIME.match(text, quantity.number_end)):
        return replace(quantity, unit=Unit(found["unit"].lower(), "time"))
    return quantity


def with_unit_of(text: str, quantity: Quantity, before: Quantity) -> Quantity:
    """The other end of a change has its unit: "rose 64 points to 4,577", "from 208 pounds to 193"."""
    if (
        before.unit == _AGE
        and before.style == quantity.style
        and text[before.end : quantity.start].strip() in ("and", "or", ",")
    ):
        return replace(quantity, unit=_AGE)  # "aged 23 and 31"
    if before.unit.dimension == "time" and _SERVING.search(text, max(0, quantity.start - 16), quantity.start):
        return replace(quantity, unit=before.unit)  # "jailed for ten years, serving six"
    if (
        before.unit.dimension == "money"
        and quantity.scaled
        and _OTHER_SUM.search(text, max(0, quantity.amount_start - 24), quantity.amount_start)
    ):
        return replace(quantity, unit=before.unit)  # "1.8 billion euros instead of the 2.2 billion"
    gap = text[before.end : quantity.start]
    again = quantity.style == "digits" and OTHER_TIME.fullmatch(gap) and _AT_TIME.match(text, quantity.end)
    if again and before.unit.dimension not in ("count", "time", "age") and quantity.scaled == before.scaled:
        return replace(quantity, unit=before.unit)  # "grew 3.1 percent in 2018 and 2.5 last year"
    if before.unit.dimension in ("count", "share", "time", "age", "money") or quantity.style not in (
        "digits",
        "words",
    ):
        return quantity
    if _END_OF_CHANGE.search(text, max(0, quantity.start - 20), quantity.start):
        return replace(quantity, unit=before.unit)
    return quantity

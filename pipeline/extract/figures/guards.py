"""What is a number but no figure: years and clock times, names with numbers, phone numbers, scores, pronouns."""

import re

from spacy.tokens import Token

from pipeline.extract.dates.expressions import MONTHS, WEEKDAYS
from pipeline.extract.figures.counted import MEMBERS
from pipeline.extract.figures.kinds import TOLLS
from pipeline.extract.figures.measures import fate_before, fate_behind
from pipeline.extract.figures.nouns import has_members
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import trend
from pipeline.lexicon import table

_NUMBERED = frozenset(row["noun"] for row in table("numbered_nouns"))
_CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b|o['’]clock|hours?\s(?:GMT|local)|GMT|EST|EDT|CET|BST|ET\b|UTC)", re.IGNORECASE
)
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_MARKED_NAME = re.compile(r"[a-z]\w*[A-Z]|\w&\w|^&$")
"""A capital or an ampersand inside a word makes it a name: "iPhone", "S&P"."""
_ADDRESS = re.compile(
    r"\s(?:[A-Z][\w’']+\s){1,3}?(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Square|Court|Terrace)\b"
)
_BULLET = re.compile(r"[\s(\[]*$")
_WORD_BEFORE = re.compile(r"([\w.’']+|[^\w\s])[\s-]*$")
_TITLE = re.compile(r"\s[A-Z][a-z]")
_ORDERED = re.compile(
    r"(?<=second)\s(?:half|quarter|term|world|place|round|time|wave|phase|edition)\b", re.IGNORECASE
)
_NEXT_WORD = re.compile(r"[\s-]*([\w’']+)")
_DETERMINED = re.compile(
    r"\b(?i:the|this|that|these|those|an?|each|every|any|another|one|our|their|its|his|her|whole|same|[a-z]+(?:st|nd|rd|th)|last|next|previous|final)\s"
    r"(?:[a-z]+\s){0,3}$"
)
"""A label ("page 12", "Area 51") has no determiner: "in this area 300 people"."""
_ORDINAL_ENDS = re.compile(r"\sand\s(?:first|second|third|\w+th)\b", re.IGNORECASE)
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d")
"""The name of a make: "one F-14"."""
_MODEL_BEFORE = re.compile(r"[A-Za-z]\d{1,4}[-–]$")
"""What makes a number the end of a make's name: "P9-1"."""
_WORK = re.compile(r"[\"“]\d+(?:\s[A-Z][\w’'-]*){3,}")
"""A work whose title begins with a number: "“40 Best Small Towns of Peru”"."""
_SAYS = re.compile(r"\s\w+ing:?,?\s[\"“‘']")
_ABBREVIATED = len("nos.")
"""Longer words with a dot end their sentence and are no labels."""
_LARGE = 1000
"""So many things are counted and not numbered."""
_MOST = 2.0**63
"""No whole number of the tables is larger."""
_HYPHENATED = frozenset(
    {
        "strong",
        "member",
        "person",
        "man",
        "woman",
        "nation",
        "country",
        "seat",
        "page",
        "vehicle",
        "ship",
        "odd",
        "plus",
        "fold",
    }
)
_NOT_ONE = frozenset(
    {
        "of",
        "another",
        "day",
        "time",
        "thing",
        "way",
        "more",
        "or",
        "that",
        "who",
        "which",
        "point",
        "stage",
        "to",
    }
)
_BESIDE = re.compile(r"\s(?:after|before|later|earlier)\b")
_PASSING = frozenset({"day", "night", "minute", "second", "point", "foot"})
_POINTERS = frozenset(
    {
        "the",
        "this",
        "that",
        "each",
        "every",
        "any",
        "another",
        "no",
        "which",
        "these",
        "those",
        "some",
        "not",
        "only",
        "last",
        "first",
        "next",
    }
)
_GAMES = frozenset({"win", "lose", "beat", "defeat", "draw", "tie", "lead", "trail"})
_SHARE_LEADS = frozenset(
    {
        "by",
        "than",
        "about",
        "nearly",
        "almost",
        "over",
        "around",
        "roughly",
        "to",
        "under",
        "only",
        "some",
        "least",
        "approximately",
        "up",
    }
)
_SHARED = frozenset({"of", "the", "its", "their", "his", "her", "our", "all", "that", "those", "as"})


_MAX_DAY = 31
_AFTER_MONTH = re.compile(
    r"-(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?\s$", re.IGNORECASE
)
"""Before the day of a date that a hyphen ties to a prefix: "the post-Sept. 11 coalition"."""
_ERA = re.compile(r"\s?(?:B\.\s?C\.|A\.\s?D\.|(?:BCE|BC|AD|CE)\b)")
"""Behind a year of long ago."""
_YEARS = re.compile(r"[12]\d{3}\s?(?:to|[-–—]|and)\s?[12]\d{3}")
_RESULTS = re.compile(r"scores\s(?:of|were|at)\s\d", re.IGNORECASE)
"""Results of games: "by scores of 3-2"."""


def is_figure(text: str, quantity: Quantity, tokens: list[Token], noun: Token | None) -> bool:
    """Whether a quantity measures or counts where it stands. `tokens` are its own, `noun` is what it counts, if any."""
    before, after = _neighbours(text, quantity)
    if quantity.style == "fraction" and quantity.unit.name == "fraction":
        return _is_share(text, quantity, tokens, before, after)
    if _CLOCK.match(text, quantity.number_end) or any(t.like_url for t in tokens):
        return False
    if quantity.unit.name == "count":
        return _counts(text, quantity, tokens, noun, before, after)
    letter = (
        quantity.end == quantity.number_end + 1
        and quantity.joined == ""
        and text[quantity.number_end].isalpha()
    )
    if letter and before.rstrip(".") in _NUMBERED:
        return False  # "apartment 50C"
    if letter and quantity.unit.name == "ampere" and tokens[0].i and tokens[0].nbor(-1).pos_ == "PROPN":
        return False  # "the satellite Halley 2A"
    if quantity.unit.dimension == "money" and quantity.joined != "before":
        return not any(t.pos_ in ("VERB", "AUX") for t in tokens)
    if quantity.unit.dimension == "time" and (
        _TITLE.match(text, quantity.number_end) or _ORDERED.match(text, quantity.end)
    ):
        return False  # "60 Minutes", "the 2023 second half"
    if (
        quantity.value == 1
        and quantity.style == "words"
        and quantity.unit.name in _PASSING
        and quantity.comparator == "="
    ):
        # "one day", "at one point", but "one day after the vote"
        return quantity.joined == "-" or _BESIDE.match(text, quantity.end) is not None
    return True


def after_word(text: str, quantity: Quantity) -> str:
    """The word behind a quantity, with hyphens and figures in it."""
    found = re.compile(r"\s([\w-]+)").match(text, quantity.number_end)
    return found[1] if found else ""


def _neighbours(text: str, quantity: Quantity) -> tuple[str, str]:
    found = _WORD_BEFORE.search(text, max(0, quantity.amount_start - 30), quantity.amount_start)
    following = _NEXT_WORD.match(text, quantity.number_end)
    return (found[1].lower() if found else "", following[1].lower() if following else "")


def _is_share(text: str, quantity: Quantity, tokens: list[Token], before: str, after: str) -> bool:
    words = text[quantity.number_start : quantity.number_end].lower()
    if text[quantity.number_end : quantity.number_end + 1] == "-" and quantity.end == quantity.number_end:
        return False  # "one half-sister"
    if " in " in words or " out of " in words or not words[0].isalpha():
        return True
    if quantity.value >= 1:
        return False
    if quantity.comparator != "=":
        return True
    bare = words in ("half", "a half", "a quarter", "a third", "a fifth", "a tenth", "a fourth")
    if bare or words.startswith(("a ", "an ")):
        told = after in _SHARED or before in _SHARE_LEADS or _stands_for_some(tokens)
        return told and before not in ("first", "second", "other", "in", "1st", "2nd")
    return True


def _stands_for_some(tokens: list[Token]) -> bool:
    """ "A third died", "a quarter were caught", "a third no": a part of what was told before, not "a third man"."""
    last = tokens[-1]
    if last.i + 1 >= len(last.doc):
        return False
    following = last.nbor(1)
    acts = following.tag_ in ("VBD", "VBN", "VBZ", "VBP", "MD") or following.lower_ in (
        "no",
        "yes",
        "said",
        "against",
    )
    earlier = any(t.like_num or t.tag_ in ("NNS", "NNPS") for t in last.doc[last.sent.start : tokens[0].i])
    return acts and (earlier or following.tag_ in ("VBD", "VBN", "VBP", "MD"))


def _counts(
    text: str, quantity: Quantity, tokens: list[Token], noun: Token | None, before: str, after: str
) -> bool:
    if quantity.vote:
        return True
    if (
        text[max(0, quantity.start - 9) : quantity.start] == "Group of "
        or not 0 <= quantity.value < _MOST
        or before == "no."
        or (
            quantity.value <= _MAX_DAY
            and quantity.style == "digits"
            and _AFTER_MONTH.search(text, 0, quantity.number_start)
        )
        or _ERA.match(text, quantity.number_end)
        or (noun is None and _YEARS.fullmatch(text, quantity.number_start, quantity.number_end))
        or _RESULTS.match(text, quantity.number_start)
        or _is_numbered(text, quantity, tokens, noun, before)
        or _in_name(tokens)
    ):
        return False
    if _ADDRESS.match(text, quantity.number_end):
        return False
    if before == "by" and noun is None and _is_time_of_day(text, quantity, tokens):
        return False
    bulleted = _BULLET.match(text, 0, quantity.start)
    if bulleted and text[quantity.number_end : quantity.number_end + 1] in (")", "]", "."):
        return False
    if text[quantity.number_end : quantity.number_end + 1] == "-" and not _has_parts(noun, after):
        return False
    if _MODEL_BEFORE.search(text, max(0, quantity.number_start - 12), quantity.number_start):
        return False  # "a P9-1 plane"
    if _WORK.search(text, max(0, quantity.start - 1), quantity.number_end + 60):
        return False
    names_one = noun is not None and noun.tag_ == "NNP" and noun.i > tokens[-1].i
    if names_one and quantity.comparator == "=" and quantity.style == "digits" and quantity.value < _LARGE:
        return False  # "10 Downing Street"
    if before == "top" and noun is not None and noun.tag_ == "NN":
        return False  # "a top ten list"
    if quantity.style == "digits" and noun is not None and _is_model(quantity, tokens, noun):
        return False
    if quantity.style == "words":
        return _words_count(text, quantity, tokens, noun, before, after)
    if quantity.range_mark == "-" and (noun is None or (quantity.value_high or 0) < quantity.value):
        return False  # a score: "2-1"
    if quantity.range_mark == "–":
        falls = (quantity.value_high or 0) < quantity.value
        if falls or (noun is None and tokens[0].head.lemma_.lower() in _GAMES):
            return False  # "ended 1–0", "lost 1–2"
    return quantity.start < quantity.amount_start or not (
        _is_year(text, quantity, noun, before) or _is_label(tokens, noun)
    )


def _is_time_of_day(text: str, quantity: Quantity, tokens: list[Token]) -> bool:
    """Whether a number behind "by" tells the hour: "got in by 18.30", not "rose by 18.30"."""
    digits = text[quantity.number_start : quantity.number_end]
    return _HOUR.fullmatch(digits) is not None and trend(text, quantity, tokens) is None


def _has_parts(noun: Token | None, after: str) -> bool:
    """Whether what a hyphen ties to a number are parts or members that it counts: "a 12-page report", "a three-judge panel"."""
    return after in _HYPHENATED or (noun is not None and noun.lower_ == after and is_person(noun))


def _is_model(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """Whether a number tells which of its kind a thing is, not how many: "the 737 jet", "a 911 call"."""
    previous = tokens[0].nbor(-1) if tokens[0].i else None
    return (
        previous is not None
        and previous.tag_ == "DT"
        and quantity.comparator == "="
        and noun.tag_ == "NN"
        and noun.i == tokens[-1].i + 1
        and quantity.value.is_integer()
        and not has_members(noun)
        and noun.lower_ not in MEMBERS
        and fate_behind(tokens[-1]) is None
    )


def _in_name(tokens: list[Token]) -> bool:
    """Whether a number stands in a longer name: "Apollo 11"."""
    first, last = tokens[0], tokens[-1]
    opens = last.ent_type_ and last.i + 1 < len(last.doc) and last.nbor(1).ent_iob_ == "I"
    return bool(first.ent_iob_ == "I" or opens)


def _is_numbered(text: str, quantity: Quantity, tokens: list[Token], noun: Token | None, before: str) -> bool:
    """Whether the word before is a label and the number its own: "page 12", but "in this area 300 people"."""
    if before.rstrip(".") not in _NUMBERED or fate_before(tokens[0]) or fate_behind(tokens[-1]):
        return False  # "the dead number 41", "the paper lists 400 dead"
    if before.endswith(".") and len(before) > _ABBREVIATED and tokens[0].is_sent_start:
        return False  # "flooded the area. Seven men drowned."
    ahead = noun is not None and noun.i > tokens[-1].i and (noun.tag_ == "NNS" or noun.lower_ == "people")
    return not (ahead and _DETERMINED.search(text, max(0, quantity.start - 40), quantity.start))


def _is_year(text: str, quantity: Quantity, noun: Token | None, before: str) -> bool:
    """A year that no date has taken ("the 2019 review", "A.D. 1260"); "2000 people" is none."""
    digits = text[quantity.number_start : quantity.number_end]
    if not (len(digits) == 4 and digits.isdigit() and 1000 <= quantity.value <= 2100):
        return False
    if quantity.value < 1900 or noun is None:
        return noun is None
    if noun.lower_ == "people":
        return False
    return noun.tag_ != "NNS" or quantity.value % 50 != 0 or before in ("the", "s", "this", "its", "of")


def _opens_name(number: Token) -> bool:
    """Whether a name goes on behind a number ("11 Pro Max"); a weekday or month there is a date ("killed 12 Monday")."""
    if number.i + 1 >= len(number.doc):
        return False
    following = number.nbor(1)
    return (
        following.text[0].isupper()
        and not following.is_sent_start
        and following.lower_ not in (WEEKDAYS.keys() | MONTHS.keys())
    )


def _is_label(tokens: list[Token], noun: Token | None) -> bool:
    """A number that names what stands before it: "iPhone 14", "posts 542 and 543", "S&P 500"."""
    if fate_before(tokens[0]) or fate_behind(tokens[-1]) in TOLLS:
        return False
    first = tokens[0]
    previous = first.nbor(-1) if first.i else None
    heads = [previous]
    if (
        previous is not None
        and previous.lower_ in ("and", "or")
        and previous.i > 1
        and previous.nbor(-1).like_num
    ):
        previous = previous.nbor(-2)  # "542 and 543"
        heads = [previous, previous.nbor(1)]
    if noun is None and _opens_name(tokens[-1]):
        return True
    if previous is None or not any(c.isalpha() for c in previous.text):
        return False
    if _MARKED_NAME.search(previous.text):
        return True
    ahead = noun is not None and noun.i > first.i
    if any(c.isupper() for c in previous.text) and previous.pos_ in ("PROPN", "NOUN", "X", "SYM", "ADJ"):
        return (
            not ahead
            or noun is None
            or noun.pos_ == "PROPN"
            or previous.head == noun
            or first.head == previous
            or (previous.head in tokens and not previous.is_sent_start)  # "the Super 6 stage"
        )
    return previous.pos_ == "NOUN" and not ahead and first.head in heads


def _is_title(tokens: list[Token]) -> bool:
    """Whether a number in capitals opens a name within a sentence."""
    first, last = tokens[0], tokens[-1]
    following = last.nbor(1) if last.i + 1 < len(last.doc) else None
    return (
        first.text[0].isupper() and not first.text.isupper() and not first.is_sent_start
        and following is not None and following.text[0].isupper()
    )  # fmt: skip


def _words_count(
    text: str, quantity: Quantity, tokens: list[Token], noun: Token | None, before: str, after: str
) -> bool:
    if _ORDINAL_ENDS.match(text, quantity.number_end):
        return False  # "the one hundred and first brigade"
    if quantity.value == 1 and quantity.value_high is None:
        if _DESIGNATION.match(after_word(text, quantity)):
            return True  # "one F-14"
        if before == "on" and after in ("hand", "side"):
            return False  # "on one hand"
        if quantity.number_start and text[quantity.number_start].isupper() and not tokens[0].is_sent_start:
            return False  # "Marine One"
        if before == "and" and fate_behind(tokens[-1]) in TOLLS:
            return True  # "five were hurt and one was killed"
        if noun is not None and noun.text.endswith("ing") and _SAYS.match(text, quantity.number_end):
            return False  # "some flags, one reading “No”"
        sort = noun is not None and (
            noun.pos_ == "NOUN" or noun.ent_type_ == "NORP" or _DESIGNATION.search(noun.text) is not None
        )
        return sort and after not in _NOT_ONE and before not in _POINTERS - {"only"}
    if noun is None and before == "another" and fate_behind(tokens[-1]) in TOLLS:
        return True  # "five died and another ten were hurt"
    if noun is None and (
        (before in _POINTERS and quantity.comparator == "=")
        or before in ("in", "into", "one", "top")
        or after == "another"
    ):
        return False  # "the two" points back, "in two" divides
    if (
        noun is None
        and text[quantity.number_end : quantity.number_end + 1] == ","
        and before in ("", ",", "and", ".", ";")
    ):
        return False  # "and two, ..." numbers its points
    previous = tokens[0].nbor(-1) if tokens[0].i else None
    if noun is None and previous is not None and tokens[0].text[0].isupper() and previous.text[0].isupper():
        opens = previous.is_sent_start and previous.pos_ != "PROPN"  # "Zeus Two", "the Big Three"
        return bool(tokens[0].is_sent_start or opens)
    if noun is not None and noun.i > tokens[-1].i and _is_title(tokens):
        return False  # "a Six Flags theme park"
    inside = (
        text[quantity.number_start].isupper()
        and any(t.pos_ == "PROPN" for t in tokens)
        and not tokens[0].is_sent_start
    )
    return not inside

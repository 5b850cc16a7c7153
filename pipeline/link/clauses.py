"""Which words of a sentence belong to a report, where the sentence tells several events.

"China fired on two boats, nine days after it had rammed another": what is said of the one is not said of the other.
"""

import re

import numpy as np
import pandas as pd

from pipeline.link.columns import Column
from pipeline.link.kinds import kind
from pipeline.link.pairs import codes, united
from pipeline.link.rows import Ints
from pipeline.link.words import holds, number_words

ALONE = -1
"""Stands for no other trigger on that side of the sentence."""
NEIGHBOURS = ["room_before", "room_after", "n_of_kind", "nth_of_kind"]

_BREAK = re.compile(
    r"[;:—–,]|\s-\s|\b(?:after|since|when|before|who|which|that|because|over|whom|where|once|and|but|while|as|for)\b",
    re.IGNORECASE,
)


def with_neighbours(frame: pd.DataFrame) -> pd.DataFrame:
    """Events in their stable order with what their article tells beside them.

    `room_before` and `room_after` are the characters to the next triggers of the sentence, `n_of_kind` how many events of such
    types the article tells, `nth_of_kind` how many of these before. They depend on the article's own rows alone.
    """
    start = frame["start"].to_numpy(dtype=np.int64)
    doc, sentence = (Column(frame[name]) for name in ("doc_id", "sentence"))
    end = start + Column(frame["text"]).lengths()
    same = doc.like_the_last() & sentence.like_the_last()
    room = np.append(0, start[1:] - end[:-1])[: len(frame)]
    before = np.where(same & (room > 0), room, ALONE)
    of_kind = united(codes(doc), codes(Column(frame["event_type"]), kind))
    counts = np.bincount(of_kind)[of_kind]
    found = (before, np.append(before[1:], ALONE)[: len(frame)], counts, _nth(of_kind, start))
    return frame.assign(**dict(zip(NEIGHBOURS, found, strict=True)))


def _nth(of_kind: Ints, start: Ints) -> Ints:
    """How many events of a kind an article tells before each; `of_kind` numbers article and kind."""
    order = np.lexsort((start, of_kind))
    begins = np.append(True, np.diff(of_kind[order]) != 0)[: len(order)]
    firsts = np.flatnonzero(begins)
    nth = np.empty(len(order), dtype=np.int64)
    nth[order] = np.arange(len(order)) - firsts[np.cumsum(begins) - 1]
    return nth


def own_part(sentence: str, start: int, trigger: str, room_before: int, room_after: int) -> str:
    """The part of a sentence that tells an event: up to the break that lies most in the middle between two triggers."""
    end = start + len(trigger)
    first = 0 if room_before == ALONE else _break(sentence, start - room_before, start)
    last = len(sentence) if room_after == ALONE else _break(sentence, end, end + room_after)
    return sentence[first:last]


def _break(sentence: str, start: int, end: int) -> int:
    """Where one part of a sentence ends between two triggers."""
    middle = (start + end) // 2
    breaks = [found.start() for found in _BREAK.finditer(sentence, max(0, start), max(0, end))]
    return min(breaks, key=lambda at: abs(at - middle), default=middle)


_NUMBER = re.compile(r"(\d(?<![\w.,:-].)[\d,]*(?:\.\d+)?)(?![\w:-])(?:\s(million|billion|thousand|hundred))?")
_WORDS = re.compile(r"[A-Za-z-]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = frozenset({"million", "billion", "thousand", "hundred"})
LEAST = 3
"""Lower numbers are in too many sentences."""


def numbers_told(text: str) -> frozenset[str]:
    """Numbers from three on, in figures or in words, that are no years: "2.4 billion", "dozen" as 12."""
    found = {
        (float(digits.replace(",", "")), unit or "")
        for digits, unit in _NUMBER.findall(text)
        if not _YEAR.fullmatch(digits)
    }
    words = _WORDS.findall(text.lower())
    if not number_words().keys().isdisjoint(words):
        found |= {
            (number_words()[word], after if after in _UNITS else "")
            for word, after in zip(words, [*words[1:], ""], strict=True)
            if word in number_words() and word not in _UNITS
        }
    return frozenset(f"{value:g} {unit}" for value, unit in found if unit or value >= LEAST)


_MORE = re.compile(
    r"\b(?:also|too|again|another|separate(?:ly)?|elsewhere|this time|similar|smaller|larger|sidelines?"
    r"|(?:second|third|fourth|fifth) (?:time|such))\b",
    re.IGNORECASE,
)


_OF_MORE = (
    *("also", "too", "again", "another", "separate", "elsewhere", "time", "similar", "smaller", "larger"),
    *("sideline", "such"),
)
"""The pattern needs one of these."""


MORE_NEAR = 3
"""Words between "also" and the event that is one more: "has also conducted drone strikes"."""
_KNOWN = re.compile(r"\b(?:the|this|that|these|those|its|his|her|their)\b|['’]s\b", re.IGNORECASE)


def one_more(part: str, trigger: str) -> bool:
    """Whether a report tells its event as one beside another ("a smaller contract", "marched again").

    "Also" is often said of another verb: "he also hinted that he would discuss the strike" tells of no second strike.
    """
    if not holds(part, _OF_MORE):
        return False
    return any(
        found[0].lower() != "also" or _of_event(part, found, trigger) for found in _MORE.finditer(part)
    )


def _of_event(part: str, also: re.Match[str], trigger: str) -> bool:
    """Whether "also" is said of the event: close before it, where it is not told as known, or behind it."""
    start = part.find(trigger, also.end())
    between = part[also.end() : start]
    return start < 0 or (len(between.split()) <= MORE_NEAR and not _KNOWN.search(between))

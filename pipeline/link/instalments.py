"""Articles that are instalments of one series: a daily release, a weekly bulletin. What they say in the same words they say of other days.

Their numbers stand between the same words and differ, some up and some down; in a newer version of one report they only grow.
"""

import re
import zlib
from typing import Protocol

import numpy as np

from pipeline.link.columns import Cells, hold
from pipeline.link.leads import WHOLE, Leads
from pipeline.link.rows import NO_DAY, Flags, Ints
from pipeline.link.words import number_words

BESIDE = 3
"""Words on each side of a number between which it stands."""
LEAST = 2
"""Numbers that differ between the same words, from which on two articles are instalments."""
REMEMBERED = 20_000
"""Articles whose numbers are remembered at a time."""
UNKNOWN = 2
"""Stands for an order of articles of which one has no date."""
_TOKEN = re.compile(r"\d[\d,.]*|[^\W\d_]+")
_MASK = "0"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL = 1.0
"""A number in words that often counts nothing ("one of")."""


class Printed(Protocol):
    """Reports or figures, of whose articles it is known when they were published."""

    leads: Leads
    doc: Ints
    published: Ints
    cells: dict[str, Cells]


Slots = dict[int, float]
"""What stands on both sides of a number, as a hash, and the number."""


def slots(text: str) -> Slots:
    """Between which words the numbers of a text stand; those that stand twice between the same words in other values are left out."""
    words, known = _TOKEN.findall(text.lower()), number_words()
    found: Slots = {}
    for at in [at for at, word in enumerate(words) if word in known or word[0].isdigit()]:
        value = _value(words[at])
        if value is None or value == _SMALL or at < BESIDE or at + BESIDE >= len(words):
            continue
        near = words[at - BESIDE : at + BESIDE + 1]
        around = " ".join(word if _value(word) is None else _MASK for word in near)
        key = zlib.crc32(around.encode("utf-8", "surrogatepass"))
        found[key] = value if found.get(key, value) == value else np.nan
    return {key: value for key, value in found.items() if value == value}


def _value(word: str) -> float | None:
    """The number that a word tells; None for others and for years."""
    if not word[0].isdigit():
        return number_words().get(word)
    try:
        return None if _YEAR.fullmatch(word) else float(word.replace(",", "").rstrip("."))
    except ValueError:  # "3.10.2020"
        return None


def between(leads: Leads, doc_id: str) -> Slots:
    """The numbers of an article, and between which words they stand."""
    if doc_id not in leads.between:
        if len(leads.between) >= REMEMBERED:
            leads.between.clear()
        start = leads.start.get(doc_id, 0)
        leads.between[doc_id] = slots(leads.text.get(doc_id, "")[start : start + WHOLE])
    return leads.between[doc_id]


def of_one_series(rows: Printed, left: Ints, right: Ints) -> Flags:
    """Whether the articles of the rows of each pair are instalments of one series; each two articles are looked at once."""
    pairs = rows.doc[left].astype(np.int64) * (1 + int(rows.doc.max(initial=0))) + rows.doc[right]
    _, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    one, two = left[first], right[first]
    known = (rows.published[one] != NO_DAY) & (rows.published[two] != NO_DAY)
    later = np.where(known, np.sign(rows.published[two] - rows.published[one]), UNKNOWN)
    numbers, of = _numbers(rows, np.concatenate([one, two]))
    both = zip(of[: len(one)].tolist(), of[len(one) :].tolist(), later.tolist(), strict=True)
    told = [instalments(numbers[a], numbers[b], order) for a, b, order in both]
    return np.array(told, dtype=np.bool_)[place]


def _numbers(rows: Printed, some: Ints) -> tuple[list[Slots], Ints]:
    """The numbers of the articles of some rows, each article once, and which of them each row is of."""
    _, first, of = np.unique(rows.doc[some], return_index=True, return_inverse=True)
    hold([rows.cells["doc_id"]], some[first])
    names = [rows.cells["doc_id"][row] for row in some[first].tolist()]
    return [between(rows.leads, name) for name in names], of


def instalments(one: Slots, two: Slots, later: int) -> bool:
    """Whether two articles are of one series; `later`: 1 where the second was published later, -1 where earlier, 0 on the same day, `UNKNOWN`.

    Of newer versions of one report it is known when they were published, and their numbers grow.
    """
    both = one.keys() & two.keys()
    up, down = sum(two[key] > one[key] for key in both), sum(two[key] < one[key] for key in both)
    versions = {1: down == 0, -1: up == 0, 0: up == 0 or down == 0}
    return up + down >= LEAST and not versions.get(later, False)

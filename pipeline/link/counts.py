"""Figures: what they count, in which values and words, and which of them are compared."""

import re
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from pipeline.link.pairs import Bags, codes
from pipeline.link.reports import NEAR, is_sharp
from pipeline.link.rows import NO_DAY, Floats, Ints, Leads, floats, offsets, ordinals, stable_order, texts
from pipeline.link.words import names, stem, stems, surroundings

LARGE = 10
"""From this value on, the same value is a reason to compare whatever lies between."""
VAGUE_SPAN, BOUND_SPAN, ABOUT = 5.0, 1.3, 0.1
"""How far "dozens" and "at least 90" reach upwards, as a factor, and what "about" allows either way, as a share."""
TEXT_COLUMNS = [
    "figure_id",
    "doc_id",
    "text",
    "comparator",
    "unit",
    "dimension",
    "counted",
    "measure",
    "event_id",
    "sentence",
]


_PREPOSITION = re.compile(r"\s(?:of|in|for|to|from|by|at|on|with|against|per|who|that|which)\s")
_PARTICIPLE = re.compile(r"(?:ed|dead|hurt|killed|missing|shot|hit|sent|lost|held|freed|sick)$")


def interval(value: float, value_high: float, comparator: str, *, vague: bool = False) -> tuple[float, float]:
    """The values that a figure allows. A bound reaches a little further: who says "at least 90" does not mean 900."""
    high = value if np.isnan(value_high) else value_high
    reach = VAGUE_SPAN if vague else BOUND_SPAN
    match comparator:
        case "~":
            return value * (1 - ABOUT), high * (1 + ABOUT)
        case ">=" | ">":
            return value, high * reach
        case "<=" | "<":
            return value / reach, high
        case _:
            return value, high


def head(counted: str) -> str:
    """Stem of the noun that heads a phrase: "oil exports to China" exports, "protesters detained" protesters."""
    phrase = _PREPOSITION.split(counted, maxsplit=1)[0]
    words = [word for word in phrase.lower().split() if word.isalpha()]
    while len(words) > 1 and _PARTICIPLE.search(words[-1]):
        words.pop()
    return (stem(words[-1]) or words[-1]) if words else ""


def sharp_days(events: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """First and last day of each incident that a report dates to about a day."""
    if "date_from" not in events:
        return {}
    first, last = ordinals(events["date_from"]), ordinals(events["date_to"])
    out: dict[str, tuple[int, int]] = {}
    for key, a, b, sharp in zip(
        texts(events["incident_id"]), first, last, is_sharp(first, last), strict=True
    ):
        if key and sharp:
            before = out.get(key, (a, b))
            out[key] = (min(int(a), before[0]), max(int(b), before[1]))
    return out


@dataclass
class Counts:
    """Figures in their stable order, column by column; missing text is empty."""

    frame: pd.DataFrame
    cells: dict[str, list[str]]
    incident: list[str]
    first: Ints
    last: Ints
    """Days of the incident, where a report of it is dated sharply."""
    offsets: list[int]
    """Where the figure starts within its sentence."""
    published: Ints
    value: Floats
    value_high: Floats
    low: Floats
    high: Floats
    """`low` to `high` are the values that the figure allows."""
    heads: list[str]
    """Stem of the noun that is counted; empty where the row does not tell."""
    counted: list[frozenset[str]]
    """Stems of all that is counted."""
    leads: Leads
    codes: dict[str, Ints] = field(init=False, repr=False)
    """Columns to compare for being the same, as numbers."""
    words: dict[str, Bags] = field(init=False, repr=False)
    """Sets and bags to compare for what they share."""
    bags: dict[int, dict[str, float]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Number the columns; words are read when they are asked for."""
        c = self.cells
        self.codes = {
            **{name: codes(c[name]) for name in ("measure", "doc_id")},
            "unit": codes(unit or "none" for unit in c["unit"]),
            "sentence": codes(zip(c["doc_id"], c["sentence"], strict=True)),
            "incident": codes(self.incident),
            "head": codes(self.heads),
        }
        self.words = {
            "around": Bags(self.bag),
            "counted": Bags(lambda row: self.counted[row]),
            "lead": Bags(lambda row: self.leads.of(c["doc_id"][row])),
            "names": Bags(lambda row: names(c["sentence"][row])),
        }

    @classmethod
    def read(cls, figures: pd.DataFrame, events: pd.DataFrame, documents: pd.DataFrame) -> "Counts":
        """Sort the figures and look up the incidents of their events and their places in the sentence."""
        frame = stable_order(figures, "figure_id")
        cells = {name: texts(frame[name]) for name in TEXT_COLUMNS}
        incident_of = dict(zip(events["event_id"], texts(events["incident_id"]), strict=True))
        incident = [incident_of.get(event, "") for event in cells["event_id"]]
        days = sharp_days(events)
        value, value_high = floats(frame["value"]), floats(frame["value_high"])
        bounds = [
            interval(
                v, h, comparator, vague=comparator == ">=" and not any(c.isdigit() for c in text) and v >= 20
            )
            for v, h, comparator, text in zip(
                value, value_high, cells["comparator"], cells["text"], strict=True
            )
        ]
        return cls(
            frame=frame,
            cells=cells,
            incident=incident,
            first=np.array([days.get(key, (NO_DAY, NO_DAY))[0] for key in incident], dtype=np.int64),
            last=np.array([days.get(key, (NO_DAY, NO_DAY))[1] for key in incident], dtype=np.int64),
            offsets=offsets(frame, dict(zip(documents["doc_id"], documents["text"], strict=True))),
            leads=Leads.read(documents),
            published=ordinals(frame["published_on"]),
            value=value,
            value_high=value_high,
            low=np.array([low for low, _ in bounds]),
            high=np.array([high for _, high in bounds]),
            heads=[head(what) for what in cells["counted"]],
            counted=[stems(what) for what in cells["counted"]],
        )

    def __len__(self) -> int:
        """The number of figures."""
        return len(self.frame)

    def content(self) -> pd.DataFrame:
        """Everything that scores depend on, a row for each figure."""
        return pd.DataFrame(
            {
                **self.cells,
                "incident": self.incident,
                "first": self.first,
                "last": self.last,
                "offset": self.offsets,
                "lead": self.leads.digests(self.cells["doc_id"]),
                "published": self.published,
                "value": self.value,
                "value_high": self.value_high,
            }
        )

    def keys(self, row: int) -> set[str]:
        """What figures of one thing share at least one of: the unit with an incident, a thing, a large value, words."""
        c = self.cells
        bag = self.bag(row)
        near = sorted(sorted(bag, key=lambda word: (-bag[word], word))[:NEAR])
        what = {c["measure"][row], *self.counted[row]} - {""}
        keys = {*what, *near, *map("+".join, combinations(near, 2)), c["doc_id"][row], self.incident[row], ""}
        keys |= {f"{self.incident[row]} {thing}" for thing in what}
        if self.value[row] >= LARGE:
            keys |= {f"{self.value[row]} {thing}" for thing in {*what, ""}}
        return {f"{c['unit'][row]} {key}" for key in keys}

    def days(self) -> Ints:
        """The day of each figure's publication."""
        return self.published

    def bag(self, row: int) -> dict[str, float]:
        """Weighted words around the figure."""
        if row in self.bags:
            return self.bags[row]
        start = self.offsets[row]
        self.bags[row] = words = surroundings(
            self.cells["sentence"][row], start, start + len(self.cells["text"][row])
        )
        return words

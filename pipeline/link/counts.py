"""Figures: what they count, in which values and words, and which of them are compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.link.columns import Cells, Column, hold, places, sentence_codes
from pipeline.link.count_words import (
    added,
    fates_of_people,
    local_names,
    own_day,
    own_year,
    slogan,
    thought_of,
    toll_of,
    whole,
)
from pipeline.link.leads import STORY_WORDS, Leads
from pipeline.link.linking import OF_STORY
from pipeline.link.memory import Digests, digests
from pipeline.link.numbered import Columns
from pipeline.link.pairs import Asked, Bags, codes, flags, numbered
from pipeline.link.report_digests import DIGEST
from pipeline.link.report_flags import is_sharp
from pipeline.link.report_words import NEAR
from pipeline.link.reports import FIRM
from pipeline.link.rows import NO_DAY, Flags, Floats, Ints, floats, offsets, ordinals, stable_order, texts
from pipeline.link.two_counts import contested
from pipeline.link.words import (
    LEAD,
    is_country,
    lands,
    names,
    partner,
    proper,
    stem,
    stems,
    surroundings,
    years,
)

VAGUE = 20
"""From this value on a number in words alone ("hundreds") is the same by chance."""
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
    "place",
    "subject",
]
OTHER_COLUMNS = [
    *("published_on", "start", "value", "value_high", "incident", "first", "last"),
    *("latitude", "longitude"),
]


_ROUND = re.compile(
    r"\b(?:(?:dozen|score|ten|hundred|thousand|million|billion)s|several|few|half|quarter)\b", re.IGNORECASE
)
"""Words that tell how large a number is at most."""
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


def vague(text: str, value: float) -> bool:
    """Whether a number is a round word: "thousands", "fifty people"; "fifty-two people" is not."""
    if value < VAGUE or any(map(str.isdigit, text)):
        return False
    return bool(_ROUND.search(text)) or digits(value) == 1


def digits(value: float) -> int:
    """How many digits a value has but for zeros at the end."""
    return len(f"{value:.0f}".rstrip("0"))


def head(counted: str) -> str:
    """Stem of the noun that heads a phrase: "oil exports to China" exports, "protesters detained" protesters."""
    phrase = _PREPOSITION.split(counted, maxsplit=1)[0]
    words = [word for word in phrase.lower().split() if word.isalpha()]
    while len(words) > 1 and _PARTICIPLE.search(words[-1]):
        words.pop()
    return (stem(words[-1]) or words[-1]) if words else ""


def prepared_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures in their stable order with what each counts or measures, and a digest of all that their own article tells of them."""
    frame = stable_order(figures, "figure_id")
    if "attribute" in frame:
        frame = frame.assign(counted=np.array(_what(frame), dtype=object))
    if "subject" not in frame:
        frame = frame.assign(subject=None)
    columns = [name for name in (*TEXT_COLUMNS, *OTHER_COLUMNS) if name in frame]
    return frame.assign(**{DIGEST: digests(frame[columns])})


def with_incidents(frame: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Prepared figures with the incident that each belongs to, its first and last day (NO_DAY: unknown), and where its event was."""
    keys = places(frame["event_id"], events["event_id"])
    incidents = _cells_at(events["incident_id"], keys)
    number, of_number = Column(events["incident_id"]).encoded()
    told = np.where(pc.equal(of_number, "").to_numpy(zero_copy_only=False)[number], -1, number)
    of_incident = np.append(told, -1)[keys]
    columns = {
        name: np.append(days, NO_DAY)[of_incident]
        for name, days in _sharp_days(events, told, len(of_number)).items()
    }
    for name in ("latitude", "longitude"):
        columns[name] = np.append(floats(events.get(name, [np.nan] * len(events))), np.nan)[keys]
    where = _cells_at(events.get("place", [""] * len(events)), keys)
    return frame.assign(incident=incidents, place=where, **columns)


def _cells_at(column: Any, rows: Ints) -> pd.Series:
    """Some cells of a column, empty where there is no such row (-1) or nothing in it."""
    found: pd.Series = Column(column).at(rows).to_pandas()
    return found


def _what(figures: pd.DataFrame) -> list[str | None]:
    """What each figure counts, or else measures: "price of wheat"."""
    columns = (texts(figures[name]) for name in ("counted", "attribute", "subject"))
    return [
        counted
        or " of ".join(filter(None, (attribute, "" if attribute in subject.lower() else subject)))
        or None
        for counted, attribute, subject in zip(*columns, strict=True)
    ]


def _sharp_days(events: pd.DataFrame, incident: Ints, n: int) -> dict[str, Ints]:
    """The first and last day (NO_DAY: unknown) that reports tell to about a day, of each of `n` incidents; `incident` is the number of each event's, -1 for none."""
    if "date_from" not in events:
        return {name: np.full(n, NO_DAY) for name in ("first", "last")}
    days = {"first": ordinals(events["date_from"]), "last": ordinals(events["date_to"])}
    sharp = is_sharp(days["first"], days["last"]) & (incident >= 0)
    if "date_basis" in events:
        basis = Column(events["date_basis"]).arrow().fill_null("")
        sharp &= pc.is_in(basis, pa.array(sorted(FIRM), basis.type)).to_numpy(zero_copy_only=False)
    none = np.iinfo(np.int64)
    found = {"first": np.full(n, none.max), "last": np.full(n, none.min)}
    np.minimum.at(found["first"], incident[sharp], days["first"][sharp])
    np.maximum.at(found["last"], incident[sharp], days["last"][sharp])
    there = np.bincount(incident[sharp], minlength=n) > 0
    return {name: np.where(there, of_name, NO_DAY) for name, of_name in found.items()}


def count_digests(frame: pd.DataFrame, articles: Digests) -> Digests:
    """A hash, for each figure `with_incidents`, of all that its links and its tally depend on; `articles` are those of their articles."""
    of_event = digests(frame[["incident", "place", "first", "last", "latitude", "longitude"]])
    return digests(pd.DataFrame({"figure": frame[DIGEST].to_numpy(), "event": of_event, "article": articles}))


class _Told(NamedTuple):
    """What the sentence of a figure tells of it."""

    partner: str
    added: bool
    thought_of: bool
    slogan: bool
    whole: bool
    owned: bool
    contested: bool
    day: int
    year: int
    measure: str

    @classmethod
    def of(cls, sentence: str, start: int, text: str, published: int, measure: str) -> "_Told":
        """What is told of the figure `text` at `start` of a sentence; `measure` is that of a figure that counts, "-" of others."""
        fate = measure == "-" or measure in fates_of_people()
        return cls(
            partner(sentence, start, text),
            added(sentence, start, text),
            thought_of(sentence, start),
            slogan(sentence, start),
            bool(whole(sentence, start)),
            bool(whole(sentence, start).strip()),
            contested(sentence, start, text),
            own_day(sentence, start, published),
            own_year(sentence, start),
            measure if fate else toll_of(sentence, start, text) or measure,
        )


_SAME_UNIT = {"": "count", "ton": "tonne"}
"""Units that newsrooms write for each other; a number that no noun stands by counts what was told of before."""
_SAME_FATE = {"sick": "infected"}
"""Fates that are told for each other."""


def _unit(told: str) -> str:
    """The unit by which figures are compared."""
    return _SAME_UNIT.get(told, told)


@dataclass
class Counts:
    """Figures in their stable order, column by column; missing text is empty."""

    frame: pd.DataFrame
    cells: dict[str, Cells]
    incident: Sequence[str]
    first: Ints
    last: Ints
    """Days of the incident, where a report of it is dated sharply."""
    offsets: Ints
    """Where the figure starts within its sentence."""
    published: Ints
    latitude: Floats
    longitude: Floats
    """Where the figure's event was."""
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
    wide: Flags = field(init=False, repr=False)
    """Whether the place is a whole country."""
    vague: Flags = field(init=False, repr=False)
    """Whether the value is a round word: "thousands"."""
    measures: list[str] = field(init=False, repr=False)
    """What is measured or befell those counted; a toll that a sentence tells as such is one of the dead, whatever noun stands by it."""
    told: dict[str, Flags] = field(init=False, repr=False)
    """How the sentence tells the number: on top of others, as thought of, in a slogan, as a whole of which another is a share, beside another voice's."""
    day_told: Ints = field(init=False, repr=False)
    """The day that the sentence names in the part of the number."""
    year: Ints = field(init=False, repr=False)
    """The year that it names there; 0 where it names none."""
    year_told: Ints = field(init=False, repr=False)
    """The year in which each was published; 0 where it is not known."""
    codes: dict[str, Ints] = field(init=False, repr=False)
    """Columns to compare for being the same, as numbers."""
    words: dict[str, Bags] = field(init=False, repr=False)
    """Sets and bags to compare for what they share."""
    doc: Ints = field(init=False, repr=False)
    """The number of each figure's article."""
    articles: Ints = field(init=False, repr=False)
    """By which numbers `leads` knows these articles."""
    lead: Bags = field(init=False, repr=False)
    """What articles are about, by their numbers."""
    lead_names: Bags = field(init=False, repr=False)
    """Names at the beginnings of articles, by their numbers."""
    whole: Bags = field(init=False, repr=False)
    """Names anywhere in articles, by their numbers."""
    bags: dict[int, dict[str, float]] = field(default_factory=dict, repr=False)
    days: dict[str, Any] = field(default_factory=dict, repr=False)
    """Columns of days, once they were asked for."""
    asked: Asked = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Number the columns; words are read when they are asked for."""
        c, self.asked = self.cells, Asked()
        self.wide = flags(c["place"], is_country)
        doc, docs = numbered(c["doc_id"])
        self.doc, self.articles = doc.astype(np.int32), self.leads.places(docs)
        self.vague = np.array(list(map(vague, c["text"], self.value.tolist())), dtype=np.bool_)
        measures = (m if unit == "count" else "-" for m, unit in zip(c["measure"], c["unit"], strict=True))
        stand_by = zip(
            c["sentence"], self.offsets.tolist(), c["text"], self.published.tolist(), measures, strict=True
        )
        told = [_Told.of(*row) for row in stand_by]
        self.measures = [
            own.measure if own.measure != "-" else given
            for own, given in zip(told, c["measure"], strict=True)
        ]
        self.told = {
            "added": np.array([own.added for own in told], dtype=np.bool_),
            "thought of": np.array([own.thought_of for own in told], dtype=np.bool_),
            "slogan": np.array([own.slogan for own in told], dtype=np.bool_),
            "whole": np.array([own.whole for own in told], dtype=np.bool_),
            "somebody's whole": np.array([own.owned for own in told], dtype=np.bool_),
            "contested": np.array([own.contested for own in told], dtype=np.bool_),
        }
        self.day_told = np.array([own.day for own in told], dtype=np.int64)
        self.year = np.array([own.year for own in told], dtype=np.int64)
        self.year_told = np.array(
            [0 if day == NO_DAY else date.fromordinal(day).year for day in self.published.tolist()],
            dtype=np.int64,
        )
        self.codes = {
            "partner": codes(own.partner for own in told),
            "measure": codes(_SAME_FATE.get(measure, measure) for measure in self.measures),
            "doc_id": codes(c["doc_id"]),
            "unit": codes(map(_unit, c["unit"])),
            "sentence": np.unique(sentence_codes(self.doc, c["sentence"]), return_inverse=True)[1],
            "incident": codes(self.incident),
            "head": codes(self.heads),
            "place": codes(c["place"], str.casefold),
        }
        self.codes = {name: code.astype(np.int32) for name, code in self.codes.items()}
        self.lead, self.lead_names, self.whole = (
            self.leads.bag(name, docs) for name in ("lead", "names", "whole")
        )
        named, said = Columns(), Columns()
        self.words = {
            "around": Bags(self.bag),
            "counted": Bags(lambda row: self.counted[row]),
            "names": Bags(lambda row: names(c["sentence"][row]), self.lead_names.column),
            "lands": Bags(lambda row: lands(c["sentence"][row])),
            "subjects": Bags(lambda row: proper(c["subject"][row])),
            "subject lands": Bags(lambda row: lands(c["subject"][row])),
            "owners": Bags(lambda row: proper(whole(c["sentence"][row], int(self.offsets[row]))), said),
            "capitals": Bags(lambda row: proper(c["sentence"][row]), said),
            "where": Bags(lambda row: local_names(c["sentence"][row]), self.lead_names.column),
            "where it begins": Bags(lambda row: local_names(self._beginning(row)), same=doc.astype(np.int32)),
            "years": Bags(lambda row: years(c["sentence"][row]), named),
            "year told": Bags(self._year_told, named, same=codes(self.published).astype(np.int32)),
        }
        for bag in self.words.values():
            bag.asked = self.asked

    @classmethod
    def read(cls, frame: pd.DataFrame, documents: pd.DataFrame | Leads) -> "Counts":
        """Read figures `with_incidents`; `documents` must hold their articles."""
        leads = Leads.read(documents)
        cells: dict[str, Cells] = {name: Column(frame[name]) for name in TEXT_COLUMNS}
        value, value_high = floats(frame["value"]), floats(frame["value_high"])
        at = offsets(cells, frame["start"].tolist(), leads.text)
        what, told = numbered(cells["counted"])
        heads, counted = list(map(head, told)), list(map(stems, told))
        bounds = [
            interval(
                v, h, comparator, vague=comparator == ">=" and not any(c.isdigit() for c in text) and v >= 20
            )
            for v, h, comparator, text in zip(
                value.tolist(), value_high.tolist(), cells["comparator"], cells["text"], strict=True
            )
        ]
        return cls(
            frame=frame,
            cells=cells,
            incident=Column(frame["incident"]),
            first=frame["first"].to_numpy(),
            last=frame["last"].to_numpy(),
            offsets=at,
            leads=leads,
            published=ordinals(frame["published_on"]),
            latitude=floats(frame["latitude"]),
            longitude=floats(frame["longitude"]),
            value=value,
            value_high=value_high,
            low=np.array([low for low, _ in bounds]),
            high=np.array([high for _, high in bounds]),
            heads=[heads[at] for at in what.tolist()],
            counted=[counted[at] for at in what.tolist()],
        )

    def __len__(self) -> int:
        """The number of figures."""
        return len(self.frame)

    def same(self, name: str, left: Ints, right: Ints) -> Flags:
        """Whether the figures of each pair have the same in one of the `codes`; a missing one equals nothing."""
        return self.asked.same(name, self.codes[name], left, right)

    def given(self, name: str) -> Flags:
        """Whether each figure has a value in one of the `codes`."""
        return self.asked.given(name, self.codes[name])

    def alike(self, left: Ints, right: Ints) -> Floats:
        """How alike the articles of each pair begin."""
        looked = self.asked.of(left, right)
        found: Floats = looked.once("alike", lambda: self.lead.cosine(self.doc[left], self.doc[right]))
        return found

    @property
    def _of_articles(self) -> tuple[Bags, ...]:
        """The bags that go by articles."""
        return self.lead, self.lead_names, self.whole

    def gather(self, rows: Ints) -> None:
        """Read the words of some figures, as numbers."""
        for bag in self.words.values():
            bag.gather(rows)
        for bag in self._of_articles:
            bag.gather(np.unique(self.doc[rows]))

    def hold(self, rows: Ints) -> None:
        """Have the cells of some figures at hand."""
        hold([*self.cells.values(), self.incident], rows)

    def settle(self) -> None:
        """Put words together."""
        for bag in (*self.words.values(), *self._of_articles):
            bag.settle()

    def compared(self) -> None:
        """Let go of all words, and of what was asked of pairs, which knows the words."""
        for bag in (*self.words.values(), *self._of_articles):
            bag.asked.last.clear()
        self.words.clear()
        self.asked.last.clear()
        self.lead = self.lead_names = self.whole = Bags(lambda _: frozenset())

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        self.bags.clear()
        self.leads.known.clear()

    def _year_told(self, row: int) -> frozenset[str]:
        """The year of publication."""
        year = int(self.year_told[row])
        return frozenset([str(year)] if year else [])

    def _beginning(self, row: int) -> str:
        """The beginning of the article."""
        doc = self.cells["doc_id"][row]
        start = self.leads.start.get(doc, 0)
        return self.leads.text.get(doc, "")[start : start + LEAD]

    def keys(self, row: int) -> set[str]:
        """What figures of one thing share at least one of: the unit with an incident, a thing, a large value, words."""
        c = self.cells
        bag = self.bag(row)
        near = sorted(sorted(bag, key=lambda word: (-bag[word], word))[:NEAR])
        what = {self.measures[row], *self.counted[row]} - {""}
        keys = {*what, *near, *map("+".join, combinations(near, 2)), c["doc_id"][row], self.incident[row], ""}
        keys |= {f"{self.incident[row]} {thing}" for thing in what}
        if self.value[row] >= LARGE:
            keys |= {f"{self.value[row]} {thing}" for thing in {*what, ""}}
        story = self.leads.story(c["doc_id"][row], STORY_WORDS)
        unit = _unit(c["unit"][row])
        return {f"{unit} {key}" for key in keys} | {f"{OF_STORY}{unit} {word}" for word in story}

    def bag(self, row: int) -> dict[str, float]:
        """Weighted words around the figure."""
        if row in self.bags:
            return self.bags[row]
        start = int(self.offsets[row])
        self.bags[row] = words = surroundings(
            self.cells["sentence"][row], start, start + len(self.cells["text"][row])
        )
        return words

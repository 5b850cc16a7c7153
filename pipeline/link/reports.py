"""Reports of events: their parties, days and words, and which of them are compared."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pipeline.link.clauses import ALONE, NEIGHBOURS, numbers_told
from pipeline.link.columns import Cells, Column, hold, party_sets, sentence_codes
from pipeline.link.leads import OF_REPORTS, Leads
from pipeline.link.numbered import Columns
from pipeline.link.pairs import Asked, Bags, Parts, Rare, codes, flags, numbered, of_distinct, united
from pipeline.link.report_flags import ReportFlags, is_sharp
from pipeline.link.report_words import ReportWords, bodies, persons
from pipeline.link.rows import (
    NO_DAY,
    Flags,
    Floats,
    Ints,
    floats,
    offsets,
    ordinals,
)
from pipeline.link.spans import counted_days, days_since
from pipeline.link.standing import standing
from pipeline.link.telling import main_clause, opens, points_back, retold, series, turns
from pipeline.link.words import (
    amount,
    day_names,
    is_country,
    lands,
    meanings,
    meant,
    party_words,
    proper,
    quoted,
    rare,
    rareness,
    stem,
    stems,
    thing_names,
    things,
    threatens,
    times_told,
)

TEXT_COLUMNS = [
    "event_id",
    "doc_id",
    "text",
    "event_type",
    "event_mode",
    "status",
    "place",
    "place_country",
    "actor_names",
    "recipient_names",
    "actor_countries",
    "recipient_countries",
    "attributed_to",
    "date_basis",
    "sentence",
]
DAYS = ["published_on", "date_from", "date_to"]
OTHER_COLUMNS = [
    "published_on",
    "start",
    "date_from",
    "date_to",
    "latitude",
    "longitude",
    "fatalities_low",
    "fatalities_high",
    "injured_low",
    *NEIGHBOURS,
]


FIRM = frozenset({"own", "publication", ""})
"""Bases of a day that is told of the event itself."""

NEARBY = frozenset({"sentence", "saying"})
"""Bases of a day of the same sentence."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
"""Types whose parties may stand on either side."""


RARE = {"own rare": "own", "own others": "own other words", "rare trigger": "trigger"}
"""Words by how rare they are, and the sets that they are the words of."""
OF_SENTENCES = ("series", "standing", "turn", "threatened", "back")
"""What is read from a report's sentence and trigger."""


@dataclass
class Reports(ReportWords, ReportFlags):
    """Events in their stable order, column by column; missing text is empty."""

    frame: pd.DataFrame
    cells: dict[str, Cells]
    actors: list[frozenset[str]]
    recipients: list[frozenset[str]]
    offsets: Ints
    """Where the trigger starts within its sentence."""
    position: Ints
    """Where the trigger stands in its article."""
    published: Ints
    first: Ints
    last: Ints
    latitude: Floats
    longitude: Floats
    fatalities: Floats
    fatalities_high: Floats
    injured: Floats
    firm: Flags
    """Whether the day is told of the event itself: one told elsewhere in the sentence may be that of another."""
    in_lead: Flags
    """Whether the sentence is the first of its article."""
    news: Flags
    """Whether a fact without a day stands in the first sentence of its article."""
    rooms: tuple[Ints, Ints]
    """Characters to the triggers before and after in the sentence."""
    n_of_kind: Ints
    """How many events of such types the article tells."""
    nth_of_kind: Ints
    """How many of these it tells before."""
    leads: Leads
    day_of: tuple[Ints, Ints] = field(init=False, repr=False)
    """First and last day where they are told of the event itself."""
    doc: Ints = field(init=False, repr=False)
    """The number of each report's article."""
    articles: Ints = field(init=False, repr=False)
    """By which numbers `leads` knows these articles."""
    of_article: dict[str, Bags] = field(init=False, repr=False)
    """Sets and bags of articles, by their numbers."""
    codes: dict[str, Ints] = field(init=False, repr=False)
    """Columns to compare for being the same, as numbers."""
    words: dict[str, Bags] = field(init=False, repr=False)
    """Sets and bags to compare for what they share."""
    amounts: Floats = field(init=False, repr=False)
    """How many it was done to; nan where the row does not tell."""
    mutual: Flags = field(init=False, repr=False)
    wide: Flags = field(init=False, repr=False)
    """Whether the place is a whole country."""
    threatened: Flags = field(init=False, repr=False)
    """Whether somebody threatens to do it."""
    turn: Flags = field(init=False, repr=False)
    """Whether the sentence turns to another event."""
    standing: Ints = field(init=False, repr=False)
    """Deed, plan, denial or series: reports that differ in it are never of one event."""
    back: Flags = field(init=False, repr=False)
    """Whether a report points back to its event ("the attack")."""
    series: Ints = field(init=False, repr=False)
    """How plainly a report tells the next event of a series."""
    known: dict[tuple[str, int], Any] = field(default_factory=dict, repr=False)
    near: list[tuple[str, ...] | None] = field(init=False, repr=False)
    """The words nearest to each trigger, once they were read."""
    days: dict[str, Any] = field(default_factory=dict, repr=False)
    """Columns of days, once they were asked for."""
    asked: Asked = field(init=False, repr=False)
    like: "tuple[Reports, Ints] | None" = field(default=None, repr=False)
    """Other reports, and for each row that one of them whose sentence is its own."""

    def __post_init__(self) -> None:
        """Number the columns; words are read when they are asked for."""
        of_cells = self.like[0].asked if self.like else None
        c, self.asked, self.near = self.cells, Asked(of_cells), [None] * len(self.frame)
        self.amounts = of_distinct(c["recipient_names"], amount)
        self.mutual = flags(c["event_type"], MUTUAL.__contains__)
        self.day_of = np.where(self.firm, self.first, NO_DAY), np.where(self.firm, self.last, NO_DAY)
        doc, docs = numbered(c["doc_id"])
        self.doc, self.articles = doc.astype(np.int32), self.leads.places(docs)
        self.wide = flags(c["place"], is_country)
        self._tell_of_sentences()
        self.codes |= {
            **{name: codes(c[name]) for name in ("event_type", "event_mode", "status")},
            "doc_id": self.doc,
            "place": codes(c["place"], str.casefold),
        }
        self.codes = {name: code.astype(np.int32) for name, code in self.codes.items()}
        same = {name: numbers.astype(np.int32) for name, numbers in self._same().items()}
        column, spoken = self.leads.bags["capitals"].column, Columns()
        self.of_article = {
            name: self.leads.bag(name, docs) for name in ("lead", "names", "whole", *OF_REPORTS)
        }
        self.words = {
            "town": Bags(
                lambda row: stems(c["place"][row]) if not self.wide[row] else frozenset(),
                column,
                same=same["place"],
            ),
            "party_names": Bags(lambda row: self.party_names(row), column, same=same["names"]),
            "around": Bags(lambda row: meanings(self.bag(row)), spoken),
            "names": Bags(self.named),
            "sentence": Bags(self.spoken, spoken),
            "rare around": Bags(lambda row: rare(self.bag(row)), spoken),
            "own names": Bags(lambda row: proper(self.own(row))),
            "own numbers": Bags(lambda row: numbers_told(self.own(row))),
            "parties": Bags(lambda row: self.actors[row] | self.recipients[row], same=same["who"]),
            "bodies": Bags(lambda row: bodies(self.actors[row] | self.recipients[row]), same=same["who"]),
            "day_names": Bags(lambda row: day_names(c["sentence"][row])),
            "quoted": Bags(lambda row: quoted(c["sentence"][row])),
            "place_words": Bags(self.place_words),
            "thing_names": Bags(
                lambda row: thing_names(c["recipient_names"][row], c["place"][row]), same=same["things"]
            ),
            "trigger": Bags(lambda row: stems(c["text"][row]), spoken, same=same["text"]),
            "actor": Bags(lambda row: self.side(row, "actor"), same=same["who"]),
            "recipient": Bags(lambda row: self.side(row, "recipient"), same=same["who"]),
            "actor_body": Bags(lambda row: bodies(self.side(row, "actor")), same=same["who"]),
            "recipient_body": Bags(lambda row: bodies(self.side(row, "recipient")), same=same["who"]),
            "actor_known": Bags(
                lambda row: self.side(row, "actor") | self.countries(row, "actor"), same=same["known"]
            ),
            "recipient_known": Bags(
                lambda row: self.side(row, "recipient") | self.countries(row, "recipient"), same=same["known"]
            ),
            "actor_countries": Bags(lambda row: self.countries(row, "actor"), same=same["lands"]),
            "recipient_countries": Bags(lambda row: self.countries(row, "recipient"), same=same["lands"]),
            "actor_names": Bags(lambda row: party_words(c["actor_names"][row]), same=same["actor_names"]),
            "movers": Bags(self.movers, self.leads.bags["lead"].column, same=same["movers"]),
            "recipient_names": Bags(
                lambda row: party_words(c["recipient_names"][row]), same=same["recipient_names"]
            ),
            "things": Bags(lambda row: things(c["recipient_names"][row]), same=same["recipient_names"]),
            "lands": Bags(
                lambda row: self.countries(row, "actor") | self.countries(row, "recipient"),
                same=same["lands"],
            ),
            "told lands": Bags(lambda row: lands(c["sentence"][row]), same=same["sentence"]),
            "own times": Bags(lambda row: times_told(self.own(row))),
            "meant": Bags(lambda row: meant(c["text"][row]), same=same["text"]),
            "recipient_meant": Bags(
                lambda row: meant(c["recipient_names"][row]), same=same["recipient_names"]
            ),
            "roles": Bags(self.roles, same=same["known"]),
            "own_persons": Bags(lambda row: persons(self.actors[row]), column, same=same["who"]),
            "actor_persons": Bags(lambda row: persons(self.side(row, "actor")), column, same=same["who"]),
            "recipient_persons": Bags(lambda row: persons(self.side(row, "recipient")), same=same["who"]),
            "actor_unions": Bags(lambda row: self.unions(row, "actor"), same=same["known"]),
            "recipient_unions": Bags(lambda row: self.unions(row, "recipient"), same=same["known"]),
        }
        self.words["own"] = Parts(self.own_stems, self.words["sentence"])
        self.words["own other words"] = Parts(self.own_others, self.words["own"])
        self.share()

    def share(self) -> None:
        """Weigh sets of words by how rare these are; let all bags know the pairs that are looked at."""
        for name, sets in RARE.items():
            self.words[name] = Rare(self.words[sets], rareness)
        for bag in self.words.values():
            bag.asked = self.asked

    def told(self, name: str, answer: Callable[["Reports"], Flags]) -> Flags:
        """What each sentence tells of its event, by the question's name, answered once; taken from other reports where the sentences are theirs."""

        def found() -> Flags:
            if self.like:
                reports, rows = self.like
                return reports.told(name, answer)[rows]
            return answer(self)

        return self.asked.told(name, found)

    def same(self, name: str, left: Ints, right: Ints) -> Flags:
        """Whether the reports of each pair have the same in one of the `codes`; a missing one equals nothing."""
        return self.asked.same(name, self.codes[name], left, right)

    def given(self, name: str) -> Flags:
        """Whether each report has a value in one of the `codes`."""
        return self.asked.given(name, self.codes[name])

    def _tell_of_sentences(self) -> None:
        """What the sentences tell of the events beside words; taken from other reports where the sentences are theirs."""
        if self.like:
            reports, rows = self.like
            for name in OF_SENTENCES:
                setattr(self, name, getattr(reports, name)[rows])
            self.codes = {name: reports.codes[name][rows] for name in ("sentence", "last_word", "last_stem")}
            return
        c = self.cells
        self.series = np.array(
            [series(*told) for told in zip(c["sentence"], self.offsets.tolist(), c["text"], strict=True)]
        )
        told = zip(c["event_type"], c["status"], c["sentence"], self.offsets.tolist(), c["text"], strict=True)
        dated = (self.firm & is_sharp(self.first, self.last)).tolist()
        ahead = self.firm & (self.published != NO_DAY) & (self.first > self.published)
        self.standing = np.array(
            [
                standing(*each, dated=sharp, ahead=later)
                for each, sharp, later in zip(told, dated, ahead.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        self.turn = flags(c["sentence"], turns)
        self.threatened = flags(c["sentence"], threatens)
        self.back = np.array(
            [points_back(*told) for told in zip(c["sentence"], self.offsets.tolist(), c["text"], strict=True)]
        )
        self.codes = {
            "sentence": np.unique(sentence_codes(self.doc, c["sentence"]), return_inverse=True)[1],
            "last_word": codes(c["text"], last_word),
            "last_stem": codes(c["text"], lambda text: stem(last_word(text)) or last_word(text)),
        }

    def _same(self) -> dict[str, Ints]:
        """Numbers of rows whose parties, countries, names or words of the deed are the same."""
        c, mutual = self.cells, self.mutual.astype(np.int64)
        who = united(codes(self.actors), codes(self.recipients), mutual)
        names = {name: codes(c[name]) for name in ("actor_names", "recipient_names", "place", "text")}
        of = [codes(c[name]) for name in ("actor_countries", "recipient_countries", "place_country")]
        countries = united(mutual, *of)
        return {
            "who": who,
            "lands": countries,
            "known": united(who, countries),
            **names,
            "names": united(names["actor_names"], names["recipient_names"]),
            "things": united(names["recipient_names"], names["place"]),
            "movers": united(names["actor_names"], self.codes["event_type"]),
            "sentence": self.codes["sentence"],
        }

    @classmethod
    def read(
        cls,
        frame: pd.DataFrame,
        event_actors: pd.DataFrame,
        documents: pd.DataFrame | Leads,
        rows: Ints | None = None,
    ) -> "Reports":
        """Read events in their stable order, or some of the `rows`, whose text stays where it is; the others must hold their parties and articles."""
        cells: dict[str, Cells] = {
            name: Column(frame[name] if name in frame else [""] * len(frame), rows) for name in TEXT_COLUMNS
        }
        frame = frame[[name for name in OTHER_COLUMNS if name in frame]]
        frame = frame if rows is None else frame.iloc[rows].reset_index(drop=True)
        sides = party_sets(cells["event_id"], event_actors)
        rooms = {name: np.array(frame.get(name, [ALONE] * len(frame)), dtype=np.int64) for name in NEIGHBOURS}
        published, leads = ordinals(frame["published_on"]), Leads.read(documents)
        starts = frame["start"].tolist()
        places = offsets(cells, starts, leads.text)
        before = zip(cells["sentence"], places.tolist(), rooms["room_before"].tolist(), strict=True)
        days = ordinals(frame["date_from"]), ordinals(frame["date_to"])
        own = flags(cells["date_basis"], "own".__eq__)
        first_days, last_days, counted = counted_days(
            [days_since(*each) for each in before], published, days, own
        )
        leading = [
            opens(leads.text.get(doc, ""), leads.start.get(doc, 0), start - at)
            for doc, start, at in zip(cells["doc_id"], starts, places.tolist(), strict=True)
        ]
        return cls(
            frame=frame[DAYS],
            cells=cells,
            actors=sides["actor"],
            recipients=sides["recipient"],
            offsets=places,
            rooms=(rooms["room_before"], rooms["room_after"]),
            n_of_kind=np.abs(rooms["n_of_kind"]),
            nth_of_kind=rooms["nth_of_kind"],
            leads=leads,
            position=np.array(frame["start"], dtype=np.int64),
            published=published,
            first=first_days,
            last=last_days,
            latitude=floats(frame["latitude"]),
            longitude=floats(frame["longitude"]),
            fatalities=floats(frame["fatalities_low"]),
            fatalities_high=floats(frame["fatalities_high"]),
            injured=floats(frame["injured_low"]),
            firm=np.array(
                [
                    own_day(*told)
                    for told in zip(
                        cells["date_basis"],
                        cells["sentence"],
                        places.tolist(),
                        cells["text"],
                        leading,
                        strict=True,
                    )
                ],
                dtype=np.bool_,
            )
            | counted,
            in_lead=np.array(leading, dtype=np.bool_),
            news=np.array(
                [
                    first == NO_DAY and status == "actual" and lead
                    for first, status, lead in zip(first_days, cells["status"], leading, strict=True)
                ],
                dtype=np.bool_,
            ),
        )

    def __len__(self) -> int:
        """The number of reports."""
        return len(self.frame)

    def gather(self, rows: Ints) -> None:
        """Read the words of some reports and of their articles, as numbers."""
        docs = np.unique(self.doc[rows])
        for bag in self.words.values():
            bag.gather(rows)
        for bag in self.of_article.values():
            bag.gather(docs)

    def hold(self, rows: Ints) -> None:
        """Have the cells of some reports at hand."""
        hold(self.cells.values(), rows)

    def settle(self) -> None:
        """Put words together."""
        for bag in (*self.words.values(), *self.of_article.values()):
            bag.settle()

    def compared(self) -> None:
        """Let go of all words, and of what was asked of pairs, which knows the words."""
        for bag in (*self.words.values(), *self.of_article.values()):
            bag.asked.last.clear()
        self.words.clear()
        self.of_article.clear()

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        self.known.clear()
        self.leads.known.clear()


def last_word(text: str) -> str:
    """The last word of a trigger in small letters."""
    return (text.lower().split() or [""])[-1]


def report_days(frame: pd.DataFrame) -> Ints:
    """The day of each report's event, or of its publication."""
    last = ordinals(frame["date_to"])
    return np.where(ordinals(frame["date_from"]) != NO_DAY, last, ordinals(frame["published_on"]))


def own_day(basis: str, sentence: str, start: int, trigger: str, leading: bool) -> bool:
    """Whether a report's day is told of its event: by `date_basis`, or because it is the news of its article."""
    if retold(sentence, start, trigger):
        return False
    return basis in FIRM or (leading and basis in NEARBY and main_clause(sentence, start))

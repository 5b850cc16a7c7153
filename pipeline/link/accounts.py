"""An article's account of an event: all that its reports of the event say, taken together.

What one sentence leaves open another tells: the lead names the day, a later paragraph the town. So accounts, not single reports,
are compared across articles.
"""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.link.columns import Cells, Picked
from pipeline.link.kinds import kind
from pipeline.link.leads import STORY_WORDS
from pipeline.link.linking import OF_STORY
from pipeline.link.memory import Digests
from pipeline.link.pairs import Bags, Rare, Together, single_members
from pipeline.link.reports import Reports, report_days
from pipeline.link.rows import NO_DAY, Flags, Floats, Ints, Lists, ordinals, parts

TOGETHER = (
    "around",
    "names",
    "sentence",
    "day_names",
    "quoted",
    "place_words",
    "trigger",
    "rare around",
    "own",
    "own names",
    "own other words",
    "own numbers",
)
"""Words of the sentences: an account has those of all its reports."""
LISTED = ("actor_names", "recipient_names", "actor_countries", "recipient_countries")
FIRST = ("event_mode", "attributed_to")


@dataclass
class Tellings:
    """Single reports, as they are compared within their article: what articles are about is not looked at then."""

    told: Reports

    def __post_init__(self) -> None:
        """Put nothing in the place of the words of articles."""
        self.told = copy(self.told)
        self.told.of_article = {
            name: Bags(lambda _: frozenset(), bag.column) for name, bag in self.told.of_article.items()
        }

    def keys(self, row: int) -> set[str]:
        """The article and the type."""
        doc, own = self.told.cells["doc_id"][row], kind(self.told.cells["event_type"][row])
        return {f"{own} {doc}", f"{OF_STORY}{own} {doc}"}

    def gather(self, rows: Ints) -> None:
        """Read the words of some reports, as numbers."""
        self.told.gather(rows)

    def hold(self, rows: Ints) -> None:
        """Nothing: what is said of single reports is not made records of."""

    def settle(self) -> None:
        """Put words together."""
        self.told.settle()

    def compared(self) -> None:
        """Let go of what was asked of pairs; accounts have the words of their reports."""
        self.told.asked.last.clear()

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        self.told.forget()


@dataclass
class Accounts:
    """Some accounts: their reports, which of these belong to each, and what each account says."""

    reports: Reports
    members: Lists
    """The reports of each account, by their places in `reports`."""
    told: Reports
    """A row for each account."""

    @classmethod
    def of(cls, reports: Reports, members: Lists) -> "Accounts":
        """Accounts from their reports."""
        return cls(reports, members, told_together(reports, members))

    def keys(self, row: int) -> set[str]:
        """Those of the reports, and the words of the story with the type."""
        found = set().union(*(self.reports.keys(at) for at in self.members[row].tolist()))
        first = int(self.members[row][0])
        doc, own = self.reports.cells["doc_id"][first], kind(self.reports.cells["event_type"][first])
        return found | {f"{OF_STORY}{own} {word}" for word in self.reports.leads.story(doc, STORY_WORDS)}

    def gather(self, rows: Ints) -> None:
        """Read the words of some accounts, as numbers."""
        self.told.gather(rows)

    def hold(self, rows: Ints) -> None:
        """Have the cells of the reports of some accounts at hand."""
        self.reports.hold(self.members.of(rows))

    def settle(self) -> None:
        """Put words together, and let go of the nearest ones, of which keys were made."""
        self.told.settle()
        self.reports.near = [None] * len(self.reports)

    def compared(self) -> None:
        """Nothing: what no other article tells is compared once more."""

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        self.told.forget()
        self.reports.forget()


@dataclass
class Lone:
    """Accounts, of which those are compared once more within their article that no other article tells."""

    accounts: Accounts
    lone: Flags
    """Which of them no other article tells."""

    def __post_init__(self) -> None:
        """They are compared as reports of one article are."""
        self.own = Tellings(self.accounts.told)
        self.told = self.own.told

    def keys(self, row: int) -> set[str]:
        """The article and the type, of what no other article tells."""
        return self.own.keys(row) if self.lone[row] else set()

    def gather(self, rows: Ints) -> None:
        """Read the words of some accounts, as numbers."""
        self.own.gather(rows)

    def hold(self, rows: Ints) -> None:
        """Have the cells of the reports of some accounts at hand."""
        self.accounts.hold(rows)

    def settle(self) -> None:
        """Put words together."""
        self.own.settle()

    def compared(self) -> None:
        """Let go of all words."""
        for told in (self.own.told, self.accounts.told, self.accounts.reports):
            told.compared()

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        self.accounts.forget()


def told_together(reports: Reports, members: Lists) -> Reports:
    """A row for each account: who, where, when and how many from the reports that tell it, the words of all sentences."""
    best = single_members(members)
    several = {at: members[at] for at in np.flatnonzero(best < 0).tolist()}
    dated, placed = best.copy(), best.copy()
    for at, rows in several.items():
        best[at] = _telling(reports, rows)
        dated[at], placed[at] = (part(reports, rows, int(best[at])) for part in (_dated, _placed))
    sizes, order, starts = members.sizes(), members.rows, members.ends[:-1]
    made = replace(
        reports,
        frame=pd.DataFrame(index=range(len(best))),
        cells=_cells(reports, (best, placed), several),
        actors=_united(reports.actors, best, several),
        recipients=_united(reports.recipients, best, several),
        offsets=reports.offsets[best],
        rooms=(reports.rooms[0][best], reports.rooms[1][best]),
        n_of_kind=1 + np.maximum.reduceat(reports.n_of_kind[order], starts) - sizes,
        nth_of_kind=reports.nth_of_kind[best],
        position=np.minimum.reduceat(reports.position[order], starts),
        published=reports.published[best],
        first=reports.first[dated],
        last=reports.last[dated],
        firm=reports.firm[dated],
        latitude=reports.latitude[placed],
        longitude=reports.longitude[placed],
        fatalities=_known(reports.fatalities, best, several),
        fatalities_high=_known(reports.fatalities_high, best, several),
        injured=_known(reports.injured, best, several),
        in_lead=np.logical_or.reduceat(reports.in_lead[order], starts),
        news=np.logical_or.reduceat(reports.news[order], starts),
        known={},
        days={},
        like=(reports, best),
    )
    _share_words(made, reports, members)
    return made


def _cells(reports: Reports, told: tuple[Ints, Ints], several: dict[int, Ints]) -> dict[str, Cells]:
    """The cells of accounts; `told` are the reports that stand for them, and those that tell the place."""
    (best, placed), c = told, reports.cells
    cells: dict[str, Cells] = {name: Picked(column, best, {}) for name, column in c.items()}
    cells |= {name: Picked(c[name], placed, {}) for name in ("place", "place_country")}
    for name in LISTED:
        cells[name] = Picked(c[name], best, {at: _listed(c[name], rows) for at, rows in several.items()})
    for name in FIRST:
        most = {at: _frequent(c[name], rows, int(best[at])) for at, rows in several.items()}
        cells[name] = Picked(c[name], best, most)
    return cells


def _share_words(made: Reports, reports: Reports, members: Lists) -> None:
    """Let accounts have the words of their reports: one of a single report has all of that report's."""
    single = single_members(members)
    for name, bag in made.words.items():
        if name in TOGETHER:
            made.words[name] = Together(reports.words[name], members)
        elif not isinstance(bag, Rare):
            bag.as_in(reports.words[name], single)
    for part, whole in (("own", "sentence"), ("own other words", "own")):
        made.words[part].mostly = made.words[whole]
    made.share()


def _telling(reports: Reports, rows: Ints) -> int:
    """The report that stands for an account: in the lead, no mere pointing back, with a day and parties; the first of those alike."""
    c = reports.cells

    def told(row: int) -> float:
        known = sum(bool(c[name][row]) for name in ("place", "actor_names", "recipient_names"))
        plain = 2 * int(reports.in_lead[row]) - 2 * int(reports.back[row]) + int(reports.firm[row])
        return plain + known / 2

    return max(map(int, rows), key=lambda row: (told(row), -row))


def _dated(reports: Reports, rows: Ints, best: int) -> int:
    """The report whose day is the account's: told of the event itself, the sharpest; without one, that which stands for it."""
    own = [row for row in rows.tolist() if reports.firm[row] and reports.first[row] != NO_DAY]
    return min(own, key=lambda row: (reports.last[row] - reports.first[row], row), default=best)


def _placed(reports: Reports, rows: Ints, best: int) -> int:
    """The report whose place is the account's: a town before a country, the first of those alike."""
    own = [row for row in rows.tolist() if reports.cells["place"][row]]
    return min(own, key=lambda row: (bool(reports.wide[row]), row), default=best)


def _united(sides: list[frozenset[str]], best: Ints, several: dict[int, Ints]) -> list[frozenset[str]]:
    """The parties on one side of each account."""
    found = [sides[row] for row in best.tolist()]
    for at, rows in several.items():
        whole = frozenset().union(*(sides[row] for row in rows.tolist()))
        found[at] = found[at] if found[at] == whole else whole  # as of most: one object for both
    return found


def _listed(column: Sequence[str], rows: Ints) -> str:
    """All parts of listed cells."""
    return " | ".join(dict.fromkeys(part for row in rows.tolist() for part in parts(column[row])))


def _frequent(column: Sequence[str], rows: Ints, best: int) -> str:
    """The most frequent value, the first in a tie."""
    known = Counter(column[row] for row in rows.tolist() if column[row])
    return known.most_common(1)[0][0] if known else column[best]


def _known(values: Floats, best: Ints, several: dict[int, Ints]) -> Floats:
    """The first number that a report of each account tells; nan where none does."""
    found = values[best]
    for at, rows in several.items():
        told = values[rows][~np.isnan(values[rows])]
        found[at] = told[0] if len(told) else np.nan
    return found


def account_days(frame: pd.DataFrame, account: Ints, n: int) -> Ints:
    """The day of each account: the first day that a report tells, or that of publication."""
    days, dated = report_days(frame), ordinals(frame["date_from"]) != NO_DAY
    found = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(found, account[dated], days[dated])
    rest = found[account] == np.iinfo(np.int64).max
    found[account[rest]] = days[rest]
    return found


def account_digests(digests: Digests, account: Ints, n: int) -> Digests:
    """A hash of each account from those of its reports."""
    out = np.zeros(n, dtype=np.uint64)
    np.add.at(out, account, digests * np.uint64(0x9E3779B97F4A7C15) ^ (digests >> np.uint64(29)))
    return out

"""Ties between incidents that are about one thing and yet two: a plan and the deed, a denial and what it denies."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.link.columns import Column
from pipeline.link.evidence import bit
from pipeline.link.linking import Linked
from pipeline.link.reports import MUTUAL
from pipeline.link.rows import NO_DAY, Ints, first_place, ordinals, parts, texts
from pipeline.link.same_event import ABOUT, STANDING, about_one_thing
from pipeline.link.standing import DEED, DENIAL, PLAN, SERIES, denies
from pipeline.link.ties import rests
from pipeline.link.weights import confidence
from pipeline.link.words import party_words, stems

LINK_COLUMNS = ["link_id", "from", "relation", "to", "from_event_id", "to_event_id", "confidence"]
SLACK = 2
"""Days by which a deed may lie before the publication of its plan."""
ANSWER = 0.84
"""How sure an answer is that a sentence ties to what it answers: of 31 on real articles 26 were right."""

_IF = re.compile(r"\b(?:if|whether|unless|until)\b", re.IGNORECASE)

Tie = tuple[int, str, int, float]
"""A row, its relation, the row that it belongs to, and how sure that is."""


def relations(frame: pd.DataFrame, linked: Linked, people: Container[str] = frozenset()) -> pd.DataFrame:
    """The ties; `frame` holds all reports, prepared, `people` the keys of those with a person as a party."""
    ids = Column(frame["event_id"])
    answered = frame["answered"].to_numpy()
    answers = np.flatnonzero(answered).tolist()
    found: dict[str, dict[str, object]] = {}
    for one, name, two, sure in (
        *_best(frame, linked, people),
        *((row, "response to", row + int(answered[row]), ANSWER) for row in answers),
    ):
        source, target = (incident_key(ids.alone(int(linked.group[row]))) for row in (one, two))
        key = f"{source}>{name.replace(' ', '-')}>{target}"
        if source != target and key not in found:
            found[key] = dict(
                zip(
                    LINK_COLUMNS,
                    (key, source, name, target, ids.alone(one), ids.alone(two), sure),
                    strict=True,
                )
            )
    return pd.DataFrame([found[key] for key in sorted(found)], columns=LINK_COLUMNS)


def incident_key(event_id: str) -> str:
    """The key of the incident whose first report has a key."""
    return event_id.replace("#event", "#incident")


def _best(frame: pd.DataFrame, linked: Linked, people: Container[str]) -> Iterator[Tie]:
    """For each incident the tie that fits it best, from pairs that are about one thing and never one event; across articles with evidence of its own."""
    pairs = linked.pairs
    about = about_one_thing(pairs.score)
    left, right = pairs.left[about].astype(np.int64), pairs.right[about].astype(np.int64)
    score, why = pairs.score[about].astype(np.float64) - ABOUT, pairs.why[about].astype(np.int64)
    days = {name: ordinals(frame[name]) for name in ("date_from", "date_to", "published_on")}
    tied, columns = set[int](), _Columns(frame)
    one, two = (why >> STANDING) & 3, (why >> STANDING + 2) & 3
    deedless = (one != DEED) & (two != DEED)  # a denial rather denies the deed than its plan
    for at in np.lexsort((right, left, -score, deedless)).tolist():
        told = int(one[at]), int(two[at])
        if DENIAL in told and not (
            _in_time(days, told, int(left[at]), int(right[at]))
            and _denied(frame, told, int(left[at]), int(right[at]))
        ):
            continue
        tie = relation(told, days, int(left[at]), int(right[at]))
        across = not why[at] & bit("same article")
        if (
            tie
            and int(linked.group[tie[0]]) not in tied
            and (not across or _rests(columns, linked, tie, people))
        ):
            tied.add(int(linked.group[tie[0]]))
            yield (*tie, round(confidence(float(score[at]), across=across), 3))


def _rests(columns: "_Columns", linked: Linked, tie: tuple[int, str, int], people: Container[str]) -> bool:
    """Whether a tie of two articles has evidence beside its score."""
    one, name, two = tie
    first, second = ((_Row(columns, row), _Record(linked, int(linked.group[row]))) for row in (one, two))
    of_people = any(report["event_id"] in people for report, _ in (first, second))
    return rests(name, first, second, people=of_people)


class _Columns(dict[str, Any]):
    """The columns of a frame, each looked up once."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __missing__(self, name: str) -> Any:
        self[name] = found = self.frame[name].array
        return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A report whose cells are looked up when they are asked for: few are, and a row of all takes long."""

    columns: _Columns
    row: int

    def __getitem__(self, column: str) -> Any:
        return self.columns[column][self.row]


@dataclass(frozen=True, slots=True)
class _Record:
    """The record of an incident, looked up so."""

    linked: Linked
    leader: int

    def __getitem__(self, column: str) -> Any:
        return self.linked.records.cell(self.leader, column)


def _in_time(days: dict[str, Ints], told: tuple[int, int], one: int, two: int) -> bool:
    """Whether a denial was published when the deed that it may deny had been done: nobody denies what comes later."""
    denial, claim = (one, two) if told[0] == DENIAL else (two, one)
    done, said = days["date_from"][claim], days["published_on"][denial]
    return bool(NO_DAY in (done, said) or done <= said)


def _denied(frame: pd.DataFrame, told: tuple[int, int], one: int, two: int) -> bool:
    """Whether one report denies the deed that the other tells: somebody says so, of the very deed, which is told as done.

    That something did not happen is no denial by itself: "denied" stands before it, or another says it of the same word; that some do not support or agree denies no support or deal of others.
    """
    denial, claim = (one, two) if told[0] == DENIAL else (two, one)
    if frame["status"].iat[claim] not in ("actual", "reported", "historical") or not _one_deed(
        frame, one, two
    ):
        return False
    sentence, trigger = str(frame["sentence"].iat[denial]), str(frame["text"].iat[denial])
    if denies(sentence, first_place(sentence, trigger)):
        return True
    if _IF.search(sentence):
        return False
    other, own = texts(frame["attributed_to"].iloc[[denial, claim]])
    said = bool(other) and other != own
    elsewhere = str(frame["doc_id"].iat[denial]) != str(frame["doc_id"].iat[claim])
    same_word = bool(stems(trigger) & stems(str(frame["text"].iat[claim])))
    mutual = frame["event_type"].iat[claim] in MUTUAL
    return said and elsewhere and same_word and not mutual and _same_sides(frame, denial, claim)


def _same_sides(frame: pd.DataFrame, one: int, two: int) -> bool:
    """Whether two reports tell one side alike, and neither side otherwise: who "never supported them" denies no support for him."""
    alike = 0
    for role in ("actor", "recipient"):
        names, countries = (
            texts(frame[f"{role}_{what}"].iloc[[one, two]]) for what in ("names", "countries")
        )
        words = [
            party_words(name) | set(parts(country)) for name, country in zip(names, countries, strict=True)
        ]
        if words[0] and words[1]:
            if not words[0] & words[1]:
                return False
            alike += 1
    return alike > 0


def _one_deed(frame: pd.DataFrame, one: int, two: int) -> bool:
    """Whether a denial is of the very deed: of its type, and of its mode where both tell one; of force, of the same word or the same sides too."""
    kinds = {frame["event_type"].iat[row] for row in (one, two)}
    modes = {frame["event_mode"].iat[row] for row in (one, two)}
    told = {mode for mode in modes if isinstance(mode, str)}
    if kinds <= {"ASSAULT", "COERCE"}:
        words = [stems(str(frame["text"].iat[row])) for row in (one, two)]
        return bool(words[0] & words[1]) or _same_sides(frame, one, two)
    return len(kinds) == 1 and len(told) < 2 and kinds != {"CONSULT"}


def relation(told: tuple[int, int], days: dict[str, Ints], one: int, two: int) -> tuple[int, str, int] | None:
    """Which of two reports belongs to the other, and how, by what they tell of."""
    if DENIAL in told:
        return (one, "denial of", two) if told[0] == DENIAL else (two, "denial of", one)
    if SERIES in told:
        single, series = (two, one) if told[0] == SERIES else (one, two)
        return (single, "part of", series) if DEED in told else None
    if PLAN in told:
        plan, deed = (one, two) if told[0] == PLAN else (two, one)
        done = days["date_to"][deed] if days["date_to"][deed] != NO_DAY else days["published_on"][deed]
        planned = days["published_on"][plan]
        late = NO_DAY not in (done, planned) and done < planned - SLACK
        return None if late else (plan, "plan of", deed)
    return None

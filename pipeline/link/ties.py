"""What a tie between incidents of two articles rests on, beside the score of their reports.

A plan, a series or a denial shares topic, story and often the parties with much that it does not belong to. So a tie across articles
is told only where the parties agree, and the day or the very word of the deed.
"""

import re
from typing import Any, Protocol

from pipeline.link.never import ATTACKS, VERBAL
from pipeline.link.reports import MUTUAL
from pipeline.link.rows import NO_DAY, first_place, ordinal, parts
from pipeline.link.standing import AROUND, goes_on
from pipeline.link.words import is_country, party_words, stems

NEAR = 1
"""Days by which a deed may miss the day that was planned."""
A_MONTH, A_YEAR = 31, 366
"""Days of the widest stretch that still tells when something is planned, and for which bare plurals tell a series; for which a series that gives no stretch goes on for long."""
MONTHS = 92
"""Days within which a plan without a day comes true."""
OFFERED = 60
"""Characters before a deed within which it is offered, not done."""

_ANYBODY = stems(
    "people person man men woman women civilian civilians resident residents other others member members"
)
"""Stems of words for people that single out nobody."""
_OFFER = re.compile(
    r"\b(?:offer|promis|pledg|propos|vow|willing|ready|open to|invit)\w*\b[^.;]*$", re.IGNORECASE
)


class Row(Protocol):
    """A row of a table."""

    def __getitem__(self, column: str, /) -> Any:
        """The cell of a column."""
        ...


def rests(name: str, one: tuple[Row, Row], two: tuple[Row, Row], people: bool) -> bool:
    """Whether an incident is the plan, part or denial (`name`) of another; each is a report that tells so, and its incident's record.

    `people`: a party of one of the reports is a person.
    """
    alike, apart = sides(one[1], two[1])
    if apart:
        return False
    if name == "plan of":
        return alike > 0 and _planned(one, two, alike)
    if name == "part of":
        return alike > 0 and _part(one, two, alike, people)
    return True


def sides(one: Row, two: Row) -> tuple[int, bool]:
    """How many sides of two incidents are alike, by a country or a word of a name, and whether one is plainly another's.

    Where both sides may stand for each other (a meeting) they count as one. What one names says is not what another says, though of one country.
    """
    kinds = {one["event_type"], two["event_type"]}
    alike, apart = 0, False
    for roles in [("actor", "recipient")] if kinds & MUTUAL else [("actor",), ("recipient",)]:
        (names, lands), (others, their_lands) = (_who(record, roles) for record in (one, two))
        if names & others or lands & their_lands:
            alike += 1
        elif not kinds & MUTUAL:
            apart = apart or bool(lands and their_lands)
        apart = apart or bool(
            roles == ("actor",) and kinds <= VERBAL and names and others and not names & others
        )
    return alike, apart


def _who(record: Row, roles: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Words of the names, and the countries, on some sides."""
    names = frozenset().union(*(party_words(_text(record[f"{role}_names"])) for role in roles))
    lands = frozenset(land for role in roles for land in parts(_text(record[f"{role}_countries"])))
    return names - _ANYBODY, lands


def _missing(cell: object) -> bool:
    return cell is None or cell != cell


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _planned(plan: tuple[Row, Row], deed: tuple[Row, Row], alike: int) -> bool:
    """Whether a deed is the planned one: on its day, or by its word; and done, not offered itself."""
    (report, _), (done, record) = plan, deed
    before = str(done["sentence"]).split(str(done["text"]))[0][-OFFERED:]
    if _OFFER.search(before):
        return False
    on_its_day = _on_its_day(report, done, record)
    if on_its_day is False or (on_its_day is None and not _soon(report, done, record)):
        return False
    kinds = {report["event_type"], done["event_type"]}
    mode = report["event_mode"]
    same_mode = alike > 1 and isinstance(mode, str) and mode == done["event_mode"]
    return bool(on_its_day and (len(kinds) == 1 or kinds <= MUTUAL)) or _names(report, done) or same_mode


def _names(report: Row, other: Row) -> bool:
    """Whether a report names the deed of another by its word."""
    sentence, text = str(report["sentence"]), str(report["text"])
    at = first_place(sentence, text)
    around = sentence[max(0, at - AROUND) : at + len(text) + AROUND]
    return bool(stems(str(other["text"])) & stems(around))


def _on_its_day(report: Row, done: Row, record: Row) -> bool | None:
    """Whether a deed was done when it was planned; None where one of them does not tell its day."""
    first, last, said = (ordinal(report[name]) for name in ("date_from", "date_to", "published_on"))
    news = ordinal(done["published_on"])
    if NO_DAY in (first, last, said) or last < said or last - first > A_MONTH:
        return None
    begun, ended = (ordinal(record[name]) for name in ("date_from", "date_to"))
    if NO_DAY not in (begun, ended) and ended - begun <= A_MONTH:
        return bool(begun <= last + NEAR and first - NEAR <= ended)
    return True if news != NO_DAY and first <= news <= last + NEAR else None


def _soon(report: Row, done: Row, record: Row) -> bool:
    """Whether a deed was done in the months after its plan was told, where no day was planned; or it is not known when."""
    said, begun = ordinal(report["published_on"]), ordinal(record["date_from"])
    told = ordinal(done["published_on"])
    at = begun if begun != NO_DAY else told
    return NO_DAY in (said, at) or at - said <= MONTHS


def _part(deed: tuple[Row, Row], series: tuple[Row, Row], alike: int, people: bool) -> bool:
    """Whether a deed is one of a series: of its type, of its time, and with both parties, the place or the word in common."""
    (report, record), (told, whole) = deed, series
    kind = report["event_type"]
    if kind in VERBAL or kind != told["event_type"] or not _in_its_time(record, whole, told):
        return False
    if people and any(_in_words(each, its) for each, its in (deed, series)):
        return False
    mode = report["event_mode"]
    same_mode = isinstance(mode, str) and mode == told["event_mode"]
    same_word = bool(stems(str(report["text"])) & stems(str(told["text"])))
    return alike > 1 or same_mode or same_word or _same_place(record, whole)


def _same_place(record: Row, whole: Row) -> bool:
    """Whether a deed was done where a series is told of: in its town, or anywhere in its country where no town is told."""
    town, its_town = _text(record["place"]), _text(whole["place"])
    if its_town and not is_country(its_town):
        return town == its_town
    lands = {_text(whole["place_country"]), *parts(_text(whole["recipient_countries"]))}
    return bool(record["place_country"]) and record["place_country"] in lands


def _in_words(report: Row, record: Row) -> bool:
    """Whether an attack is told by a word that is said of speeches too, without a means, a toll or a place."""
    bare = not isinstance(report["event_mode"], str) and _missing(record["fatalities_low"])
    return bool(bare and _missing(record["latitude"]) and stems(str(report["text"])) & ATTACKS)


def _in_its_time(record: Row, whole: Row, told: Row) -> bool:
    """Whether a deed lies in the time of a series: in the stretch that is told, else in the month before the series is told, or in the year where it has gone on for long."""
    begun, ended = (ordinal(record[name]) for name in ("date_from", "date_to"))
    if NO_DAY in (begun, ended):
        begun = ended = ordinal(record["first_reported_on"])
    first, last = (ordinal(whole[name]) for name in ("date_from", "date_to"))
    said = ordinal(told["published_on"])
    if NO_DAY in (begun, said):
        return False
    if NO_DAY not in (first, last) and last - first > A_MONTH:
        return bool(first - NEAR <= ended and begun <= max(last, said) + NEAR)
    sentence, word = str(told["sentence"]), str(told["text"])
    long = goes_on(sentence, first_place(sentence, word), word)
    return bool(begun <= said + NEAR and said - ended <= (A_YEAR if long else A_MONTH))

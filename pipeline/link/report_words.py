"""What single reports say, in words: who took part, the words around the trigger, the part of the sentence that is theirs."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from pipeline.link.clauses import own_part
from pipeline.link.columns import Cells
from pipeline.link.kinds import kind
from pipeline.link.rows import Flags, Ints, parts
from pipeline.link.words import (
    country_words,
    name_stems,
    names,
    number_stems,
    party_words,
    proper,
    stems,
    surroundings,
)

NEAR = 4
"""Words nearest to the trigger that bring reports together."""


CROWD = stems(
    "people person man men woman women civilian resident protester demonstrator crowd thousands hundreds dozens tens activist"
    " citizen group rioter marcher organiser organizer supporter opponent"
)
"""Stems of words for those who protest that do not say who they are."""


class ReportWords:
    """Reads the words of reports, row by row; those of one row that several ask for are read once until they are let go."""

    cells: dict[str, Cells]
    actors: list[frozenset[str]]
    recipients: list[frozenset[str]]
    offsets: Ints
    rooms: tuple[Ints, Ints]
    mutual: Flags
    known: dict[tuple[str, int], Any]
    near: list[tuple[str, ...] | None]

    def _once(self, what: str, row: int, read: Callable[[int], Any]) -> Any:
        """What was read of a row."""
        if (what, row) not in self.known:
            self.known[what, row] = read(row)
        return self.known[what, row]

    def place_words(self, row: int) -> frozenset[str]:
        """Words of the place; for a report without one, the names in its sentence."""
        place = self.cells["place"][row]
        return stems(place) if place else self.named(row)

    def party_names(self, row: int) -> frozenset[str]:
        """Stems of the names among the parties."""
        return proper(f"{self.cells['actor_names'][row]} | {self.cells['recipient_names'][row]}")

    def movers(self, row: int) -> frozenset[str]:
        """Words that say who protests: "taxi drivers", not "thousands of people"."""
        if self.cells["event_type"][row] != "PROTEST":
            return frozenset()
        return party_words(self.cells["actor_names"][row]) - CROWD

    def own(self, row: int) -> str:
        """The part of the sentence that tells the event."""
        found: str = self._once("own", row, self._own)
        return found

    def _own(self, row: int) -> str:
        told = self.cells["sentence"][row], int(self.offsets[row]), self.cells["text"][row]
        return own_part(*told, int(self.rooms[0][row]), int(self.rooms[1][row]))

    def own_stems(self, row: int) -> frozenset[str]:
        """Stems of that part but for countries and peoples."""
        found: frozenset[str] = self._once("own stems", row, self._own_stems)
        return found

    def _own_stems(self, row: int) -> frozenset[str]:
        whole = self.own(row) == self.cells["sentence"][row]  # as in most sentences
        return (self.spoken(row) if whole else stems(self.own(row))) - country_words()

    def spoken(self, row: int) -> frozenset[str]:
        """Stems of the sentence."""
        found: frozenset[str] = self._once("spoken", row, lambda at: stems(self.cells["sentence"][at]))
        return found

    def own_parts(self) -> Iterator[str]:
        """The part of each sentence that tells the event, one after another; none is kept."""
        return map(self._own, range(len(self.offsets)))

    def triggers(self) -> Iterator[tuple[str, int, str]]:
        """Each sentence, where its trigger stands in it, and the trigger."""
        return zip(self.cells["sentence"], self.offsets.tolist(), self.cells["text"], strict=True)

    def named(self, row: int) -> frozenset[str]:
        """Names in the sentence."""
        found: frozenset[str] = self._once("names", row, lambda at: names(self.cells["sentence"][at]))
        return found

    def own_others(self, row: int) -> frozenset[str]:
        """Words of that part that name no party, place or number."""
        named = (self.cells[name][row] for name in ("actor_names", "recipient_names", "place"))
        return self.own_stems(row).difference(*map(name_stems, named), number_stems())

    def side(self, row: int, role: str) -> frozenset[str]:
        """The parties on one side; those to a mutual act stand on both."""
        if self.mutual[row]:
            return self.actors[row] | self.recipients[row]
        return self.actors[row] if role == "actor" else self.recipients[row]

    def countries(self, row: int, role: str) -> frozenset[str]:
        """Countries of the parties on one side; where it happened counts for those to whom it was done."""
        columns = [f"{role}_countries"]
        columns += ["place_country"] if role == "recipient" else []
        columns += ["actor_countries", "recipient_countries"] if self.mutual[row] else []
        return frozenset(part for name in columns for part in parts(self.cells[name][row]))

    def roles(self, row: int) -> dict[str, float]:
        """The parties by their roles, actors 1, recipients -1: below zero is the product of two rows that swap a party's role."""
        if self.mutual[row]:
            return {}
        actors, recipients = (
            {*self.side(row, role), *parts(self.cells[f"{role}_countries"][row])}
            for role in ("actor", "recipient")
        )
        return dict.fromkeys(actors - recipients, 1.0) | dict.fromkeys(recipients - actors, -1.0)

    def unions(self, row: int, role: str) -> frozenset[str]:
        """Bodies on one side, where none is of a country."""
        return frozenset() if self.countries(row, role) else bodies(self.side(row, role))

    def keys(self, row: int) -> set[str]:
        """What reports of one event share at least one of: the type with a party, a place or words."""
        c = self.cells
        near = self.nearest(row)
        whose = {
            *parts(c["actor_countries"][row]),
            *parts(c["recipient_countries"][row]),
            *(actor for actor in self.actors[row] | self.recipients[row] if not actor.startswith("country:")),
            c["place_country"][row],
            c["place"][row].casefold(),
        }
        whose.discard("")
        what = {
            *whose,
            *map("+".join, combinations(sorted(whose), 2)),
            *near,
            *map("+".join, combinations(near, 2)),
        }
        what |= name_stems(c["recipient_names"][row])
        return {f"{kind(c['event_type'][row])} {key}" for key in (*what, "")}

    def nearest(self, row: int) -> tuple[str, ...]:
        """The words nearest to the trigger, in order; they are kept when the words around it are read."""
        if self.near[row] is None:
            self.bag(row)
        return self.near[row] or ()

    def bag(self, row: int) -> dict[str, float]:
        """Weighted words around the trigger; names of the parties count half, they are compared by themselves."""
        found: dict[str, float] = self._once("around", row, self._around)
        return found

    def _around(self, row: int) -> dict[str, float]:
        start, trigger = int(self.offsets[row]), self.cells["text"][row]
        words = surroundings(self.cells["sentence"][row], start, start + len(trigger.split(" ", 1)[0]))
        named = (self.cells[name][row] for name in ("actor_names", "recipient_names"))
        for part in frozenset().union(*map(name_stems, named)) & words.keys():
            words[part] /= 2
        self.near[row] = tuple(sorted(sorted(words, key=lambda word: (-words[word], word))[:NEAR]))
        return words


def bodies(party: frozenset[str]) -> frozenset[str]:
    """The actors that are no countries."""
    return frozenset(actor for actor in party if not actor.startswith("country:"))


def persons(party: frozenset[str]) -> frozenset[str]:
    """The actors that are named people."""
    return frozenset(actor for actor in party if actor.startswith("person:"))

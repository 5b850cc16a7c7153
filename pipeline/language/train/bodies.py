"""Made-up names of ministries, parties, firms, newspapers and the like, by the patterns that such names follow."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

_LETTERS = "ABCDEFGHIKLMNOPRSTUW"


@cache
def _words() -> dict[str, list[str]]:
    """The words of `body_words.csv` by kind; one that stands twice is drawn twice as often."""
    out: dict[str, list[str]] = defaultdict(list)
    with (Path(__file__).parent / "body_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out[row["kind"]].append(row["word"])
    return out


@dataclass(slots=True)
class Composer:
    """Draws the parts of a name from `rng`; `family` are family names of founders."""

    rng: Random
    family: list[str]
    countries: list[str]
    cities: list[str]

    def name(self) -> str:
        """A name by one of the patterns, each as likely as the others."""
        patterns = (
            self._ministry,
            self._public_office,
            self._university,
            lambda: f"{self._one(self.cities)} {self._word('of_city')}",
            lambda: self._one(["The ", ""]) + f"{self._one(self.cities)} {self._word('newspaper')}",
            self._firm_of_founder,
            self._party,
            lambda: f"{self._word('scope')} {self._word('topic')} {self._word('body')}",
            self._association,
            lambda: f"Bank of {self._one(self.countries)}",
            lambda: f"{self._one(self.countries)} {self._word('of_country')}",
            lambda: "".join(self._one(_LETTERS) for _ in range(self._one((2, 3, 3, 3, 4, 4, 5)))),
            self._movement,
            self._coined,
        )
        return patterns[self.rng.randrange(len(patterns))]()

    def _one(self, options: Sequence[T]) -> T:
        return self.rng.choice(options)

    def _word(self, kind: str) -> str:
        return self._one(_words()[kind])

    def _ministry(self) -> str:
        kind = self._one(["Ministry", "Department", "Ministry", "Office", "Bureau", "Institute"])
        name = f"{kind} of {self._word('topic')}"
        return f"{name} and {self._word('topic')}" if self.rng.random() < 0.3 else name

    def _public_office(self) -> str:
        kinds = ["Ministry", "Department", "Commission", "Authority", "Agency", "Council", "Committee"]
        return f"{self._word('topic')} {self._one(kinds)}"

    def _university(self) -> str:
        patterns = ("University of {}", "{} University", "{} Institute of Technology", "{} State University")
        return self._one([pattern.format(self._one(self.cities)) for pattern in patterns])

    def _firm_of_founder(self) -> str:
        firm = f"{self._one(self.family)} {self._word('firm')}"
        partners = f"{self._one(self.family)} & {self._one(self.family)}"
        kinds = ["Foundation", "Institute", "University", "School of Law", "Brothers", "and Sons"]
        return self._one([firm, partners, f"{self._one(self.family)} {self._one(kinds)}"])

    def _party(self) -> str:
        scope = f"{self._word('scope')} " if self.rng.random() < 0.4 else ""
        belief = f"{self._word('belief')} "
        second = f"{self._word('belief')} " if self.rng.random() < 0.3 else ""
        return scope + belief + second + self._word("party")

    def _association(self) -> str:
        name = f"{self._word('scope')} {self._word('body')}"
        if self.rng.random() < 0.3:
            return f"{name} on {self._word('topic')}"
        return f"{name} for {self._word('topic')}" if self.rng.random() < 0.3 else name

    def _movement(self) -> str:
        kind = self._one(["Movement", "Front", "Party", "Alliance", "Union", "League"])
        liberation = f"the Liberation of {self._one(self.countries)}"
        aims = [
            "Democratic Change",
            liberation,
            "Freedom and Justice",
            "Change",
            "National Unity",
            "Human Rights",
        ]
        return f"{kind} for {self._one([*aims, 'Democracy and Development'])}"

    def _coined(self) -> str:
        syllables = "".join(
            self._one("BCDFGKLMNPRSTVZ") + self._one("aeiou") for _ in range(self._one((2, 3)))
        )
        stem = self._one([syllables, self._one(self.family)]).capitalize()
        return stem + self._one(["", "", f" {self._word('firm')}", "tech", "soft", "corp", " Co.", "net"])

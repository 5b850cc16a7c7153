"""Made-up names of ministries, parties, firms, newspapers and the like, by the patterns that such names follow."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

_LETTERS = "ABCDEFGHIKLMNOPRSTUW"


@cache
def _words() -> dict[str, list[str]]:
    """The words of `body_words.csv` by kind; one that stands twice is drawn twice as often."""
    out: dict[str, list[str]] = defaultdict(list)
    with (Path(__file__).parent / "body_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out[row["kind"]].append(row["word"])
    return out


def compose(rng: Random, family: list[str], countries: list[str], cities: list[str]) -> str:
    """A name of a body, one of 14 patterns; `family` are family names of founders."""
    one, words, pattern = rng.choice, _words(), rng.randrange(14)
    if pattern == 0:
        kind = one(["Ministry", "Department", "Ministry", "Office", "Bureau", "Institute"])
        return f"{kind} of {one(words['topic'])}" + (
            f" and {one(words['topic'])}" if rng.random() < 0.3 else ""
        )
    if pattern == 1:
        kinds = ["Ministry", "Department", "Commission", "Authority", "Agency", "Council", "Committee"]
        return f"{one(words['topic'])} {one(kinds)}"
    if pattern == 2:
        city = [one(cities) for _ in range(4)]
        return one(
            [
                f"University of {city[0]}",
                f"{city[1]} University",
                f"{city[2]} Institute of Technology",
                f"{city[3]} State University",
            ]
        )
    if pattern == 3:
        return f"{one(cities)} {one(words['of_city'])}"
    if pattern == 4:
        return one(["The ", ""]) + f"{one(cities)} {one(words['newspaper'])}"
    if pattern == 5:
        return _of_founder(rng, family, words["firm"])
    if pattern == 6:
        first = f"{one(words['scope'])} " if rng.random() < 0.4 else ""
        belief = f"{one(words['belief'])} "
        return (
            first + belief + (f"{one(words['belief'])} " if rng.random() < 0.3 else "") + one(words["party"])
        )
    if pattern == 7:
        return f"{one(words['scope'])} {one(words['topic'])} {one(words['body'])}"
    if pattern == 8:
        name = f"{one(words['scope'])} {one(words['body'])}"
        if rng.random() < 0.3:
            return f"{name} on {one(words['topic'])}"
        return f"{name} for {one(words['topic'])}" if rng.random() < 0.3 else name
    if pattern == 9:
        return f"Bank of {one(countries)}"
    if pattern == 10:
        return f"{one(countries)} {one(words['of_country'])}"
    if pattern == 11:
        return "".join(one(_LETTERS) for _ in range(one((2, 3, 3, 3, 4, 4, 5))))
    if pattern == 12:
        kind = one(["Movement", "Front", "Party", "Alliance", "Union", "League"])
        liberation = f"the Liberation of {one(countries)}"
        aims = [
            "Democratic Change",
            liberation,
            "Freedom and Justice",
            "Change",
            "National Unity",
            "Human Rights",
        ]
        return f"{kind} for {one([*aims, 'Democracy and Development'])}"
    return _coined(rng, family, words["firm"])


def _of_founder(rng: Random, family: list[str], firms: list[str]) -> str:
    one = rng.choice
    firm = f"{one(family)} {one(firms)}"
    partners = f"{one(family)} & {one(family)}"
    kinds = ["Foundation", "Institute", "University", "School of Law", "Brothers", "and Sons"]
    return one([firm, partners, f"{one(family)} {one(kinds)}"])


def _coined(rng: Random, family: list[str], firms: list[str]) -> str:
    one = rng.choice
    syllables = "".join(one("BCDFGKLMNPRSTVZ") + one("aeiou") for _ in range(one((2, 3))))
    stem = one([syllables, one(family)]).capitalize()
    return stem + one(["", "", f" {one(firms)}", "tech", "soft", "corp", " Co.", "net"])

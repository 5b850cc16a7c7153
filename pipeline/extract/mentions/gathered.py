"""Tables that `make_gathered` makes once, since making them takes a second of every run: GeoNames' cities over 15,000 people
and US states (CC BY 4.0), and how often letters follow each other in the cities' names and in those of people.
"""

import re
from pathlib import Path

from pipeline.extract.mentions.gazetteer import fold

FOLDER = Path(__file__).parent / "tables"
CITIES, STATES = "cities.tsv", "states.tsv"
LETTERS, PEOPLE = "letters.tsv", "people.tsv"
SOURCES = "sources.tsv"
"""The packages that the others were made out of, with their versions."""
ALL = "all"
"""What stands for a country in the line about the names of all."""

_WORD = re.compile(r"[a-z]{3,}")
_LETTERS = 3


def lines(table: str) -> list[str]:
    """The lines of a table below its header; cells have a tab between them."""
    return (FOLDER / table).read_text(encoding="utf-8").split("\n")[1:-1]


def words(name: str) -> list[str]:
    """The words of a name that can be heard: in plain Latin letters."""
    return _WORD.findall(fold(name))


def runs(word: str) -> list[str]:
    """The runs of letters in a word, with its beginning and end."""
    marked = f"^{word}$"
    return [marked[i : i + _LETTERS] for i in range(len(marked) - _LETTERS + 1)]

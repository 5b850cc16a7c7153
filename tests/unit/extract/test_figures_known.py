"""Whose a figure is where the verb over it or its phrase says so, and nobody's where those counted are only met, hit or told of."""

from collections.abc import Callable

import pytest

from pipeline.extract.dates import extract_dates
from pipeline.extract.figures import extract_figures
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Figure

Parse = Callable[..., ParsedArticle]


def figures(article: ParsedArticle) -> list[Figure]:
    return extract_figures(article, mentions=[], quotes=[], dates=extract_dates(article))


@pytest.mark.parametrize(
    ("text", "n"),
    [
        # known already, and not the subject's
        ("The mayor thanked the three nurses.", 0),
        ("Marek described the two paintings as dull.", 0),
        ("The bridge served the needs of the hundreds of thousands of farmers on that bank.", 0),
        # by whom or for whom something is done
        ("The guard was attacked by dozens.", 0),
        ("The shop was robbed by hundreds of people.", 0),
        ("The song is ascribed to two monks.", 0),
        ("The town was hit by nine shells.", 0),
        ("Divers found the bodies of two sailors.", 0),
        ("The agency placed the death count in the hundreds.", 0),
        # a place is no owner of what happens there
        ("A four-day festival in Tromsø ended on Sunday.", 0),
    ],
)
def test_nobody(parsed: Parse, text: str, n: int) -> None:
    found = figures(parsed(text))[n].subject
    assert found is None or found == "festival"


@pytest.mark.parametrize(
    ("text", "n", "subject"),
    [
        # a participle behind a noun tells what that noun does
        ("Guards spoke of a van carrying nine crates.", 0, "van"),
        ("Hall signed a letter containing 40 names.", 0, "letter"),
        # who is accused of it or kept from it
        ("The court cleared Ruiz of poisoning six horses.", 0, "Ruiz"),
        ("Prosecutors accused the baker of hiding 14 rifles.", 0, "baker"),
        # what has what it is given with
        ("The vote left the party with 12 seats.", 0, "party"),
        ("The vote left Lund with 12 seats against Voss's 31.", 1, "Voss"),
        # limits, and what is won
        ("Mayors are limited to two terms.", 0, "Mayors"),
        ("Ruiz won the other two seats.", 0, "Ruiz"),
    ],
)
def test_subject(parsed: Parse, text: str, n: int, subject: str) -> None:
    assert figures(parsed(text))[n].subject == subject


@pytest.mark.parametrize("text", ["Tens of thousands marched in Riga.", "Scores of thousands fled."])
def test_people_in_chains_of_vague_numbers(parsed: Parse, text: str) -> None:
    assert figures(parsed(text))[0].counted == "people"


def test_who_is_told_to_have_killed_is_not_killed(parsed: Parse) -> None:
    first, second = figures(parsed("The jury cleared two men of killing six nurses."))
    assert (first.measure, second.measure) == (None, "killed")

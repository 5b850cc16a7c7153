"""Whose a figure is: the clause tells it, and nobody where it does not."""

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
    ("text", "n", "subject"),
    [
        # of whom those counted are
        ("Police detained nine members of the Harbour Council.", 0, "Harbour Council"),
        ("Eleven players of the team fell ill.", 0, "team"),
        # some of a whole belong to who has them
        ("Ruiz won 21 of the province's 34 delegates.", 0, "Ruiz"),
        ("Three of Marek's partners were arrested.", 0, "Marek"),
        ("Women hold 31 percent of the seats.", 0, "Women"),
        # a name that a number is put to
        ("Ines Pardo won most delegates, followed by Omar Lund, with 14.", 0, "Omar Lund"),
        ("Farmers' League - 17 seats", 0, "League"),
        # whom a judge's years are given to
        ("The court sentenced the clerk to nine years in prison.", 0, "clerk"),
        ("The regulator fined the bank $40 million.", 0, "bank"),
        # a group of them
        ("A convoy of 18 trucks crossed the border.", 0, "convoy"),
        # behind a title the name
        ("The former president of the senate Clara Voss owned 12 flats.", 0, "Clara Voss"),
        ("Lena Day recorded 29 albums.", 0, "Lena Day"),
        ("Marta Lund is survived by her husband and three children.", 0, "Marta Lund"),
        # of an age
        ("Paul Moran was charged with the murder of his cellmate Ivo Horn, 22, in a prison.", 0, "Ivo Horn"),
        ("The camp is for boys between the ages of 9 and 12.", 1, "boys"),
    ],
)
def test_subject(parsed: Parse, text: str, n: int, subject: str) -> None:
    assert figures(parsed(text))[n].subject == subject


@pytest.mark.parametrize(
    ("text", "n"),
    [
        # what stands over those counted owns them not, nor does the clause around
        ("Soldiers searched the offices of two charities.", 0),
        ("Hackers broke into the systems of two rivals.", 0),
        ("A report tells of bribes paid to two mayors.", 0),
        # who only tells a number
        ("The ministry reported 48 infections.", 0),
        # how a number was taken
        ("A total of 300 delegates are needed.", 0),
        # a list that goes on
        ("Papers give different numbers: 9,000 people marched, 4,000 in Oslo and 2,000 in Bergen.", 1),
        ("The two districts of Alba and Cuneo were flooded.", 0),
        ("He answered to promises of 300 new guards and 50 new nurses.", 1),
        ("There is consensus to reopen the three bridges.", 0),
        ("They counted 790 victims this year, short of last year's record of 867.", 1),
        ("Peru is one of the seven countries on the list.", 0),
        # how far apart two things are
        ("The mayor resigned four weeks before the vote.", 0),
        ("Ten minutes later, the guard called the police.", 0),
    ],
)
def test_nobody(parsed: Parse, text: str, n: int) -> None:
    assert figures(parsed(text))[n].subject is None


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Ten minutes later, the guard called the police.", "time after"),
        ("The mayor resigned four weeks before the vote.", "time before"),
        ("It is six years since the mine closed.", "time since"),
        ("He led the party for two years before the vote.", "time led"),
        ("The clip drew six million views in three days.", "time"),
        ("The latest poll put Hall at 13 percent.", "support"),
        ("In the survey, Hall trails 14 points behind Kerr.", "deficit"),
    ],
)
def test_attribute(parsed: Parse, text: str, attribute: str) -> None:
    assert figures(parsed(text))[-1].attribute == attribute


def test_points_of_a_poll(parsed: Parse) -> None:
    share, points = figures(parsed("The poll gave Hall 13 percent, 14 points behind Kerr."))
    assert (share.attribute, share.unit) == ("support", "percent")
    assert (points.unit, points.attribute, points.value_kind) == ("percentage point", "deficit", "level")
    (goals,) = figures(parsed("The team is 14 points behind the leaders."))
    assert goals.unit == "point"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Hundreds of thousands of others stayed at home.", "people"),
        ("Her speeches inspired millions.", "people"),
        ("They were among eight whose arrests were announced.", "people"),
        ("Hall received 210 votes. Kerr, who led the house last year, received 192.", "vote"),
        ("Ruiz earned nine delegates. Lund had seven.", "delegate"),
    ],
)
def test_counted_where_no_noun_stands(parsed: Parse, text: str, counted: str) -> None:
    assert figures(parsed(text))[-1].counted == counted


def test_millions_of_money_are_no_people(parsed: Parse) -> None:
    assert figures(parsed("The deal will cost millions."))[0].counted is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Tomas Hall, a former judge, was 90.", 90),
        ("The jury heard Ann Hall, now 44, on Monday.", 44),
        ("Kovač has lived abroad since he was six.", 6),
    ],
)
def test_ages_of_named_persons(parsed: Parse, text: str, age: int) -> None:
    (figure,) = figures(parsed(text))
    assert (figure.unit, figure.value) == ("year of age", age)


def test_a_sum_behind_a_semicolon_is_of_nothing_before(parsed: Parse) -> None:
    (sum_,) = figures(parsed("Nobody knows how the money changed hands; $7 million was asked for at first."))
    assert sum_.attribute != "hand"


def test_years_served_of_a_sentence(parsed: Parse) -> None:
    served = figures(parsed("She was jailed for ten years, serving six before her pardon."))[-1]
    assert (served.unit, served.attribute) == ("year", "time served")


@pytest.mark.parametrize(
    "text",
    [
        "They won both games by scores of 3-2 and 5-3.",
        "She shared the house with one half-sister.",
        "The blast, at noon (local time, UTC+3), woke the town.",
    ],
)
def test_no_figures(parsed: Parse, text: str) -> None:
    assert figures(parsed(text)) == []

"""What numbers count that share a noun, are told to be something, or stand in votes, lists and names; sizes that no noun names."""

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
    ("text", "n", "counted"),
    [
        # a noun that stands behind the next number
        ("They sent 9,000 Dutch and nearly 4,000 Danish soldiers.", 0, "dutch soldiers"),
        ("There were 1,204,118 “yes” and 988,310 “no” votes.", 0, "yes vote"),
        # what they are said to be
        ("Of the nine guards, five were women and four were men.", 1, "women"),
        ("Of the nine guards, five were women and four were men.", 2, "men"),
        # one of a nation, only one, members behind a hyphen
        ("Among them were two Danes, one Swede and a Finn.", 1, "swede"),
        ("They won in only one district.", 0, "district"),
        ("A three-judge panel heard the case.", 0, "judge"),
        # lives that are taken are people
        ("The flood claimed 30 lives.", 0, "people"),
        # a part of what has members
        ("A third of the senate left early.", 0, "senate"),
        ("Only 20% of the population can read.", 0, "population"),
    ],
)
def test_counted(parsed: Parse, text: str, n: int, counted: str) -> None:
    found = figures(parsed(text))[n].counted
    assert found is not None
    assert found.removesuffix("s") == counted.removesuffix("s")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The board voted 5 – 4 to sell the farm.", [5, 4]),
        ("The bill passed with 92 – 7 votes.", [92, 7]),
        ("The board approved it in a 6-3 vote.", [6, 3]),
        # scores, makes, titles of works, what a sign says
        ("The signs, one reading “No”, were burned.", []),
        ("Norway beat Peru 3-2 in Oslo.", []),
        ("The navy flew a P9-1 plane over the bay.", []),
        ("She is on the list of “40 Best Young Cooks of Peru”.", []),
    ],
)
def test_votes_and_names(parsed: Parse, text: str, values: list[float]) -> None:
    assert [f.value for f in figures(parsed(text))] == values


@pytest.mark.parametrize(
    ("text", "n", "kind", "measure"),
    [
        ("The navy placed three ships on standby.", 0, "level", None),
        ("The law needs a two-thirds majority.", 0, "share", None),
        ("Four others in the cabin were killed.", 0, "toll", "killed"),
        ("They found the bodies of five hostages.", 0, "toll", "killed"),
        ("The survey gave a four point lead to Centre.", 0, "level", None),
    ],
)
def test_kind(parsed: Parse, text: str, n: int, kind: str, measure: str | None) -> None:
    found = figures(parsed(text))[n]
    assert found.value_kind == kind
    assert measure is None or found.measure == measure


@pytest.mark.parametrize(
    ("text", "n", "attribute", "subject"),
    [
        ("The shell has a range of about 900 metres.", 0, "range", "shell"),
        ("The glider climbed to 9,000 feet.", 0, "altitude", "glider"),
        ("The clerks were bused 200 miles to the mine.", 0, "distance", "clerks"),
        ("The files, totalling around 3 gigabytes, were sold.", 0, "size", "files"),
        # a share of a list, and one without its noun
        ("The survey saw Fidesz with 24% of the vote and Jobbik 21%.", 1, "vote", "Jobbik"),
        ("Ruiz needed 40% of the vote and received 52%.", 1, "vote", "Ruiz"),
        # things whose names end as those of persons do; periods of a kind; a sentence to serve
        ("Voss had a 25-year career.", 0, "career", "Voss"),
        ("Peru began a seven day mourning period.", 0, "mourning period", "Peru"),
        ("Ivo Horn was sentenced to serve 40 months.", 0, "sentence", "Ivo Horn"),
        ("Ivo Horn was jailed for nine years, serving six.", 1, "time served", "Ivo Horn"),
        # what a figure is compared with
        ("The fund promised a return higher than the 38% that it once had.", 0, "return", "fund"),
        # parts of a time are nobody's
        ("Peru scored twice in the final ten minutes.", 0, "time", None),
        ("Norland gave up the port, nearly 40 percent of which lay in ruins.", 0, "port", "port"),
        ("Of 4,310 nurses in the books of one clinic, only 290 had ever worked.", 2, "nurse", None),
        ("The lanterns will sell at $12 to $18 apiece.", 0, "price", "lanterns"),
        ("Envoys of 31 member countries met on the island.", 0, "member country", None),
        ("Watchers say Hilda is moving north to northeast at 21 kilometers per hour.", 0, "speed", "Hilda"),
        ("A new survey puts her approval rating at 44 percent.", 0, "approval rating", "approval rating"),
        ("Authorities said they were probing loans worth 26 million dollars.", 0, "loan", "loans"),
        ("Divers were searching for 22 school children.", 0, "school child", None),
        ("On Friday the province reported 34 confirmed cases of the fever.", 0, "case", "fever"),
        ("The director said that 1,003 suspected infections were found.", 0, "infection", None),
    ],
)
def test_attribute(parsed: Parse, text: str, n: int, attribute: str, subject: str | None) -> None:
    found = figures(parsed(text))[n]
    assert (found.attribute or found.counted, found.subject) == (attribute, subject)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("He shot Ana Ruiz, 23 and her sister in the car.", [23]),
        ("Ivo Hall, 28 began to run.", [28]),
        ("Ruiz is thought to be either 31 or 32.", [31]),
        ("She lives with her parents, both 60.", [60]),
        ("The crews are from Norway (19), Peru (12) and Chile (41).", []),
        ("According to Ana Ruiz, 28 were hurt.", []),
        ("Her 11-month daughter fell asleep.", [11]),
        ("She was aged 84 years.", [84]),
        ("Three drivers were aged above 70, one between 61 and 70.", [70]),
    ],
)
def test_ages(parsed: Parse, text: str, ages: list[float]) -> None:
    assert [f.value for f in figures(parsed(text)) if f.dimension == "age"] == ages


@pytest.mark.parametrize(
    ("text", "n", "attribute", "subject"),
    [
        ("Waves reaching three metres (ten feet) high hit the pier.", 0, "height", "Waves"),
        ("Waves reaching three metres (ten feet) high hit the pier.", 1, "height", "Waves"),
        ("Help came within 24 hours of the quake.", 0, "time after", None),
        ("The storm was the worst to strike the port in over two years.", 0, "time", None),
        ("A vase bought for £3 was lost.", 0, "price", "vase"),
        ("The forty-minute raid on a farm failed.", 0, "raid", "raid"),
    ],
)
def test_sizes_and_times(parsed: Parse, text: str, n: int, attribute: str, subject: str | None) -> None:
    found = figures(parsed(text))[n]
    assert (found.attribute, found.subject) == (attribute, subject)


def test_others_that_an_earlier_toll_leaves(parsed: Parse) -> None:
    found = figures(parsed("Seven lay dead and another twelve injured."))
    assert [(f.value, f.measure) for f in found] == [(7, "killed"), (12, "injured")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("At one stage the hall was full.", []),
        ("The song is called Up the 40.", []),
        ("Its part of sales fell from 41 percent in ’92 to 12% in ’95.", [41, 12]),
        ("The deal came one day after the vote.", [1]),
    ],
)
def test_years_in_short_and_names(parsed: Parse, text: str, values: list[float]) -> None:
    assert [f.value for f in figures(parsed(text))] == values


@pytest.mark.parametrize(
    ("text", "n", "attribute", "subject"),
    [
        ("Lund paid £4 million in bribes.", 0, "bribe", "Lund"),
        ("Voss wants to hold a vote in Malta within three months.", 0, "time", None),
        ("Voss is to stay at the palace, where she will spend two nights.", 0, "time spent", None),
    ],
)
def test_sums_and_times(parsed: Parse, text: str, n: int, attribute: str, subject: str | None) -> None:
    found = figures(parsed(text))[n]
    assert found.attribute == attribute
    assert subject is None or found.subject == subject


def test_shot_and_killed(parsed: Parse) -> None:
    (row,) = figures(parsed("Some 12 thousand dockers were shot and killed in Norland."))
    assert (row.measure, row.value_kind) == ("killed", "toll")


def test_letters_of_names_are_no_units(parsed: Parse) -> None:
    assert figures(parsed("The satellite Halley 2A was launched.")) == []
    assert figures(parsed("The charger gives 2A."))[0].unit == "ampere"

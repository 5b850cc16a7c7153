"""Values: what is written in many ways, what only looks like an amount, whose money it is, whom a toll befell."""

from collections.abc import Callable

import pytest

from pipeline.extract.dates import extract_dates
from pipeline.extract.figures import extract_figures
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Figure

Parse = Callable[..., ParsedArticle]


def read(article: ParsedArticle) -> list[Figure]:
    mentions, entities = extract_mentions(article)
    dates = extract_dates(article)
    return extract_figures(article, mentions=mentions, quotes=[], dates=dates, entities=entities)


@pytest.mark.parametrize(
    ("text", "value", "high", "unit"),
    [
        ("The dam costs €1.4bn-1.9bn.", 1.4e9, 1.9e9, "EUR"),
        ("Some six to seven thousand graves were found.", 6000, 7000, "count"),
        ("Between two and three hundred trucks wait.", 200, 300, "count"),
        ("Forty or fifty thousand men are under arms.", 40_000, 50_000, "count"),
        ("They offered £4m to 6m for the mill.", 4e6, 6e6, "GBP"),
        ("The walk took an hour and a half.", 1.5, None, "hour"),
        ("The siege lasted 9h.", 9, None, "hour"),
        ("They found 500 or more kilograms of heroin.", 500, None, "kilogram"),
        ("The sentry fired nine (9) shots.", 9, None, "count"),
        ("Some 4 mil. voters stayed at home.", 4e6, None, "count"),
        ("The balance was -$2.5 billion.", -2.5e9, None, "USD"),
        ("The result was minus €40 million.", -4e7, None, "EUR"),
        ("REBELS TRY 20 SOLDIERS FOR DESERTION, it said.", 20, None, "count"),
        ("The dam costs TRY 30 million.", 3e7, None, "TRY"),
        ("Several hundred thousand voters stayed away.", 200_000, None, "count"),
        ("Nearly dozen sheep were lost.", 12, None, "count"),
        ("A million and a half litres leaked.", 1.5e6, None, "litre"),
        ("Twenty or twenty-five ferries lie idle.", 20, 25, "count"),
        ("Five or ten thousand hens were culled.", 5000, 10_000, "count"),
        ("The quay costs 30m to 45m euros.", 3e7, 4.5e7, "EUR"),
        ("The mast is 30m to 45m tall.", 30, 45, "metre"),
        ("Farmers in Gujarat got Rs.2,40,000 at once.", 240_000, None, "INR"),
        ("The men came, and from two to three thousand stayed.", 2000, 3000, "count"),
        ("The march took four and three quarter hours.", 4.75, None, "hour"),
        ("Roughly hundred thousand bees swarmed.", 100_000, None, "count"),
        ("One pupil in nine is ill.", 1 / 9, None, "fraction"),
        ("They need 4m-6m seedlings.", 4e6, 6e6, "count"),
        ("In 2022 2 300 nurses left.", 2300, None, "count"),
        ("Suva lent F$12mil to its farmers.", 1.2e7, None, "FJD"),
    ],
)
def test_values(parsed: Parse, text: str, value: float, high: float | None, unit: str) -> None:
    (row,) = read(parsed(text))
    assert (row.value, row.value_high, row.unit) == (pytest.approx(value), high, unit)


@pytest.mark.parametrize(
    ("text", "values", "began"),
    [
        ("Imports climbed $3 million to $11 million.", [3e6, 11e6], 8e6),
        ("The garrison was cut from 900 to 400 men.", [900, 400], 900),
        ("The fee was raised from 20 euros to 35 euros.", [20, 35], 20),
        ("Unemployment fell from 9 to 7 per cent.", [9, 7], 9),
        ("Fares went up 3 euros to 12 euros.", [3, 12], 9),
        ("The rent came down 40 pounds to 300 pounds.", [40, 300], 340),
    ],
)
def test_a_change_is_no_range(parsed: Parse, text: str, values: list[float], began: float) -> None:
    rows = read(parsed(text))
    assert [row.value for row in rows] == values
    assert rows[-1].from_value == began
    assert all(row.value_high is None for row in rows)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Nepal borrowed 900 million rupees.", "NPR"),
        ("Uganda set aside 40 billion shillings.", "UGX"),
        ("Chile spent 12 million pesos on it.", "CLP"),
        ("Algeria gave 5 billion dinars.", "DZD"),
        ("In Copenhagen the plan costs 2 billion kroner.", "DKK"),
        ("It will cost 300 million rupees.", "INR"),
        ("Nigeria lost N7.5 billion to fraud.", "NGN"),
        ("The road cost Tk 80 crore.", "BDT"),
        ("The bank lent CFA 20 million.", "XOF"),
        ("He paid a 300-pound fine.", "GBP"),
        ("They dropped a 1,000-pound bomb.", "pound"),
        ("In Chile a loaf costs 1,900 pesos, in Mexico rice is cheap.", "CLP"),
        ("A litre costs 60 rupees in Nepal, while India has a cap.", "NPR"),
    ],
)
def test_whose_money(parsed: Parse, text: str, unit: str) -> None:
    assert read(parsed(text))[-1].unit == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The upper house voted 61-39 to lift the ban.", [61, 39]),
        ("The amendment failed 28-71.", [28, 71]),
        ("The bill was rejected 44 to 90 on Monday.", [44, 90]),
        ("Deputies passed the law by 143 to 120.", [143, 120]),
        ("The council adopted it by 27-24.", [27, 24]),
        ("Senators backed the plan 61-38.", [61, 38]),
        ("The chamber approved the tax at noon, and the levy failed 88-131.", [88, 131]),
    ],
)
def test_votes_are_two_figures(parsed: Parse, text: str, values: list[float]) -> None:
    rows = read(parsed(text))
    assert [row.value for row in rows] == values
    assert {row.measure for row in rows} == {"votes"}


@pytest.mark.parametrize(
    "text",
    [
        "Ring +49 30 1234 5678 at once.",
        "The desk is on 415-555-0132.",
        "The alarm went off at 0545 GMT.",
        "They met at 07.15, as agreed.",
        "The form gives 30 February 2019 as her birthday.",
        "The pass ends on June 31.",
        "The stamp reads 20180327.",
        "Version 3.2 came out with edition 14.",
        "Frame 2 of 9 is lost.",
        "The odds are 20-20.",
        "United beat City 3-1.",
        "She carried an M-4.",
        "Relatives may ring (021) 4960 0123.",
        "The bridge is shut from 2300 to 0500.",
        "The tug was home by 19.40.",
        "Ring (0)30 901 820 at night.",
        "They slept until 11.15, and nobody woke them.",
        "Dial 112 or 110.",
        "Ring 0700 444 987 or 119.",
    ],
)
def test_no_amounts(parsed: Parse, text: str) -> None:
    assert read(parsed(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("In that district 60 farms were burned.", 60, "farm"),
        ("At this level 14 teams remain.", 14, "team"),
        ("They lost five F-22s in a week.", 5, None),
        ("Norway bought one P-8 in March.", 1, None),
    ],
)
def test_a_noun_before_takes_no_number_away(
    parsed: Parse, text: str, value: float, counted: str | None
) -> None:
    row = read(parsed(text))[0]
    assert (row.value, row.unit) == (value, "count")
    assert counted is None or row.counted == counted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Six perished in a mudslide, and 25 were hurt.", [(6, "killed"), (25, "injured")]),
        ("The shelling left nine dead and 30 wounded.", [(9, "killed"), (30, "injured")]),
        ("Eight were killed and 12 others were badly injured.", [(8, "killed"), (12, "injured")]),
        ("The flood killed 80 people, including seven nurses.", [(80, "killed"), (7, "killed")]),
        ("Floods killed 12, bringing the total to 48.", [(12, "killed"), (48, "killed")]),
        ("At least 300 are still missing.", [(300, "missing")]),
        ("Some 40 pupils fell ill.", [(40, "sick")]),
        ("Not less than 11 and perhaps as many as 15 sailors drowned.", [(11, "killed"), (15, "killed")]),
        ("The number of injured rose to 19.", [(19, "injured")]),
        ("The number of injured is 19; the dead rose to 6.", [(19, "injured"), (6, "killed")]),
        ("Six were wounded and one was killed.", [(6, "injured"), (1, "killed")]),
        ("Gunmen shot dead seven nuns.", [(7, "killed")]),
        ("Two cooks were stabbed to death and three gunned down.", [(2, "killed"), (3, "killed")]),
        ("A mob beat four drivers to death.", [(4, "killed")]),
        ("Eleven froze to death on the pass.", [(11, "killed")]),
        ("The roll lists 310 dead and 25 missing.", [(310, "killed"), (25, "missing")]),
    ],
)
def test_tolls(parsed: Parse, text: str, told: list[tuple[float, str]]) -> None:
    rows = read(parsed(text))
    assert [(row.value, row.measure) for row in rows] == told
    assert {row.value_kind for row in rows} == {"toll"}


def test_what_no_column_holds_is_no_row(parsed: Parse) -> None:
    assert read(parsed("It killed 99999 quadrillion people.")) == []


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Volvo rose 4% and Scania gained 2%.", ["Volvo", "Scania"]),
        ("Ghana has 12 frigates, and Togo has three.", ["Ghana", "Togo"]),
    ],
)
def test_each_has_its_own_subject(parsed: Parse, text: str, subjects: list[str]) -> None:
    assert [row.subject for row in read(parsed(text))] == subjects


def test_what_goes_up_to_a_number_is_not_bound_by_it(parsed: Parse) -> None:
    went, stood = read(parsed("The number of dead went up to 90. Up to 40 men are missing."))
    assert (went.comparator, stood.comparator) == ("=", "<=")


def test_sentenced_to_death_is_not_dead(parsed: Parse) -> None:
    (row,) = read(parsed("The judge sentenced six men to death."))
    assert row.measure == "sentenced"


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("The bill may top 70 million euros.", ">"),
        ("Sales surpassed 90 million euros.", ">"),
        ("Losses topped $2 billion.", ">"),
        ("Losses rose by 18.30 dollars.", "="),
        ("The top 40 clubs met.", "="),
        ("The herd is up to 90 from 74.", "="),
        ("The hall seats up to 90 from 74 villages.", "<="),
    ],
)
def test_what_tops_a_number_is_more(parsed: Parse, text: str, comparator: str) -> None:
    assert read(parsed(text))[0].comparator == comparator


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Its shares gained 12 Australian cents.", 12, "cent"),
        ("Copper fell 4 U.S. cents.", 4, "cent"),
    ],
)
def test_cents_of_a_country(parsed: Parse, text: str, value: float, unit: str) -> None:
    row = read(parsed(text))[0]
    assert (row.value, row.unit) == (value, unit)

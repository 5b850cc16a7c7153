"""What reading of new articles showed: values, units and tolls by classes of their wording."""

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
    ("text", "values"),
    [
        ("The G4+1 groups met the envoy in Oslo.", []),
        ("The final ended 2–0 as rain fell.", []),
        ("Police caught two thieves and jailed one for 14 months.", [(2, None), (14, None)]),
        ("The court held both brothers and sentenced one to 20 months in prison.", [(20, None)]),
        ("Sales should grow from 4.5 to 6-7 billion euros.", [(4.5e9, None), (6e9, 7e9)]),
        ("Output is to rise from 1.2 to 2–3 million tonnes.", [(1.2e6, None), (2e6, 3e6)]),
        ("The town paid PS3.4m for the bridge.", [(3.4e6, None)]),
        ("The fund has $6 B in assets.", [(6e9, None)]),
        ("Some 7 M tourists came.", [(7e6, None)]),
        ("They beat Chile, 4-0, in Lima.", []),
        ("She led in the 1st half of the match.", []),
        ("He lived in apartment 50C of the tower.", []),
        ("The house has 12 and one-half baths.", [(12.5, None)]),
        ("The town was built in about 300 B.C. by settlers.", []),
        ("The hall (from about 1150 to 1220) is of stone.", []),
        ("The staff will grow from its current level of 60 to 300 clerks.", [(60, None), (300, None)]),
    ],
)
def test_values(parsed: Parse, text: str, values: list[tuple[float, float | None]]) -> None:
    assert [(f.value, f.value_high) for f in figures(parsed(text))] == values


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("A 6.7 quake shook the island.", 0, "magnitude"),
        ("The aftershock measured 5 on the Richter scale.", 0, "magnitude"),
        ("There were 12 quakes this week.", 0, "count"),
        ("The bags, weighing 40 pounds each and more, were lost.", 0, "pound"),
        ("The economy grew 3.4 percent in 2018 and 2.9 last year.", 1, "percent"),
        ("The dam holds 30m tonnes.", 0, "tonne"),
        ("Over 30m foreigners live there.", 0, "count"),
        ("The tower is 30m tall.", 0, "metre"),
        ("The lake lost 5.5 metres in 1990 and 2.5 in 2001.", 1, "metre"),
        ("Ana and Ivo Ruiz, both 31, were on trial.", 0, "year of age"),
        ("The Dax fell 2% to 9,463.87 points, while the Cac climbed 1% to 4,333.18.", 3, "point"),
        ("The reward is 20,000 laris.", 0, "GEL"),
        ("She will turn 19 next month.", 0, "year of age"),
        ("The road turns 19 times.", 0, "count"),
        ("She was under arrest for 13 of the last 19 years.", 0, "year"),
        ("The 4,000 strong force left.", 0, "count"),
    ],
)
def test_units(parsed: Parse, text: str, n: int, unit: str) -> None:
    assert figures(parsed(text))[n].unit == unit


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("The helicopter flew over two villages.", "="),
        ("There is a long dispute over three islands.", "="),
        ("The club has over two hundred members.", ">"),
        ("The claims will add up to 40 billion yen.", "="),
        ("The town will pay up to 40 billion yen.", "<="),
        ("The fire destroyed over 40 homes.", ">"),
    ],
)
def test_what_is_over(parsed: Parse, text: str, comparator: str) -> None:
    assert [f.comparator for f in figures(parsed(text))] == [comparator]


@pytest.mark.parametrize(
    ("text", "n", "counted"),
    [
        ("Of the 80 aboard, 31 sailors drowned.", 0, "people"),
        ("Ninety guests and ten waiters were inside; all 100 died.", -1, "people"),
        ("Rescuers freed 12, and six are still in hospital.", -1, "people"),
        ("The mayor said nine were in custody.", 0, "people"),
        ("Some 2,000 people fled, 300 of whom are children.", -1, "child"),
        ("Twelve boats sank, four of which were ferries.", -1, "ferry"),
        ("The agency puts deaths in the camps at 900.", 0, "death"),
        ("Local reporters estimated some 200 marched.", 0, "people"),
        ("Garages repaired dozens of Type A and Type B buses.", 0, "type a type b bus"),
        ("Miners marched 3,000 strong.", 0, "people"),
        ("The 4,000 strong peacekeeping force left.", 0, "peacekeeping force"),
        ("The fire forced the evacuation of more than 30,000.", 0, "people"),
    ],
)
def test_counted(parsed: Parse, text: str, n: int, counted: str) -> None:
    assert figures(parsed(text))[n].counted == counted


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The flood claimed 40 lives.", ["killed"]),
        ("Six firefighters received burns and other injuries.", ["injured"]),
        ("The blast took the lives of two nurses.", ["killed"]),
        ("Twelve miners lost their lives.", ["killed"]),
        ("Two of the miners lost their lives.", ["killed"]),
        ("The ferry went down with the loss of 28 lives.", ["killed"]),
        ("The loss of 28 cows ruined him.", [None]),
        ("Nine guests fell ill, and seven did not survive.", ["sick", "killed"]),
        ("The number of people who have fallen ill rose to 43.", ["sick"]),
        ("Seven guests survived.", [None]),
        ("The programme changed the lives of 40 people.", [None]),
        ("Three of the crew are among the missing.", ["missing"]),
        ("Nine others were slightly hurt.", ["injured"]),
        ("The 90 concerts were held on the beach.", [None]),
        ("Eight men were held after the raid.", ["arrested"]),
        ("Cholera left 30 people dead in Bor, 12 in Juba and four in Yei.", ["killed"] * 3),
        ("The toll has climbed to 70 villagers.", ["killed"]),
        ("The club got three penalties.", [None]),
        ("Police say four girls were among the nine people wounded.", ["injured", "injured"]),
        ("The flood forced the evacuation of 9,000.", ["evacuated"]),
    ],
)
def test_measures(parsed: Parse, text: str, measures: list[str | None]) -> None:
    assert [f.measure for f in figures(parsed(text))] == measures


@pytest.mark.parametrize(
    ("text", "n", "kind", "trend"),
    [
        ("Officials met due to the 40% decrease in rain.", 0, "change", None),
        ("The plan led to a 10% cut in wages.", 0, "change", None),
        ("Shares of Ford were up 2.5%, Fiat by 3% and Renault 4%.", 1, "change", "up"),
        ("Wheat fell 2% and Maize 3%.", 1, "change", "down"),
        ("Support rose to 9%.", 0, "share", "up"),
        ("Tourism makes up 60% of GDP.", 0, "share", None),
        ("Output grew by 2% in 2008 and around 4% in 2009.", 1, "change", "up"),
        ("Wheat and maize were up 4% and 6% respectively.", 1, "change", "up"),
    ],
)
def test_changes(parsed: Parse, text: str, n: int, kind: str, trend: str | None) -> None:
    found = figures(parsed(text))[n]
    assert (found.value_kind, found.trend) == (kind, trend)


@pytest.mark.parametrize(
    ("text", "n", "subject"),
    [
        ("The main feature is a 120Hz refresh rate.", 0, "main feature"),
        ("Volkswagen is expected to announce it will hire 900 people.", 0, "Volkswagen"),
        ("Former Vice President of the United States John Miller won 12 delegates.", 0, "John Miller"),
        ("Police named 36-year-old conductor Ivo Horn.", 0, "Ivo Horn"),
        ("The award went to Ana Ruiz, aged 83.", 0, "Ana Ruiz"),
        ("Parliament rejected the 49-page report.", 0, "report"),
        ("Leaders agreed on a 30-member unity government.", 0, "unity government"),
        ("In the film, which runs 90 minutes, Ruiz plays a nurse.", 0, "film"),
        ("The law gave the miners three years.", 0, "miners"),
        ("Judge Horn rejected a plea by two monks.", 0, None),
        ("The firm grew in the past three months.", 0, None),
        ("Ruiz spent the past three months abroad.", 0, "Ruiz"),
        ("They are Latgalians, one of four Baltic tribes.", 0, None),
        ("The court tried him for the murder of six nurses.", 0, None),
        ("The flood resulted in the deaths of six nurses.", 0, "flood"),
        ("The probe saw fast jets with speeds of 400 km/h.", 0, "fast jets"),
        ("The melt could cause sea levels to rise 11 feet.", 0, "sea levels"),
        ("The effect was seen with carbon levels at 1,200 parts per million.", 0, "carbon levels"),
        ("The judge ordered the firm to pay $1 million to each.", 0, "firm"),
        ("Miller won his first race aged 19.", 0, "Miller"),
        ("The bomb landed within 100 feet of the king.", 0, "bomb"),
        ("Fans delayed the game by five minutes.", 0, "game"),
        ("Parliament voted to extend the curfew by 15 days.", 0, "curfew"),
        ("Walmart said it will pay the state $11 million.", 0, "Walmart"),
        ("The town plans a 10-metre wide trench.", 0, "trench"),
        ("Medicines worth $40,000 were sent.", 0, "Medicines"),
    ],
)
def test_subjects(parsed: Parse, text: str, n: int, subject: str | None) -> None:
    assert figures(parsed(text))[n].subject == subject


@pytest.mark.parametrize(
    ("text", "counted", "attribute"),
    [
        ("Medicines worth $40,000 were sent.", None, "value"),
        ("A poll found 63% of Poles backed the plan.", "pole", None),
        ("The bomb landed within 100 feet of the king.", None, "distance"),
        ("The row ended trade between the two Koreas.", "korea", None),
        ("Some 40 United States senators signed it.", "united states senator", None),
        ("Peru reported a deficit of 5.4% of GDP.", None, "deficit"),
        ("New data show inflation at a high of 8.7 percent.", None, "inflation"),
        ("About 90% of the islands' food is imported.", None, "food"),
        ("They want more than the $50 minimum wage.", None, "minimum wage"),
    ],
)
def test_what(parsed: Parse, text: str, counted: str | None, attribute: str | None) -> None:
    found = figures(parsed(text))[0]
    assert (found.counted, found.attribute) == (counted, attribute)


def test_amounts_a_year(parsed: Parse) -> None:
    found = figures(parsed("The state pays subsidies of $4 billion annually for 40 daily flights."))
    assert [(f.value, f.per) for f in found] == [(4e9, "year"), (40, None)]

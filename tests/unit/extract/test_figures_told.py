"""What a figure counts or measures where the sentence names it from afar, or not at all."""

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
        # bare numbers that do what people do
        ("Fewer than 300 showed up for the rally.", 0, "people"),
        ("At least 60 were aboard.", 0, "people"),
        ("Over a thousand were said to have gathered at the gates.", 0, "people"),
        ("The funeral was attended by thousands.", 0, "people"),
        ("Some 400 voted against the plan.", 0, "people"),
        ("The concert drew 9,000.", 0, "people"),
        ("Nearly 90 took part in the raid.", 0, "people"),
        # whom something befell, whatever else is counted in the sentence
        ("Two bomb attacks shook the city, one of them killing six.", -1, "people"),
        ("There were nine landslides, in which 40 died.", -1, "people"),
        ("Nine hikers were found, and three more were injured.", -1, "hiker"),
        # vague numbers behind the verb
        ("Villagers fled by the hundreds.", 0, "villager"),
        ("Marchers numbering in the thousands filled the square.", 0, "marcher"),
    ],
)
def test_counted(parsed: Parse, text: str, n: int, counted: str) -> None:
    assert figures(parsed(text))[n].counted == counted


@pytest.mark.parametrize(
    ("text", "n", "attribute"),
    [
        ("Rahim served as mayor for nine years.", 0, "time served as mayor"),
        ("She spent six years as an adviser.", 0, "time spent as adviser"),
        ("He served four years of a ten-year sentence.", 0, "time served"),
        ("Freed after serving almost nine years of a longer term, he left the country.", 0, "time served"),
        ("The crew was held for 60 days.", 0, "time held"),
        ("Doctors asked her to isolate for ten days.", 0, "time to isolate"),
        ("Akello worked for the mine for twelve years.", 0, "time worked"),
        ("He spent five years fighting for a new law.", 0, "time spent fighting"),
        ("They were in the cave for nine days.", 0, "time"),
        ("The lagoon takes up 70 square kilometres.", 0, "area"),
        ("She cooked for the abbey, which owns the farm, for 30 years.", 0, "time cooked"),
        ("The company paid damages in the amount of $4 million.", 0, "damage"),
        ("Experts put the value of the coin in the range of two million dollars.", 0, "value"),
        ("They are to pay €5,000 (£4,300; US$5,800) in compensation.", 0, "compensation"),
        ("The concert raised $90,000 for the hospital.", 0, "money raised"),
        ("The town has a population of 800 people.", 0, "population"),
        ("The death rates were 12% for the first group, 30% for the second.", 1, "death rate"),
    ],
)
def test_attribute(parsed: Parse, text: str, n: int, attribute: str) -> None:
    assert figures(parsed(text))[n].attribute == attribute


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The crash led to the deaths of two stewards.", "killed"),
        ("Colleagues condemned the killing of one reporter in the border town.", "killed"),
        ("The ministry confirmed the abduction of 11 pupils.", "abducted"),
        ("Lawyers protested against the arrest of three judges.", "arrested"),
        ("At least 19 passengers suffered injuries when the tram overturned.", "injured"),
        ("Five guards and seven raiders are among the dead.", "killed"),
        ("The report lists the opening of two schools.", None),
        ("Nine farmers suffered losses.", None),
    ],
)
def test_what_befell_them_told_by_a_noun(parsed: Parse, text: str, measure: str | None) -> None:
    assert figures(parsed(text))[-1].measure == measure


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The blaze killed 212 of around 300 guests.", "guest"),
        ("The site has published under 40 of the half million plus secret messages.", "secret message"),
        ("The mayor greeted 12 of the survivors.", "survivor"),
    ],
)
def test_some_of_a_whole(parsed: Parse, text: str, counted: str) -> None:
    assert figures(parsed(text))[0].counted == counted


@pytest.mark.parametrize(
    "text",
    [
        "Kenya lost 1–2 against Ghana.",
        "They meet in the Super 6 stage of the cup.",
        "It made the top ten list.",
    ],
)
def test_scores_and_names_are_no_figures(parsed: Parse, text: str) -> None:
    assert figures(parsed(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The teacher was seized by four masked men.",
        "The pact eased tensions between the two countries.",
        "The league played seven rounds, against last year's nine rounds.",
    ],
)
def test_parties_and_years_own_no_count(parsed: Parse, text: str) -> None:
    assert figures(parsed(text))[-1].subject is None


def test_a_pronoun_ends_the_search_for_what_is_measured(parsed: Parse) -> None:
    paid = figures(parsed("His assets were frozen and later freed after he paid $5 million into a fund."))[0]
    assert paid.attribute != "asset"


@pytest.mark.parametrize(
    ("text", "n", "counted"),
    [
        # what some of those told before are said to be
        ("Of the miners hurt, 14 of those who died were Polish engineers.", 0, "polish engineer"),
        ("At least 70 of them were women.", 0, "women"),
        # who is somewhere
        ("The rallies went on, with up to 9,000 in attendance.", 0, "people"),
        # the sides of a vote
        ("The vote was 64 in favour, 31 against and five abstentions.", 0, "vote"),
        ("The vote was 64 in favour, 31 against and five abstentions.", 1, "vote"),
        # a verb behind a share that its voters cast
        ("Only 30% of members were sure while 45% preferred Ivo Lund.", 1, "member"),
    ],
)
def test_counted_by_what_follows(parsed: Parse, text: str, n: int, counted: str) -> None:
    assert figures(parsed(text))[n].counted == counted


@pytest.mark.parametrize(
    ("text", "attribute", "subject"),
    [
        ("It took the council nine days to answer.", "time", "council"),
        ("The deadline gave the ministry 36 hours to reply.", "time to reply", "ministry"),
        ("She leaves office two years from now.", "time", None),
        ("Both sides ended a two-decade-long feud.", "duration", "feud"),
        ("The mayor criticised the $40 million request.", "request", "mayor"),
        ("The bank is to give 20,000 euros as subsidies.", "subsidy", None),
        ("The firm won $8 million in Texas tax incentives.", "tax incentive", "Texas"),
        ("The premier asked for $90 billion in a further request.", "further request", "premier"),
        ("The flood did $300,000 worth of damage.", "damage", None),
        ("The divers went 30 metres into the cave.", "distance", None),
        ("The coast expects waves of two metres.", "height", "waves"),
        ("A 90-metre ferry sank.", "length", "ferry"),
        ("A 40-metre tower fell.", "height", "tower"),
        ("They want a 300-mile wall.", "length", "wall"),
        ("A nine-inch screen broke.", "size", "screen"),
    ],
)
def test_quantity_and_bearer(parsed: Parse, text: str, attribute: str | None, subject: str | None) -> None:
    told = figures(parsed(text))[0]
    assert told.attribute == attribute
    assert subject is None or told.subject == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Nine people were killed in a gang attack on a bank.", "gang attack"),
        ("Eleven guards were hurt during the riots.", "riots"),
        ("Five divers died and 20 others were injured in an explosion.", "explosion"),
        ("Four sailors were killed in Lima.", None),
        ("Seven nurses were injured in a car.", None),
        ("Of 90 on board, four sailors drowned.", None),
        ("A count shows Hall with 61% of the vote.", "Hall"),
        ("Polls had bad news, projecting the Liberals with 28% of the vote.", "Liberals"),
    ],
)
def test_in_what_and_with_whom(parsed: Parse, text: str, subject: str | None) -> None:
    assert figures(parsed(text))[0].subject == subject


@pytest.mark.parametrize(
    "text", ["Lee Sang-min, 54, was chosen.", "Omar, 17 at the time, fled.", "Ana Ruiz, 31, sang."]
)
def test_ages_beside_names(parsed: Parse, text: str) -> None:
    assert [f.unit for f in figures(parsed(text))] == ["year of age"]


def test_bills_are_no_money(parsed: Parse) -> None:
    assert figures(parsed("The house passed H.R.2210 on a voice vote.")) == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        # who is asked, found or let do something with what is counted
        ("Ruiz called for the club to get two more seats.", "club"),
        ("A jury found the brothers guilty of nine charges.", "brothers"),
        ("The pact will let 900 workers stay.", None),
        # a pronoun is not the speakers' where their number speaks against it
        ("Officers say it killed at least six others.", None),
        ("Fiat said it employs 900 people.", "Fiat"),
        # time that only goes by, those who are known, who only names
        ("Talks stalled, although nearly two months have passed.", None),
        ("He wrote to the family of the two divers.", None),
        ("The report named three of the crew.", None),
        ("The ministry put the toll at nine with another 30 hurt.", None),
    ],
)
def test_nobody_by_speech_or_leave(parsed: Parse, text: str, subject: str | None) -> None:
    assert figures(parsed(text))[-1].subject == subject


def test_bombers_are_no_weapons(parsed: Parse) -> None:
    assert figures(parsed("Police named the three bombers."))[0].measure is None


def test_as_young_as(parsed: Parse) -> None:
    (age,) = figures(parsed("The mine employed children as young as 7, inspectors said."))
    assert (age.unit, age.attribute) == ("year of age", "age")


def test_who_benefits_is_nobodys(parsed: Parse) -> None:
    assert figures(parsed("The dam is to benefit two million farmers."))[0].subject is None

"""Dates that lean on the day of the words, on the date before, or on what lay ahead when the story was told."""

from collections.abc import Callable

import pytest

from pipeline.extract.dates import extract_dates
from pipeline.extract.parsed import ParsedArticle

Parse = Callable[..., ParsedArticle]


# Published on Wednesday 18 June 2025.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        # words quoted count from the day on which they were spoken
        ('The mayor said on Monday: "Today we bury our dead."', ["2025-06-16", "2025-06-16"]),
        ('"We begin again today," the mayor told the crowd on Sunday.', ["2025-06-15", "2025-06-15"]),
        ('Floods hit the port on Sunday.\n\n"We lost everything last night," a fisherman said.', ["2025-06-15", "2025-06-14"]),
        ('The vote was held on Friday. "Tomorrow is another day," the loser wrote.', ["2025-06-13", "2025-06-14"]),
        ('"Today we start anew," the premier said.', ["2025-06-18"]),
        ('The pact was signed on 3 May 2014. "Today we start anew," the premier said.', ["2014-05-03", "2025-06-18"]),
        ("The port was hit on Sunday. It is shut today.", ["2025-06-15", "2025-06-18"]),
        # what is set for a day, by verbs that taggers take for nouns too
        ("Parliament reconvenes on Monday.", ["2025-06-23"]),
        ("Classes resume Monday, the ministry said.", ["2025-06-23"]),
        ("The league resumes on 15 August.", ["2025-08-15"]),
        ("He appears in court on Monday.", ["2025-06-23"]),
        ("The vote on Monday was lost.", ["2025-06-16"]),
        ("The unions called a strike for Friday.", ["2025-06-20"]),
        ("The judge set sentencing for March 4.", ["2026-03-04"]),
        ("Neighbours set fire to a school in March.", ["2025-03-01"]),
        ("The council convened a meeting for Thursday.", ["2025-06-19"]),
        ("The clubs moved their match from Friday to Monday.", ["2025-06-20", "2025-06-23"]),
        ("They postponed the talks from Tuesday to Thursday.", ["2025-06-17", "2025-06-19"]),
        ("The fair lasted from Friday to Monday.", ["2025-06-13"]),
        ("The judge set a July 11 date for the hearing.", ["2025-07-11"]),
        ("The town missed a June 2 deadline.", ["2025-06-02"]),
        # in a story of long ago what came next is of that time
        ("She was born on 4 May 1951 and spent the next two decades at sea.", ["1951-05-04", "1951-05-04"]),
        ("The firm plans to hire 40 people over the next two weeks.", ["2025-06-18"]),
        # what came later in the past that is told
        ("The mill closed in 1998. Five years later, the owners were to open it again.", ["1998-01-01", "2003-01-01"]),
        ("The mill closed in 1998. Five years later, in 2003, it opened again.", ["1998-01-01", "2003-01-01"]),
        ("The mill burned in 1998. Later that year in October, it opened again.", ["1998-01-01", "1998-10-01"]),
        ("She moved to Bern in 1987. In the same year, she sang there.", ["1987-01-01", "1987-01-01"]),
        # months on it is no longer that story
        ("The rule fell in November 2019. On May 19, the mayor praised it.", ["2019-11-01", "2025-05-19"]),
        ("The rule fell in November 2019. In January, the mayor praised it.", ["2019-11-01", "2020-01-01"]),
        # what is to be done
        ("Clubs spoke about the games to be held in Lund in February.", ["2026-02-01"]),
        ("Games to be played on Monday were called off.", ["2025-06-23"]),
        ("He retires a year from now.", ["2026-06-01"]),
        ("She retires ten days from today.", ["2025-06-28"]),
        ("Three men wanted for a murder in May were caught.", ["2025-05-01"]),
        ("They wanted to leave in August.", ["2025-08-01"]),
        # by a holiday
        ("They shopped on the Friday after Thanksgiving.", ["2024-11-29"]),
        ("They met the Thursday before Christmas Day.", ["2024-12-19"]),
        # no days
        ("Following ten days of talks they signed.", []),
        ("Women of today read more.", []),
        ("He spoke of the meaning of today's vote.", ["2025-06-18"]),
        ("As of today, 40 boats are missing.", ["2025-06-18"]),
        ("He told Harbour This Week that he was tired.", []),
        ("This Week the harbour is closed.", ["2025-06-16"]),
        # what was to come counts from the day that is told
        ("The army said on Sunday it would leave on Tuesday.", ["2025-06-15", "2025-06-17"]),
        ("The storm formed on Sunday and was expected to reach the coast on Monday.", ["2025-06-15", "2025-06-16"]),
        ("The army said it would leave on Tuesday.", ["2025-06-24"]),
        ("The strike was set to end on Friday.", ["2025-06-20"]),
        ("His term was to end in August.", ["2025-08-01"]),
        ("The judge ordered him to appear on Friday.", ["2025-06-20"]),
        ("The minister told teachers to return on Monday.", ["2025-06-23"]),
        ("On Monday the match planned for Tuesday was called off.", ["2025-06-16", "2025-06-17"]),
        # however far before that day is told
        (
            "The dam was opened on Monday. "
            + "Villages along the river keep their boats ready. " * 14
            + "Crews said the water would fall on Tuesday.",
            ["2025-06-16", "2025-06-17"],
        ),
        # what is announced counts from the day of the words
        ("The minister said on Sunday that she will send the bill in the next ten days.", ["2025-06-15", "2025-06-15"]),
        ("The minister said she will send the bill in the next ten days.", ["2025-06-18"]),
        ("Police said on Sunday that 40 people died in the past two days.", ["2025-06-15", "2025-06-16"]),
        # a plan that has a day is of that day; in the present the nearer day is meant
        ("The league was suspending play after the end of Monday's schedule of games.", ["2025-06-16"]),
        ("Monday's decision is a blow to the farmers.", ["2025-06-16"]),
        ("Friday's final is the first for the town.", ["2025-06-20"]),
        # a regular past is one, for whatever a tagger takes it
        ("Students protested in the centre of Dakar on Friday over the price of bus tickets.", ["2025-06-13"]),
        ("Nurses rallied in the port on Friday against the sale of the clinic.", ["2025-06-13"]),
        ("Miners agreed in Oruro on Friday on a new wage.", ["2025-06-13"]),
        ("Talks proceed on Friday.", ["2025-06-20"]),
        # what went on until a day is over
        ("The fighting lasted until Friday.", ["2025-06-13"]),
        ("The crew was not freed until Monday.", ["2025-06-16"]),
        ("The rebels had until Sunday to reply.", ["2025-06-15"]),
        ("The curfew was extended until Friday.", ["2025-06-20"]),
        # below another verb
        ("The court let the ruling stand on Tuesday.", ["2025-06-17"]),
        ("As of Monday evening, all nine are safe.", ["2025-06-16"]),
        ("He is committed to bringing the troops home by October 31.", ["2025-06-18"]),
        ("The launch was rescheduled for Saturday.", ["2025-06-21"]),
        ("She will be charged in July and tried in August.", ["2025-07-01", "2025-08-01"]),
        ("They came Mon. and left on Sat.", ["2025-06-16", "2025-06-14"]),
        ("The ship will have left by Saturday.", ["2025-06-18"]),
        ("He was jailed in July.", ["2024-07-01"]),
        # the date before
        ("The party split on 20 August 2018. That September it lost its seat.", ["2018-08-20", "2018-09-01"]),
        ("In 2016 the mine closed. In March the town was sold.", ["2016-01-01", "2016-03-01"]),
        ("The army moved on 5 May 2019. On 9 May the premier fled.", ["2019-05-05", "2019-05-09"]),
        ("In the 2016 campaign he ran for mayor. In July he gave up.", ["2016-01-01", "2016-07-01"]),
        ("The pact signed in 2016 was torn up in March.", ["2016-01-01", "2025-03-01"]),
        ("A memo of 12 August 2024 was leaked on 3 May.", ["2024-08-12", "2025-05-03"]),
    ],
)  # fmt: skip
def test_first_days(parsed: Parse, text: str, days: list[str]) -> None:
    assert [str(row.date_from) for row in extract_dates(parsed(text))] == days


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Parliament was shut for parts of April and May.", [("2025-04-01", "2025-05-31")]),
        ("He led the council in 2003 and 2004.", [("2003-01-01", "2004-12-31")]),
        ("Trade fell in December and January.", [("2024-12-01", "2025-01-31")]),
        ("Rain fell in March and May.", [("2025-03-01", "2025-03-31"), ("2025-05-01", "2025-05-31")]),
        ("Polls were held in 2003 and 2007.", [("2003-01-01", "2003-12-31"), ("2007-01-01", "2007-12-31")]),
        ("They met on Monday and Tuesday.", [("2025-06-16", "2025-06-16"), ("2025-06-17", "2025-06-17")]),
    ],
)
def test_months_and_years_that_follow_are_one_span(
    parsed: Parse, text: str, spans: list[tuple[str, str]]
) -> None:
    assert [(str(row.date_from), str(row.date_to)) for row in extract_dates(parsed(text))] == spans


def test_an_end_behind_a_comma(parsed: Parse) -> None:
    (row,) = extract_dates(parsed("May 4, 2023, to July 1, 2024, was the worst time."))
    assert (str(row.date_from), str(row.date_to)) == ("2023-05-04", "2024-07-01")


def test_the_same_day_is_not_one_ahead(parsed: Parse) -> None:
    rows = extract_dates(
        parsed(
            "A man was shot on Sunday. His trial opens on 9 July. A second man was shot on the same day, police said."
        )
    )
    assert [str(row.date_from) for row in rows] == ["2025-06-15", "2025-07-09", "2025-06-15"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The law pays for the ferries through September.", ("2025-06-18", "2025-09-30")),
        ("The fair is open through 28 June.", ("2025-06-18", "2025-06-28")),
        ("She led the bank from 2011 through 2016.", ("2011-01-01", "2016-12-31")),
        ("They kept the mine open through 2016.", ("2016-01-01", "2016-12-31")),
    ],
)
def test_through(parsed: Parse, text: str, days: tuple[str, str]) -> None:
    (found,) = extract_dates(parsed(text))
    assert (str(found.date_from), str(found.date_to)) == days


# Published on Wednesday 18 June 2025.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a day within the subject is not that of the plan
        ("Monday's decision sets in motion a sale.", ["2025-06-16"]),
        ("Tuesday's letter promises a new school.", ["2025-06-17"]),
        ("Friday's vote is expected to be close.", ["2025-06-20"]),
        # a day that itself will bring something
        ("The mayor said Friday will see heavy rain.", ["2025-06-20"]),
        ("The mayor said Friday he was ill.", ["2025-06-13"]),
        # planned in the passive
        ("The case is scheduled to be heard on Friday.", ["2025-06-20"]),
        ("The bridge is due to be opened on Monday.", ["2025-06-23"]),
        ("The case was heard on Friday.", ["2025-06-13"]),
        # a month and day with "next" and "last"
        ("The march is set for next September 10.", ["2025-09-10"]),
        ("She left last September 10.", ["2024-09-10"]),
        # what goes with a plan lies ahead as it does, what it is made in spite of is over
        ("The storm is expected to turn north, reaching the coast on Friday.", ["2025-06-20"]),
        ("Rebels struck again, killing nine on Friday.", ["2025-06-13"]),
        ("The army will stay despite the shelling of its camp on Friday.", ["2025-06-13"]),
        ("Police began setting up checkpoints early Sunday.", ["2025-06-15"]),
        ("The sum pledged at a conference in August was paid.", ["2024-08-01"]),
        ("The vote is on April 22, 2026, with a run-off on May 6.", ["2026-04-22", "2026-05-06"]),
        ("The vote is on April 22, 2026. The premier resigned on May 6.", ["2026-04-22", "2025-05-06"]),
        # years of other eras, and short ends of spans of years
        ("Settlers came in the 6th century B.C. and left in 300 BC.", []),
        ("The party ruled from 2004 - 8.", ["2004-01-01"]),
        ("The line was built between 1845 and 1917.", ["1845-01-01"]),
        ("He finished one second back.", []),
        # what was yesterday is not the last such day
        ("The raid was last Tuesday.", ["2025-06-10"]),
        ("The raid was last Monday.", ["2025-06-16"]),
        # names of papers, and years of other calendars
        ("The Sunday Times reported the sale.", []),
        ("A reporter of the Sunday Herald was there.", []),
        ("The Thai New Year was wet.", []),
        ("Crowds danced on New Year.", ["2025-01-01"]),
        # a time finer than what is told before cannot be counted from it
        ("The 2018 games were cold. A minute later the crowd left.", ["2018-01-01"]),
        ("The mill closed in 2012. Two days later it burned.", ["2012-01-01"]),
        ("The mill closed in 2012. Two years later it burned.", ["2012-01-01", "2014-01-01"]),
        ("The mill closed on 3 May 2012. Two days later it burned.", ["2012-05-03", "2012-05-05"]),
    ],
)
def test_days_of_plans_and_names(parsed: Parse, text: str, days: list[str]) -> None:
    assert [str(d.date_from) for d in extract_dates(parsed(text))] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a name before a holiday makes it another day
        ("Flags flew at half mast on Miners Remembrance Day.", []),
        ("They met on Christmas Day.", [("2024-12-25", "2024-12-25")]),
        # clock times of four digits with their zone
        ("The ferry left at 2030 Coordinated Universal Time.", []),
        # weeks of something are not those of the calendar
        ("He resigned in the last week of the strike.", []),
        # "carried out by ... from" moves nothing
        (
            "The dam was put up by the army from 1915 to 1923, when it was sold.",
            [("1915-01-01", "1923-12-31")],
        ),
        (
            "The vote was moved from Friday to Monday.",
            [("2025-06-20", "2025-06-20"), ("2025-06-23", "2025-06-23")],
        ),
        ("That was the custom 20 or 30 years ago.", [("1995-01-01", "2005-12-31")]),
        ("She owns a Sunday paper.", []),
        # how rare something is tells no day; a past verb beside the main clause has told the past
        ("Malta faces the worst flood in 80 years.", []),
        ("The jet was 40 km off when it vanished on July 10.", [("2024-07-10", "2024-07-10")]),
        # a day within a span told right before it
        ("The envoy is to quit her post next month on July 2.", [("2025-07-02", "2025-07-02")]),
        ("It opened last week on Tuesday.", [("2025-06-10", "2025-06-10")]),
        ("She left last year on August 8.", [("2024-08-08", "2024-08-08")]),
    ],
)
def test_names_spans_and_days_within(parsed: Parse, text: str, days: list[tuple[str, str]]) -> None:
    found = extract_dates(parsed(text))
    assert [(str(d.date_from), str(d.date_to)) for d in found] == days

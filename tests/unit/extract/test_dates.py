import datetime as dt
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.dates import extract_dates, periods
from pipeline.extract.dates.expressions import _TRIGGER, PATTERNS, candidates, pattern
from pipeline.extract.dates.find import find
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date

Parse = Callable[..., ParsedArticle]


def only(rows: list[Date]) -> tuple[str, str, str]:
    """The span and the days of the one date found."""
    (row,) = rows
    return row.text, str(row.date_from), str(row.date_to)


PIECES = [
    "2014-05-02", "2014.5.2", "20140502", "2-May-14", "2/5/14", "the 1st, 2nd and 3rd of May", "March 4, 5 and 6", "the 3rd of last month",
    "by the 9th.", "the last Friday of June", "two weeks ago on Monday", "Tuesday two weeks ago", "a fortnight from Tuesday", "Friday week",
    "Q3 2012", "the first half of 2015", "next year's second quarter", "nine months to June", "Mid-Week", "Sun, 3 Aug", "aug. 3", "SEPT 4",
    "early March", "winter of 2009-10", "the ’90s", "the early eighties", "the 19th century", "1914-18", "1998", "the day after tomorrow",
    "last Night", "Wednesday", "thiſ week", "THIS WEEK", "the weekend", "the end of the decade", "month-end", "the final quarter of the year",
    "the first two weeks of 1999", "the second week of May", "the past three centuries", "ten years back", "in five minutes' time", "two days later",
    "two months from now", "the last week of the year",
    "the following month", "that same day", "in 2 hours", "St Patrick's Day", "July 4th", "New Year’s Eve", "Later in the month", "Overnight", "the ninth of June", "the second quarter", "the Friday after next", "the year before last", " in '04", "this", "of", "in", ",", "٣ May", "no date",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))
def test_patterns_that_are_not_tried_would_not_fit(pieces):
    text = " ".join(pieces)
    found = [(kind, match.span()) for kind, match in candidates(text)]
    every = [(kind, match.span()) for kind in PATTERNS for match in pattern(kind).finditer(text)]
    assert found == (every if _TRIGGER.search(text) else [])


def test_every_pattern_is_tried_on_what_it_is_for():
    assert {kind for kind, _ in candidates(" . ".join(PIECES))} >= PATTERNS.keys()


# Published on Wednesday 18 June 2025.
@pytest.mark.parametrize(
    ("text", "span", "first", "last"),
    [
        # written out
        ("They met on 3 April 2014.", "on 3 April 2014", "2014-04-03", "2014-04-03"),
        ("They met on Friday, May 2nd, 2014.", "on Friday, May 2nd, 2014", "2014-05-02", "2014-05-02"),
        ("The file is from 2014-05-02.", "2014-05-02", "2014-05-02", "2014-05-02"),
        ("It opened in March 2011.", "in March 2011", "2011-03-01", "2011-03-31"),
        ("It opened in early March 2011.", "in early March 2011", "2011-03-01", "2011-03-10"),
        ("It opened in 1998.", "in 1998", "1998-01-01", "1998-12-31"),
        ("The 1998 treaty failed.", "1998", "1998-01-01", "1998-12-31"),
        ("It grew in the 1970s.", "in the 1970s", "1970-01-01", "1979-12-31"),
        ("It grew in the 19th century.", "in the 19th century", "1801-01-01", "1900-12-31"),
        ("Exports fell in the first quarter of 2015.", "in the first quarter of 2015", "2015-01-01", "2015-03-31"),
        ("They left in the summer of 2014.", "in the summer of 2014", "2014-06-01", "2014-08-31"),
        ("It closed in the winter of 2009-10.", "in the winter of 2009-10", "2009-12-01", "2010-02-28"),
        ("Prices rose in May last year.", "in May last year", "2024-05-01", "2024-05-31"),
        ("The mill burned on 3 May last year.", "on 3 May last year", "2024-05-03", "2024-05-03"),
        ("It snowed on Christmas Day last year.", "on Christmas Day last year", "2024-12-25", "2024-12-25"),
        ("They struck for the first two weeks of May.", "the first two weeks of May", "2025-05-01", "2025-05-14"),
        ("It rained in the last week of 2021.", "in the last week of 2021", "2021-12-25", "2021-12-31"),
        ("They left in the last month of the year.", "in the last month of the year", "2024-12-01", "2024-12-31"),
        ("It rained in the last week of March.", "in the last week of March", "2025-03-25", "2025-03-31"),
        ("They met on the first weekend of June.", "on the first weekend of June", "2025-06-07", "2025-06-08"),
        ("The first votes are expected in the autumn.", "in the autumn", "2025-09-01", "2025-11-30"),
        ("A year ago today the dam burst.", "A year ago today", "2024-06-18", "2024-06-18"),
        ("Five years ago this week the bank failed.", "Five years ago this week", "2020-06-15", "2020-06-21"),
        ("Unrest spread over the last fortnight.", "over the last fortnight", "2025-06-04", "2025-06-18"),
        ("The ship left on Tuesday of last week.", "on Tuesday of last week", "2025-06-10", "2025-06-10"),
        ("They return on Monday next week.", "on Monday next week", "2025-06-23", "2025-06-23"),
        ("The walkout is to end on Friday.", "on Friday", "2025-06-20", "2025-06-20"),
        ("Both sides agreed in March to hold a vote.", "in March", "2025-03-01", "2025-03-31"),
        ("Hours before the deadline of June 17 it passed.", "June 17", "2025-06-17", "2025-06-17"),
        # spans
        ("They talked between 3 and 5 May 2014.", "3 and 5 May 2014", "2014-05-03", "2014-05-05"),
        ("They talked from May 3-5, 2014.", "May 3-5, 2014", "2014-05-03", "2014-05-05"),
        ("They fought from March to May 2011.", "from March to May 2011", "2011-03-01", "2011-05-31"),
        ("They fought from 1991 to 1995.", "from 1991 to 1995", "1991-01-01", "1995-12-31"),
        # the year understood
        ("They met on 3 April.", "on 3 April", "2025-04-03", "2025-04-03"),
        ("They met in September.", "in September", "2024-09-01", "2024-09-30"),
        ("They will meet in September.", "in September", "2025-09-01", "2025-09-30"),
        ("They met on Monday 16 September.", "on Monday 16 September", "2024-09-16", "2024-09-16"),
        # weekdays
        ("They met on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("They met on Wednesday.", "on Wednesday", "2025-06-18", "2025-06-18"),
        ("They will meet on Friday.", "on Friday", "2025-06-20", "2025-06-20"),
        ("They are expected to meet on Friday.", "on Friday", "2025-06-20", "2025-06-20"),
        ("They meet next Tuesday.", "next Tuesday", "2025-06-24", "2025-06-24"),
        ("They met last Wednesday.", "last Wednesday", "2025-06-11", "2025-06-11"),
        # against the day of publication
        ("They left yesterday.", "yesterday", "2025-06-17", "2025-06-17"),
        ("They left last night.", "last night", "2025-06-17", "2025-06-17"),
        ("They left last week.", "last week", "2025-06-09", "2025-06-15"),
        ("They left last month.", "last month", "2025-05-01", "2025-05-31"),
        ("They left earlier this year.", "earlier this year", "2025-01-01", "2025-06-18"),
        ("They left two years ago.", "two years ago", "2023-01-01", "2023-12-31"),
        ("A year ago the quay was still in use.", "A year ago", "2024-06-01", "2024-06-30"),
        ("Rockets struck the port overnight.", "overnight", "2025-06-17", "2025-06-18"),
        ("Snow will fall overnight.", "overnight", "2025-06-18", "2025-06-19"),
        ("Rockets struck the port overnight on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("The share was 23 percent in ’02.", "in ’02", "2002-01-01", "2002-12-31"),
        ("Sales fell in the past couple years.", "in the past couple years", "2023-06-18", "2025-06-18"),
        ("The envoys met earlier this week.", "earlier this week", "2025-06-16", "2025-06-17"),
        ("Earlier in the week the tug ran aground.", "Earlier in the week", "2025-06-16", "2025-06-17"),
        ("The mayor spoke earlier in the month.", "earlier in the month", "2025-06-01", "2025-06-18"),
        ("Crews found it earlier in the day.", "earlier in the day", "2025-06-18", "2025-06-18"),
        ("It will reopen within three weeks.", "within three weeks", "2025-06-18", "2025-07-09"),
        ("The lake will be clean in a decade.", "in a decade", "2035-01-01", "2035-12-31"),
        ("They left three days ago.", "three days ago", "2025-06-15", "2025-06-15"),
        ("Nine fell in the past 24 hours.", "in the past 24 hours", "2025-06-17", "2025-06-18"),
        ("Nine fell over the last two weeks.", "over the last two weeks", "2025-06-04", "2025-06-18"),
        ("They left last summer.", "last summer", "2024-06-01", "2024-08-31"),
        ("They have fought since August.", "since August", "2024-08-01", "2025-06-18"),
        ("It must be ready by the end of the year.", "by the end of the year", "2025-06-18", "2025-12-31"),
        ("It must be ready before the end of the year.", "the end of the year", "2025-06-18", "2025-12-31"),
        # told by another unit
        ("Voters go to the polls on the second Sunday of August.", "on the second Sunday of August", "2025-08-10", "2025-08-10"),
        ("The court sat on the last Monday of May.", "on the last Monday of May", "2025-05-26", "2025-05-26"),
        ("They meet on the first Friday of next month.", "on the first Friday of next month", "2025-07-04", "2025-07-04"),
        ("The ban ends on the 28th of this month.", "on the 28th of this month", "2025-06-28", "2025-06-28"),
        ("It began on the 3rd of last month.", "on the 3rd of last month", "2025-05-03", "2025-05-03"),
        ("Drills are set for the week of July 14.", "the week of July 14", "2025-07-14", "2025-07-20"),
        ("Shops will shut in the week beginning 4 August.", "in the week beginning 4 August", "2025-08-04", "2025-08-10"),
        ("Rain fell on the weekend of May 17.", "on the weekend of May 17", "2025-05-17", "2025-05-18"),
        ("It was raided three weeks ago on Tuesday.", "three weeks ago on Tuesday", "2025-05-27", "2025-05-27"),
        ("Lagos votes a week from Saturday.", "a week from Saturday", "2025-06-28", "2025-06-28"),
        ("The hearing will be held on Friday week.", "on Friday week", "2025-06-27", "2025-06-27"),
        ("The vote was postponed to September.", "September", "2025-09-01", "2025-09-30"),
        ("The trial was moved to Monday.", "Monday", "2025-06-23", "2025-06-23"),
        ("Output fell in H2 2023.", "in H2 2023", "2023-07-01", "2023-12-31"),
        ("Output fell in 2Q24.", "in 2Q24", "2024-04-01", "2024-06-30"),
        ("Third-quarter 2022 output fell.", "Third-quarter 2022", "2022-07-01", "2022-09-30"),
        ("Police were out over the Memorial Day weekend.", "over the Memorial Day weekend", "2025-05-24", "2025-05-26"),
        ("It opened in the late ’60s.", "in the late ’60s", "1967-01-01", "1969-12-31"),
        ("Music changed in the seventies.", "in the seventies", "1970-01-01", "1979-12-31"),
        ("The lease of 9-Nov-2021 lapsed.", "9-Nov-2021", "2021-11-09", "2021-11-09"),
        ("The memo of 2023.10.02 leaked.", "2023.10.02", "2023-10-02", "2023-10-02"),
        ("They return tomorrow.", "tomorrow", "2025-06-19", "2025-06-19"),
        ("They speak tonight.", "tonight", "2025-06-18", "2025-06-18"),
        ("Chad, 2 June 2025: troops left.", "2 June 2025", "2025-06-02", "2025-06-02"),
        # verbs whose past looks like the present
        ("Oman shut its port on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("The shell hit a clinic on Thursday.", "on Thursday", "2025-06-12", "2025-06-12"),
        ("Lawmakers overrode the veto on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("The dam opens in December.", "in December", "2025-12-01", "2025-12-31"),
        ("The museums bade him farewell on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("Editors recast the page on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("Traders outsold their rivals on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        ("Shares rebound on Monday.", "on Monday", "2025-06-16", "2025-06-16"),
        # one further than the next or the last
        ("The choir sings the Saturday after next.", "the Saturday after next", "2025-06-28", "2025-06-28"),
        ("It was sold the Tuesday before last.", "the Tuesday before last", "2025-06-10", "2025-06-10"),
        ("They row the week after next.", "the week after next", "2025-06-30", "2025-07-06"),
        ("It dried up the year before last.", "the year before last", "2023-01-01", "2023-12-31"),
        ("They dined the weekend before last.", "the weekend before last", "2025-06-07", "2025-06-08"),
        # the part before its whole, the day behind its year
        ("Late in March the ice broke.", "Late in March", "2025-03-21", "2025-03-31"),
        ("They came early in the 1980s.", "early in the 1980s", "1980-01-01", "1983-12-31"),
        ("They came late in 2016.", "late in 2016", "2016-09-01", "2016-12-31"),
        ("A year ago on April 2 the pit caved in.", "A year ago on April 2", "2024-04-02", "2024-04-02"),
        ("It was dug six years ago, in May.", "six years ago, in May", "2019-05-01", "2019-05-31"),
        ("The lake froze on the ninth of January.", "on the ninth of January", "2025-01-09", "2025-01-09"),
        ("It was signed on the thirtieth of March, 2019.", "on the thirtieth of March, 2019", "2019-03-30", "2019-03-30"),
        ("The bell rang on the last Monday of 2022.", "on the last Monday of 2022", "2022-12-26", "2022-12-26"),
        ("Ferries were full over the Whitsun weekend.", "over the Whitsun weekend", "2025-06-07", "2025-06-08"),
        ("The auction due in November was called off.", "in November", "2025-11-01", "2025-11-30"),
        ("Profit fell 4% in the first quarter.", "in the first quarter", "2025-01-01", "2025-03-31"),
        ("The mill said third-quarter sales shrank.", "third-quarter", "2024-07-01", "2024-09-30"),
        # days of the calendar
        ("They left on New Year's Eve.", "on New Year's Eve", "2024-12-31", "2024-12-31"),
        ("They left on Good Friday.", "on Good Friday", "2025-04-18", "2025-04-18"),
        ("They left on Thanksgiving.", "on Thanksgiving", "2024-11-28", "2024-11-28"),
    ],
)  # fmt: skip
def test_resolves(parsed: Parse, text: str, span: str, first: str, last: str) -> None:
    assert only(extract_dates(parsed(text))) == (span, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so.",
        "She may march again.",
        "Some 2,000 people fled.",
        "Over 1,990 soldiers fled.",
        "They fled under Resolution 2249.",
        "They watch it every Monday.",
        "We sat in the sun and wed.",
        "They march on 31 June.",
        "It rose 3.5 per cent.",
        "They serve easter eggs.",
        "Silva scored in the second quarter.",
        "In the fiscal first quarter it lost $9m.",
        "The lake is dry in the summer and full in the spring.",
        "The spring offensive failed.",
    ],
)
def test_leaves_alone(parsed: Parse, text: str) -> None:
    assert extract_dates(parsed(text)) == []


def test_a_list_of_days_is_a_row_each(parsed: Parse) -> None:
    rows = extract_dates(parsed("Schools close on 2, 11 and 23 May 2024."))
    assert [str(row.date_from) for row in rows] == ["2024-05-02", "2024-05-11", "2024-05-23"]
    assert rows[-1].text == "23 May 2024"


def test_the_same_day_is_that_spoken_of(parsed: Parse) -> None:
    rows = extract_dates(parsed("They met on 3 May 2014. The same day a bridge fell."))
    assert [str(row.date_from) for row in rows] == ["2014-05-03", "2014-05-03"]


def test_days_after_another_date(parsed: Parse) -> None:
    rows = extract_dates(
        parsed("They met on 3 May 2014. The next day they left. Two weeks later they were back.")
    )
    assert [str(row.date_from) for row in rows] == ["2014-05-03", "2014-05-04", "2014-05-12"]


def test_two_days_of_one_month(parsed: Parse) -> None:
    rows = extract_dates(parsed("They met on 3 and 5 May 2014."))
    assert [str(row.date_from) for row in rows] == ["2014-05-03", "2014-05-05"]


def test_headline_tells_the_past_in_the_present(parsed: Parse) -> None:
    headline, body = extract_dates(parsed("Minister meets envoys on Monday\n\nThe talks begin on Monday."))
    assert str(headline.date_from) == "2025-06-16"
    assert str(body.date_from) == "2025-06-23"


@pytest.mark.parametrize(
    ("day_first", "day", "basis"), [(True, "2025-04-03", "day first"), (False, "2025-03-04", "month first")]
)
def test_ambiguous_numeric_dates_follow_the_setting(
    parsed: Parse, day_first: bool, day: str, basis: str
) -> None:
    (found,) = find(parsed("It happened on 03/04/2025."), day_first=day_first)
    assert found.reading.period is not None
    assert (str(found.reading.period.first), found.reading.basis) == (day, basis)


def test_without_a_day_of_publication_only_explicit_dates_resolve(parsed: Parse) -> None:
    rows = extract_dates(parsed("They met on 3 May 2014, again last week and on Monday.", None))
    assert [row.date_from for row in rows] == [dt.date(2014, 5, 3), None, None]
    assert [row.basis for row in rows] == ["explicit", "relative", "weekday"]


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2199, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_any_day_written_out_is_read_back(tokenized: Parse, day: dt.date) -> None:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    month = months[day.month - 1]
    for written in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert written in [match.group() for _, match in candidates(f"They met on {written}.")]
    (row,) = extract_dates(tokenized(f"They met on {day.day} {month} {day.year}."))
    assert (row.date_from, row.date_to) == (day, day)


@given(
    st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)),
    st.sampled_from(["week", "month", "quarter", "year"]),
)
def test_every_day_lies_in_its_unit(day: dt.date, unit: str) -> None:
    period = periods.unit_period(day, unit)
    assert period.first <= day <= period.last
    assert periods.unit_period(period.last + dt.timedelta(days=1), unit).first == period.last + dt.timedelta(
        days=1
    )


@given(st.text(alphabet="0123456789/-.,: '’MayonJuneagolastweekth\n", max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_yields_rows_that_point_at_it(tokenized: Parse, text: str) -> None:
    article = tokenized(text)
    for row in extract_dates(article):
        assert row.text == article.article.text[row.start : row.end]


def test_time_grows_with_length() -> None:
    def took(times: int) -> float:
        text = "On Monday, 3 May 2014, two years ago, 1,1,1,1 last the the 20 20 20 May May " * times
        start = time.process_time()
        candidates(text)
        return time.process_time() - start

    took(10)
    assert took(200) < 40 * max(took(20), 5e-3)

"""Where reported speech ends, and who speaks behind another clause."""

from collections.abc import Callable

import pytest

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes import extract_quotes

Read = Callable[[str], ParsedArticle]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The mayor said the bridge would close on Friday, citing cracks.",
            "the bridge would close on Friday",
        ),
        (
            "The mayor said the bridge would close on Friday citing engineers.",
            "the bridge would close on Friday",
        ),
        (
            "The mayor said the bridge would close, but acknowledged that it was old.",
            "the bridge would close",
        ),
        (
            "According to a May 4, 2021 city report, the bridge leaks.",
            "the bridge leaks",
        ),
        (
            "The mayor said the bridge would stay open in an interview with the Daily Post.",
            "the bridge would stay open",
        ),
        ("The ministry announced the arrests in a statement.", "the arrests"),
        (
            "The mayor said the plant would move to Ann Arbor, Michigan, and create 300 jobs.",
            "the plant would move to Ann Arbor, Michigan, and create 300 jobs",
        ),
        (
            "The minister says the road is open, and the bridge will open on Monday.",
            "the road is open, and the bridge will open on Monday",
        ),
        ("The agency said inflation rose to 5%.", "inflation rose to 5%"),
        ("The agency said winds reached 110 mph (177 km/h).", "winds reached 110 mph (177 km/h)"),
    ],
)
def test_where_a_statement_ends(parsed: Read, text: str, content: str) -> None:
    assert content in [q.text for q in extract_quotes(parsed(text), [])]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ruiz announced a ban on plastic bags while visiting the beach.", "a ban on plastic bags"),
        ("Ruiz welcomed the truce after meeting the envoy.", "the truce"),
        ("The union opposed the merger before the vote.", "the merger"),
        ("Kovac accused the bank of fraud during a debate.", "the bank of fraud"),
        ("Berg called for calm when shots fell.", "calm"),
        ("Berg criticised the tax as she left the hall.", "the tax"),
        ("Berg promised a new school despite the debt.", "a new school"),
        ("Berg described the plan as a mistake.", "the plan as a mistake"),
        ("Berg said the shop would close after the holidays.", "the shop would close after the holidays"),
        ("The council wants to wait until the spring.", "to wait until the spring"),
    ],
)
def test_when_something_is_promised_or_refused(parsed: Read, text: str, content: str) -> None:
    assert [q.text for q in extract_quotes(parsed(text), [])] == [content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The guard claimed he had slept, a story that nobody believed.", "he had slept"),
        ("The deputy supports the bill, a break with her party.", "the bill"),
        ("Prosecutors say Stern took bribes, charges he has denied.", "Stern took bribes"),
        (
            "The guard said he had met Stern, a banker who later fled.",
            "he had met Stern, a banker who later fled",
        ),
        ("The union demands a raise, a pension and a shorter week.", "a raise, a pension and a shorter week"),
    ],
)
def test_what_sums_up_a_statement_is_none_of_it(parsed: Read, text: str, content: str) -> None:
    assert next(q.text for q in extract_quotes(parsed(text), [])) == content


def test_what_was_said_in_an_interview_that_is_told_of(parsed: Read) -> None:
    said = [q.text for q in extract_quotes(parsed("The mayor said she had admitted it in an interview."), [])]
    assert "she had admitted it in an interview" in said


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "The union leader, Ana Ruiz, praised the deal, and the Oxfam director, Paul Okoth, said food was short.",
            "food was short",
            "the Oxfam director, Paul Okoth",
        ),
        (
            "The bishop, Jan Roe, called it a gift, and the club's chair, Lena Holm, said talks were close.",
            "talks were close",
            "the club's chair, Lena Holm",
        ),
    ],
)
def test_a_speaker_behind_another_clause(parsed: Read, text: str, content: str, speaker: str) -> None:
    assert (content, speaker) in [(q.text, q.speaker) for q in extract_quotes(parsed(text), [])]

"""What is done and what is said with the same words."""

from collections.abc import Callable

import pytest

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes import extract_quotes

Read = Callable[[str], ParsedArticle]

DEEDS = [
    "The mill reported a loss of nine million euros.",
    "A jury found the guard guilty of theft.",
    "The guard was found dead near the pier.",
    "The weekly interviewed two drivers.",
    "A widow sued the mill.",
    "The envoy thanked the crew.",
    "The town passed a law that would allow hunting.",
    "Their decision to close the pool came late.",
    "The judges convicted a clerk of fraud.",
    "There is no evidence that the pill helps.",
    "The clerk refused to comment.",
    "The clerk refused to answer.",
    "The singer was known for his love of the sea.",
    "A crowd gathered to oppose the merger.",
]


@pytest.mark.parametrize("text", DEEDS)
def test_what_is_done_is_no_quote(parsed: Read, text: str) -> None:
    assert extract_quotes(parsed(text), []) == []


SAID = [
    ("A nurse reported a rise in fevers.", "a rise in fevers"),
    ("The review found that two guards had slept.", "that two guards had slept"),
    ("The envoy thanked the crew for saving the ship.", "the crew for saving the ship"),
    ("The judge determined that the fence was legal.", "that the fence was legal"),
    ("The agency that opposes the bridge met in May.", "the bridge"),
    ("The bishop refused to apologise for the letter.", "to apologise for the letter"),
    ("The party declined to endorse its rival.", "to endorse its rival"),
    ("The council continues to support the dam.", "the dam"),
    ("The union began to oppose the merger.", "the merger"),
    ("Her concern about the dam grew.", "the dam"),
]


@pytest.mark.parametrize(("text", "content"), SAID)
def test_the_same_words_may_attribute(parsed: Read, text: str, content: str) -> None:
    assert [q.content for q in extract_quotes(parsed(text), [])] == [content]


def test_a_clause_behind_and_stands_not_aside(parsed: Read) -> None:
    assert extract_quotes(parsed("The crowd sang, and the guards answered with a song."), []) == []

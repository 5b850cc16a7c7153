import pytest

from pipeline.read.header import read_header
from pipeline.read.layout import blocks, is_heading


def laid_out(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in blocks(text, read_header(text).start)[0]]


@pytest.mark.parametrize(
    "line",
    [
        "Ships leave harbour",
        "What the ministers want",
        "LETTERS.",
        "FULL TEXT",
        "‘Nothing left’",
        "2025 in pictures",
        "Day five: two towns fall",
    ],
)
def test_headings(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ships have left.",
        "The ships have left.[4]",
        "“The ships have left,” she said.",
        "Monday, March 2, 2026",
        "2 March 2026",
        "12:05 a.m.",
        "“They left and never came back” – Ana Ruiz",
        "and the fish",
        "The statement read:",
        "1234",
        "word " * 40,
    ],
)
def test_no_headings(line: str) -> None:
    assert not is_heading(line)


def test_an_article_with_all_parts() -> None:
    text = (
        "date 2026-03-02\nFerry strike enters second week\nBy Ana Ruiz and Tom Berg\n\nCrews stayed ashore.\n\n"
        "No talks planned\n\nThe company said nothing. – Harbour Post/Agencies\n"
    )
    assert laid_out(text) == [
        ("heading", "Ferry strike enters second week"),
        ("credit", "By Ana Ruiz and Tom Berg"),
        ("body", "Crews stayed ashore."),
        ("heading", "No talks planned"),
        ("body", "The company said nothing."),
        ("credit", "Harbour Post/Agencies"),
    ]
    found, credit = blocks(text, 16)
    assert credit == "Harbour Post/Agencies"
    assert [b.paragraph for b in found] == [0, 1, 2, 3, 4, 4]


def test_one_line_is_the_text_and_the_last_line_no_heading() -> None:
    assert laid_out("Ships leave harbour") == [("body", "Ships leave harbour")]
    assert laid_out("Ships left.\n\nMore came from the north") == [
        ("body", "Ships left."),
        ("body", "More came from the north"),
    ]


def test_offsets_survive_carriage_returns() -> None:
    text = "date 2026-03-02\r\n\r\nShips left.\r\n\r\nThey came back.\r\n"
    assert laid_out(text) == [("body", "Ships left."), ("body", "They came back.")]

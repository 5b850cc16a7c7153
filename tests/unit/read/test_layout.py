from datetime import date

import pytest

from pipeline.read.layout import blocks, calendar_day, date_in_name, header, is_heading


def laid_out(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in blocks(text, header(text)[1])[0]]


@pytest.mark.parametrize(
    "text",
    [" date 2026-03-02 Ships left.", "date 2026-03-02\r\n\r\nShips left.", "\ndate: 2026-03-02\nShips left."],
)
def test_header_ends_before_the_text(text: str) -> None:
    written, start = header(text)
    assert (written, text[start:].strip()) == ("2026-03-02", "Ships left.")


@pytest.mark.parametrize(
    "text", ["The date 2026-03-02 was set.", "date unknown", "date 20260302", "dated 2026-03-02", ""]
)
def test_text_is_no_header(text: str) -> None:
    assert header(text) == (None, 0)


def test_only_days_on_the_calendar() -> None:
    assert calendar_day("2024-02-29") == calendar_day("2024-2-29") == date(2024, 2, 29)
    assert calendar_day("2026-13-45") is calendar_day("2025-02-29") is calendar_day("0000-01-01") is None


def test_date_in_a_files_name() -> None:
    assert date_in_name("wire_20260302_0715.txt") == date_in_name("2026-03-02-ships.txt") == date(2026, 3, 2)
    assert date_in_name("99999999_2026.03.02") == date(2026, 3, 2)
    assert date_in_name("000_7fb43b955e31ba1c.txt") is date_in_name("123456789.txt") is None


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

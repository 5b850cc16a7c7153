"""Cells that differ are marked, empty ones never; numbers sort by value."""

from pipeline.report.views import Differs, Line, Number, counted, packed, told_apart


def marked(lines: list[Line]) -> list[list[bool]]:
    return [[isinstance(cell, Differs) for cell in line.cells] for line in lines]


def test_the_odd_one_out_is_marked() -> None:
    lines = [Line(["Norland", "12"]), Line(["Norland", "15"]), Line(["Norland", "12"])]
    assert marked(told_apart(lines, (0, 1))) == [[False, False], [False, True], [False, False]]


def test_where_all_differ_all_are_marked_and_silence_is_not() -> None:
    lines = [Line(["army"]), Line(["rebels"]), Line([None])]
    assert marked(told_apart(lines, (0,))) == [[True], [True], [False]]


def test_a_number_keeps_its_value_beside_its_words() -> None:
    cell = counted(1200, "at least 1,200")
    assert cell == Number(1200.0, "at least 1,200")
    assert packed(cell) == {"t": "at least 1,200", "v": 1200.0}
    assert counted(None) is None
    assert counted(None, "up to 9") == "up to 9"

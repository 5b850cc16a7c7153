from datetime import date

import pytest

from pipeline.read.layout import blocks
from pipeline.read.names import day_in_folders, day_in_name
from pipeline.read.publication import byline, date_line, from_dateline, from_path

DAY = date(2026, 5, 17)


@pytest.mark.parametrize(
    "name",
    [
        "2026-05-17-ferries", "wire_20260517_0715", "99999999_2026.05.17", "2026_5_17 x", "20260517T0645", "x-20260517064500",
        "17-05-2026_essa", "17052026_b", "17 May 2026 c", "17may2026", "May-17-2026", "essa_may_17th_2026", "2026 May 17",
    ],
)  # fmt: skip
def test_a_day_in_a_name(name: str) -> None:
    assert day_in_name(name) == (DAY, None)


@pytest.mark.parametrize(
    "name",
    [
        "000_7fb43b955e31ba1c",
        "123456789",
        "essa_20260231",
        "1234567820260517",
        "id_20261399",
        "may 2026",
        "12-2026",
        "31-02-2026",
    ],
)
def test_no_day_in_a_name(name: str) -> None:
    assert day_in_name(name) == (None, None)


@pytest.mark.parametrize("name", ["05-07-2026", "05072026", "2026-05-17_2026-05-24"])
def test_a_doubtful_name_says_why(name: str) -> None:
    day, doubt = day_in_name(name)
    assert day is None
    assert name in (doubt or "")


@pytest.mark.parametrize(
    "folders",
    [
        ["2026", "05", "17"],
        ["2026", "May", "17"],
        ["2026", "05-May", "17"],
        ["2026-05", "17"],
        ["wire", "2026-05-17"],
        ["20260517", "b"],
    ],
)
def test_a_day_in_folders(folders: list[str]) -> None:
    assert day_in_folders(folders) == (DAY, None)


def test_a_month_is_no_day() -> None:
    assert day_in_folders(["2026", "05"])[0] is None
    assert "month" in (day_in_folders(["2026", "05"])[1] or "")
    assert day_in_folders(["05", "17"]) == day_in_folders([]) == (None, None)


def test_the_name_of_the_file_goes_before_its_folders() -> None:
    assert from_path("2026/05/16/essa-2026-05-17.txt").basis == "file_name"
    assert from_path("2026/05/17/essa.txt").basis == "folder_name"
    assert from_path("2026/05/17/03-04-2026.txt").day == DAY


@pytest.mark.parametrize(
    "line",
    [
        "17 May 2026",
        "Published: May 17, 2026 06:45",
        "First published on Sunday 17 May 2026",
        "By Ana Ruiz | May 17, 2026",
        "Posted 17.05.2026",
    ],
)
def test_lines_that_are_a_date(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert (found[0].day, found[1]) == (DAY, False)


def test_a_change_is_no_publication() -> None:
    found = date_line("Last updated: 18 May 2026")
    assert found is not None and found[1]


@pytest.mark.parametrize(
    "line", ["On 17 May 2026 two ferries left.", "17 May", "2026", "By Ana Ruiz", "Essa, 17 May 2026 (HP)"]
)
def test_lines_that_tell_more_or_less(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("PORT ESSA, May 17, 2026 (HP) – ", DAY),
        ("Port Essa, 17 May 2026 -- ", DAY),
        ("PORT ESSA, Norland, May 17, 2026 — ", DAY),
        ("PORT ESSA, May 17 (HP) - ", None),
        ("The mayor said on 17 May 2026: ", None),
    ],
)
def test_a_dateline_with_its_year(dateline: str, day: date | None) -> None:
    text = f"{dateline}Two ferries left before dawn.\n\nThey came back."
    assert from_dateline(text, blocks(text, 0)[0]).day == day


def test_bylines_with_and_without_a_date() -> None:
    assert byline("By Ana Ruiz | May 17, 2026") == byline("By Ana Ruiz") == "Ana Ruiz"
    assert byline("Two ferries left on May 17, 2026") is byline("By Monday two ferries had left") is None

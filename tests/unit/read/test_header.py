from datetime import date

import pytest

from pipeline.read.header import read_header

TEXT = "Two ferries left Port Essa before dawn."
DAY = date(2026, 5, 17)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (" date 2026-05-17 ", None),
        ("date 2026-05-17\r\n\r\n", None),
        ("\ndate: 2026-05-17\n", None),
        ("DATE\t2026-5-17\n", None),
        ("date\u00a02026-05-17\n", None),
        ("\ufeff\ufeffdate 2026-05-17\n", None),
        ("date 20260517\n", None),
        ("Date: 17 May 2026\n", None),
        ("Date: Sunday, May 17th, 2026\n", None),
        ("date = 17.05.2026\n", None),
        ("date: 17/5/2026\n", None),
        ("dated 2026/05/17\n", None),
        ("Published: 2026-05-17\n", None),
        ("Published on 17 May 2026, 06:45 GMT\n", "2026-05-17T06:45Z"),
        ("date 2026-05-17 06:45\n", "2026-05-17T06:45"),
        ("date 2026-05-17T23:30:10Z\n", "2026-05-17T23:30:10Z"),
        ("pubDate: Sun, 17 May 2026 23:30:10 +0200\n", "2026-05-17T23:30:10+02:00"),
        ("Date: May 17, 2026, 6:45 p.m. IST\n", "2026-05-17T18:45"),
        ("article:published_time: 2026-05-17T06:45:00+01:00\n", "2026-05-17T06:45:00+01:00"),
    ],
)
def test_a_header_in_many_forms(written: str, at: str | None) -> None:
    found = read_header(written + TEXT)
    assert (found.day, found.at, found.basis, found.seen) == (DAY, at, "header", None)
    assert (written + TEXT)[found.start :].strip() == TEXT


@pytest.mark.parametrize(
    "line", ["2026-05-17", "17 May 2026", "Sunday, May 17, 2026 | 06:45", "(17 May 2026)"]
)
def test_a_first_line_that_is_a_date(line: str) -> None:
    found = read_header(f"{line}\n\n{TEXT}")
    assert (found.day, found.basis) == (DAY, "line")
    assert found.start >= len(line)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("date 2026-13-45\n", "calendar"),
        ("Date: 05/07/2026\n", "2026-07-05 or 2026-05-07"),
        ("Date: 17-05-26\n", "17-05-26"),
        ("Date: Monday, 17 May 2026\n", "no Monday"),
        ("Updated: 17 May 2026\n", "changed"),
        ("Date: 17 mai 2026\n", "17 mai 2026"),
    ],
)
def test_what_is_not_certain_is_seen_and_no_text(header: str, why: str) -> None:
    found = read_header(header + TEXT)
    assert found.day is None
    assert why in (found.seen or "")
    assert found.start == len(header)


def test_a_weekday_decides_between_two_readings() -> None:
    assert read_header(f"Date: Sunday 05/07/2026\n{TEXT}").day == date(2026, 7, 5)


@pytest.mark.parametrize(
    "text",
    [
        "The date 2026-05-17 was set.",
        "date unknown\nThe rest.",
        "Date palms grow here.",
        "Essa: two ferries left.",
        "Published works fill the shelf.",
        "17 May 2026",
        "--- \nno front matter",
        "---\nkey: [\n---\nText.",
        "",
        "\ufeff",
    ],
)
def test_text_is_no_header(text: str) -> None:
    found = read_header(text)
    assert (found.start, found.day, found.seen, found.told) == (0, None, None, {})


PAIRS = """Title: Ferries leave Port Essa
Date: 17 May 2026 06:45 CEST
Outlet: Harbour Post
Byline: Ana Ruiz and Tom Berg
URL: https://harbour.example/a?b=1
Section: Trade

"""
YAML = """---
title: "Ferries leave Port Essa"
date: 2026-05-17T06:45:00+02:00
source: Harbour Post
authors: [Ana Ruiz, Tom Berg]
tags: {a: 1}
---
"""
TOML = '+++\ntitle = "Ferries leave Port Essa"\ndate = 2026-05-17\npublisher = "Harbour Post"\n+++\n'


@pytest.mark.parametrize("header", [PAIRS, YAML, TOML, PAIRS.replace("\n", "\r\n")])
def test_a_header_of_several_lines(header: str) -> None:
    found = read_header(header + TEXT)
    assert found.day == DAY
    assert (found.told["headline"], found.told["outlet"]) == ("Ferries leave Port Essa", "Harbour Post")
    start, end = found.spans["headline"]
    assert (header + TEXT)[start:end] == "Ferries leave Port Essa"
    assert (header + TEXT)[found.start :].strip() == TEXT


def test_the_other_fields_are_told_as_they_stand() -> None:
    told = read_header(PAIRS + TEXT).told
    assert (told["author"], told["url"]) == ("Ana Ruiz and Tom Berg", "https://harbour.example/a?b=1")
    assert told["section"] == "Trade"
    assert read_header(YAML + TEXT).told["author"] == "Ana Ruiz, Tom Berg"


def test_front_matter_cannot_blow_up() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert read_header(f"---\n{bomb}title: X\n---\n{TEXT}").told == {"headline": "X"}
    assert read_header(f"---\nk: {'[' * 5000}\n---\n{TEXT}").told == {}

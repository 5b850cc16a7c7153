"""What charts draw: deeds unless asked, strays left out and counted, pairs busiest first."""

import pandas as pd

from pipeline.report import charts
from pipeline.report.drawn import by_day, over_time
from pipeline.report.names import anchor, filtered, place


def events(days: list[str], *, deed: bool = True) -> pd.DataFrame:
    """One report of each day, counted."""
    return pd.DataFrame({"day": days, "event_type": "ASSAULT", "deed": deed, "n": 1})


def test_a_stray_article_does_not_squeeze_the_axis() -> None:
    days = [f"2026-02-{d:02d}" for d in range(1, 29)] * 8
    rows, unit, strays = over_time(events([*days, "1987-05-01"]))
    assert strays == 1
    assert unit == "yearmonthdate"
    assert {row["day"] for row in rows} == set(days)


def test_plans_are_told_apart_from_deeds() -> None:
    rows, _, _ = over_time(pd.concat([events(["2026-02-01"]), events(["2026-02-01"], deed=False)]))
    assert sorted(row["deed"] for row in rows) == [False, True]


def test_the_chart_over_time_stays_small_and_its_table_readable() -> None:
    days = [f"2026-02-{d:02d}" for d in range(1, 29)]
    rows, unit, _ = over_time(pd.concat([events(days), events(days[:3], deed=False)]))
    spec = charts.events_over_time(rows, unit, {"ASSAULT": "attacks"})
    assert spec["data"]["values"].splitlines()[:2] == ["day,event_type,deed,events", "2026-02-01,ASSAULT,0,1"]
    assert len(spec["data"]["values"]) < 30 * (len(rows) + 1)
    table = by_day(rows, unit)
    assert len(table) == len(days)
    assert table[0] == {
        "published": "2026-02-01",
        "deeds": 1,
        "plans_and_denials": 1,
        "mostly": "ASSAULT",
        "href": "events/2026-02.html#published=2026-02-01",
    }


def test_addresses_of_rows_and_of_filtered_lists() -> None:
    assert anchor("a/b#event12.2") == "event12.2"
    assert place("a", "a#event12").endswith("#t-event12")
    assert filtered("events/2026-02.html", type="ASSAULT", who="") == "events/2026-02.html#type=ASSAULT"
    assert filtered("x.html", to_whom="Port Essa & co") == "x.html#to-whom=Port%20Essa%20%26%20co"

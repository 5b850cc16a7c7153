"""What is kept of each month, so that rows are read only for pages that are made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline.report import groups
from pipeline.report.groups import Kind, Known, load_known
from pipeline.report.ties import COUNT, NAMED, SOURCE, WITH
from schemas.arrow import arrow_schema

Row = dict[str, Any]
NEWEST_FIRST = (("published_on", "descending"), ("doc_id", "ascending"))
KINDS = {
    "said": Kind(
        "quotes",
        "speaker_id",
        "quote_id",
        ("quote_id", "speaker_id", "doc_id", "published_on"),
        NEWEST_FIRST,
        most=2,
    ),
    "did": Kind(
        "events", "actor_id", "event_id", ("event_id", "doc_id", "published_on"), NEWEST_FIRST, role="actor"
    ),
}


def write(data: Path, table: str, month: str, rows: list[Row]) -> None:
    schema = arrow_schema(table)
    whole = [{name: row.get(name) for name in schema.names} for row in rows]
    path = data / "parquet" / table / f"{month}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(whole, schema), path)


def quote(number: int, month: str, speaker: str | None) -> Row:
    doc_id = f"{month}/{number}"
    day = date.fromisoformat(f"{month}-10") if month[0] == "2" else None
    key = f"{doc_id}#quote{number}"
    return {"quote_id": key, "doc_id": doc_id, "speaker_id": speaker, "published_on": day}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for month, numbers in (("2026-01", (1, 2)), ("2026-02", (3,)), ("undated", (4,))):
        write(
            tmp_path,
            "quotes",
            month,
            [quote(n, month, "person:ana") for n in numbers] + [quote(9, month, None)],
        )
    event = {
        "event_id": "2026-01/1#event5",
        "doc_id": "2026-01/1",
        "incident_id": "i",
        "recipient_names": "Ben | the town",
    }
    write(tmp_path, "events", "2026-01", [event])
    party = {"event_id": event["event_id"], "doc_id": "2026-01/1", "role": "actor", "actor_id": "person:ana"}
    write(tmp_path, "event_actors", "2026-01", [party, party | {"text": "she"}])
    figure = {
        "figure_id": "2026-01/1#figure7",
        "event_id": event["event_id"],
        "tally_id": "t",
        "source_id": "body:x",
    }
    write(tmp_path, "figures", "2026-01", [figure])
    return tmp_path


def known(data: Path, **marks: str) -> Known:
    found = {"2026-02": "a", "2026-01": "a", "undated": "a"} | {
        name.replace("_", "-"): mark for name, mark in marks.items()
    }
    return load_known(data, data / "state", KINDS, found)


def test_rows_belong_to_the_groups_of_their_key(data: Path) -> None:
    said, did = known(data).groups("said"), known(data).groups("did")
    assert (said.size("person:ana"), said.size("nobody")) == (4, 0)
    assert said.sizes(pa.chunked_array([["nobody", "person:ana"], ["nobody"]])).tolist() == [0, 4, 0]
    assert said.of("nobody") == []
    assert [row["event_id"] for row in did.of("person:ana")] == [
        "2026-01/1#event5"
    ]  # a party told twice is one
    assert did.first("person:ana") == ("2026-01/1", "2026-01/1#event5")
    assert did.first("nobody") is None


def test_only_months_that_a_page_shows_rows_of_are_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = known(data).groups("said")
    read: list[str] = []
    real: Callable[..., pa.Table] = groups.read
    monkeypatch.setattr(
        groups, "read", lambda data, month, kind: read.append(month) or real(data, month, kind)
    )
    rows = said.of("person:ana", 2)
    assert [row["quote_id"] for row in rows] == ["2026-02/3#quote3", "2026-01/1#quote1"]
    assert sorted(read) == ["2026-01", "2026-02"]  # an undated one comes last, and two are enough
    said.of("person:ana")
    assert len(read) == 2


def digest(found: Known, key: str) -> int:
    """A number that is another where the quotes of a speaker are others."""
    kept = found.of("said")
    return sum(kept.filter(pc.equal(kept["key"], key))["digest"].to_pylist())


def test_a_month_is_looked_through_again_where_its_tables_are_others(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(known(data), "person:ana")
    seen: list[str] = []
    real: Callable[..., pa.Table] = groups.looked_through
    monkeypatch.setattr(
        groups, "looked_through", lambda data, month, *rest: seen.append(month) or real(data, month, *rest)
    )
    assert digest(known(data), "person:ana") == before
    assert seen == []
    write(data, "quotes", "2026-02", [])
    again = known(data, **{"2026_02": "b"})
    changed = again.groups("said")
    assert (seen, changed.size("person:ana")) == (["2026-02"], 3)
    assert digest(again, "person:ana") != before


def test_of_a_group_in_many_months_only_those_that_changed_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    months = [f"2025-{number:02}" for number in range(1, 13)]
    marks = dict.fromkeys(months, "a")
    for month in months:
        write(tmp_path, "quotes", month, [quote(1, month, "person:ana"), quote(2, month, "person:ana")])
    kind = {"said": replace(KINDS["said"], most=None)}
    read: list[str] = []
    real: Callable[..., pa.Table] = groups.read
    monkeypatch.setattr(
        groups, "read", lambda data, month, kind: read.append(month) or real(data, month, kind)
    )

    def said() -> list[Row]:
        known = load_known(tmp_path, tmp_path / "state", kind, marks)
        read.clear()
        return known.groups("said").of("person:ana")

    first = said()
    assert (len(first), sorted(read)) == (24, months)
    assert (said(), read) == (first, [])
    write(tmp_path, "quotes", "2025-05", [quote(1, "2025-05", "person:ana")])
    marks["2025-05"] = "b"
    fewer = said()
    assert (read, fewer) == (["2025-05"], [row for row in first if row["quote_id"] != "2025-05/2#quote2"])
    (kept,) = (tmp_path / "state").glob("often.said.*")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert said() == fewer
    assert sorted(read) == months
    for month in months[3:]:
        write(tmp_path, "quotes", month, [quote(1, month, None)])
        marks[month] = "c"
    assert [row["quote_id"] for row in said()] == [
        f"{month}/{n}#quote{n}" for month in months[2::-1] for n in (1, 2)
    ]
    assert not kept.exists()


def test_events_of_months_asked_for_again_are_read_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = known(data)
    read: list[str] = []
    real: Callable[..., pa.Table] = groups.part
    monkeypatch.setattr(
        groups,
        "part",
        lambda data, table, month, columns: read.append(month) or real(data, table, month, columns),
    )
    for month in ("2026-01", "2026-02", "2026-01"):
        found.events_of(month, ("event_id",))
    assert read == ["2026-01", "2026-02"]
    for number in range(groups.AT_HAND):
        found.events_of(f"2030-{number:02}", ("event_id",))
    assert found.events_of("2026-01", ("event_id",))["event_id"].to_pylist() == ["2026-01/1#event5"]
    assert read.count("2026-01") == 2


def test_what_is_kept_of_a_month_goes_with_it(data: Path) -> None:
    known(data)
    load_known(data, data / "state", KINDS, {"2026-01": "a"})
    assert sorted(path.name for path in (data / "state").iterdir()) == [
        "articles.2026-01.arrow",
        "groups.2026-01.arrow",
    ]


def test_ties_of_a_month_are_known(data: Path) -> None:
    found = known(data)
    assert found.pairs(WITH) == [("person:ana", "Ben"), ("person:ana", "the town")]
    assert found.tied(WITH, {"Ben", "nobody"}) == {"person:ana"}
    assert found.pairs(SOURCE) == [("t", "body:x")]
    assert found.pairs(COUNT) == [("i", "t")]
    assert found.of_month(NAMED, "2026-01") == ["person:ana"]

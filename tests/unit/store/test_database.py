import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.store import database
from pipeline.store.publish import publish
from schemas import TABLES
from schemas.arrow import arrow_schema
from schemas.views import VIEWS
from tests.sample import ROWS, tables

Open = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """The database of a version that holds the sample tables, some of them replaced."""
    found: list[duckdb.DuckDBPyConnection] = []

    def make(kind: str = "tables", **changed: pa.Table) -> duckdb.DuckDBPyConnection:
        for name, rows in tables(**changed).items():
            publish(name, rows, tmp_path)
        found.append(duckdb.connect(str(database.write(tmp_path, kind)), read_only=True))
        return found[-1]

    yield make
    for connection in found:
        connection.close()


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = connection.execute(sql)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def table(name: str, *changes: dict[str, Any]) -> pa.Table:
    """A sample table whose first row was changed in some ways, a row each."""
    first = ROWS[name][0]
    return pa.Table.from_pylist([{**first, **change} for change in changes], arrow_schema(name))


@pytest.mark.parametrize("kind", ["tables", "views"])
def test_it_holds_every_table_as_published(opened: Open, kind: str) -> None:
    connection = opened(kind)
    for name, expected in tables().items():
        assert rows(connection, f"from {name}") == expected.to_pylist()
        described = [row["column_name"] for row in rows(connection, f"describe {name}")]
        assert described == expected.column_names


@pytest.mark.parametrize("kind", ["tables", "views"])
def test_tables_and_columns_say_what_they_are(opened: Open, kind: str) -> None:
    said = rows(
        opened(kind), "select table_name, column_name, comment from duckdb_columns() where not internal"
    )
    meaning = {(row["table_name"], row["column_name"]): row["comment"] for row in said}
    for name, facts in TABLES.items():
        for column in facts.columns.values():
            assert column.description in meaning[name, column.name]
    for name, view in VIEWS.items():
        assert {c for t, c in meaning if t == name} == set(view.columns)
        assert all(meaning[name, column] == told for column, told in view.columns.items())


def test_a_view_has_the_columns_that_its_comments_tell(opened: Open) -> None:
    connection = opened()
    for view in VIEWS.values():
        found = [row["column_name"] for row in rows(connection, f"describe {view.name}")]
        assert found == list(view.columns)
        assert view.description.endswith(".")


def test_it_opens_from_anywhere_and_wherever_it_is_copied_to(opened: Open, tmp_path: Path) -> None:
    opened().close()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / database.NAME).rename(elsewhere / "copy.duckdb")
    for path in (tmp_path / "parquet").rglob("*.parquet"):
        path.unlink()
    code = (
        "import duckdb; print(duckdb.connect('copy.duckdb', read_only=True).execute('from said').fetchall())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    assert "the mayor" in done.stdout


def test_each_pair_of_parties_is_a_row(opened: Open) -> None:
    actors = table(
        "actors",
        {"actor_id": "x", "name": "Norland", "country": "NOR"},
        {"actor_id": "y", "name": "Eastmark", "country": "DNK"},
        {"actor_id": "z", "name": "Sudmark", "country": "SWE"},
    )
    parties = table(
        "event_actors",
        {"event_actor_id": "1", "role": "actor", "actor_id": "x"},
        {"event_actor_id": "2", "role": "recipient", "actor_id": "y"},
        {"event_actor_id": "3", "role": "recipient", "actor_id": "z"},
        {"event_actor_id": "4", "role": "recipient", "actor_id": None, "text": "villagers"},
    )
    event = ROWS["events"][0]["event_id"]
    found = rows(opened(actors=actors, event_actors=parties), f"from event_pairs where event_id = '{event}'")
    assert {(row["actor"], row["actor_country"]) for row in found} == {("Norland", "NOR")}
    assert {(row["recipient"], row["recipient_country"]) for row in found} == {
        ("Eastmark", "DNK"),
        ("Sudmark", "SWE"),
        ("villagers", None),
    }
    assert {row["weeks_ago"] for row in found} == {0}


def test_an_event_without_parties_stays(opened: Open) -> None:
    found = rows(opened(event_actors=table("event_actors").slice(0, 0)), "from event_pairs")
    assert len(found) == len(ROWS["events"])
    assert found[0]["actor"] is None


def test_dyads_are_counted_by_month_and_only_facts(opened: Open) -> None:
    day = dt.date(2026, 3, 5)
    events = table(
        "events",
        {"event_id": "1", "status": "actual", "date_from": day, "date_to": day, "incident_id": "i"},
        {"event_id": "2", "status": "actual", "date_from": day, "date_to": day, "incident_id": "i"},
        {"event_id": "3", "status": "future", "date_from": day, "date_to": day, "incident_id": None},
    )
    parties = table(
        "event_actors",
        *(
            {"event_actor_id": f"{event}{role}", "event_id": event, "role": role, "actor_id": actor}
            for event in "123"
            for role, actor in (("actor", "army"), ("recipient", "mayor"))
        ),
    )
    (row,) = rows(opened(events=events, event_actors=parties), "from dyads_by_month")
    assert (row["month"], row["n_reports"], row["n_incidents"]) == (dt.date(2026, 3, 1), 2, 1)


def test_a_count_as_it_grew_and_its_latest_figure(opened: Open) -> None:
    figures = table(
        "figures",
        {"figure_id": "a", "value": 5.0, "published_on": dt.date(2026, 3, 2), "source_id": "mayor"},
        {"figure_id": "b", "value": 7.0, "published_on": dt.date(2026, 3, 4), "source_id": None},
        {"figure_id": "c", "value": 6.0, "published_on": dt.date(2026, 3, 4), "source_id": "army"},
    )
    tally = table(
        "tallies",
        {"latest_value": 6.0, "latest_on": dt.date(2026, 3, 4), "value_low": 5.0, "value_high": 7.0},
    )
    connection = opened(figures=figures, tallies=tally)
    grew = rows(connection, "select value, counted_by from counts order by published_on, value")
    assert [row["value"] for row in grew] == [5.0, 6.0, 7.0]
    assert [row["counted_by"] for row in grew][2] == "the article itself"
    (latest,) = rows(connection, "from latest_tallies")
    assert latest["doc_id"] == figures["doc_id"][0].as_py()
    assert latest["counted_by"] == grew[1]["counted_by"]


def test_a_dispute_shows_both_sentences(opened: Open) -> None:
    events = table(
        "events",
        {"event_id": "yes", "attributed_to": "the mayor", "sentence": "It fell.", "incident_id": "i"},
        {"event_id": "no", "attributed_to": None, "sentence": "It never fell.", "incident_id": "i"},
    )
    incident = table(
        "incidents",
        {
            "incident_id": "i",
            "corroboration": "disputed",
            "disputed_over": "whether",
            "claim_event_id": "yes",
            "counter_event_id": "no",
        },
    )
    links = table("incident_links").slice(0, 0)
    (row,) = rows(opened(events=events, incidents=incident, incident_links=links), "from disputes")
    assert (row["affirmed_by"], row["affirmed"], row["denied"]) == ("the mayor", "It fell.", "It never fell.")
    assert row["denied_by"] == "a"


def test_a_table_that_was_never_published_is_there_and_empty(tmp_path: Path) -> None:
    for name, found in tables().items():
        if name != "quotes":
            publish(name, found, tmp_path)
    with duckdb.connect(str(database.write(tmp_path)), read_only=True) as connection:
        assert rows(connection, "from said") == []
        assert len(rows(connection, "describe quotes")) == len(TABLES["quotes"].columns)


def test_the_mark_tells_kinds_apart() -> None:
    assert database.mark("tables") == database.mark("tables")
    assert database.mark("tables") != database.mark("views")


def test_a_database_follows_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Months that change, come and go, an article without a day, rows across articles: the rows of one made anew."""
    doc = ROWS["documents"][0]

    def quote(number: int, day: dt.date | None, content: str) -> dict[str, Any]:
        return ROWS["quotes"][0] | {"quote_id": f"q{number}", "published_on": day, "content": content}

    days = [dt.date(2026, month, 3) for month in (1, 2, 3)]
    steps: list[dict[str, list[dict[str, Any]]]] = [
        {"quotes": [quote(n, day, "Words.") for n, day in enumerate(days)]},
        {"quotes": [quote(0, days[0], "Words."), quote(1, days[1], "Others."), quote(3, days[1], "More.")]},
        {
            "quotes": [quote(0, days[0], "Words."), quote(4, None, "When?")],
            "documents": [doc, doc | {"doc_id": "b"}],
        },
        {"actors": [], "quotes": [quote(4, None, "When?"), quote(5, days[2], "Back.")]},
    ]
    made: list[str] = []
    real = database._write
    monkeypatch.setattr(database, "_write", lambda *some: made.append("anew") or real(*some))
    before = None
    for number, changed in enumerate(steps):
        folder = tmp_path / str(number)
        for name, found in tables(
            **{n: pa.Table.from_pylist(r, arrow_schema(n)) for n, r in changed.items()}
        ).items():
            publish(name, found, folder)
        path = database.write(folder, before=before)
        mark = folder / database.mark("tables")
        mark.parent.mkdir(exist_ok=True)
        mark.touch()
        with duckdb.connect(str(path), read_only=True) as connection:
            for name in TABLES:
                wanted = pa.concat_tables(
                    [
                        arrow_schema(name).empty_table(),
                        *(pq.read_table(p) for p in (folder / "parquet" / name).glob("*")),
                    ]
                ).to_pylist()
                assert sorted(map(repr, rows(connection, f"from {name}"))) == sorted(map(repr, wanted)), name
            assert rows(connection, "from said") is not None
        before = folder
    assert made == ["anew"]
    (tmp_path / "3" / database.mark("tables")).unlink()
    database.write(tmp_path / "2", before=tmp_path / "3")
    assert made == ["anew", "anew"]  # another program made it

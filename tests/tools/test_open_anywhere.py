"""What was published opens in the tools that analysts use, with the same rows, types, days and keys."""

import csv
import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

duckdb = pytest.importorskip("duckdb")
polars = pytest.importorskip("polars")

TABLES = [
    "documents", "sentences", "mentions", "actors", "dates", "quotes",
    "figures", "events", "event_actors", "incidents", "incident_links", "tallies", "rejected_documents",
]  # fmt: skip
STAR = """
    select count(*), count(a.name), count(d.doc_id), count(i.incident_id)
    from event_actors p
    join events e using (event_id)
    join documents d on d.doc_id = e.doc_id
    left join actors a on a.actor_id = p.actor_id
    left join incidents i on i.incident_id = e.incident_id
"""


@pytest.mark.parametrize("table", TABLES)
def test_every_reader_sees_the_same_rows(published: Path, table: str) -> None:
    folder = published / "parquet" / table
    arrow = ds.dataset(folder, format="parquet").to_table()
    assert len(pd.read_parquet(folder)) == arrow.num_rows
    assert polars.read_parquet(folder / "*.parquet").height == arrow.num_rows
    found = duckdb.connect().execute(f"select count(*) from '{folder}/*.parquet'").fetchone()
    assert found == (arrow.num_rows,)
    frame = pd.read_csv(
        published / "csv" / f"{table}.csv", encoding="utf-8-sig", keep_default_na=False, dtype=str
    )
    assert len(frame) == arrow.num_rows
    assert list(frame.columns) == arrow.column_names


def test_days_and_nulls_keep_their_types(published: Path) -> None:
    rows = (
        duckdb.connect()
        .execute(
            f"select published_on, credit from '{published}/parquet/documents/*.parquet' order by doc_id"
        )
        .fetchall()
    )
    assert [row[0] for row in rows] == [dt.date(2026, 3, 2), dt.date(2026, 3, 3), None]
    assert [row[1] for row in rows] == [None, "Northern Press/Agencies", None]
    frame = polars.read_parquet(f"{published}/parquet/figures/*.parquet")
    assert frame.schema["value"] == polars.Float64
    assert frame.schema["published_on"] == polars.Date


def test_the_star_joins(published: Path) -> None:
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"create view {table} as from '{published}/parquet/{table}/*.parquet'")
    found = connection.execute(STAR).fetchone()
    assert found is not None
    parties, named, in_documents, in_incidents = found
    assert parties == in_documents == in_incidents > 0
    assert 0 < named <= parties
    counted = connection.execute("select count(*), count(distinct event_id) from events").fetchone()
    assert counted is not None and counted[0] == counted[1]


def test_the_package_is_valid_frictionless(published: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(published / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]


def test_tableau_reads_the_parquet(published: Path) -> None:
    hyper = pytest.importorskip("tableauhyperapi")
    with (
        hyper.HyperProcess(
            telemetry=hyper.Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters={"log_config": ""}
        ) as server,
        hyper.Connection(endpoint=server.endpoint) as connection,
    ):
        for table in TABLES:
            for path in sorted((published / "parquet" / table).glob("*.parquet")):
                query = f"select count(*) from external('{path}', format => 'parquet')"
                assert connection.execute_scalar_query(query) == pq.read_metadata(path).num_rows


def cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield from row.values()


def test_no_cell_of_the_csv_runs_as_a_formula(published: Path) -> None:
    files = sorted((published / "csv").glob("*.csv"))
    assert len(files) == len(TABLES)
    formulas = [cell for path in files for cell in cells(path) if len(cell) > 1 and cell[0] in "=@\t\r"]
    assert formulas == []
    assert any(cell.startswith("'=SUM(") for cell in cells(published / "csv" / "sentences.csv"))


def test_csv_opens_in_excel_with_every_character(published: Path) -> None:
    raw = (published / "csv" / "documents.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "أخبار" in raw.decode("utf-8-sig")


def test_libreoffice_shows_every_character_and_runs_nothing(published: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice Calc (Debian: apt-get install libreoffice-calc)")
    csv_filter = "Text - txt - csv (StarCalc):44,34,76,1,,0"
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={csv_filter},true,false", "--convert-to", f"csv:{csv_filter},true,true,false"]
    command += ["--outdir", str(tmp_path), str(published / "csv" / "sentences.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shown = pd.read_csv(tmp_path / "sentences.csv", encoding="utf-8-sig", keep_default_na=False, dtype=str)
    written = pd.read_csv(
        published / "csv" / "sentences.csv", encoding="utf-8-sig", keep_default_na=False, dtype=str
    )
    assert list(shown["text"]) == list(written["text"])
    assert list(shown["doc_id"]) == list(written["doc_id"])


def test_the_package_names_every_file(published: Path) -> None:
    package = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    named = {
        path
        for r in package["resources"]
        for path in ([r["path"]] if isinstance(r["path"], str) else r["path"])
    }
    assert named
    assert all((published / path).exists() for path in named)

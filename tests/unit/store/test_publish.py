import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.store import publish as publishing
from pipeline.store.parts import digest
from pipeline.store.publish import publish, write_csv

SCHEMA = pa.schema(
    [("doc_id", pa.string()), ("published_on", pa.date32()), ("text", pa.string()), ("value", pa.float64())]
)


def table(*rows: tuple[str, date | None, str | None, float | None]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


JANUARY = ("a", date(2026, 1, 31), "one", 1.0)
FEBRUARY = ("b", date(2026, 2, 1), "two", -2.0)
UNDATED = ("c", None, None, None)


def names(paths: list[Path]) -> list[str]:
    return sorted(p.name for p in paths)


def test_a_file_a_month_and_only_changed_ones_are_written(tmp_path: Path) -> None:
    assert names(publish("figures", table(JANUARY, FEBRUARY, UNDATED), tmp_path)) == [
        "2026-01.parquet",
        "2026-02.parquet",
        "figures.csv",
        "undated.parquet",
    ]
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in tmp_path.rglob("*") if p.is_file()}
    assert publish("figures", table(JANUARY, FEBRUARY, UNDATED), tmp_path) == []
    assert before == {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in tmp_path.rglob("*") if p.is_file()}

    changed = table(JANUARY, ("b", date(2026, 2, 1), "three", -2.0))
    assert names(publish("figures", changed, tmp_path)) == [
        "2026-02.parquet",
        "figures.csv",
        "undated.parquet",
    ]
    assert not (tmp_path / "parquet" / "figures" / "undated.parquet").exists()
    folder = tmp_path / "parquet" / "figures"
    assert pa.concat_tables(pq.read_table(p) for p in sorted(folder.iterdir())).equals(changed)
    assert pq.read_schema(folder / "2026-01.parquet").equals(SCHEMA)


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    publish("figures", table(), tmp_path)
    found = pq.read_table(tmp_path / "parquet" / "figures" / "undated.parquet")
    assert (found.num_rows, found.schema) == (0, SCHEMA)


def test_tables_that_span_documents_are_one_file(tmp_path: Path) -> None:
    publish("actors", pa.table({"actor_id": ["x"]}), tmp_path)
    assert [p.name for p in (tmp_path / "parquet" / "actors").iterdir()] == ["all.parquet"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_no_cell_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    path = tmp_path / "x.csv"
    write_csv(table((f"{start}1+1", None, f"a{start}b", -1.0)), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["doc_id"], row["text"], row["value"]) == (f"'{start}1+1", f"a{start}b", "-1")


def test_one_sign_alone_is_no_formula(tmp_path: Path) -> None:
    write_csv(table(("=", None, "-", 1.0)), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["doc_id"], row["text"]) == ("=", "-")


def test_csv_keeps_every_character(tmp_path: Path) -> None:
    text = 'He said: "أخبار, Nicolás"\r\n\nand;left\u2028'
    write_csv(table(("a", date(2026, 1, 1), text, 0.1), ("b", None, "", None)), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [["a", "2026-01-01", text, "0.1"], ["b", "", "", ""]]


def test_a_file_that_was_touched_is_made_again(tmp_path: Path) -> None:
    publish("figures", table(JANUARY, FEBRUARY), tmp_path)
    january = tmp_path / "parquet" / "figures" / "2026-01.parquet"
    good = january.read_bytes()
    january.write_bytes(b"spoilt")
    (tmp_path / "csv" / "figures.csv").unlink()
    assert names(publish("figures", table(JANUARY, FEBRUARY), tmp_path)) == ["2026-01.parquet", "figures.csv"]
    assert january.read_bytes() == good


def test_rows_out_of_order_come_into_the_same_files(tmp_path: Path) -> None:
    publish("figures", table(FEBRUARY, JANUARY, UNDATED, FEBRUARY), tmp_path)
    folder = tmp_path / "parquet" / "figures"
    assert {p.stem: pq.read_table(p).num_rows for p in folder.iterdir()} == {
        "2026-01": 1,
        "2026-02": 2,
        "undated": 1,
    }


def test_the_fingerprint_of_rows_is_of_them_alone() -> None:
    rows = pa.table({"word": ["a", None, "c", None, "e"], "flag": [True, None, False, None, True]})
    alone = pa.table({"word": ["c", None], "flag": [False, None]})
    assert digest(rows.slice(2, 2)) == digest(alone)
    assert digest(pa.concat_tables([alone.slice(0, 1), alone.slice(1)])) == digest(alone)
    assert digest(rows.slice(1, 2)) != digest(alone)


def test_of_a_csv_file_only_the_months_that_changed_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
        written.append(batch.num_rows)
        return real(batch)

    real = publishing._harmless
    monkeypatch.setattr(publishing, "_harmless", harmless)
    march = ("d", date(2026, 3, 1), '=1+1, "two"\nlines, ünïcode', 4.0)
    publish("figures", table(JANUARY, FEBRUARY, march, UNDATED), tmp_path)
    path = tmp_path / "csv" / "figures.csv"
    for changed in (
        table(JANUARY, ("b", date(2026, 2, 1), "another, longer", 2.0), march, UNDATED),
        table(JANUARY, march, UNDATED),
        table(JANUARY, march, march, UNDATED),
    ):
        written.clear()
        assert path in publish("figures", changed, tmp_path)
        assert sum(written) <= 2
        write_csv(changed, tmp_path / "whole.csv")
        assert path.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_nothing_is_copied_from_a_csv_file_that_was_touched(tmp_path: Path) -> None:
    publish("figures", table(JANUARY, FEBRUARY), tmp_path)
    path = tmp_path / "csv" / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"one", b"ONE") + b"\n")
    publish("figures", table(JANUARY, ("b", date(2026, 2, 1), "three", -2.0)), tmp_path)
    write_csv(table(JANUARY, ("b", date(2026, 2, 1), "three", -2.0)), tmp_path / "whole.csv")
    assert path.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_csv_by_month_or_none_takes_the_place_of_the_whole_file(tmp_path: Path) -> None:
    rows = table(JANUARY, FEBRUARY)
    publish("figures", rows, tmp_path)
    assert names(publish("figures", rows, tmp_path, csv="months")) == [
        "2026-01.csv",
        "2026-02.csv",
        "figures.csv",
    ]
    assert not (tmp_path / "csv" / "figures.csv").exists()
    with (tmp_path / "csv" / "figures" / "2026-02.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["doc_id"] for row in csv.DictReader(file)] == ["b"]
    assert publish("figures", rows, tmp_path, csv="months") == []
    assert names(publish("figures", table(JANUARY), tmp_path, csv="months")) == [
        "2026-02.csv",
        "2026-02.parquet",
    ]
    assert names(publish("figures", table(JANUARY), tmp_path, csv="off")) == ["2026-01.csv"]
    assert list((tmp_path / "csv").iterdir()) == []
    assert names(publish("figures", table(JANUARY), tmp_path)) == ["figures.csv"]

import pyarrow as pa

from pipeline.orchestration.metadata import markdown_table, measured, preview, rows_by_month
from pipeline.store.parts import cut
from schemas import TABLES
from tests.sample import table


def test_nothing_breaks_out_of_a_cell() -> None:
    text = markdown_table(["a"], [["x | y\n<script>`*_"], [None], ["w" * 500]])
    lines = text.splitlines()
    assert len(lines) == 5
    assert "<script>" not in text
    assert "x \\| y" in lines[2]
    assert lines[3] == "|  |"
    assert len(lines[4]) < 120


def test_the_preview_is_short() -> None:
    many = pa.concat_tables([table("events")] * 20)
    shown = preview(TABLES["events"], many)
    assert len(shown.records) == 10
    assert len(shown.schema.columns) == 10
    assert {"event_type", "status", "text"} <= {column.name for column in shown.schema.columns}


def test_months_are_counted() -> None:
    undated = table("sentences").set_column(1, "published_on", pa.array([None], pa.date32()))
    rows = pa.concat_tables([table("sentences"), table("sentences"), undated])
    lines = str(rows_by_month(cut(rows)).value).splitlines()
    assert lines[2].startswith("| 2026-03 | 2 | █")
    assert lines[3].startswith("| undated | 1 | █")
    assert len(str(rows_by_month(cut(table("sentences", []))).value).splitlines()) == 2


def test_accuracy_is_shown_where_it_was_measured() -> None:
    assert "per cent" in str(measured(TABLES["quotes"])["accuracy"].value)
    assert measured(TABLES["rejected_documents"]) == {}

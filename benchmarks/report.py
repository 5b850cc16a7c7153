"""How the pages grow: `python benchmarks/report.py DATA [--copies N]`.

Takes what a run published under DATA, multiplies it by copies of its articles, and writes the pages of that: all of
them, then again with nothing changed, then with one article changed. Prints times, each beside the first, and the size
of the front page.
"""

import argparse
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.report.build import write_report

KEYS = (
    "doc_id",
    "sentence_id",
    "event_id",
    "event_actor_id",
    "quote_id",
    "figure_id",
    "mention_id",
    "date_id",
)


def multiply(data: Path, target: Path, copies: int) -> None:
    """Write copies of every table that has documents; the tables that span documents stay as they are."""
    for path in sorted((data / "parquet").glob("*/*.parquet")):
        table = pq.ParquetFile(path).read()
        out = target / "parquet" / path.parent.name / path.name
        out.parent.mkdir(parents=True, exist_ok=True)
        if path.stem == "all":
            pq.write_table(table, out)
            continue
        pq.write_table(pa.concat_tables(_copy(table, n) for n in range(copies)), out)


def _copy(table: pa.Table, n: int) -> pa.Table:
    for key in set(KEYS) & set(table.column_names):
        column = pc.binary_join_element_wise(table[key], f"-{n}", "")
        table = table.set_column(table.column_names.index(key), table.schema.field(key), column)
    return table


def timed(data: Path) -> tuple[float, str]:
    start = time.perf_counter()
    report = write_report(data)
    return time.perf_counter() - start, f"{report.written} of {report.pages} pages written"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--copies", type=int, default=5000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        multiply(arguments.data, data, arguments.copies)
        n = sum(pq.read_metadata(p).num_rows for p in (data / "parquet" / "documents").glob("*.parquet"))
        first, said = timed(data)
        print(f"{n} articles, first time: {first:.1f} s, {said}")
        again, said = timed(data)
        print(f"nothing changed: {again:.1f} s ({again / first:.3f} of the first time), {said}")
        month = next((data / "parquet" / "documents").glob("*.parquet"))
        table: pa.Table = pq.ParquetFile(month).read()
        title = pa.array(["Another title", *table["title"].to_pylist()[1:]], pa.string())
        pq.write_table(table.set_column(table.column_names.index("title"), "title", title), month)
        one, said = timed(data)
        print(f"one article changed: {one:.1f} s ({one / first:.3f} of the first time), {said}")
        size = (data / "report" / "index.html").stat().st_size
        print(f"front page: {size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()

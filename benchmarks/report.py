"""How the pages grow: `python -m benchmarks.report DATA [--articles N] [--keep DIR] [--browser]`.

Takes what a run published under DATA, multiplies its articles, incidents and tallies to N articles (actors stay as many as
they are), and writes the pages of that: all of them, then again with nothing changed, then with one article changed. Prints
times, each beside the first, sizes, and with --browser (Chromium and playwright) how long the front page of both takes until it is loaded and
until its charts stand, and how long an article of 177 kB in one line takes; beside each what the page's thread computed, which a busy machine
changes little.
"""

import argparse
import math
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.report.build import write_report
from pipeline.report.load import count

KEYS = {
    "doc_id", "sentence_id", "event_id", "event_actor_id", "quote_id", "figure_id", "mention_id", "date_id", "incident_id", "tally_id",
    "duplicate_of", "claim_event_id", "counter_event_id", "from", "to", "incident_link_id",
}  # fmt: skip
"""Columns that get the copy's number; keys of actors do not."""
SAME = {"actors", "rejected_documents"}
LINE = 177_000
"""Characters of the long article."""


def multiply(data: Path, target: Path, copies: int) -> None:
    """Write copies of every table but those of actors and of what could not be read."""
    for path in sorted((data / "parquet").glob("*/*.parquet")):
        table = pq.ParquetFile(path).read()
        out = target / "parquet" / path.parent.name / path.name
        out.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.name not in SAME:
            table = pa.concat_tables(_copy(table, n) for n in range(copies))
        pq.write_table(table, out)


def _copy(table: pa.Table, n: int) -> pa.Table:
    for key in KEYS & set(table.column_names):
        column = pc.binary_join_element_wise(table[key], f"-{n}", "")
        table = table.set_column(table.column_names.index(key), table.schema.field(key), column)
    return table


def lengthen(data: Path, target: Path) -> str:
    """Write tables of one article alone, repeated in one line until it is `LINE` characters long; returns its key."""
    documents = pa.concat_tables(
        pq.ParquetFile(p).read() for p in sorted((data / "parquet/documents").glob("*.parquet"))
    )
    longest = max(documents.to_pylist(), key=lambda row: len(row["text"]))
    key, text = longest["doc_id"], longest["text"].replace("\n", " ") + " "
    times = math.ceil(LINE / len(text))
    for folder in sorted((data / "parquet").iterdir()):
        table = pa.concat_tables(pq.ParquetFile(p).read() for p in sorted(folder.glob("*.parquet")))
        rows = [row for row in table.to_pylist() if row.get("doc_id") == key]
        if folder.name == "documents":
            rows = [row | {"text": text * times, "body_end": len(text) * times} for row in rows]
        elif rows and "start" in rows[0]:
            rows = [_moved(row, n, len(text)) for n in range(times) for row in rows]
        out = target / "parquet" / folder.name / "all.parquet"
        out.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), out)
    return str(key)


def _moved(row: dict[str, Any], n: int, width: int) -> dict[str, Any]:
    """A row of the n-th repetition; all of them are one paragraph."""
    new: dict[str, Any] = {name: f"{row[name]}-{n}" for name in KEYS & row.keys() - {"doc_id"} if row[name]}
    new |= {name: row[name] + n * width for name in ("start", "end") if row[name] is not None}
    if "paragraph" in row:
        new |= {"paragraph": 0, "kind": "body"}
    if "spans" in row:
        spans = (map(int, span.split("-")) for span in row["spans"].split(";"))
        new["spans"] = ";".join(f"{a + n * width}-{b + n * width}" for a, b in spans)
    return row | new


def timed(data: Path) -> tuple[float, str]:
    start = time.process_time()
    report = write_report(data)
    return (
        time.process_time() - start,
        f"{report.written} of {report.pages} files written, {report.removed} removed",
    )


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def ready(chromium: Any, page: Path, until: str, rounds: int = 5) -> float:
    """Seconds, the median of some rounds, until a page's script says true."""
    seconds = []
    for _ in range(rounds):
        tab = chromium.new_page()
        tab.set_default_timeout(300_000)
        start = time.perf_counter()
        tab.goto(page.resolve().as_uri())
        tab.wait_for_function(until)
        seconds.append(time.perf_counter() - start)
        tab.close()
    return statistics.median(seconds)


def work(chromium: Any, page: Path, until: str = "true") -> float:
    """Seconds that a page's thread computes until the page is loaded and a script says true."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    tab.set_default_timeout(300_000)
    metrics = tab.context.new_cdp_session(tab)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.goto(page.resolve().as_uri())
    tab.wait_for_function(until)
    found = {m["name"]: m["value"] for m in metrics.send("Performance.getMetrics")["metrics"]}
    tab.close()
    return float(found["TaskDuration"])


DRAWN = "[...document.querySelectorAll('.chart')].every(c => c.querySelector('svg'))"
LAID_OUT = "document.readyState === 'complete'"


def grow(source: Path, data: Path, articles: int) -> None:
    """Multiply, write the pages three times, and say what that took."""
    multiply(source, data, math.ceil(articles / count(source, "documents")))
    first, said = timed(data)
    files = [p.stat().st_size for p in (data / "report").rglob("*") if p.is_file()]
    print(f"{count(data, 'documents'):,} articles, first time: {first:.1f} s of CPU, {said}")
    print(
        f"{len(files):,} files, {sum(files) / 1e6:,.0f} MB; front page {(data / 'report/index.html').stat().st_size / 1e3:.0f} kB"
    )
    again, said = timed(data)
    print(f"nothing changed: {again:.1f} s ({again / first:.3f} of the first time), {said}")
    month = max((data / "parquet" / "documents").glob("*.parquet"), key=lambda p: p.stat().st_size)
    table: pa.Table = pq.ParquetFile(month).read()
    title = pa.array(["Another title", *table["title"].to_pylist()[1:]], pa.string())
    pq.write_table(table.set_column(table.column_names.index("title"), "title", title), month)
    one, said = timed(data)
    print(f"one article's title changed: {one:.1f} s ({one / first:.3f} of the first time), {said}")


def look(source: Path, data: Path, folder: Path) -> None:
    """Say how long pages take in Chromium, beside those of the source."""
    long = folder / "long"
    lengthen(source, long)
    write_report(long)
    small = folder / "small"
    shutil.copytree(source / "parquet", small / "parquet")
    write_report(small)
    (article,) = (long / "report/articles").glob("*.html")
    n = article.read_text(encoding="utf-8").count('class="m ')
    pages = {
        f"front page of {count(small, 'documents')} articles": small / "report/index.html",
        f"front page of {count(data, 'documents'):,} articles": data / "report/index.html",
        f"article of {LINE / 1e3:.0f} kB in one line, {n:,} marks": article,
    }
    with browser() as chromium:
        first = None
        for name, page in pages.items():
            seconds, computed = ready(chromium, page, LAID_OUT), work(chromium, page)
            first = first or computed
            print(
                f"{name}: loaded in {seconds:.2f} s, {computed:.2f} s computed ({computed / first:.2f} times the first)"
            )
            if page != article:
                print(
                    f"    with its charts {ready(chromium, page, DRAWN):.2f} s, {work(chromium, page, DRAWN):.2f} s computed"
                )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="write there, and leave it")
    parser.add_argument("--browser", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        grow(arguments.data, folder / "many", arguments.articles)
        if arguments.browser:
            look(arguments.data, folder / "many", folder)


if __name__ == "__main__":
    main()

"""Time and memory of everything but extraction and linking: scan, cache, stage, publish.

    python benchmarks/storage.py [--documents 20000] [--per-day 50]

Extraction is faked: the rows of the articles in `seeds/` are copied under new keys. Linking gives each article its own
actors, incidents and tallies.
"""

import argparse
import dataclasses
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline import tables
from pipeline.extract.rows import ROW_TYPES, Extract
from pipeline.gather import gather, joined, months
from pipeline.read.article import Article
from pipeline.refresh import cached, extract_articles, extractor_version, load_manifest, refresh
from pipeline.settings import Settings
from pipeline.store import shards, staged
from pipeline.store.publish import publish
from schemas.validation import validate
from tests.unit import fakes

SEEDS = Path(__file__).parent.parent / "seeds"


def copy(rows: Extract, article: Article) -> Extract:
    """The rows of one article as another's."""
    old = rows.documents[0].doc_id
    out: dict[str, list[object]] = {}
    for table in ROW_TYPES:
        out[table] = []
        for row in getattr(rows, table):
            new = {
                f.name: value.replace(old, article.doc_id, 1)
                for f in dataclasses.fields(row)
                if isinstance(value := getattr(row, f.name), str) and value.startswith(old)
            }
            new["published_on"] = article.published_on
            if table == "documents":
                new |= {"path": article.path, "sha256": article.sha256, "text": article.text}
            out[table].append(dataclasses.replace(row, **new))
    return Extract(**out)  # type: ignore[arg-type]


def timed(label: str, start: float) -> float:
    """Say how long a step took, whatever else the machine does; returns the time now."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{label:<40}{time.process_time() - start:>8.1f} s of one core{memory:>8.2f} GB at most", flush=True
    )
    return time.process_time()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--per-day", type=int, default=50)
    options = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    bodies = [text[17:] for text in texts]
    patch = pytest.MonkeyPatch()
    originals = [
        rows for _, rows in extract_articles([a for a in map(read, texts) if isinstance(a, Article)])
    ]

    def fake(articles: list[Article]) -> Iterator[tuple[Article, Extract]]:
        for article in articles:
            yield article, copy(originals[int(article.doc_id[-6:]) % len(originals)], article)

    patch.setattr("pipeline.refresh.extract_articles", fake)
    patch.setattr("pipeline.tables._link", fakes.link)
    settings = Settings(workers=1)
    with tempfile.TemporaryDirectory() as folder:
        seeds, data = Path(folder) / "seeds", Path(folder) / "data"
        seeds.mkdir()
        for n in range(options.documents):
            day = date(2020, 1, 1) + timedelta(days=n // options.per_day)
            (seeds / f"{n:06}.txt").write_text(f"date {day} {n} {bodies[n % len(bodies)]}", "utf-8")
        for label in ("first run", "second run", "one article more"):
            print(f"-- {label}")
            if label.startswith("one"):
                (seeds / "999999.txt").write_text(f"date 2020-01-01 {bodies[0]}", "utf-8")
            start = time.process_time()
            print(refresh(seeds, data, settings))
            start = timed("scan, extract (faked), cache", start)
            n_rows = tables.assemble(data)
            start = timed(f"stage {sum(n_rows.values()):,} rows", start)
            found = shards.index(cached(data, extractor_version(settings)), load_manifest(data)[0].rows)
            rows = joined(gather(data, months(found)))
            start = timed(f"read {sum(part.num_rows for part in rows.values()):,} rows to link", start)
            for table in n_rows:
                validate(table, partial(staged.load, data))
            start = timed("validate", start)
            written = [path for table in n_rows for path in publish(table, staged.load(data, table), data)]
            timed(f"publish, {len(written)} files written", start)


def read(text: str) -> object:
    """An article of the seeds."""
    from pipeline.read.reader import article

    return article(text.encode(), "original.txt")


if __name__ == "__main__":
    main()

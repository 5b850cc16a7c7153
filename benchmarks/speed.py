"""Words a second of one core: of the reader, of each extractor, of both together.

    python -m benchmarks.speed SEEDS [--words N] [--rounds N] [--profile]

SEEDS is a folder of articles; the first N words of it are read once to warm up and then so many rounds, of which the
quickest counts. CPU seconds of one thread; on a machine that others use compare shares and ratios, not the numbers
themselves. `--profile` prints the functions that the rows cost most in.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import cProfile
import pstats
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from pipeline import extract, language
from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.read.article import Article
from pipeline.read.reader import read_article

READER, ROWS, ALL = "reader", "all rows", "reader and rows"
EXTRACTORS = ("dates", "mentions", "quotes", "figures", "events")
BAR = 1500

Costs = dict[str, float]


def articles(seeds: Path, words: int) -> list[Article]:
    """Articles of a folder, in order of their paths, until so many words are reached."""
    found: list[Article] = []
    n = 0
    for path in sorted(p for p in seeds.rglob("*") if p.is_file()):
        article = read_article(path, seeds)
        if isinstance(article, Article):
            found.append(article)
            n += n_words([article])
        if n >= words:
            break
    return found


def n_words(read: list[Article]) -> int:
    """Words, at blank space."""
    return sum(len(article.text.split()) for article in read)


def watch(costs: Costs) -> None:
    """Let each extractor add what it takes to the costs."""
    for name in EXTRACTORS:
        module = import_module(f"pipeline.extract.{name}")
        setattr(module, f"extract_{name}", _watched(getattr(module, f"extract_{name}"), name, costs))


def _watched(function: Callable[..., Any], name: str, costs: Costs) -> Callable[..., Any]:
    def watched(*args: Any, **options: Any) -> Any:
        begun = time.process_time()
        try:
            return function(*args, **options)
        finally:
            costs[name] += time.process_time() - begun

    return watched


def rows(parsed: list[ParsedArticle]) -> None:
    """Extract every row."""
    for article in parsed:
        extract.extract(article)


def one_round(read: list[Article], costs: Costs) -> Costs:
    """CPU seconds of reading and extracting all articles; `costs` is what the extractors write into."""
    costs.clear()
    begun = time.process_time()
    parsed = list(parse(read, language.load()))
    read_until = time.process_time()
    rows(parsed)
    done = time.process_time()
    return dict(costs) | {READER: read_until - begun, ROWS: done - read_until, ALL: done - begun}


@click.command()
@click.argument("seeds", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--words", default=30_000, show_default=True, help="Words of the articles that are measured.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--profile", is_flag=True)
def main(seeds: Path, words: int, rounds: int, profile: bool) -> None:
    """Print words a second."""
    read = articles(seeds, words)
    costs: Costs = defaultdict(float)
    watch(costs)
    rows(list(parse(read[: len(read) // 10 + 1], language.load())))  # loads models and word lists
    found = [one_round(read, costs) for _ in range(rounds)]
    total = n_words(read)
    click.echo(f"{len(read)} articles, {total:,} words")
    for name in (READER, *EXTRACTORS, ROWS, ALL):
        seconds = min(each[name] for each in found)
        click.echo(f"{name:16}{seconds:8.2f} s{total / seconds:10,.0f} words a second")
    click.echo(f"bar of both     {BAR:18,} words a second")
    if profile:
        parsed = list(parse(read, language.load()))
        profiler = cProfile.Profile()
        profiler.runcall(rows, parsed)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(50)


if __name__ == "__main__":
    main()

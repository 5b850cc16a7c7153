"""How well saved pages are read: precision and recall of the article's words, by layout.

python -m benchmarks.pages [--public DIR]

Without --public: twenty pages in five layouts of our own (`tests/pages.py`). DIR is a checkout of scrapinghub/article-extraction-benchmark
(`ground-truth.json` and `html/*.html.gz`); its measure, shingles of four words, is the one that is used for both. Beside what the program reads
stands all text of the page and trafilatura's faster way, so that the number can be judged.
"""

import argparse
import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.read.article import Article
from pipeline.read.reader import article
from tests.pages import PAGES

Sample = tuple[str, str, str]
"""Layout, the page's HTML, the words of its article."""


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)))


def scored(true: str, read: str) -> tuple[float, float]:
    """Precision and recall of what was read."""
    wanted, found = shingles(true), shingles(read)
    both = (wanted & found).total()
    return both / max(1, found.total()), both / max(1, wanted.total())


def ours(html: str) -> str:
    """The blocks that make rows: the article's, without lines that are no part of it; the headline is counted where the sample's article has it."""
    found = article(html.encode(), "page.html")
    if not isinstance(found, Article):
        return ""
    return "\n".join(found.text[b.start : b.end] for b in found.blocks)


def body(html: str) -> str:
    """As `ours`, without headings: public samples hold the body only."""
    found = article(html.encode(), "page.html")
    if not isinstance(found, Article):
        return ""
    return "\n".join(found.text[b.start : b.end] for b in found.blocks if b.kind != "heading")


def everything(html: str) -> str:
    from lxml.html import document_fromstring

    tree = document_fromstring(html)
    for element in tree.xpath("//script|//style|//head"):
        element.drop_tree()
    return str(tree.text_content())


def fast(html: str) -> str:
    from trafilatura import extract

    return extract(html, fast=True, include_comments=False, include_tables=False) or ""


def own() -> Iterator[Sample]:
    for page in PAGES:
        yield page.name.split("_")[0], page.html, "\n".join(page.article)


def public(folder: Path) -> Iterator[Sample]:
    for key, told in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
        html = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace")
        yield "public", html, told["articleBody"]


def table(samples: Iterable[Sample], readers: dict[str, Callable[[str], str]]) -> None:
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for layout, html, true in samples:
        for name, reader in readers.items():
            score = scored(true, reader(html))
            for row in dict.fromkeys((layout, "all")):
                found.setdefault((row, name), []).append(score)
    for (layout, name), scores in sorted(found.items(), key=lambda item: (item[0][0] == "all", item[0])):
        precision, recall = (100 * statistics.mean(s[i] for s in scores) for i in (0, 1))
        print(
            f"{layout:10} {name:12} pages {len(scores):4}  precision {precision:5.1f}  recall {recall:5.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--public", type=Path)
    options = parser.parse_args()
    others = {"fast": fast, "all text": everything}
    if options.public:
        table(public(options.public), {"read": body, **others})
    else:
        table(own(), {"read": ours, **others})


if __name__ == "__main__":
    main()

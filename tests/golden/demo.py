"""`python -m tests.golden.demo FOLDER`: the golden articles without their marks, as a folder of articles to try the program on."""

import sys
from pathlib import Path

from tests.golden import golden


def write(folder: Path) -> int:
    """Write every golden article as a text file; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    n = 0
    for part in golden.PARTS:
        articles, _ = golden.read(part)
        for article in articles:
            (folder / Path(article.path).name).write_text(article.text, encoding="utf-8")
            n += 1
    return n


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} articles in {sys.argv[1]}")

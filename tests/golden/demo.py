"""`python -m tests.golden.demo FOLDER`: articles of golden stories without their marks, a folder to try the program on."""

import sys
from pathlib import Path

from tests.golden import golden

STORIES = (
    "airstrike-camp", "army-rebels", "baghdad", "bank-sanctions", "blockade-lifted", "border-clash", "bridge-bombing", "budget-vote",
    "cali", "church-attack", "congo", "copies-and-quotes", "coup", "curfew-riots", "dam-dispute", "dhaka",
)  # fmt: skip
"""Stories of the demo from `stories/view`: enough for disputes, growing counts, copies, plans and denials."""
LAST_WEEKS = "demo"
"""The part of the stories that fills the demo's last two weeks, so that its front page sets one week beside the other."""


def write(folder: Path) -> int:
    """Write the articles of the demo's stories as text files; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    stories = [story for story in golden.read("view") if story.name in STORIES] + golden.read(LAST_WEEKS)
    articles = [article for story in stories for article in story.articles]
    for article in articles:
        (folder / Path(article.path).name).write_text(article.text, encoding="utf-8")
    return len(articles)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} articles in {sys.argv[1]}")

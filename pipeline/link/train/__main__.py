"""`python -m pipeline.link.train STORIES [--marked FILE --groups FILE --measured FILE]`: learn the weights of pair scores anew and write them.

`STORIES` is a folder of marked stories; `--marked` adds articles in which events that one article tells twice are marked, `--groups`
which of these events are one across articles.
"""

import csv
from pathlib import Path

import click
import pandas as pd

from pipeline.link.train.examples import (
    across_examples,
    count_examples,
    marked_articles,
    within_examples,
)
from pipeline.link.train.fit import Examples, model
from pipeline.link.train.stories import Story, read_stories
from pipeline.link.train.tables import extracted
from pipeline.link.weights import ALONE, LEVEL, PATH, SLOPE, THRESHOLD, Model, learned

Rows = dict[str, pd.DataFrame]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("stories", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--marked", type=FILE, help="Marked articles.")
@click.option("--groups", type=FILE, help="Which events of different marked articles are one.")
@click.option(
    "--measured",
    type=FILE,
    help="What links are measured on: its articles are no examples of links across articles.",
)
def train(stories: Path, marked: Path | None, groups: Path | None, measured: Path | None) -> None:
    """Learn the weights of pair scores from marked stories."""
    told = read_stories(stories)
    rows = extracted(article for story in told for article in story.articles)
    others = marked_articles(marked, groups) if marked else []
    more = extracted(article for story in others for article in story.articles)
    learn(told, rows, others, more, measured.read_text(encoding="utf-8") if measured else "")


def learn(told: list[Story], rows: Rows, others: list[Story], more: Rows, measured: str = "") -> None:
    """Fit the models and write their weights, one after another: accounts are made of reports, and figures are compared by their incidents.

    Articles that `measured` names are no examples of links across articles.
    """
    write(known() | {"within": fit("within", within_examples([*told, *others], _joined(rows, more)))})
    away = [story for story in others if not any(article.doc_id in measured for article in story.articles)]
    kept = {article.doc_id for story in away for article in story.articles}
    some = {table: frame[frame["doc_id"].isin(kept)] for table, frame in more.items()}
    write(known() | {"across": fit("across", across_examples([*told, *away], _joined(rows, some)))})
    write(known() | {"counts": fit("counts", count_examples(told, rows))})


def _joined(one: Rows, two: Rows) -> Rows:
    return {table: pd.concat([one[table], two[table]], ignore_index=True) for table in one}


def fit(name: str, found: Examples) -> Model:
    """The model of a name; tells how it does on stories left out."""
    made, try_ = model(name, found)
    print(
        f"{name}: {len(found.same)} pairs, {found.same.sum()} the same; on stories left out "
        f"precision {100 * try_.precision:.1f}, recall {100 * try_.recall:.1f}"
    )
    return made


def known() -> dict[str, Model]:
    """The models of the last training."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return {name: learned(name) for name in sorted({row["model"] for row in csv.DictReader(file)})}


def write(models: dict[str, Model]) -> None:
    """Write the weights of all models."""
    learned.cache_clear()
    with PATH.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weight"])
        for name, made in models.items():
            special = {THRESHOLD: made.threshold, SLOPE: made.slope, LEVEL: made.level, ALONE: made.alone}
            writer.writerows(
                (name, feature, round(weight, 10)) for feature, weight in {**made.weights, **special}.items()
            )


if __name__ == "__main__":
    train()

"""`python -m pipeline.link.train STORIES [--marked FILE ... --groups FILE --measured FILE --blocks FOLDER]`: learn the weights of pair scores anew and write them.

`STORIES` is a folder of marked stories; `--marked` adds articles in which events that one article tells twice are marked, `--groups`
which of these events are one across articles; `--blocks` adds the marked newswire from which events are learned, for reports of one article alone.
`--only` learns one model and leaves the others as they are.
"""

import csv
from pathlib import Path

import click

from pipeline.extract.events.train.blocks import blocks
from pipeline.link.train.examples import (
    across_examples,
    count_examples,
    marked_articles,
    stories_of,
    within_examples,
)
from pipeline.link.train.fit import Examples, model
from pipeline.link.train.stories import read_stories
from pipeline.link.train.told import joined, read, without
from pipeline.link.weights import ALONE, LEVEL, PATH, SLOPE, THRESHOLD, Model, learned

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


MODELS = ("within", "across", "counts")
"""In the order in which they are learned: accounts are made of reports, and figures are compared by their incidents."""


@click.command()
@click.argument("stories", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--marked", type=FILE, multiple=True, help="Marked articles; may be given more than once.")
@click.option("--groups", type=FILE, help="Which events of different marked articles are one.")
@click.option(
    "--measured",
    type=FILE,
    help="What links are measured on: its articles are no examples of links across articles.",
)
@click.option(
    "--blocks",
    "corpora",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder whose `language/` holds the corpora of the marked newswire: examples of reports of one article.",
)
@click.option("--only", type=click.Choice(MODELS), help="Learn this model alone.")
def train(
    stories: Path,
    marked: tuple[Path, ...],
    groups: Path | None,
    measured: Path | None,
    corpora: Path | None,
    only: str | None,
) -> None:
    """Learn the weights of pair scores from marked stories."""
    told = read(read_stories(stories))
    others = read([story for path in marked for story in marked_articles(path, groups)])
    newswire = read(stories_of(blocks(corpora)) if corpora and only in (None, "within") else [])
    away = without(others, measured.read_text(encoding="utf-8") if measured else "")
    examples = {
        "within": lambda: within_examples(*joined(told, others, newswire)),
        "across": lambda: across_examples(*joined(told, away)),
        "counts": lambda: count_examples(*told),
    }
    for name in MODELS if only is None else (only,):
        write(known() | {name: fit(name, examples[name]())})


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

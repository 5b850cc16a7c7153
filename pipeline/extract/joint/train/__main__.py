"""Train the network over whole articles: `python -m pipeline.extract.joint.train --data DIR`.

DIR and `--more` as of `pipeline.extract.events.train`. The same articles, language model and seed give the same weights on one
machine. One core, about forty minutes.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pathlib import Path
from random import Random

import click
import torch

from pipeline.extract.events.train.gold import Marked, lines, read
from pipeline.extract.events.train.words import STATUS
from pipeline.extract.joint import MODEL, Labels
from pipeline.extract.joint.train.data import example
from pipeline.extract.joint.train.export import export
from pipeline.extract.joint.train.loop import Item, items, train
from pipeline.extract.joint.train.net import Net
from pipeline.extract.joint.train.start import start_from_reader
from pipeline.language import MODEL as LANGUAGE
from pipeline.language import load
from pipeline.language.pieces import Splitter

READER = LANGUAGE / "encoder_reader"
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_MEASURED = 40
"""Windows on which the encoder's numbers are measured."""


@click.command()
@click.option("--data", type=_FOLDER, required=True, help="The folder of the marked articles.")
@click.option("--more", type=click.Path(exists=True, path_type=Path), multiple=True, help="Further ones.")
@click.option("--out", type=click.Path(path_type=Path), default=MODEL, show_default=True)
@click.option("--passes", default=9, show_default=True)
@click.option("--seed", default=0, show_default=True)
def main(data: Path, more: tuple[Path, ...], out: Path, passes: int, seed: int) -> None:
    """Train and write the model to `out`."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    marked = list(read(list(lines(data, more)), load()))
    labels = labels_of(marked)
    splitter = Splitter(READER / "tokenizer.json")
    windows = items([example(m, labels) for m in marked], splitter)
    click.echo(f"{len(marked)} articles, {len(windows)} windows")
    net = Net(labels)
    start_from_reader(net, READER)
    train(net, windows, splitter, labels.statuses, passes, seed, click.echo)
    write(net, labels, windows, out, seed)


def write(net: Net, labels: Labels, windows: list[Item], out: Path, seed: int) -> None:
    """Write the model, its numbers measured on some of the windows."""
    texts = Random(seed).sample([item.pieces for item in windows], min(_MEASURED, len(windows)))
    export(net, labels, out, texts)


def labels_of(marked: list[Marked]) -> Labels:
    """The types and kinds of actors that occur."""
    kinds = {a["type"] for m in marked for a in m.gold.get("actors") or [] if a.get("type")}
    return Labels(
        tuple(sorted({e["event_type"] for m in marked for e in m.events})), STATUS, tuple(sorted(kinds))
    )


if __name__ == "__main__":
    main()

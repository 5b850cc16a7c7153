"""`python -m pipeline.language.train --data DIR --encoder DIR [--out DIR]`: train the language model anew, or go on where it stopped."""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pathlib import Path
from random import Random

import click
import torch

from pipeline.language.pieces import Splitter
from pipeline.language.train import corpora, examples, loop, warm
from pipeline.language.train.assemble import assemble, record_scores
from pipeline.language.train.evaluate import evaluate
from pipeline.language.train.net import Net, load_encoder, read_config

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=_FOLDER, required=True, help="The data files (docs/language.md).")
@click.option(
    "--encoder", type=_FOLDER, required=True, help="config.json, model.safetensors, tokenizer.json."
)
@click.option("--out", type=click.Path(path_type=Path), default=Path("work/language"), show_default=True)
@click.option(
    "--start", type=click.Path(exists=True, path_type=Path), help="Weights of the trial to start from."
)
@click.option("--words", default=5_000_000.0, show_default=True, help="Words to train on.")
@click.option("--minutes", default=600.0, show_default=True, help="Minutes after which it ends anyway.")
@click.option("--seed", default=0, show_default=True)
def main(
    data: Path, encoder: Path, out: Path, start: Path | None, words: float, minutes: float, seed: int
) -> None:
    """Train and assemble `out`/model; `out`/checkpoint.pt holds where it stands, and a second call goes on from there."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    labels = examples.labels_of(corpora.treebanks(data))
    labels.save(out / "labels.json")
    net = Net(labels, read_config(encoder))
    load_encoder(net, encoder)
    if start is not None:
        warm.start_from(net, start)
    make = loop.make_examples(
        examples.Encoder(labels, Splitter(encoder / "tokenizer.json"), Random(seed)), data
    )
    loop.train(net, make, out / "checkpoint.pt", loop.Schedule(words, minutes), seed, click.echo)
    model = out / "model"
    nlp = assemble(net, encoder / "tokenizer.json", data, model)
    record_scores(model, dict(evaluate(nlp, data)))
    click.echo(model)


main()

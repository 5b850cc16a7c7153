"""`python -m pipeline.language.train --data DIR [--out DIR]`: train the language model anew."""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pathlib import Path

import click

from pipeline.language.train.recipe import run


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The data files (docs/language.md).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("work/language"),
    show_default=True,
    help="Where all steps are written.",
)
def main(data: Path, out: Path) -> None:
    """Train the language model from its data files."""
    click.echo(run(data, out))


main()

"""Scores and speed of the language pipeline: `python -m benchmarks.language --data DIR [--model MODEL]`.

DIR holds the data files that docs/language.md names. Each score is printed with its bar and the ratio of the two; exits 1 where one is missed.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import resource
import sys
import time
from pathlib import Path

import click
from spacy.language import Language

from pipeline.language import load
from pipeline.language.train import corpora
from pipeline.language.train.evaluate import evaluate

BARS = {
    ("gumnews-devtest", "upos"): 97.8,
    ("gumnews-devtest", "las"): 88.5,
    ("gumnews-devtest", "sentence_f1"): 94.0,
    ("ewt-test", "las"): 87.0,
    ("ner-gumnews-devtest", "f1"): 76.0,
    ("ner-uner-test", "f1"): 75.0,
    ("ner-wikigold-test", "f1"): 81.0,
    ("ner-re3d-test", "f1"): 85.0,
    ("ner-re3d-bbc", "f1"): 88.0,
    ("ner-btcnews-test", "f1"): 88.0,
    ("ner-gmb-test", "f1"): 91.0,
    ("names_mean", "f1"): 83.0,
}
WORDS_PER_SECOND, MEGABYTES, LOAD_SECONDS = 2000, 700, 3.0
"""The reader alone; of the whole extraction 1,500 words a second are asked."""


def words_per_second(nlp: Language, data: Path, words: int) -> float:
    """Words (at blank space) of newswire a second of one core, paragraph by paragraph."""
    texts: list[str] = []
    n = 0
    for doc in corpora.names(nlp.vocab, data, "ner-gmb-train"):
        if n >= words:
            break
        texts.append(doc.text)
        n += len(doc.text.split())
    list(nlp.pipe(texts[:50]))
    start = time.process_time()
    for _ in nlp.pipe(texts, batch_size=64):
        pass
    return n / (time.process_time() - start)


def line(what: str, value: float, bar: float, *, at_least: bool = True) -> bool:
    """Print a measure, its bar and their ratio; whether the bar is met."""
    met = value >= bar if at_least else value <= bar
    click.echo(
        f"{what:34}{value:10.1f}   bar {bar:8.1f}   ratio {value / bar:5.2f}   {'met' if met else 'MISSED'}"
    )
    return met


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--model", default=None, help="A spaCy pipeline; the settings' without one.")
@click.option("--words", default=60_000, help="Words parsed for the speed.")
def main(data: Path, model: str | None, words: int) -> None:
    """Print all scores, the speed, the memory and the time to load."""
    start = time.perf_counter()
    nlp = load(model)
    loading = time.perf_counter() - start
    speed = words_per_second(nlp, data, words)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scores = evaluate(nlp, data)
    for name, measures in scores.items():
        click.echo(f"{name:22}" + "  ".join(f"{measure} {value:g}" for measure, value in measures.items()))
    click.echo()
    met = [line(f"{name} {measure}", scores[name][measure], bar) for (name, measure), bar in BARS.items()]
    met.append(line("words a second, one core", speed, WORDS_PER_SECOND))
    met.append(line("memory (MB)", memory, MEGABYTES, at_least=False))
    met.append(line("load (s)", loading, LOAD_SECONDS, at_least=False))
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()

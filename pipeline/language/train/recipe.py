"""The training, step by step: corpora, parser, names, names again from fresh replacements, their mean, the whole pipeline."""

from pathlib import Path

from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops

from pipeline.language.train import callbacks, corpora  # noqa: F401  (registers what the configurations name)
from pipeline.language.train.assemble import assemble, record_scores
from pipeline.language.train.average import average
from pipeline.language.train.evaluate import evaluate

_CONFIGS = Path(__file__).parent


def run(data: Path, out: Path) -> Path:
    """Train from the data files in `data`, all steps below `out`; returns the folder of the finished model (`out`/model).

    About an hour on one core; set OMP_NUM_THREADS and OPENBLAS_NUM_THREADS to 1 for the same weights each time.
    """
    corpora.write(data, out / "corpora")
    parser = fit("parser", out, "train_parser", "dev_parser")
    names = fit("names", out, "train_names", "dev_names", parser=parser)
    again = fit("names_again", out, "train_names_again", "dev_names", names=names)
    average([names, again], out / "names_mean")
    model = out / "model"
    nlp = assemble(parser, out / "names_mean", data, model)
    record_scores(model, dict(evaluate(nlp, data)))
    return model


def fit(config: str, out: Path, train_on: str, watch_on: str, **start: Path) -> Path:
    """Train with `<config>.cfg`, from the trained parts that it asks for (`parser` or `names`); the folder of its last step.

    The last step, not the best on the small development set: that one can lie before the learning rate has come down.
    """
    set_current_ops(NumpyOps(use_blis=False))
    paths = {"paths.train": str(out / "corpora" / train_on), "paths.dev": str(out / "corpora" / watch_on)}
    paths.update({f"paths.{part}": str(model) for part, model in start.items()})
    nlp: Language = init_nlp(
        load_config(_CONFIGS / f"{config}.cfg", overrides=paths, interpolate=False), use_gpu=-1
    )
    (out / config).mkdir(parents=True, exist_ok=True)
    train(nlp, out / config, use_gpu=-1)
    return out / config / "model-last"

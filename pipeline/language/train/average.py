"""Average the weights of trainings that went on from one another: steadier than any of them, at no cost in speed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language


def average(models: Sequence[Path], out: Path) -> Language:
    """Write the pipeline whose every weight is the mean over `models` (the same components and shapes) to `out`."""
    first, *others = (spacy.load(model) for model in models)
    for name in first.pipe_names:
        pipes = [nlp.get_pipe(name) for nlp in (first, *others)]
        layers = zip(*(pipe.model.walk() for pipe in pipes if hasattr(pipe, "model")), strict=True)
        for layer in layers:
            for param in layer[0].param_names:
                if all(one.has_param(param) for one in layer):
                    mean = np.mean([one.get_param(param) for one in layer], axis=0)
                    layer[0].set_param(param, mean.astype("float32"))
    first.to_disk(out)
    return first

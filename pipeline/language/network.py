"""The trained network, run by ONNX Runtime: one text at a time, so that nothing depends on what else is read with it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.language.pieces import Pieces

Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]

NETWORK, RELATIONS = "network.onnx", "relations.onnx"
OUTPUTS = ("vectors", "upos", "tags", "feats", "lemmas", "starts", "names", "arcs")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of a text: a row for each word."""

    vectors: Scores
    upos: Scores
    tags: Scores
    feats: Scores
    lemmas: Scores
    starts: Scores
    """Above 0 where a sentence starts."""
    names: Scores
    arcs: Scores
    """By word and head; head 0 is the root, head i the word i - 1."""


class Network:
    """Two graphs: the encoder with most of its heads, and the relations, which need the heads of the words."""

    def __init__(self, folder: Path) -> None:
        """Load the graphs from a model's folder."""
        self._network = _session(folder / NETWORK)
        self._relations = _session(folder / RELATIONS)

    def read(self, pieces: Pieces) -> Reading:
        """Read one text."""
        inputs = {"ids": pieces.ids, "shapes": pieces.shapes, "first": pieces.first}
        feed = {name: np.array(values, dtype=np.int64) for name, values in inputs.items()}
        return Reading(*self._network.run(OUTPUTS, feed))

    def relations(self, vectors: Scores, heads: Numbers) -> Scores:
        """Scores of the relations of each word to its head (0: the root, i: the word i - 1)."""
        scores: Scores = self._relations.run(["relations"], {"vectors": vectors, "heads": heads})[0]
        return scores


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # lengths differ from text to text: an arena would keep the memory of every one of them
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

"""The trained network, run by ONNX Runtime: texts of like length together, and of each the same said as of it alone.

Short texts one by one would leave most of the processor idle. What is said of a text does not depend on those beside it: all but
attention is a matter of each piece, its scale for eight bits too; attention sees each text by itself, and padding adds nothing but
noughts to its sums.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.language.pieces import Pieces

Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]

NETWORK, IN_32_BITS, RELATIONS = "network.onnx", "network_32.onnx", "relations.onnx"
WEIGHTS, PROBE = "network.bin", "probe.onnx"
FILES = (NETWORK, IN_32_BITS, WEIGHTS, PROBE, RELATIONS)
"""What belongs to a network: its graph, the same one for processors that add wrongly in eight bits, the weights of both, what finds out
which of them to take, and the graph of the relations."""

PROBED = 64
PACK = 384
"""Pieces, padding included, that are read together: more do not make it quicker."""


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
    below: Scores
    above: Scores
    """Of which the scores of arcs are products: each word as the one below; the root and each word as the head."""

    def arcs(self, start: int, end: int) -> Scores:
        """Scores within a sentence by word and head; head 0 is the root, head i the sentence's word i - 1."""
        heads = np.concatenate([self.above[:1], self.above[start + 1 : end + 1]])
        scores: Scores = self.below[start:end] @ heads.T
        return scores


OUTPUTS = tuple(field.name for field in fields(Reading))


class Network:
    """Two graphs: the encoder with most of its heads, and the relations, which need the heads of the words."""

    def __init__(self, folder: Path) -> None:
        """Load the graphs from a model's folder."""
        self._network = session(folder / (NETWORK if adds_eight_bits(folder / PROBE) else IN_32_BITS))
        self._relations = session(folder / RELATIONS)

    def read(self, texts: Sequence[Pieces]) -> list[Reading]:
        """Read texts, each for itself."""
        found: dict[int, Reading] = {}
        for pack in packs([len(text.ids) for text in texts]):
            found.update(zip(pack, self._read([texts[n] for n in pack]), strict=True))
        return [found[n] for n in range(len(texts))]

    def _read(self, texts: Sequence[Pieces]) -> Iterator[Reading]:
        """Read the texts of a pack in one go."""
        scores = dict(zip(OUTPUTS, self._network.run(OUTPUTS, feed(texts)), strict=True))
        above = scores.pop("above")
        end = 0
        for text in texts:
            start, end = end, end + len(text.first)
            own = {name: values[start:end] for name, values in scores.items()}
            yield Reading(**own, above=np.concatenate([above[:1], above[start + 1 : end + 1]]))

    def relations(self, vectors: Sequence[Scores], heads: Sequence[Numbers]) -> list[Scores]:
        """For each text the scores of the relations of each word to its head (0: the root, i: the word i - 1)."""
        found: dict[int, Scores] = {}
        for pack in packs([len(one) for one in heads]):
            ends = np.cumsum([len(heads[n]) for n in pack])
            begins = [0, *ends[:-1]]
            moved = [
                np.where(heads[n] > 0, heads[n] + start, 0) for n, start in zip(pack, begins, strict=True)
            ]
            feed = {"vectors": np.concatenate([vectors[n] for n in pack]), "heads": np.concatenate(moved)}
            scores = self._relations.run(["relations"], feed)[0]
            found.update(zip(pack, np.split(scores, ends[:-1]), strict=True))
        return [found[n] for n in range(len(heads))]


def adds_eight_bits(probe: Path) -> bool:
    """Whether this processor's sums of products of eight bits are right."""
    largest = np.full((8, PROBED), 255, np.uint8)
    return bool((session(probe).run(["out"], {"in": largest})[0] == 255 * 127 * PROBED).all())


def packs(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts to read together, those of like length: at most PACK pieces when each is padded to the longest."""
    pack: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: (lengths[n], n)):
        if pack and (len(pack) + 1) * lengths[n] > PACK:
            yield pack
            pack = []
        pack.append(n)
    if pack:
        yield pack


def feed(texts: Sequence[Pieces]) -> dict[str, Numbers]:
    """The texts one behind the other, and where each piece stands in a table with a row a text."""
    lengths = [len(text.ids) for text in texts]
    cells = np.full((len(texts), max(lengths)), -1, dtype=np.int64)
    inside = np.arange(cells.shape[1]) < np.array(lengths)[:, None]
    cells[inside] = np.arange(sum(lengths))
    begins = np.cumsum([0, *lengths[:-1]])
    return {
        "ids": np.concatenate([np.array(text.ids, np.int64) for text in texts]),
        "shapes": np.concatenate([np.array(text.shapes, np.int64) for text in texts]),
        "cells": cells,
        "back": np.flatnonzero(inside),
        "first": np.concatenate(
            [np.array(text.first, np.int64) + start for text, start in zip(texts, begins, strict=True)]
        ),
    }


def session(path: Path) -> onnxruntime.InferenceSession:
    """A graph, ready to run on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # lengths differ from text to text: an arena would keep the memory of every one of them
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

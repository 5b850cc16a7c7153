"""The trained network as a graph with products in eight bits, as the reader's is."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from pipeline.extract.joint import LABELS, Labels
from pipeline.extract.joint.network import OUTPUTS
from pipeline.extract.joint.train.net import Net
from pipeline.language.pieces import Pieces
from pipeline.language.train.export import write_reader


def export(net: Net, labels: Labels, out: Path, texts: Sequence[Pieces]) -> None:
    """Write the graphs and labels to `out`; on `texts` is measured how large the encoder's numbers become."""
    out.mkdir(parents=True, exist_ok=True)
    party = net.pointers["party"]

    def said(words: Tensor) -> tuple[Tensor, ...]:
        """What is said where an article is read, without what was only learned from."""
        parties = (party.below(words), party.above(words), party.any(words), party.nobody(words))
        return (net.event(words), net.status(words), *parties, net.kind(words))

    with torch.no_grad():
        write_reader(net.eval(), said, out, OUTPUTS, texts)
    (out / LABELS).write_text(json.dumps(asdict(labels), indent=1) + "\n", encoding="utf-8")

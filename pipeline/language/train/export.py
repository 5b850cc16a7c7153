"""The trained network as two ONNX graphs: the encoder's products in eight bits, other large weights in eight bits with a scale a row."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from torch import Tensor, nn

from pipeline.language.network import IN_32_BITS, NETWORK, OUTPUTS, PROBE, RELATIONS, WEIGHTS, feed, packs
from pipeline.language.pieces import Pieces
from pipeline.language.train import products
from pipeline.language.train.net import Grid, Net

_SMALL = 20_000
"""Weights of fewer numbers are kept as they are."""

_APART = 1024
"""Bytes from which on numbers go into the file that both graphs share."""

_OPSET = 17


class _Reading(nn.Module):
    """Texts one behind the other, and what is read off their words."""

    def __init__(self, net: nn.Module, said: Callable[[Tensor], tuple[Tensor, ...]]) -> None:
        super().__init__()
        self.net, self.said = net, said

    def forward(
        self, ids: Tensor, shapes: Tensor, cells: Tensor, back: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        return self.said(self.net.encoder.packed(ids, shapes, Grid(cells, back))[first])


class _Relations(nn.Module):
    """Relations to given heads."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, heads: Tensor) -> Tensor:
        return self.net.heads.relation_scores(vectors, heads)


def export(net: Net, out: Path, texts: Sequence[Pieces]) -> None:
    """Write both graphs to `out`; names are read by no set's conventions but by what they have in common.

    On `texts` is measured how large the encoder's numbers become, for its products in eight bits; without any they stay in 32 bits.
    """
    heads = net.heads

    def said(words: Tensor) -> tuple[Tensor, ...]:
        """All heads but the relations."""
        names = heads.name_scores(words, torch.tensor(net.labels.sets.index("none")))
        plain = (heads.upos(words), heads.tags(words), heads.feats(words), heads.lemmas(words))
        return (words, *plain, heads.starts(words)[:, 0], names, *heads.arc_parts(words))

    write_reader(net.eval(), said, out, OUTPUTS, texts)
    example = (torch.randn(15, net.heads.root.shape[0]), torch.zeros(15, dtype=torch.long))
    words = {0: "words"}
    _write(_Relations(net), example, out / RELATIONS, {"vectors": words, "heads": words}, ["relations"])
    model = onnx.load(out / RELATIONS)
    shrink(model)
    _save(model, out / RELATIONS)


def write_reader(
    net: nn.Module,
    said: Callable[[Tensor], tuple[Tensor, ...]],
    out: Path,
    outputs: Sequence[str],
    texts: Sequence[Pieces],
) -> None:
    """Write the graph of a network with an `encoder` that reads texts one behind the other (`feed`), for processors of both kinds, and what tells them apart.

    `said`: what is read off the vectors of the words, by the names of `outputs`.
    """
    ids, first = torch.arange(1000, 1017), torch.arange(1, 16)
    cells = torch.stack([torch.arange(10), torch.arange(10, 20).where(torch.arange(10) < 7, -1)])
    _write(
        _Reading(net, said),
        (ids, torch.zeros_like(ids), cells, torch.arange(17), first),
        out / NETWORK,
        {
            "ids": {0: "pieces"},
            "shapes": {0: "pieces"},
            "cells": {0: "texts", 1: "places"},
            "back": {0: "pieces"},
            "first": {0: "words"},
        },
        list(outputs),
    )
    model = onnx.load(out / NETWORK)
    if texts:
        feeds = (feed([texts[n] for n in pack]) for pack in packs([len(text.ids) for text in texts]))
        products.eight_bit_products(model, products.largest(model, feeds))
    shrink(model)
    for graph, name in ((model, NETWORK), (products.in_32_bits(model), IN_32_BITS)):
        _save(graph, out / name, WEIGHTS)
    _save(products.probe(), out / PROBE)


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: dict[str, dict[int, str]],
    outputs: list[str],
) -> None:
    axes = inputs | {name: {0: "heads" if name == "above" else "words"} for name in outputs}
    torch.onnx.export(
        module.eval(),
        example,
        str(path),
        input_names=list(inputs),
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )


def _save(model: ModelProto, path: Path, weights: str | None = None) -> None:
    """Write a graph; `weights` names the file beside it that its larger numbers go into, written anew with each graph."""
    onnx.checker.check_model(model)
    if weights is None:
        onnx.save(model, path)
        return
    (path.parent / weights).unlink(missing_ok=True)
    onnx.save(model, path, save_as_external_data=True, location=weights, size_threshold=_APART)


def shrink(model: ModelProto) -> None:
    """Put large weights into eight bits, in place; the graph makes them 32 bits again.

    A table that rows are gathered from is made so row by row, after the gathering; ONNX Runtime does the others once, as it loads.
    """
    graph = model.graph
    users = {name: node for node in graph.node for name in node.input}
    added: list[NodeProto] = []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < _SMALL:
            continue
        user = users[weight.name]
        axis = 0 if user.op_type == "MatMul" else values.ndim - 1
        bits, scale = eight_bits(values, axis)
        graph.initializer.remove(weight)
        small, scales = f"{weight.name}.bits", f"{weight.name}.scale"
        graph.initializer.extend(
            [numpy_helper.from_array(bits, small), numpy_helper.from_array(scale, scales)]
        )
        if user.op_type == "Gather":
            _gather(model, user, small, scales)
        else:
            cast = f"{weight.name}.cast"
            added.append(helper.make_node("Cast", [small], [cast], to=TensorProto.FLOAT))
            added.append(helper.make_node("Mul", [cast, scales], [weight.name]))
    nodes = [*added, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def _gather(model: ModelProto, node: NodeProto, small: str, scales: str) -> None:
    """Gather rows of eight bits and their scales instead of the rows."""
    graph, (_, places), (out,) = model.graph, list(node.input), list(node.output)
    at = list(graph.node).index(node)
    graph.node.remove(node)
    made = [
        helper.make_node("Gather", [small, places], [f"{out}.bits"]),
        helper.make_node("Gather", [scales, places], [f"{out}.scale"]),
        helper.make_node("Cast", [f"{out}.bits"], [f"{out}.cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{out}.cast", f"{out}.scale"], [out]),
    ]
    for i, new in enumerate(made):
        graph.node.insert(at + i, new)


def eight_bits(values: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers from -127 to 127 and their scale, one along `axis`."""
    scale = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-12) / 127
    return np.round(values / scale).astype(np.int8), scale.astype(np.float32)

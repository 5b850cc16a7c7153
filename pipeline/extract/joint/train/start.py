"""The encoder to start from: the reader's own, taken back out of its graph in eight bits."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from pipeline.extract.joint.train.net import CONFIG, Net
from pipeline.language.network import NETWORK
from pipeline.language.train.products import LOWEST

_PREFIX = "net.encoder."
Values = dict[str, NDArray[np.float32]]


def start_from_reader(net: Net, folder: Path) -> None:
    """Copy the encoder of the language model in a folder; heads stay as they are."""
    graph = onnx.load(folder / NETWORK).graph
    values = {each.name: numpy_helper.to_array(each).astype(np.float32) for each in graph.initializer}
    state = dict(_tables(values))
    for n in range(CONFIG["num_hidden_layers"]):
        for part in ("qkv", "out", "up", "down"):
            state |= _product(values, f"layers.{n}", part)
    tensors = {name: torch.tensor(np.ascontiguousarray(value)) for name, value in state.items()}
    missing = net.encoder.load_state_dict(tensors, strict=False)
    if missing.missing_keys or missing.unexpected_keys:
        raise ValueError(f"{folder} holds no encoder of this shape: {missing}")


def _tables(values: Values) -> Values:
    """Embeddings and normalisations: the former have a scale a row."""
    out: Values = {}
    for name, value in values.items():
        own = name.removeprefix(_PREFIX)
        if own == name or own.endswith(".scale"):
            continue
        if own.endswith(".bits"):
            out[own.removesuffix(".bits")] = value * values[name.removesuffix(".bits") + ".scale"]
        else:
            out[own] = value
    return out


def _product(values: Values, layer: str, part: str) -> Values:
    """Weights [output, input] and bias of a product, as they were before `products` moved and scaled them."""
    node = f"/{layer}/{part}/Gemm"
    weight = values[f"{node}.bits"].T * values[f"{node}.scale"][:, None]
    bias = values[f"{node}.bias"][0]
    if part == "down":
        bias = bias + LOWEST * weight.sum(axis=1)
    if f"{node}.smooth" in values:
        weight = weight * values[f"{node}.smooth"]
    return {f"{layer}.{part}.weight": weight, f"{layer}.{part}.bias": bias}

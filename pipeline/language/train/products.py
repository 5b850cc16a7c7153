"""The encoder's products of matrices in eight bits: of each piece its own scale, so that nothing depends on the pieces beside it.

The weights have a scale for each output, the activations one for each piece (dynamic, by the largest of its numbers); sums are whole
numbers and therefore exact. Two things keep what is lost small: before the products that follow a normalisation, a few coordinates
are far larger than the rest, and part of their size is moved into the weights (Xiao et al. 2023, SmoothQuant); what GELU gives is
never below -0.17, and is moved up by that, so that all 255 steps are used.

Processors without an instruction for it (VNNI, or ARM's dot products) add pairs of such products in sixteen bits, which overflow. For
them `in_32_bits` writes the same sums of whole numbers as sums of 32-bit floats, which hold them exactly: slower, and the same numbers.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from pipeline.language.network import PROBED

Values = NDArray[np.float32]
Feed = Mapping[str, NDArray[np.int64]]

_SMOOTHED, _GELU = ("qkv", "up"), "down"
"""The layers' products that follow a normalisation, and the one that follows GELU."""
_MOVED = 0.7
"""The share of a coordinate's size that moves into the weights."""
LOWEST = 0.17
"""What GELU's results are moved up by: the least of them is -0.16998."""
_DOMAIN = "com.microsoft"


def largest(model: ModelProto, feeds: Iterable[Feed]) -> dict[str, Values]:
    """The largest size of each coordinate that goes into each product of the encoder's layers, over some texts; by the node's name."""
    nodes = _products(model.graph)
    watched = ModelProto()
    watched.CopyFrom(model)
    names = [node.input[0] for node in nodes]
    watched.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    sizes = [np.abs(seen).max(axis=0) for feed in feeds for seen in session.run(names, dict(feed))]
    by_product = [sizes[n :: len(nodes)] for n in range(len(nodes))]
    return {node.name: np.max(seen, axis=0) for node, seen in zip(nodes, by_product, strict=True)}


def eight_bit_products(model: ModelProto, sizes: Mapping[str, Values]) -> None:
    """Compute the products of the encoder's layers in eight bits, in place; `sizes` as `largest` gives them."""
    graph = model.graph
    weights = {each.name: each for each in graph.initializer}
    products = {node.name for node in _products(graph)}
    nodes: list[NodeProto] = []
    for node in graph.node:
        if node.name in products:
            weight, bias = (numpy_helper.to_array(weights[name]) for name in node.input[1:])
            nodes += _product(graph, node, weight, bias, sizes[node.name])
            for name in node.input[1:]:
                graph.initializer.remove(weights[name])
        else:
            nodes.append(node)
    constants = {
        "one": np.float32(1),
        "last": np.array([-1]),
        "least": np.float32(1e-9),
        "lowest": np.float32(LOWEST),
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()
    )
    del graph.node[:]
    graph.node.extend(nodes)
    model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))


def _products(graph: GraphProto) -> list[NodeProto]:
    return [node for node in graph.node if node.op_type == "Gemm" and node.name.startswith("/layers.")]


def _product(
    graph: GraphProto, node: NodeProto, weight: Values, bias: Values, sizes: Values
) -> list[NodeProto]:
    """The nodes that stand for a product; `weight` [output, input]."""
    name, source = node.name, node.input[0]
    kind = name.split("/")[2]
    values: dict[str, NDArray[np.generic]] = {}
    nodes: list[NodeProto] = []
    if kind in _SMOOTHED:
        smooth = smoothing(sizes, weight)
        weight, values["smooth"] = weight * smooth, 1 / smooth
        nodes.append(helper.make_node("Mul", [source, f"{name}.smooth"], [f"{name}.smoothed"]))
        source = f"{name}.smoothed"
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-12) / 127
    bits = np.round(weight / scale[:, None]).astype(np.int8)
    if kind == _GELU:
        nodes.append(helper.make_node("Add", [source, "lowest"], [f"{name}.moved"]))
        source = f"{name}.moved"
        bias = bias - np.float32(LOWEST) * (bits.astype(np.float32) * scale[:, None]).sum(axis=1)
    # a bias with two axes: ONNX Runtime would join one with one axis and GELU to a function that is five times slower
    values |= {"bits": bits.T.copy(), "scale": scale, "bias": bias[None]}
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value), f"{name}.{part}") for part, value in values.items()
    )
    return [*nodes, *_eight_bits(graph, name, source, kind != _GELU), *_sum(node)]


def _eight_bits(graph: GraphProto, name: str, source: str, signed: bool) -> list[NodeProto]:
    """Put the numbers of each piece into eight bits by the largest of them: `name`.pieces and their scale `name`.size."""
    zero, steps = (128, 127) if signed else (0, 255)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.array(zero, np.uint8), f"{name}.zero"),
            numpy_helper.from_array(np.array(1 / steps, np.float32), f"{name}.step"),
        ]
    )
    zeros = numpy_helper.from_array(np.array([zero], np.uint8), "value")
    sizes = [helper.make_node("Abs", [source], [f"{name}.abs"])] if signed else []
    top = helper.make_node(
        "ReduceMax", [f"{name}.abs" if signed else source], [f"{name}.top"], axes=[-1], keepdims=1
    )
    return [
        *sizes,
        top,
        helper.make_node("Mul", [f"{name}.top", f"{name}.step"], [f"{name}.raw"]),
        helper.make_node("Max", [f"{name}.raw", "least"], [f"{name}.size"]),
        helper.make_node("Squeeze", [f"{name}.size", "last"], [f"{name}.sizes"]),
        helper.make_node("Shape", [f"{name}.sizes"], [f"{name}.shape"]),
        helper.make_node("ConstantOfShape", [f"{name}.shape"], [f"{name}.zeros"], value=zeros),
        helper.make_node(
            "QuantizeLinear", [source, f"{name}.sizes", f"{name}.zeros"], [f"{name}.pieces"], axis=0
        ),
    ]


def _sum(node: NodeProto) -> list[NodeProto]:
    """Multiply, and make 32 bits of the sums again."""
    name = node.name
    inputs = [f"{name}.pieces", f"{name}.bits", "one", f"{name}.scale", f"{name}.zero"]
    return [
        helper.make_node("MatMulIntegerToFloat", inputs, [f"{name}.sum"], name=name, domain=_DOMAIN),
        helper.make_node("Mul", [f"{name}.sum", f"{name}.size"], [f"{name}.scaled"]),
        helper.make_node("Add", [f"{name}.scaled", f"{name}.bias"], [node.output[0]]),
    ]


def in_32_bits(model: ModelProto) -> ModelProto:
    """The same graph with the products computed in 32 bits."""
    wide = ModelProto()
    wide.CopyFrom(model)
    nodes: list[NodeProto] = []
    for node in wide.graph.node:
        if node.op_type != "MatMulIntegerToFloat":
            nodes.append(node)
            continue
        pieces, bits, _, scale, zero = node.input
        for number in dict.fromkeys((pieces, bits, zero)):
            nodes.append(helper.make_node("Cast", [number], [f"{number}.wide"], to=TensorProto.FLOAT))
        name = node.name
        nodes += [
            helper.make_node("Sub", [f"{pieces}.wide", f"{zero}.wide"], [f"{name}.steps"]),
            helper.make_node("MatMul", [f"{name}.steps", f"{bits}.wide"], [f"{name}.product"]),
            helper.make_node("Mul", [f"{name}.product", scale], [node.output[0]]),
        ]
    del wide.graph.node[:]
    wide.graph.node.extend(nodes)
    return wide


def probe() -> ModelProto:
    """A product in eight bits whose pairs overflow sixteen: `out` is right only where the processor adds in 32 bits."""
    bits = numpy_helper.from_array(np.full((PROBED, 16), 127, np.int8), "bits")
    node = helper.make_node("MatMulInteger", ["in", "bits"], ["out"])
    graph = helper.make_graph(
        [node],
        "probe",
        [helper.make_tensor_value_info("in", TensorProto.UINT8, [None, PROBED])],
        [helper.make_tensor_value_info("out", TensorProto.INT32, [None, 16])],
        [bits],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def smoothing(sizes: Values, weight: Values) -> Values:
    """By what to divide each coordinate before a product, and multiply the weights [output, input] with; 1 on the (geometric) average."""
    moved = np.maximum(sizes, 1e-3) ** _MOVED
    logs = np.log(moved / np.maximum(np.abs(weight).max(axis=0), 1e-4) ** (1 - _MOVED))
    smooth: Values = np.exp(logs - logs.mean()).astype(np.float32)
    return smooth

"""The network in torch and as ONNX graphs say the same; only where torch is installed."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from pipeline.language import network  # noqa: E402
from pipeline.language.labels import Labels  # noqa: E402
from pipeline.language.network import NETWORK, Network  # noqa: E402
from pipeline.language.pieces import Pieces  # noqa: E402
from pipeline.language.train import export  # noqa: E402
from pipeline.language.train.loop import allowed  # noqa: E402
from pipeline.language.train.net import Net  # noqa: E402

LABELS = Labels(("A", "B"), ("a", "b"), ("",), ("l\t",), ("ROOT", "dep"), ("none", "gum"))
CONFIG = {
    "hidden_size": 24,
    "layer_norm_eps": 1e-12,
    "vocab_size": 2000,
    "max_position_embeddings": 64,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
}
PIECES = Pieces([101, 1001, 1002, 1003, 102], [0, 8, 1, 1, 0], [1, 2])


def net() -> Net:
    torch.manual_seed(3)
    return Net(LABELS, CONFIG).eval()


def in_torch(net: Net) -> tuple[np.ndarray, np.ndarray]:
    """Vectors and arcs of PIECES beside a longer text in one padded batch."""
    ids = torch.zeros(2, 9, dtype=torch.long)
    ids[0, :5], ids[1] = torch.tensor(PIECES.ids), torch.arange(9)
    shapes = torch.zeros_like(ids)
    shapes[0, :5] = torch.tensor(PIECES.shapes)
    mask = torch.ones_like(ids)
    mask[0, 5:] = 0
    with torch.no_grad():
        words = net.words(ids, shapes, mask, torch.tensor([PIECES.first, [1, 2]]))
        return words[0].numpy(), net.heads.arc_scores(words)[0].numpy()


@pytest.mark.parametrize(("small", "near"), [(10**9, 1e-5), (100, 0.1)])
def test_graphs_say_what_torch_says(tmp_path, monkeypatch, small, near):
    monkeypatch.setattr(export, "_SMALL", small)
    trained = net()
    export.export(trained, tmp_path, [])
    reading = Network(tmp_path).read([PIECES])[0]
    vectors, arcs = in_torch(trained)
    assert reading.vectors == pytest.approx(vectors, abs=near)
    assert reading.arcs(0, 2) == pytest.approx(arcs, abs=10 * near)


def test_products_in_eight_bits_are_near_those_in_32(tmp_path):
    trained = net()
    with torch.no_grad():
        trained.encoder.layers[0].up.weight[:, 3] *= 40  # one coordinate that would leave the others no steps
    export.export(trained, tmp_path, [PIECES, PIECES])
    vectors, _ = in_torch(trained)
    assert Network(tmp_path).read([PIECES])[0].vectors == pytest.approx(vectors, abs=0.1)
    assert {node.op_type for node in onnx.load(tmp_path / NETWORK).graph.node} >= {"MatMulIntegerToFloat"}


def test_both_graphs_say_the_same(tmp_path, monkeypatch):
    export.export(net(), tmp_path, [PIECES])
    readings = []
    for chosen in (True, False):
        monkeypatch.setattr(network, "adds_eight_bits", lambda probe, chosen=chosen: chosen)
        readings.append(Network(tmp_path).read([PIECES])[0].vectors)
    assert np.array_equal(*readings)


def test_heads_lie_in_the_sentence_or_are_the_root():
    sentence = torch.tensor([[0, 0, 1, -100]])
    assert allowed(sentence)[0].int().tolist()[:3] == [[1, 1, 1, 0, 0], [1, 1, 1, 0, 0], [1, 0, 0, 1, 0]]


def test_eight_bits_keep_a_row_within_half_a_step():
    values = np.random.default_rng(0).normal(size=(5, 40)).astype(np.float32)
    bits, scale = export.eight_bits(values, 1)
    assert np.abs(bits * scale - values).max() <= scale.max() / 2 + 1e-6

"""The network in torch: a BERT encoder with the shapes of words, and on it the heads."""

import json
import math
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pipeline.language.labels import Labels
from pipeline.language.pieces import SHAPES

ARC, RELATION, SET = 256, 96, 96
"""Widths of the projections for heads, relations and the conventions of names."""


class Grid(NamedTuple):
    """Where the pieces of several texts, one text behind the other, stand in a table with a row a text, as attention takes them."""

    cells: Tensor
    """[text, place]: the number of the piece, -1 for padding."""
    back: Tensor
    """[piece]: its cell, counted row by row."""


class Layer(nn.Module):
    """One layer of BERT: attention and feed-forward, each added and normalised."""

    def __init__(self, width: int, heads: int, inner: int, eps: float) -> None:
        """`width` of the vectors, number of `heads`, width `inner` of the feed-forward part."""
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=eps), nn.LayerNorm(width, eps=eps)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None, grid: Grid | None = None) -> Tensor:
        """`x` [text, piece, width], or [piece, width] of the texts in a `grid`.

        `mask` is added to the attention scores: 0 for a piece, a large negative number for padding.
        """
        parts = self.qkv(x)
        if grid is not None:
            parts = parts[grid.cells.clamp(min=0)]
        parts = parts.unflatten(-1, (3 * self.heads, -1)).transpose(-2, -3)
        q, k, v = parts.chunk(3, dim=-3)
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores + mask
        attended = (torch.softmax(scores, -1) @ v).transpose(-2, -3).flatten(-2)
        if grid is not None:
            attended = attended.flatten(0, 1)[grid.back]
        x = self.norm1(x + self.drop(self.out(attended)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT over word pieces and shapes."""

    def __init__(self, config: dict[str, int]) -> None:
        """`config`: the encoder's config.json."""
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.pieces = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], eps)
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """The vector of each piece [text, piece]; `mask` is 1 for a piece and 0 for padding."""
        return self._layers(ids, shapes, torch.arange(ids.shape[-1], device=ids.device), mask)

    def packed(self, ids: Tensor, shapes: Tensor, grid: Grid) -> Tensor:
        """The same for pieces [piece] of several texts, one behind the other: only attention sees padding."""
        return self._layers(ids, shapes, grid.back % grid.cells.shape[1], grid.cells >= 0, grid)

    def _layers(
        self, ids: Tensor, shapes: Tensor, place: Tensor, mask: Tensor, grid: Grid | None = None
    ) -> Tensor:
        x = self.pieces(ids) + self.shapes(shapes) + self.places(place) + self.kind
        x = self.drop(self.norm(x))
        hidden = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden, grid)
        return x


class Heads(nn.Module):
    """What is read off the words' vectors."""

    def __init__(self, labels: Labels, width: int) -> None:
        """One linear head a label set; biaffine ones for arcs and relations."""
        super().__init__()
        self.upos, self.tags = nn.Linear(width, len(labels.upos)), nn.Linear(width, len(labels.tags))
        self.feats, self.lemmas = nn.Linear(width, len(labels.feats)), nn.Linear(width, len(labels.lemmas))
        self.starts = nn.Linear(width, 1)
        self.names = nn.Linear(width, len(labels.names))
        self.names_hidden, self.names_more = nn.Linear(width, SET), nn.Linear(SET, len(labels.names))
        nn.init.zeros_(self.names_more.weight)
        nn.init.zeros_(self.names_more.bias)
        self.sets = nn.Embedding(len(labels.sets), SET)
        nn.init.normal_(self.sets.weight, std=0.5)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_head, self.arc_word = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation_head, self.relation_word = nn.Linear(width, RELATION), nn.Linear(width, RELATION)
        self.relation = nn.Parameter(torch.zeros(len(labels.relations), RELATION + 1, RELATION + 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.xavier_uniform_(self.relation)

    def name_scores(self, words: Tensor, sets: Tensor) -> Tensor:
        """Scores of the name labels of each word, by the conventions of each text's set."""
        hidden = functional.gelu(self.names_hidden(words) + self.sets(sets)[..., None, :])
        return self.names(words) + self.names_more(hidden)

    def with_root(self, words: Tensor) -> Tensor:
        """The words with the root before them."""
        return torch.cat([self.root.expand(*words.shape[:-2], 1, -1), words], -2)

    def arc_scores(self, words: Tensor) -> Tensor:
        """Scores [(text,) word, head]; head 0 is the root."""
        below, above = self.arc_parts(words)
        return below @ above.transpose(-1, -2)

    def arc_parts(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """What the scores of arcs are products of: the words as those below, and the root and the words as heads."""
        above = functional.gelu(self.arc_head(self.with_root(words)))
        return _one(functional.gelu(self.arc_word(words))) @ self.arc, above

    def relation_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores [(text,) word, relation], given each word's head."""
        above, below = (
            functional.gelu(self.relation_head(self.with_root(words))),
            functional.gelu(self.relation_word(words)),
        )
        above = torch.gather(above, -2, heads[..., None].expand(*heads.shape, above.shape[-1]))
        count, wide, _ = self.relation.shape
        left = _one(below) @ self.relation.permute(1, 0, 2).reshape(wide, -1)
        return (left.unflatten(-1, (count, wide)) @ _one(above)[..., None])[..., 0]


class Net(nn.Module):
    """Encoder and heads."""

    def __init__(self, labels: Labels, config: dict[str, int]) -> None:
        """`config`: the encoder's config.json."""
        super().__init__()
        self.labels = labels
        self.encoder, self.heads = Encoder(config), Heads(labels, config["hidden_size"])
        self.drop = nn.Dropout(0.2)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """The vector of each word: its first piece's."""
        x = self.encoder(ids, shapes, mask)
        return self.drop(torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[-1])))


def load_encoder(net: Net, folder: Path) -> None:
    """Take the encoder's weights from a folder with config.json and model.safetensors, as BERT models are published."""
    source = {
        name.removeprefix("bert."): tensor.float()
        for name, tensor in load_file(folder / "model.safetensors").items()
    }
    net.encoder.load_state_dict({**net.encoder.state_dict(), **from_bert(source, len(net.encoder.layers))})


def from_bert(source: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The weights of a published BERT under the names that they have here."""
    out = {
        "pieces.weight": source["embeddings.word_embeddings.weight"],
        "places.weight": source["embeddings.position_embeddings.weight"],
        "kind": source["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(layers):
        at = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            qkv = [source[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            out[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
            for here, there in names.items():
                out[f"layers.{i}.{here}.{part}"] = source[f"{at}{there}.{part}"]
    return out


def read_config(folder: Path) -> dict[str, int]:
    """The encoder's config.json."""
    config: dict[str, int] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def _one(x: Tensor) -> Tensor:
    """The vectors with a one behind them, for the biases of a biaffine score."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)

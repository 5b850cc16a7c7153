"""The network in torch: the reader's encoder with heads for events, parties, actors, quotes and figures."""

from math import sqrt
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.extract.joint import ROLES, Labels
from pipeline.language.train.net import Encoder, Grid

CONFIG: dict[str, Any] = {
    "hidden_size": 384,
    "layer_norm_eps": 1e-12,
    "vocab_size": 30522,
    "max_position_embeddings": 512,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
    "num_hidden_layers": 6,
}
"""The shape of the reader's encoder."""
POINTER = 192
"""Width of the projections for those who point and those pointed at."""
POINTERS = {"party": len(ROLES), "figure": 2, "speaker": 1}
"""What points, and at how many things: an event's word at its parties, a number at what it counts and whose that is, a quote at its speaker."""


class Pointer(nn.Module):
    """Scores of each word as what another one points at, by role; nobody's first."""

    def __init__(self, width: int, roles: int, *, anyhow: bool) -> None:
        """`anyhow`: whether a word is likely or not whoever points."""
        super().__init__()
        self.roles = roles
        self.below, self.above = nn.Linear(width, roles * POINTER), nn.Linear(width, roles * POINTER)
        self.nobody = nn.Linear(width, roles)
        self.any = nn.Linear(width, roles) if anyhow else None

    def forward(self, words: Tensor, pointing: Tensor) -> Tensor:
        """Scores [role, pointing word, 1 + word] within a window's `words` [word, width]."""
        below = self.below(words[pointing]).unflatten(-1, (self.roles, POINTER))
        above = self.above(words).unflatten(-1, (self.roles, POINTER))
        scores = torch.einsum("trp,wrp->rtw", below, above) / sqrt(POINTER)
        if self.any is not None:
            scores = scores + self.any(words).T[:, None, :]
        return torch.cat([self.nobody(words[pointing]).T[:, :, None], scores], -1)


class Net(nn.Module):
    """Encoder and heads."""

    def __init__(self, labels: Labels) -> None:
        """One linear head a label set, a pointer for each of POINTERS, and vectors that are alike where one event is told.

        Quotes, cues, speakers, figures and what is told twice are only learned from.
        """
        super().__init__()
        width = CONFIG["hidden_size"]
        self.encoder = Encoder(CONFIG)
        self.drop = nn.Dropout(0.15)
        self.event, self.status = (
            nn.Linear(width, 1 + len(labels.types)),
            nn.Linear(width, len(labels.statuses)),
        )
        self.kind, self.content = nn.Linear(width, 1 + len(labels.kinds)), nn.Linear(width, 3)
        self.cue = nn.Linear(width, 1)
        self.same, self.same_bias = nn.Linear(width, POINTER), nn.Parameter(torch.tensor(-2.0))
        self.pointers = nn.ModuleDict(
            {name: Pointer(width, roles, anyhow=name == "party") for name, roles in POINTERS.items()}
        )

    def forward(self, ids: Tensor, shapes: Tensor, grid: Grid, first: Tensor) -> Tensor:
        """The vector of each word [word, width] of several windows, one behind the other."""
        words: Tensor = self.drop(self.encoder.packed(ids, shapes, grid)[first])
        return words

    def alike(self, words: Tensor) -> Tensor:
        """Scores [word, word] of telling one event."""
        own = self.same(words)
        return own @ own.T / sqrt(POINTER) + self.same_bias

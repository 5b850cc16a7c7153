"""The training: passes over the windows, all heads at once, a learning rate that falls to nothing at the end."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.extract.joint.train.data import UNKNOWN, Example, Points
from pipeline.extract.joint.train.net import Net
from pipeline.extract.joint.windows import Window, windows
from pipeline.language.network import feed
from pipeline.language.pieces import Pieces, Splitter
from pipeline.language.train.net import Grid

FROZEN = 1
"""Layers of the encoder that stay as they are, with its embeddings."""
BATCH = 1400
"""Word pieces of a batch, padding included."""
RATE, HEADS, DECAY, WARM_UP = 2e-4, 5, 0.01, 0.06
"""The highest step of the encoder, how much larger that of the heads is, the weights' decay, the share of steps until the highest."""
BEFORE = 0.3
"""The weight of words at a window's start that another window decides on."""
CUT, SENTENCES = 0.25, 2
"""The share of windows that are cut in a pass, and how many sentences of one are left at most."""
WEIGHTS = {
    "event": 12.0,
    "status": 0.3,
    "parties": 0.5,
    "kind": 0.5,
    "figures": 0.4,
    "speakers": 0.3,
    "content": 0.3,
    "cue": 1.0,
    "same": 0.3,
}


@dataclass(frozen=True, slots=True)
class Item:
    """A window of an article."""

    example: Example
    window: Window
    pieces: Pieces


def items(examples: Sequence[Example], splitter: Splitter) -> list[Item]:
    """The windows of articles."""
    out = []
    for one in examples:
        lengths = [len(splitter.word(word)) for word in one.words]
        for w in windows(lengths, one.starts):
            out.append(Item(one, w, splitter(one.words[w.start : w.end], one.spaces[w.start : w.end])))
    return out


def cut(item: Item, splitter: Splitter, rng: random.Random) -> Item:
    """A sentence or two of a window for themselves, as texts stand that are no articles."""
    w, one = item.window, item.example
    bounds = [w.start, *(n for n in one.starts if w.start < n < w.end), w.end]
    first = rng.randrange(len(bounds) - 1)
    end = bounds[min(first + rng.randint(1, SENTENCES), len(bounds) - 1)]
    start = bounds[first]
    return Item(one, Window(start, start, end), splitter(one.words[start:end], one.spaces[start:end]))


def tensors(some: Sequence[Item]) -> tuple[Tensor, Tensor, Grid, Tensor]:
    """What the network takes of some windows."""
    of = {name: torch.from_numpy(values) for name, values in feed([item.pieces for item in some]).items()}
    return of["ids"], of["shapes"], Grid(of["cells"], of["back"]), of["first"]


def losses(net: Net, some: Sequence[Item], statuses: Sequence[str]) -> dict[str, Tensor]:
    """The loss of each head on some windows."""
    words = net(*tensors(some)).float()
    found: dict[str, list[Tensor]] = defaultdict(list)
    first = 0
    for item in some:
        w, one = item.window, item.example
        own = words[first : first + w.end - w.start]
        first += len(own)
        found["status"] += _status(net, own, one.parties, w, statuses)
        for name, head in (("parties", "party"), ("figures", "figure"), ("speakers", "speaker")):
            found[name] += _pointed(net.pointers[head], own, getattr(one, name), w)
        found["same"] += _same(net, own, one, w)
    out = {name: torch.stack(values).mean() for name, values in found.items() if values}
    out["event"] = _event(net, words, some)
    for name in ("kind", "content"):
        truth = _column(some, name)
        known = truth != UNKNOWN
        if bool(known.any()):
            out[name] = functional.cross_entropy(getattr(net, name)(words[known]), truth[known])
    cue = _column(some, "cue")
    known = cue != UNKNOWN
    if bool(known.any()):
        scores = net.cue(words[known])[:, 0]
        out["cue"] = functional.binary_cross_entropy_with_logits(scores, cue[known].float())
    return out


def _column(some: Sequence[Item], name: str) -> Tensor:
    return torch.from_numpy(
        np.concatenate([getattr(i.example, name)[i.window.start : i.window.end] for i in some])
    )


def _event(net: Net, words: Tensor, some: Sequence[Item]) -> Tensor:
    weights = []
    for item in some:
        weight = item.example.weight[item.window.start : item.window.end].copy()
        weight[: item.window.own - item.window.start] *= BEFORE
        weights.append(weight)
    loss = -(_column(some, "event") * functional.log_softmax(net.event(words), -1)).sum(-1)
    return (loss * torch.from_numpy(np.concatenate(weights))).sum() / len(words)


def _inside(points: Sequence[Points], w: Window) -> list[Points]:
    return [each for each in points if w.start <= each.word < w.end]


def _status(
    net: Net, words: Tensor, parties: Sequence[Points], w: Window, statuses: Sequence[str]
) -> list[Tensor]:
    own = _inside(parties, w)
    if not own:
        return []
    truth = torch.tensor([statuses.index(each.status) for each in own])
    scores = net.status(words[[each.word - w.start for each in own]])
    return list(functional.cross_entropy(scores, truth, reduction="none"))


def _pointed(pointer: nn.Module, words: Tensor, points: Sequence[Points], w: Window) -> list[Tensor]:
    """Of each pointing word and role, how unlikely the right words are together; those that the window lacks are not learned from."""
    own = _inside(points, w)
    if not own:
        return []
    scores = pointer(words, torch.tensor([each.word - w.start for each in own]))
    out = []
    for n, each in enumerate(own):
        for role, at in enumerate(each.at):
            right = [i - w.start + 1 for i in at if w.start <= i < w.end] if at else [0]
            if at is not None and right:
                of = scores[role, n]
                out.append((of.logsumexp(-1) - of[right].logsumexp(-1)) * each.weight)
    return out


def _same(net: Net, words: Tensor, one: Example, w: Window) -> list[Tensor]:
    """Of each two events of an article whose chains are marked, whether they are one."""
    own = [each.word for each in _inside(one.parties, w)]
    if not one.chains or len(own) < 2:
        return []
    truth = torch.tensor([[float(any({i, j} <= chain for chain in one.chains)) for j in own] for i in own])
    scores = net.alike(words[[i - w.start for i in own]])
    above = torch.triu_indices(len(own), len(own), 1)
    loss = functional.binary_cross_entropy_with_logits(
        scores[above[0], above[1]], truth[above[0], above[1]], reduction="none"
    )
    return list(loss)


def batches(some: Sequence[Item], rng: random.Random) -> list[list[Item]]:
    """Windows of like length together, in random order."""
    out: list[list[Item]] = [[]]
    for item in sorted(some, key=lambda i: len(i.pieces.ids) + rng.random() * 40):
        if out[-1] and (len(out[-1]) + 1) * len(item.pieces.ids) > BATCH:
            out.append([])
        out[-1].append(item)
    rng.shuffle(out)
    return out


def optimizer(net: Net) -> torch.optim.Optimizer:
    """AdamW over what learns: the layers that are not frozen, and the heads."""
    encoder = net.encoder
    for module in (encoder.pieces, encoder.places, encoder.shapes, encoder.norm, *encoder.layers[:FROZEN]):
        module.requires_grad_(False)
    encoder.kind.requires_grad_(False)
    slow = [p for p in encoder.parameters() if p.requires_grad]
    fast = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": slow, "base": RATE}, {"params": fast, "base": RATE * HEADS}]
    return torch.optim.AdamW(groups, lr=0.0, weight_decay=DECAY)


def passes(some: Sequence[Item], splitter: Splitter, number: int, rng: random.Random) -> Iterator[list[Item]]:
    """All batches, so many times over."""
    for _ in range(number):
        yield from batches([cut(i, splitter, rng) if rng.random() < CUT else i for i in some], rng)


def train(
    net: Net,
    some: Sequence[Item],
    splitter: Splitter,
    statuses: Sequence[str],
    number: int,
    seed: int,
    say: Callable[[str], None],
) -> None:
    """Pass over the windows so many times."""
    adam, rng = optimizer(net), random.Random(seed)
    every = list(passes(some, splitter, number, rng))
    run: dict[str, list[float]] = defaultdict(list)
    net.train()
    for step, batch in enumerate(every, 1):
        rate = min(1.0, step / (WARM_UP * len(every))) * (1 - (step - 1) / len(every))
        for group in adam.param_groups:
            group["lr"] = group["base"] * rate
        with torch.autocast("cpu", torch.bfloat16):
            found = losses(net, batch, statuses)
            loss = torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum()
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        adam.step()
        for name, value in found.items():
            run[name].append(value.item())
        if step % 100 == 0:
            shown = " ".join(f"{name} {np.mean(values):.3f}" for name, values in run.items())
            say(f"step {step} of {len(every)}: {shown}")
            run.clear()

"""The training: passes over the rewritten data, all heads at once, a learning rate that falls to nothing at the end."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pipeline.language.train import examples
from pipeline.language.train.examples import ROWS, UNKNOWN, Example
from pipeline.language.train.net import Net

BATCH_WORDS = 700
ENCODER_RATE, HEADS_RATE, EMBEDDINGS_RATE = 2e-4, 1e-3, 1e-3
_WARM_UP = 60
_SET_KNOWN = 0.6
"""How often a text with names says which set it is from."""

_WEIGHTS = {"upos": 0.5, "tags": 0.5, "feats": 0.4, "lemmas": 0.5, "starts": 1.0, "names": 1.0}


@dataclass(slots=True)
class Batch:
    """Examples of like length, padded."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    classes: dict[str, Tensor]
    sets: Tensor
    tree: bool


def collate(items: Sequence[Example], rng: random.Random) -> Batch:
    """One batch; the set of some examples is kept from the network."""
    length, words = max(len(e.ids) for e in items), max(len(e.first) for e in items)
    ids, shapes, mask = (torch.zeros(len(items), length, dtype=torch.long) for _ in range(3))
    first = torch.zeros(len(items), words, dtype=torch.long)
    classes = torch.full((len(ROWS), len(items), words), UNKNOWN, dtype=torch.long)
    for i, example in enumerate(items):
        n, m = len(example.ids), len(example.first)
        ids[i, :n], shapes[i, :n] = (
            torch.from_numpy(example.ids.astype(np.int64)),
            torch.from_numpy(example.shapes.astype(np.int64)),
        )
        mask[i, :n] = 1
        first[i, :m] = torch.from_numpy(example.first.astype(np.int64))
        classes[:, i, :m] = torch.from_numpy(example.classes.astype(np.int64))
    sets = torch.tensor([e.set if rng.random() < _SET_KNOWN else 0 for e in items])
    return Batch(ids, shapes, mask, first, dict(zip(ROWS, classes, strict=True)), sets, items[0].tree)


def losses(net: Net, batch: Batch) -> dict[str, Tensor]:
    """The loss of each head on a batch."""
    words = net.words(batch.ids, batch.shapes, batch.mask, batch.first)
    heads, gold = net.heads, batch.classes
    out = {}
    if bool((gold["names"] != UNKNOWN).any()):
        out["names"] = _entropy(heads.name_scores(words, batch.sets), gold["names"])
    if not batch.tree:
        return out
    for name in ("upos", "tags", "feats", "lemmas"):
        out[name] = _entropy(getattr(heads, name)(words), gold[name])
    known = gold["starts"] != UNKNOWN
    if bool(known.any()):
        starts = heads.starts(words)[..., 0][known]
        out["starts"] = functional.binary_cross_entropy_with_logits(starts, gold["starts"][known].float())
    arcs = heads.arc_scores(words).masked_fill(~allowed(gold["sentence"]), -1e4)
    out["heads"] = _entropy(arcs, gold["heads"])
    relations = heads.relation_scores(words, gold["heads"].clamp(min=0))
    out["relations"] = _entropy(relations, gold["relations"])
    return out


def allowed(sentence: Tensor) -> Tensor:
    """Which heads [text, word, head] a word may have: words of its sentence, and the root."""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence != UNKNOWN)[:, None, :]
    return torch.cat([torch.ones_like(same[:, :, :1]), same], 2)


def _entropy(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN)


def batches(items: list[Example], rng: random.Random) -> list[list[Example]]:
    """Batches of like length and kind, in random order."""
    out: list[list[Example]] = []
    for tree in (True, False):
        chosen = sorted((e for e in items if e.tree == tree), key=lambda e: (len(e.ids), rng.random()))
        current: list[Example] = []
        words = 0
        for example in chosen:
            current.append(example)
            words += len(example.first)
            if words >= BATCH_WORDS:
                out.append(current)
                current, words = [], 0
        if current:
            out.append(current)
    rng.shuffle(out)
    return out


def passes(
    make: Callable[[int], list[Example]], seed: int, start: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], Batch]]:
    """Batches without end, each with its place (pass, batch of the pass), from `start` on; each pass rewrites the data anew."""
    number, first = start
    while True:
        rng = random.Random(seed + number)
        for step, items in enumerate(batches(make(seed + 1000 * (number + 1)), rng)):
            batch = collate(items, rng)  # draws from `rng` also for those that are passed over
            if step >= first:
                yield (number, step), batch
        number, first = number + 1, 0


@dataclass(slots=True)
class Schedule:
    """How far the training is, by words seen or by minutes, whichever ends first."""

    words: float
    minutes: float
    words_done: int = 0
    before: float = 0.0
    started: float = 0.0

    def share(self) -> float:
        """0 at the start, 1 at the end."""
        return min(1.0, max(self.words_done / self.words, self.spent() / (60 * self.minutes)))

    def spent(self) -> float:
        """Seconds of training, earlier calls counted in."""
        return self.before + time.time() - self.started

    def rate(self, step: int) -> float:
        """The factor of the learning rate: up at first, then down in a line."""
        return min(1.0, (step + 1) / _WARM_UP) * max(0.0, 1 - self.share())


def optimizer(net: Net) -> torch.optim.Optimizer:
    """AdamW; the embeddings of pieces stay as they are, the shapes and heads learn faster than the encoder."""
    net.encoder.pieces.weight.requires_grad = False
    shapes = list(net.encoder.shapes.parameters())
    fast = {id(p) for p in (*net.heads.parameters(), *shapes)}
    slow = [p for p in net.parameters() if p.requires_grad and id(p) not in fast]
    groups = [
        {"params": slow, "base": ENCODER_RATE},
        {"params": list(net.heads.parameters()), "base": HEADS_RATE},
        {"params": shapes, "base": EMBEDDINGS_RATE},
    ]
    return torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01)


@dataclass(slots=True)
class Training:
    """A training under way: all that a checkpoint holds."""

    net: Net
    adam: torch.optim.Optimizer
    schedule: Schedule
    step: int = 0
    at: tuple[int, int] = (0, 0)
    """Pass and batch to go on with."""

    def load(self, path: Path) -> None:
        """Go on from a checkpoint."""
        saved = torch.load(path, weights_only=False)
        self.net.load_state_dict(saved["net"])
        self.adam.load_state_dict(saved["adam"])
        self.step, self.at = saved["step"], saved["at"]
        self.schedule.words_done, self.schedule.before = saved["words"], saved["seconds"]

    def save(self, path: Path) -> None:
        """Write a checkpoint."""
        state = {
            "net": self.net.state_dict(),
            "adam": self.adam.state_dict(),
            "step": self.step,
            "at": self.at,
            "words": self.schedule.words_done,
            "seconds": self.schedule.spent(),
        }
        part = path.with_suffix(".part")
        torch.save(state, part)
        part.replace(path)

    def learn(self, batch: Batch) -> dict[str, float]:
        """One step; the losses before it."""
        rate = self.schedule.rate(self.step)
        for group in self.adam.param_groups:
            group["lr"] = group["base"] * rate
        found = losses(self.net, batch)
        self.adam.zero_grad()
        torch.stack([_WEIGHTS.get(name, 1.0) * loss for name, loss in found.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.adam.step()
        self.step += 1
        self.schedule.words_done += int((batch.first > 0).sum())
        return {name: loss.item() for name, loss in found.items()}


def train(
    net: Net,
    make: Callable[[int], list[Example]],
    out: Path,
    schedule: Schedule,
    seed: int,
    say: Callable[[str], None],
) -> None:
    """Train until the schedule ends; `out` gets a checkpoint every five minutes, from which the next call goes on."""
    training = Training(net, optimizer(net), schedule)
    if out.exists():
        training.load(out)
    schedule.started = saved = time.time()
    if schedule.share() >= 1:
        return
    torch.manual_seed(seed + training.step)
    net.train()
    run: dict[str, list[float]] = defaultdict(list)
    for (number, place), batch in passes(make, seed, training.at):
        for name, loss in training.learn(batch).items():
            run[name].append(loss)
        training.at = (number, place + 1)
        if training.step % 50 == 0:
            shown = " ".join(f"{name} {np.mean(values):.3f}" for name, values in run.items())
            say(
                f"pass {number} step {training.step} words {schedule.words_done} of all {schedule.share():.1%}: {shown}"
            )
            run.clear()
        done = schedule.share() >= 1
        if done or time.time() - saved > 300:
            training.save(out)
            saved = time.time()
        if done:
            return


def make_examples(encoder: examples.Encoder, data: Path) -> Callable[[int], list[Example]]:
    """All examples of one pass, by its seed."""

    def make(seed: int) -> list[Example]:
        encoder.rng = random.Random(seed)
        return [
            *examples.tree_examples(encoder, data, seed),
            *examples.name_examples(encoder, data, seed + 7),
        ]

    return make

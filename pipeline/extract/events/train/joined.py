"""Two models of one decision as one: what each learned, from articles of its own, has half the say.

For what was learned from articles that are not at hand any more and may not be lost. Linear models are their mean; networks sit in one
committee. Features are those that either knows.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.extract.events import linear, network
from pipeline.extract.events.linear import Array, Head, Model, Vocabulary
from pipeline.extract.events.network import Committee, Network, Weights

BESIDE = {"words": "events", "parties": "parties_networks", "dates": None}
"""The files of linear models, and those of the networks over the same features."""
Read = dict[str, tuple[Model, Committee | None]]


def read(folder: Path) -> Read:
    """The weights of a folder, by the name of the linear model."""
    out: Read = {}
    for name, beside in BESIDE.items():
        model = linear.load(folder / f"{name}.npz")
        out[name] = (model, network.load(folder / f"{beside}.npz", model.vocabulary) if beside else None)
    return out


def write(old: Read, folder: Path, name: str) -> None:
    """Give weights of before half the say of those in a folder."""
    before, beside = old[name]
    after = linear.load(folder / f"{name}.npz")
    if beside is not None:
        path = folder / f"{BESIDE[name]}.npz"
        now = network.load(path, after.vocabulary)
        network.save(committees(beside, now, before.vocabulary, after.vocabulary), path)
    linear.save(models(before, after), folder / f"{name}.npz")


def write_linear(old: Read, folder: Path) -> None:
    """Give the linear decisions on words of before half the say of those in a folder; the networks beside them stay what they were."""
    before, beside = old["words"]
    after = linear.load(folder / "words.npz")
    if beside is not None:
        network.save(carried(beside, before.vocabulary, after.vocabulary), folder / "events.npz")
    linear.save(models(before, after), folder / "words.npz")


def carried(old: Committee, before: Vocabulary, after: Vocabulary) -> Committee:
    """Networks as they were, over the features of both."""
    both = union(before, after)
    return Committee(old.labels, tuple(_over(m, before, both, len(m.mean)) for m in old.members))


def union(one: Vocabulary, other: Vocabulary) -> Vocabulary:
    """The features that either knows."""
    return Vocabulary({name: n for n, name in enumerate(sorted(one.index.keys() | other.index.keys()))})


def models(old: Model, new: Model) -> Model:
    """The mean of two models' decisions; what only one has, or has with other labels, and the calibration are the new one's."""
    both = union(old.vocabulary, new.vocabulary)
    heads = {}
    for name, head in new.heads.items():
        before = old.heads.get(name)
        if name == "calibration":
            heads[name] = head
        elif before is None or before.labels != head.labels or before.dense.shape != head.dense.shape:
            heads[name] = replace(head, named=np.asarray(spread(head.named, new.vocabulary, both), float))
        else:
            dense = (before.dense + head.dense) / 2
            bias = (_plain(before) + _plain(head)) / 2 + head.mean @ dense
            named = spread(before.named, old.vocabulary, both) + spread(head.named, new.vocabulary, both)
            heads[name] = Head(head.labels, bias, named / 2, dense, head.mean)
    return Model(both, heads)


def committees(old: Committee, new: Committee, before: Vocabulary, after: Vocabulary) -> Committee:
    """The networks of both, over the features of both; vectors that older ones did not see count nothing for them."""
    if old.labels != new.labels:
        raise ValueError("The committees decide on different things: train without `--beside`.")
    both, width = union(before, after), len(new.members[0].mean)
    members = [*((m, before) for m in old.members), *((m, after) for m in new.members)]
    return Committee(new.labels, tuple(_over(m, known, both, width) for m, known in members))


def spread(weights: Weights, known: Vocabulary, every: Vocabulary) -> Weights:
    """Weights by feature over more features; of those that are not known nothing."""
    out = np.zeros((len(every.index), weights.shape[1]), weights.dtype)
    out[[every.index[name] for name in known.names]] = weights
    return out


def _plain(head: Head) -> Array:
    """The score of a word without features whose vector is nothing: the means of two models differ."""
    return np.asarray(head.bias - head.mean @ head.dense)


def _over(network: Network, known: Vocabulary, every: Vocabulary, width: int) -> Network:
    """A network over more features and longer vectors."""
    more = width - len(network.mean)
    return replace(
        network,
        embed=spread(network.embed, known, every),
        straight=spread(network.straight, known, every),
        first=np.pad(network.first, ((0, more), (0, 0))),
        mean=np.pad(network.mean, (0, more)),
        spread=np.pad(network.spread, (0, more), constant_values=1),
    )

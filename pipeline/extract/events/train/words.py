"""Training of the judge: which words report an event, its type, mode and status."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pipeline.extract.events import judge
from pipeline.extract.events.features import Features, WordFeatures, candidates
from pipeline.extract.events.lexicon import event_types
from pipeline.extract.events.linear import Array, Head, Model, Vocabulary
from pipeline.extract.events.network import Committee, Network
from pipeline.extract.events.train import fit, networks
from pipeline.extract.events.train.gold import Marked, heads, parts

STATUS = ("actual", "reported", "historical", "future", "hypothetical", "negated")
ALONE = 0.5
"""The weight of a sentence that is learned from once more, without its article."""
MORE = 0.5
"""The weight of an article from beside the marked corpus: other readers marked it, once."""
OPTIONAL = 0.5
"""The weight of an event that a careful reader may leave out."""
EVENT, TYPE = fit.Strength(8.0, 150.0), fit.Strength(1.0, 30.0)
MEMBERS = 2
"""Networks of the committee."""
SHAPE = networks.Shape()
MODE, STATE = fit.Strength(1.0, 100.0), fit.Strength(4.0)
KNOTS = 12
"""Points of the calibration."""


@dataclass
class Words:
    """The candidates of all articles with what was marked on them."""

    marked: list[Marked]
    article: NDArray[np.int64]
    heads: list[int]
    features: list[Features]
    dense: Array
    around: NDArray[np.float32]
    """With what stands around them, as the networks see them."""
    event: list[dict[str, object] | None]
    weight: Array
    """Nothing for words that are only part of a trigger."""

    def types(self) -> NDArray[np.int64]:
        """The number of each word's type, -1 for none."""
        number = {t: n for n, t in enumerate(event_types())}
        return np.array([number[str(e["event_type"])] if e else -1 for e in self.event])


def words(marked: list[Marked]) -> Words:
    """Gather the candidates."""
    article, weight, dense, around = [], [], [], []
    number: list[int] = []
    features: list[Features] = []
    events: list[dict[str, object] | None] = []
    for n, each in enumerate(marked):
        told, within = heads(each), parts(each)
        found, of = candidates(each.reading), WordFeatures(each.reading)
        dense.append(judge.vectors(each.reading, found))
        around.append(judge.surroundings(each.reading, found).astype(np.float32))
        for i in found:
            event = told.get(i)
            number.append(i)
            features.append(of.of(i))
            events.append(event)
            article.append(n)
            own = (1.0 if event.get("core", True) else OPTIONAL) if event else float(i not in within)
            weight.append(own * share_of(each))
    vectors, contexts = np.concatenate(dense), np.concatenate(around)
    return Words(marked, np.array(article), number, features, vectors, contexts, events, np.array(weight))


def share_of(marked: Marked) -> float:
    """How much an article counts."""
    return _as_text(marked) * (MORE if marked.gold.get("more") else 1.0)


def _as_text(marked: Marked) -> float:
    """How much a text counts, whoever marked it."""
    return ALONE if "source" in marked.gold else 1.0


@dataclass
class Fitted:
    """The words with their matrix, ready to fit on any of them."""

    words: Words
    vocabulary: Vocabulary
    matrix: sp.csr_matrix
    typed: list[Features]
    typed_matrix: sp.csr_matrix
    """With the type and what tells whether it happened."""

    @classmethod
    def of(cls, told: Words) -> "Fitted":
        """Number the features that more than a few articles have."""
        typed = [
            judge.with_status(told.marked[n].reading, i, str(e["event_type"]), f) if e else f
            for n, i, f, e in zip(told.article, told.heads, told.features, told.event, strict=True)
        ]
        vocabulary = fit.vocabulary(typed, [told.marked[n].source for n in told.article])
        return cls(told, vocabulary, vocabulary.matrix(told.features), typed, vocabulary.matrix(typed))

    def event(self, rows: NDArray[np.int64]) -> Head:
        """Whether a word reports an event."""
        rows = rows[self.words.weight[rows] > 0]
        truth = np.array([self.words.event[n] is not None for n in rows], float)
        return fit.binary(self.matrix[rows], self.words.dense[rows], truth, self.words.weight[rows], EVENT)

    def type(self, rows: NDArray[np.int64]) -> Head:
        """Which type it is."""
        types = self.words.types()
        rows = rows[types[rows] >= 0]
        share = np.array([share_of(m) for m in self.words.marked])[self.words.article[rows]]
        return fit.classes(self.matrix[rows], self.words.dense[rows], types[rows], share, event_types(), TYPE)

    def networks(self, rows: NDArray[np.int64]) -> tuple[Network, ...]:
        """Whether a word reports an event, and of which type: the same once more, by networks."""
        rows = rows[self.words.weight[rows] > 0]
        truth, weight = self.words.types()[rows] + 1, self.words.weight[rows]
        outputs = 1 + len(event_types())
        return tuple(
            networks.classes(self.matrix[rows], self.words.around[rows], truth, weight, outputs, SHAPE, seed)
            for seed in range(MEMBERS)
        )

    def status(self, rows: NDArray[np.int64]) -> Head:
        """Whether it happened: of all events alike, core or not, whoever marked them."""
        rows = np.array([n for n in rows if self.words.event[n]])
        truth = np.array([STATUS.index(str(self.words.event[n]["status"])) for n in rows])
        none = np.zeros((len(rows), 0))
        weight = np.array([_as_text(m) for m in self.words.marked])[self.words.article[rows]]
        return fit.classes(self.typed_matrix[rows], none, truth, weight, STATUS, STATE)

    def modes(self, rows: NDArray[np.int64]) -> Iterator[tuple[str, Head]]:
        """By what means, a decision for each type that has modes."""
        for event_type in event_types():
            own = np.array([n for n in rows if (e := self.words.event[n]) and e["event_type"] == event_type])
            told = [str(self.words.event[n]["mode"] or "") for n in own]
            labels = tuple(sorted(set(told)))
            if len(labels) > 1:
                truth = np.array([labels.index(m) for m in told])
                weight = self.words.weight[own]
                yield (
                    "mode." + event_type,
                    fit.classes(self.matrix[own], self.words.dense[own], truth, weight, labels, MODE),
                )


@dataclass
class Judged:
    """What models that never saw an article say of its words."""

    event: Array
    types: Array

    @property
    def score(self) -> Array:
        """The judge's score before calibration."""
        return np.asarray(judge.scores(self.event, self.types, whole=True))


def held_out(fitted: Fitted, fold: NDArray[np.int64], *, learn: NDArray[np.bool_] | None = None) -> Judged:
    """Judge each article by models trained on the other folds, or on those of their words that are to be learned from."""
    told = fitted.words
    out = Judged(np.zeros(len(told.heads)), np.zeros((len(told.heads), len(event_types()))))
    for rows, rest in folds(fold, told.article):
        rest = rest if learn is None else rest[learn[rest]]
        named, dense, around = fitted.matrix[rows], told.dense[rows], told.around[rows]
        event, types = (head.scores(named, dense) for head in (fitted.event(rest), fitted.type(rest)))
        members = [network.scores(named, around) for network in fitted.networks(rest)]
        out.event[rows], shares = judge.event_and_types(event, types, members)
        out.types[rows] = judge.type_shares([told.features[n] for n in rows], shares, judge.FRAME_SHARE)
    return out


def folds(
    fold: NDArray[np.int64], article: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The rows of each fold of articles, and the others."""
    for k in range(int(fold.max()) + 1):
        yield np.flatnonzero(fold[article] == k), np.flatnonzero(fold[article] != k)


def calibration(score: Array, right: Array) -> Head:
    """How often rows of a score are right: an isotonic curve through bins of equal size."""
    order = np.argsort(score, kind="stable")
    bins = np.array_split(order, KNOTS)
    x = [float(score[b].mean()) for b in bins]
    y = [[float(right[b].mean()), float(len(b))] for b in bins]
    level: list[list[float]] = []
    spread: list[int] = []
    for mean, size in y:  # pool neighbours that stand in the wrong order
        level.append([mean, size])
        spread.append(1)
        while len(level) > 1 and level[-2][0] > level[-1][0]:
            (a, m), (b, n) = level[-2:]
            level[-2:] = [[(a * m + b * n) / (m + n), m + n]]
            spread[-2:] = [spread[-2] + spread[-1]]
    curve = [mean for (mean, _), n in zip(level, spread, strict=True) for _ in range(n)]
    xs, ys = np.array([0.0, *x, 1.0]), np.array([0.0, *curve, curve[-1]])
    return Head(("score",), ys, xs[:, None], np.zeros((0, 1)), np.zeros(0))


def committee(fitted: Fitted) -> Committee:
    """Which words report an event, trained on everything."""
    members = fitted.networks(np.arange(len(fitted.words.heads)))
    return Committee(("", *event_types()), members)


def model(fitted: Fitted, calibrated: Head) -> Model:
    """What goes with an event, trained on everything."""
    rows = np.arange(len(fitted.words.heads))
    made = {
        "event": fitted.event(rows),
        "type": fitted.type(rows),
        "status": fitted.status(rows),
        **dict(fitted.modes(rows)),
        "calibration": calibrated,
    }
    return Model(fitted.vocabulary, made)

"""Training of the rankings: who of the article did it and to whom, and which of its dates holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pipeline.extract.events import parties as naming
from pipeline.extract.events import when
from pipeline.extract.events.features import Features
from pipeline.extract.events.linear import Array, Head, Model, Vocabulary
from pipeline.extract.events.network import Network
from pipeline.extract.events.parties import placed
from pipeline.extract.events.party_features import Candidate, PartyFeatures
from pipeline.extract.events.place_features import PlaceFeatures, Where
from pipeline.extract.events.ranking import AGAIN, ITSELF, Candidates, echoes, joined, mixed, shares
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.train import fit, networks
from pipeline.extract.events.train.gold import Marked, entities_of, heads, same_name

PARTY, DATE, PLACE = fit.Strength(2.0), fit.Strength(3.0), fit.Strength(3.0)
OPTIONAL = 0.6
FOLDS = 5
SHAPE = networks.Shape(batch=64)
MEMBERS = 3
"""Networks beside the ranking of parties."""


@dataclass
class Slot:
    """One decision: an event's candidates for a role, the last one being nobody, and which of them are right."""

    article: int
    event: dict[str, Any]
    told: Told
    candidates: list[Any]
    placed: Candidates
    features: list[Features]
    right: dict[str, list[bool]] = field(default_factory=dict)
    """By role; all false where the right one is not among the candidates."""

    @property
    def core(self) -> bool:
        """Whether a careful reader must have the event."""
        return bool(self.event.get("core", True))


def told_of(head: int, event: dict[str, Any]) -> Told:
    """A marked event as the judge would have it."""
    return Told(head, head, head, event["event_type"], 1.0, event["mode"], event["status"])


def parties(marked: list[Marked]) -> Iterator[Slot]:
    """The parties of all marked events."""
    for n, each in enumerate(marked):
        of = PartyFeatures(each.reading)
        for head, event in sorted(heads(each).items()):
            told = told_of(head, event)
            candidates = of.candidates(told)
            slot = Slot(n, event, told, candidates, placed(candidates), of.all(told, candidates))
            for role in ("actor", "recipient"):
                slot.right[role] = _right_parties(each, candidates, event, role)
            yield slot


def _right_parties(
    marked: Marked, candidates: list[Candidate], event: dict[str, Any], role: str
) -> list[bool]:
    """Which candidates a reader marked; the last one stands for nobody. Actors go before phrases that name none."""
    if not event[role]:
        return [False] * len(candidates) + [True]
    places = event.get(role + "_spans") or []
    entities = set[str]().union(*entities_of(marked, event[role], places).values())
    spans = [s for s in places if s]
    right = [_is_right(marked.reading, c, event[role], entities, spans) for c in candidates]
    named = [r and c.actor is not None for r, c in zip(right, candidates, strict=True)]
    return [*(named if any(named) else right), False]


def _is_right(
    reading: Reading, candidate: Candidate, names: list[str], entities: set[str], spans: list[list[int]]
) -> bool:
    if candidate.actor is not None:
        return candidate.actor in entities
    head = candidate.heads[0]
    start = reading.parsed.starts[head]
    if any(s <= start < e for s, e in spans):
        first, last = reading.cast.phrase(head)
        phrase = reading.parsed.offsets(reading.parsed.doc[first : last + 1])
        return any(s <= start < e and phrase[0] <= e and s <= phrase[1] for s, e in spans)
    return any(same_name(reading.tree.words[head], name) for name in names) and not spans


def dates(marked: list[Marked]) -> Iterator[Slot]:
    """The dates of all marked events of articles whose dates were marked."""
    for n, each in enumerate(marked):
        if each.reading.published_on is None or "dates" in each.gold.get("unmarked", []):
            continue
        for head, event in sorted(heads(each).items()):
            told = told_of(
                head, {**event, "status": "actual" if event["status"] == "historical" else event["status"]}
            )
            every = when.candidates(each.reading, told)
            features = when.features_of(each.reading, told, every)
            right = [bool(event["date"]) and fits(event["date"], w) for w in every] + [not event["date"]]
            dated = when.placed(each.reading, told, every)
            yield Slot(n, event, told, every, dated, features, {"date": right})


def fits(marked: str, found: when.When) -> bool:
    """Whether a date is the marked one: in its month, and on its day where it has one."""
    iso = found.date_from.isoformat()
    iso = iso[:7] if found.precision == "month" else iso
    return iso.startswith(marked[:7]) and (len(marked) < 10 or iso[:10] == marked)


def places(marked: list[Marked]) -> Iterator[Slot]:
    """The places of all marked events."""
    for n, each in enumerate(marked):
        of = PlaceFeatures(each.reading)
        for head, event in sorted(heads(each).items()):
            told = told_of(head, event)
            every = of.candidates(told)
            right = [_is_place(event.get("location"), w) for w in every]
            right.append(not any(right))  # what is not among the candidates is not to be guessed
            yield Slot(n, event, told, every, [], of.features(told, every), {"place": right})


def _is_place(marked: str | None, found: Where) -> bool:
    """Whether a place is the marked one, or the one that it lies in by name: "eastern Afghanistan"."""
    return marked is not None and any(same_name(m.text, marked) for m in found.named.mentions)


def lies_in(slot: Slot, n: int) -> bool:
    """Whether a place is the right one or the country that it lies in."""
    found, right = slot.candidates[n], slot.right["place"]
    lands = {w.mention.country for w, r in zip(slot.candidates, right, strict=False) if r}
    return right[n] or (found.named.kind == "country" and found.mention.country in lands)


@dataclass
class Ranked:
    """Slots with their matrix, ready to fit on any of them."""

    slots: list[Slot]
    strength: fit.Strength
    vocabulary: Vocabulary

    @classmethod
    def of(cls, slots: list[Slot], strength: fit.Strength) -> "Ranked":
        """Number the features that more than a few articles have."""
        rows = [f for s in slots for f in s.features]
        return cls(slots, strength, fit.vocabulary(rows, [s.article for s in slots for _ in s.features]))

    def __post_init__(self) -> None:
        """Turn the features into numbers."""
        self.owner = np.array([n for n, s in enumerate(self.slots) for _ in s.features])
        self.article = np.array([s.article for s in self.slots])
        self.matrix = self.vocabulary.matrix([f for s in self.slots for f in s.features])

    def again(self, marked: list[Marked], roles: tuple[str, ...]) -> "Ranked":
        """The same slots once more, with what models that never saw the article believe of its other events."""
        fold = np.array([each.source % FOLDS for each in marked])
        scores = {role: self.held_out(role, fold) for role in roles}
        of_article: dict[int, list[int]] = {}
        for n, slot in enumerate(self.slots):
            of_article.setdefault(slot.article, []).append(n)
        out = list(self.slots)
        for article, numbers in of_article.items():
            own = [self.slots[n] for n in numbers]
            believed = [{role: shares(scores[role][n]) for role in roles} for n in numbers]
            known = echoes(marked[article].reading, [s.told for s in own], [s.placed for s in own], believed)
            for n, slot, other in zip(numbers, own, known, strict=True):
                out[n] = replace(slot, features=joined(slot.features, other))
        return Ranked.of(out, self.strength)

    def head(self, role: str, slots: NDArray[np.bool_]) -> Head:
        """A ranking trained on some slots, of those whose right candidates are known."""
        usable = np.array([slots[n] and any(s.right[role]) for n, s in enumerate(self.slots)])
        rows = np.flatnonzero(usable[self.owner])
        truth = np.concatenate(
            [
                np.array(s.right[role], float) / sum(s.right[role])
                for n, s in enumerate(self.slots)
                if usable[n]
            ]
        )
        weight = np.array([1.0 if s.core else OPTIONAL for s in self.slots])[self.owner[rows]]
        named, none = self._heard(role, rows), np.zeros((len(rows), 0))
        return fit.ranking(
            named, none, truth, self.owner[rows], weight, self.strength, alike=role in ("date", "place")
        )

    def _heard(self, role: str, rows: NDArray[np.int64]) -> sp.csr_matrix:
        """The features of some rows without what the first look believed of the same event in the same role: an answer is no evidence for itself."""
        own = f"{ITSELF} {role} "
        heard = [not name.startswith(own) for name in self.vocabulary.names]
        return self.matrix[rows] @ sp.diags(np.array(heard, float), format="csr")

    def scores(self, head: Head) -> list[Array]:
        """The score of each slot's candidates."""
        flat = head.scores(self.matrix, np.zeros((len(self.owner), 0)))[:, 0]
        return np.split(flat, np.flatnonzero(np.diff(self.owner)) + 1)

    def held_out(self, role: str, fold: NDArray[np.int64]) -> list[Array]:
        """Scores by models that never saw the article."""
        out: list[Array] = [np.zeros(0)] * len(self.slots)
        for k in range(int(fold.max()) + 1):
            scores = self.scores(self.head(role, fold[self.article] != k))
            for n in np.flatnonzero(fold[self.article] == k):
                out[n] = scores[n]
        return out


@dataclass
class Networks:
    """The networks beside the second look at parties: the same features, and the encoder's vectors."""

    ranked: Ranked
    matrix: sp.csr_matrix
    """The features that more than a few of these articles have: the linear ranking may have learned from others."""
    dense: NDArray[np.float32]
    whole: NDArray[np.bool_]
    """The slots of whole texts: of sentences that stand alone once more the networks learn by heart."""

    @classmethod
    def of(cls, ranked: Ranked, marked: list[Marked]) -> "Networks":
        """Gather the vectors of all candidates."""
        dense = [
            naming.vectors(marked[s.article].reading, [s.told], [s.candidates]).astype(np.float32)
            for s in ranked.slots
        ]
        whole = np.array(["source" not in marked[s.article].gold for s in ranked.slots])
        rows = [f for s in ranked.slots for f in s.features]
        known = fit.vocabulary(rows, [s.article for s in ranked.slots for _ in s.features]).index
        heard = sp.diags(np.array([float(name in known) for name in ranked.vocabulary.names]), format="csr")
        return cls(ranked, ranked.matrix @ heard, np.concatenate(dense), whole)

    def members(self, slots: NDArray[np.bool_]) -> tuple[Network, ...]:
        """Networks trained on some slots, those of whole texts."""
        slots = slots & self.whole
        own = [s for n, s in enumerate(self.ranked.slots) if slots[n]]
        rows = np.flatnonzero(slots[self.ranked.owner])
        owner = np.repeat(np.arange(len(own)), [len(s.features) for s in own])
        truth = np.array(
            [[float(s.right[r][k]) for r in naming.ROLES] for s in own for k in range(len(s.features))]
        )
        weight = np.array([1.0 if s.core else OPTIONAL for s in own])
        named, dense = self.matrix[rows], self.dense[rows]
        return tuple(
            networks.ranking(named, dense, truth, owner, weight, SHAPE, seed) for seed in range(MEMBERS)
        )

    def held_out(self, linear: dict[str, list[Array]], fold: NDArray[np.int64]) -> dict[str, list[Array]]:
        """What the linear ranking and networks that never saw the article believe together; `linear`: its scores by role."""
        out: dict[str, list[Array]] = {role: [np.zeros(0)] * len(self.ranked.slots) for role in naming.ROLES}
        of = fold[self.ranked.article]
        for k in range(int(fold.max()) + 1):
            members = self.members(of != k)
            rows = np.flatnonzero((of == k)[self.ranked.owner])
            ends = np.flatnonzero(np.diff(self.ranked.owner[rows])) + 1
            said = [np.split(m.scores(self.matrix[rows], self.dense[rows]), ends) for m in members]
            for k_th, n in enumerate(np.flatnonzero(of == k)):
                for column, role in enumerate(naming.ROLES):
                    others = [shares(one[k_th][:, column]) for one in said]
                    out[role][n] = mixed(shares(linear[role][n]), others)
        return out


def model(first: Ranked, again: Ranked, roles: tuple[str, ...]) -> Model:
    """Both looks of the rankings, trained on everything."""
    every = np.ones(len(first.slots), bool)
    alone = Ranked(first.slots, first.strength, again.vocabulary)
    heads = {role: alone.head(role, every) for role in roles}
    return Model(again.vocabulary, heads | {role + AGAIN: again.head(role, every) for role in roles})


def measure(
    slots: list[Slot], role: str, answers: list[list[int]], right: Callable[[Slot, int], bool] | None = None
) -> dict[str, float]:
    """Of core events: right where somebody was marked, and invented where nobody was."""
    told = {"right": 0, "of": 0, "invented": 0, "nobody": 0, "reachable": 0}
    for slot, answer in zip(slots, answers, strict=True):
        if not slot.core:
            continue
        if slot.right[role][-1]:
            told["nobody"] += 1
            told["invented"] += bool(answer)
        else:
            told["of"] += 1
            told["right"] += any((right(slot, n) if right else slot.right[role][n]) for n in answer)
            told["reachable"] += any(slot.right[role])
    return {
        "right": 100 * told["right"] / max(1, told["of"]),
        "of": told["of"],
        "reachable": 100 * told["reachable"] / max(1, told["of"]),
        "invented": 100 * told["invented"] / max(1, told["nobody"]),
        "nobody": told["nobody"],
    }

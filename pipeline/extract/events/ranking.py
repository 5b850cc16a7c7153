"""Ranking the candidates for a slot of each event: parties, dates.

"The attack" of a later sentence was done by those, and on the day, that the first report names. A ranking is therefore asked
twice: for each event alone, and then with what was believed of the same candidate at the article's other events.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from pipeline.extract.events.features import Features
from pipeline.extract.events.linear import DIGITS, Array, Model
from pipeline.extract.events.network import Committee, together
from pipeline.extract.events.reading import Reading, Told

AGAIN = " again"
"""Ends the name of the decision that knows the others."""
ITSELF = "itself"
"""How an event stands to itself: what was believed of it in its other role."""
ALIKE = frozenset({ITSELF, "last alike", "next alike", "all alike", "same word"})
FAINT = 0.02
"""A belief below this is none."""
SHORTLY = 2
"""Sentences back to the event told shortly before."""
AROUND = 15
"""Events before and behind that are looked at."""

Candidates = Sequence[tuple[Hashable, str]]
"""Of one event: what tells a candidate from others in the whole article (None: nobody), and how it stands to the event."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Networks over the ranking's features and the encoder's vectors, an output for each role."""

    committee: Committee
    vectors: Array
    """A row for each candidate of each event."""


def others(reading: Reading, told: Sequence[Told]) -> list[dict[str, list[int]]]:
    """For each event the numbers of the events around it that may tell of it, by how they stand to it."""
    sentence = [reading.sentence[each.head] for each in told]
    paragraph = [reading.parsed.sentences[n].paragraph for n in sentence]
    lemma = [reading.tree.lemmas[each.head] for each in told]
    out = []
    for j, each in enumerate(told):
        rest = [k for k in range(max(0, j - AROUND), min(len(told), j + AROUND + 1)) if k != j]
        alike = [k for k in rest if told[k].event_type == each.event_type]
        before = [k for k in rest if told[k].head < each.head]
        shortly = [k for k in before if 0 < sentence[j] - sentence[k] <= SHORTLY]
        related = {
            ITSELF: [j],
            "last alike": [k for k in alike if told[k].head < each.head][-1:],
            "next alike": [k for k in alike if told[k].head > each.head][:1],
            "all alike": alike,
            "same word": [k for k in alike if lemma[k] == lemma[j]],
            "alike in sentence": [k for k in alike if sentence[k] == sentence[j]],
            "in sentence": [k for k in rest if sentence[k] == sentence[j]],
            "in paragraph": [k for k in before if paragraph[k] == paragraph[j]][-1:],
            "shortly before": shortly[-1:],
            "around": rest,
        }
        out.append({name: found for name, found in related.items() if found})
    return out


def rank(
    model: Model,
    reading: Reading,
    told: Sequence[Told],
    candidates: Sequence[Candidates],
    features: Sequence[list[Features]],
    roles: Sequence[str],
    beside: Beside | None = None,
) -> list[dict[str, Array]]:
    """How likely each candidate of each event is, by role.

    `told`: in order of the text; `candidates`, `features`: by event, nobody last; `beside`: networks that have their say in
    the second look.
    """
    first = look(model, features, roles)
    return look_again(model, reading, told, candidates, features, first, beside)


def look_again(
    model: Model,
    reading: Reading,
    told: Sequence[Told],
    candidates: Sequence[Candidates],
    features: Sequence[list[Features]],
    believed: Sequence[dict[str, Array]],
    beside: Beside | None = None,
) -> list[dict[str, Array]]:
    """The second look: how likely each candidate is, by role, knowing what was believed of it at the article's other events."""
    roles = list(believed[0]) if believed else []
    known = echoes(reading, told, candidates, believed)
    again = [role + AGAIN for role in roles]
    second = look(model, [joined(*both) for both in zip(features, known, strict=True)], again, beside)
    return [{role: shares[role + AGAIN] for role in roles} for shares in second]


def look(
    model: Model, features: Sequence[list[Features]], roles: Sequence[str], beside: Beside | None = None
) -> list[dict[str, Array]]:
    """The shares of each event's candidates by role, from one look."""
    ends = np.cumsum([len(group) for group in features])[:-1]
    rows = list(chain.from_iterable(features))
    named, none = model.vocabulary.matrix(rows), np.zeros((len(rows), 0))
    scores = {role: np.split(model.heads[role].scores(named, none)[:, 0], ends) for role in roles}
    if beside is None:
        return [{role: shares(scores[role][n]) for role in roles} for n in range(len(features))]
    others = [np.split(one, ends) for one in beside.committee.scores(named, beside.vectors)]
    return [
        {
            role: mixed(shares(scores[role][n]), [shares(one[n][:, column]) for one in others])
            for column, role in enumerate(roles)
        }
        for n in range(len(features))
    ]


def mixed(linear: Array, others: Sequence[Array]) -> Array:
    """What the linear ranking and the networks believe together: they err in different places."""
    return np.asarray(np.round(together(linear, others), DIGITS))


def shares(score: Array) -> Array:
    """How likely each candidate is, the last one being nobody."""
    e = np.exp(score - score.max())
    return np.asarray(np.round(e / e.sum(), DIGITS))


def joined(features: list[Features], known: list[Features]) -> list[Features]:
    """The candidates' own features, and what was believed of them elsewhere."""
    return [{**own, **other} for own, other in zip(features, known, strict=True)]


def beliefs(candidates: Sequence[Candidates], shares: Sequence[Array]) -> tuple[dict[Hashable, int], Array]:
    """What is believed of each candidate at each event, those of one key together: the column of each key, a row an event."""
    column: dict[Hashable, int] = {}
    for own in candidates:
        for key, _ in own:
            column.setdefault(key, len(column))
    out = np.zeros((len(candidates), len(column)))
    for row, own, share in zip(out, candidates, shares, strict=True):
        for (key, _), belief in zip(own, share.tolist(), strict=True):
            row[column[key]] += belief
    return column, out


def echoes(
    reading: Reading,
    told: Sequence[Told],
    candidates: Sequence[Candidates],
    shares: Sequence[dict[str, Array]],
) -> list[list[Features]]:
    """For each event and candidate, what was believed of the same one at other events.

    `candidates`, `shares`: by event; the shares by role, one for each candidate. Events stand in order of the text.
    """
    roles = list(shares[0]) if shares else []
    believed = {role: beliefs(candidates, [by[role] for by in shares]) for role in roles}
    out = []
    for each, own, related in zip(told, candidates, others(reading, told), strict=True):
        means: dict[tuple[str, str], list[float]] = {}
        for name, numbers in related.items():
            for role, (column, belief) in believed.items():
                columns = [column[key] for key, _ in own]
                means[name, role] = belief[np.ix_(numbers, columns)].mean(axis=0).tolist()
        out.append(
            [_echo(each, place, {w: of[n] for w, of in means.items()}) for n, (_, place) in enumerate(own)]
        )
    return out


def _echo(told: Told, place: str, means: dict[tuple[str, str], float]) -> Features:
    """Of one candidate; `means`: what is believed of it at the events that stand so to this one, in such a role."""
    alike = any(name == "all alike" for name, _ in means)
    out: Features = {} if alike else {f"none alike {place}": 1}
    for (name, role), belief in means.items():
        if belief > FAINT:
            feature = f"{name} {role} {place}"
            out[feature] = out[f"{feature} {told.status}"] = belief
            if name in ALIKE:
                out[f"{feature} {told.event_type}"] = belief
    return out

"""Who did it and to whom: the article's own actors and the sentence's noun phrases, ranked for each event, or nobody."""

from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.extract.events import network
from pipeline.extract.events.judge import MODEL
from pipeline.extract.events.linear import DIGITS, Array, Model, load
from pipeline.extract.events.party_features import Candidate, PartyFeatures
from pipeline.extract.events.ranking import Beside, look_again, rank
from pipeline.extract.events.reading import Reading, Told

ROLES = ("actor", "recipient")
SHARE = {"actor": 0.55, "recipient": 0.43}
"""The share of the belief that somebody must have against nobody to be named at all."""
TOGETHER = 0.45
"""The share of the first party's belief with which others stand beside it."""
JOINED = 0.1
"""The same for those joined to it by "and"."""
ALONE = 0.15
"""The belief that others need who are not: where it is spread thinly nobody stands beside the first."""
MOST = 4
JOINT, FAINT = 0.3, 1e-4
"""How much of the say the network over the whole article has, and a share below which none counts."""
ACTING = 1.25
"""How much more whoever would act and undergo is believed to act."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party to an event: an actor, words for it, or both."""

    role: str
    candidate: Candidate


@cache
def parties_model() -> Model:
    """The trained rankings."""
    return load(MODEL / "parties.npz")


@cache
def networks_model() -> network.Committee:
    """The networks beside them."""
    return network.load(MODEL / "parties_networks.npz", parties_model().vocabulary)


def find_parties(reading: Reading, told: list[Told]) -> list[list[Party]]:
    """The parties of each event: none where the text names nobody. Who meets is an actor, whoever asked for it.

    Who meets whom the rankings alone tell: the network over the article points at one of them.
    """
    if not told:
        return []
    of = PartyFeatures(reading)
    every = [of.candidates(each) for each in told]
    features = [of.all(each, candidates) for each, candidates in zip(told, every, strict=True)]
    beside = Beside(networks_model(), vectors(reading, told, every))
    where = [placed(own) for own in every]
    believed = rank(parties_model(), reading, told, where, features, ROLES, beside)
    pointed = pointed_at(reading, told, every)
    heard = with_joint(believed, pointed)
    # Who acts is asked once more, now that the network over the article has told who acts elsewhere.
    last = look_again(parties_model(), reading, told, where, features, heard, beside)
    believed, heard = (
        [{**before, "actor": after["actor"]} for before, after in zip(*both, strict=True)]
        for both in ((believed, last), (heard, with_joint(last, pointed)))
    )
    meeting = [each.event_type == "CONSULT" and of.mutual(each) for each in told]
    return [
        _parties(reading, each, candidates, alone if mutual else share, mutual=mutual)
        for each, candidates, alone, share, mutual in zip(told, every, believed, heard, meeting, strict=True)
    ]


def pointed_at(reading: Reading, told: list[Told], every: list[list[Candidate]]) -> list[Array]:
    """How much each event's word points at the words of each candidate, anywhere around, in the network over the whole article: [candidate, role], nobody last."""
    out = []
    for each, candidates in zip(told, every, strict=True):
        pointed = reading.parsed.joint.points(each.head)
        first, end = int(pointed.tokens[0]), int(pointed.tokens[-1]) + 1
        said = np.zeros((len(ROLES), end - first))
        said[:, pointed.tokens - first] = pointed.shares[:, 1:]
        meant = [_words_of(reading, candidate, first, end) for candidate in candidates]
        told_of = np.array([said[:, own].sum(axis=1) for own in meant]).reshape(-1, len(ROLES))
        out.append(np.vstack([told_of, pointed.shares[:, 0]]))
    return out


def with_joint(believed: list[dict[str, Array]], pointed: list[Array]) -> list[dict[str, Array]]:
    """The beliefs once the network over the whole article had its say."""
    return [
        {role: both(shares[role], said[:, n]) for n, role in enumerate(ROLES)}
        for shares, said in zip(believed, pointed, strict=True)
    ]


def both(shares: Array, said: Array) -> Array:
    """What the ranking and the network hold likely together."""
    said = said / max(float(said.sum()), FAINT)
    return np.asarray(np.round(network.agreed(shares, said, JOINT, FAINT), DIGITS))


def _words_of(reading: Reading, candidate: Candidate, first: int, end: int) -> list[int]:
    """The tokens between two that mean a candidate, counted from the first: all of an actor, else those of the phrase that mean no actor."""
    if candidate.actor is None:
        head = candidate.heads[0]
        start, last = reading.cast.phrase(head)
        own = range(max(start, first), min(last + 1, end))
        return [i - first for i in own if i == head or reading.actors[i] is None]
    every = reading.named.get(candidate.actor, [])
    near = every[bisect_left(every, first) : bisect_left(every, end)]
    return sorted({i - first for i in (*near, *candidate.heads) if first <= i < end})


def vectors(reading: Reading, told: list[Told], every: list[list[Candidate]]) -> Array:
    """The encoder's vectors of the event's word and of the candidate's word nearest to it, a row for each candidate of each event, nobody's last.

    Nothing for who is not in the sentence, and for nobody.
    """
    of = reading.vectors
    rows = sum(len(candidates) + 1 for candidates in every)
    out = np.zeros((rows, 2 * of.shape[1]))
    row = 0
    for each, candidates in zip(told, every, strict=True):
        out[row : row + len(candidates) + 1, : of.shape[1]] = of[each.head]
        for n, candidate in enumerate(candidates):
            if candidate.heads:
                nearest = min(candidate.heads, key=lambda i: abs(i - each.head))
                out[row + n, of.shape[1] :] = of[nearest]
        row += len(candidates) + 1
    return out


def placed(candidates: list[Candidate]) -> list[tuple[Hashable, str]]:
    """The candidates as the article's other events know them, nobody last."""
    return [*((c.key, "here" if c.heads else "away") for c in candidates), (None, "nobody")]


def _parties(
    reading: Reading, told: Told, candidates: list[Candidate], believed: dict[str, Array], *, mutual: bool
) -> list[Party]:
    """Those who are likely enough; fills in the words that name to whom it was done."""
    if mutual:  # who is met takes part as who meets
        nobody = believed["actor"][-1]
        together = believed["actor"] + believed["recipient"]
        believed = {"actor": np.append(together[:-1], nobody)}
    found = [
        Party(role, candidates[n])
        for role, answer in answers(reading, candidates, believed).items()
        for n in answer
    ]
    told.recipients = [p.candidate.heads[0] for p in found if p.role == "recipient" and p.candidate.heads]
    return found


def answers(
    reading: Reading, candidates: list[Candidate], believed: dict[str, Array]
) -> dict[str, list[int]]:
    """Who is named in each role. Nobody has two: whoever would has the one that is believed more, and the other role is asked again without."""
    out = {role: chosen(reading, candidates, share, SHARE[role]) for role, share in believed.items()}
    if len(out) < 2:
        return out
    actor, recipient = ROLES
    torn = set(out[actor]) & set(out[recipient])
    acts = {n for n in torn if believed[actor][n] * ACTING >= believed[recipient][n]}
    for role, others in ((actor, torn - acts), (recipient, acts)):
        if others:
            out[role] = chosen(reading, candidates, _without(believed[role], others), SHARE[role])
    out[recipient] = [n for n in out[recipient] if n not in out[actor]]
    return out


def _without(share: Array, others: set[int]) -> Array:
    """The shares of belief of those who are left."""
    left = np.where(np.isin(np.arange(len(share)), sorted(others)), 0.0, share)
    return np.asarray(left / max(left.sum(), 1e-9))


def chosen(reading: Reading, candidates: list[Candidate], share: Array, least: float) -> list[int]:
    """The likeliest party, where somebody is likely at all, and who stands beside it."""
    if 1 - share[-1] < least or len(share) < 2:
        return []
    order = sorted(range(len(candidates)), key=lambda n: (-share[n], n))
    first = order[0]
    joined = {x for h in candidates[first].heads for x in reading.tree.coordinated(h)}
    out = [first]
    for n in order[1:]:
        beside = joined & set(candidates[n].heads)
        if share[n] >= (share[first] * JOINED if beside else max(share[first] * TOGETHER, ALONE)):
            out.append(n)
    return out[:MOST]

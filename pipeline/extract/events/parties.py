"""Who did it and to whom: the article's own actors and the sentence's noun phrases, ranked for each event, or nobody."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.extract.events.judge import MODEL
from pipeline.extract.events.linear import DIGITS, Array, Model, load
from pipeline.extract.events.party_features import Candidate, PartyFeatures
from pipeline.extract.events.reading import Reading, Told

ROLES = ("actor", "recipient")
SHARE = {"actor": 0.65, "recipient": 0.55}
"""The share of the belief that somebody must have against nobody to be named at all."""
TOGETHER = 0.45
"""The share of the first party's belief with which others stand beside it."""
JOINED = 0.1
"""The same for those joined to it by "and"."""
MOST = 4


@dataclass(frozen=True, slots=True)
class Party:
    """A party to an event: an actor, words for it, or both."""

    role: str
    candidate: Candidate


@cache
def parties_model() -> Model:
    """The trained rankings."""
    return load(MODEL / "parties.npz")


def find_parties(reading: Reading, told: list[Told]) -> list[list[Party]]:
    """The parties of each event: none where the text names nobody. Who meets is an actor, whoever asked for it."""
    of = PartyFeatures(reading)
    every = [of.candidates(each) for each in told]
    features = [
        [*(of.of(each, c) for c in candidates), of.nobody(each, candidates)]
        for each, candidates in zip(told, every, strict=True)
    ]
    scores = parties_model().ranked(features)
    out: list[list[Party]] = []
    for n, (each, candidates) in enumerate(zip(told, every, strict=True)):
        believed = {role: shares(scores[role][n]) for role in ROLES}
        if each.event_type == "CONSULT" and of.mutual(each):  # who is met takes part as who meets
            nobody = believed["actor"][-1]
            together = believed["actor"] + believed.pop("recipient")
            believed["actor"] = np.append(together[:-1], nobody)
        found: list[Party] = []
        for role, share in believed.items():
            taken = {p.candidate.key for p in found}
            best = [candidates[k] for k in chosen(reading, candidates, share, SHARE[role])]
            found += [Party(role, one) for one in best if one.key not in taken]
        each.recipients = [p.candidate.heads[0] for p in found if p.role == "recipient" and p.candidate.heads]
        out.append(found)
    return out


def shares(score: Array) -> Array:
    """How likely each candidate is the party, the last one being nobody."""
    e = np.exp(score - score.max())
    return np.asarray(np.round(e / e.sum(), DIGITS))


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
        if share[n] >= share[first] * (JOINED if beside else TOGETHER):
            out.append(n)
    return out[:MOST]

"""Where an event happened: the places that the article names, ranked for each event, or none."""

from functools import cache

from pipeline.extract.events.judge import MODEL
from pipeline.extract.events.linear import Array, Model, load
from pipeline.extract.events.place_features import PlaceFeatures
from pipeline.extract.events.ranking import look
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.rows import Mention

ROLES = ("place",)
SHARE = 0.65
"""The belief in a place that it takes to give it: eight or nine in ten are right then."""


@cache
def places_model() -> Model:
    """The trained ranking."""
    return load(MODEL / "places.npz")


def find_places(reading: Reading, told: list[Told]) -> list[tuple[Mention, str] | None]:
    """The place of each event and where it was read; None where its sentence does not tell.

    What only another sentence names stands against the places of the sentence, and is not given: half of those are wrong.
    """
    of = PlaceFeatures(reading)
    if not told or not of.told:
        return [None] * len(told)
    every = [of.candidates(each) for each in told]
    features = [of.features(each, own) for each, own in zip(told, every, strict=True)]
    out: list[tuple[Mention, str] | None] = []
    for each, own, believed in zip(told, every, look(places_model(), features, ROLES), strict=True):
        best = likeliest(believed["place"])
        where = None if best is None else own[best]
        basis = where and of.basis(each, where)
        out.append((where.mention, basis) if where and basis else None)
    return out


def likeliest(share: Array) -> int | None:
    """The place with the largest share, none standing last; None where too little is believed of it."""
    if len(share) < 2:
        return None
    best = int(share[:-1].argmax())
    return best if share[best] >= SHARE else None

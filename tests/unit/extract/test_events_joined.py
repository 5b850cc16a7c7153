"""Two models as one: each has half the say, over the features that either knows."""

import numpy as np
import pytest

from pipeline.extract.events.linear import Head, Model, Vocabulary
from pipeline.extract.events.network import Committee, Network
from pipeline.extract.events.train import joined

OLD, NEW = Vocabulary({"strike": 0, "march": 1}), Vocabulary({"march": 0, "talks": 1})
CHANCE = np.random.default_rng(5)


def head(known: Vocabulary, labels: tuple[str, ...] = ("no", "yes")) -> Head:
    """A decision of chance weights over features and vectors of three numbers."""
    k = len(labels)
    shapes = ((k,), (len(known.index), k), (3, k), (3,))
    return Head(labels, *(CHANCE.standard_normal(shape) for shape in shapes))


def test_a_linear_decision_is_the_mean_of_both() -> None:
    old, new = Model(OLD, {"event": head(OLD)}), Model(NEW, {"event": head(NEW)})
    both = joined.models(old, new)
    words, vectors = [{"strike": 1.0, "march": 1.0}, {"talks": 2.0}, {}], CHANCE.standard_normal((3, 3))
    mean = (old.scores("event", words, vectors) + new.scores("event", words, vectors)) / 2
    assert np.allclose(both.scores("event", words, vectors), mean)


def test_what_the_other_decided_otherwise_is_the_new_ones() -> None:
    new = Model(NEW, {"event": head(NEW), "calibration": head(NEW)})
    old = Model(OLD, {"event": head(OLD, ("yes",)), "calibration": head(OLD)})
    both = joined.models(old, new)
    words, vectors = [{"march": 1.0, "strike": 1.0}], np.zeros((1, 3))
    assert np.allclose(both.scores("event", words, vectors), new.scores("event", words, vectors))
    assert both.heads["calibration"] is new.heads["calibration"]


def network(known: Vocabulary, width: int) -> Network:
    """A network of chance weights with two hidden units and two outputs."""
    features, of_words = len(known.index), CHANCE.standard_normal
    return Network(
        embed=of_words((features, 2)),
        first=of_words((width, 2)),
        first_bias=of_words(2),
        second=of_words((2, 2)),
        second_bias=of_words(2),
        out=of_words((2, 2)),
        out_bias=of_words(2),
        straight=of_words((features, 2)),
        mean=of_words(width),
        spread=np.full(width, 2.0),
    )


def test_networks_of_both_say_what_they_said() -> None:
    one, other = Committee(("", "yes"), (network(OLD, 3),)), Committee(("", "yes"), (network(NEW, 5),))
    both = joined.committees(one, other, OLD, NEW)
    words, vectors = [{"march": 1.0}, {"strike": 1.0, "talks": 1.0}], CHANCE.standard_normal((2, 5))
    first, second = both.scores(joined.union(OLD, NEW).matrix(words), vectors)
    assert np.allclose(first, one.members[0].scores(OLD.matrix(words), vectors[:, :3]))
    assert np.allclose(second, other.members[0].scores(NEW.matrix(words), vectors))


def test_committees_on_different_things_are_not_joined() -> None:
    one, other = Committee(("yes",), (network(OLD, 3),)), Committee(("no",), (network(NEW, 3),))
    with pytest.raises(ValueError, match="--beside"):
        joined.committees(one, other, OLD, NEW)


def test_networks_that_stay_say_what_they_said_over_more_features() -> None:
    old = Committee(("", "yes"), (network(OLD, 3),))
    carried = joined.carried(old, OLD, NEW)
    words, vectors = [{"march": 1.0, "talks": 1.0}, {"strike": 1.0}], CHANCE.standard_normal((2, 3))
    said = carried.scores(joined.union(OLD, NEW).matrix(words), vectors)[0]
    assert np.allclose(said, old.members[0].scores(OLD.matrix(words), vectors))

"""Networks: what a linear model cannot tell, the same after a file, and no say for foreign vectors."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.extract.events import network
from pipeline.extract.events.judge import event_and_types, surroundings
from pipeline.extract.events.linear import Vocabulary
from pipeline.extract.events.network import LINEAR
from pipeline.extract.events.train import networks
from pipeline.extract.events.train.gold import reading
from tests.unit.extract.test_events import parsed

SHAPE = networks.Shape(hidden=16, passes=200, batch=16, drop=0.0, drop_features=0.0)
NAMES = Vocabulary({"a": 0, "b": 1, "c": 2})
EITHER = [{"a": 1.0, "c": 1.0}, {"b": 1.0, "c": 1.0}, {"a": 1.0, "b": 1.0}, {"c": 1.0}]
"""One of "a" and "b", not both: no weighted sum tells that."""
NAMED = NAMES.matrix(EITHER)


@pytest.fixture(scope="module")
def committee() -> network.Committee:
    """Two networks that tell whether exactly one of two features holds."""
    features = EITHER * 40
    truth = np.array([1, 1, 0, 0] * 40)
    dense = np.random.default_rng(3).standard_normal((len(features), 4))
    members = tuple(
        networks.classes(NAMES.matrix(features), dense, truth, np.ones(len(features)), 2, SHAPE, seed)
        for seed in (0, 1)
    )
    return network.Committee(("no", "yes"), members)


def test_tells_what_no_sum_tells(committee: network.Committee) -> None:
    for scores in committee.scores(NAMED, np.zeros((4, 4))):
        assert scores.argmax(axis=1).tolist() == [1, 1, 0, 0]


def test_a_row_alone_scores_as_among_others(committee: network.Committee) -> None:
    among = committee.scores(NAMED, np.ones((4, 4)))[0]
    alone = [committee.scores(NAMED[n : n + 1], np.ones((1, 4)))[0][0] for n in range(4)]
    assert np.allclose(among, alone, atol=1e-5)


def test_the_file_holds_the_same_decisions(committee: network.Committee, tmp_path: Path) -> None:
    network.save(committee, tmp_path / "events.npz")
    read = network.load(tmp_path / "events.npz", NAMES)
    assert read.labels == committee.labels
    assert len(read.members) == 2
    for before, after in zip(
        committee.scores(NAMED, np.ones((4, 4))), read.scores(NAMED, np.ones((4, 4))), strict=True
    ):
        assert np.allclose(before, after, atol=0.05)
        assert (before.argmax(axis=1) == after.argmax(axis=1)).all()


def test_networks_over_other_features_are_not_read(committee: network.Committee, tmp_path: Path) -> None:
    network.save(committee, tmp_path / "events.npz")
    with pytest.raises(ValueError, match="other features"):
        network.load(tmp_path / "events.npz", Vocabulary({"a": 0, "b": 1}))


def test_vectors_of_another_model_have_no_say(committee: network.Committee) -> None:
    scores = committee.scores(NAMED, np.full((4, 7), 9.0))[0]
    assert np.allclose(scores, committee.scores(NAMED, np.tile(committee.members[0].mean, (4, 1)))[0])


def test_one_start_gives_one_network() -> None:
    def made() -> network.Network:
        truth = np.array([1, 1, 0, 0] * 10)
        return networks.classes(
            NAMES.matrix(EITHER * 10), np.zeros((40, 0)), truth, np.ones(40), 2, SHAPE, seed=5
        )

    assert (made().embed == made().embed).all()


def test_the_say_is_shared_between_the_linear_model_and_the_networks() -> None:
    sure, unsure = np.array([[-50.0, 50.0, -50.0]]), np.zeros((1, 3))
    event, types = event_and_types(np.array([[-50.0]]), np.zeros((1, 2)), [sure, sure])
    assert event[0] == pytest.approx(1 - LINEAR, abs=1e-6)
    assert types[0].tolist() == pytest.approx([1.0, 0.0], abs=1e-6)
    event, _ = event_and_types(np.array([[50.0]]), np.zeros((1, 2)), [unsure])
    assert event[0] == pytest.approx(LINEAR + (1 - LINEAR) * 2 / 3, abs=1e-6)


def test_one_of_each_group_holds_for_each_role() -> None:
    """Who has either of two features acts, who has both undergoes; a group without an answer in a role teaches nothing of it."""
    group = [*EITHER[1:3], EITHER[3]]
    truth = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    features = group * 60
    owner = np.repeat(np.arange(60), 3)
    dense = np.random.default_rng(3).standard_normal((len(features), 4))
    every = np.tile(truth, (60, 1))
    every[:90, 1] = 0
    learned = networks.ranking(NAMES.matrix(features), dense, every, owner, np.ones(60), SHAPE, 0)
    scores = learned.scores(NAMES.matrix(group), np.zeros((3, 4)))
    assert scores.argmax(axis=0).tolist() == [0, 1]


def test_of_features_that_no_text_has_nothing_is_known() -> None:
    wider = Vocabulary({**NAMES.index, "never": 3})
    named = wider.matrix(EITHER * 10)
    learned = networks.classes(named, np.zeros((40, 2)), np.zeros(40, int), np.ones(40), 2, SHAPE, 0)
    assert not learned.embed[3].any()
    assert learned.embed[0].any()


def test_networks_see_the_sentences_around_a_word() -> None:
    """A word's vector, the mean of its sentence, and that of the sentences at hand on either side."""
    read = reading(parsed("Dockers struck. Police came. Ships waited."))
    vectors = read.vectors.astype(float)
    if not vectors.shape[1]:
        pytest.skip("the language model has no vectors")
    spans = [sentence.span for sentence in read.parsed.sentences]
    means = np.array([vectors[s.start : s.end].mean(axis=0) for s in spans])
    head = spans[1].start
    (row,) = surroundings(read, [head])
    assert np.allclose(row, np.concatenate([vectors[head], means[1], means.mean(axis=0)]))

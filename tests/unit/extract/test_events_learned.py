"""The learned decisions: linear models, how they are fitted and kept, and what is done with their scores."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline.extract.events import judge, parties
from pipeline.extract.events.linear import Head, Model, Vocabulary, load, save, sigmoid, softmax
from pipeline.extract.events.party_features import Candidate
from pipeline.extract.events.ranking import shares
from pipeline.extract.events.train import fit, words
from pipeline.extract.events.train.gold import reading, same_name
from pipeline.extract.events.train.measure import Found, Row, pairs
from pipeline.extract.parsed import ParsedArticle

Parse = Callable[..., ParsedArticle]
NONE = np.zeros((0, 0))


def toy() -> tuple[Vocabulary, list[dict[str, float]], np.ndarray]:
    """Words that say "yes" where they have the feature `good`, whatever else they have."""
    features = [{"good": 1.0, f"odd{n % 3}": 1.0} if n % 2 else {f"odd{n % 3}": 1.0} for n in range(60)]
    return fit.vocabulary(features, range(60)), features, np.array([n % 2 for n in range(60)], float)


def test_a_binary_decision_finds_what_tells() -> None:
    vocabulary, features, truth = toy()
    none = np.zeros((60, 0))
    head = fit.binary(vocabulary.matrix(features), none, truth, np.ones(60), fit.Strength(0.1))
    said = sigmoid(head.scores(vocabulary.matrix([{"good": 1.0}, {"odd1": 1.0}]), np.zeros((2, 0))))[:, 0]
    assert said[0] > 0.9
    assert said[1] < 0.1


def test_vectors_tell_as_well_as_names() -> None:
    rng = np.random.default_rng(0)
    dense = rng.normal(5.0, 2.0, (80, 3))
    truth = (dense[:, 1] > 5).astype(float)
    empty = Vocabulary({"never": 0}).matrix([{}] * 80)
    head = fit.binary(empty, dense, truth, np.ones(80), fit.Strength(1.0, 0.1))
    said = sigmoid(head.scores(empty, dense))[:, 0]
    assert ((said > 0.5) == (truth > 0.5)).mean() > 0.95


def test_a_ranking_shares_belief_within_each_group() -> None:
    features = [{"subject": 1.0}, {"object": 1.0}, {"nobody": 1.0}] * 20
    vocabulary = fit.vocabulary(features, range(60))
    truth, group = np.array([1.0, 0.0, 0.0] * 20), np.repeat(np.arange(20), 3)
    matrix = vocabulary.matrix(features)
    head = fit.ranking(matrix, np.zeros((60, 0)), truth, group, np.ones(60), fit.Strength(0.1))
    share = shares(head.scores(matrix[:3], np.zeros((3, 0)))[:, 0])
    assert share.sum() == pytest.approx(1)
    assert share[0] > 0.9


def test_a_feature_of_too_few_articles_is_none() -> None:
    assert fit.vocabulary([{"a": 1.0}, {"a": 1.0}, {"b": 1.0}], [0, 1, 1], least=2).index == {"a": 0}


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    head = Head(
        ("x", ""), np.array([0.5, -1.0]), np.array([[1.0, 2.0]]), np.array([[0.25, 0.0]]), np.array([2.0])
    )
    save(Model(Vocabulary({"lemma=tagen": 0}), {"mode.AID": head}), tmp_path / "m.npz")
    back = load(tmp_path / "m.npz")
    assert back.heads["mode.AID"].labels == ("x", "")
    dense = np.array([[4.0]])
    scores = back.scores("mode.AID", [{"lemma=tagen": 1.0, "unknown": 9.0}], dense)
    assert scores.tolist() == [[2.0, 1.0]]
    assert softmax(scores).sum() == pytest.approx(1)
    other = back.scores("mode.AID", [{"lemma=tagen": 1.0}], np.array([[4.0, 4.0]]))
    assert other.tolist() == [[1.5, 1.0]]


def test_the_curve_of_confidence_rises() -> None:
    score = np.linspace(0, 1, 240)
    right = (np.arange(240) % 10 < score * 10).astype(float)
    curve = words.calibration(score, right)
    assert (np.diff(curve.bias) >= 0).all()
    assert np.interp(0.9, curve.named[:, 0], curve.bias) == pytest.approx(0.9, abs=0.1)


def test_a_killing_and_the_attack_in_its_clause_are_one_event(parsed: Parse) -> None:
    text = "Army airstrikes killed nine militants. Troops shelled a camp after rebels had kidnapped a nun."
    own = reading(parsed(text))
    at = {w: i for i, w in enumerate(own.tree.words)}
    kinds = {t: n for n, t in enumerate(judge.event_types())}
    assert judge.same_event(own, at["airstrikes"], at["killed"], kinds["ASSAULT"])
    assert not judge.same_event(own, at["shelled"], at["kidnapped"], kinds["ASSAULT"])
    assert not judge.same_event(own, at["killed"], at["kidnapped"], kinds["ASSAULT"])


@pytest.mark.parametrize(
    ("text", "first", "second", "event_type"),
    [
        ("Jets bombed a farm in revenge for the massacre of last week.", "massacre", "bombed", "ASSAULT"),
        ("Troops killed ten rebels in retaliation for an ambush.", "ambush", "killed", "ASSAULT"),
    ],
)
def test_a_deed_and_what_it_answers_are_two_events(
    parsed: Parse, text: str, first: str, second: str, event_type: str
) -> None:
    own = reading(parsed(text))
    at = {w: i for i, w in enumerate(own.tree.words)}
    kind = judge.event_types().index(event_type)
    assert not judge.same_event(own, at[first], at[second], kind)


def leaning_to(event_type: str) -> np.ndarray:
    """Shares of the types of one word that lean to one."""
    types = np.full((1, len(judge.event_types())), 0.02)
    types[0, judge.event_types().index(event_type)] = 0.7
    return types


@pytest.mark.parametrize("word", ["took", "arrived"])
def test_in_a_short_text_the_network_is_heard_on_whether(parsed: Parse, word: str) -> None:
    own = reading(parsed("Gunmen took two nurses. A truck with flour arrived in the town."))
    i = own.tree.words.index(word)
    types, known = leaning_to("AID"), np.array([False])
    said = 1 - float(own.parsed.joint.event[own.parsed.joint.rows([i])][0, 0])
    some, same = judge.with_joint_alone(own, [i], np.array([0.5]), types, known)
    assert (some[0] > 0.5) == (said > 0.5)
    assert some[0] != 0.5
    assert (same == types).all()


@pytest.mark.parametrize(
    ("text", "word", "event_type"),
    [
        ("The last Kenyan peacekeepers sailed home from Haiti.", "sailed", "RETREAT"),
        ("Ghana sent the Serbian envoy packing.", "sent", "SANCTION"),
    ],
)
def test_in_a_short_text_the_network_is_heard_on_the_type_of_words_that_no_entry_fits(
    parsed: Parse, text: str, word: str, event_type: str
) -> None:
    own = reading(parsed(text))
    i, kind = own.tree.words.index(word), judge.event_types().index(event_type)
    types = leaning_to("CONSULT")
    _, heard = judge.with_joint_alone(own, [i], np.array([0.5]), types, np.array([True]))
    assert heard[0, kind] > types[0, kind]
    assert heard.sum() == pytest.approx(1)


def test_in_a_short_text_the_network_makes_no_accusation_likelier(parsed: Parse) -> None:
    own = reading(parsed("Police arrested two students."))
    i = own.tree.words.index("arrested")
    known = np.array([False])
    some, _ = judge.with_joint_alone(own, [i], np.array([0.5]), leaning_to("ACCUSE"), known)
    assert some[0] == 0.5


def test_nobody_is_named_where_nobody_is_likely(parsed: Parse) -> None:
    own = reading(parsed("Rebels and soldiers fought."))
    at = {w: i for i, w in enumerate(own.tree.words)}
    pair = [Candidate(None, (at["rebels"],)), Candidate(None, (at["soldiers"],))]
    assert parties.chosen(own, pair, np.array([0.3, 0.1, 0.6]), 0.5) == []
    assert parties.chosen(own, pair, np.array([0.7, 0.1, 0.2]), 0.5) == [0, 1]
    assert parties.chosen(own, pair[:1], np.array([0.7, 0.3]), 0.5) == [0]
    assert parties.chosen(own, [], np.array([1.0]), 0.5) == []


def test_names_of_one_actor_share_their_words() -> None:
    assert same_name("President Ana Sólveig", "Solveig")
    assert not same_name("Ana Sólveig", "Ana Vik")
    assert not same_name("the president", "president")


def test_a_row_tells_the_marked_event_that_it_fits_best() -> None:
    text = "Troops shelled Dara.\n\nThe shelling went on and troops seized a bridge."
    event = {"event_type": "ASSAULT", "also_accept": ["COERCE"], "trigger": [7, 14], "core": True}
    near, exact = Row(0, 6, "ASSAULT", 0.9), Row(7, 14, "COERCE", 0.8)
    assert pairs([event], [near, exact], text) == [(event, exact)]
    elsewhere = Row(26, 34, "ASSAULT", 0.9)
    assert pairs([event], [elsewhere], text) == []
    found = Found()
    found.add([event], [near, elsewhere], text)
    assert (found.recall, found.precision) == (100.0, 50.0)

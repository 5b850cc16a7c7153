import numpy as np

from pipeline.link.train.fit import SPLITS, chances, fitted, least_score, tried
from pipeline.link.train.stories import read_story
from pipeline.link.weights import STEP

TEXT = """kind: war
expect: hit corroborated
expect: #dead growing
plan: hit-plan > hit

=== a 2025-04-01 -
Rebels [will attack](hit-plan) Orhei.

=== b 2025-04-02 Orhei Post
Rebels [attacked](hit) Orhei and killed [two men](#dead).
"""


def sample(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    pick = np.random.default_rng(1)
    features = pick.integers(0, 2, (n, 3)).astype(float)
    return features, (features[:, 0] - features[:, 1] + pick.normal(0, 0.3, n)) > 0.5


def test_weights_follow_what_the_pairs_show() -> None:
    features, same = sample()
    w = fitted(features, same, np.zeros(3, dtype=np.int64))
    assert w[0] > 1 and w[1] < -1 and abs(w[2]) < 0.5


def test_a_feature_never_counts_against_its_sign() -> None:
    features, same = sample()
    w = fitted(features, same, np.array([-1, 1, 0]))
    assert w[0] <= 0 <= w[1]


def test_the_threshold_is_as_precise_as_asked_on_stories_left_out() -> None:
    features, same = sample()
    found = tried(features, same, np.arange(len(same)) % 20, np.zeros(3, dtype=np.int64), 0.9)
    above = (
        found.scores > found.threshold + STEP - 1e-9
    )  # it lies one step below the last pair that is joined
    assert len(found.scores) == SPLITS * len(same)
    assert found.same[above].mean() >= 0.9
    assert np.isclose(found.same[above].sum() / found.same.sum(), found.recall)


def test_stories_are_left_out_in_other_company_each_time() -> None:
    features, same = sample()
    found = tried(features, same, np.arange(len(same)) % 20, np.zeros(3, dtype=np.int64), 0.9)
    told = found.scores.reshape(SPLITS, -1)
    assert (found.same.reshape(SPLITS, -1) == same).all() and not np.allclose(told[0], told[1])


def test_without_a_precision_the_threshold_is_where_both_are_best_together() -> None:
    scores, same = np.array([4.0, 3.0, 2.0, 1.0]), np.array([True, False, True, False])
    threshold, precision, recall = least_score(scores, same, None)
    assert 1 < threshold < 2 and (round(precision, 2), recall) == (0.67, 1.0)
    assert least_score(scores, same, 0.9)[1:] == (1.0, 0.5)


def test_of_thresholds_that_do_as_well_the_highest_is_taken() -> None:
    scores = np.arange(400.0, 0.0, -1.0)
    same = np.append(np.ones(100, dtype=np.bool_), np.tile([True, False, False], 100))
    assert least_score(scores, same, None)[0] > 296  # a little lower F1 would be a little better


def test_chances_rise_with_the_score() -> None:
    pick = np.random.default_rng(2)
    scores = pick.uniform(0.1, 4, 2000)
    slope, level = chances(scores, pick.uniform(0, 1, 2000) < 1 / (1 + np.exp(-scores)))
    assert abs(slope - 1) < 0.3 and abs(level) < 0.4


def test_a_story_is_read_without_its_marks() -> None:
    story = read_story("orhei", TEXT)
    assert [article.published_on.isoformat() for article in story.articles] == ["2025-04-01", "2025-04-02"]
    assert [article.credit for article in story.articles] == [None, "Orhei Post"]
    texts = {article.doc_id: article.text for article in story.articles}
    words = {mark.name: texts[mark.doc_id][mark.start : mark.end] for mark in story.marks}
    assert words == {"orhei/hit-plan": "will attack", "orhei/hit": "attacked", "orhei/#dead": "two men"}
    assert story.expected == {("incident", "orhei/hit"): "corroborated", ("tally", "orhei/#dead"): "growing"}
    assert story.relations == [("orhei/hit-plan", "plan of", "orhei/hit")]

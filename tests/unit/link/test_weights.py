import numpy as np
import pytest

from pipeline.link.weights import STEP, Model, weighed, with_products

CROSSED = ("flag", "share", "other flag", "other share")


@pytest.mark.parametrize("seed", range(4))
def test_products_of_features_add_as_if_each_were_a_feature(seed: int) -> None:
    pick = np.random.default_rng(seed)
    features = {
        "flag": pick.random(300) < 0.5,
        "share": pick.random(300),
        "alone": pick.random(300) * 3,
        "other flag": pick.random(300) < 0.2,
        "other share": pick.random(300) * 2 - 1,
    }
    each = dict(with_products(features.items(), CROSSED))
    assert len(each) == len(features) + 6
    weights = {name: float(pick.integers(-4096, 4096)) * STEP for name in each}
    model = Model(weights, threshold=-1.25, slope=1.0, level=0.0)
    found = weighed(features.items(), 300, model, CROSSED)
    assert found.tolist() == weighed(each.items(), 300, model).tolist()
    some = pick.permutation(300)[:40]
    few = {name: values[some] for name, values in features.items()}
    assert weighed(few.items(), 40, model, CROSSED).tolist() == found[some].tolist()
